//! Where people are, and when: zones, and moments near which something happens to their clocks.

use super::choices::Choices;
use chrono::{DateTime, Duration, FixedOffset, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

/// Zones in which a person may be, and a moment near which their clocks are changed, or are not.
const PLACES: [(&[&str], &str); 26] = [
    (&["UTC"], "2026-03-31T12:00:00Z"),
    (&["Asia/Shanghai"], "2026-03-31T04:00:00Z"),
    (&["America/New_York"], "2026-03-08T07:00:00Z"),
    (&["America/New_York"], "2026-11-01T06:00:00Z"),
    (&["America/New_York", "America/Los_Angeles"], "2026-03-08T09:00:00Z"),
    (&["America/New_York", "America/Phoenix"], "2026-11-01T06:00:00Z"),
    (&["Australia/Lord_Howe"], "2026-04-04T15:00:00Z"),
    (&["Australia/Lord_Howe"], "2026-10-03T15:30:00Z"),
    (&["Europe/London"], "2026-03-29T01:00:00Z"),
    (&["Europe/London", "Asia/Kolkata"], "2026-10-25T01:00:00Z"),
    (&["America/Santiago"], "2026-04-05T03:00:00Z"),
    (&["America/Santiago"], "2026-09-06T04:00:00Z"),
    (&["America/Santiago", "Pacific/Auckland"], "2026-09-06T04:00:00Z"),
    (&["America/Sao_Paulo"], "2018-11-04T03:00:00Z"),
    (&["America/Sao_Paulo"], "2018-02-18T02:00:00Z"),
    (&["Asia/Beirut"], "2026-03-28T22:00:00Z"),
    (&["Asia/Beirut", "Europe/London"], "2026-10-24T21:00:00Z"),
    (&["Africa/Cairo"], "2026-04-23T22:00:00Z"),
    (&["America/Havana"], "2026-03-08T05:00:00Z"),
    (&["America/Havana"], "2026-11-01T05:00:00Z"),
    (&["America/St_Johns"], "2010-03-14T03:31:00Z"),
    (&["America/St_Johns"], "2010-11-07T02:31:00Z"),
    (&["Pacific/Apia"], "2011-12-30T10:00:00Z"),
    (&["Pacific/Kiritimati", "Pacific/Pago_Pago"], "2026-12-31T12:00:00Z"),
    (&["Asia/Kathmandu", "Asia/Tokyo"], "2026-02-28T18:15:00Z"),
    (&["Asia/Tehran"], "2022-03-21T20:30:00Z"),
];

/// A place and a time.
#[derive(Clone, Debug)]
pub struct Place {
    /// The zones in which the person may be; none: not known.
    pub zones: Vec<String>,
    /// The moment at which everything happens.
    pub now: DateTime<FixedOffset>,
    /// The local date, or one near it.
    pub today: NaiveDate,
}

impl Place {
    /// A random place, one in which the zones are not known every so often.
    pub fn random(choices: &mut Choices) -> Self {
        let (zones, near) = choices.pick(&PLACES, PLACES[0]);
        let around = choices.pick(&[0_i64, 1, -1, 30, -30, 61, -90, 240, -300, 700, -800, 1400, -1500], 0);
        let seconds = choices.pick(&[0_i64, 0, 0, 0, 0, 0, 30, 59], 0);
        let near: DateTime<Utc> = near.parse().unwrap_or_default();
        let at = near + Duration::minutes(around) + Duration::seconds(seconds);
        let zone: Tz = zones.first().and_then(|zone| zone.parse().ok()).unwrap_or(Tz::UTC);
        let there = at.with_timezone(&zone);
        let today = there.date_naive();
        // What is told may carry any offset: it is the moment that counts.
        let now = if choices.chance(30) { utc(at) } else { there.fixed_offset() };
        let known = !choices.chance(10);
        Self {
            zones: if known { zones.iter().map(|zone| (*zone).to_owned()).collect() } else { Vec::new() },
            now,
            today,
        }
    }
}

/// A moment written in UTC.
pub(super) fn utc(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    Utc.from_utc_datetime(&at.naive_utc()).fixed_offset()
}
