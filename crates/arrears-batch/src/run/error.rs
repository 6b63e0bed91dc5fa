//! Why a run ended without results.

use crate::bind::SchemaProblems;
use crate::output::OutputError;
use crate::route::Policies;
use crate::row_error::RowError;
use crate::state::StateError;
use crate::table::TableError;
use arrears::policy::Policy;
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
    /// The table's columns do not fit several of the policies.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Schemas(Vec<SchemaProblems>),
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
    /// Tables of events beside a table that several policies decide.
    #[error("tables of events are read for one policy only: put the facts that they tell into columns of the table")]
    EventsOfSeveral,
    /// Rows that are to be decided each for itself have to do with each other, or with what was
    /// decided before.
    #[error("rows are decided each for itself only where the table names no customers and no state is given")]
    NotApart,
    /// The law of the run cannot be read into a policy.
    #[error("the law cannot be kept: {}", .0.join("; "))]
    Law(Vec<String>),
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
    /// The day lies outside the time of every policy.
    #[error("no policy decides on {as_of}: {}", .policies.join("; "))]
    NoneInForce {
        /// The policies, each with the days on which it decides.
        policies: Vec<String>,
        /// The day of the decisions.
        as_of: chrono::NaiveDate,
    },
}

impl RunError {
    /// No policy of a run is in force on its day.
    pub(crate) fn none_in_force(policies: &Policies, as_of: chrono::NaiveDate) -> Self {
        let term = |policy: &Policy| {
            let head = policy.head();
            format!("`{}` {} decides {}", head.name, head.version, head.term())
        };
        Self::NoneInForce { policies: policies.iter().map(term).collect(), as_of }
    }

    /// The columns that do not fit, if there are any.
    pub(crate) fn of_schemas(mut problems: Vec<SchemaProblems>) -> Option<Self> {
        match problems.len() {
            0 => None,
            1 => problems.pop().map(Self::Schema),
            _ => Some(Self::Schemas(problems)),
        }
    }
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
