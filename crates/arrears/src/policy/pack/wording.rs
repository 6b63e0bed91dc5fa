//! What a pack says, in words for people.

use super::{After, DayHours, Deadline, DeadlineSpan, Limit, Pack, WeekHours, Window};
use crate::condition::{Num, RowReading, WordSet};
use crate::number::{Kind, show_fixed};
use crate::span::Span;
use chrono::Weekday;

impl Pack {
    /// What a rule allows: `at most 7 counted_call in 7 days`.
    pub fn limit_in_words(&self, limit: &Limit) -> String {
        match limit {
            Limit::Refuse => "no contact".to_owned(),
            Limit::KeepHours(week) => format!("contact only {}", week.in_words()),
            Limit::AtMost { times, class, window, after, lifted_by } => {
                let window = match window {
                    Window::Days(days) => format!("in {} days", self.number_in_words(days)),
                    Window::Month => "in a calendar month".to_owned(),
                    Window::Ever => "ever".to_owned(),
                };
                let mut words = format!("at most {} {} {window}", self.number_in_words(times), self.class_name(*class));
                if let Some(after) = after {
                    words.push_str(&format!(", counted after the first {}", self.class_name(*after)));
                }
                if let Some(lifting) = lifted_by {
                    words.push_str(&format!(", unless there was a {}", self.class_name(*lifting)));
                }
                words
            }
            Limit::Rest { after, days } => {
                let after = match after {
                    After::Class(class) => self.class_name(*class),
                    After::Event(fact) => self.asked(*fact).map_or("", |asked| asked.what.as_str()),
                };
                format!("no contact for {} days from a {after} on, its own date the first", self.number_in_words(days))
            }
        }
    }

    /// How a date follows from another: `5 working days after validation_notice`.
    pub fn deadline_in_words(&self, deadline: &Deadline) -> String {
        let (number, unit) = match &deadline.span {
            DeadlineSpan::Days(days) => (days, "days"),
            DeadlineSpan::WorkingDays(days) => (days, "working days"),
        };
        format!("{} {unit} after {}", self.number_in_words(number), deadline.after)
    }

    /// A value of a threshold as people write it.
    pub fn value_in_words(value: i64, kind: Kind) -> String {
        match kind {
            Kind::Money => show_fixed(value, 2),
            Kind::Ratio => show_fixed(value, 6),
            Kind::Days | Kind::Count | Kind::Flag | Kind::Category => value.to_string(),
        }
    }

    /// Text of the pack's files as its author wrote it, on one line; none where the pack has no file.
    pub fn quote(&self, span: Span) -> Option<String> {
        let text = &self.body.sources.get(usize::from(span.file))?.text;
        let place = usize::try_from(span.start).ok()?..usize::try_from(span.end).ok()?;
        Some(text.get(place)?.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn class_name(&self, class: usize) -> &str {
        self.classes().get(class).map_or("", |class| class.name.as_str())
    }

    fn number_in_words(&self, num: &Num) -> String {
        let reading = RowReading { cells: &[], thresholds: self.threshold_values(), types: WordSet::default() };
        num.read(&reading).get().map_or_else(|| "so many".to_owned(), |number| number.to_string())
    }
}

impl WeekHours {
    /// The hours by days: `Mon-Sat 08:00-20:00, Sun none, holidays none`.
    pub fn in_words(&self) -> String {
        let mut spans: Vec<(usize, usize, DayHours)> = Vec::new();
        for (day, hours) in self.days.iter().enumerate() {
            match spans.last_mut() {
                Some((_, last, before)) if before == hours => *last = day,
                _ => spans.push((day, day, *hours)),
            }
        }
        let named =
            |day: usize| u8::try_from(day).ok().and_then(|day| Weekday::try_from(day).ok()).unwrap_or(Weekday::Mon);
        let mut words: Vec<String> = spans
            .iter()
            .map(|(first, last, hours)| match (first, last) {
                (0, 6) => format!("every day {}", hours.in_words()),
                (first, last) if first == last => format!("{} {}", named(*first), hours.in_words()),
                (first, last) => format!("{}-{} {}", named(*first), named(*last), hours.in_words()),
            })
            .collect();
        words.extend(self.holidays.map(|hours| format!("holidays {}", hours.in_words())));
        words.join(", ")
    }
}

impl DayHours {
    /// The hours: `08:00-20:00`, or `none`.
    pub fn in_words(self) -> String {
        match self {
            Self::Closed => "none".to_owned(),
            Self::Open(hours) => {
                let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
                format!("{}-{}", clock(hours.from), clock(hours.to))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::ClockPeriod;

    #[test]
    fn days_of_the_same_hours_are_told_together() {
        let open = |from: u16, to: u16| DayHours::Open(ClockPeriod { from: from * 60, to: to * 60 });
        let week = |sat, sun, holidays| {
            let (weekday, mut days) = (open(8, 21), [open(8, 21); 7]);
            days[5] = sat;
            days[6] = sun;
            assert_eq!(days[0], weekday);
            WeekHours { days, holidays }.in_words()
        };
        assert_eq!(week(open(8, 21), open(8, 21), None), "every day 08:00-21:00");
        assert_eq!(
            week(open(8, 21), DayHours::Closed, Some(DayHours::Closed)),
            "Mon-Sat 08:00-21:00, Sun none, holidays none"
        );
        assert_eq!(week(open(9, 17), open(9, 17), None), "Mon-Fri 08:00-21:00, Sat-Sun 09:00-17:00");
    }
}
