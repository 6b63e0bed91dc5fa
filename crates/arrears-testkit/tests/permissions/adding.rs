//! Guardrails only add: one more, in a pack, in a further pack or of the house, never lets go what was held.

use crate::cases;
use arrears::Pack;
use arrears::draft::Keyword;
use arrears::guardrail::{Answer, Case, Contact, Permission};
use arrears_testkit::generate::{Choices, Matters, matters};
use proptest::prelude::*;

const ALL: Matters = Matters { defaults: true, unknown: 8, rules: 5, proposals: 2 };

/// Whether some pack of law surely binds.
fn is_lawful(said: &Permission) -> bool {
    !said.missing.iter().any(|missing| missing == "no pack of law binds this account")
}

/// What was said before, and what is said with more guardrails.
fn only_adds(before: &Permission, after: &Permission) -> Result<(), TestCaseError> {
    prop_assert!(after.answer >= before.answer, "{:#?}\n{:#?}", before, after);
    for (before, after) in [(before.earliest, after.earliest), (before.earliest_unblocked, after.earliest_unblocked)] {
        let later = after.is_none_or(|after| before.is_some_and(|before| before <= after));
        prop_assert!(later, "first {:?}, now {:?}", before, after);
    }
    Ok(())
}

fn said(case: &Case, contact: &Contact) -> Permission {
    case.permission(contact).unwrap()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn one_more_guardrail_in_a_pack_only_adds(matter in matters(ALL)) {
        let mut choices = Choices::new(matter.more.clone());
        let which = choices.below(matter.drafts.len());
        let mut draft = matter.drafts[which].clone();
        let rules: Vec<usize> = (0..draft.statements.len()).filter(|at| draft.statements[*at].keyword == Keyword::Guardrail).collect();
        draft.statements.remove(rules[choices.below(rules.len())]);
        // An exception may be left with nothing to lift: then there is no such pack.
        if let Some(smaller) = Pack::check(&draft, &[]).pack {
            let mut packs = matter.packs.clone();
            packs[which] = smaller;
            let before = Case::new(&matter.law_of(packs), &matter.standing, matter.now).unwrap();
            let after = matter.case().unwrap();
            for contact in &matter.proposed {
                only_adds(&said(&before, contact), &said(&after, contact))?;
            }
        }
    }

    #[test]
    fn one_more_pack_only_adds_to_a_law_that_binds(matter in matters(ALL)) {
        let after = matter.case().unwrap();
        for pack in &matter.packs {
            let before = Case::new(&matter.law_of(vec![pack.clone()]), &matter.standing, matter.now).unwrap();
            for contact in &matter.proposed {
                let (before, after) = (said(&before, contact), said(&after, contact));
                prop_assert!(after.answer >= before.answer || !is_lawful(&before), "{:#?}\n{:#?}", before, after);
            }
        }
    }

    #[test]
    fn the_house_only_adds_even_where_no_law_binds(matter in matters(ALL)) {
        let house = matter.packs.last().unwrap();
        for packs in [matter.packs[..1].to_vec(), Vec::new()] {
            let before = Case::new(&matter.law_of(packs), &matter.standing, matter.now).unwrap();
            let after = before.clone().with_house(house, &matter.standing);
            for contact in &matter.proposed {
                let after = said(&after, contact);
                only_adds(&said(&before, contact), &after)?;
                prop_assert!(is_lawful(&after) || after.answer > Answer::Allow);
            }
        }
    }
}
