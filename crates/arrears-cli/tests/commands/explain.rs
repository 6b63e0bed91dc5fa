//! `arrears explain`: one account, from a table or from facts on the command line.

use crate::support::{Answer, Desk, NO_LAW, golden};

fn explain(desk: &Desk, more: &[&str]) -> Answer {
    desk.answer(desk.command(&["explain", "card.rhai"]).args(NO_LAW).args(more))
}

#[test]
fn a_row_of_a_table_is_explained() {
    let answer = explain(&Desk::new(), &["--on", "accounts.csv", "--account", "unclear"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("explain.txt", &answer.out);
}

#[test]
fn facts_may_stand_in_the_place_of_a_table() {
    let desk = Desk::new();
    let facts = ["--facts", "dpd=5", "overdue=40.00", "late_count_12m=1", "dispute=false", "promise_open=false"];
    let answer = explain(&desk, &[&facts[..], &["--json"]].concat());
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert_eq!(answer.json()["decision"]["treatment"], "gentle text");
    let rested = explain(
        &desk,
        &[&facts[..], &["previous_stage=reminder", "days_since_decision=1", "days_since_gentle_text=1", "--json"]]
            .concat(),
    );
    assert_eq!(rested.json()["decision"]["action"], "wait");
}

#[test]
fn a_fact_that_is_not_given_is_not_known() {
    let answer = explain(&Desk::new(), &["--facts", "dpd=5", "overdue=40.00", "--json"]);
    let missing = answer.json()["decision"]["missing"].clone();
    assert!(missing.as_array().unwrap().contains(&"dispute".into()), "{missing}");
}

#[test]
fn facts_that_cannot_be_are_named_all_at_once() {
    let facts = [
        "--facts",
        "dpd=-1",
        "overdu=40.00",
        "overdue=12.345",
        "dispute=perhaps",
        "days_since_demand=4",
        "late_count_12m=never",
    ];
    let answer = explain(&Desk::new(), &facts);
    assert_eq!(answer.code, 2);
    golden("explain_facts.txt", &answer.err);
}

#[test]
fn an_account_that_is_not_there_or_cannot_be_read_is_told_apart() {
    let desk = Desk::new();
    let answer = explain(&desk, &["--on", "accounts.csv", "--account", "nobody"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("none of its 9 rows is of account nobody"), "{}", answer.err);
    desk.reenter("late,75", "late,NaN");
    let answer = explain(&desk, &["--on", "accounts.csv", "--account", "late"]);
    assert_eq!(answer.code, 3);
    assert!(answer.err.contains("row 8 (line 9), account late, column `dpd`: `NaN` is not a number"), "{}", answer.err);
}

#[test]
fn a_table_and_an_account_or_facts_are_asked_for() {
    let desk = Desk::new();
    assert_eq!(explain(&desk, &[]).code, 2);
    assert_eq!(explain(&desk, &["--on", "accounts.csv"]).code, 2);
    assert_eq!(explain(&desk, &["--on", "accounts.csv", "--account", "late", "--facts", "dpd=1"]).code, 2);
}
