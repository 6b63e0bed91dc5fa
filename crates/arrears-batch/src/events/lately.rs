//! What tables of events say of the days since the last morning, account by account.

use super::chunk::{Chunk, Kinds, Rows, account};
use super::contacts::{ContactPlan, What};
use super::kind::EventTable;
use super::layout::Layout;
use super::plan::{LAST, Measure, NO_AMOUNT, Plan};
use super::promises::{Fated, PromiseRow};
use super::read::EventTables;
use super::wanted::{self, Fate};
use super::{CHUNK, date, number};
use crate::bind::SchemaProblems;
use crate::mapping::Mapping;
use crate::run::RunError;
use crate::table::open;
use arrears::policy::Policy;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What was asked of contacts, in the order of the bits of a set.
const ATTEMPTS: usize = 0;
const RIGHT_PARTY: usize = 1;
const VISITS: usize = 2;

/// What tables of events say of the days from `since` to the day before `as_of`, and of promises for `as_of`. A
/// table that is not given says nothing: that is none here, not zero. Rows that cannot be read are left out: a run
/// over the same tables reports them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lately {
    /// Promises; none without their table.
    pub promises: Option<PromisesTold>,
    /// What came in, by account and day; none without the table of payments.
    pub payments: Option<Vec<PaidOn>>,
    /// Contacts of these days; none without their table.
    pub contacts: Option<ContactsMade>,
}

/// What a table of promises says of a morning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromisesTold {
    /// Those for today that are open, by account.
    pub due: Vec<PromiseTold>,
    /// Those that broke since the last morning, by account.
    pub broken: Vec<PromiseTold>,
    /// How many were made in these days.
    pub made: u64,
    /// How many were kept in these days.
    pub kept: u64,
    /// How many were for one of these days, and nothing says what became of them.
    pub untold: u64,
}

/// A promise of a morning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseTold {
    /// The account.
    pub account: String,
    /// What is still to be paid under it, or else what was promised, in minor units; none: it named no sum.
    pub amount: Option<i64>,
    /// How many promises of the account broke before.
    pub broken_before: u32,
}

/// What came in on an account on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidOn {
    /// The account.
    pub account: String,
    /// The day.
    pub on: NaiveDate,
    /// All payments of the day together, in minor units.
    pub amount: i64,
}

/// Contacts that were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ContactsMade {
    /// How many the bank attempted.
    pub attempts: u64,
    /// In how many the right person was spoken to; none where the table has no column of results.
    pub right_party: Option<u64>,
    /// How many visits were made, but for those broken off because of a danger.
    pub visits: u64,
}

/// Reads tables of events for a morning. What became of a promise is told as for the facts of a policy: by the
/// result in the table, as far as it is of `as_of` or before.
///
/// A promise breaks on the day after its day, unless its result has another day. It is told on the morning of
/// that day, and one that was broken on another day on the morning after it: so each is told on one morning.
///
/// # Errors
///
/// [`RunError`] if a table cannot be read, or its columns are not those of its kind.
pub fn lately(
    policy: &Policy,
    (since, as_of): (NaiveDate, NaiveDate),
    tables: &EventTables,
    mapping: &Mapping,
) -> Result<Lately, RunError> {
    let mut lately = Lately::default();
    let mut window = Window { since: number(since), today: number(as_of), promises: Vec::new(), paid: BTreeMap::new() };
    for (table, origin) in tables.origins().filter(|(table, _)| *table != EventTable::Holds) {
        let mut file = open(origin.clone())?;
        let called = origin.path().display().to_string();
        let (layout, problems) = Layout::of(table, file.schema(), &called, mapping);
        if !problems.is_empty() {
            let policy = policy.head().name.clone();
            return Err(SchemaProblems { table: called, policy, problems }.into());
        }
        let mut plan = wanted::plan(policy, as_of, &[], false, None);
        plan.contacts = asked(&mut plan);
        let mut made = ContactsMade { right_party: layout.has("outcome").then_some(0), ..ContactsMade::default() };
        let mut first = 1;
        while let Some(batch) = file.next_rows(layout.positions(), CHUNK)? {
            let rows = Chunk { layout: &layout, batch: &batch, first }.read(&plan);
            window.take(&rows, &mut made);
            first += u64::try_from(batch.rows()).unwrap_or(0);
        }
        match table {
            EventTable::Contacts => lately.contacts = Some(made),
            EventTable::Payments => lately.payments = Some(window.payments()),
            EventTable::Promises => lately.promises = Some(window.told()),
            EventTable::Holds => {}
        }
    }
    Ok(lately)
}

