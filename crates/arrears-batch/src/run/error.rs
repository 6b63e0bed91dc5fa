//! Why a run ended without results.

use crate::bind::SchemaProblems;
use crate::output::OutputError;
use crate::row_error::RowError;
use crate::state::StateError;
use crate::table::TableError;
use std::fmt;

/// A run that wrote nothing, and why.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The table's columns do not fit the policy.
    #[error(transparent)]
    Schema(#[from] SchemaProblems),
    /// The state cannot be read.
    #[error(transparent)]
    State(#[from] StateError),
    /// Results cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Rows cannot be decided, and the run was not asked to keep going.
    #[error(transparent)]
    Rows(#[from] BadRows),
    /// Rows of tables of events name no account, and the run was not asked to keep going.
    #[error("{}", together(.0))]
    Events(Vec<BadRows>),
    /// The run was told to stop.
    #[error("the run was stopped, and nothing was written")]
    Interrupted,
    /// The day lies outside the time for which the policy was written.
    #[error("the policy `{policy}` decides {when}: {as_of} is outside")]
    NotInForce {
        /// The policy.
        policy: String,
        /// From when until when it decides.
        when: String,
        /// The day of the decisions.
        as_of: chrono::NaiveDate,
    },
}

fn together(tables: &[BadRows]) -> String {
    tables.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Rows of a table that cannot be decided, taken in or counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct BadRows {
    /// The table.
    pub table: String,
    /// The first of them, in the table's order.
    pub first: Vec<RowError>,
    /// How many there are.
    pub errors: u64,
    /// How many rows the table has.
    pub rows: u64,
    /// What was to be done with them: "decided", "taken in", "counted for any account".
    pub done: &'static str,
}

impl fmt::Display for BadRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = if self.errors == 1 { "row" } else { "rows" };
        write!(
            f,
            "{}: {} {rows} of {} cannot be {}, and nothing was written:",
            self.table, self.errors, self.rows, self.done
        )?;
        for error in &self.first {
            write!(f, "\n  {error}")?;
        }
        match self.errors.checked_sub(u64::try_from(self.first.len()).unwrap_or(u64::MAX)) {
            Some(more) if more > 0 => write!(f, "\n  and {more} more"),
            _ => Ok(()),
        }
    }
}
