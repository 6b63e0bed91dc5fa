//! Missing data never makes an action stronger.
//!
//! The law is about facts that are missing, not about policies that say what to take
//! for them: conditions with `??` and `known` answer for themselves.

use crate::{bound, cases, day, law};
use arrears::condition::RowReading;
use arrears::{Cell, Decision, Facts, Policy, decide_today};
use arrears_testkit::generate::{Choices, Kinds, RowStyle, books, completed};
use proptest::prelude::*;

const KINDS: Kinds = Kinds { defaults: false, rows: RowStyle { assessed: true, huge: false }, accounts: 6 };

/// Whether nothing is left open: every condition is true or false.
fn is_readable(policy: &Policy, facts: &Facts, decision: &Decision) -> bool {
    let row = bound(policy, facts);
    let mut cells = row.cells().to_vec();
    if let Some(slot) = policy.find_input("current_stage").and_then(|id| cells.get_mut(id.index())) {
        *slot = Cell::number(i64::try_from(decision.stage.index()).unwrap());
    }
    let thresholds: Vec<i64> = policy.thresholds().iter().map(|threshold| threshold.written).collect();
    let reading = RowReading { cells: &cells, thresholds: &thresholds, types: decision.types };
    let mut readable = true;
    policy.each_cond(&mut |cond| readable &= !cond.read(&reading).is_unknown());
    readable
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn missing_data_never_makes_an_action_stronger(book in books(KINDS)) {
        for (facts, more) in book.accounts.iter().zip(&book.more) {
            let decided = |facts: &Facts| decide_today(&book.policy, &bound(&book.policy, facts), &law(), day(), None);
            let decision = decided(facts);
            let mut choices = Choices::new(more.clone());
            for _ in 0..4 {
                let complete = completed(&mut choices, &book.policy, facts);
                let known = decided(&complete);
                if !is_readable(&book.policy, &complete, &known) {
                    continue;
                }
                prop_assert!(
                    decision.action.strength() <= known.action.strength(),
                    "{:?} ({:?}), but {:?} ({:?}) once this is known: {:?}\nfrom {:?}",
                    decision.action, decision.stage, known.action, known.stage, complete, facts
                );
            }
        }
    }
}
