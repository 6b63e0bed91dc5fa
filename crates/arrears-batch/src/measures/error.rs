//! Why a report cannot be made.

use crate::output::OutputError;
use crate::run::BadRows;
use crate::table::TableError;
use std::fmt;

/// A report that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    /// A table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Something is wrong with the columns of the tables.
    #[error(transparent)]
    Columns(#[from] MeasureProblems),
    /// Rows of the tables cannot be read.
    #[error("{}", together(.0))]
    Rows(Vec<BadRows>),
    /// The long table cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The measuring was told to stop.
    #[error("the report was stopped, and nothing was written")]
    Interrupted,
}

/// Everything that is wrong with the columns of the tables.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct MeasureProblems {
    /// The problems, each with its table.
    pub problems: Vec<String>,
}

impl fmt::Display for MeasureProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no report can be made from these tables:")?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

fn together(tables: &[BadRows]) -> String {
    tables.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
