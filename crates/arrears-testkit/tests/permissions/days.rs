//! What may be done on a day agrees with what is said of each of its quarters of an hour.

use crate::cases;
use crate::hand::{call_at, hours, pack, plain, refuses};
use arrears::Law;
use arrears::guardrail::{Answer, Case, Contact};
use arrears_testkit::generate::{Matters, matters};
use chrono::{Duration, Timelike};
use proptest::prelude::*;

const ALL: Matters = Matters { defaults: true, unknown: 6, rules: 4, proposals: 1 };

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn every_quarter_of_a_day_has_the_answer_of_a_contact_then(matter in matters(ALL)) {
        let case = matter.case().unwrap();
        for contact in &matter.proposed {
            let days = case.permitted_days(contact, 3).unwrap();
            prop_assert_eq!(days.len(), if matter.standing.zones.is_empty() { 0 } else { 3 });
            for day in &days {
                // A clock that goes back over midnight shows two dates by turns: periods follow each other on one.
                let mut last = None;
                for (from, to, answer) in &day.periods {
                    prop_assert!(from < to && last.is_none_or(|last| last <= *from), "{:#?}", days);
                    prop_assert_eq!(from.date_naive(), day.date);
                    let mut at = *from;
                    while at < *to {
                        let then = case.answer(&Contact { at, ..contact.clone() });
                        prop_assert_eq!(then, Ok(*answer), "at {} in {:#?}", at, days);
                        at += Duration::minutes(15);
                    }
                    last = Some(*to);
                }
            }
        }
    }
}

#[test]
fn a_day_is_told_from_the_first_permitted_minute_to_the_last() {
    let rules = [hours("R", "every_day", "08:00-20:15"), refuses("S", false)];
    let contact = call_at("2026-03-08T00:00:00-05:00");
    let case = Case::new(&Law::of([pack(rules)]), &plain(), contact.at).unwrap();
    let days = case.permitted_days(&contact, 1).unwrap();
    let shown: Vec<_> =
        days[0].periods.iter().map(|(from, to, answer)| (from.hour(), to.hour(), to.minute(), *answer)).collect();
    assert_eq!(shown, [(0, 8, 0, Answer::Block), (8, 20, 15, Answer::Allow), (20, 0, 0, Answer::Block)]);
}
