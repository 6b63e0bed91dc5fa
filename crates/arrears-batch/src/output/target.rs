//! A file that appears only when it is complete.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// Why a file of results cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The file's name does not say what it is to be.
    #[error("{}: expected a name that ends in .parquet, .csv or .jsonl", .path.display())]
    Format {
        /// The file.
        path: PathBuf,
    },
    /// The file's name does not say in which form the state is to be written.
    #[error("{}: expected a state whose name ends in .parquet or .csv", .path.display())]
    StateFormat {
        /// The file.
        path: PathBuf,
    },
    /// The file would take the place of a table that is read, or of another result.
    #[error("{}: is {role} already: give the results a name of their own", .path.display())]
    Taken {
        /// The file.
        path: PathBuf,
        /// What it is already.
        role: &'static str,
    },
    /// The file cannot be written.
    #[error("{}: cannot be written: {problem}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: String,
    },
}

impl OutputError {
    pub(crate) fn write(path: &Path, problem: impl ToString) -> Self {
        Self::Write { path: path.to_owned(), problem: problem.to_string() }
    }
}

/// Writes a text to a file that appears only when it is complete.
///
/// # Errors
///
/// [`OutputError::Write`] with what the system says.
pub fn write_text(path: &Path, text: &str) -> Result<(), OutputError> {
    let target = Target::create(path)?;
    let mut writer = target.writer()?;
    writer.write_all(text.as_bytes()).and_then(|()| writer.flush()).map_err(|error| OutputError::write(path, error))?;
    target.sync()?;
    target.publish().map(|_| ())
}

/// A file being written under a temporary name in the folder of its own.
#[derive(Debug)]
pub(crate) struct Target {
    path: PathBuf,
    temporary: NamedTempFile,
}

impl Target {
    pub(crate) fn create(path: &Path) -> Result<Self, OutputError> {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let mut builder = Builder::new();
        builder.prefix(".arrears-").suffix(".part");
        readable(&mut builder);
        let temporary = builder.tempfile_in(folder).map_err(|error| OutputError::write(path, error))?;
        Ok(Self { path: path.to_owned(), temporary })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A second handle on the file, to write through.
    pub(crate) fn writer(&self) -> Result<BufWriter<File>, OutputError> {
        self.temporary
            .reopen()
            .map(|file| BufWriter::with_capacity(256 * 1024, file))
            .map_err(|error| OutputError::write(&self.path, error))
    }

    /// Makes sure that all of it is on the disk.
    pub(crate) fn sync(&self) -> Result<(), OutputError> {
        self.temporary.as_file().sync_all().map_err(|error| OutputError::write(&self.path, error))
    }

    /// Gives the file its name, in the place of one that had it before.
    pub(crate) fn publish(self) -> Result<PathBuf, OutputError> {
        let Self { path, temporary } = self;
        match temporary.persist(&path) {
            Ok(_) => Ok(path),
            Err(error) => Err(OutputError::write(&path, io::Error::other(error.error))),
        }
    }
}

/// Results are as readable as any file that the user makes; temporary files are not.
#[cfg(unix)]
fn readable(builder: &mut Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
const fn readable(_builder: &mut Builder<'_, '_>) {}
