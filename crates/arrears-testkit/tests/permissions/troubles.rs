//! What is wrong with what is told of a person or a contact, and how that reads.

use crate::hand::{at, call_at, called, hours, on, pack, plain, refuses};
use arrears::build::{Build, Line, fact};
use arrears::draft::Keyword;
use arrears::guardrail::{
    Answer, Case, Consent, Contact, Debt, Direction, Edge, Preference, PreferenceKind, Spell, Standing, Told,
};
use arrears::{Channel, Law};

const NOW: &str = "2026-03-31T10:00:00-04:00";

fn law() -> Law {
    Law::of([pack([Line::new(Keyword::Event).name("signed"), refuses("R", false)])])
}

/// What is wrong with a person whom nothing was wrong with before the change.
fn wrong(change: impl FnOnce(&mut Standing)) -> Vec<String> {
    let mut standing = plain();
    standing.debts.push(Debt { id: "D2".to_owned(), ..Debt::default() });
    change(&mut standing);
    match Case::new(&law(), &standing, at(NOW)) {
        Ok(_) => Vec::new(),
        Err(troubles) => troubles.iter().map(ToString::to_string).collect(),
    }
}

/// What is wrong with a contact.
fn wrong_contact(change: impl FnOnce(&mut Contact)) -> Vec<String> {
    let case = Case::new(&law(), &plain(), at(NOW)).unwrap();
    let mut contact = call_at(NOW);
    change(&mut contact);
    let asked = case.permission(&contact).map(|said| said.answer);
    assert_eq!(asked, case.answer(&contact));
    match asked {
        Ok(_) => Vec::new(),
        Err(troubles) => troubles.iter().map(ToString::to_string).collect(),
    }
}

fn preference(from: &str, to: &str) -> Preference {
    let kind = PreferenceKind::InconvenientTime;
    Preference { kind, weekdays: Vec::new(), from: from.parse().ok(), to: to.parse().ok(), until: None }
}

fn consent() -> Consent {
    Consent {
        kind: "hours".to_owned(),
        given_at: at("2026-03-01T10:00:00-05:00"),
        given_to: None,
        withdrawn_at: None,
        weekdays: Vec::new(),
        from: None,
        to: None,
        only_on: None,
        until: None,
        address: None,
    }
}

fn spell(fact: &str, from: Edge, to: Edge) -> Spell {
    Spell { fact: fact.to_owned(), from: Some(from), to: Some(to), debts: None }
}

#[test]
fn a_zone_that_is_none_is_told_with_the_nearest() {
    assert_eq!(
        wrong(|told| told.zones = vec!["America/NewYork".into(), "Mars".into()]),
        [
            "zones[0]: `America/NewYork` is not a time zone: did you mean `America/New_York`?",
            "zones[1]: `Mars` is not a time zone: expected an IANA name such as `America/New_York`",
        ]
    );
}

#[test]
fn debts_are_there_once_each_and_not_too_many() {
    assert_eq!(wrong(|told| told.debts.clear()), ["debts: the list is empty: a contact is about at least one debt"]);
    assert_eq!(wrong(|told| told.debts[1].id = "D1".into()), ["debts[1].id: `D1` is debts[0] already"]);
    assert_eq!(wrong(|told| told.debts[1].id.clear()), ["debts[1].id: the identifier is empty"]);
    let many = |count: usize| (0..count).map(|at| Debt { id: format!("D{at}"), ..Debt::default() }).collect::<Vec<_>>();
    assert_eq!(wrong(|told| told.debts = many(65)), ["debts: 65 debts, at most 64 can be judged together"]);
    assert_eq!(wrong(|told| told.debts = many(64)), [""; 0]);
}

#[test]
fn the_last_of_sixty_four_debts_is_judged_like_the_first() {
    let mut standing = plain();
    standing.debts = (0..64).map(|at| Debt { id: format!("D{at}"), ..Debt::default() }).collect();
    standing.debts[63].facts.insert("dispute".into(), Told::Flag(true));
    standing.facts.insert("dispute".into(), Told::Flag(false));
    let case = Case::new(&Law::of([pack([refuses("R", fact("dispute"))])]), &standing, at(NOW)).unwrap();
    let said = case.permission(&call_at(NOW)).unwrap();
    assert_eq!((said.answer, said.rules[0].debts.as_slice()), (Answer::Block, ["D63".to_owned()].as_slice()));
}

