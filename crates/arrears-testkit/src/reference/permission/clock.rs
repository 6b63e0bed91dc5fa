//! Local times, by the zone database alone.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc, Weekday};
use chrono_tz::Tz;

/// What a clock on the wall of a zone shows.
pub(super) fn shown(at: i64, zone: Tz) -> NaiveDateTime {
    DateTime::<Utc>::from_timestamp(at, 0).unwrap_or_default().with_timezone(&zone).naive_local()
}

/// Every date that it is somewhere on earth.
pub(super) fn dates_on_earth(at: i64) -> Vec<NaiveDate> {
    let mut dates = Vec::new();
    for hours in -12..=14 {
        let date = DateTime::<Utc>::from_timestamp(at + hours * 3600, 0).unwrap_or_default().date_naive();
        if !dates.contains(&date) {
            dates.push(date);
        }
    }
    dates
}

/// Minutes after midnight of `08:00`; 1440 is the end of the day.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
}

/// Whether a clock shows a time between two, on one of some days of the week.
pub(super) fn lies_in(
    shown: NaiveDateTime,
    weekdays: &[Weekday],
    from: Option<NaiveTime>,
    to: Option<NaiveTime>,
) -> bool {
    let day = weekdays.is_empty() || weekdays.contains(&shown.weekday());
    let minute = NaiveTime::from_hms_opt(shown.hour(), shown.minute(), 0).unwrap_or_default();
    day && from.is_none_or(|from| minute >= from) && to.is_none_or(|to| minute < to)
}

/// Whether a clock shows a time in `"08:00-20:00"`, or in `"none"`.
pub(super) fn in_hours(shown: NaiveDateTime, hours: &str) -> bool {
    let Some((from, to)) = hours.split_once('-') else { return false };
    let minute = shown.hour() * 60 + shown.minute();
    minutes(from).is_some_and(|from| minute >= from) && minutes(to).is_some_and(|to| minute < to)
}

/// The day of the week as conditions call it.
pub(super) fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}
