//! Duties of decisions, counted by duty and day.

use arrears_words::morning::DutyOwed;
use std::collections::BTreeMap;

/// Duties counted. In order: the latest first, then the nearest, then those without a day.
#[derive(Clone, Debug, Default)]
pub(super) struct Duties(BTreeMap<(bool, i64, String, bool), u64>);

impl Duties {
    /// Counts a duty of some accounts, as a record of a decision writes it: its name, and in brackets how long
    /// there is, how late it is, or that a person must look.
    pub(super) fn add(&mut self, written: &str, accounts: u64) {
        let (name, days, review) = read(written);
        let place = (days.is_none(), days.unwrap_or(0), name.to_owned(), review);
        *self.0.entry(place).or_default() += accounts;
    }

    /// What is owed.
    pub(super) fn owed(self) -> Vec<DutyOwed> {
        let each = self.0.into_iter();
        each.map(|((undated, days, duty, review), accounts)| DutyOwed {
            duty,
            days_left: (!undated).then_some(days),
            review,
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
    fn the_latest_duty_stands_first_and_one_without_a_day_last() {
        let mut duties = Duties::default();
        for written in
            ["notice (within 5 days)", "plain", "reply (3 days late)", "notice (within 5 days)", "look (review)"]
        {
            duties.add(written, 2);
        }
        let found: Vec<_> =
            duties.owed().into_iter().map(|duty| (duty.duty, duty.days_left, duty.review, duty.accounts)).collect();
        let expected = [
            ("reply", Some(-3), false, 2),
            ("notice", Some(5), false, 4),
            ("look", None, true, 2),
            ("plain", None, false, 2),
        ];
        assert_eq!(found, expected.map(|(name, days, review, accounts)| (name.to_owned(), days, review, accounts)));
    }

    #[test]
    fn brackets_in_the_name_of_a_duty_are_its_own() {
        assert_eq!(read("reply (complaint)"), ("reply (complaint)", None, false));
        assert_eq!(read("reply (complaint) (within 0 days)"), ("reply (complaint)", Some(0), false));
    }
}
