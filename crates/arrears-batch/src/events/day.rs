//! Days of events: dates as they are, points in time as the local day of the policy's zone.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{Array, ArrayRef, StringArray};
use arrow_cast::cast;
use arrow_schema::{DataType, TimeUnit};
use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;
/// Days between the first day of the common era and 1970-01-01.
const ERA: i32 = 719_163;

/// What is wrong with a cell that is no day.
pub(crate) const NO_DATE: &str = "is not a date: write year, month and day, as in 2026-11-30";

/// A cell of a column of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayCell {
    /// Nothing stands there.
    Empty,
    /// A day, counted from 1970-01-01.
    Day(i32),
    /// Something else than a day stands there.
    NoDate,
}

/// A day, counted from 1970-01-01.
pub(crate) fn number(day: NaiveDate) -> i32 {
    day.num_days_from_ce().saturating_sub(ERA)
}

/// The day that is counted so from 1970-01-01.
pub(crate) fn date(number: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(number.checked_add(ERA)?)
}

/// The days of a column. A point in time without a zone is taken as local already.
pub(crate) fn days(array: &ArrayRef, zone: Tz) -> Vec<DayCell> {
    let array = match array.data_type() {
        DataType::Dictionary(_, values) => cast(array, values).unwrap_or_else(|_| array.clone()),
        _ => array.clone(),
    };
    let mut clock = Clock::new(zone);
    match array.data_type() {
        DataType::Date32 => match array.as_primitive_opt::<Date32Type>() {
            Some(days) => days.iter().map(|day| day.map_or(DayCell::Empty, of_day)).collect(),
            None => Vec::new(),
        },
        DataType::Date64 => match array.as_primitive_opt::<Date64Type>() {
            Some(days) => {
                days.iter().map(|day| day.map_or(DayCell::Empty, |day| of_seconds(day.div_euclid(1000)))).collect()
            }
            None => Vec::new(),
        },
        DataType::Timestamp(unit, zoned) => {
            let seconds = |value: i64, per: i64| value.div_euclid(per);
            let mut of = |value: i64| if zoned.is_some() { clock.day(value) } else { of_seconds(value) };
            let (rows, per) = (array.len(), per_second(*unit));
            let value = |row: usize| -> Option<i64> {
                if array.is_null(row) {
                    return None;
                }
                Some(match unit {
                    TimeUnit::Second => array.as_primitive_opt::<TimestampSecondType>()?.value(row),
                    TimeUnit::Millisecond => array.as_primitive_opt::<TimestampMillisecondType>()?.value(row),
                    TimeUnit::Microsecond => array.as_primitive_opt::<TimestampMicrosecondType>()?.value(row),
                    TimeUnit::Nanosecond => array.as_primitive_opt::<TimestampNanosecondType>()?.value(row),
                })
            };
            (0..rows).map(|row| value(row).map_or(DayCell::Empty, |value| of(seconds(value, per)))).collect()
        }
        DataType::Null => vec![DayCell::Empty; array.len()],
        _ => {
            let texts = cast(&array, &DataType::Utf8).ok();
            match texts.as_ref().and_then(|texts| texts.as_string_opt::<i32>()) {
                Some(texts) => written(texts, &mut clock),
                None => vec![DayCell::NoDate; array.len()],
            }
        }
    }
}

const fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

/// The days from 0001-01-01 to 9999-12-31: others come of numbers that are no days.
const CALENDAR: std::ops::RangeInclusive<i32> = 1 - ERA..=2_932_896;

fn of_day(day: i32) -> DayCell {
    if CALENDAR.contains(&day) { DayCell::Day(day) } else { DayCell::NoDate }
}

fn of_seconds(seconds: i64) -> DayCell {
    i32::try_from(seconds.div_euclid(DAY)).map_or(DayCell::NoDate, of_day)
}

fn written(texts: &StringArray, clock: &mut Clock) -> Vec<DayCell> {
    // Sorted tables say the same day many times in a row.
    let mut last = ("", DayCell::Empty);
    let mut read = |text| {
        if text != last.0 {
            last = (text, clock.read(text));
        }
        last.1
    };
    texts
        .iter()
        .map(|text| text.map(str::trim).filter(|text| !text.is_empty()).map_or(DayCell::Empty, &mut read))
        .collect()
}

/// Points in time as local days, a day's offset looked up once.
struct Clock {
    zone: Tz,
    /// For days of coordinated universal time: the offset from it all day; none if it changes.
    offsets: Vec<(i64, Option<i64>)>,
}

/// How many days the clock remembers: more than ten years in a row.
const REMEMBERED: i64 = 4096;

impl Clock {
    const fn new(zone: Tz) -> Self {
        Self { zone, offsets: Vec::new() }
    }

