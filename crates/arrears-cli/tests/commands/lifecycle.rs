//! `arrears lifecycle`: the turns of an account, and what is still true of it.

use crate::support::{Answer, Desk, example, golden};

fn told(history: &str, more: &[&str]) -> Answer {
    let account = example(&format!("data/histories/{history}.json"));
    let conventions = example("data/histories/conventions.json");
    let desk = Desk::new();
    desk.answer(desk.command(&["lifecycle", &account, "--conventions", &conventions]).args(more))
}

#[test]
fn an_account_that_was_charged_off_tells_how_it_got_there_and_what_is_still_true() {
    let answer = told("charged-off", &["--as-of", "2026-06-30"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("lifecycle.txt", &answer.out);
    let json = told("charged-off", &["--as-of", "2026-06-30", "--json"]).json();
    let turns = json["turns"].as_array().unwrap();
    let charged_off = turns.iter().find(|turned| turned["turn"]["turn"] == "charged_off").unwrap();
    assert_eq!(json["charged_off_on"], charged_off["on"]);
    assert_eq!(json["facts"]["recovered_since_charge_off"], json["recovered"]);
}

#[test]
fn days_before_the_account_was_opened_are_refused() {
    let answer = told("charged-off", &["--as-of", "1999-01-01"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("--as-of 1999-01-01 lies before the first day"), "{}", answer.err);
}
