//! Days on which ageing stood still.

use super::known::Known;
use super::months::{days_between, later};
use super::{Grace, Happening, PausedDays};
use chrono::NaiveDate;

/// The paused days of an account, as ranges that do not overlap.
pub(super) struct Pauses {
    /// First day, and first day behind; in order.
    ranges: Vec<(NaiveDate, NaiveDate)>,
}

impl Pauses {
    pub(super) fn new(known: &Known<'_>) -> Self {
        let mut ranges: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        if known.conventions.paused_days == PausedDays::Count {
            return Self { ranges };
        }
        for event in known.happened() {
            match &event.happening {
                Happening::Pause(pause) => ranges.push((pause.from, pause.to)),
                Happening::Resume(_) => {
                    let day = event.occurred_on;
                    for (from, to) in &mut ranges {
                        if *from <= day && day < *to {
                            *to = day;
                        }
                    }
                }
                _ => {}
            }
        }
        ranges.retain(|(from, to)| from < to);
        ranges.sort_unstable();
        let mut joined: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        for (from, to) in ranges {
            match joined.last_mut() {
                Some((_, end)) if from <= *end => *end = (*end).max(to),
                _ => joined.push((from, to)),
            }
        }
        Self { ranges: joined }
    }

    /// How many days from one day to another, that other left out, were paused.
    pub(super) fn days(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let within = |(start, end): &(NaiveDate, NaiveDate)| days_between(from.max(*start), to.min(*end)).max(0);
        self.ranges.iter().map(within).sum()
    }

    /// Delinquent days of a debt of which a payment was in time until `oldest`.
    pub(super) fn delinquent(&self, known: &Known<'_>, oldest: Option<NaiveDate>, on: NaiveDate) -> i64 {
        let Some(oldest) = oldest else { return 0 };
        let late = days_between(oldest, on).max(0) - self.days(oldest, on);
        let grace = i64::from(known.conventions.grace_days);
        match known.conventions.grace {
            Grace::CountsAfter => (late - grace).max(0),
            Grace::CountsFromDueDate if late <= grace => 0,
            Grace::CountsFromDueDate => late.max(0),
        }
    }

    /// The first day after today on which delinquent days do not simply go on: one more
    /// where there are any, none where there are none.
    pub(super) fn turns(&self, known: &Known<'_>, oldest: Option<NaiveDate>, within: NaiveDate) -> Option<NaiveDate> {
        let mut before = self.delinquent(known, oldest, known.as_of);
        let mut day = later(known.as_of, 1);
        while day < within {
            let now = self.delinquent(known, oldest, day);
            let expected = if before > 0 { before + 1 } else { 0 };
            if now != expected {
                return Some(day);
            }
            before = now;
            day = later(day, 1);
        }
        None
    }
}
