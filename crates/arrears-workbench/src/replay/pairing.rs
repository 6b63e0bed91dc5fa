//! Rows of the log and rows decided again, brought together by their accounts.

use super::ReplayError;
use super::cells::{Texts, differing, texts};
use super::logged::{Logged, Piece, column_names};
use super::tally::{Differing, Side, Tally};
use arrow_array::RecordBatch;
use std::collections::BTreeMap;

/// How far a row that one side lacks is looked for.
const FAR: usize = 256;

/// A log beside decisions that are made again, row by row.
pub(super) struct Pairing {
    logged: Logged,
    names: Vec<String>,
    tally: Tally,
}

impl Pairing {
    pub(super) fn new(logged: Logged, shown: usize) -> Self {
        Self { logged, names: column_names(), tally: Tally::new(shown) }
    }

    /// Holds decisions that were made again against the next rows of the log.
    pub(super) fn take(&mut self, decided: &RecordBatch) -> Result<(), ReplayError> {
        let accounts = match decided.columns().first() {
            Some(column) => texts(column).map_err(|problem| self.failed(problem))?,
            None => return Ok(()),
        };
        let rows = decided.num_rows();
        let waiting = self.logged.fill(rows.saturating_add(FAR))?;
        let log = self.waiting_accounts()?;
        let (mut here, mut there) = (0, 0);
        while here < rows {
            let alike = (0..rows - here)
                .take_while(|step| there + step < waiting && log.get(there + step) == accounts.get(here + step));
            let alike = alike.count();
            if alike > 0 {
                self.compare(decided, here, alike)?;
                (here, there) = (here + alike, there + alike);
                continue;
            }
            let account = accounts.get(here);
            if there >= waiting {
                self.only_decided(&accounts, here, rows - here);
                return Ok(());
            }
            if let Some(more) = (1..FAR).find(|step| there + step < waiting && log.get(there + step) == account) {
                self.only_logged(more)?;
                there += more;
            } else if let Some(more) =
                (1..FAR.min(rows - here)).find(|step| accounts.get(here + step) == log.get(there))
            {
                self.only_decided(&accounts, here, more);
                here += more;
            } else {
                self.compare(decided, here, 1)?;
                (here, there) = (here + 1, there + 1);
            }
        }
        Ok(())
    }

    /// Ends the comparison: what is left of the log was not decided again.
    pub(super) fn finish(mut self) -> Result<Tally, ReplayError> {
        while self.logged.fill(1)? > 0 {
            self.only_logged(1)?;
        }
        Ok(self.tally)
    }

    fn waiting_accounts(&self) -> Result<Accounts, ReplayError> {
        let mut pieces = Vec::new();
        for (column, skipped) in self.logged.waiting() {
            let rows = column.len().saturating_sub(skipped);
            let piece = texts(&column.slice(skipped, rows)).map_err(|problem| self.failed(problem))?;
            pieces.push((piece, rows));
        }
        Ok(Accounts(pieces))
    }

    /// Compares rows that stand beside each other.
    fn compare(&mut self, decided: &RecordBatch, mut from: usize, mut rows: usize) -> Result<(), ReplayError> {
        while rows > 0 {
            let Some(piece) = self.logged.take(rows) else { return Ok(()) };
            let taken = piece.lines.len();
            self.piece(&decided.slice(from, taken), &piece)?;
            (from, rows) = (from + taken, rows - taken);
        }
        Ok(())
    }

    fn piece(&mut self, decided: &RecordBatch, piece: &Piece) -> Result<(), ReplayError> {
        // By row, which columns differ.
        let mut differ: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (position, (here, there)) in decided.columns().iter().zip(&piece.columns).enumerate() {
            let found = differing(here, there).map_err(|problem| self.failed(problem))?;
            self.tally.column(position, found.len());
            for row in found {
                differ.entry(row).or_default().push(position);
            }
        }
        for (row, _) in &piece.faults {
            differ.entry(*row).or_default();
        }
        let rows = u64::try_from(piece.lines.len()).unwrap_or(0);
        let count = u64::try_from(differ.len()).unwrap_or(0);
        self.tally.differing += count;
        self.tally.equal += rows.saturating_sub(count);
        for (row, positions) in differ {
            if !self.tally.is_open() {
                break;
            }
            self.show(decided, piece, row, &positions)?;
        }
        Ok(())
    }

