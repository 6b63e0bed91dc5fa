//! An account decided night after night over its history, and what would have been decided otherwise.

use arrears::account::{Account, Conventions};
use arrears::build::{Build, Line, fact, number};
use arrears::draft::Keyword;
use arrears::nights::{Case, Decided, KnownBy, Nights, hindsight};
use arrears::{Law, Policy};
use chrono::NaiveDate;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// One instalment of 100 due on 15 January 2026, and more events.
fn account(complete: &str, events: &str) -> Account {
    let text = format!(
        r#"{{"format": "arrears-history/1", "account_id": "A", "currency": "EUR", "opened_on": "2025-11-03", "complete": [{complete}],
        "events": [{{"id": "s", "occurred_on": "2025-11-03", "event": "schedule", "instalments": [
            {{"item": "1", "due_on": "2026-01-15", "amount": "100.00"}}]}}{events}]}}"#
    );
    Account::from_json(&text).unwrap()
}

/// Two texts, then calls on the mobile or the office number; a dispute holds everything.
fn policy() -> Policy {
    let treatment = |name: &str| Line::new(Keyword::Treatment).name(name);
    Build::policy("small", "EUR")
        .stage("reminder", fact("dpd").ge(1).and(fact("overdue").gt(number("5.00").unwrap())))
        .stage("firm", fact("dpd").gt(10))
        .add(
            Line::new(Keyword::Hold)
                .name("dispute")
                .when(fact("dispute"))
                .option("stops", arrears::build::texts(&["contact"])),
        )
        .assume("opted_out(sms)", false, "texts need no consent here")
        .assume("opted_out(phone)", false, "calls need no consent here")
        .assume("number_mobile", "valid", "taken from the contract")
        .assume("number_work", "valid", "taken from the contract")
        .assume("dispute", false, "kept elsewhere")
        .add(treatment("text").stages(&["reminder"]).act("sms").verb_option("every", 2).verb_option("at_most", 2))
        .add(
            treatment("call")
                .stages(&["reminder", "firm"])
                .act("phone")
                .verb_option("every", 2)
                .verb_option("numbers", arrears::build::texts(&["mobile", "work"])),
        )
        .outcome("wrong_number", "retire_point", &[("as", "wrong".into())])
        .check()
        .unwrap()
}

fn nights(policy: &Policy, account: &Account, from: &str, to: &str) -> Vec<Decided> {
    let (conventions, law) = (Conventions::default(), Law::none("a test").unwrap());
    let case = Case::new(policy, account, &conventions, &law);
    Nights::new(case, KnownBy::EachNight, date(from), date(to)).map(Result::unwrap).collect()
}

fn treatments(policy: &Policy, nights: &[Decided]) -> String {
    let shown = nights.iter().map(|night| {
        let record = night.decision.record(policy, "A");
        let point = record.contact_point.map(|point| format!("@{point}")).unwrap_or_default();
        format!("{}{point}", record.treatment.unwrap_or(record.action))
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn without_a_record_of_contacts_each_decision_is_taken_as_carried_out() {
    let policy = policy();
    let walked = nights(&policy, &account("", ""), "2026-01-15", "2026-01-22");
    assert_eq!(treatments(&policy, &walked), "none text wait text call@mobile wait call@work wait");
}

#[test]
fn with_a_record_of_contacts_only_what_was_done_was_done() {
    let policy = policy();
    let sent =
        r#", {"id": "c1", "occurred_on": "2026-01-17", "event": "contact", "channel": "sms", "treatment": "text"}"#;
    let walked = nights(&policy, &account(r#""contacts""#, sent), "2026-01-15", "2026-01-20");
    assert_eq!(treatments(&policy, &walked), "none text wait wait text text");
}

#[test]
fn a_number_found_wrong_is_not_dialled_again() {
    let policy = policy();
    let wrong = r#",
        {"id": "t1", "occurred_on": "2026-01-16", "event": "contact", "channel": "sms", "treatment": "text"},
        {"id": "t2", "occurred_on": "2026-01-18", "event": "contact", "channel": "sms", "treatment": "text"},
        {"id": "c1", "occurred_on": "2026-01-20", "event": "contact", "channel": "phone", "point": "mobile", "treatment": "call", "outcome": "wrong_number"}"#;
    let walked = nights(&policy, &account(r#""contacts""#, wrong), "2026-01-19", "2026-01-23");
    assert_eq!(treatments(&policy, &walked), "call@mobile wait wait call@work call@work");
}

#[test]
fn a_dispute_entered_late_shows_on_which_nights_nobody_should_have_been_contacted() {
    let policy = policy();
    let account = account(
        r#""flags""#,
        r#", {"id": "d", "occurred_on": "2026-01-17", "known_on": "2026-01-20", "event": "flag", "flag": "dispute"}"#,
    );
    let (conventions, law) = (Conventions::default(), Law::none("a test").unwrap());
    let case = Case::new(&policy, &account, &conventions, &law);
    let found = hindsight(case, date("2026-01-14"), date("2026-01-24"), date("2026-01-31")).unwrap();
    let shown: Vec<String> = found
        .iter()
        .map(|stretch| {
            let night = &stretch.from;
            format!(
                "{}..{} {} -> {} because {:?} {:?}",
                night.as_of, stretch.until, night.made.action, night.would_be.action, night.events, night.facts
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            r#"2026-01-17..2026-01-17 wait -> held because ["d"] [("dispute", "false", "true")]"#,
            r#"2026-01-18..2026-01-18 sms -> held because ["d"] [("dispute", "false", "true")]"#,
            r#"2026-01-19..2026-01-19 phone -> held because ["d"] [("dispute", "false", "true")]"#,
        ]
    );
}

#[test]
fn what_was_known_in_time_changes_nothing_in_hindsight() {
    let policy = policy();
    let paid = r#", {"id": "p", "occurred_on": "2026-01-18", "event": "payment", "amount": "100.00"}"#;
    let account = account("", paid);
    let (conventions, law) = (Conventions::default(), Law::none("a test").unwrap());
    let case = Case::new(&policy, &account, &conventions, &law);
    assert!(hindsight(case, date("2026-01-10"), date("2026-02-10"), date("2026-03-01")).unwrap().is_empty());
}
