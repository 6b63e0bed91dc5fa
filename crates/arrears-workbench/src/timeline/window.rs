//! The days that a timeline shows.

use arrears::account::Account;
use arrears::nights::KnownBy;
use arrears::policy::RowProblem;
use chrono::{Days, NaiveDate};

/// The longest window: a hundred years.
const LONGEST: i64 = 36_600;
/// Days shown behind the last event, where nothing else is asked.
const BEHIND: u64 = 14;

/// The days that a timeline shows, and what was known on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day; the day before the first event where nothing is said.
    pub from: Option<NaiveDate>,
    /// The last day; two weeks after the last event, or after the day it became known, where
    /// nothing is said.
    pub to: Option<NaiveDate>,
    /// What was known on each day.
    pub known_by: KnownBy,
}

/// Why there is no timeline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimelineError {
    /// The last day lies before the first.
    #[error("the last day, {to}, lies before the first, {from}: give an earlier first day or a later last one")]
    NoDays {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
    },
    /// More days than a timeline holds.
    #[error(
        "from {from} to {to} are {days} days: expected at most {LONGEST}, give a later first day or an earlier last one"
    )]
    TooManyDays {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
        /// How many days that are.
        days: i64,
    },
    /// The policy cannot read the history.
    #[error("the policy cannot read the history: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Policy(Vec<RowProblem>),
}

impl Window {
    /// The first and the last day for an account.
    ///
    /// # Errors
    ///
    /// [`TimelineError`] if there are no days between them, or more than a hundred years of them.
    pub fn days(&self, account: &Account) -> Result<(NaiveDate, NaiveDate), TimelineError> {
        let events = account.events();
        let first = events.iter().map(|event| event.occurred_on).min().and_then(|day| day.pred_opt());
        let last = events.iter().map(|event| event.occurred_on.max(event.known_on)).max();
        let from = self.from.or(first).unwrap_or_else(|| account.opened_on());
        let last = last.unwrap_or_else(|| account.opened_on());
        let to =
            self.to.unwrap_or_else(|| last.checked_add_days(Days::new(BEHIND)).unwrap_or(NaiveDate::MAX).max(from));
        let days = to.signed_duration_since(from).num_days() + 1;
        if to < from {
            Err(TimelineError::NoDays { from, to })
        } else if days > LONGEST {
            Err(TimelineError::TooManyDays { from, to, days })
        } else {
            Ok((from, to))
        }
    }

    /// The day whose knowledge counts on a day.
    pub(super) fn known_on(&self, day: NaiveDate) -> NaiveDate {
        match self.known_by {
            KnownBy::EachNight => day,
            KnownBy::Day(known) => known.max(day),
        }
    }
}