    /// Keeps the differences of one row to be shown.
    fn show(
        &mut self,
        decided: &RecordBatch,
        piece: &Piece,
        row: usize,
        positions: &[usize],
    ) -> Result<(), ReplayError> {
        let cell = |column: Option<&arrow_array::ArrayRef>| match column {
            Some(column) => texts(column).map(|texts| texts.get(row).map(str::to_owned)),
            None => Ok(None),
        };
        let account = cell(decided.columns().first()).map_err(|problem| self.failed(problem))?.unwrap_or_default();
        let number = piece.first.saturating_add(u64::try_from(row).unwrap_or(0));
        let line = piece.lines.get(row).copied().flatten();
        let whole = Differing {
            row: number,
            line,
            account_id: account,
            only: None,
            column: String::new(),
            logged: None,
            decided: None,
        };
        for (_, faults) in piece.faults.iter().filter(|(place, _)| *place == row) {
            for fault in faults {
                let (column, logged) = (fault.column.clone().unwrap_or_default(), Some(fault.to_string()));
                self.tally.show(|| Differing { column, logged, ..whole.clone() });
            }
        }
        for position in positions {
            let logged = cell(piece.columns.get(*position)).map_err(|problem| self.failed(problem))?;
            let again = cell(decided.columns().get(*position)).map_err(|problem| self.failed(problem))?;
            let column = self.names.get(*position).cloned().unwrap_or_default();
            self.tally.show(|| Differing { column, logged, decided: again, ..whole.clone() });
        }
        Ok(())
    }

    /// Counts rows of the log that were not decided again.
    fn only_logged(&mut self, mut rows: usize) -> Result<(), ReplayError> {
        while rows > 0 {
            let Some(piece) = self.logged.take(rows) else { return Ok(()) };
            let taken = piece.lines.len();
            rows -= taken;
            self.tally.only_logged = self.tally.only_logged.saturating_add(u64::try_from(taken).unwrap_or(0));
            if !self.tally.is_open() {
                continue;
            }
            let accounts = match piece.columns.first() {
                Some(column) => texts(column).map_err(|problem| self.failed(problem))?,
                None => continue,
            };
            for (row, number) in (0..taken).zip(piece.first..) {
                let line = piece.lines.get(row).copied().flatten();
                let account = accounts.get(row).unwrap_or_default();
                self.tally.show(|| one_sided((number, line), account, Side::Logged));
            }
        }
        Ok(())
    }

    /// Counts decisions that the log does not have.
    fn only_decided(&mut self, accounts: &Texts, from: usize, rows: usize) {
        self.tally.only_decided = self.tally.only_decided.saturating_add(u64::try_from(rows).unwrap_or(0));
        let next = self.logged.passed().saturating_add(1);
        for row in from..from.saturating_add(rows) {
            if !self.tally.is_open() {
                return;
            }
            let account = accounts.get(row).unwrap_or_default();
            self.tally.show(|| one_sided((next, None), account, Side::Decided));
        }
    }

    fn failed(&self, problem: String) -> ReplayError {
        ReplayError::Compare { path: self.logged.path().to_owned(), problem }
    }
}

fn one_sided((row, line): (u64, Option<u64>), account: &str, only: Side) -> Differing {
    Differing {
        row,
        line,
        account_id: account.to_owned(),
        only: Some(only),
        column: String::new(),
        logged: None,
        decided: None,
    }
}

/// The accounts of rows that wait, batch by batch.
struct Accounts(Vec<(Texts, usize)>);

impl Accounts {
    fn get(&self, mut row: usize) -> Option<&str> {
        for (texts, rows) in &self.0 {
            if row < *rows {
                return texts.get(row);
            }
            row -= rows;
        }
        None
    }
}
