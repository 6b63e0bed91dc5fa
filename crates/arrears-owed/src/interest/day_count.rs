//! How much of a year lies between two days.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A year in the parts in which every day count is a whole number: the least common multiple of
/// 360, 365 and 366.
pub const YEAR: i128 = 1_603_080;

/// A convention by which days become parts of a year.
///
/// The first day of a span counts and the last does not. All but `30/360` add up: a span in two
/// parts is as long as the whole. In `30/360` the 31st counts or not by the day on which the
/// span began, so a span that is cut may be a day longer or shorter.
///
/// Source: 2006 ISDA Definitions, section 4.16.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DayCount {
    /// Calendar days over 365, in leap years too: section 4.16(d).
    #[serde(rename = "act/365f")]
    Act365Fixed,
    /// Calendar days over 360: section 4.16(e).
    #[serde(rename = "act/360")]
    Act360,
    /// Days in a leap year over 366, all others over 365: section 4.16(b).
    #[serde(rename = "act/act")]
    ActActIsda,
    /// Months of thirty days. The 31st ends a span like the 30th only if the span began on a
    /// 30th or 31st: section 4.16(f). The end of February is a day like others.
    #[serde(rename = "30/360")]
    Thirty360,
    /// Months of thirty days; the 31st is always the 30th: section 4.16(g).
    #[serde(rename = "30e/360")]
    ThirtyE360,
}

impl DayCount {
    /// Every day count.
    pub const ALL: [Self; 5] = [Self::Act365Fixed, Self::Act360, Self::ActActIsda, Self::Thirty360, Self::ThirtyE360];

    /// Its word in terms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Act365Fixed => "act/365f",
            Self::Act360 => "act/360",
            Self::ActActIsda => "act/act",
            Self::Thirty360 => "30/360",
            Self::ThirtyE360 => "30e/360",
        }
    }

    /// How much of a year lies from `from` up to `to`, in parts of which a year has [`YEAR`].
    /// Zero if both are one day; below zero if `to` is earlier.
    ///
    /// ```
    /// use arrears_owed::interest::{DayCount, YEAR};
    /// let (from, to) = ("2026-01-01".parse()?, "2027-01-01".parse()?);
    /// assert_eq!(DayCount::ActActIsda.between(from, to), YEAR);
    /// assert_eq!(DayCount::Act360.between(from, to), 365 * (YEAR / 360));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    pub fn between(self, from: NaiveDate, to: NaiveDate) -> i128 {
        match self {
            Self::Act365Fixed => calendar_days(from, to) * (YEAR / 365),
            Self::Act360 => calendar_days(from, to) * (YEAR / 360),
            Self::ActActIsda => actual(to) - actual(from),
            Self::Thirty360 => {
                let begun = from.day().min(30);
                let ended = if begun == 30 { to.day().min(30) } else { to.day() };
                thirties(from, to, begun, ended) * (YEAR / 360)
            }
            Self::ThirtyE360 => thirties(from, to, from.day().min(30), to.day().min(30)) * (YEAR / 360),
        }
    }
}

/// Calendar days from one day to another.
pub(super) fn calendar_days(from: NaiveDate, to: NaiveDate) -> i128 {
    i128::from(to.signed_duration_since(from).num_days())
}

/// Parts of a year since the beginning of the year zero, each day by the length of its own year.
fn actual(day: NaiveDate) -> i128 {
    let gone = i128::from(day.ordinal0());
    let length = if day.leap_year() { 366 } else { 365 };
    i128::from(day.year()) * YEAR + gone * (YEAR / length)
}

/// Days in months of thirty.
fn thirties(from: NaiveDate, to: NaiveDate, begun: u32, ended: u32) -> i128 {
    let years = i128::from(to.year()) - i128::from(from.year());
    let months = i128::from(to.month()) - i128::from(from.month());
    360 * years + 30 * months + i128::from(ended) - i128::from(begun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// From, to, and days of each count that has whole days: act, 30/360, 30e/360.
    const SPANS: [(&str, &str, i128, i128, i128); 9] = [
        ("2026-01-31", "2026-02-28", 28, 28, 28),
        ("2026-01-30", "2026-03-31", 60, 60, 60),
        ("2026-02-28", "2026-03-31", 31, 33, 32),
        ("2026-01-15", "2026-01-31", 16, 16, 15),
        ("2026-01-31", "2026-03-31", 59, 60, 60),
        ("2028-02-28", "2028-02-29", 1, 1, 1),
        ("2028-02-29", "2028-03-31", 31, 32, 31),
        ("2027-12-31", "2028-12-31", 366, 360, 360),
        ("2026-05-05", "2026-05-05", 0, 0, 0),
    ];

    #[test]
    fn days_of_spans_with_month_ends_and_leap_days() {
        for (from, to, act, us, european) in SPANS {
            let of = |count: DayCount| count.between(day(from), day(to));
            assert_eq!(of(DayCount::Act365Fixed), act * 4_392, "{from} {to}");
            assert_eq!(of(DayCount::Act360), act * 4_453, "{from} {to}");
            assert_eq!(of(DayCount::Thirty360), us * 4_453, "{from} {to}");
            assert_eq!(of(DayCount::ThirtyE360), european * 4_453, "{from} {to}");
        }
    }

    #[test]
    fn a_day_of_a_leap_year_is_a_smaller_part_of_it() {
        let across = DayCount::ActActIsda.between(day("2027-12-01"), day("2028-02-01"));
        assert_eq!(across, 31 * (YEAR / 365) + 31 * (YEAR / 366));
    }

    #[test]
    fn words_are_those_of_the_document() {
        for count in DayCount::ALL {
            assert_eq!(serde_json::to_value(count).unwrap(), count.word());
        }
    }

    proptest! {
        #[test]
        fn a_span_in_two_parts_is_as_long_as_the_whole(a in 0..4_000_u64, b in 0..4_000_u64, c in 0..4_000_u64) {
            let mut days = [a, b, c].map(|days| day("2023-12-25") + Days::new(days));
            days.sort();
            let [from, cut, to] = days;
            for count in [DayCount::Act365Fixed, DayCount::Act360, DayCount::ActActIsda, DayCount::ThirtyE360] {
                prop_assert_eq!(count.between(from, cut) + count.between(cut, to), count.between(from, to));
            }
        }
    }
}
