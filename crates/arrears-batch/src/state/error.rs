//! Why the state of the last decisions cannot be used.

use crate::table::TableError;
use std::path::PathBuf;

/// A state table that cannot be used at all.
///
/// A row of it that cannot be read is an error of its account's row, not of the state.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// It cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Columns that every state has are absent.
    #[error("{}: is not a state of decisions: column {} is absent", .path.display(), .columns)]
    Absent {
        /// The file.
        path: PathBuf,
        /// The columns.
        columns: String,
    },
    /// A column holds something that it cannot hold.
    #[error("{}: column `{column}` holds {found}, but must hold {wanted}", .path.display())]
    WrongType {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// What it holds.
        found: String,
        /// What it should hold.
        wanted: String,
    },
    /// A row does not say whose state it is.
    #[error("{}: row {row}: column `account_id` is empty", .path.display())]
    Nobody {
        /// The file.
        path: PathBuf,
        /// The row.
        row: u64,
    },
    /// Two rows are about one account.
    #[error("{}: row {row}: account {account} is in row {before} already", .path.display())]
    Twice {
        /// The file.
        path: PathBuf,
        /// The second row.
        row: u64,
        /// The account.
        account: String,
        /// The first row.
        before: u64,
    },
    /// It is the state of several policies, and only one is at hand: what the others keep would be lost.
    #[error(
        "{}: is the state of several policies, as its column `policy` says, and what the others keep would be lost: it is written by a run under all of them",
        .path.display()
    )]
    OfSeveral {
        /// The file.
        path: PathBuf,
    },
    /// It has more rows than can be numbered.
    #[error("{}: has more than 4,294,967,294 rows", .path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
}
