//! The order in which a person is told of does not change what is permitted.

use crate::cases;
use arrears::guardrail::Permission;
use arrears_testkit::generate::{Choices, Matters, matters};
use proptest::prelude::*;

const ALL: Matters = Matters { defaults: true, unknown: 8, rules: 5, proposals: 2 };

/// The same, with lists in the order of their parts.
fn sorted(mut said: Permission) -> Permission {
    for rule in &mut said.rules {
        rule.debts.sort();
    }
    said.lifted.sort_by(|a, b| (&a.rule, &a.by).cmp(&(&b.rule, &b.by)));
    said.counts.sort_by(|a, b| (&a.rule, &a.class, a.limit).cmp(&(&b.rule, &b.class, b.limit)));
    said.flags.sort();
    said
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_person_told_of_in_another_order_is_the_same_person(matter in matters(ALL), list in prop::collection::vec(any::<u16>(), 40)) {
        let mut choices = Choices::new(list);
        let mut other = matter.clone();
        let told = &mut other.standing;
        told.contacts = told.contacts.take().map(|contacts| choices.shuffle(contacts));
        told.preferences = told.preferences.take().map(|preferences| choices.shuffle(preferences));
        told.consents = told.consents.take().map(|consents| choices.shuffle(consents));
        told.refusals = told.refusals.take().map(|refusals| choices.shuffle(refusals));
        told.wrong_numbers = told.wrong_numbers.take().map(|wrong| choices.shuffle(wrong));
        told.spells = choices.shuffle(std::mem::take(&mut told.spells));
        told.debts = choices.shuffle(std::mem::take(&mut told.debts));
        let (case, other) = (matter.case().unwrap(), other.case().unwrap());
        for contact in &matter.proposed {
            let (one, another) = (case.permission(contact).unwrap(), other.permission(contact).unwrap());
            prop_assert_eq!(sorted(one), sorted(another), "{:#?}", contact);
        }
    }

    #[test]
    fn the_same_question_has_the_same_answer(matter in matters(ALL)) {
        for contact in &matter.proposed {
            let answers = [(); 2].map(|()| matter.case().unwrap().permission(contact).unwrap());
            prop_assert_eq!(&answers[0], &answers[1]);
        }
    }
}
