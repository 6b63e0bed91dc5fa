//! Calendar months, in which a panel is read.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A month of the calendar, such as 2026-03.
///
/// ```
/// use arrears_batch::measures::Month;
/// let march: Month = "2026-03".parse()?;
/// assert_eq!(march.next().to_string(), "2026-04");
/// assert_eq!(march, Month::of("2026-03-31".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32); // Months since the first of the common era.

/// A text that names no month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a month: write year and month, as in 2026-03")]
pub struct UnknownMonth(pub String);

/// Months of a year.
const YEAR: i32 = 12;

impl Month {
    /// The month in which a day lies.
    pub fn of(day: NaiveDate) -> Self {
        let month = i32::try_from(day.month0()).unwrap_or(0);
        Self(day.year().saturating_mul(YEAR).saturating_add(month))
    }

    /// The month after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The month before it.
    #[must_use]
    pub const fn before(self) -> Self {
        self.minus(1)
    }

    /// The month so many months before it.
    pub(super) const fn minus(self, months: i32) -> Self {
        Self(self.0.saturating_sub(months))
    }

    /// Its last day; none beyond the calendar.
    pub fn last_day(self) -> Option<NaiveDate> {
        let month = u32::try_from(self.0.rem_euclid(YEAR)).ok()?;
        let first = NaiveDate::from_ymd_opt(self.0.div_euclid(YEAR), month + 1, 1)?;
        first.checked_add_months(Months::new(1))?.pred_opt()
    }
}

impl FromStr for Month {
    type Err = UnknownMonth;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let long = text.len() == "2026-03".len();
        let day = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok().filter(|_| long);
        day.map(Self::of).ok_or_else(|| UnknownMonth(text.to_owned()))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(YEAR), self.0.rem_euclid(YEAR) + 1)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Month;

    #[test]
    fn a_month_ends_on_its_last_day_in_leap_years_too() {
        let last = |text: &str| text.parse::<Month>().unwrap().last_day().unwrap().to_string();
        assert_eq!(last("2028-02"), "2028-02-29");
        assert_eq!(last("2026-12"), "2026-12-31");
    }

    #[test]
    fn december_is_followed_by_january() {
        let december: Month = "2025-12".parse().unwrap();
        assert_eq!((december.next().to_string(), december.next().before()), ("2026-01".to_owned(), december));
    }

    #[test]
    fn a_day_or_a_thirteenth_month_is_no_month() {
        for text in ["2026-03-31", "2026-13", "2026-3", "March", ""] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
