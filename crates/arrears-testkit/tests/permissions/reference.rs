//! The slow reference, which shares no code with the engine, says of every contact what the engine says.

use crate::cases;
use arrears::Pack;
use arrears::guardrail::{Answer, Permission};
use arrears_testkit::generate::{Matter, Matters, matters, packs};
use arrears_testkit::reference::permission::{Ruling, Said, Told, permission};
use proptest::prelude::*;
use std::collections::BTreeMap;

const ALL: Matters = Matters { defaults: true, unknown: 12, rules: 6, proposals: 3 };

fn told(matter: &Matter) -> Told<'_> {
    Told {
        packs: &matter.drafts,
        enabled: &matter.enabled,
        holidays: matter.holidays.as_ref(),
        standing: &matter.standing,
        now: matter.now,
    }
}

/// What the engine says, in the form of the reference.
fn in_short(said: &Permission) -> Said {
    let rule = |found: &arrears::guardrail::Decisive| Ruling {
        pack: found.pack.clone(),
        rule: found.rule.clone(),
        answer: found.answer,
        strength: found.strength,
        debts: found.debts.clone(),
    };
    let used = |used: &arrears::guardrail::Used| {
        ((used.rule.clone(), used.class.clone(), used.limit), i64::from(used.counted))
    };
    Said {
        answer: said.answer,
        rules: said.rules.iter().map(rule).collect(),
        lifted: said.lifted.iter().map(|lifted| (lifted.rule.clone(), lifted.by.clone())).collect(),
        presumption: said.presumption,
        rebuttal: said.rebuttal,
        flags: said.flags.clone(),
        counts: said.counts.iter().map(used).collect(),
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn a_random_pack_passes_its_checks(draft in packs(true)) {
        let checked = Pack::check(&draft.0, &[]);
        let errors: Vec<_> = checked.problems.iter().filter(|problem| problem.is_error()).collect();
        prop_assert!(errors.is_empty(), "{errors:#?}");
    }

    #[test]
    fn the_engine_says_what_the_reference_says(matter in matters(ALL)) {
        let case = matter.case();
        prop_assert!(case.is_ok(), "{:?}", case.err());
        let case = case.unwrap();
        for contact in &matter.proposed {
            let said = case.permission(contact).unwrap();
            prop_assert_eq!(in_short(&said), permission(&told(&matter), contact), "{:#?}", contact);
            prop_assert_eq!(case.answer(contact), Ok(said.answer));
        }
    }
}

#[test]
fn the_random_matters_are_of_every_kind() {
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut see = |what: String| *seen.entry(what).or_default() += 1;
    for _ in 0..400 {
        let matter = matters(ALL).new_tree(&mut runner).unwrap().current();
        let case = matter.case().unwrap();
        for contact in &matter.proposed {
            let said = case.permission(contact).unwrap();
            see(format!("{:?}", said.answer));
            see(format!("presumption {:?}", said.presumption));
            see(format!("rebuttal {:?}", said.rebuttal));
            said.lifted.iter().for_each(|_| see("lifted".to_owned()));
            said.flags.iter().for_each(|_| see("flag".to_owned()));
            said.counts.iter().filter(|used| used.counted > 1).for_each(|_| see("counted".to_owned()));
            if said.answer != Answer::Allow && said.earliest.is_some() {
                see("allowed later".to_owned());
            }
            if said.earliest != said.earliest_unblocked {
                see("unblocked later".to_owned());
            }
        }
    }
    for (what, least) in [
        ("Allow", 200),
        ("Review", 200),
        ("Block", 100),
        ("presumption Some(Compliance)", 50),
        ("presumption Some(Violation)", 20),
        ("rebuttal Some(true)", 1),
        ("rebuttal Some(false)", 1),
        ("lifted", 20),
        ("flag", 40),
        ("counted", 30),
        ("allowed later", 80),
        ("unblocked later", 80),
    ] {
        assert!(seen.get(what).is_some_and(|times| *times >= least), "{what}: {seen:#?}");
    }
}
