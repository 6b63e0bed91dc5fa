//! Why results could not be taken in.

use crate::output::OutputError;
use crate::run::BadRows;
use crate::state::StateError;
use crate::table::TableError;
use std::fmt;
use std::path::PathBuf;

/// Results that were not taken in, and why. Nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LearnError {
    /// The table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The table's columns are not those of what was done.
    #[error("{}: is not a table of what was done:{}", .path.display(), listed(.problems))]
    Columns {
        /// The table.
        path: PathBuf,
        /// What is wrong with its columns.
        problems: Vec<LearnColumn>,
    },
    /// The state cannot be read.
    #[error(transparent)]
    State(#[from] StateError),
    /// The state cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Rows cannot be taken in, and nobody asked to keep going.
    #[error(transparent)]
    Rows(#[from] BadRows),
}

/// One thing that is wrong with the columns of a table of what was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LearnColumn {
    /// A column that must be there is not.
    Absent {
        /// The column.
        column: &'static str,
        /// A column with a close name.
        near: Option<String>,
    },
    /// A column that is not read has a name close to one that is not there.
    Slip {
        /// The column.
        column: String,
        /// The column that is meant.
        meant: &'static str,
    },
    /// A column's type is not one that cells are read from.
    Type {
        /// The column.
        column: &'static str,
        /// What it holds.
        found: String,
    },
}

impl fmt::Display for LearnColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent { column, near: Some(near) } => {
                write!(f, "column `{column}` is absent: did you mean `{near}`? Rename it")
            }
            Self::Absent { column, near: None } => {
                write!(f, "column `{column}` is absent: every row says which account, and on which day")
            }
            Self::Slip { column, meant } => {
                write!(f, "column `{column}` is not read: did you mean `{meant}`? Rename it, or take it out")
            }
            Self::Type { column, found } => write!(f, "column `{column}` holds {found}: write text, numbers or dates"),
        }
    }
}

fn listed(problems: &[LearnColumn]) -> String {
    problems.iter().map(|problem| format!("\n  {problem}")).collect()
}
