//! The accounts of one part, with what was counted of each.

use super::chunk::{Kinds, Rows, account};
use super::plan::{LAST, NO_DAY, Plan};
use crate::names::Names;
use crate::row_error::RowError;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// A part of the accounts: their names, and for each the same few numbers.
#[derive(Debug, Default)]
pub(super) struct Shard {
    pub(super) names: Names,
    places: Vec<i32>,
    amounts: Vec<i64>,
    /// Since when each account is late: [`LAST`] if it is not, [`NO_DAY`] if that is not known.
    /// Empty where nothing is counted since then.
    late_from: Vec<i32>,
    /// Rows of each account, those at fault included, by table.
    rows: Vec<u32>,
    /// Whether somebody asked for the facts of each account.
    asked: Vec<AtomicBool>,
    /// For each account at fault: what the first of its bad rows is, and how many there are.
    pub(super) faults: BTreeMap<u32, (String, u64)>,
}

/// What was counted of one account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'a> {
    pub(super) places: &'a [i32],
    pub(super) amounts: &'a [i64],
    pub(super) late_from: i32,
}

impl Shard {
    /// The number of an account, which is new if it was not seen yet.
    pub(super) fn number(&mut self, plan: &Plan, hash: u64, name: &str) -> u32 {
        let (number, new) = self.names.add_hashed(hash, name);
        if new {
            self.places.extend_from_slice(&plan.blank);
            self.amounts.resize(self.amounts.len() + plan.amounts, 0);
            self.rows.resize(self.rows.len() + plan.tables, 0);
            self.asked.push(AtomicBool::new(false));
            if plan.episodes {
                self.late_from.push(NO_DAY);
            }
        }
        number
    }

    /// Says since when an account is late.
    pub(super) fn late_from(&mut self, number: u32, day: i32) {
        if let Some(from) = self.late_from.get_mut(index(number)) {
            *from = day;
        }
    }

    /// Counts the rows of this part.
    pub(super) fn count(&mut self, plan: &Plan, rows: &Rows, shard: usize, table: usize) {
        for place in rows.places.get(shard).into_iter().flatten() {
            let row = index(*place);
            let Some(hash) = rows.hashes.get(row) else { continue };
            let number = index(self.number(plan, *hash, account(&rows.accounts, row)));
            self.one_more(plan, number, table);
            let late_from = self.late_from.get(number).copied().unwrap_or(LAST);
            let (wide, deep) = (plan.blank.len(), plan.amounts);
            let places = self.places.get_mut(number * wide..(number + 1) * wide).unwrap_or_default();
            let amounts = self.amounts.get_mut(number * deep..(number + 1) * deep).unwrap_or_default();
            match &rows.kinds {
                Kinds::Contacts { days, sets } => {
                    let set = plan.contacts.of(sets, row);
                    plan.contacts.count(set, days.get(row).copied().unwrap_or(LAST), late_from, places);
                }
                Kinds::Payments(payments) => {
                    if let Some(payment) = payments.get(row) {
                        plan.payments.count(*payment, places, amounts);
                    }
                }
                Kinds::Promises(promises) => {
                    if let Some(promise) = promises.get(row) {
                        plan.promises.take(*promise, late_from, places, amounts);
                    }
                }
                Kinds::Holds { bits, .. } => plan.holds.set(bits.get(row).copied().unwrap_or(0), places),
            }
        }
    }

    fn one_more(&mut self, plan: &Plan, number: usize, table: usize) {
        if let Some(count) = self.rows.get_mut(number * plan.tables + table) {
            *count = count.saturating_add(1);
        }
    }

    /// Notes a row at fault of an account.
    pub(super) fn refuse(&mut self, plan: &Plan, hash: u64, error: &RowError, (called, table): (&str, usize)) {
        let number = self.number(plan, hash, error.account_id.as_deref().unwrap_or_default());
        self.one_more(plan, index(number), table);
        let first = || {
            let mut error = error.clone();
            error.account_id = None;
            format!("{called}, {error}")
        };
        self.faults.entry(number).or_insert_with(|| (first(), 0)).1 += 1;
    }

    /// What was counted of an account.
    pub(super) fn counted<'a>(&'a self, plan: &'a Plan, number: u32) -> Counted<'a> {
        let number = index(number);
        let (wide, deep) = (plan.blank.len(), plan.amounts);
        Counted {
            places: self.places.get(number * wide..(number + 1) * wide).unwrap_or_default(),
            amounts: self.amounts.get(number * deep..(number + 1) * deep).unwrap_or_default(),
            late_from: self.late_from.get(number).copied().unwrap_or(NO_DAY),
        }
    }

    /// The days and counts of an account.
    pub(super) fn places_of(&mut self, plan: &Plan, number: u32) -> &mut [i32] {
        let (number, wide) = (index(number), plan.blank.len());
        self.places.get_mut(number * wide..(number + 1) * wide).unwrap_or_default()
    }

    /// Notes that somebody asks for the facts of an account.
    pub(super) fn ask(&self, number: u32) {
        if let Some(asked) = self.asked.get(index(number)) {
            asked.store(true, Ordering::Relaxed);
        }
    }

    /// Rows of accounts for whose facts nobody asked, by table.
    pub(super) fn rows_of_others(&self, plan: &Plan) -> Vec<u64> {
        let mut sums = vec![0_u64; plan.tables];
        for (asked, rows) in self.asked.iter().zip(self.rows.chunks(plan.tables.max(1))) {
            if !asked.load(Ordering::Relaxed) {
                for (sum, rows) in sums.iter_mut().zip(rows) {
                    *sum += u64::from(*rows);
                }
            }
        }
        sums
    }

    /// How much memory it holds, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.names.memory()
            + (self.places.capacity() + self.late_from.capacity()) * size_of::<i32>()
            + self.amounts.capacity() * size_of::<i64>()
            + self.rows.capacity() * size_of::<u32>()
            + self.asked.capacity()
    }
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