#[test]
fn times_do_not_end_before_they_begin() {
    let backwards = "the time ends before it begins: a time over midnight is two, to 24:00 and from 00:00";
    assert_eq!(
        wrong(|told| told.preferences = Some(vec![preference("20:00:00", "08:00:00")])),
        [format!("preferences[0]: {backwards}")]
    );
    assert_eq!(
        wrong(|told| told.preferences = Some(vec![preference("08:00:00", "08:00:00")])),
        [format!("preferences[0]: {backwards}")]
    );
    let night = Consent { from: "20:00:00".parse().ok(), to: "08:00:00".parse().ok(), ..consent() };
    assert_eq!(wrong(|told| told.consents = Some(vec![consent(), night])), [format!("consents[1]: {backwards}")]);
    let place = Preference { kind: PreferenceKind::InconvenientHome, ..preference("08:00:00", "09:00:00") };
    assert_eq!(
        wrong(|told| told.preferences = Some(vec![place])),
        ["preferences[0]: a place has no times of the day: leave out `weekdays`, `from` and `to`"]
    );
}

#[test]
fn spells_hold_flags_and_do_not_end_before_they_begin() {
    let days = spell("dispute", Edge::On(on("2026-03-02")), Edge::On(on("2026-03-01")));
    let moments = spell("dispute", Edge::At(at(NOW)), Edge::At(at("2026-03-30T10:00:00-04:00")));
    let day = |fact| spell(fact, Edge::On(on("2026-03-01")), Edge::On(on("2026-03-01")));
    assert_eq!(
        wrong(|told| told.spells = vec![days, moments, day("dpd"), day("disputed"), day("dispute")]),
        [
            "spells[0]: ends on 2026-03-01, before it begins on 2026-03-02",
            "spells[1]: ends at 2026-03-30 10:00:00 -04:00, before it begins at 2026-03-31 10:00:00 -04:00",
            "spells[2]: `dpd` is no flag: only a flag holds for a time",
            "spells[3]: no fact is called `disputed`: did you mean `dispute`?",
        ]
    );
    let other = Spell { debts: Some(vec!["D3".into()]), ..day("dispute") };
    assert_eq!(
        wrong(|told| told.spells = vec![other]),
        ["spells[0].debts: `D3` is none of the person's debts: D1, D2"]
    );
}

#[test]
fn facts_are_of_the_table_or_the_banks_own_and_of_their_kind() {
    let facts = [
        ("disput", Told::Flag(true)),
        ("dpd", Told::Flag(true)),
        ("minor", Told::Word("yes".into())),
        ("late_count_12m", Told::Number(-1)),
        ("collector", Told::Word("agency".into())),
        ("vip_level", Told::Number(3)),
        ("days_since_payment", Told::Word("never".into())),
        ("dispute", Told::Word("never".into())),
    ];
    let facts = facts.map(|(name, told)| (name.to_owned(), told));
    assert_eq!(
        wrong(|told| told.facts = facts.into()),
        [
            "facts.collector: found \"agency\", expected one of third_party, first_party, first_party_other_name",
            "facts.disput: no fact is called `disput`: did you mean `dispute`?",
            "facts.dispute: found \"never\", expected a yes-or-no fact",
            "facts.dpd: found true, expected days",
            "facts.late_count_12m: found -1, expected a count",
            "facts.minor: found \"yes\", expected a yes-or-no fact",
        ]
    );
    let of_debt = |told: &mut Standing| told.debts[1].facts = [("minr".to_owned(), Told::Flag(true))].into();
    assert_eq!(wrong(of_debt), ["debts[1].facts.minr: no fact is called `minr`: did you mean `minor`?"]);
}

#[test]
fn an_event_that_is_nearly_one_that_is_known_is_told() {
    let events = ["writen_notice", "sigend", "signed", "number_checked", "moved_house"];
    assert_eq!(
        wrong(|told| told.events = events.map(|event| (event.to_owned(), None)).into()),
        [
            "events.sigend: no event is called `sigend`: did you mean `signed`?",
            "events.writen_notice: no event is called `writen_notice`: did you mean `written_notice`?",
        ]
    );
}

#[test]
fn consent_is_given_to_somebody_who_is_known() {
    let to = Consent { given_to: Some("colector".into()), ..consent() };
    assert_eq!(
        wrong(|told| told.consents = Some(vec![to])),
        ["consents[0].given_to: `colector` is not known here: did you mean `collector`?"]
    );
}

#[test]
fn an_earlier_contact_is_told_once() {
    let talk = called("2026-03-30T10:00:00-04:00", "conversation");
    // The same moment by another clock.
    let again = called("2026-03-30T14:00:00+00:00", "conversation");
    assert_eq!(
        wrong(|told| told.contacts = Some(vec![call_at("2026-03-30T10:00:00-04:00"), talk, again])),
        ["contacts[2]: the same contact as contacts[1]: tell each contact once"]
    );
}

#[test]
fn words_of_contacts_are_told_with_the_nearest() {
    let mut contact = called("2026-03-30T10:00:00-04:00", "conversatoin");
    contact.recipient = Some("deptor".into());
    contact.purpose = Some("nothing at all".into());
    contact.debts = Some(vec!["D1".into(), "D9".into()]);
    assert_eq!(
        wrong(|told| told.contacts = Some(vec![contact])),
        [
            "contacts[0].recipient: `deptor` is not known here: did you mean `debtor`?",
            "contacts[0].purpose: `nothing at all` is not known here: expected one of demand, information, statement, required_notice, reply, location",
            "contacts[0].outcome: `conversatoin` is not known here: did you mean `conversation`?",
            "contacts[0].debts: `D9` is none of the person's debts: D1, D2",
        ]
    );
}

