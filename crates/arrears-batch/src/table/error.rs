//! Why a table cannot be read.

use std::path::PathBuf;

/// A table that cannot be read at all, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be opened.
    #[error("{}: cannot be opened: {source}", .path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file's name does not say what it is.
    #[error("{}: expected a table whose name ends in .parquet or .csv", .path.display())]
    Format {
        /// The file.
        path: PathBuf,
    },
    /// The file is not what its name says, or is cut off.
    #[error("{}: {problem}", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found, and where.
        problem: String,
    },
    /// Two columns have one name.
    #[error("{}: two columns are called `{column}`", .path.display())]
    SameName {
        /// The file.
        path: PathBuf,
        /// Their name.
        column: String,
    },
    /// It has more rows than can be numbered.
    #[error("{}: has more than 4,294,967,294 rows", .path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// The file is no longer what it was when it was opened.
    #[error("{}: was changed while it was read: run again when it is complete", .path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
}
