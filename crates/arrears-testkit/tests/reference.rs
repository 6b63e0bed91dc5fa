//! The reference engine, which shares nothing with the engine but the policy as
//! written, decides every account in the same way.

use arrears::{Law, Policy, decide_today};
use arrears_testkit::agreement::differences;
use arrears_testkit::generate::{Kinds, books, drafts};
use arrears_testkit::reference;
use proptest::prelude::*;

fn day() -> chrono::NaiveDate {
    "2026-03-31".parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 4000, ..ProptestConfig::default() })]

    #[test]
    fn a_random_policy_passes_its_checks(draft in drafts(true)) {
        let checked = Policy::check(&draft, &[]);
        let errors: Vec<_> = checked.problems.iter().filter(|problem| problem.is_error()).collect();
        prop_assert!(errors.is_empty(), "{}\n{errors:#?}", arrears_testkit::written::written(&draft));
    }

    #[test]
    fn the_engine_decides_as_the_reference_does(book in books(Kinds::ALL)) {
        let law = Law::none("test").unwrap();
        for facts in &book.accounts {
            let row = book.policy.bind(facts);
            prop_assert!(row.is_ok(), "{row:?}");
            let decision = decide_today(&book.policy, &row.unwrap(), &law, day(), None);
            let record = decision.record(&book.policy, "A-1");
            let found = reference::decide(&book.draft, facts);
            let differ = differences(&record, &found.outcome);
            prop_assert!(differ.is_empty(), "{facts:?}\n{differ:#?}");
        }
    }
}
