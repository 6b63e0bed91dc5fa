//! Local dates and clock times of a case.

use super::case::Moment;
use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, de::Error};

/// The zone in which a case counts dates: the first of its list.
///
/// # Errors
///
/// That there is none, or the place of a name that no zone has.
pub(crate) fn zone(zones: &[String]) -> Result<Tz, String> {
    let mut first = None;
    for (index, name) in zones.iter().enumerate() {
        let zone: Tz = name.parse().map_err(|_| format!("given.zones[{index}]: `{name}` is no IANA time zone"))?;
        first = first.or(Some(zone));
    }
    first.ok_or_else(|| "given.zones: the list is empty, expected at least one time zone".to_owned())
}

/// The local date of a moment.
pub(crate) fn date(at: Moment, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The last second of a local date.
///
/// # Errors
///
/// That the calendar ends before.
pub(crate) fn end_of(date: NaiveDate, zone: Tz) -> Result<Moment, String> {
    let midnight = date.checked_add_days(Days::new(1)).map(|next| next.and_time(NaiveTime::MIN));
    // Where a clock goes forward at midnight, the day begins an hour later.
    let next = midnight.and_then(|midnight| {
        let first = zone.from_local_datetime(&midnight).earliest();
        first.or_else(|| zone.from_local_datetime(&(midnight + chrono::Duration::hours(1))).earliest())
    });
    next.and_then(|next| next.fixed_offset().checked_sub_signed(chrono::Duration::seconds(1)))
        .ok_or_else(|| format!("the date {date} lies outside the calendar"))
}

/// A time on the clock, written `08:00`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock(pub(crate) NaiveTime);

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let time = NaiveTime::parse_from_str(&text, "%H:%M").ok().filter(|_| text.len() == 5);
        time.map(Self)
            .ok_or_else(|| D::Error::custom(format!("`{text}` is no time on the clock, expected one like `08:00`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_ends_a_second_before_the_next_begins_also_where_a_clock_is_changed() {
        let end = |date: &str, zone: Tz| end_of(date.parse().unwrap(), zone).unwrap();
        let moment = |text: &str| Moment::parse_from_rfc3339(text).unwrap();
        assert_eq!(end("2026-03-08", chrono_tz::America::New_York), moment("2026-03-08T23:59:59-04:00"));
        // In Chile the clock goes forward at midnight.
        assert_eq!(end("2026-09-05", chrono_tz::America::Santiago), moment("2026-09-05T23:59:59-04:00"));
    }

    #[test]
    fn a_clock_time_has_two_digits_each() {
        assert!(serde_json::from_str::<Clock>("\"08:00\"").is_ok());
        let error = serde_json::from_str::<Clock>("\"8:00\"").unwrap_err().to_string();
        assert!(error.starts_with("`8:00` is no time on the clock"), "{error}");
        assert!(serde_json::from_str::<Clock>("\"24:00\"").is_err());
    }
}
