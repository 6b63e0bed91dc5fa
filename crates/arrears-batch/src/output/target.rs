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
        let mut builder = Builder::new();
        builder.prefix(".arrears-").suffix(".part");
        readable(&mut builder);
        let temporary = builder.tempfile_in(folder_of(path)).map_err(|error| OutputError::write(path, error))?;
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
    fn publish(self) -> Result<Published, OutputError> {
        let Self { path, temporary } = self;
        let failed = |error: io::Error| OutputError::write(&path, error);
        let before = set_aside(&path).map_err(failed)?;
        match temporary.persist(&path) {
            Ok(_) => Ok(Published { path, before }),
            Err(error) => Err(failed(error.error)),
        }
    }
}

/// A file that has its name.
struct Published {
    path: PathBuf,
    /// The file that had the name before, under a temporary one.
    before: Option<NamedTempFile<()>>,
}

impl Published {
    /// Gives the name back to the file that had it before, or to nobody.
    fn take_back(self) {
        // Nothing can be done where the system refuses this too; the error of the file
        // that failed is what is told.
        let _ = match self.before {
            Some(before) => before.persist(&self.path).map(drop).map_err(|error| error.error),
            None => std::fs::remove_file(&self.path),
        };
    }
}

/// Gives all files their names, in their order, or none of them.
pub(crate) fn publish_all(targets: Vec<Target>) -> Result<Vec<PathBuf>, OutputError> {
    let mut published: Vec<Published> = Vec::with_capacity(targets.len());
    for target in targets {
        match target.publish() {
            Ok(done) => published.push(done),
            Err(error) => {
                published.into_iter().rev().for_each(Published::take_back);
                return Err(error);
            }
        }
    }
    Ok(published.into_iter().map(|done| done.path).collect())
}

/// A second name for the file that has this one, until all results have theirs; a copy
/// where the file system knows no second names. None where no file has the name.
fn set_aside(path: &Path) -> io::Result<Option<NamedTempFile<()>>> {
    if !path.is_file() {
        return Ok(None);
    }
    let mut builder = Builder::new();
    builder.prefix(".arrears-").suffix(".before");
    let linked = builder.make_in(folder_of(path), |name| match std::fs::hard_link(path, name) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => std::fs::copy(path, name).map(drop),
        linked => linked,
    });
    linked.map(Some)
}

/// The folder in which a file stands.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
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
