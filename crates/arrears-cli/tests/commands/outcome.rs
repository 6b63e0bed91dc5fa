//! `arrears outcome`: results taken into the state between two runs.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::support::{Desk, golden};

const OUTCOMES: &str = "\
outcome \"wrong_number\" do retire_point(#{ as: \"wrong\" });
outcome \"no_answer\" do retry(#{ after: 1 });
outcome \"complaint\" do pause(#{ days: 15 });
priority overdue;";

/// A desk whose policy speaks of outcomes, after the first night.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.rewrite("priority overdue;", OUTCOMES);
    let answer = desk.run(&["--out", "night.csv", "--state-out", "state.csv", "--quiet"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    desk
}

/// The accounts of the first night with this action.
fn accounts(desk: &Desk, action: &str) -> Vec<String> {
    let text = desk.read("night.csv");
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let place = header.iter().position(|name| *name == "action").unwrap();
    let has = |line: &&str| line.split(',').nth(place) == Some(action);
    text.lines().skip(1).filter(has).map(|line| line.split(',').next().unwrap().to_owned()).collect()
}

fn outcome(desk: &Desk, more: &[&str]) -> crate::support::Answer {
    let mut command = desk.command(&["outcome", "card.rhai", "--state", "state.csv", "--done", "done.csv"]);
    desk.answer(command.args(["--state-out", "state.csv"]).args(more))
}

#[test]
fn the_next_night_decides_otherwise_because_of_the_results() {
    let desk = desk();
    let called = accounts(&desk, "phone");
    let [wrong, nobody, ..] = called.as_slice() else { panic!("{called:?}") };
    desk.write(
        "done.csv",
        &format!(
            "account_id,on,outcome,point\n{wrong},2026-03-31,wrong_number,mobile\n{nobody},2026-03-31,no_answer,\n"
        ),
    );
    let answer = outcome(&desk, &[]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    golden("outcome.txt", &answer.out);
    let mut next =
        desk.command(&["run", "card.rhai", "--on", "accounts.csv", "--as-of", "2026-04-01", "--no-law", "a test"]);
    let answer = desk.answer(next.args(["--state", "state.csv", "--out", "night.csv", "--quiet"]));
    assert_eq!(answer.code, 0, "{}", answer.err);
    // Every call rests for two days, but for the one that nobody answered.
    assert_eq!(accounts(&desk, "phone"), std::slice::from_ref(nobody));
    assert!(accounts(&desk, "none").contains(wrong));
}

#[test]
fn a_summary_for_programs_counts_by_code_and_effect() {
    let desk = desk();
    let called = accounts(&desk, "phone");
    desk.write("done.csv", &format!("account_id,on,done,outcome\n{},2026-03-31,false,complaint\n", called[0]));
    let summary = outcome(&desk, &["--json"]).json();
    assert_eq!((&summary["rows"], &summary["taken_in"], &summary["errors"]), (&1.into(), &1.into(), &0.into()));
    let effects: Vec<&str> =
        summary["applied"].as_array().unwrap().iter().map(|tally| tally["effect"].as_str().unwrap()).collect();
    assert_eq!(effects, ["given_back", "pause"]);
}

#[test]
fn bad_rows_stop_it_unless_it_is_asked_to_keep_going() {
    let desk = desk();
    let called = accounts(&desk, "phone");
    let before = desk.read("state.csv");
    desk.write(
        "done.csv",
        &format!("account_id,on,outcome\n{},2026-03-31,complaint\nnobody,2026-03-31,busy\n", called[0]),
    );
    let answer = outcome(&desk, &["--json"]);
    assert_eq!(answer.code, 3);
    assert_eq!(answer.json()["error"]["errors"], 1);
    assert!(answer.err.contains("row 2 (line 3), account nobody, column `account_id`"), "{}", answer.err);
    assert_eq!(desk.read("state.csv"), before);
    let answer = outcome(&desk, &["--keep-going", "--errors", "aside.csv"]);
    assert_eq!(answer.code, 4);
    assert!(answer.err.contains("1 row was set aside, see aside.csv"), "{}", answer.err);
    assert_eq!(desk.read("aside.csv").lines().count(), 2);
    assert_ne!(desk.read("state.csv"), before);
}

#[test]
fn the_exit_code_says_what_kind_of_thing_is_wrong() {
    let desk = desk();
    desk.write("done.csv", "account_id,when\n");
    assert_eq!(outcome(&desk, &[]).code, 3);
    desk.write("done.csv", "account_id,on\n");
    let mut missing = desk.command(&["outcome", "card.rhai", "--state", "none.csv", "--done", "done.csv"]);
    assert_eq!(desk.answer(missing.args(["--state-out", "state.csv"])).code, 5);
    let mut taken = desk.command(&["outcome", "card.rhai", "--state", "state.csv", "--done", "done.csv"]);
    assert_eq!(desk.answer(taken.args(["--state-out", "done.csv"])).code, 2);
    assert_eq!(desk.arrears(&["outcome", "card.rhai", "--state", "state.csv"]).code, 2);
}
