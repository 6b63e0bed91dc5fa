//! What was read of a table of events.

use super::kind::EventTable;
use crate::row_error::RowError;
use serde::Serialize;

/// What was read of a table of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventTally {
    /// Which table.
    pub events: EventTable,
    /// What it is called.
    pub table: String,
    /// Rows read.
    pub rows: u64,
    /// Rows of days after the day of the decisions: they are not counted.
    pub later: u64,
    /// Rows of accounts that the table of accounts does not have: of which nothing was asked.
    pub of_no_account: u64,
    /// Rows that could not be read. The accounts that they name are not decided.
    pub refused: u64,
    /// Rows that could not be read and name no account.
    pub of_nobody: u64,
    /// The facts that it told, by their columns.
    pub tells: Vec<String>,
    /// The first rows that could not be read.
    pub first_errors: Vec<RowError>,
    /// The first rows that could not be read and name no account.
    pub first_of_nobody: Vec<RowError>,
}

impl EventTally {
    pub(super) fn new(events: EventTable, table: &str, tells: Vec<String>) -> Self {
        Self {
            events,
            table: table.to_owned(),
            rows: 0,
            later: 0,
            of_no_account: 0,
            refused: 0,
            of_nobody: 0,
            tells,
            first_errors: Vec::new(),
            first_of_nobody: Vec::new(),
        }
    }

    pub(super) fn refuse(&mut self, error: &RowError, shown: usize) {
        self.refused += 1;
        if self.first_errors.len() < shown {
            self.first_errors.push(error.clone());
        }
        if error.account_id.is_none() {
            self.of_nobody += 1;
            if self.first_of_nobody.len() < shown {
                self.first_of_nobody.push(error.clone());
            }
        }
    }
}
