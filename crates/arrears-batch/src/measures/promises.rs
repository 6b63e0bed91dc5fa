//! Promises that fell due: kept, kept in part, broken.

use super::read::Reader;
use super::series::Series;
use super::work::none_of;
use super::{Declared, Month};
use crate::bind::ACCOUNT;
use crate::cell::Raw;
use crate::events::date;
use std::collections::BTreeMap;

/// The words for what became of a promise.
const RESULTS: [&str; 4] = ["open", "kept", "broken", "moved"];

const VAGUE: &str = "the promise names no day or no sum";
const OPEN: &str = "open: not fallen due, or what became of it is not known";
const MOVED: &str = "moved to another day";
const LEFT_UNKNOWN: &str = "what is left of a broken promise is not known";

/// What was read of promises.
#[derive(Clone, Debug, Default)]
pub(super) struct Promises {
    /// Promises kept in full, over those that fell due.
    pub(super) kept: Series<()>,
    /// Promises kept in part, over those that fell due.
    pub(super) part: Series<()>,
    /// Rows of months that were not asked for.
    pub(super) outside: u64,
    /// Rows that are no promises that fell due.
    pub(super) excluded: BTreeMap<&'static str, u64>,
}

impl Promises {
    /// Takes the rows of a batch.
    pub(super) fn take(&mut self, reader: &mut Reader<'_>, declared: &Declared) {
        let (accounts, results) = (reader.raw(ACCOUNT), reader.raw("result"));
        let due = reader.days("due_on");
        let [amounts, left] = ["amount", "left"].map(|column| reader.amounts_from_zero(column));
        for row in 0..reader.rows() {
            if accounts.cell(row) == Raw::Empty {
                reader.empty(ACCOUNT, row, "every promise needs an account");
            }
            let result = results.cell(row);
            let word = result.to_string();
            let word = if result == Raw::Empty { "open" } else { word.as_str() };
            if !RESULTS.contains(&word) {
                reader.fault("result", row, &result, none_of(word, RESULTS.into_iter()));
            }
            if reader.is_bad(row) {
                continue;
            }
            let at = |column: &[Option<i64>]| column.get(row).copied().flatten();
            let on = due.get(row).copied().flatten().and_then(date);
            let (Some(on), Some(amount)) = (on, at(&amounts)) else {
                self.exclude(VAGUE);
                continue;
            };
            let month = Month::of(on);
            if !declared.holds(month) {
                self.outside += 1;
                continue;
            }
            match word {
                "kept" => self.fell_due(month, amount, true, Some(0)),
                "broken" => self.fell_due(month, amount, false, at(&left)),
                other => {
                    let reason = if other == "moved" { MOVED } else { OPEN };
                    self.exclude(reason);
                    self.kept.at((), month).exclude(reason, 1);
                    self.part.at((), month).exclude(reason, 1);
                }
            }
        }
    }

    /// A promise that fell due, and what is left of it.
    fn fell_due(&mut self, month: Month, amount: i64, kept: bool, left: Option<i64>) {
        self.kept.at((), month).member(kept, Some(amount), LEFT_UNKNOWN);
        let part = self.part.at((), month);
        let Some(left) = left else { return part.exclude(LEFT_UNKNOWN, 1) };
        let paid = if kept { 0 } else { amount.saturating_sub(left).max(0) };
        part.count.1 += 1;
        part.count.0 += u64::from(paid > 0);
        part.money.0 = part.money.0.saturating_add(i128::from(paid));
        part.money.1 = part.money.1.saturating_add(i128::from(amount));
    }

    fn exclude(&mut self, reason: &'static str) {
        *self.excluded.entry(reason).or_default() += 1;
    }
}