#[test]
fn a_proposed_contact_lies_ahead_has_no_outcome_and_is_about_some_debt() {
    assert_eq!(
        wrong_contact(|contact| contact.at = at("2026-03-31T09:59:00-04:00")),
        ["proposed.at: 2026-03-31 09:59:00 -04:00 lies before the moment of the case, 2026-03-31 10:00:00 -04:00"]
    );
    assert_eq!(wrong_contact(|contact| contact.at = at("2026-03-31T14:00:00+00:00")), [""; 0]);
    assert_eq!(
        wrong_contact(|contact| contact.outcome = Some("busy".into())),
        ["proposed.outcome: a contact that is proposed has no outcome yet: leave it out"]
    );
    assert_eq!(
        wrong_contact(|contact| contact.debts = Some(Vec::new())),
        ["proposed.debts: the list is empty: leave it out if the contact is about all debts"]
    );
    assert_eq!(
        wrong_contact(|contact| contact.allocated_to = Some(Vec::new())),
        ["proposed.allocated_to: the list is empty: leave it out if the contact counts for the debts that it is about"]
    );
    assert_eq!(
        wrong_contact(|contact| contact.allocated_to = Some(vec!["D2".into()])),
        ["proposed.allocated_to: `D2` is none of the person's debts: D1"]
    );
    assert_eq!(
        wrong_contact(|contact| contact.reason = Some("ownoffer".into())),
        ["proposed.reason: `ownoffer` is not known here: did you mean `own_offer`?"]
    );
}

#[test]
fn a_contact_that_lies_ahead_of_the_case_has_no_effect() {
    let lines = || {
        [
            Line::new(Keyword::Contact).name("talk").when(fact("conversation")),
            refuses("R", arrears::build::times("talk", 30).ge(1)),
        ]
    };
    let mut standing = plain();
    standing.contacts = Some(vec![called("2026-04-01T10:00:00-04:00", "conversation")]);
    let law = Law::of([pack(lines())]);
    let answer = |now: &str| Case::new(&law, &standing, at(now)).unwrap().answer(&call_at("2026-04-02T10:00:00-04:00"));
    assert_eq!(answer("2026-04-01T09:59:59-04:00"), Ok(Answer::Allow));
    assert_eq!(answer("2026-04-01T10:00:00-04:00"), Ok(Answer::Block));
}

#[test]
fn an_answer_is_to_the_first_contact_of_its_moment_and_channel_that_nobody_has_answered() {
    let mut inbound = called("2026-03-31T08:00:00-04:00", "received");
    (inbound.channel, inbound.direction) = (Channel::Sms, Direction::In);
    let mut reply = call_at(NOW);
    (reply.channel, reply.reply_to) = (Channel::Sms, Some(inbound.at));
    let mut standing = plain();
    standing.contacts = Some(vec![inbound.clone()]);
    let law = Law::of([pack([refuses("R", !fact("replies"))])]);
    let answer =
        |standing: &Standing, reply: &Contact| Case::new(&law, standing, at(NOW)).unwrap().answer(reply).unwrap();
    assert_eq!(answer(&standing, &reply), Answer::Allow);
    let by_phone = Contact { channel: Channel::Phone, ..reply.clone() };
    assert_eq!(answer(&standing, &by_phone), Answer::Block);
    let earlier = Contact { at: at("2026-03-31T09:00:00-04:00"), outcome: Some("sent".into()), ..reply.clone() };
    standing.contacts = Some(vec![earlier, inbound]);
    assert_eq!(answer(&standing, &reply), Answer::Block);
}

#[test]
fn a_house_may_ask_for_facts_of_the_banks_own() {
    let head = Build::policy("card", "USD").stage("late", fact("dpd").ge(1)).treatment("note", &["late"], "note");
    let own = Line::new(Keyword::Fact).name("vip_level").value(0).option("kind", "count");
    let rule = Line::new(Keyword::Guardrail).name("vips").when(fact("vip_level").ge(3)).act("refuse");
    let policy = head.add(own).add(rule).check().unwrap();
    let mut standing = plain();
    let law = Law::of([pack([hours("R", "every_day", "00:00-24:00")])]);
    let mut answer = |level: Option<i64>| {
        standing.facts = level.map(|level| ("vip_level".to_owned(), Told::Number(level))).into_iter().collect();
        let case = Case::new(&law, &standing, at(NOW)).unwrap();
        case.with_house(policy.house_rules().unwrap(), &standing).answer(&call_at(NOW)).unwrap()
    };
    assert_eq!([Some(2), Some(3), None].map(&mut answer), [Answer::Allow, Answer::Block, Answer::Review]);
}
