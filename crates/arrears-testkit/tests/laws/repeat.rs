//! Deciding twice on one day does not escalate.

use crate::{bound, cases, day, law};
use arrears::decide_today;
use arrears_testkit::generate::{Kinds, books};
use arrears_testkit::nights::carried;
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_second_decision_on_one_day_does_not_escalate(book in books(Kinds::ALL)) {
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let first = decide_today(&book.policy, &row, &law(), day(), None);
            let after = carried(&book.policy, facts, &row, &first);
            let second = decide_today(&book.policy, &bound(&book.policy, &after), &law(), day(), None);
            prop_assert!(second.rung <= first.rung, "{:?} then {:?}\n{after:?}", first.rung, second.rung);
            prop_assert_eq!(second.stage_before, Some(first.stage));
        }
    }
}
