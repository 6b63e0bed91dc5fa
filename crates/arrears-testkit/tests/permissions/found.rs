//! Faults that were found in the engine: the smallest case of each.

use crate::hand::*;
use arrears::build::{call, days_since, fact, texts, times};
use arrears::draft::Keyword;
use arrears::guardrail::{Answer, Case, Consent, Debt, Edge, Spell, Told};
use arrears::{Channel, Law};

#[test]
fn a_contact_counted_to_no_debt_at_all_is_not_permitted_by_that() {
    let mut contact = call_at("2026-03-31T10:00:00-04:00");
    contact.allocated_to = Some(Vec::new());
    let standing = plain();
    let case = Case::new(&Law::of([pack([refuses("R", true)])]), &standing, contact.at).unwrap();
    assert_ne!(case.answer(&contact).ok(), Some(Answer::Allow));
}

#[test]
fn an_exception_that_binds_nobody_lifts_nothing_where_no_zone_is_known() {
    let mut standing = plain();
    standing.zones.clear();
    let lines = [
        refuses("R", true),
        cited(Keyword::Exception, "E").when(true).option("lifts", texts(&["R"])).option("status", "unverified"),
    ];
    assert_eq!(answer(lines, &standing, &call_at("2026-03-31T10:00:00-04:00")), Answer::Block);
}

#[test]
fn a_rule_that_may_be_in_force_by_the_unknown_local_date_does_not_let_pass() {
    let mut standing = plain();
    standing.zones.clear();
    let lines = [refuses("R", true).option("from", "2026-04-01")];
    assert_ne!(answer(lines, &standing, &call_at("2026-03-31T20:00:00-04:00")), Answer::Allow);
}

#[test]
fn a_pack_binds_a_contact_on_a_day_on_which_it_is_in_force() {
    let head = arrears::build::Line::new(Keyword::Pack).name("us").option("version", "1").option("title", "US");
    let head = head.option("jurisdiction", "US").option("from", "2026-04-01");
    let draft = arrears::build::Build::default().add(head).add(refuses("R", true)).draft();
    let new = arrears::Pack::check(&draft, &[]).pack.unwrap();
    let old = pack([refuses("other", false)]);
    let standing = plain();
    let case = Case::new(&Law::of([old, new]), &standing, at("2026-03-31T10:00:00-04:00")).unwrap();
    assert_eq!(case.answer(&call_at("2026-04-02T10:00:00-04:00")), Ok(Answer::Block));
}

#[test]
fn a_spell_of_one_debt_does_not_unsay_a_fact_told_of_another() {
    let mut standing = plain();
    standing.debts[0].facts.insert("dispute".into(), Told::Flag(true));
    standing.debts.push(Debt { id: "D2".into(), ..Debt::default() });
    standing.spells.push(Spell {
        fact: "dispute".into(),
        from: Some(Edge::On(on("2026-01-01"))),
        to: Some(Edge::On(on("2026-02-01"))),
        debts: Some(vec!["D2".into()]),
    });
    let mut contact = call_at("2026-03-31T10:00:00-04:00");
    contact.debts = Some(vec!["D1".into()]);
    assert_eq!(answer([refuses("R", fact("dispute"))], &standing, &contact), Answer::Block);
}

#[test]
fn a_day_that_begins_where_the_clock_skips_midnight_is_tried_from_its_first_minute() {
    let mut standing = plain();
    standing.zones = vec!["America/Santiago".into()];
    standing.contacts = Some(vec![called("2026-09-05T12:00:00-04:00", "conversation")]);
    let lines = [
        cited(Keyword::Contact, "talk").when(fact("conversation")),
        cited(Keyword::Guardrail, "R").act("rest").verb_option("after", "talk").verb_option("days", 1),
    ];
    let lines = lines.map(|line| line);
    let said = said(without_cites(lines), &standing, &call_at("2026-09-05T20:00:00-04:00"));
    assert_eq!(said.answer, Answer::Block);
    assert_eq!(said.earliest, Some(at("2026-09-06T01:00:00-03:00")));
}

fn without_cites(lines: [arrears::build::Line; 2]) -> Vec<arrears::build::Line> {
    let [_, rule] = lines;
    vec![arrears::build::Line::new(Keyword::Contact).name("talk").when(fact("conversation")), rule]
}

fn talk() -> arrears::build::Line {
    arrears::build::Line::new(Keyword::Contact).name("talk").when(fact("conversation"))
}

#[test]
fn a_day_that_the_calendar_skips_hides_nothing_of_the_day_before() {
    let mut standing = plain();
    standing.zones = vec!["Pacific/Apia".into()];
    let said = said([hours("R", "every_day", "08:00-20:00")], &standing, &call_at("2011-12-29T06:00:00-10:00"));
    assert_eq!(said.earliest, Some(at("2011-12-29T08:00:00-10:00")));
}

