//! An account day by day: what happened, what was learned, what was true, what was decided.

mod amounts;
mod changes;
mod day_facts;
mod night;
mod walk;
mod window;
mod words;

pub use amounts::grouped;
pub use day_facts::{DayFacts, OpenPromise};
pub use night::Night;
pub(crate) use walk::is_shown;
pub use window::{TimelineError, Window};
pub(crate) use words::words;

use arrears::Currency;
use arrears::account::{Kept, PromiseStanding};
use arrears::nights::KnownBy;
use chrono::NaiveDate;
use serde::Serialize;

/// An account on every day of a window.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The account.
    pub account_id: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// What was known on each day.
    pub known_by: KnownBy,
    /// Every day, in order, those without any event too. At least one.
    pub days: Vec<Day>,
    /// Every promise, as it is known to have ended on the last day.
    pub promises: Vec<PromiseStanding>,
    /// The kinds of record that the history does not hold completely: what is not shown of
    /// them may still have happened.
    pub incomplete: Vec<Kept>,
}

/// One day of an account.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// The day.
    pub on: NaiveDate,
    /// What happened on it, as far as it was known.
    pub happened: Vec<Happened>,
    /// What happened before and became known on this day.
    pub learned: Vec<Happened>,
    /// What changed since the day before, in words: late from today, a promise broken, a
    /// protection that ended.
    pub changed: Vec<String>,
    /// The facts of the day.
    pub facts: DayFacts,
    /// What was decided that night, where a policy is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub night: Option<Night>,
}

/// An event in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Happened {
    /// The event's id.
    pub id: String,
    /// The day it happened on.
    pub occurred_on: NaiveDate,
    /// What happened.
    pub words: String,
}

impl Day {
    /// Whether anything happened, became known or changed.
    pub fn is_eventful(&self) -> bool {
        !self.happened.is_empty() || !self.learned.is_empty() || !self.changed.is_empty()
    }
}

impl Timeline {
    /// The days on which something happens, becomes known or changes, and the first, from which
    /// changes are told.
    pub fn eventful(&self) -> impl Iterator<Item = &Day> {
        let first = self.days.first().map(|day| day.on);
        self.days.iter().filter(move |day| day.is_eventful() || Some(day.on) == first)
    }

    /// The day up to which anything is known that is shown.
    pub(crate) fn known_to(&self) -> NaiveDate {
        let last = self.days.last().map(|day| day.on).unwrap_or_default();
        self.known_day().map_or(last, |known| known.max(last))
    }

    /// The day from which history was known as it is shown; none where each day has its own.
    pub const fn known_day(&self) -> Option<NaiveDate> {
        match self.known_by {
            KnownBy::Day(day) => Some(day),
            KnownBy::EachNight => None,
        }
    }
}
