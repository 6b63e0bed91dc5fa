//! What is not known never lets a contact go: whatever is forgotten, a contact that is then permitted
//! was permitted before, and one that is then blocked was blocked.
//!
//! The law is about what is missing, not about packs that say what to take for it: conditions with
//! `??` and `known` answer for themselves.

use crate::cases;
use crate::hand::{answer, at, call_at, called, cited, hours, plain, refuses, said};
use arrears::build::{Line, call, fact, texts};
use arrears::draft::Keyword;
use arrears::guardrail::{Answer, Consent, Preference, PreferenceKind};
use arrears_testkit::generate::{Choices, Matters, forget, matters};
use proptest::prelude::*;

const KNOWN: Matters = Matters { defaults: false, unknown: 2, rules: 4, proposals: 2 };

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn nothing_that_is_forgotten_lets_a_contact_go(matter in matters(KNOWN)) {
        let case = matter.case().unwrap();
        let mut choices = Choices::new(matter.more.clone());
        for contact in &matter.proposed {
            let known = case.answer(contact).unwrap();
            for _ in 0..4 {
                let (less, asked) = forget(&mut choices, &matter, contact);
                // Two earlier contacts may be the same once something of them is forgotten.
                let Ok(forgetful) = less.case() else { continue };
                let answer = forgetful.answer(&asked).unwrap();
                let fits = answer == Answer::Review || answer == known;
                prop_assert!(fits, "{known:?}, but {answer:?} once this is forgotten: {less:?}\nof {asked:#?}");
            }
        }
    }

    #[test]
    fn a_look_that_is_called_for_because_something_is_not_known_says_what(matter in matters(KNOWN)) {
        let case = matter.case().unwrap();
        for contact in &matter.proposed {
            let said = case.permission(contact).unwrap();
            for rule in said.rules.iter().filter(|rule| rule.answer == Answer::Review) {
                let pack = matter.packs.iter().find(|pack| pack.head().name == rule.pack).unwrap();
                let asks = pack.rules().iter().any(|found| found.citation.rule == rule.rule && found.review);
                prop_assert!(asks || !rule.missing.is_empty(), "{rule:#?}");
                prop_assert!(rule.missing.iter().all(|missing| said.missing.contains(missing)));
            }
        }
    }
}

#[test]
fn hours_in_a_zone_that_is_not_known_call_for_a_look() {
    let mut standing = plain();
    standing.zones.clear();
    let found = said([hours("R", "every_day", "08:00-20:00")], &standing, &call_at("2026-03-31T12:00:00-04:00"));
    assert_eq!((found.answer, found.missing.as_slice()), (Answer::Review, ["zones".to_owned()].as_slice()));
}

#[test]
fn an_unknown_recipient_may_be_the_person_who_was_spoken_to() {
    let mut standing = plain();
    standing.contacts = Some(vec![called("2026-03-30T10:00:00-04:00", "conversation")]);
    let lines = || {
        let talk = Line::new(Keyword::Contact).name("talk").when(fact("conversation"));
        [talk, cited(Keyword::Guardrail, "R").act("rest").verb_option("after", "talk").verb_option("days", 7)]
    };
    let mut contact = call_at("2026-03-31T10:00:00-04:00");
    assert_eq!(answer(lines(), &standing, &contact), Answer::Block);
    contact.recipient = Some("spouse".to_owned());
    assert_eq!(answer(lines(), &standing, &contact), Answer::Allow);
    contact.recipient = None;
    assert_eq!(answer(lines(), &standing, &contact), Answer::Review);
}

#[test]
fn consents_that_are_not_known_lift_nothing_and_nor_do_those_given_to_nobody_knows_whom() {
    let mut standing = plain();
    let lines = || {
        [
            Line::new(Keyword::Consents).name("hours").option("given_to", texts(&["collector"])),
            refuses("R", true),
            cited(Keyword::Exception, "E").when(call("consented", ["hours".into()])).option("lifts", texts(&["R"])),
        ]
    };
    let contact = call_at("2026-03-31T10:00:00-04:00");
    assert_eq!(answer(lines(), &standing, &contact), Answer::Block);
    let mut given = Consent {
        kind: "hours".to_owned(),
        given_at: at("2026-03-01T10:00:00-05:00"),
        given_to: Some("collector".to_owned()),
        withdrawn_at: None,
        weekdays: Vec::new(),
        from: None,
        to: None,
        only_on: None,
        until: None,
        address: None,
    };
    standing.consents = Some(vec![given.clone()]);
    assert_eq!(answer(lines(), &standing, &contact), Answer::Allow);
    given.given_to = None;
    standing.consents = Some(vec![given]);
    assert_eq!(answer(lines(), &standing, &contact), Answer::Review);
    standing.consents = None;
    assert_eq!(answer(lines(), &standing, &contact), Answer::Review);
}

#[test]
fn preferences_that_are_not_known_may_forbid_the_moment() {
    let mut standing = plain();
    let contact = call_at("2026-03-31T10:00:00-04:00");
    let lines = || [refuses("R", fact("inconvenient_time"))];
    assert_eq!(answer(lines(), &standing, &contact), Answer::Allow);
    standing.preferences = None;
    assert_eq!(answer(lines(), &standing, &contact), Answer::Review);
    let morning = Preference {
        kind: PreferenceKind::InconvenientTime,
        weekdays: Vec::new(),
        from: None,
        to: "12:00:00".parse().ok(),
        until: None,
    };
    standing.preferences = Some(vec![morning]);
    assert_eq!(answer(lines(), &standing, &contact), Answer::Block);
    standing.zones.clear();
    assert_eq!(answer(lines(), &standing, &contact), Answer::Review);
}
