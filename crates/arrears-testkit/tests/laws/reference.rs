//! The reference engine, which shares nothing with the engine but the policy as
//! written, decides every account in the same way.

use crate::{bound, cases, day, law};
use arrears::{Policy, decide_today};
use arrears_testkit::agreement::differences;
use arrears_testkit::generate::{Kinds, books, drafts};
use arrears_testkit::reference;
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn a_random_policy_passes_its_checks(draft in drafts(true)) {
        let checked = Policy::check(&draft.0, &[]);
        let errors: Vec<_> = checked.problems.iter().filter(|problem| problem.is_error()).collect();
        prop_assert!(errors.is_empty(), "{errors:#?}");
    }

    #[test]
    fn the_engine_decides_as_the_reference_does(book in books(Kinds::ALL)) {
        for facts in &book.accounts {
            let decision = decide_today(&book.policy, &bound(&book.policy, facts), &law(), day(), None);
            let record = decision.record(&book.policy, "A-1");
            let differ = differences(&record, &reference::decide(&book.draft, facts).outcome);
            prop_assert!(differ.is_empty(), "{facts:?}\n{differ:#?}");
        }
    }
}
