//! Where no law is known to bind, nothing is permitted; where the host says that none need, it is stamped.

use crate::cases;
use crate::hand::{at, call_at, hours, pack, plain, refuses};
use arrears::build::{Build, Line, fact};
use arrears::draft::Keyword;
use arrears::guardrail::{Answer, Case};
use arrears::{Law, Pack};
use arrears_testkit::generate::{Matters, matters};
use proptest::prelude::*;

const ALL: Matters = Matters { defaults: true, unknown: 8, rules: 4, proposals: 2 };

fn house() -> Pack {
    let build = Build::policy("card", "USD").stage("late", fact("dpd").ge(1)).treatment("note", &["late"], "note");
    let policy = build.add(Line::new(Keyword::Guardrail).name("H").when(fact("hazard")).act("refuse")).check();
    policy.unwrap().house_rules().unwrap().clone()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn under_an_unknown_jurisdiction_nothing_is_permitted(matter in matters(ALL), word in "|[A-Z]{3}|u[sS]|USA|U") {
        let mut matter = matter;
        matter.standing.jurisdiction = word;
        let case = matter.case().unwrap();
        let with_house = case.clone().with_house(&house(), &matter.standing);
        for contact in &matter.proposed {
            for case in [&case, &with_house] {
                let said = case.permission(contact).unwrap();
                prop_assert_ne!(said.answer, Answer::Allow);
                prop_assert_eq!(said.earliest, None);
            }
        }
    }

    #[test]
    fn without_packs_nothing_is_permitted(matter in matters(ALL)) {
        for law in [Law::default(), Law::of([]), Law::of([house()])] {
            let case = Case::new(&law, &matter.standing, matter.now).unwrap();
            for contact in &matter.proposed {
                prop_assert_ne!(case.answer(contact), Ok(Answer::Allow));
            }
        }
    }

    #[test]
    fn a_host_that_says_why_there_is_no_law_is_bound_by_its_house_alone(matter in matters(ALL)) {
        let law = Law::none("a backtest").unwrap();
        let case = Case::new(&law, &matter.standing, matter.now).unwrap();
        let house = matter.packs.last().unwrap();
        for contact in &matter.proposed {
            let said = case.permission(contact).unwrap();
            prop_assert_eq!((said.answer, said.law.as_str()), (Answer::Allow, "none: a backtest"));
            let housed = case.clone().with_house(house, &matter.standing).permission(contact).unwrap();
            prop_assert_eq!(housed.law.as_str(), "none: a backtest");
            prop_assert_eq!(housed.answer == Answer::Allow, housed.rules.is_empty());
        }
    }
}

#[test]
fn a_pack_binds_its_jurisdiction_and_those_below_it_and_no_others() {
    let law = Law::of([pack([refuses("R", false)])]);
    let contact = call_at("2026-03-31T10:00:00-04:00");
    let mut standing = plain();
    let mut answers = Vec::new();
    for jurisdiction in ["US", "US-MA", "US-MA-BOS", "USA", "U", "MA", "us", ""] {
        standing.jurisdiction = jurisdiction.to_owned();
        answers.push(Case::new(&law, &standing, contact.at).unwrap().answer(&contact).unwrap());
    }
    use Answer::{Allow, Review};
    assert_eq!(answers, [Allow, Allow, Allow, Review, Review, Review, Review, Review]);
}

#[test]
fn a_contact_under_no_law_says_so_and_names_the_law_that_there_is() {
    let mut standing = plain();
    standing.jurisdiction = "FR".to_owned();
    let contact = call_at("2026-03-31T10:00:00-04:00");
    let case = Case::new(&Law::of([pack([refuses("R", true)])]), &standing, contact.at).unwrap();
    let said = case.permission(&contact).unwrap();
    assert_eq!(said.missing, ["no pack of law binds this account"]);
    assert!(said.law.starts_with("us 1 "), "{}", said.law);
    assert!(said.rules.is_empty());
}

#[test]
fn before_the_first_day_of_the_law_and_after_its_last_a_person_looks() {
    let head =
        Line::new(Keyword::Pack).name("us").option("version", "1").option("title", "US").option("jurisdiction", "US");
    let head = head.option("from", "2026-03-31").option("to", "2026-04-01");
    let draft = Build::default().add(head).add(hours("R", "every_day", "00:00-24:00")).draft();
    let law = Law::of([Pack::check(&draft, &[]).pack.unwrap()]);
    let case = Case::new(&law, &plain(), at("2026-03-30T12:00:00-04:00")).unwrap();
    let answer = |moment| case.answer(&call_at(moment)).unwrap();
    assert_eq!(answer("2026-03-30T23:59:00-04:00"), Answer::Review);
    assert_eq!(answer("2026-03-31T00:00:00-04:00"), Answer::Allow);
    assert_eq!(answer("2026-04-01T23:59:00-04:00"), Answer::Allow);
    assert_eq!(answer("2026-04-02T00:00:00-04:00"), Answer::Review);
    let said = case.permission(&call_at("2026-03-30T12:00:00-04:00")).unwrap();
    assert_eq!(said.earliest, Some(at("2026-03-31T00:00:00-04:00")));
    assert_eq!(said.earliest_unblocked, Some(at("2026-03-30T12:00:00-04:00")));
}
