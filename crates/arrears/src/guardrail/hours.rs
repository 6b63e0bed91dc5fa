//! The hours of a day at which a contact may be made.

use super::case::Case;
use super::moment::{Moment, instants};
use super::permission::Answer;
use super::{Contact, Trouble, check};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;

/// What may be done on one day, in the person's first zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PermittedDay {
    /// The date.
    pub date: NaiveDate,
    /// Periods of the day, one after another, each with the answer that holds throughout it.
    pub periods: Vec<(DateTime<FixedOffset>, DateTime<FixedOffset>, Answer)>,
}

impl Case {
    /// What the rules say of a contact on each of some days, from that of the proposed moment on,
    /// to the quarter of an hour. Nothing is said where no zone is known.
    ///
    /// # Errors
    ///
    /// As [`Case::permission`].
    pub fn permitted_days(&self, proposed: &Contact, days: u16) -> Result<Vec<PermittedDay>, Vec<Trouble>> {
        check::proposed(proposed, &self.known)?;
        let Some(zone) = self.known.zones.first().copied() else { return Ok(Vec::new()) };
        let Some(first) = Moment::new(proposed.at.timestamp(), &self.known.zones).date() else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for date in first.iter_days().take(usize::from(days)) {
            let mut day = PermittedDay { date, periods: Vec::new() };
            let mut quarters: Vec<i64> = (0..96_u16)
                .flat_map(|quarter| instants(date, quarter * 15, zone))
                .filter(|at| *at >= self.known.now)
                .collect();
            // An hour that the clock shows twice is told one time after the other.
            quarters.sort_unstable();
            for at in quarters {
                let moment = Moment::new(at, &self.known.zones);
                day.add(at, zone, self.judge(proposed, &moment, false).answer);
            }
            found.push(day);
        }
        Ok(found)
    }
}

impl PermittedDay {
    fn add(&mut self, at: i64, zone: chrono_tz::Tz, answer: Answer) {
        let shown = |at: i64| DateTime::from_timestamp(at, 0).unwrap_or_default().with_timezone(&zone).fixed_offset();
        let (from, to) = (shown(at), shown(at + 15 * 60));
        match self.periods.last_mut() {
            Some((_, end, last)) if *last == answer && *end == from => *end = to,
            _ => self.periods.push((from, to, answer)),
        }
    }
}
