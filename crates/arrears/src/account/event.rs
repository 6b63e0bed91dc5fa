//! One event of an account's history.

use super::Happening;
use chrono::NaiveDate;
use serde::Serialize;
use std::cmp::Ordering;

/// Something that happened to an account, with the day it happened on and the day the bank
/// came to know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Unique within the account. The same id with the same content may arrive again.
    pub id: String,
    /// The day it happened on; for what is recorded ahead (a pause from next week), the
    /// day it takes effect.
    pub occurred_on: NaiveDate,
    /// The day from which the bank knew of it. A later one than `occurred_on` is backdated.
    pub known_on: NaiveDate,
    /// Its place among the events of its day, where the source gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u32>,
    /// What happened.
    #[serde(flatten)]
    pub happening: Happening,
}

impl Event {
    /// An event known on the day it happened.
    pub fn new(id: impl Into<String>, on: NaiveDate, happening: impl Into<Happening>) -> Self {
        Self { id: id.into(), occurred_on: on, known_on: on, sequence: None, happening: happening.into() }
    }

    /// The event, known only from that day.
    #[must_use]
    pub fn known_on(mut self, day: NaiveDate) -> Self {
        self.known_on = day;
        self
    }

    /// The event with its place among those of its day.
    #[must_use]
    pub fn sequence(mut self, sequence: u32) -> Self {
        self.sequence = Some(sequence);
        self
    }

    fn place(&self) -> (NaiveDate, u32, usize, &str) {
        let word = self.happening.word();
        let kind = Happening::WORDS.iter().position(|known| *known == word).unwrap_or(usize::MAX);
        (self.occurred_on, self.sequence.unwrap_or(0), kind, &self.id)
    }

    /// The order of events: by day, by the source's sequence, by kind, by id. Never by arrival.
    pub fn order(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place())
    }
}
