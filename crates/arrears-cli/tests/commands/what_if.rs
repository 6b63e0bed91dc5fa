//! `arrears explain --what-if`: what would change one decision.

use crate::support::{Desk, NO_LAW, golden};

fn explain(account: &str, more: &[&str]) -> crate::support::Answer {
    let desk = Desk::new();
    let asked = ["--on", "accounts.csv", "--account", account, "--what-if"];
    desk.answer(desk.command(&["explain", "card.rhai"]).args(NO_LAW).args(asked).args(more))
}

#[test]
fn the_nearest_changes_stand_under_the_explanation() {
    let answer = explain("forgetful", &[]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("what_if.txt", &answer.out);
}

#[test]
fn programs_find_them_beside_the_explanation() {
    let json = explain("late", &["--json"]).json();
    assert_eq!(json["decision"]["account_id"], "late");
    assert_eq!(json["what_if"]["format"], "arrears-what-if/1");
    let paid = &json["what_if"]["milder"][0];
    assert_eq!((&paid["kind"], &paid["what"]), (&"payment".into(), &"paying 2475.01 GBP today".into()));
    let desk = Desk::new();
    let plain = desk.answer(desk.command(&["explain", "card.rhai"]).args(NO_LAW).args([
        "--on",
        "accounts.csv",
        "--account",
        "late",
        "--json",
    ]));
    assert!(plain.json().get("what_if").is_none());
}
