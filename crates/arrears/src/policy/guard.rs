//! What guardrails say of treatments, read from a row.

use super::pack::{Strength, WeekHours};
use super::{ClockPeriod, Treatment};
use crate::calendar::Calendar;
use crate::condition::{Cond, Truth};
use chrono::{Datelike, NaiveDate};
use std::sync::Arc;

/// A rule of law, or of the house, that bears on some treatment of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundRule {
    /// The rule's id.
    pub rule: String,
    /// The pack.
    pub pack: String,
    /// Where it stands in the law.
    pub cites: String,
    /// What it says.
    pub says: String,
    /// Whether it must be kept, or is a softer norm.
    pub strength: Strength,
}

/// When a rule stands against a treatment.
#[derive(Clone, Debug)]
pub struct Guard {
    /// The rule, by position among those bound.
    pub rule: u16,
    /// When it stands against it, read from the row.
    pub cond: Cond,
    /// Whether time alone can end that: then what follows may not be stronger.
    pub ends: bool,
    /// Whether it calls for a person's look instead of a refusal.
    pub review: bool,
}

/// Hours that a rule keeps for a treatment.
#[derive(Clone, Debug)]
pub struct KeptHours {
    /// The rule, by position among those bound.
    pub rule: u16,
    /// The hours by day of the week.
    pub week: WeekHours,
    /// The calendar that says what a holiday is.
    pub calendar: Option<Arc<Calendar>>,
}

/// What the hours of all rules leave of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursLeft {
    /// No rule keeps hours.
    All,
    /// This much of the day.
    Some(ClockPeriod),
    /// Nothing: this rule, by position, leaves none.
    None(u16),
}

impl Treatment {
    /// Every condition that its turn reads.
    pub fn conditions(&self) -> impl Iterator<Item = &Cond> {
        let guards = self.guards.iter().map(|guard| &guard.cond);
        let points = self.numbers.iter().filter_map(|point| point.refused.as_ref());
        self.when.iter().chain(self.unless.iter()).chain(guards).chain(points)
    }

    /// What the hours of the rules leave of a day, by the person's clock. Where it is not known
    /// whether the day is a holiday, what both leave.
    pub fn hours_on(&self, day: NaiveDate) -> HoursLeft {
        let mut left = HoursLeft::All;
        for kept in &self.hours {
            let plain = kept.week.on(day.weekday());
            let holiday = kept.week.holidays.filter(|_| kept.is_holiday(day) > Truth::False);
            let ordinary = Some(plain).filter(|_| kept.week.holidays.is_none() || kept.is_holiday(day) < Truth::True);
            for hours in [ordinary, holiday].into_iter().flatten() {
                let before = match left {
                    HoursLeft::All => ClockPeriod { from: 0, to: 24 * 60 },
                    HoursLeft::Some(period) => period,
                    HoursLeft::None(_) => return left,
                };
                left = match hours {
                    super::pack::DayHours::Closed => HoursLeft::None(kept.rule),
                    super::pack::DayHours::Open(period) => {
                        let (from, to) = (before.from.max(period.from), before.to.min(period.to));
                        if from < to { HoursLeft::Some(ClockPeriod { from, to }) } else { HoursLeft::None(kept.rule) }
                    }
                };
            }
        }
        left
    }
}

impl KeptHours {
    fn is_holiday(&self, day: NaiveDate) -> Truth {
        self.calendar.as_ref().map_or(Truth::Unknown, |calendar| calendar.holiday(day))
    }
}
