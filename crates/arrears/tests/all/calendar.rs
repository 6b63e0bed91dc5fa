//! Calendars: what is said of files that cannot be taken, and counting in working days.
//! `ARREARS_BLESS=1` writes the golden files anew.

use arrears::calendar::Calendar;
use arrears::condition::Truth;
use chrono::{Datelike, Days, NaiveDate, Weekday, WeekdaySet};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A week of China's calendar, and Christmas as in England.
const YEAR_END: &str = "\
# known: 2026-09-01..2026-12-31
date,kind,name
2026-09-20,working_weekend,Worked for 2026-10-06
2026-10-01,holiday,National Day
2026-10-02,holiday,National Day
2026-10-03,holiday,National Day
2026-10-05,holiday,National Day (observed)
2026-10-06,holiday,Day off
2026-10-07,holiday,Day off
2026-10-10,working_weekend,Worked for 2026-10-07
2026-12-25,holiday,Christmas Day
2026-12-26,holiday,Boxing Day
2026-12-28,holiday,Boxing Day (observed)
";

fn year_end() -> Calendar {
    Calendar::read("year end", YEAR_END).unwrap()
}

#[test]
fn every_problem_is_named_with_its_place_what_was_found_what_was_expected_and_its_mending() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_calendars");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "csv"));
    files.sort();
    let mut differ = Vec::new();
    for path in files {
        let problems = Calendar::read("bad", &fs::read_to_string(&path).unwrap()).unwrap_err();
        let found: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        let golden = path.with_extension("txt");
        if std::env::var_os("ARREARS_BLESS").is_some() {
            fs::write(&golden, &found).unwrap();
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if wanted != found {
            differ.push(format!("{}\n--- wanted\n{wanted}\n--- found\n{found}", path.display()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn a_worked_sunday_is_a_working_day_and_no_holiday() {
    let sunday = date("2026-09-20");
    assert_eq!(year_end().working_day(sunday), Truth::True);
    assert_eq!(year_end().holiday(sunday), Truth::False);
    assert_eq!(year_end().working_day(date("2026-09-27")), Truth::False);
}

#[test]
fn working_days_run_over_a_worked_sunday_and_stand_still_over_a_golden_week() {
    let calendar = year_end();
    let friday = date("2026-09-18");
    assert_eq!(calendar.next_working_day(friday), Some(date("2026-09-20")));
    assert_eq!(calendar.after_working_days(friday, 2), Some(date("2026-09-21")));
    assert_eq!(calendar.next_working_day(date("2026-09-30")), Some(date("2026-10-08")));
    assert_eq!(calendar.after_working_days(date("2026-09-30"), 3), Some(date("2026-10-10")));
    assert_eq!(calendar.after_working_days(date("2026-09-30"), 4), Some(date("2026-10-12")));
    assert_eq!(calendar.working_days_between(date("2026-09-30"), date("2026-10-12")), Some(4));
}

#[test]
fn two_working_days_from_the_day_before_christmas_pass_its_holidays_and_weekend() {
    assert_eq!(year_end().after_working_days(date("2026-12-23"), 1), Some(date("2026-12-24")));
    assert_eq!(year_end().after_working_days(date("2026-12-24"), 1), Some(date("2026-12-29")));
    assert_eq!(year_end().after_working_days(date("2026-12-24"), 2), Some(date("2026-12-30")));
}

#[test]
fn the_zeroth_working_day_after_a_day_is_that_day() {
    assert_eq!(year_end().after_working_days(date("2026-12-25"), 0), Some(date("2026-12-25")));
}

#[test]
fn outside_its_known_days_a_calendar_tells_nothing() {
    let calendar = year_end();
    for unknown in [date("2026-08-31"), date("2027-01-01"), date("2027-01-02"), NaiveDate::MIN, NaiveDate::MAX] {
        assert_eq!(calendar.holiday(unknown), Truth::Unknown);
        assert_eq!(calendar.working_day(unknown), Truth::Unknown);
        assert_eq!(calendar.holiday_name(unknown), None);
    }
    assert!(calendar.knows(date("2026-09-01")) && calendar.knows(date("2026-12-31")));
}

#[test]
fn working_days_are_not_counted_past_the_last_known_day_or_from_before_the_first() {
    let calendar = year_end();
    assert_eq!(calendar.after_working_days(date("2026-12-29"), 2), Some(date("2026-12-31")));
    assert_eq!(calendar.after_working_days(date("2026-12-29"), 3), None);
    assert_eq!(calendar.after_working_days(date("2026-12-29"), u32::MAX), None);
    assert_eq!(calendar.next_working_day(date("2026-08-31")), Some(date("2026-09-01")));
    assert_eq!(calendar.next_working_day(date("2026-08-30")), None);
    assert_eq!(calendar.working_days_between(date("2026-12-29"), date("2027-01-01")), None);
    assert_eq!(calendar.working_days_between(date("2026-12-29"), date("2026-12-29")), Some(0));
    assert_eq!(Calendar::of_days("none", [] as [(NaiveDate, &str); 0]).next_working_day(NaiveDate::MAX), None);
}

#[test]
fn a_calendar_may_have_another_weekend() {
    let text = "# known: 2026-01-01..2026-12-31\n# weekend: Friday, saturday\n\ndate,kind,name\n\
                2026-03-20,holiday,\"Eid al-Fitr, first day\"\n2026-03-27,working_weekend,Worked for 2026-03-22\n";
    let calendar = Calendar::read("elsewhere", text).unwrap();
    assert_eq!(calendar.working_day(date("2026-03-15")), Truth::True);
    assert_eq!(calendar.working_day(date("2026-03-13")), Truth::False);
    assert_eq!(calendar.working_day(date("2026-03-27")), Truth::True);
    assert_eq!(calendar.holiday_name(date("2026-03-20")), Some("Eid al-Fitr, first day"));
}

#[test]
fn a_file_saved_by_a_spreadsheet_reads_as_any_other() {
    let saved = format!("\u{feff}{}", YEAR_END.replace('\n', "\r\n"));
    assert_eq!(Calendar::read("year end", &saved), Ok(year_end()));
}

/// Days from `from` on that differ from their weekday: true is a holiday, false a worked weekend day.
fn written(from: NaiveDate, length: u64, listed: &[(u64, bool)], weekend: WeekdaySet) -> String {
    let last = from + Days::new(length);
    let names: Vec<String> = weekend.iter(Weekday::Mon).map(|day| day.to_string()).collect();
    let mut text = format!("# known: {from}..{last}\n# weekend: {}\ndate,kind,name\n", names.join(","));
    let mut days: Vec<_> = listed.iter().map(|(ahead, off)| (from + Days::new(ahead % (length + 1)), *off)).collect();
    days.sort();
    days.dedup_by_key(|(day, _)| *day);
    for (day, off) in days {
        if off || weekend.contains(day.weekday()) {
            text += &format!("{day},{},listed\n", if off { "holiday" } else { "working_weekend" });
        }
    }
    text
}

prop_compose! {
    fn calendar()(
        start in 0..20_000_u64,
        length in 0..400_u64,
        listed in prop::collection::vec((0..400_u64, any::<bool>()), 0..60),
        weekend in prop::sample::subsequence((0..7_u8).collect::<Vec<_>>(), 1..=3),
    ) -> Calendar {
        let from = NaiveDate::default() + Days::new(start);
        let weekend = weekend.into_iter().filter_map(|day| Weekday::try_from(day).ok()).collect();
        Calendar::read("any", &written(from, length, &listed, weekend)).unwrap()
    }
}

proptest! {
    #[test]
    fn working_days_ahead_are_those_that_are_counted_day_by_day(
        calendar in calendar(), ahead in 0..420_u64, n in 0..300_u32
    ) {
        let from = calendar.first_known() - Days::new(5) + Days::new(ahead);
        let mut counted = Some((from, 0));
        while let Some((day, so_far)) = counted && so_far < n {
            counted = day.succ_opt().and_then(|next| match calendar.working_day(next) {
                Truth::True => Some((next, so_far + 1)),
                Truth::False => Some((next, so_far)),
                Truth::Unknown => None,
            });
        }
        let counted = counted.map(|(day, _)| day);
        prop_assert_eq!(calendar.after_working_days(from, n), counted);
        if let Some(day) = counted {
            prop_assert_eq!(calendar.working_days_between(from, day), Some(n));
        }
    }

    #[test]
    fn any_text_is_read_or_refused_with_places(text in "(#? ?(known|weekend)?:?[ .,\"0-9a-z-]{0,30}\n){0,6}") {
        if let Err(problems) = Calendar::read("any", &text) {
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.iter().all(|problem| problem.line >= 1 && problem.column >= 1));
        }
    }
}
