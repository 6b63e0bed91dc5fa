//! Missing data never makes an action stronger.
//!
//! The law is about facts that are missing, not about policies that say what to take
//! for them: conditions with `??` and `known` answer for themselves.

use crate::{bound, cases, day, law};
use arrears::decide_today;
use arrears_testkit::generate::{Choices, Kinds, RowStyle, books, completed};
use proptest::prelude::*;

const KINDS: Kinds = Kinds { defaults: false, rows: RowStyle { assessed: true, huge: false }, accounts: 6 };

proptest! {
    #![proptest_config(cases(384))]

    #[test]
    fn missing_data_never_makes_an_action_stronger(book in books(KINDS)) {
        for (facts, more) in book.accounts.iter().zip(&book.more) {
            let decided = |facts| decide_today(&book.policy, &bound(&book.policy, facts), &law(), day(), None);
            let decision = decided(facts);
            let mut choices = Choices::new(more.clone());
            for _ in 0..4 {
                let complete = completed(&mut choices, &book.policy, facts);
                let known = decided(&complete);
                prop_assert!(
                    decision.action.strength() <= known.action.strength(),
                    "{:?} ({:?}), but {:?} ({:?}) once this is known: {:?}\nfrom {:?}",
                    decision.action, decision.stage, known.action, known.stage, complete, facts
                );
            }
        }
    }
}