    /// The local day of a point in time, in seconds from 1970-01-01.
    fn day(&mut self, seconds: i64) -> DayCell {
        let day = seconds.div_euclid(DAY);
        let place = usize::try_from(day.rem_euclid(REMEMBERED)).unwrap_or(0);
        if self.offsets.is_empty() {
            self.offsets = vec![(i64::MIN, None); usize::try_from(REMEMBERED).unwrap_or(0)];
        }
        let known = self.offsets.get(place).filter(|(of, _)| *of == day).map(|(_, offset)| *offset);
        let offset = known.unwrap_or_else(|| {
            let begin = self.offset(day.saturating_mul(DAY));
            let end = self.offset(day.saturating_mul(DAY).saturating_add(DAY - 1));
            let all_day = begin.filter(|_| begin == end);
            if let Some(slot) = self.offsets.get_mut(place) {
                *slot = (day, all_day);
            }
            all_day
        });
        match offset.or_else(|| self.offset(seconds)) {
            Some(offset) => of_seconds(seconds.saturating_add(offset)),
            None => DayCell::NoDate,
        }
    }

    fn offset(&self, seconds: i64) -> Option<i64> {
        let at = DateTime::from_timestamp(seconds, 0)?;
        Some(i64::from(self.zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()))
    }

    /// The day that a text names: a date, or a point in time. One that says how far it is from
    /// universal time is moved to the zone; another one is local already.
    fn read(&mut self, text: &str) -> DayCell {
        let found = plain(text.as_bytes()).or_else(|| {
            let begin = text.get(..10).and_then(|date| plain(date.as_bytes()))?;
            let rest = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
            let local = ["%H:%M:%S%.f", "%H:%M"];
            if local.iter().any(|form| chrono::NaiveTime::parse_from_str(rest, form).is_ok()) {
                return Some(begin);
            }
            let joined = format!("{}T{rest}", text.get(..10)?);
            let at = DateTime::parse_from_rfc3339(&joined)
                .or_else(|_| DateTime::parse_from_str(&joined, "%Y-%m-%dT%H:%M:%S%.f%#z"))
                .ok()?;
            Some(at.with_timezone(&self.zone).date_naive())
        });
        found.map_or(DayCell::NoDate, |day| of_day(number(day)))
    }
}

/// A date of ten letters.
fn plain(text: &[u8]) -> Option<NaiveDate> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = text else { return None };
    let digits = |letters: &[u8]| {
        letters
            .iter()
            .try_fold(0_u32, |sum, letter| letter.is_ascii_digit().then(|| sum * 10 + u32::from(letter - b'0')))
    };
    let year = i32::try_from(digits(&[*a, *b, *c, *d])?).ok()?;
    NaiveDate::from_ymd_opt(year, digits(&[*e, *f])?, digits(&[*g, *h])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Date32Array, TimestampSecondArray};
    use std::sync::Arc;

    fn read(text: &str) -> Option<NaiveDate> {
        match Clock::new(chrono_tz::Asia::Shanghai).read(text) {
            DayCell::Day(day) => date(day),
            _ => None,
        }
    }

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn a_time_in_universal_time_falls_on_the_local_day_of_the_policy() {
        assert_eq!(read("2026-11-29T16:00:00Z"), day("2026-11-30"));
        assert_eq!(read("2026-11-29T15:59:59Z"), day("2026-11-29"));
        assert_eq!(read("2026-11-30 00:30:00+08:00"), day("2026-11-30"));
        assert_eq!(read("2026-11-30 00:30:00+09:00"), day("2026-11-29"));
    }

    #[test]
    fn a_time_without_a_zone_is_local_already() {
        assert_eq!(read("2026-11-29T23:59:59"), day("2026-11-29"));
        assert_eq!(read("2026-11-29 23:59"), day("2026-11-29"));
    }

    #[test]
    fn what_is_no_day_of_the_calendar_is_not_read() {
        for text in ["2026-02-30", "30.11.2026", "2026-11-3", "2026-11-30T25:00:00", "yesterday", "20261130"] {
            assert_eq!(Clock::new(chrono_tz::UTC).read(text), DayCell::NoDate, "{text}");
        }
    }

    #[test]
    fn points_in_time_around_a_change_of_clocks_fall_on_their_local_days() {
        let zone = chrono_tz::Europe::London;
        let base = DateTime::parse_from_rfc3339("2026-03-27T00:00:00Z").unwrap().timestamp();
        let seconds: Vec<i64> = (0..6 * 24 * 4).map(|quarter| base + quarter * 900).collect();
        let stamps = TimestampSecondArray::from(seconds.clone()).with_timezone("UTC");
        let found = days(&(Arc::new(stamps) as ArrayRef), zone);
        for (second, found) in seconds.into_iter().zip(found) {
            let wanted = zone.timestamp_opt(second, 0).unwrap().date_naive();
            assert_eq!(found, DayCell::Day(number(wanted)));
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(number("1970-01-01".parse().unwrap()), 0);
        assert_eq!(date(number("2026-11-30".parse().unwrap())), day("2026-11-30"));
        assert_eq!((date(*CALENDAR.start()), date(*CALENDAR.end())), (day("0001-01-01"), day("9999-12-31")));
    }

    #[test]
    fn a_number_beyond_the_calendar_is_no_day() {
        let days_of = |day: i32| days(&(Arc::new(Date32Array::from(vec![day])) as ArrayRef), chrono_tz::UTC);
        assert_eq!(days_of(20_261_130), [DayCell::NoDate]);
        assert_eq!(days_of(i32::MIN), [DayCell::NoDate]);
        assert_eq!(days_of(20_787), [DayCell::Day(20_787)]);
    }
}
