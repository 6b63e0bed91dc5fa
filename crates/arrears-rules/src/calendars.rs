//! The calendars that come with arrears: made from a public source by `scripts/make_calendars.py`.

use arrears::calendar::Calendar;

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../calendars/", $name, ".csv")))),*]
    };
}

const SHIPPED: &[(&str, &str)] =
    shipped!["au", "ca-on", "ca-qc", "cn", "cz", "gb-england", "id", "in", "jp", "kr", "ph", "th", "tw", "us-federal",];

/// The calendars that come with arrears, by name: each with its text, whose first lines say where
/// it comes from, for which days it is known, and what is not in it.
///
/// They are a starting point: a bank that has its own calendar reads that instead.
pub fn shipped_calendars() -> &'static [(&'static str, &'static str)] {
    SHIPPED
}

/// A calendar that comes with arrears; none where none has this name.
///
/// ```
/// let china = arrears_rules::calendar("cn").ok_or("no such calendar")?;
/// assert!(china.working_day("2026-02-14".parse()?).is_true(), "a Saturday worked for the Spring Festival");
/// assert!(china.working_day("2027-02-13".parse()?).is_unknown(), "not announced");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn calendar(name: &str) -> Option<Calendar> {
    let (name, text) = SHIPPED.iter().find(|(shipped, _)| *shipped == name)?;
    Calendar::read(*name, text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_shipped_calendar_reads_without_problems() {
        for (name, text) in shipped_calendars() {
            let problems = Calendar::read(*name, text).err().unwrap_or_default();
            assert!(problems.is_empty(), "{name}: {problems:?}");
        }
    }

    #[test]
    fn every_calendar_file_is_shipped() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/calendars");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".csv").map(str::to_owned))
            .collect();
        files.sort();
        let shipped: Vec<&str> = shipped_calendars().iter().map(|(name, _)| *name).collect();
        assert_eq!(shipped, files);
    }

    #[test]
    fn every_shipped_calendar_says_where_it_comes_from_and_why_it_ends() {
        for (name, text) in shipped_calendars() {
            for key in ["# known: ", "# ends there: ", "# source: ", "# licence of the source: "] {
                assert!(text.lines().any(|line| line.starts_with(key)), "{name}: no `{key}`");
            }
        }
    }

    #[test]
    fn no_estimated_holiday_is_shipped_as_known() {
        for (name, text) in shipped_calendars() {
            assert!(!text.contains("(estimated)"), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_not_shipped_is_no_calendar() {
        assert_eq!(calendar("atlantis"), None);
    }

    #[test]
    fn an_independence_day_on_a_saturday_is_also_observed_on_the_friday() {
        let federal = calendar("us-federal").unwrap();
        assert_eq!(federal.holiday_name(date("2026-07-03")), Some("Independence Day (observed)"));
        assert_eq!(federal.holiday_name(date("2026-07-04")), Some("Independence Day"));
    }

    #[test]
    fn working_days_around_china_s_spring_festival_count_its_worked_saturdays() {
        let china = calendar("cn").unwrap();
        // Worked: Friday 13 and Saturday 14 February; off: Sunday 15 to Monday 23; worked: Tuesday 24 to Saturday 28.
        assert_eq!(china.after_working_days(date("2026-02-12"), 2), Some(date("2026-02-14")));
        assert_eq!(china.next_working_day(date("2026-02-14")), Some(date("2026-02-24")));
        assert_eq!(china.after_working_days(date("2026-02-14"), 5), Some(date("2026-02-28")));
        assert_eq!(china.after_working_days(date("2026-02-14"), 6), Some(date("2026-03-02")));
        // Of the ten after 13 February, two are Saturdays.
        assert_eq!(china.after_working_days(date("2026-02-13"), 10), Some(date("2026-03-05")));
    }

    #[test]
    fn england_s_christmas_on_a_weekend_is_made_up_on_the_days_after() {
        let england = calendar("gb-england").unwrap();
        // Christmas 2027 is a Saturday, Boxing Day a Sunday; Monday and Tuesday are free for them.
        assert_eq!(england.next_working_day(date("2027-12-24")), Some(date("2027-12-29")));
        // New Year's Day 2028 is a Saturday.
        assert_eq!(england.after_working_days(date("2027-12-24"), 4), Some(date("2028-01-04")));
    }
}
