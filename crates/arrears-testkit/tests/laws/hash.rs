//! The order of statements that do not depend on each other is not part of a policy.

use crate::cases;
use arrears::Policy;
use arrears::draft::{Draft, Keyword, Statement};
use arrears_testkit::generate::{Choices, drafts};
use arrears_testkit::written::written;
use proptest::prelude::*;

/// Statements whose order among themselves decides.
const ORDERED: [Keyword; 5] = [Keyword::Debtor, Keyword::Stage, Keyword::Treatment, Keyword::Ease, Keyword::Cure];

/// The same statements in another order that says the same.
fn shuffled(draft: &Draft, choices: &mut Choices) -> Draft {
    let mut statements = choices.shuffle(draft.statements.clone());
    for keyword in ORDERED {
        let of_kind = |statement: &&Statement| statement.keyword == keyword;
        let mut in_order = draft.statements.iter().filter(of_kind).cloned();
        for statement in statements.iter_mut().filter(|statement| statement.keyword == keyword) {
            *statement = in_order.next().unwrap();
        }
    }
    Draft { statements, ..draft.clone() }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn shuffling_independent_statements_keeps_the_policy_hash(draft in drafts(true), order in prop::collection::vec(any::<u16>(), 60)) {
        let hash = |draft: &Draft| Policy::check(draft, &[]).policy.map(|policy| policy.canonical());
        let other = shuffled(&draft.0, &mut Choices::new(order));
        prop_assert_eq!(hash(&draft.0), hash(&other), "{}", written(&other));
    }

    #[test]
    fn a_policy_file_and_a_program_give_the_same_hash(draft in drafts(true)) {
        let text = written(&draft.0);
        let loaded = arrears_rules::load_source("random.rhai", &text, &[]);
        let errors: Vec<_> = loaded.problems.iter().filter(|problem| problem.is_error()).collect();
        prop_assert!(errors.is_empty(), "{text}\n{errors:#?}");
        let built = Policy::check(&draft.0, &[]).policy.unwrap();
        let read = loaded.policy.unwrap();
        prop_assert_eq!(read.canonical(), built.canonical(), "{}", text);
        prop_assert_eq!(read.hash(), built.hash());
    }
}
