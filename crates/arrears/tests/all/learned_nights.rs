//! What the contacts of a history teach the nights behind them, known in time or late.

use arrears::account::{Account, Conventions, DayEnd};
use arrears::build::{Build, Line, fact, texts};
use arrears::draft::Keyword;
use arrears::nights::{Case, KnownBy, Nights, hindsight};
use arrears::{Law, Policy};
use chrono::NaiveDate;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One instalment of 100 due on 15 January 2026, and more events; complete in contacts and promises.
fn account(events: &str) -> Account {
    let text = format!(
        r#"{{"format": "arrears-history/1", "account_id": "A", "currency": "EUR", "opened_on": "2025-11-03",
        "complete": ["contacts", "promises"],
        "events": [{{"id": "s", "occurred_on": "2025-11-03", "event": "schedule", "instalments": [
            {{"item": "1", "due_on": "2026-01-15", "amount": "100.00"}}]}}{events}]}}"#
    );
    Account::from_json(&text).unwrap()
}

/// Two texts, two days apart, then calls, five days apart.
fn policy() -> Policy {
    let treatment = |name: &str| Line::new(Keyword::Treatment).name(name).stages(&["reminder"]);
    Build::policy("small", "EUR")
        .stage("reminder", fact("dpd").ge(1))
        .assume("opted_out(sms)", false, "texts need no consent here")
        .assume("opted_out(phone)", false, "calls need no consent here")
        .assume("number_mobile", "valid", "taken from the contract")
        .assume("number_work", "valid", "taken from the contract")
        .add(treatment("text").act("sms").verb_option("every", 2).verb_option("at_most", 2))
        .add(treatment("call").act("phone").verb_option("every", 5).verb_option("numbers", texts(&["mobile", "work"])))
        .outcome("wrong_number", "retire_point", &[("as", "wrong".into())])
        .outcome("rpc_promise", "promise", &[])
        .check()
        .unwrap()
}

