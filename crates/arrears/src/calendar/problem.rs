//! What is wrong with a calendar file.

use chrono::{NaiveDate, WeekdaySet};

/// One thing that is wrong with a calendar file, where it stands, and how it may be mended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("line {line}, column {column}: found {found}: expected {expected}; {fix}")]
pub struct CalendarProblem {
    /// The line, from 1.
    pub line: usize,
    /// The column of the first character at fault, from 1, in characters.
    pub column: usize,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What most likely mends it.
    pub fix: String,
}

/// Where in a calendar file something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    pub(super) line: usize,
    pub(super) column: usize,
}

const SPAN: &str = "`# known: 2015-01-01..2030-12-31`";

impl CalendarProblem {
    fn new(at: At, found: impl Into<String>, expected: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { line: at.line, column: at.column, found: found.into(), expected: expected.into(), fix: fix.into() }
    }

    pub(super) fn no_span() -> Self {
        let fix =
            format!("write one such as {SPAN} above the first day, with the days for which all holidays are known");
        Self::new(At { line: 1, column: 1 }, "no line with the known days", "one line that begins with `# known:`", fix)
    }

    pub(super) fn second_line(at: At, key: &str, first: usize) -> Self {
        let fix = format!("line {first} is the first: keep the one that holds");
        Self::new(at, format!("a second line `# {key}:`"), "one at most", fix)
    }

    pub(super) fn no_dates_of_span(at: At, text: &str) -> Self {
        Self::new(at, quoted(text), "two dates with `..` between them", format!("write it as {SPAN}"))
    }

    pub(super) fn span_reversed(at: At, first: NaiveDate, last: NaiveDate) -> Self {
        let found = format!("{first}, which is after {last}");
        Self::new(at, found, "a first known day that is not after the last", format!("write {last}..{first}"))
    }

    pub(super) fn no_weekday(at: At, text: &str) -> Self {
        let fix = "write it as `# weekend: Friday, Saturday`; without the line it is Saturday and Sunday";
        Self::new(at, quoted(text), "a day of the week", fix)
    }

    pub(super) fn all_weekend(at: At) -> Self {
        let fix = "leave out the days of the week on which people work";
        Self::new(at, "a weekend of seven days", "at least one day of the week that is worked", fix)
    }

    pub(super) fn no_header(at: At, text: &str) -> Self {
        let fix = "write `date,kind,name` above the first day";
        Self::new(at, quoted(text), "the names of the columns, `date,kind,name`", fix)
    }

    pub(super) fn bad_quote(at: At) -> Self {
        let fix = "put one at both ends, and double one that belongs to the name";
        let expected = "its end before a comma or the end of the line";
        Self::new(at, "a quotation mark that does not end its field", expected, fix)
    }

    pub(super) fn fields(at: At, fields: usize) -> Self {
        let (found, fix) = match fields {
            1 => ("one field".to_owned(), "write `holiday` or `working_weekend` and a name after the date"),
            2 => ("two fields".to_owned(), "write a name after the kind"),
            _ => (format!("{fields} fields"), "put a name that holds a comma in quotation marks"),
        };
        Self::new(at, found, "three: date, kind and name", fix)
    }

    pub(super) fn no_date(at: At, text: &str) -> Self {
        let fix = match text.parse::<NaiveDate>() {
            Ok(meant) => format!("write {meant}"),
            Err(_) => "write year, month and day as in 2026-12-25".to_owned(),
        };
        Self::new(at, quoted(text), "a date", fix)
    }

    pub(super) fn no_kind(at: At, text: &str) -> Self {
        let fix = "write `holiday` for a day off, `working_weekend` for a day of a weekend that is worked";
        Self::new(at, quoted(text), "`holiday` or `working_weekend`", fix)
    }

    pub(super) fn no_name(at: At) -> Self {
        let fix = "name the holiday, or say for which day off the weekend is worked";
        Self::new(at, "nothing", "a name", fix)
    }

    pub(super) fn twice(at: At, date: NaiveDate, first: usize) -> Self {
        let fix = format!("line {first} has it already: join the names there, or correct the date");
        Self::new(at, format!("{date} a second time"), "each date once", fix)
    }

    pub(super) fn not_known(at: At, date: NaiveDate, first: NaiveDate, last: NaiveDate) -> Self {
        let fix = "leave it out, or widen the line `# known:` if every holiday up to it is known";
        Self::new(at, date.to_string(), format!("a day from {first} to {last}"), fix)
    }

    pub(super) fn no_weekend(at: At, date: NaiveDate, weekend: WeekdaySet) -> Self {
        let found = format!("{date}, a {}", date.format("%A"));
        let days: Vec<_> = weekend.iter(chrono::Weekday::Mon).map(full_name).collect();
        let expected = format!("a {}", days.join(" or "));
        Self::new(at, found, expected, "leave it out, as it is worked anyway, or correct the date")
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") }
}

fn full_name(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    }
}
