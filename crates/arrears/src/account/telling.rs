//! Facts as they are told of a day, and for how long they move as the fact table says.

use super::months::{days_between, later};
use crate::facts::{Facts, Value};
use crate::number::{Currency, Money};
use chrono::NaiveDate;

/// The facts of a day, and how far ahead they are certain if nothing happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The facts.
    pub facts: Facts,
    /// For so many days from that day on, not counting the last, every fact surely moves as the fact table
    /// declares, windowed counts and calendar months included: on day `surely` something scheduled happens,
    /// leaves a window, ends or falls due. At least 1.
    pub surely: i64,
}

/// The longest that anything is told ahead.
const AHEAD: u64 = 366;

/// Facts being told.
pub(super) struct Telling {
    as_of: NaiveDate,
    currency: Currency,
    facts: Facts,
    untold: NaiveDate,
}

impl Telling {
    pub(super) fn new(as_of: NaiveDate, facts: Facts) -> Self {
        Self { as_of, currency: facts.currency(), facts, untold: later(as_of, AHEAD) }
    }

    pub(super) fn value(&mut self, name: &str, value: Value) {
        self.facts.put(name, value);
    }

    pub(super) fn days(&mut self, name: &str, days: i64) {
        self.value(name, Value::Days(days));
    }

    pub(super) fn count(&mut self, name: &str, count: usize) {
        self.value(name, Value::Count(i64::try_from(count).unwrap_or(i64::MAX)));
    }

    pub(super) fn flag(&mut self, name: &str, set: bool) {
        self.value(name, Value::Flag(set));
    }

    /// An amount in minor units; one that does not fit is not known.
    pub(super) fn money(&mut self, name: &str, minor: i128) {
        let currency = self.currency;
        let amount = i64::try_from(minor).ok().filter(|minor| *minor > i64::MIN + 1);
        self.value(name, amount.map_or(Value::Unknown, |minor| Value::Money(Money::from_minor(minor, currency))));
    }

    /// Days since something last happened, or never.
    pub(super) fn since(&mut self, name: &str, last: Option<NaiveDate>) {
        let value = last.map_or(Value::Never, |last| Value::Days(days_between(last, self.as_of)));
        self.value(name, value);
    }

    /// Days until something comes, or never; on the day after it the row must be told anew.
    pub(super) fn until(&mut self, name: &str, day: Option<NaiveDate>) {
        let value = day.map_or(Value::Never, |day| Value::Days(days_between(self.as_of, day)));
        self.value(name, value);
        self.untold_from(day.map(|day| later(day, 1)));
    }

    /// From that day on the facts must be told anew.
    pub(super) fn untold_from(&mut self, day: Option<NaiveDate>) {
        if let Some(day) = day.filter(|day| *day > self.as_of) {
            self.untold = self.untold.min(day);
        }
    }

    /// The first day on which the facts must be told anew, as far as is known yet.
    pub(super) const fn untold(&self) -> NaiveDate {
        self.untold
    }

    pub(super) fn finish(self) -> Told {
        let surely = days_between(self.as_of, self.untold).max(1);
        Told { facts: self.facts, surely }
    }
}