#[test]
fn an_earlier_answer_was_a_reply() {
    let mut standing = plain();
    let mut inbound = called("2026-03-30T10:00:00-04:00", "received");
    inbound.channel = Channel::Email;
    inbound.direction = arrears::guardrail::Direction::In;
    let mut reply = called("2026-03-30T11:00:00-04:00", "sent");
    reply.channel = Channel::Email;
    reply.reply_to = Some(inbound.at);
    standing.contacts = Some(vec![inbound, reply]);
    let lines = [
        arrears::build::Line::new(Keyword::Contact).name("replied").when(fact("replies")),
        refuses("R", times("replied", 7).ge(1)),
    ];
    assert_eq!(answer(lines, &standing, &call_at("2026-03-31T10:00:00-04:00")), Answer::Block);
}

#[test]
fn a_debt_whose_product_is_not_known_may_be_one_with_another() {
    let mut standing = plain();
    let debt = |id: &str, product: Option<&str>| Debt {
        id: id.into(),
        product: product.map(str::to_owned),
        account_number: Some("A".into()),
        ..Debt::default()
    };
    let mut talk_two = called("2026-03-30T10:00:00-04:00", "conversation");
    talk_two.debts = Some(vec!["D2".into()]);
    standing.contacts = Some(vec![talk_two]);
    let lines = || {
        [
            talk().option("same", texts(&["person", "debt"])).option("one_account", texts(&["student_loan"])),
            refuses("R", times("talk", 7).ge(1)),
        ]
    };
    let mut contact = call_at("2026-03-31T10:00:00-04:00");
    contact.debts = Some(vec!["D1".into()]);
    standing.debts = vec![debt("D1", Some("student_loan")), debt("D2", Some("student_loan"))];
    assert_eq!(answer(lines(), &standing, &contact), Answer::Block);
    standing.debts = vec![debt("D1", None), debt("D2", Some("student_loan"))];
    assert_eq!(answer(lines(), &standing, &contact), Answer::Review);
}

#[test]
fn a_consent_that_a_class_of_consented_contacts_ends_is_ended_by_it() {
    let mut standing = plain();
    let consent = |kind: &str| Consent {
        kind: kind.into(),
        given_at: at("2026-03-01T10:00:00-05:00"),
        given_to: None,
        withdrawn_at: None,
        weekdays: Vec::new(),
        from: None,
        to: None,
        only_on: None,
        until: None,
        address: None,
    };
    standing.consents = Some(vec![consent("a"), consent("b")]);
    standing.contacts = Some(vec![
        called("2026-03-28T10:00:00-04:00", "conversation"),
        called("2026-03-29T10:00:00-04:00", "conversation"),
    ]);
    let line = |keyword| arrears::build::Line::new(keyword);
    let draft = built([
        line(Keyword::Consents).name("b"),
        line(Keyword::Contact).name("first").when(call("consented", ["b".into()])),
        line(Keyword::Consents).name("a").option("ends_with", "first"),
        line(Keyword::Contact).name("second").when(call("consented", ["a".into()])),
        refuses("R", times("second", 7).ge(2)),
    ])
    .draft();
    let checked = arrears::Pack::check(&draft, &[]);
    // Either it is refused, or it counts the first conversation alone.
    if let Some(pack) = checked.pack {
        let case = Case::new(&Law::of([pack]), &standing, at("2026-03-31T10:00:00-04:00")).unwrap();
        assert_eq!(case.answer(&call_at("2026-03-31T10:00:00-04:00")), Ok(Answer::Allow));
    }
}

#[test]
fn an_address_that_was_used_at_that_very_moment_was_used() {
    let mut standing = plain();
    let mut inbound = called("2026-03-31T10:00:00-04:00", "received");
    inbound.channel = Channel::Email;
    inbound.direction = arrears::guardrail::Direction::In;
    inbound.address = Some("a@b".into());
    standing.contacts = Some(vec![inbound]);
    let mut contact = call_at("2026-03-31T10:00:00-04:00");
    contact.address = Some("a@b".into());
    let said = said([refuses("R", !fact("used_address"))], &standing, &contact);
    assert_eq!(said.answer, Answer::Allow);
}

#[test]
fn a_letter_of_which_nobody_noted_the_sender_may_have_come_from_any_address() {
    let mut standing = plain();
    let mut inbound = called("2026-03-30T10:00:00-04:00", "received");
    inbound.channel = Channel::Email;
    inbound.direction = arrears::guardrail::Direction::In;
    standing.contacts = Some(vec![inbound]);
    let mut contact = call_at("2026-03-31T10:00:00-04:00");
    contact.address = Some("a@b".into());
    assert_eq!(answer([refuses("R", fact("used_address"))], &standing, &contact), Answer::Review);
}

#[test]
fn two_contacts_of_one_moment_are_told_in_either_order() {
    let mut standing = plain();
    let known = called("2026-03-30T10:00:00-04:00", "conversation");
    let mut unknown = call_at("2026-03-30T10:00:00-04:00");
    unknown.number = Some("1".into());
    let lines = || [talk(), refuses("R", call("minutes_since", ["talk".into()]).lt(10))];
    let contact = call_at("2026-03-31T10:00:00-04:00");
    standing.contacts = Some(vec![known.clone(), unknown.clone()]);
    let one = answer(lines(), &standing, &contact);
    standing.contacts = Some(vec![unknown, known]);
    assert_eq!(one, answer(lines(), &standing, &contact));
    assert_eq!(one, Answer::Allow);
}

