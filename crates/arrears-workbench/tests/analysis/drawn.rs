//! Policies that were drawn: what is shown of them is what the engine decided.

use arrears_testkit::generate::drafts;
use arrears_workbench::analysis::{Kind, Options, analyse};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn every_account_that_is_shown_shows_what_is_said_of_it(written in drafts(true)) {
        let Some(policy) = arrears::Policy::check(&written.0, &[]).policy else { return Ok(()) };
        let options = Options { conflicts: Some(2_000), ..Options::default() };
        for finding in analyse(&policy, &options).unwrap().findings {
            let Some(account) = &finding.account else {
                prop_assert!(finding.proved.is_some(), "{finding:?}");
                continue;
            };
            match finding.kind {
                Kind::Gap => prop_assert_eq!((&account.stage, account.action.as_str()), (&finding.at.name, "none")),
                Kind::Overlap | Kind::LatenessAlone => {
                    prop_assert_eq!(&account.debtor_types, std::slice::from_ref(&finding.at.name));
                }
                Kind::Shadowed => prop_assert!(!account.debtor_types.contains(&finding.at.name)),
                Kind::UnreachableTreatment => prop_assert!(account.treatment.as_ref() != Some(&finding.at.name)),
                _ => {}
            }
        }
    }
}
