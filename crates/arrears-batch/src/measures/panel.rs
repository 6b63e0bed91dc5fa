//! The panel: a row for each account and month end, kept until the months can be put in order.

use super::place::{Has, Marks, Place, Standing};
use super::read::Reader;
use super::{Declared, Month};
use crate::bind::ACCOUNT;
use crate::cell::Raw;
use crate::events::date;
use crate::names::Names;
use chrono::Datelike as _;
use std::collections::{BTreeMap, BTreeSet};

/// No amount: not known, or the panel has no such column. No cell gives this number.
const NONE: i64 = i64::MIN;

/// An account at a month end: 56 bytes, as the rows of a panel may come in any order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) account: u32,
    pub(super) month: Month,
    /// The day, counted from 1970-01-01.
    pub(super) day: i32,
    /// The first day late; behind the day itself if it is not late or that is not known.
    pub(super) since: i32,
    pub(super) place: Place,
    pub(super) standing: Standing,
    balance: i64,
    overdue: i64,
    paid: i64,
    due: i64,
}

const fn known(amount: i64) -> Option<i64> {
    if amount == NONE { None } else { Some(amount) }
}

impl Line {
    pub(super) const fn balance(&self) -> Option<i64> {
        known(self.balance)
    }

    pub(super) const fn overdue(&self) -> Option<i64> {
        known(self.overdue)
    }

    pub(super) const fn paid(&self) -> Option<i64> {
        known(self.paid)
    }

    pub(super) const fn due(&self) -> Option<i64> {
        known(self.due)
    }

    /// Makes the line say nothing but that the account was there.
    const fn forget(&mut self) {
        *self = Self {
            since: self.day.saturating_add(1),
            place: Place::Unknown,
            standing: Standing::Unknown,
            balance: NONE,
            overdue: NONE,
            paid: NONE,
            due: NONE,
            ..*self
        };
    }

    /// The amount in arrears: what is overdue where the panel has it, otherwise the balance.
    pub(super) const fn owed(&self, has: Has) -> Option<i64> {
        if has.overdue { self.overdue() } else { self.balance() }
    }
}

/// What was read of a panel.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    pub(super) has: Has,
    pub(super) lines: Vec<Line>,
    /// Rows of months that were not asked for.
    pub(super) outside: u64,
    /// Rows of a day that is not the last of its month.
    pub(super) within_month: u64,
    /// Rows that are left out, or count in part, by reason.
    pub(super) excluded: BTreeMap<&'static str, u64>,
}

impl Panel {
    pub(super) const fn new(has: Has) -> Self {
        Self { has, lines: Vec::new(), outside: 0, within_month: 0, excluded: BTreeMap::new() }
    }

    fn exclude(&mut self, reason: &'static str) {
        *self.excluded.entry(reason).or_default() += 1;
    }

    /// Takes the rows of a batch.
    pub(super) fn take(&mut self, reader: &mut Reader<'_>, declared: &Declared, names: &mut Names) {
        let accounts = reader.raw(ACCOUNT);
        let days = reader.days("as_of");
        let dpd = reader.counts("dpd");
        let [balance, overdue] = ["balance", "overdue"].map(|column| reader.amounts(column));
        let [paid, due] = ["paid", "due"].map(|column| reader.amounts_from_zero(column));
        let [on_plan, re_aged, charged_off] = ["on_plan", "re_aged", "charged_off"].map(|column| reader.flags(column));
        let at = |column: &[Option<i64>], row: usize| column.get(row).copied().flatten().unwrap_or(NONE);
        let mark = |column: &[Option<bool>], row: usize| column.get(row).copied().flatten();
        for row in 0..reader.rows() {
            if reader.is_bad(row) {
                continue;
            }
            let account = accounts.cell(row);
            if account == Raw::Empty {
                self.exclude("the account is not named");
                continue;
            }
            let Some((day, on)) = days.get(row).copied().flatten().and_then(|day| Some((day, date(day)?))) else {
                // A row of no month has no place among those left out of one.
                reader.empty("as_of", row, "every row of the panel is of a month end");
                continue;
            };
            let month = Month::of(on);
            if !declared.holds(month) {
                self.outside += 1;
                continue;
            }
            self.within_month += u64::from(on.succ_opt().is_some_and(|next| next.month() == on.month()));
            let dpd = dpd.get(row).copied().flatten();
            let overdue = at(&overdue, row);
            let marks = Marks {
                dpd,
                overdue: known(overdue),
                on_plan: mark(&on_plan, row),
                re_aged: mark(&re_aged, row),
                charged_off: mark(&charged_off, row),
            };
            let marks = marks.of_panel(self.has);
            let place = marks.place(declared).unwrap_or_else(|reason| {
                self.exclude(reason);
                Place::Unknown
            });
            let (account, _) = match account {
                Raw::Text(name) => names.add(name),
                other => names.add(&other.to_string()),
            };
            let late = dpd.and_then(|dpd| i32::try_from(dpd).ok()).unwrap_or(0);
            self.lines.push(Line {
                account,
                month,
                day,
                since: day.saturating_sub(late).saturating_add(1),
                place,
                standing: marks.standing(declared, self.has),
                balance: at(&balance, row),
                overdue,
                paid: at(&paid, row),
                due: at(&due, row),
            });
        }
    }

    /// Puts the lines in order, by account and day. Of an account that stands twice in a month,
    /// it is not known where it stands then: nothing tells which of the rows is right.
    pub(super) fn order(&mut self) {
        self.lines.sort_unstable_by_key(|line| (line.account, line.day));
        let same = |pair: &[Line]| match pair {
            [a, b] if (a.account, a.month) == (b.account, b.month) => Some((a.account, a.month)),
            _ => None,
        };
        let twice: BTreeSet<(u32, Month)> = self.lines.windows(2).filter_map(same).collect();
        if !twice.is_empty() {
            // One line of each stays, of which nothing is known: the account was there.
            let of_several = |line: &Line| twice.contains(&(line.account, line.month));
            let left_out = self.lines.iter().filter(|line| of_several(line)).count();
            self.lines
                .dedup_by(|next, line| of_several(line) && (next.account, next.month) == (line.account, line.month));
            let left_out = u64::try_from(left_out).unwrap_or(u64::MAX);
            self.excluded.insert("the account stands more than once in the month", left_out);
        }
        let mut without = |has: bool, reason: &'static str, amount: fn(&Line) -> Option<i64>| {
            // Those that stand twice are counted already.
            let once = self.lines.iter().filter(|line| !twice.contains(&(line.account, line.month)));
            let unknown = once.filter(|line| amount(line).is_none()).count();
            if has && unknown > 0 {
                self.excluded.insert(reason, u64::try_from(unknown).unwrap_or(u64::MAX));
            }
        };
        without(self.has.balance, "the balance is not known", Line::balance);
        without(self.has.overdue, "what is overdue is not known", Line::overdue);
        without(self.has.paid, "what was paid is not known", Line::paid);
        without(self.has.due, "what fell due is not known", Line::due);
        self.lines.iter_mut().filter(|line| twice.contains(&(line.account, line.month))).for_each(Line::forget);
    }

    /// The lines of each account, by day.
    pub(super) fn accounts(&self) -> impl Iterator<Item = &[Line]> {
        self.lines.chunk_by(|a, b| a.account == b.account)
    }
}
