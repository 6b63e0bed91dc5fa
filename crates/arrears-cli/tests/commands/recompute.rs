//! `arrears recompute` and `arrears explain --history`: an account decided over its history.

use crate::support::{Answer, Desk, golden};

/// Late from 11 January; a dispute of the 15th became known on the 19th; paid on the 28th.
const HISTORY: &str = r#"{"format": "arrears-history/1", "account_id": "A-1", "currency": "GBP", "opened_on": "2026-01-01",
    "complete": ["promises", "flags", "consents"], "events": [
    {"id": "s", "occurred_on": "2026-01-02", "event": "schedule", "instalments": [{"item": "1", "due_on": "2026-01-10", "amount": "1200.00"}]},
    {"id": "n", "occurred_on": "2026-01-02", "event": "number", "point": "mobile", "status": "valid"},
    {"id": "d", "occurred_on": "2026-01-15", "known_on": "2026-01-19", "event": "flag", "flag": "dispute", "until": "2026-01-25"},
    {"id": "p", "occurred_on": "2026-01-28", "event": "payment", "amount": "1200.00"}]}"#;

fn asked(command: &str, more: &[&str]) -> Answer {
    let desk = Desk::new();
    desk.write("account.json", HISTORY);
    desk.answer(desk.command(&[command, "card.rhai"]).args(more))
}

#[test]
fn a_dispute_entered_late_shows_the_nights_that_would_have_been_others() {
    let answer = asked("recompute", &["account.json", "--no-law", "a test"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("recompute.txt", &answer.out);
}

#[test]
fn for_programs_each_stretch_names_its_nights_its_facts_and_its_events() {
    let answer = asked("recompute", &["account.json", "--no-law", "a test", "--json"]);
    let json = answer.json();
    let stretch = &json[0]["differing"][0];
    assert_eq!(json[0]["account_id"], "A-1");
    assert_eq!((&stretch["from"], &stretch["events"][0]), (&"2026-01-15".into(), &"d".into()));
    assert_eq!(stretch["facts"][0], serde_json::json!({ "fact": "dispute", "as_known": "false", "as_was": "true" }));
    assert_eq!(stretch["would_be"]["held_by"][0], "dispute");
}

#[test]
fn known_as_early_as_the_decisions_nothing_differs() {
    let answer = asked("recompute", &["account.json", "--no-law", "a test", "--known-by", "2026-01-18"]);
    assert_eq!(answer.out, "A-1: every decision would have been the same\n");
}

#[test]
fn an_account_is_explained_over_its_history_with_an_exact_next_review() {
    let more = ["--history", "account.json", "--as-of", "2026-01-20", "--no-law", "a test"];
    let answer = asked("explain", &more);
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("explain_history.txt", &answer.out);
    let decision = &asked("explain", &[&more[..], &["--json"]].concat()).json()["decision"];
    // The dispute holds to the 25th.
    assert_eq!((&decision["next_review_on"], &decision["review_exact"]), (&"2026-01-26".into(), &true.into()));
}

#[test]
fn a_history_with_problems_is_not_decided() {
    let desk = Desk::new();
    desk.write("account.json", &HISTORY.replace("\"dispute\"", "\"dispite\""));
    let mut command = desk.command(&["recompute", "card.rhai", "account.json", "--no-law", "a test"]);
    let answer = desk.answer(&mut command);
    assert_eq!(answer.code, 3);
    assert!(answer.err.contains("events[2].flag") && answer.err.contains("did you mean `dispute`?"), "{}", answer.err);
}