/// What is asked of contacts.
fn asked(plan: &mut Plan) -> ContactPlan {
    let mut asked = ContactPlan::default();
    for what in [What::Attempts, What::RightParty, What::Visits] {
        asked.add(what, plan.op(Measure::Latest));
    }
    asked.finish();
    asked
}

/// The days of a morning, and what happened in them.
struct Window {
    since: i32,
    today: i32,
    promises: Vec<(String, PromiseRow)>,
    paid: BTreeMap<(String, i32), i64>,
}

impl Window {
    const fn has(&self, day: i32) -> bool {
        self.since <= day && day < self.today
    }

    /// Takes the rows that can be read.
    fn take(&mut self, rows: &Rows, made: &mut ContactsMade) {
        let mut places: Vec<usize> =
            rows.places.iter().flatten().filter_map(|row| usize::try_from(*row).ok()).collect();
        places.sort_unstable();
        for row in places {
            let name = account(&rows.accounts, row);
            match &rows.kinds {
                Kinds::Promises(promises) => {
                    self.promises.extend(promises.get(row).map(|promise| (name.to_owned(), *promise)));
                }
                Kinds::Payments(payments) => {
                    let Some(payment) = payments.get(row).filter(|paid| self.has(paid.on) && paid.amount > 0) else {
                        continue;
                    };
                    let sum = self.paid.entry((name.to_owned(), payment.on)).or_default();
                    *sum = sum.saturating_add(payment.amount);
                }
                Kinds::Contacts { days, sets } => {
                    let is_of_these = days.get(row).is_some_and(|day| self.has(*day));
                    let set = sets.get(row).copied().unwrap_or(0);
                    let is = |bit: usize| u64::from(is_of_these && (set >> bit) & 1 == 1);
                    made.attempts += is(ATTEMPTS);
                    made.visits += is(VISITS);
                    made.right_party = made.right_party.map(|talks| talks + is(RIGHT_PARTY));
                }
                Kinds::Holds { .. } => {}
            }
        }
    }

    fn payments(&mut self) -> Vec<PaidOn> {
        let paid = std::mem::take(&mut self.paid).into_iter();
        paid.filter_map(|((account, on), amount)| Some(PaidOn { account, on: date(on)?, amount })).collect()
    }

    /// The morning on which a broken promise is told; none if it is not broken.
    fn told_on(promise: &PromiseRow) -> Option<i32> {
        let Fated::Ended(Fate::Broken, day) = promise.fate else { return None };
        Some(if day == promise.due_on.saturating_add(1) { day } else { day.saturating_add(1) })
    }

    fn told(&mut self) -> PromisesTold {
        let promises = std::mem::take(&mut self.promises);
        let mut before: BTreeMap<&str, u32> = BTreeMap::new();
        for (account, promise) in &promises {
            if Self::told_on(promise).is_some_and(|morning| morning <= self.since) {
                *before.entry(account).or_default() += 1;
            }
        }
        let mut told = PromisesTold::default();
        let mut broke_now: BTreeMap<&str, u32> = BTreeMap::new();
        let one = |account: &str, promise: &PromiseRow, broken_before: u32| PromiseTold {
            account: account.to_owned(),
            amount: promise.named.map(|(_, left)| left).filter(|left| *left != NO_AMOUNT).or(promise.amount),
            broken_before,
        };
        for (account, promise) in &promises {
            told.made += u64::from(self.has(promise.made_on));
            told.kept += u64::from(matches!(promise.fate, Fated::Ended(Fate::Kept, day) if self.has(day)));
            told.untold += u64::from(promise.fate == Fated::Untold && self.has(promise.due_on));
            if Self::told_on(promise).is_some_and(|morning| self.since < morning && morning <= self.today) {
                told.broken.push(one(account, promise, before.get(account.as_str()).copied().unwrap_or(0)));
                *broke_now.entry(account).or_default() += 1;
            }
        }
        for (account, promise) in promises.iter().filter(|(_, promise)| promise.due_on != LAST) {
            if promise.due_on == self.today && promise.fate == Fated::Open {
                let broken = |of: &BTreeMap<&str, u32>| of.get(account.as_str()).copied().unwrap_or(0);
                told.due.push(one(account, promise, broken(&before) + broken(&broke_now)));
            }
        }
        told.due.sort_by(|one, other| one.account.cmp(&other.account));
        told.broken.sort_by(|one, other| one.account.cmp(&other.account));
        told
    }
}