#[test]
fn what_was_surely_done_last_says_how_long_ago_it_was() {
    let mut standing = plain();
    let unknown = call_at("2026-03-20T10:00:00-04:00");
    let known = called("2026-03-30T10:00:00-04:00", "conversation");
    standing.contacts = Some(vec![unknown, known]);
    let lines = [talk(), refuses("R", days_since("talk").lt(5))];
    assert_eq!(answer(lines, &standing, &call_at("2026-03-31T10:00:00-04:00")), Answer::Block);
}

#[test]
fn a_count_after_a_first_contact_that_is_sure_is_sure() {
    let mut standing = plain();
    let mut contacts = vec![call_at("2026-03-20T10:00:00-04:00"), called("2026-03-25T10:00:00-04:00", "conversation")];
    contacts.push(called("2026-03-28T10:00:00-04:00", "conversation"));
    standing.contacts = Some(contacts);
    let rule = cited(Keyword::Guardrail, "R").act("at_most").verb_option("times", 1).verb_option("of", "talk");
    let rule = rule.verb_option("ever", true).verb_option("after", "talk");
    assert_eq!(answer([talk(), rule], &standing, &call_at("2026-03-31T10:00:00-04:00")), Answer::Block);
}

#[test]
fn a_contact_that_the_house_blocks_at_night_is_not_blocked_in_the_morning_though_no_law_is_known() {
    let mut standing = plain();
    standing.jurisdiction = "UK".into();
    let contact = call_at("2026-03-31T06:00:00-04:00");
    let law = Law::of([pack([refuses("R", true)])]);
    let house = pack([hours("H", "every_day", "08:00-20:00")]);
    let case = Case::new(&law, &standing, contact.at).unwrap().with_house(&house, &standing);
    let said = case.permission(&contact).unwrap();
    assert_eq!(said.answer, Answer::Block);
    assert_eq!(said.earliest, None);
    assert_eq!(said.earliest_unblocked, Some(at("2026-03-31T08:00:00-04:00")));
}

#[test]
fn days_until_a_notice_came_back_depend_on_the_moment() {
    let mut standing = plain();
    standing.zones = vec!["UTC".into()];
    let mut contact = call_at("2026-03-31T10:00:00Z");
    contact.returned_on = Some(on("2026-04-03"));
    let said = said([refuses("R", fact("returned_after").ge(3))], &standing, &contact);
    assert_eq!(said.answer, Answer::Block);
    assert_eq!(said.earliest, Some(at("2026-04-01T00:00:00Z")));
}

#[test]
fn minutes_since_a_contact_may_be_reckoned_with() {
    let mut standing = plain();
    standing.zones = vec!["UTC".into()];
    standing.contacts = Some(vec![called("2026-03-31T09:58:00Z", "conversation")]);
    let minutes = call("minutes_since", ["talk".into()]).plus(5);
    let said = said([talk(), refuses("R", minutes.lt(20))], &standing, &call_at("2026-03-31T10:00:00Z"));
    assert_eq!(said.earliest, Some(at("2026-03-31T10:13:00Z")));
}

#[test]
fn periods_of_a_day_follow_each_other_where_the_clock_goes_back() {
    let standing = plain();
    let contact = call_at("2026-11-01T00:00:00-04:00");
    let case = Case::new(&Law::of([pack([hours("R", "every_day", "01:15-20:00")])]), &standing, contact.at).unwrap();
    let days = case.permitted_days(&contact, 1).unwrap();
    let periods = &days[0].periods;
    for pair in periods.windows(2) {
        assert!(pair[0].1 <= pair[1].0, "{periods:#?}");
    }
}

#[test]
fn parts_of_a_rule_are_counted_each_for_itself() {
    let mut standing = plain();
    standing.contacts = Some(vec![
        called("2026-03-30T10:00:00-04:00", "conversation"),
        called("2026-03-30T11:00:00-04:00", "no_answer"),
        called("2026-03-30T12:00:00-04:00", "no_answer"),
    ]);
    let rule = |part: &str, class: &str, times: i64| {
        let line = cited(Keyword::Guardrail, "R").option("part", part).act("at_most").verb_option("times", times);
        line.verb_option("of", class).verb_option("days", 7)
    };
    let all = arrears::build::Line::new(Keyword::Contact).name("all").when(true);
    let lines = [talk(), all, rule("talks", "talk", 5), rule("all", "all", 9)];
    let said = said(lines, &standing, &call_at("2026-03-31T10:00:00-04:00"));
    let counts: Vec<_> = said.counts.iter().map(|used| (used.class.as_str(), used.counted, used.limit)).collect();
    assert_eq!(counts, [("talk", 2, 5), ("all", 4, 9)]);
}
