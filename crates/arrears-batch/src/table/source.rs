//! A file that is read more than once, and must stay the same meanwhile.

use super::{Table, TableError, open};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The file of a table, as it was when it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    path: PathBuf,
    length: u64,
    /// When it was last changed, where the system says so.
    changed: Option<SystemTime>,
    /// Whether it can be read again: a pipe gives what it has once.
    lasts: bool,
}

impl Source {
    pub(super) fn of(path: &Path) -> Result<Self, TableError> {
        let found = std::fs::metadata(path).map_err(|source| TableError::Open { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), length: found.len(), changed: found.modified().ok(), lasts: found.is_file() })
    }

    /// The file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The same table, to be read from its first row.
    ///
    /// # Errors
    ///
    /// [`TableError`] if it cannot be opened again, or was changed meanwhile.
    pub(crate) fn again(&self) -> Result<Table, TableError> {
        if !self.lasts {
            let problem = "it is read more than once, which a pipe or a device cannot be: write it to a file";
            return Err(TableError::Open { path: self.path.clone(), source: std::io::Error::other(problem) });
        }
        let table = open(&self.path)?;
        self.check_unchanged()?;
        Ok(table)
    }

    /// Makes sure that the file is still what it was when it was opened.
    ///
    /// # Errors
    ///
    /// [`TableError::Changed`] if it is not.
    pub(crate) fn check_unchanged(&self) -> Result<(), TableError> {
        if Self::of(&self.path)? == *self { Ok(()) } else { Err(TableError::Changed { path: self.path.clone() }) }
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
