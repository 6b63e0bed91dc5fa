//! `arrears statement` and `arrears delay`: what is owed, and what waiting costs.

use crate::support::{Answer, Desk, golden};

const HISTORY: &str = include_str!("../../../../examples/data/owed/loan-late.json");
const TERMS: &str = include_str!("../../../../examples/terms/instalment-loan.json");

fn asked(command: &str, terms: &str, more: &[&str]) -> Answer {
    let desk = Desk::new();
    desk.write("account.json", HISTORY);
    desk.write("terms.json", terms);
    let given = ["account.json", "--terms", "terms.json", "--as-of", "2027-06-30"];
    desk.answer(desk.command(&[command]).args(given).args(more))
}

#[test]
fn the_total_comes_first_and_every_line_has_its_reason() {
    let answer = asked("statement", TERMS, &[]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("statement.txt", &answer.out);
    let json = asked("statement", TERMS, &["--json"]).json();
    let lines = json["lines"].as_array().unwrap().iter().map(|line| line["amount"].as_i64().unwrap());
    assert_eq!(json["total"], lines.sum::<i64>());
}

#[test]
fn what_waiting_costs_is_shown_by_how_somebody_pays_and_after_a_lawsuit() {
    let answer = asked("delay", TERMS, &["--markdown"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("delay.md", &answer.out);
    let json = asked("delay", TERMS, &["--json", "--days", "0,14"]).json();
    assert_eq!(json["rows"][0]["cells"][1]["days"], 14);
    assert_eq!(json["rows"][0]["cells"][2]["lawsuit"], true);
}

#[test]
fn terms_that_cannot_be_used_are_said_with_their_places() {
    let answer = asked("statement", &TERMS.replace("\"0.069\"", "\"-0.069\""), &[]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("rate.annual: the rate -0.069 is below zero"), "{}", answer.err);
}
