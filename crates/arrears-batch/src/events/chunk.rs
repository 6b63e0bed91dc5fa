//! Rows of a table of events, read: whose they are, when they happened, and what is wrong with them.

use super::contacts;
use super::day::{DayCell, NO_DATE, days};
use super::kind::EventTable;
use super::layout::Layout;
use super::payments::{self, PaymentRow};
use super::plan::{LAST, Plan};
use super::promises::{self, PromiseRow};
use super::word::{Vocabulary, Words};
use super::{ACCOUNT, holds};
use crate::cell::{Raw, RawColumn, amount, flag};
use crate::names::hash;
use crate::row_error::{Fault, RowError};
use crate::table::Batch;
use arrow_array::{Array, ArrayRef, StringArray};
use std::collections::BTreeMap;

/// How many parts the accounts are split into: each is counted by one thread at a time. Which
/// part an account is in depends on its name alone.
pub(super) const SHARDS: usize = 64;

/// Rows of a table of events, in one piece.
#[derive(Clone, Copy)]
pub(super) struct Chunk<'a> {
    pub(super) layout: &'a Layout,
    pub(super) batch: &'a Batch,
    /// The number of its first row, from 1.
    pub(super) first: u64,
}

/// What is wrong with rows, by their place.
#[derive(Debug, Default)]
pub(super) struct Faults(BTreeMap<usize, Vec<Fault>>);

impl Faults {
    pub(super) fn add(&mut self, row: usize, fault: Fault) {
        self.0.entry(row).or_default().push(fault);
    }
}

/// What happened, by row.
#[derive(Debug)]
pub(super) enum Kinds {
    /// When, and what it counts for.
    Contacts {
        days: Vec<i32>,
        sets: Vec<u64>,
    },
    Payments(Vec<PaymentRow>),
    Promises(Vec<PromiseRow>),
    /// What protects today, as bits, and since when.
    Holds {
        from: Vec<i32>,
        bits: Vec<u32>,
    },
}

impl Kinds {
    /// The day on which a row happened.
    fn day(&self, row: usize) -> i32 {
        let day = match self {
            Self::Contacts { days, .. } => days.get(row).copied(),
            Self::Payments(rows) => rows.get(row).map(|payment| payment.on),
            Self::Promises(rows) => rows.get(row).map(|promise| promise.made_on),
            Self::Holds { from, .. } => from.get(row).copied(),
        };
        day.unwrap_or(LAST)
    }
}

/// A chunk after reading.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) accounts: StringArray,
    pub(super) hashes: Vec<u64>,
    /// The rows that count, by the part that their account is in.
    pub(super) places: Vec<Vec<u32>>,
    pub(super) kinds: Kinds,
    /// Rows that cannot be read.
    pub(super) bad: Vec<RowError>,
    /// Rows of days after the day of the decisions.
    pub(super) later: u64,
}

/// The part that an account is in, by the hash of its name.
pub(super) fn shard_of(hash: u64) -> usize {
    usize::try_from((hash >> 32) % 64).unwrap_or(0) % SHARDS
}

/// The name of the account in a row; empty if none stands there.
pub(super) fn account(accounts: &StringArray, row: usize) -> &str {
    if row >= accounts.len() || accounts.is_null(row) { "" } else { accounts.value(row).trim() }
}

