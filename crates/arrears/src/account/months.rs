//! Calendar months, with a stated end for months that are shorter.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// Where a month ends that is counted from a day which a shorter month does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MonthEnd {
    /// On its last day: a month after 31 January is 28 February.
    #[default]
    Clamp,
    /// On the first day of the month behind it: a month after 31 January is 1 March.
    NextDay,
}

impl MonthEnd {
    /// The day so many months after `day`. Dates beyond the calendar stay at its end.
    ///
    /// ```
    /// use arrears::account::MonthEnd;
    /// use chrono::NaiveDate;
    /// let day: NaiveDate = "2026-01-31".parse()?;
    /// assert_eq!(MonthEnd::Clamp.after(day, 1), "2026-02-28".parse::<NaiveDate>()?);
    /// assert_eq!(MonthEnd::NextDay.after(day, 1), "2026-03-01".parse::<NaiveDate>()?);
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    pub fn after(self, day: NaiveDate, months: u32) -> NaiveDate {
        let clamped = day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
        match self {
            Self::NextDay if clamped.day() < day.day() => later(clamped, 1),
            Self::Clamp | Self::NextDay => clamped,
        }
    }

    /// Whole months from one day to a later one; 0 if it is not later.
    pub fn between(self, from: NaiveDate, to: NaiveDate) -> u32 {
        let calendar = i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
        let months = u32::try_from(calendar).unwrap_or(0);
        if self.after(from, months) > to { months.saturating_sub(1) } else { months }
    }
}

/// The day so many days after another; dates beyond the calendar stay at its end.
pub(crate) fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// Whole days from one day to another; below zero if the other is earlier.
pub(crate) fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_from_the_last_of_january_ends_with_february() {
        assert_eq!(MonthEnd::Clamp.between(date("2026-01-31"), date("2026-02-27")), 0);
        assert_eq!(MonthEnd::Clamp.between(date("2026-01-31"), date("2026-02-28")), 1);
        assert_eq!(MonthEnd::NextDay.between(date("2026-01-31"), date("2026-02-28")), 0);
        assert_eq!(MonthEnd::NextDay.between(date("2026-01-31"), date("2026-03-01")), 1);
        assert_eq!(MonthEnd::Clamp.between(date("2024-02-29"), date("2025-02-28")), 12);
    }

    proptest! {
        #[test]
        fn so_many_months_have_passed_on_the_day_they_end_and_not_before(day in 0..20_000_u64, months in 0..60_u32) {
            let from = later(date("1990-01-01"), day);
            for end in [MonthEnd::Clamp, MonthEnd::NextDay] {
                let to = end.after(from, months);
                prop_assert_eq!(end.between(from, to), months);
                if months > 0 {
                    prop_assert_eq!(end.between(from, to.pred_opt().unwrap()), months - 1);
                }
            }
        }
    }
}
