//! Counting in working days.

use super::{Calendar, Day};
use crate::condition::Truth;
use chrono::{Days, NaiveDate};

impl Calendar {
    /// Whether a day is worked; unknown outside the known days, weekends included, since a weekend
    /// may turn out to be worked.
    ///
    /// ```
    /// use arrears::calendar::Calendar;
    ///
    /// let stated = Calendar::of_days("stated", [("2026-12-25".parse()?, "Christmas Day")]);
    /// assert!(stated.working_day("2026-12-24".parse()?).is_true());
    /// assert!(stated.working_day("2026-12-25".parse()?).is_false());
    /// assert!(stated.working_day("2026-12-26".parse()?).is_false());
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    pub fn working_day(&self, date: NaiveDate) -> Truth {
        if self.knows(date) { Truth::of(self.worked(date)) } else { Truth::Unknown }
    }

    /// The `n`-th working day after `date`, which is not itself counted.
    ///
    /// The zeroth is `date`, worked or not. None where a day on the way is not known: the span
    /// ends first, or starts later than the day after `date`.
    ///
    /// ```
    /// use arrears::calendar::Calendar;
    ///
    /// let stated = Calendar::of_days("stated", [("2026-12-25".parse()?, "Christmas Day")]);
    /// let wednesday = "2026-12-23".parse()?;
    /// assert_eq!(stated.after_working_days(wednesday, 1), Some("2026-12-24".parse()?));
    /// assert_eq!(stated.after_working_days(wednesday, 2), Some("2026-12-28".parse()?));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    pub fn after_working_days(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        let (mut day, mut left) = (date, n);
        // `left` days hold at most `left` working days, so no stride goes too far; and where a
        // stride holds that many, its last day is one of them.
        while left > 0 {
            let next = day.checked_add_days(Days::new(u64::from(left)))?;
            left = left.saturating_sub(self.working_days_between(day, next)?);
            day = next;
        }
        Some(day)
    }

    /// The first working day after `date`; none where a day on the way is not known.
    pub fn next_working_day(&self, date: NaiveDate) -> Option<NaiveDate> {
        self.after_working_days(date, 1)
    }

    /// How many working days lie after `date`, up to and including `until`.
    ///
    /// Zero where `until` is not later; none where one of the days is not known.
    ///
    /// ```
    /// use arrears::calendar::Calendar;
    ///
    /// let stated = Calendar::of_days("stated", [("2026-12-25".parse()?, "Christmas Day")]);
    /// assert_eq!(stated.working_days_between("2026-12-23".parse()?, "2026-12-28".parse()?), Some(2));
    /// # Ok::<(), chrono::ParseError>(())
    /// ```
    pub fn working_days_between(&self, date: NaiveDate, until: NaiveDate) -> Option<u32> {
        if until <= date {
            return Some(0);
        }
        let first = date.succ_opt()?;
        if !self.knows(first) || !self.knows(until) {
            return None;
        }
        let days = u32::try_from(until.signed_duration_since(date).num_days()).ok()?;
        let weekend = u32::from(self.weekend.len());
        let in_whole_weeks = (days / 7) * 7_u32.saturating_sub(weekend);
        let rest = first.iter_days().take(usize::try_from(days % 7).ok()?);
        let by_weekday = in_whole_weeks + counted(rest.filter(|day| !self.on_weekend(*day)));
        // What the calendar lists stands against its day of the week.
        let listed = || self.days.range(first..=until);
        let off = listed().filter(|(day, kind)| matches!(kind, Day::Holiday(_)) && !self.on_weekend(**day));
        let worked = listed().filter(|(day, kind)| matches!(kind, Day::WorkingWeekend(_)) && self.on_weekend(**day));
        Some((by_weekday + counted(worked)).saturating_sub(counted(off)))
    }

    fn worked(&self, date: NaiveDate) -> bool {
        match self.days.get(&date) {
            Some(Day::Holiday(_)) => false,
            Some(Day::WorkingWeekend(_)) => true,
            None => !self.on_weekend(date),
        }
    }
}

fn counted<T>(days: impl Iterator<Item = T>) -> u32 {
    u32::try_from(days.count()).unwrap_or(u32::MAX)
}
