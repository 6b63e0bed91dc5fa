//! A moment, as the clocks of every zone in which the person may be show it.

use crate::condition::Truth;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

/// A moment with its local times.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// Seconds since 1970 in UTC.
    pub(super) at: i64,
    /// The local time in each zone, in their order; none where no zone is known.
    pub(super) local: Vec<Local>,
}

/// What a clock on the wall shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Local {
    /// The date.
    pub(super) date: NaiveDate,
    /// Whole minutes after midnight.
    pub(super) minute: u16,
}

impl Moment {
    pub(super) fn new(at: i64, zones: &[Tz]) -> Self {
        Self { at, local: zones.iter().filter_map(|zone| local(at, *zone)).collect() }
    }

    /// The date in the first zone.
    pub(super) fn date(&self) -> Option<NaiveDate> {
        self.local.first().map(|local| local.date)
    }

    /// Whether something holds on the local date. Where no zone is known the date is any that it is
    /// somewhere on earth at the moment, and what does not hold on all of them is not known.
    pub(super) fn on_date(&self, holds: impl Fn(NaiveDate) -> bool) -> Truth {
        if let Some(date) = self.date() {
            return Truth::of(holds(date));
        }
        let somewhere =
            |hours: i64| DateTime::<Utc>::from_timestamp(self.at + hours * 3600, 0).map(|at| at.date_naive());
        let (Some(first), Some(last)) = (somewhere(EARLIEST_CLOCK), somewhere(LATEST_CLOCK)) else {
            return Truth::Unknown;
        };
        let mut dates = first.iter_days().take_while(|date| *date <= last);
        let begins = holds(first);
        if dates.all(|date| holds(date) == begins) { Truth::of(begins) } else { Truth::Unknown }
    }
}

/// How far the clocks of the earth differ from UTC, in hours.
const EARLIEST_CLOCK: i64 = -12;
const LATEST_CLOCK: i64 = 14;

/// The local time of a moment.
pub(super) fn local(at: i64, zone: Tz) -> Option<Local> {
    let utc = DateTime::<Utc>::from_timestamp(at, 0)?;
    let there = utc.with_timezone(&zone);
    let minute = u16::try_from(there.hour() * 60 + there.minute()).ok()?;
    Some(Local { date: there.date_naive(), minute })
}

/// The local date of a moment, as days since the common era.
pub(super) fn day(date: NaiveDate) -> i32 {
    date.num_days_from_ce()
}

/// Every moment at which a clock of the zone shows this minute of the date: one, two where the
/// clock goes back, none where it goes forward.
pub(super) fn instants(date: NaiveDate, minute: u16, zone: Tz) -> Vec<i64> {
    let Some(shown) =
        date.and_hms_opt(0, 0, 0).and_then(|start| start.checked_add_signed(Duration::minutes(i64::from(minute))))
    else {
        return Vec::new();
    };
    match zone.from_local_datetime(&shown) {
        chrono::LocalResult::Single(one) => vec![one.timestamp()],
        chrono::LocalResult::Ambiguous(first, second) => vec![first.timestamp(), second.timestamp()],
        chrono::LocalResult::None => Vec::new(),
    }
}

/// The first moment of a date by the clock of the zone. Where the clock skips midnight it is the
/// first that it shows; of a date that it skips altogether, that of the next.
pub(super) fn begins(date: NaiveDate, zone: Tz) -> Option<i64> {
    const TWO_DAYS: u16 = 2 * 24 * 60;
    (0..TWO_DAYS).find_map(|minute| instants(date, minute, zone).into_iter().next())
}

/// The moment between two at which the zone's clock is changed, if it is.
pub(super) fn change(from: i64, to: i64, zone: Tz) -> Option<i64> {
    let offset = |at: i64| {
        let utc = DateTime::<Utc>::from_timestamp(at, 0)?;
        Some(utc.with_timezone(&zone).offset().fix().local_minus_utc())
    };
    let (before, after) = (offset(from)?, offset(to)?);
    if before == after {
        return None;
    }
    let (mut low, mut high) = (from, to);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if offset(middle)? == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}
