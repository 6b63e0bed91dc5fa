//! The cells of a batch, a column at a time, and what is wrong with its rows.

use super::layout::Layout;
use crate::cell::{Raw, RawColumn, amount, flag};
use crate::events::{DayCell, NO_DATE, days};
use crate::row_error::{Fault, RowError};
use crate::run::BadRows;
use crate::table::Batch;
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// Bad rows of each table that are handed back; all are counted.
const SHOWN: usize = 20;

/// What is wrong with the rows of one table.
#[derive(Clone, Debug, Default)]
pub(super) struct Refused {
    first: Vec<RowError>,
    errors: u64,
    /// Rows read.
    pub(super) rows: u64,
}

impl Refused {
    fn add(&mut self, error: RowError) {
        self.errors += 1;
        if self.first.len() < SHOWN {
            self.first.push(error);
        }
    }

    /// The bad rows of the table; none if there are none.
    pub(super) fn of(self, table: &str) -> Option<BadRows> {
        let Self { first, errors, rows } = self;
        (errors > 0).then(|| BadRows { table: table.to_owned(), first, errors, rows, done: "measured" })
    }
}

/// The cells of a batch.
pub(super) struct Reader<'a> {
    layout: &'a Layout,
    batch: &'a Batch,
    digits: u32,
    zone: Tz,
    faults: BTreeMap<usize, Vec<Fault>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(layout: &'a Layout, batch: &'a Batch, digits: u32, zone: Tz) -> Self {
        let faults = batch.faulty().map(|row| (row, batch.faults(row).to_vec())).collect();
        Self { layout, batch, digits, zone, faults }
    }

    pub(super) const fn rows(&self) -> usize {
        self.batch.rows()
    }

    /// Whether something is wrong with a row so far.
    pub(super) fn is_bad(&self, row: usize) -> bool {
        self.faults.contains_key(&row)
    }

    /// The cells of a column as they stand; empty ones where the table has no such column.
    pub(super) fn raw(&self, column: &str) -> RawColumn {
        self.layout.place(column).and_then(|place| self.batch.column(place)).unwrap_or(RawColumn::Empty)
    }

    /// Something wrong with a cell.
    pub(super) fn fault(&mut self, column: &'static str, row: usize, found: &Raw<'_>, problem: impl Into<String>) {
        let fault = Fault::of_cell(self.layout.called(column), found, problem);
        self.faults.entry(row).or_default().push(fault);
    }

    /// A cell in which something must stand, and nothing does.
    pub(super) fn empty(&mut self, column: &'static str, row: usize, help: &str) {
        if self.batch.faults(row).is_empty() {
            let fault = Fault::of_column(self.layout.called(column), format!("the cell is empty: {help}"));
            self.faults.entry(row).or_default().push(fault);
        }
    }

    /// The days of a column; none where the cell is empty.
    pub(super) fn days(&mut self, column: &'static str) -> Vec<Option<i32>> {
        let Some(array) = self.layout.place(column).and_then(|place| self.batch.array(place)) else {
            return vec![None; self.rows()];
        };
        let cells = days(array, self.zone);
        let raw = self.raw(column);
        let mut found = Vec::with_capacity(cells.len());
        for (row, cell) in cells.into_iter().enumerate() {
            if cell == DayCell::NoDate {
                self.fault(column, row, &raw.cell(row), NO_DATE);
            }
            found.push(if let DayCell::Day(day) = cell { Some(day) } else { None });
        }
        found
    }

    /// The amounts of a column in minor units; none where the cell is empty or absent.
    pub(super) fn amounts(&mut self, column: &'static str) -> Vec<Option<i64>> {
        let digits = self.digits;
        self.cells(column, |raw| amount(raw, digits))
    }

    /// As [`Reader::amounts`], none of which may be below zero.
    pub(super) fn amounts_from_zero(&mut self, column: &'static str) -> Vec<Option<i64>> {
        let digits = self.digits;
        self.cells(column, |raw| {
            let minor = amount(raw, digits)?;
            if minor < 0 { Err("is below zero".to_owned()) } else { Ok(minor) }
        })
    }

    /// The whole numbers from zero of a column; none where the cell is empty.
    pub(super) fn counts(&mut self, column: &'static str) -> Vec<Option<u32>> {
        self.cells(column, |raw| match amount(raw, 0) {
            Ok(number) if number < 0 => Err("is below zero: days past due count from zero".to_owned()),
            Ok(number) => u32::try_from(number).map_err(|_| "is too large".to_owned()),
            Err(_) => Err("is not a whole number".to_owned()),
        })
    }

    /// True or false by row; none where the cell is empty or absent.
    pub(super) fn flags(&mut self, column: &'static str) -> Vec<Option<bool>> {
        self.cells(column, |raw| flag(raw).map(|cell| cell.get() == Some(1)))
    }

    fn cells<T: Copy>(&mut self, column: &'static str, read: impl Fn(&Raw<'_>) -> Result<T, String>) -> Vec<Option<T>> {
        let raw = self.raw(column);
        let mut found = vec![None; self.rows()];
        if matches!(raw, RawColumn::Empty) {
            return found;
        }
        for (row, slot) in found.iter_mut().enumerate() {
            let cell = raw.cell(row);
            if cell == Raw::Empty {
                continue;
            }
            match read(&cell) {
                Ok(value) => *slot = Some(value),
                Err(problem) => self.fault(column, row, &cell, problem),
            }
        }
        found
    }

    /// Ends the batch: what is wrong with its rows goes to those of the table.
    pub(super) fn finish(self, refused: &mut Refused) {
        let accounts = self.raw(crate::bind::ACCOUNT);
        let number = |row: usize| u64::try_from(row).unwrap_or(u64::MAX).saturating_add(1);
        for (row, faults) in self.faults {
            let account = accounts.cell(row).to_string();
            refused.add(RowError {
                row: refused.rows.saturating_add(number(row)),
                line: self.batch.line(row),
                account_id: (!account.is_empty()).then_some(account),
                faults,
            });
        }
        refused.rows = refused.rows.saturating_add(u64::try_from(self.batch.rows()).unwrap_or(u64::MAX));
    }
}
