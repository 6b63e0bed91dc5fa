//! One row of a table of what was done.

use super::columns::{Columns, ON};
use crate::bind::ACCOUNT;
use crate::cell::{Raw, RawColumn, amount, flag};
use crate::row_error::{Fault, RowError};
use crate::table::Batch;
use arrears::facts::{Channel, ContactPoint};
use arrears::policy::Policy;
use arrears::problem::nearest;
use arrears::{Done, Money};
use chrono::NaiveDate;

/// One thing done, with the place where the table says so.
#[derive(Clone, Debug)]
pub(super) struct DoneRow {
    pub(super) number: u64,
    line: Option<u64>,
    pub(super) account: String,
    pub(super) done: Done,
}

impl DoneRow {
    pub(super) fn refused(&self, faults: Vec<Fault>) -> RowError {
        RowError { row: self.number, line: self.line, account_id: Some(self.account.clone()), faults }
    }
}

impl Columns {
    /// Reads a row; `number` counts the rows of the table from 1.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with its cells.
    pub(super) fn row(&self, policy: &Policy, batch: &Batch, place: usize, number: u64) -> Result<DoneRow, RowError> {
        let mut cells = Cells { columns: self, batch, place, faults: batch.faults(place).to_vec() };
        let account = cells.text(ACCOUNT).unwrap_or_default();
        let readable = cells.faults.is_empty();
        if account.is_empty() && readable {
            cells.faults.push(Fault::of_column(ACCOUNT, "the cell is empty: every row needs an account"));
        }
        let on = cells.day(ON);
        if on.is_none() && cells.faults.iter().all(|fault| fault.column.as_deref() != Some(ON)) && readable {
            cells.faults.push(Fault::of_column(ON, "the cell is empty: write the day on which it was done"));
        }
        let (digits, currency) = (policy.head().currency.digits(), policy.head().currency);
        let done = Done {
            treatment: cells.text("treatment"),
            carried_out: cells.read("done", flag).and_then(|set| set.get()).is_none_or(|set| set != 0),
            channel: cells.word("channel", Channel::from_word, || Channel::ALL.map(Channel::word).to_vec()),
            point: cells.word("point", ContactPoint::from_word, || ContactPoint::ALL.map(ContactPoint::word).to_vec()),
            outcome: cells.text("outcome"),
            call_back_on: cells.day("call_back_on"),
            amount: cells.read("amount", |raw| amount(raw, digits)).map(|minor| Money::from_minor(minor, currency)),
            due_on: cells.day("due_on"),
            ..Done::on(on.unwrap_or_default())
        };
        let line = batch.line(place);
        if cells.faults.is_empty() {
            return Ok(DoneRow { number, line, account, done });
        }
        let account_id = (!account.is_empty()).then_some(account);
        Err(RowError { row: number, line, account_id, faults: cells.faults })
    }
}

/// The cells of one row, and what is wrong with them.
struct Cells<'a> {
    columns: &'a Columns,
    batch: &'a Batch,
    place: usize,
    faults: Vec<Fault>,
}

impl Cells<'_> {
    /// The cell of a column, read in some way; none where it is empty or at fault.
    fn read<T>(&mut self, name: &'static str, read: impl FnOnce(&Raw<'_>) -> Result<T, String>) -> Option<T> {
        let column: RawColumn = self.batch.column(self.columns.place(name)?)?;
        let raw = column.cell(self.place);
        if raw == Raw::Empty {
            return None;
        }
        read(&raw).map_err(|problem| self.faults.push(Fault::of_cell(name, &raw, problem))).ok()
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
        self.read(name, |raw| Ok(raw.to_string()))
    }

    fn day(&mut self, name: &'static str) -> Option<NaiveDate> {
        self.read(name, |raw| match raw {
            Raw::Date(day) => Ok(*day),
            other => NaiveDate::parse_from_str(&other.to_string(), "%Y-%m-%d")
                .map_err(|_| "is not a date: write year, month and day, as in 2026-11-30".to_owned()),
        })
    }

    fn word<T>(
        &mut self,
        name: &'static str,
        find: impl FnOnce(&str) -> Option<T>,
        known: impl FnOnce() -> Vec<&'static str>,
    ) -> Option<T> {
        self.read(name, |raw| {
            let word = raw.to_string();
            find(&word).ok_or_else(|| {
                let known = known();
                let near = nearest(&word, known.iter().copied()).map(|near| format!(" (did you mean `{near}`?)"));
                format!("is no {name}: expected one of {}{}", known.join(", "), near.unwrap_or_default())
            })
        })
    }
}