impl Chunk<'_> {
    pub(super) const fn rows(&self) -> usize {
        self.batch.rows()
    }

    /// Reads the chunk.
    pub(super) fn read(&self, plan: &Plan) -> Rows {
        let mut faults = Faults::default();
        for row in self.batch.faulty() {
            faults.0.insert(row, self.batch.faults(row).to_vec());
        }
        let accounts = self.column(ACCOUNT).map_or_else(|| StringArray::new_null(self.rows()), texts);
        let kinds = match self.layout.table {
            EventTable::Contacts => contacts::read(plan, self, &mut faults),
            EventTable::Payments => payments::read(plan, self, &mut faults),
            EventTable::Promises => promises::read(plan, self, &mut faults),
            EventTable::Holds => holds::read(plan, self, &mut faults),
        };
        let each = self.rows() / SHARDS + 8;
        let mut places: Vec<Vec<u32>> = (0..SHARDS).map(|_| Vec::with_capacity(each)).collect();
        let mut hashes = Vec::with_capacity(self.rows());
        let (mut bad, mut later) = (Vec::new(), 0);
        for row in 0..self.rows() {
            let name = account(&accounts, row);
            let hash = hash(name);
            hashes.push(hash);
            if name.is_empty() && !self.is_broken(row) {
                faults.add(row, self.empty(ACCOUNT, "every event needs an account"));
            }
            if let Some(faults) = faults.0.remove(&row) {
                bad.push(self.refused(row, name, faults));
            } else if kinds.day(row) > plan.day {
                later += 1;
            } else if let (Some(places), Ok(row)) = (places.get_mut(shard_of(hash)), u32::try_from(row)) {
                places.push(row);
            }
        }
        Rows { accounts, hashes, places, kinds, bad, later }
    }

    fn refused(&self, row: usize, name: &str, faults: Vec<Fault>) -> RowError {
        RowError {
            row: self.first.saturating_add(u64::try_from(row).unwrap_or(0)),
            line: self.batch.line(row),
            account_id: (!name.is_empty()).then(|| name.to_owned()),
            faults,
        }
    }

    fn column(&self, name: &str) -> Option<&ArrayRef> {
        self.batch.array(self.layout.place(name)?)
    }

    /// Whether a row was refused by the reader of the file: what stands in it is not known then.
    fn is_broken(&self, row: usize) -> bool {
        !self.batch.faults(row).is_empty()
    }

    /// What stands in a cell.
    pub(super) fn found(&self, column: &'static str, row: usize) -> String {
        let cell = self
            .column(column)
            .filter(|array| row < array.len())
            .and_then(|array| RawColumn::of(&array.slice(row, 1)).map(|column| column.cell(0).to_string()));
        cell.unwrap_or_default()
    }

    /// Something wrong with what stands in a cell.
    pub(super) fn fault(&self, column: &'static str, row: usize, problem: impl Into<String>) -> Fault {
        Fault::of_cell(self.layout.called(column), self.found(column, row), problem)
    }

    /// A cell in which something must stand, and nothing does.
    pub(super) fn empty(&self, column: &'static str, help: &str) -> Fault {
        Fault::of_column(self.layout.called(column), format!("the cell is empty: {help}"))
    }

    /// The days of a column that must all be there; [`LAST`] where one is at fault.
    pub(super) fn day(&self, column: &'static str, plan: &Plan, required: bool, faults: &mut Faults) -> Vec<i32> {
        let Some(array) = self.column(column) else { return vec![LAST; self.rows()] };
        let cells = days(array, plan.zone);
        let mut found = Vec::with_capacity(self.rows());
        for row in 0..self.rows() {
            found.push(match cells.get(row) {
                Some(DayCell::Day(day)) => *day,
                Some(DayCell::NoDate) => {
                    faults.add(row, self.fault(column, row, NO_DATE));
                    LAST
                }
                _ => {
                    if required && !self.is_broken(row) {
                        faults.add(row, self.empty(column, "write the day on which it happened"));
                    }
                    LAST
                }
            });
        }
        found
    }

    pub(super) fn words(&self, column: &str, vocabulary: &Vocabulary) -> Words {
        self.column(column).map_or(Words::None, |array| Words::of(array, vocabulary))
    }

    pub(super) fn flags(&self, column: &'static str, faults: &mut Faults) -> Flags {
        let Some(cells) = self.column(column).and_then(RawColumn::of) else { return Flags(Vec::new()) };
        let mut found = vec![false; self.rows()];
        for (row, set) in found.iter_mut().enumerate() {
            let raw = cells.cell(row);
            match if raw == Raw::Empty { Ok(false) } else { flag(&raw).map(|cell| cell.get() == Some(1)) } {
                Ok(value) => *set = value,
                Err(problem) => faults.add(row, Fault::of_cell(self.layout.called(column), &raw, problem)),
            }
        }
        Flags(found)
    }

    /// The amounts of a column, in minor units; none where the cell is empty or at fault.
    pub(super) fn amounts(&self, column: &'static str, plan: &Plan, faults: &mut Faults) -> Vec<Option<i64>> {
        self.read_cells(column, faults, |raw| {
            let minor = amount(raw, plan.digits)?;
            if minor < 0 { Err("is below zero: leave out what was given back".to_owned()) } else { Ok(minor) }
        })
    }

    /// The whole numbers of a column; none where the cell is empty or at fault.
    pub(super) fn numbers(&self, column: &'static str, faults: &mut Faults) -> Vec<Option<i32>> {
        self.read_cells(column, faults, |raw| {
            let number = amount(raw, 0).ok().and_then(|number| i32::try_from(number).ok());
            number.filter(|number| *number >= 0).ok_or_else(|| "is not a whole number from zero".to_owned())
        })
    }

    fn read_cells<T: Copy>(
        &self,
        column: &'static str,
        faults: &mut Faults,
        read: impl Fn(&Raw<'_>) -> Result<T, String>,
    ) -> Vec<Option<T>> {
        let Some(cells) = self.column(column).and_then(RawColumn::of) else { return vec![None; self.rows()] };
        let mut found = vec![None; self.rows()];
        for (row, slot) in found.iter_mut().enumerate() {
            let raw = cells.cell(row);
            if raw == Raw::Empty {
                continue;
            }
            match read(&raw) {
                Ok(value) => *slot = Some(value),
                Err(problem) => faults.add(row, Fault::of_cell(self.layout.called(column), &raw, problem)),
            }
        }
        found
    }

    /// Adds a fault for an empty cell, unless the whole row is unreadable.
    pub(super) fn must(&self, column: &'static str, row: usize, help: &str, faults: &mut Faults) {
        if !self.is_broken(row) && !faults.has(row, self.layout.called(column)) {
            faults.add(row, self.empty(column, help));
        }
    }
}

impl Faults {
    /// Whether something is wrong with a column of a row already.
    fn has(&self, row: usize, column: &str) -> bool {
        self.0.get(&row).is_some_and(|faults| faults.iter().any(|fault| fault.column.as_deref() == Some(column)))
    }
}

/// Yes or no by row; no where the column is absent or the cell is empty.
#[derive(Debug)]
pub(super) struct Flags(Vec<bool>);

impl Flags {
    pub(super) fn at(&self, row: usize) -> bool {
        self.0.get(row).copied().unwrap_or(false)
    }
}

/// A column of identifiers as texts: numbers as people write them.
fn texts(array: &ArrayRef) -> StringArray {
    match RawColumn::of(array) {
        Some(RawColumn::Text(texts)) => texts,
        Some(column) => {
            let name = |row: usize| Some(column.cell(row)).filter(|cell| *cell != Raw::Empty);
            (0..array.len()).map(|row| name(row).map(|name| name.to_string())).collect()
        }
        None => StringArray::new_null(array.len()),
    }
}
