//! `arrears diff`: what changed between two policies, in words, and what that does to a table.

use crate::support::{Desk, NO_LAW, golden};

/// A new version: another threshold, a later firm stage, a debtor type by another name, a visit.
fn desk() -> Desk {
    let desk = Desk::new();
    let new = desk.read("card.rhai").replace("version: \"3\"", "version: \"4\"");
    let new = new.replace("floor = 25.00 #{ from: 5.00, to: 100.00", "floor = 50.00 #{ from: 5.00, to: 200.00");
    let new = new.replace("stage \"firm\" when dpd > 30", "stage \"firm\" when dpd > 60 && overdue >= floor");
    let new = new.replace(
        "debtor \"habitual\" when late_count_12m >= 3",
        "debtor \"serial\" when late_count_12m >= 3 #{ formerly: [\"habitual\"] }",
    );
    let visit = "treatment \"knock\" in [\"firm\"] when dpd > 90 do visit(#{ every: 30 });\npriority";
    let objects = "assume opted_out(\"visit\") = false #{ why: \"nobody has objected\" };\npriority";
    let new = new.replace("priority", visit).replace("priority", objects);
    desk.write("new.rhai", &new.replace("every: 3, at_most: 3", "every: 5, at_most: 3"));
    desk
}

#[test]
fn a_new_version_is_told_statement_by_statement() {
    let desk = desk();
    let answer = desk.arrears(&["diff", "card.rhai", "new.rhai"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("diff.txt", &answer.out);
    let answer = desk.arrears(&["diff", "card.rhai", "new.rhai", "--markdown"]);
    golden("diff.md", &answer.out);
    let same = desk.arrears(&["diff", "card.rhai", "card.rhai"]);
    assert!(same.out.ends_with("Nothing changed: both decide the same.\n"), "{}", same.out);
}

#[test]
fn with_a_table_both_are_compared_and_who_moves_is_told_with_both_reasons() {
    let desk = desk();
    let diff = ["diff", "card.rhai", "new.rhai", "--on", "accounts.csv"];
    let answer = desk.arrears(&[&diff[..], &NO_LAW].concat());
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("diff_on.txt", &answer.out);
    let found = desk.arrears(&[&diff[..], &NO_LAW, &["--json"]].concat()).json();
    let compare = ["compare", "card.rhai", "new.rhai", "--on", "accounts.csv", "--json"];
    assert_eq!(found["table"], desk.arrears(&[&compare[..], &NO_LAW].concat()).json());
    assert_eq!(found["policies"], desk.arrears(&["diff", "card.rhai", "new.rhai", "--json"]).json());
    let phone = found["capacity"].as_array().unwrap().iter().find(|load| load["channel"] == "phone").unwrap();
    let more = phone["b"].as_i64().unwrap() - phone["a"].as_i64().unwrap();
    assert_eq!(phone["more"], more);
    assert_eq!(found["reasons"][0]["account_id"], found["table"]["first_moved"][0]["account_id"]);
}

#[test]
fn asked_deeply_it_says_who_is_decided_otherwise_and_that_nobody_else_is() {
    let desk = desk();
    let answer = desk.arrears(&["diff", "card.rhai", "new.rhai", "--deep"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("diff_deep.txt", &answer.out);
    let found = desk.arrears(&["diff", "card.rhai", "new.rhai", "--deep", "--json"]).json();
    assert_eq!(found["region"]["format"], "arrears-region/1");
    assert_eq!(found["region"]["complete"], true);
    assert_eq!(found["policies"], desk.arrears(&["diff", "card.rhai", "new.rhai", "--json"]).json());
    let same = desk.arrears(&["diff", "card.rhai", "card.rhai", "--deep"]);
    assert!(same.out.contains("Proved: both decide every account alike"), "{}", same.out);
    let law = desk.arrears(&["diff", "card.rhai", "new.rhai", "--deep", "--no-law", "an example"]);
    assert_eq!(law.code, 2, "a law without a day");
    assert!(law.err.contains("--as-of"), "{}", law.err);
}

#[test]
fn a_threshold_that_is_set_for_one_side_is_the_whole_difference() {
    let desk = Desk::new();
    let found = desk.arrears(&["diff", "card.rhai", "card.rhai", "--set-b", "floor=30", "--json"]).json();
    assert_eq!(found["changes"].as_array().unwrap().len(), 1);
    assert_eq!(found["changes"][0]["clauses"][0]["by"], "+5.00 GBP");
    assert_eq!(found["format"], "arrears-diff/1");
}

#[test]
fn a_table_asks_for_its_day_and_its_law() {
    let desk = desk();
    for more in [&["--on", "accounts.csv"][..], &["--as-of", "2026-03-31"], &["--no-law", "a test"], &["--keep-going"]]
    {
        assert_eq!(desk.arrears(&[&["diff", "card.rhai", "new.rhai"], more].concat()).code, 2, "{more:?}");
    }
    assert_eq!(desk.arrears(&["diff", "card.rhai", "accounts.csv"]).code, 1);
}
