//! Reading a calendar file: its known days, its weekend, its days.

use super::lines::{Field, fields};
use super::problem::At;
use super::{Calendar, CalendarProblem, Day, SATURDAY_AND_SUNDAY};
use chrono::{Datelike, NaiveDate, Weekday, WeekdaySet};
use std::collections::BTreeMap;

const HEADER: [&str; 3] = ["date", "kind", "name"];

impl Calendar {
    /// Reads the text of a calendar file.
    ///
    /// Lines that begin with `#` are for people, but for `# known: 2015-01-01..2030-12-31`, which
    /// must be there once, and `# weekend: Friday, Saturday`, without which the weekend is Saturday
    /// and Sunday. Then come the columns `date,kind,name`, and the days in any order; the kind is
    /// `holiday` or `working_weekend`. Empty lines are passed over.
    ///
    /// # Errors
    ///
    /// Every problem of the text, in the order of its lines.
    ///
    /// ```
    /// use arrears::calendar::Calendar;
    ///
    /// let problems = Calendar::read("ours", "date,kind,name\n2026-02-30,holiday,Leap Day\n").unwrap_err();
    /// assert_eq!(problems.len(), 2);
    /// assert_eq!(
    ///     problems[1].to_string(),
    ///     "line 2, column 1: found `2026-02-30`: expected a date; write year, month and day as in 2026-12-25"
    /// );
    /// ```
    pub fn read(name: impl Into<String>, text: &str) -> Result<Self, Vec<CalendarProblem>> {
        let mut reading = Reading {
            span_line: None,
            span: None,
            weekend_line: None,
            weekend: SATURDAY_AND_SUNDAY,
            header_read: false,
            days: BTreeMap::new(),
            problems: Vec::new(),
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = || (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        for (number, line) in lines().filter(|(_, line)| is_comment(line)) {
            reading.comment(number, line);
        }
        for (number, line) in lines().filter(|(_, line)| !is_comment(line)) {
            reading.line(number, line);
        }
        reading.finish(name.into())
    }
}

fn is_comment(line: &str) -> bool {
    line.starts_with('#')
}

/// What has been read of a file so far.
struct Reading {
    span_line: Option<usize>,
    span: Option<(NaiveDate, NaiveDate)>,
    weekend_line: Option<usize>,
    weekend: WeekdaySet,
    header_read: bool,
    days: BTreeMap<NaiveDate, (usize, Day)>,
    problems: Vec<CalendarProblem>,
}

impl Reading {
    fn comment(&mut self, line: usize, text: &str) {
        let words = text.trim_start_matches('#').trim_start();
        let Some((key, value)) = words.split_once(':') else { return };
        let before = text.chars().count().saturating_sub(value.trim_start().chars().count());
        let at = At { line, column: before + 1 };
        match key.trim_end() {
            "known" => self.known(at, value.trim()),
            "weekend" => self.weekend(at, value),
            _ => {}
        }
    }

    fn known(&mut self, at: At, text: &str) {
        if let Some(first) = self.span_line {
            return self.problems.push(CalendarProblem::second_line(At { column: 1, ..at }, "known", first));
        }
        self.span_line = Some(at.line);
        let dates = text.split_once("..").and_then(|(first, last)| Some((date(first.trim())?, date(last.trim())?)));
        match dates {
            None => self.problems.push(CalendarProblem::no_dates_of_span(at, text)),
            Some((first, last)) if last < first => {
                self.problems.push(CalendarProblem::span_reversed(at, first, last));
            }
            Some(span) => self.span = Some(span),
        }
    }

    fn weekend(&mut self, at: At, text: &str) {
        if let Some(first) = self.weekend_line {
            return self.problems.push(CalendarProblem::second_line(At { column: 1, ..at }, "weekend", first));
        }
        self.weekend_line = Some(at.line);
        let before = self.problems.len();
        let mut weekend = WeekdaySet::EMPTY;
        let mut column = at.column.saturating_sub(spaces_before(text));
        for word in text.split(',') {
            if let Ok(day) = word.trim().parse::<Weekday>() {
                weekend.insert(day);
            } else {
                let place = At { column: column + spaces_before(word), ..at };
                self.problems.push(CalendarProblem::no_weekday(place, word.trim()));
            }
            column += word.chars().count() + 1;
        }
        if weekend == WeekdaySet::ALL {
            self.problems.push(CalendarProblem::all_weekend(at));
        }
        // Where the weekend is not known, no day can be said to lie outside it.
        self.weekend = if self.problems.len() > before { WeekdaySet::ALL } else { weekend };
    }

    fn line(&mut self, line: usize, text: &str) {
        let fields = match fields(text) {
            Ok(fields) => fields,
            Err(column) => return self.problems.push(CalendarProblem::bad_quote(At { line, column })),
        };
        if !self.header_read {
            self.header_read = true;
            if fields.iter().map(|field| field.text.as_str()).eq(HEADER) {
                return;
            }
            self.problems.push(CalendarProblem::no_header(At { line, column: 1 }, text.trim()));
            // A file without a header begins with a day; anything else is a header gone wrong.
            if fields.first().is_none_or(|field| date(&field.text).is_none()) {
                return;
            }
        }
        match fields.as_slice() {
            [day, kind, name] => self.day(line, day, kind, name),
            [first, ..] => {
                let at = At { line, column: first.column };
                self.problems.push(CalendarProblem::fields(at, fields.len()));
            }
            [] => {}
        }
    }

    fn day(&mut self, line: usize, day: &Field, kind: &Field, name: &Field) {
        let at = |field: &Field| At { line, column: field.column };
        let date = date(&day.text);
        if date.is_none() {
            self.problems.push(CalendarProblem::no_date(at(day), &day.text));
        }
        if name.text.is_empty() {
            self.problems.push(CalendarProblem::no_name(at(name)));
        }
        let listed = match kind.text.as_str() {
            "holiday" => Day::Holiday(name.text.clone()),
            "working_weekend" => Day::WorkingWeekend(name.text.clone()),
            other => return self.problems.push(CalendarProblem::no_kind(at(kind), other)),
        };
        let Some(date) = date else { return };
        if let Some((first, last)) = self.span
            && !(first..=last).contains(&date)
        {
            self.problems.push(CalendarProblem::not_known(at(day), date, first, last));
        }
        if matches!(listed, Day::WorkingWeekend(_)) && !self.weekend.contains(date.weekday()) {
            self.problems.push(CalendarProblem::no_weekend(at(day), date, self.weekend));
        }
        if let Some((first, _)) = self.days.get(&date) {
            self.problems.push(CalendarProblem::twice(at(day), date, *first));
        } else {
            self.days.insert(date, (line, listed));
        }
    }

    fn finish(mut self, name: String) -> Result<Calendar, Vec<CalendarProblem>> {
        if self.span_line.is_none() {
            self.problems.push(CalendarProblem::no_span());
        }
        if !self.header_read {
            self.problems.push(CalendarProblem::no_header(At { line: 1, column: 1 }, ""));
        }
        match self.span {
            Some((first_known, last_known)) if self.problems.is_empty() => {
                let days = self.days.into_iter().map(|(date, (_, day))| (date, day)).collect();
                Ok(Calendar { name, first_known, last_known, weekend: self.weekend, days })
            }
            _ => {
                self.problems.sort();
                Err(self.problems)
            }
        }
    }
}

fn spaces_before(text: &str) -> usize {
    text.chars().take_while(|character| character.is_whitespace()).count()
}

/// A date in the one form that calendars have: 2026-12-25.
fn date(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|date: &NaiveDate| date.to_string() == text)
}
