//! What is kept of each account while events are counted, and which fact each part of it tells.

use super::contacts::ContactPlan;
use super::holds::HoldPlan;
use super::kind::EventTable;
use super::layout::Layout;
use super::payments::PaymentPlan;
use super::promises::PromisePlan;
use super::summary::EventTally;
use arrears::Kind;
use arrears::condition::FactId;
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// No day: nothing of the kind has happened.
pub(super) const NO_DAY: i32 = i32::MIN;
/// The day behind all days: nothing of the kind lies in the window, the account is not late.
pub(super) const LAST: i32 = i32::MAX;
/// An amount that is not known.
pub(super) const NO_AMOUNT: i64 = i64::MIN;

/// How something that happened is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// The last day on which it happened.
    Latest,
    /// How often it happened after a day, and the first day of those.
    Times { after: i32 },
    /// How often it happened since the account fell late.
    Here,
}

/// One thing to count: how, and where. A window takes two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Op {
    pub(super) measure: Measure,
    pub(super) slot: usize,
}

/// How a fact is told by what was counted. Numbers are places among the days and counts of an
/// account, or among its amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Days since the last time, or never.
    Since(usize),
    /// Calendar months since the last time, or never.
    Months(usize),
    /// How often in so many days.
    Times { slot: usize, days: u32 },
    /// How often in this episode.
    Here(usize),
    /// Whether at all in this episode.
    HereSet(usize),
    /// The amount of the last payment.
    LastPayment { amount: usize },
    /// What was paid in so many days; the first of those days.
    Paid { amount: usize, first: usize, days: u32 },
    /// Whether the last promise is open.
    Open { state: usize },
    /// Days until the open promise falls due.
    DueIn { state: usize, due: usize },
    /// What is still to be paid of the open promise.
    Left { state: usize, amount: usize },
    /// Whether the last promise named no day or no sum.
    Vague { vague: usize, named: usize },
    /// Whether something of that kind protects today.
    Held { slot: usize, bit: u32 },
}

/// A fact that tables of events tell.
#[derive(Clone, Debug)]
pub(super) struct Derived {
    pub(super) fact: FactId,
    /// The table that tells it.
    pub(super) table: EventTable,
    /// Its column.
    pub(super) name: String,
    pub(super) kind: Kind,
    /// The column that tells when it may fall, with its name.
    pub(super) drops_in: Option<(FactId, String)>,
    pub(super) told: Told,
    /// Where promises are counted whose result is not known: the fact is then not known either.
    pub(super) unsettled: Option<usize>,
}

/// What is counted, for one policy, one day and the columns that the tables have.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) as_of: NaiveDate,
    /// The day of the decisions, counted from 1970-01-01.
    pub(super) day: i32,
    pub(super) zone: Tz,
    /// Decimals of the policy's currency.
    pub(super) digits: u32,
    /// The days and counts of an account to which nothing happened.
    pub(super) blank: Vec<i32>,
    /// How many amounts are kept of each account.
    pub(super) amounts: usize,
    /// How many tables of events there are.
    pub(super) tables: usize,
    /// Whether something is counted since the account fell late.
    pub(super) episodes: bool,
    pub(super) contacts: ContactPlan,
    pub(super) payments: PaymentPlan,
    pub(super) promises: PromisePlan,
    pub(super) holds: HoldPlan,
    pub(super) derived: Vec<Derived>,
    /// What is counted over all accounts of a person.
    pub(super) of_person: Vec<Op>,
    /// Facts that the tables might tell and do not, by their columns, and why.
    pub(super) untold: BTreeMap<String, String>,
}

impl Plan {
    /// A place among the days and counts of each account.
    pub(super) fn slot(&mut self, blank: i32) -> usize {
        self.blank.push(blank);
        self.blank.len() - 1
    }

    /// A place among the amounts of each account.
    pub(super) fn amount(&mut self) -> usize {
        self.amounts += 1;
        self.amounts - 1
    }

    /// The places for a measure.
    pub(super) fn op(&mut self, measure: Measure) -> Op {
        let slot = match measure {
            Measure::Latest => self.slot(NO_DAY),
            Measure::Here => {
                self.episodes = true;
                self.slot(0)
            }
            Measure::Times { .. } => {
                let count = self.slot(0);
                self.slot(LAST);
                count
            }
        };
        Op { measure, slot }
    }

    /// The last day that lies before a window of so many days.
    pub(super) fn before(&self, days: u32) -> i32 {
        self.day.saturating_sub(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// Every fact that is told, with its column and its kind: a count is followed by when it may fall.
    pub(super) fn told(&self) -> impl Iterator<Item = (FactId, &str, Kind)> {
        self.derived.iter().flat_map(|derived| {
            let drops = derived.drops_in.as_ref().map(|(fact, name)| (*fact, name.as_str(), Kind::Days));
            std::iter::once((derived.fact, derived.name.as_str(), derived.kind)).chain(drops)
        })
    }

    /// What is told of a table before it is read.
    pub(super) fn tally(&self, layout: &Layout) -> EventTally {
        let told = self.derived.iter().filter(|derived| derived.table == layout.table);
        EventTally::new(layout.table, &layout.called, told.map(|derived| derived.name.clone()).collect())
    }

    pub(super) fn tells(&self, column: &str) -> bool {
        self.told().any(|(_, name, _)| name == column)
    }
}

impl Op {
    /// Adds what was counted of one account to what was counted of another.
    pub(super) fn add(self, counted: &[i32], sum: &mut [i32]) {
        let end = self.slot + if matches!(self.measure, Measure::Times { .. }) { 2 } else { 1 };
        let (Some(counted), Some(sum)) = (counted.get(self.slot..end), sum.get_mut(self.slot..end)) else { return };
        match (self.measure, counted, sum) {
            (Measure::Latest, [last], [latest]) => *latest = *last.max(latest),
            (Measure::Here, [count], [sum]) => *sum = sum.saturating_add(*count),
            (Measure::Times { .. }, [count, first], [sum, earliest]) => {
                *sum = sum.saturating_add(*count);
                *earliest = *first.min(earliest);
            }
            _ => {}
        }
    }

    /// Sets what was counted of an account to what was counted of its person.
    pub(super) fn set(self, sum: &[i32], places: &mut [i32]) {
        let end = self.slot + if matches!(self.measure, Measure::Times { .. }) { 2 } else { 1 };
        if let (Some(sum), Some(places)) = (sum.get(self.slot..end), places.get_mut(self.slot..end)) {
            places.copy_from_slice(sum);
        }
    }

    /// Counts something that happened on a day, in the places of one account.
    pub(super) fn count(self, day: i32, late_from: i32, places: &mut [i32]) {
        match self.measure {
            Measure::Latest => {
                if let Some(last) = places.get_mut(self.slot) {
                    *last = day.max(*last);
                }
            }
            Measure::Times { after } if day > after => {
                if let Some([count, first]) = places.get_mut(self.slot..self.slot + 2) {
                    *count = count.saturating_add(1);
                    *first = day.min(*first);
                }
            }
            Measure::Here if day >= late_from => {
                if let Some(count) = places.get_mut(self.slot) {
                    *count = count.saturating_add(1);
                }
            }
            Measure::Times { .. } | Measure::Here => {}
        }
    }
}
