//! What differs, counted.

use arrears_batch::decision_schema;
use serde::Serialize;

/// A column that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnDiffers {
    /// The column.
    pub column: String,
    /// In how many rows it differs.
    pub rows: u64,
}

/// One difference: of a cell, or of a whole row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// The number of the row in the log, from 1; of a decision that the log lacks, that of the row before which it would
    /// stand.
    pub row: u64,
    /// The line of the log on which it begins, for CSV.
    pub line: Option<u64>,
    /// The account, as it was decided again; as it stands in the log if it was not.
    pub account_id: String,
    /// Where a row is on one side only, which has it.
    pub only: Option<Side>,
    /// The column; empty if the row as a whole differs.
    pub column: String,
    /// What stands in the log; none if the cell is empty.
    pub logged: Option<String>,
    /// What was decided again; none if the cell is empty.
    pub decided: Option<String>,
}

/// The two sides of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The log.
    Logged,
    /// What was decided again.
    Decided,
}

/// What differs, counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) equal: u64,
    pub(super) differing: u64,
    pub(super) only_logged: u64,
    pub(super) only_decided: u64,
    /// By position of the column.
    columns: Vec<u64>,
    shown: usize,
    pub(super) first: Vec<Differing>,
}

impl Tally {
    pub(super) fn new(shown: usize) -> Self {
        Self { columns: vec![0; decision_schema().fields().len()], shown, ..Self::default() }
    }

    /// Counts rows in which a column differs.
    pub(super) fn column(&mut self, position: usize, rows: usize) {
        if let Some(count) = self.columns.get_mut(position) {
            *count = count.saturating_add(u64::try_from(rows).unwrap_or(u64::MAX));
        }
    }

    /// Keeps a difference, if there are not enough of them.
    pub(super) fn show(&mut self, differing: impl FnOnce() -> Differing) {
        if self.is_open() {
            self.first.push(differing());
        }
    }

    /// Whether more differences are kept.
    pub(super) const fn is_open(&self) -> bool {
        self.first.len() < self.shown
    }

    /// The columns that differ, in the order of the table of decisions.
    pub(super) fn by_column(&self) -> Vec<ColumnDiffers> {
        let schema = decision_schema();
        let all = schema.fields().iter().zip(&self.columns);
        let differ = all.filter(|(_, rows)| **rows > 0);
        differ.map(|(field, rows)| ColumnDiffers { column: field.name().clone(), rows: *rows }).collect()
    }
}