fn with_case<T>(events: &str, conventions: &Conventions, with: impl Fn(Case<'_>) -> T) -> T {
    let (policy, account, law) = (policy(), account(events), Law::none("a test").unwrap());
    with(Case::new(&policy, &account, conventions, &law))
}

fn walked(events: &str, known: KnownBy, from: &str, to: &str) -> String {
    with_case(events, &Conventions::default(), |case| {
        let nights = Nights::new(case, known, date(from), date(to));
        let shown = nights.map(|night| {
            let record = night.unwrap().decision.record(case.policy(), "A");
            let point = record.contact_point.map(|point| format!("@{point}")).unwrap_or_default();
            format!("{}{point}", record.treatment.unwrap_or(record.action))
        });
        shown.collect::<Vec<_>>().join(" ")
    })
}

fn text(id: &str, on: &str, known: &str) -> String {
    format!(
        r#", {{"id": "{id}", "occurred_on": "{on}", "known_on": "{known}", "event": "contact", "channel": "sms", "treatment": "text"}}"#
    )
}

fn call(id: &str, on: &str, known: &str, outcome: &str) -> String {
    format!(
        r#", {{"id": "{id}", "occurred_on": "{on}", "known_on": "{known}", "event": "contact", "channel": "phone", "treatment": "call", "outcome": "{outcome}"}}"#
    )
}

const EACH: KnownBy = KnownBy::EachNight;

#[test]
fn a_text_that_is_entered_late_counts_from_the_night_that_knows_it() {
    let late = text("t1", "2026-01-16", "2026-01-19");
    assert_eq!(walked(&late, EACH, "2026-01-16", "2026-01-20"), "text text text text text");
    let late = format!("{late}{}", text("t2", "2026-01-18", "2026-01-18"));
    assert_eq!(walked(&late, EACH, "2026-01-16", "2026-01-20"), "text text wait call@mobile call@mobile");
}

#[test]
fn a_text_of_arrears_that_are_over_is_none_of_these_however_late_it_is_known() {
    let before = format!(
        r#", {{"id": "p", "occurred_on": "2026-01-20", "event": "payment", "amount": "100.00"}},
           {{"id": "i", "occurred_on": "2026-02-01", "event": "invoice", "item": "2", "due_on": "2026-02-15", "amount": "100.00"}}{}"#,
        text("t1", "2026-01-17", "2026-02-17")
    );
    let events = format!("{before}{}", text("t2", "2026-02-18", "2026-02-18"));
    assert_eq!(walked(&events, EACH, "2026-02-16", "2026-02-20"), "text text wait wait text");
}

#[test]
fn a_number_that_is_found_wrong_and_entered_late_is_not_dialled_again() {
    let texts = format!("{}{}", text("t1", "2026-01-16", "2026-01-16"), text("t2", "2026-01-18", "2026-01-18"));
    let wrong = call("c", "2026-01-20", "2026-01-25", "wrong_number");
    let wrong = wrong.replace("\"outcome\"", "\"point\": \"mobile\", \"outcome\"");
    assert_eq!(walked(&format!("{texts}{wrong}"), EACH, "2026-01-24", "2026-01-26"), "call@mobile call@work call@work");
}

#[test]
fn two_texts_of_one_day_are_two() {
    let both = format!("{}{}", text("t1", "2026-01-17", "2026-01-17"), text("t2", "2026-01-17", "2026-01-17"));
    assert_eq!(walked(&both, EACH, "2026-01-16", "2026-01-19"), "text call@mobile call@mobile call@mobile");
}

#[test]
fn a_call_with_a_promise_that_the_history_tells_counts_as_a_call() {
    let texts = format!("{}{}", text("t1", "2026-01-16", "2026-01-16"), text("t2", "2026-01-18", "2026-01-18"));
    let called = call("c", "2026-01-20", "2026-01-20", "rpc_promise");
    assert_eq!(walked(&format!("{texts}{called}"), EACH, "2026-01-20", "2026-01-21"), "wait wait");
}

#[test]
fn a_call_whose_number_was_not_noted_counts_as_a_call() {
    let texts = format!("{}{}", text("t1", "2026-01-16", "2026-01-16"), text("t2", "2026-01-18", "2026-01-18"));
    let called = call("c", "2026-01-20", "2026-01-20", "wrong_number");
    assert_eq!(walked(&format!("{texts}{called}"), EACH, "2026-01-19", "2026-01-21"), "call@mobile wait wait");
}

#[test]
fn a_contact_without_a_treatment_is_none_of_the_policys() {
    let events = format!(
        "{}{}",
        text("t1", "2026-01-16", "2026-01-16"),
        r#", {"id": "i", "occurred_on": "2026-01-17", "event": "contact", "channel": "phone", "inbound": true, "outcome": "rpc_refused"}"#
    );
    assert_eq!(walked(&events, EACH, "2026-01-16", "2026-01-19"), "wait wait text text");
}

#[test]
fn in_hindsight_a_contact_that_was_entered_late_was_there_from_its_own_day() {
    let late = text("t1", "2026-01-17", "2026-01-25");
    let now = KnownBy::Day(date("2026-01-31"));
    assert_eq!(walked(&late, now, "2026-01-16", "2026-01-20"), "text wait wait text text");
    let found = with_case(&late, &Conventions::default(), |case| {
        let found = hindsight(case, date("2026-01-16"), date("2026-01-20"), date("2026-01-31")).unwrap();
        found.iter().map(|it| format!("{}..{} {:?}", it.from.as_of, it.until, it.from.events)).collect::<Vec<_>>()
    });
    assert_eq!(found, [r#"2026-01-17..2026-01-18 ["t1"]"#]);
}

#[test]
fn hindsight_of_a_day_before_the_nights_finds_nothing() {
    let late = text("t1", "2026-01-17", "2026-01-25");
    with_case(&late, &Conventions::default(), |case| {
        let of = |known| hindsight(case, date("2026-01-16"), date("2026-01-30"), date(known)).unwrap().len();
        assert_eq!(of("2026-01-10"), 0);
        assert_eq!(of("2026-01-17"), 0);
        assert_eq!(of("2026-01-25"), 1);
    });
}

#[test]
fn at_the_opening_of_a_day_a_contact_of_that_day_was_not_made_yet() {
    let made = text("t1", "2026-01-17", "2026-01-17");
    let open = Conventions { day_end: DayEnd::Open, ..Conventions::default() };
    let found = with_case(&made, &open, |case| {
        let nights = Nights::new(case, EACH, date("2026-01-16"), date("2026-01-20"));
        let shown = nights.map(|night| night.unwrap().decision.record(case.policy(), "A").treatment);
        shown.map(|treatment| treatment.unwrap_or("wait".into())).collect::<Vec<_>>().join(" ")
    });
    assert_eq!(found, "text text wait text text");
}
