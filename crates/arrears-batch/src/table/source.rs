//! What is read more than once, and must stay the same meanwhile.

use super::{HeldTable, StreamTable, Table, TableError, open};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Where the rows of a table are, as it was when it was opened.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// In a file.
    File(File),
    /// In memory: they cannot change.
    Held(HeldTable),
    /// Nowhere: they come once.
    Stream(StreamTable),
}

/// A file, as it was when it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    path: PathBuf,
    length: u64,
    /// When it was last changed, where the system says so.
    changed: Option<SystemTime>,
    /// Whether it can be read again: a pipe gives what it has once.
    lasts: bool,
}

impl Source {
    pub(super) fn of(path: &Path) -> Result<Self, TableError> {
        File::of(path).map(Self::File)
    }

    /// The file, or what messages call the table.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::File(file) => &file.path,
            Self::Held(held) => held.called(),
            Self::Stream(stream) => stream.called(),
        }
    }

    /// The file, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::File(file) => Some(&file.path),
            Self::Held(_) | Self::Stream(_) => None,
        }
    }

    /// The same table, to be read from its first row.
    ///
    /// # Errors
    ///
    /// [`TableError`] if it cannot be opened again, or was changed meanwhile; of a stream, if
    /// some of it has been read.
    pub(crate) fn again(&self) -> Result<Table, TableError> {
        match self {
            Self::File(file) if !file.lasts => {
                let problem = "it is read more than once, which a pipe or a device cannot be: write it to a file";
                Err(TableError::Open { path: file.path.clone(), source: std::io::Error::other(problem) })
            }
            Self::File(file) => {
                let table = open(&file.path)?;
                self.check_unchanged()?;
                Ok(table)
            }
            Self::Held(held) => open(held.clone()),
            Self::Stream(stream) => {
                stream.check_whole()?;
                open(stream.clone())
            }
        }
    }

    /// Makes sure that the file is still what it was when it was opened.
    ///
    /// # Errors
    ///
    /// [`TableError::Changed`] if it is not.
    pub(crate) fn check_unchanged(&self) -> Result<(), TableError> {
        match self {
            Self::File(file) if File::of(&file.path)? != *file => Err(TableError::Changed { path: file.path.clone() }),
            Self::File(_) | Self::Held(_) | Self::Stream(_) => Ok(()),
        }
    }
}

impl File {
    fn of(path: &Path) -> Result<Self, TableError> {
        let found = std::fs::metadata(path).map_err(|source| TableError::Open { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), length: found.len(), changed: found.modified().ok(), lasts: found.is_file() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, TableError};

    #[test]
    fn a_table_that_grows_while_it_is_read_is_found_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.csv");
        std::fs::write(&path, "account_id\nA1\n").unwrap();
        let source = Source::of(&path).unwrap();
        assert!(source.again().is_ok());
        std::fs::write(&path, "account_id\nA1\nA2\n").unwrap();
        assert!(matches!(source.again(), Err(TableError::Changed { .. })));
        assert!(matches!(source.check_unchanged(), Err(TableError::Changed { .. })));
    }
}
