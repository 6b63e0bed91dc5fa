//! When on the day a contact may be made.

use super::Today;
use super::decision::VetoBy;
use super::sight::Sight;
use crate::condition::FactId;
use crate::number::Cell;
use crate::policy::{ClockPeriod, HoursLeft, Policy, Treatment};
use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// A period [start, end) of whole minutes in the policy's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// First minute.
    pub start: DateTime<Tz>,
    /// One past the last minute.
    pub end: DateTime<Tz>,
}

/// Why there is no time for a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotRefusal {
    /// Nothing of the day is left, or a rule leaves nothing of it.
    By(VetoBy),
    /// A rule keeps hours, and the person's zone is not known.
    Zone(FactId),
}

impl Slot {
    /// As tables and logs carry it: `2026-03-31T15:00+08:00/2026-03-31T16:00+08:00`.
    pub fn written(&self) -> String {
        let form = "%Y-%m-%dT%H:%M%:z";
        format!("{}/{}", self.start.format(form), self.end.format(form))
    }

    /// The clock time at which it begins.
    pub fn from(&self) -> String {
        self.start.format("%H:%M").to_string()
    }
}

impl Policy {
    /// The slot of a period of the person's day on a day in the policy's zone; none where
    /// nothing of it lies on that day. The zone is a cell of the fact `zones`; one that is
    /// not known is the policy's own.
    pub fn slot_on(&self, day: NaiveDate, zone: Cell, period: ClockPeriod) -> Option<Slot> {
        within_day(day, self.head().zone, self.zone_of(zone), period)
    }

    /// The slot of a treatment on a day: of `own`, the person's or their occupation's time, else of
    /// the treatment's, inside the hours that rules keep. Where the two have nothing in common, the
    /// hours that are left from then on, else the last hour before. None where nothing names a time.
    ///
    /// # Errors
    ///
    /// What leaves no time: a rule, or the day itself.
    pub fn slot_of(
        &self,
        treatment: &Treatment,
        day: NaiveDate,
        zone: Cell,
        own: Option<ClockPeriod>,
    ) -> Result<Option<Slot>, VetoBy> {
        let wanted = own.or(treatment.at);
        let period = match (treatment.hours_on(day), wanted) {
            (HoursLeft::None(rule), _) => return Err(VetoBy::Rule(rule)),
            (HoursLeft::All, None) => return Ok(None),
            (HoursLeft::All, Some(wanted)) => wanted,
            (HoursLeft::Some(left), None) => left,
            (HoursLeft::Some(left), Some(wanted)) => best(left, wanted),
        };
        self.slot_on(day, zone, period).map(Some).ok_or(VetoBy::NoSlot)
    }

    /// For how many days from a day on the hours that rules keep for a treatment stay as they are;
    /// none up to a year.
    pub fn days_alike(&self, treatment: &Treatment, day: NaiveDate) -> Option<i64> {
        let today = treatment.hours_on(day);
        let mut later = day.iter_days().take(367).enumerate().skip(1);
        later.find(|(_, later)| treatment.hours_on(*later) != today).and_then(|(days, _)| i64::try_from(days).ok())
    }

    /// Whether a treatment may go out only where the person's zone is known: the law keeps hours for it.
    pub fn needs_zone(&self, treatment: &Treatment) -> bool {
        !treatment.hours.is_empty() && self.law().is_some_and(|law| !law.is_none())
    }

    /// The zone that a cell of the fact `zones` names; none if it names none that the policy knows
    /// (`values zones = [...]` names those).
    pub fn known_zone(&self, zone: Cell) -> Option<Tz> {
        let name = self.input(self.engine_facts().zones).and_then(|input| input.word_of(zone))?;
        name.parse().ok()
    }

    /// The zone of a person, or the policy's where it is not known.
    fn zone_of(&self, zone: Cell) -> Tz {
        self.known_zone(zone).unwrap_or(self.head().zone)
    }
}

