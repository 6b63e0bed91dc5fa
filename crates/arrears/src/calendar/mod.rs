//! Calendars: which days are holidays, which weekend days are worked, and what is not known.
//!
//! A [`Calendar`] is data, read from a text that a person can check. Outside the days for which
//! it is known it answers *unknown*: a holiday that nobody has announced yet is not a working day.

mod lines;
mod problem;
mod reading;
mod working_days;

pub use problem::CalendarProblem;

use crate::condition::Truth;
use chrono::{Datelike, NaiveDate, Weekday, WeekdaySet};
use std::collections::BTreeMap;

/// The version of the time zones by which clock times are told: `2025b`.
pub const TIME_ZONES: &str = chrono_tz::IANA_TZDB_VERSION;

/// The holidays and the worked weekend days of one place, and the days for which they are known.
///
/// It says nothing of hours, of half days, or of what may be done on a holiday: that is for the
/// rules that ask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    name: String,
    first_known: NaiveDate,
    last_known: NaiveDate,
    weekend: WeekdaySet,
    days: BTreeMap<NaiveDate, Day>, // INVARIANT: every day lies between `first_known` and `last_known`.
}

/// A day that is not as its day of the week says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Day {
    /// A holiday, with its name.
    Holiday(String),
    /// A day of the weekend that is worked, with the reason given.
    WorkingWeekend(String),
}

const SATURDAY_AND_SUNDAY: WeekdaySet = WeekdaySet::from_array([Weekday::Sat, Weekday::Sun]);

impl Calendar {
    /// A calendar of these holidays and no others, known for ever, with Saturday and Sunday as its
    /// weekend.
    ///
    /// For a host that states the only holidays to be considered. Two names of one day are joined.
    ///
    /// ```
    /// use arrears::calendar::Calendar;
    ///
    /// let stated = Calendar::of_days("stated", [("2026-12-25".parse()?, "Christmas Day")]);
    /// assert!(stated.holiday("2026-12-25".parse()?).is_true());
    /// assert!(stated.holiday("2040-12-25".parse()?).is_false());
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    pub fn of_days<N: Into<String>>(
        name: impl Into<String>,
        holidays: impl IntoIterator<Item = (NaiveDate, N)>,
    ) -> Self {
        let mut days = BTreeMap::new();
        for (date, called) in holidays {
            let called = called.into();
            let joined = match days.remove(&date) {
                Some(Day::Holiday(before)) if before.split("; ").any(|one| one == called) => before,
                Some(Day::Holiday(before)) => format!("{before}; {called}"),
                _ => called,
            };
            days.insert(date, Day::Holiday(joined));
        }
        Self {
            name: name.into(),
            first_known: NaiveDate::MIN,
            last_known: NaiveDate::MAX,
            weekend: SATURDAY_AND_SUNDAY,
            days,
        }
    }

    /// The same calendar with these days as its weekend.
    #[must_use]
    pub fn with_weekend(mut self, weekend: WeekdaySet) -> Self {
        self.weekend = weekend;
        self
    }

    /// The calendar's name, as whoever read it called it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first day for which the calendar is known.
    pub fn first_known(&self) -> NaiveDate {
        self.first_known
    }

    /// The last day for which the calendar is known.
    pub fn last_known(&self) -> NaiveDate {
        self.last_known
    }

    /// Whether the calendar is known for a day.
    pub fn knows(&self, date: NaiveDate) -> bool {
        self.first_known <= date && date <= self.last_known
    }

    /// The days of the week that are not worked unless the calendar says so.
    pub fn weekend(&self) -> WeekdaySet {
        self.weekend
    }

    /// Whether a day is a holiday; unknown outside the known days.
    ///
    /// A day of the weekend is a holiday only where the calendar lists it as one.
    ///
    /// ```
    /// use arrears::calendar::Calendar;
    ///
    /// let text = "# known: 2026-01-01..2026-12-31\ndate,kind,name\n2026-12-25,holiday,Christmas Day\n";
    /// let calendar = Calendar::read("ours", text).map_err(|problems| format!("{problems:?}"))?;
    /// assert!(calendar.holiday("2026-12-25".parse()?).is_true());
    /// assert!(calendar.holiday("2026-12-26".parse()?).is_false());
    /// assert!(calendar.holiday("2027-12-25".parse()?).is_unknown());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn holiday(&self, date: NaiveDate) -> Truth {
        if self.knows(date) { Truth::of(self.holiday_name(date).is_some()) } else { Truth::Unknown }
    }

    /// The name of the holiday on a day; none where it is no holiday, or not known to be one.
    pub fn holiday_name(&self, date: NaiveDate) -> Option<&str> {
        match self.days.get(&date) {
            Some(Day::Holiday(name)) => Some(name),
            _ => None,
        }
    }

    /// The holidays with their names, in the order of their days.
    pub fn holidays(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.days.iter().filter_map(|(date, day)| match day {
            Day::Holiday(name) => Some((*date, name.as_str())),
            Day::WorkingWeekend(_) => None,
        })
    }

    /// The worked days of weekends with the reasons given, in the order of their days.
    pub fn working_weekends(&self) -> impl Iterator<Item = (NaiveDate, &str)> {
        self.days.iter().filter_map(|(date, day)| match day {
            Day::WorkingWeekend(reason) => Some((*date, reason.as_str())),
            Day::Holiday(_) => None,
        })
    }

    fn on_weekend(&self, date: NaiveDate) -> bool {
        self.weekend.contains(date.weekday())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_weekend_is_a_holiday_only_where_the_calendar_says_so() {
        let calendar = Calendar::of_days("stated", [(date("2026-07-04"), "Independence Day")]);
        assert_eq!(calendar.holiday(date("2026-07-04")), Truth::True);
        assert_eq!(calendar.holiday(date("2026-07-05")), Truth::False);
        assert_eq!(calendar.holiday_name(date("2026-07-04")), Some("Independence Day"));
        assert_eq!(calendar.holiday_name(date("2026-07-05")), None);
    }

    #[test]
    fn two_holidays_on_one_day_keep_both_names() {
        let day = date("2026-01-01");
        let calendar = Calendar::of_days("stated", [(day, "New Year"), (day, "Restoration Day"), (day, "New Year")]);
        assert_eq!(calendar.holidays().collect::<Vec<_>>(), [(day, "New Year; Restoration Day")]);
    }

    #[test]
    fn stated_holidays_may_stand_in_a_week_with_another_weekend() {
        let calendar = Calendar::of_days("stated", [(date("2026-03-19"), "Eid al-Fitr")])
            .with_weekend(WeekdaySet::from_array([Weekday::Fri, Weekday::Sat]));
        assert_eq!(calendar.working_day(date("2026-03-20")), Truth::False);
        assert_eq!(calendar.next_working_day(date("2026-03-18")), Some(date("2026-03-22")));
    }

    #[test]
    fn stated_holidays_are_the_only_ones_on_any_day() {
        let calendar = Calendar::of_days("none", [] as [(NaiveDate, &str); 0]);
        assert_eq!(calendar.holiday(date("1900-12-25")), Truth::False);
        assert_eq!(calendar.holiday(NaiveDate::MAX), Truth::False);
    }
}
