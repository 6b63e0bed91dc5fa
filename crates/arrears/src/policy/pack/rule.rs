//! Rules: when they bind, what they allow, and what lifts them.

use super::Citation;
use crate::condition::{Cond, FactId, Num};
use crate::policy::ClockPeriod;
use crate::span::Span;
use chrono::Weekday;

/// A rule of a pack.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The part of the rule, where several statements make one.
    pub part: Option<String>,
    /// Which contacts it binds; none: every contact.
    pub when: Option<Cond>,
    /// What lifts it without being reported.
    pub unless: Option<Cond>,
    /// What it allows.
    pub limit: Limit,
    /// Whether exceeding it calls for a person's look instead of a block.
    pub review: bool,
    /// Whether exceeding it is only presumed to break the law.
    pub presumes: bool,
    /// Reasons for the contact that may rebut the presumption.
    pub rebutted_by: Vec<String>,
    /// Where it stands in the law, and from when it holds.
    pub citation: Citation,
    /// Where it stands in the pack.
    pub span: Span,
}

/// What a rule allows.
#[derive(Clone, Debug)]
pub enum Limit {
    /// Nothing.
    Refuse,
    /// Contact at these hours only.
    KeepHours(WeekHours),
    /// Contact only so often.
    AtMost {
        /// Earlier contacts at which it is full.
        times: Num,
        /// The class that is counted, by position.
        class: usize,
        /// In which contacts count.
        window: Window,
        /// Counts only contacts later than the first of this class.
        after: Option<usize>,
        /// No limit where a contact of this class lies in the window.
        lifted_by: Option<usize>,
    },
    /// No contact on the dates after one of a class.
    Rest {
        /// After what.
        after: After,
        /// Dates, that of the contact the first.
        days: Num,
    },
}

/// What contact rests after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// A contact of a class, by position.
    Class(usize),
    /// An event: the days since it.
    Event(FactId),
}

/// The dates in which contacts count.
#[derive(Clone, Debug)]
pub enum Window {
    /// Local dates, that of the contact the last.
    Days(Num),
    /// The calendar month of the contact.
    Month,
    /// All of them.
    Ever,
}

/// Hours by day of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WeekHours {
    /// Monday to Sunday.
    pub days: [DayHours; 7],
    /// On holidays, if they differ.
    pub holidays: Option<DayHours>,
}

/// The hours of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayHours {
    /// None.
    #[default]
    Closed,
    /// From a minute after midnight up to another, the latter not included.
    Open(ClockPeriod),
}

/// What lifts rules of its pack.
#[derive(Clone, Debug)]
pub struct Exception {
    /// When it lifts them.
    pub when: Cond,
    /// The rules, by their ids.
    pub lifts: Vec<String>,
    /// Where it stands in the law.
    pub citation: Citation,
    /// Where it stands in the pack.
    pub span: Span,
}

impl WeekHours {
    /// The hours of a day of the week that is no holiday.
    pub fn on(&self, day: Weekday) -> DayHours {
        let index = usize::try_from(day.num_days_from_monday()).unwrap_or(0);
        self.days.get(index).copied().unwrap_or_default()
    }
}

impl DayHours {
    /// Whether a minute of the day lies in them.
    pub const fn has(self, minute: u16) -> bool {
        match self {
            Self::Closed => false,
            Self::Open(period) => period.from <= minute && minute < period.to,
        }
    }
}
