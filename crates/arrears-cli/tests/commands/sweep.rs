//! `arrears sweep`: a threshold, value by value, on a whole table.

use crate::support::{Answer, Desk, NO_LAW, golden};
use serde_json::Value;

fn sweep(desk: &Desk, values: &[&str], more: &[&str]) -> Answer {
    let mut command = desk.command(&["sweep", "card.rhai"]);
    desk.answer(command.args(values).args(["--on", "accounts.csv"]).args(NO_LAW).args(more))
}

#[test]
fn a_sweep_shows_what_each_value_does_and_how_many_move_against_the_policys_own() {
    let desk = Desk::new();
    let answer = sweep(&desk, &["floor", "10", "55", "15"], &["--out", "sweep.csv"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("sweep.txt", &answer.out);
    golden("sweep.csv", &desk.read("sweep.csv"));
}

#[test]
fn each_value_gives_the_counts_of_a_run_with_that_value_set() {
    let desk = Desk::new();
    let answer = sweep(&desk, &["floor", "5", "50", "5"], &["--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let points = answer.json()["points"].as_array().unwrap().clone();
    assert_eq!(points.len(), 10);
    for point in points {
        let value = point["value"].as_str().unwrap();
        let run = desk.run(&["--no-review", "--json", "--set", &format!("floor={value}")]).json();
        assert_eq!(point["policy_hash"], run["policy_hash"], "{value}");
        for counts in ["by_stage", "by_action", "by_treatment", "by_debtor_type", "by_channel", "errors"] {
            assert_eq!(point[counts], run[counts], "{value}");
        }
        assert_eq!(point["decided"]["accounts"], run["decisions"]);
        assert_eq!(point["own"], value == "25.00");
    }
}

#[test]
fn what_cannot_be_swept_is_a_problem_of_the_policy_or_of_the_command() {
    let desk = Desk::new();
    let unknown = sweep(&desk, &["flor", "5", "50", "5"], &["--json"]);
    assert_eq!(unknown.code, 1);
    assert!(unknown.err.contains("did you mean `floor`?"), "{}", unknown.err);
    assert_eq!(unknown.json()["error"]["problems"][0]["code"], "P113");
    let outside = sweep(&desk, &["floor", "90", "120", "10"], &["--json"]);
    assert_eq!(outside.code, 1);
    let problems = outside.json()["error"]["problems"].as_array().unwrap().clone();
    let codes: Vec<&Value> = problems.iter().map(|problem| &problem["code"]).collect();
    assert_eq!(codes, ["P306", "P306"], "110 and 120 lie outside");
    for (values, said) in [
        (["floor", "50", "5", "5"], "the values must rise: 50 is more than 5"),
        (["floor", "5", "50", "0"], "a step must be more than 0, not 0"),
        (["floor", "5", "50", "0.001"], "more than 1000 values"),
        (["floor", "few", "50", "5"], "expected a number"),
    ] {
        let answer = sweep(&desk, &values, &[]);
        assert_eq!(answer.code, 2, "{values:?}");
        assert!(answer.err.contains(said), "{}", answer.err);
    }
}

#[test]
fn results_of_a_sweep_take_the_place_of_nothing_that_is_read() {
    let desk = Desk::new();
    let answer = sweep(&desk, &["floor", "5", "50", "5"], &["--out", "accounts.csv"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("is the table of accounts already"), "{}", answer.err);
    assert_eq!(sweep(&desk, &["floor", "5", "50", "5"], &["--out", "sweep.xlsx"]).code, 2);
    assert_eq!(sweep(&desk, &["floor", "5", "50", "5"], &["--out", "nowhere/sweep.csv"]).code, 5);
}

#[test]
fn a_bad_row_ends_a_sweep_unless_it_is_to_keep_going() {
    let desk = Desk::new();
    desk.reenter("habitual,12", "habitual,-12");
    let ended = sweep(&desk, &["floor", "25", "50", "25"], &["--out", "sweep.csv", "--json"]);
    assert_eq!((ended.code, &ended.json()["error"]["errors"]), (3, &1.into()));
    assert!(!desk.path("sweep.csv").exists());
    let answer = sweep(&desk, &["floor", "25", "50", "25"], &["--keep-going"]);
    assert_eq!(answer.code, 4);
    assert!(answer.err.contains("note: 1 row cannot be decided with `floor` = 25.00 GBP"), "{}", answer.err);
}