impl<S: Sight> Today<'_, S> {
    /// The slot of a treatment: the person's stated times, else their occupation's, else
    /// the treatment's own; none where nothing names a time.
    pub(crate) fn slot(&self, treatment: &Treatment) -> Result<Option<Slot>, SlotRefusal> {
        if treatment.class != crate::facts::Class::Contact {
            return Ok(None);
        }
        let own = self.stated().or_else(|| self.occupation());
        let home = self.policy.body.head.zone;
        let zone = self.cell(self.policy.body.known.zones);
        if self.policy.needs_zone(treatment) && self.policy.known_zone(zone).is_none() {
            return Err(SlotRefusal::Zone(self.policy.body.known.zones));
        }
        if !treatment.hours.is_empty() {
            self.sight.day_differs(self.policy.days_alike(treatment, self.as_of));
        }
        let Some(slot) = self.policy.slot_of(treatment, self.as_of, zone, own).map_err(SlotRefusal::By)? else {
            return Ok(None);
        };
        match self.now {
            Some(now) if now >= slot.end => Err(SlotRefusal::By(VetoBy::NoSlot)),
            Some(now) if now > slot.start => {
                let start = whole_minute(now).with_timezone(&home);
                if start >= slot.end { Err(SlotRefusal::By(VetoBy::NoSlot)) } else { Ok(Some(Slot { start, ..slot })) }
            }
            _ => Ok(Some(slot)),
        }
    }

    fn stated(&self) -> Option<ClockPeriod> {
        let known = &self.policy.body.known;
        let minute = |fact| self.cell(fact).get().and_then(|minute| u16::try_from(minute).ok());
        let from = minute(known.stated_from)?;
        let to = minute(known.stated_to).unwrap_or(24 * 60).min(24 * 60);
        (from < to).then_some(ClockPeriod { from, to })
    }

    fn occupation(&self) -> Option<ClockPeriod> {
        let word = self.cell(self.policy.body.known.occupation?).get()?;
        self.policy.body.hours.iter().find(|hours| hours.word == word).map(|hours| hours.period)
    }
}

/// What is wanted inside what is left; else what is left from then on; else the last hour before.
fn best(left: ClockPeriod, wanted: ClockPeriod) -> ClockPeriod {
    let both = ClockPeriod { from: left.from.max(wanted.from), to: left.to.min(wanted.to) };
    if both.from < both.to {
        both
    } else if left.from >= wanted.from {
        left
    } else {
        ClockPeriod { from: left.to.saturating_sub(60).max(left.from), to: left.to }
    }
}

/// A clock period of the person's day, cut to the policy's day. Minutes that a clock
/// change skips or repeats are left out.
fn within_day(day: NaiveDate, home: Tz, zone: Tz, period: ClockPeriod) -> Option<Slot> {
    let start = instant(zone, local(day, period.from)?, Duration::minutes(1))?;
    let end = instant(zone, local(day, period.to)?, Duration::minutes(-1))?;
    let midnight = instant(home, day.and_time(NaiveTime::MIN), Duration::minutes(1))?;
    let next = instant(home, day.succ_opt()?.and_time(NaiveTime::MIN), Duration::minutes(1))?;
    let start = start.max(midnight).with_timezone(&home);
    let end = end.min(next).with_timezone(&home);
    (start < end).then_some(Slot { start, end })
}

fn local(day: NaiveDate, minute: u16) -> Option<NaiveDateTime> {
    day.and_time(NaiveTime::MIN).checked_add_signed(Duration::minutes(i64::from(minute)))
}

/// The instant of a local time; a time that does not exist or exists twice moves by
/// `step` until one does.
fn instant(zone: Tz, mut local: NaiveDateTime, step: Duration) -> Option<DateTime<Utc>> {
    for _ in 0..24 * 60 {
        if let LocalResult::Single(found) = zone.from_local_datetime(&local) {
            return Some(found.with_timezone(&Utc));
        }
        local = local.checked_add_signed(step)?;
    }
    None
}

/// The next whole minute, itself included.
fn whole_minute(now: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = now.timestamp().rem_euclid(60);
    let nanos = i64::from(now.timestamp_subsec_nanos());
    if seconds == 0 && nanos == 0 {
        return now;
    }
    now + Duration::seconds(60 - seconds) - Duration::nanoseconds(nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(day: &str, zone: Tz, from: u16, to: u16) -> Option<String> {
        let period = ClockPeriod { from, to };
        within_day(day.parse().unwrap(), zone, zone, period).map(|slot| slot.written())
    }

    #[test]
    fn an_hour_that_the_clock_skips_is_left_out() {
        let found = slot("2026-03-29", Tz::Europe__London, 60, 180).unwrap();
        assert_eq!(found, "2026-03-29T02:00+01:00/2026-03-29T03:00+01:00");
    }

    #[test]
    fn an_hour_that_the_clock_repeats_is_left_out() {
        let found = slot("2026-10-25", Tz::Europe__London, 60, 180).unwrap();
        assert_eq!(found, "2026-10-25T02:00+00:00/2026-10-25T03:00+00:00");
    }

    #[test]
    fn a_person_abroad_is_called_by_their_own_clock_on_the_banks_day() {
        let period = ClockPeriod { from: 15 * 60, to: 16 * 60 };
        let day = "2026-06-01".parse().unwrap();
        let found = within_day(day, Tz::Asia__Shanghai, Tz::Asia__Tokyo, period).unwrap();
        assert_eq!(found.written(), "2026-06-01T14:00+08:00/2026-06-01T15:00+08:00");
    }
}
