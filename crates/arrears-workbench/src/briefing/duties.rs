//! Duties of decisions, counted by duty and day.

use arrears_words::morning::DutyOwed;
use std::collections::BTreeMap;

/// Days for which each day has a row of its own.
const NEAR: i64 = 7;

/// How far off a duty is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Late,
    In(i64),
    Later,
    Undated,
    Review,
}

/// Duties counted, with the least and the most days left: what is late first, then the nearest.
#[derive(Clone, Debug, Default)]
pub(super) struct Duties(BTreeMap<(When, String), (i64, i64, u64)>);

impl Duties {
    /// Counts a duty of some accounts, as a record of a decision writes it: its name, and in brackets how long
    /// there is, how late it is, or that a person must look.
    pub(super) fn add(&mut self, written: &str, accounts: u64) {
        let (name, days, review) = read(written);
        let when = match days {
            _ if review => When::Review,
            None => When::Undated,
            Some(days) if days < 0 => When::Late,
            Some(days) if days <= NEAR => When::In(days),
            Some(_) => When::Later,
        };
        let days = days.unwrap_or(0);
        let (least, most, counted) = self.0.entry((when, name.to_owned())).or_insert((days, days, 0));
        (*least, *most, *counted) = (days.min(*least), days.max(*most), counted.saturating_add(accounts));
    }

    /// What is owed.
    pub(super) fn owed(self) -> Vec<DutyOwed> {
        let each = self.0.into_iter();
        each.map(|((when, duty), (least, most, accounts))| DutyOwed {
            duty: duty.replace('_', " "),
            days_left: (!matches!(when, When::Undated | When::Review)).then_some(least),
            or_more: least != most,
            review: when == When::Review,
            accounts,
        })
        .collect()
    }
}

/// The name, the days left, and whether a person must look.
fn read(written: &str) -> (&str, Option<i64>, bool) {
    if let Some(name) = written.strip_suffix(" (review)") {
        return (name, None, true);
    }
    let Some((name, rest)) = written.rsplit_once(" (") else { return (written, None, false) };
    let left =
        rest.strip_prefix("within ").and_then(|rest| rest.strip_suffix(" days)")).and_then(|days| days.parse().ok());
    let late = rest.strip_suffix(" days late)").and_then(|days| days.parse::<i64>().ok()).map(|days| -days);
    match left.or(late) {
        Some(days) => (name, Some(days), false),
        None => (written, None, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_stands_in_one_row_and_first_and_a_duty_without_a_day_last() {
        let mut duties = Duties::default();
        let written = [
            "notice (within 5 days)",
            "plain",
            "reply (3 days late)",
            "notice (within 5 days)",
            "look (review)",
            "reply (40 days late)",
            "notice (within 30 days)",
            "notice (within 8 days)",
            "ways_out (within 0 days)",
        ];
        written.into_iter().for_each(|written| duties.add(written, 2));
        let owed = duties.owed().into_iter();
        let found: Vec<_> =
            owed.map(|duty| (duty.duty, duty.days_left, duty.or_more, duty.review, duty.accounts)).collect();
        let expected = [
            ("reply", Some(-40), true, false, 4),
            ("ways out", Some(0), false, false, 2),
            ("notice", Some(5), false, false, 4),
            ("notice", Some(8), true, false, 4),
            ("plain", None, false, false, 2),
            ("look", None, false, true, 2),
        ];
        assert_eq!(found, expected.map(|(name, days, more, look, count)| (name.to_owned(), days, more, look, count)));
    }

    #[test]
    fn brackets_in_the_name_of_a_duty_are_its_own() {
        assert_eq!(read("reply (complaint)"), ("reply (complaint)", None, false));
        assert_eq!(read("reply (complaint) (within 0 days)"), ("reply (complaint)", Some(0), false));
    }
}
