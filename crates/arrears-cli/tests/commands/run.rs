//! `arrears run`: a table decided, and the summary of it.

use crate::support::{Desk, NO_LAW, golden};

#[test]
fn the_summary_counts_accounts_and_money_and_says_who_is_left_alone() {
    let answer = Desk::new().run(&[]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("run.txt", &answer.out);
}

#[test]
fn every_row_is_a_decision_in_each_file_that_was_asked_for() {
    let desk = Desk::new();
    let answer = desk.run(&["--out", "night.csv", "--out", "night.jsonl", "--out", "night.parquet", "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let summary = answer.json();
    assert_eq!((&summary["rows"], &summary["decisions"], &summary["errors"]), (&9.into(), &9.into(), &0.into()));
    assert_eq!(summary["overdue"], "9352.50");
    assert_eq!(summary["written"].as_array().unwrap().len(), 3);
    assert_eq!(desk.read("night.csv").lines().count(), 10);
    assert_eq!(desk.read("night.jsonl").lines().count(), 9);
    assert!(desk.path("night.parquet").exists());
}

#[test]
fn the_second_night_knows_the_first() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["--state-out", "state.parquet", "--quiet"]).code, 0);
    let mut again =
        desk.command(&["run", "card.rhai", "--on", "accounts.csv", "--as-of", "2026-04-01", "--no-law", "a test"]);
    let answer = desk.answer(again.args(["--state", "state.parquet", "--state-out", "state.parquet", "--json"]));
    assert_eq!(answer.code, 0, "{}", answer.err);
    let summary = answer.json();
    assert_eq!((&summary["with_state"], &summary["first_at_once"]), (&9.into(), &0.into()));
    assert_eq!(summary["left_alone"]["resting"], 4, "{}", answer.out);
}

#[test]
fn a_mapping_names_the_columns_that_are_called_otherwise() {
    let desk = Desk::new();
    desk.reenter("dpd,", "days_late,");
    assert_eq!(desk.run(&[]).code, 3);
    desk.write("map.toml", "[columns]\ndpd = \"days_late\"\n");
    assert_eq!(desk.run(&["--columns", "map.toml", "--quiet"]).code, 0);
    desk.write("map.toml", "[column]\ndpd = \"days_late\"\n");
    assert_eq!(desk.run(&["--columns", "map.toml"]).code, 2);
    assert_eq!(desk.run(&["--columns", "none.toml"]).code, 5);
}

#[test]
fn the_day_must_be_given_and_no_law_needs_a_reason() {
    let desk = Desk::new();
    let on = ["run", "card.rhai", "--on", "accounts.csv"];
    for (more, said) in [
        (vec!["--no-law", "a test"], "--as-of"),
        (vec!["--as-of", "2026-03-31", "--no-law", " "], "say in a few words why no guardrails apply"),
        (vec!["--as-of", "31.3.2026", "--no-law", "a test"], "expected a day of the calendar"),
    ] {
        let answer = desk.answer(desk.command(&on).args(&more));
        assert_eq!(answer.code, 2, "{more:?}");
        assert!(answer.err.contains(said), "{}", answer.err);
    }
}

#[test]
fn where_no_law_is_known_to_bind_no_contact_goes_out_and_a_person_must_look() {
    let desk = Desk::new();
    let on = ["run", "card.rhai", "--on", "accounts.csv", "--as-of", "2026-03-31", "--json"];
    let summary = desk.answer(&mut desk.command(&on)).json();
    let actions = summary["by_action"].as_array().unwrap();
    let words: Vec<&str> = actions.iter().map(|tally| tally["name"].as_str().unwrap()).collect();
    assert!(words.contains(&"review"), "{words:?}");
    for contact in ["sms", "phone", "letter", "visit"] {
        assert!(!words.contains(&contact), "{words:?}");
    }
}

#[test]
fn all_absent_columns_are_named_at_once() {
    let desk = Desk::new();
    desk.reenter("overdue,late_count_12m,", "owed,late,");
    let answer = desk.run(&["--keep-going", "--json"]);
    assert_eq!(answer.code, 3);
    golden("run_absent.txt", &answer.err);
    assert_eq!(answer.json()["error"]["columns"].as_array().unwrap().len(), 2);
}

#[test]
fn one_bad_row_stops_the_night_and_nothing_is_written() {
    let desk = Desk::new();
    desk.reenter("habitual,12", "habitual,-12");
    desk.reenter("late,75", "late,NaN");
    let answer = desk.run(&["--out", "night.csv", "--state-out", "state.parquet", "--json"]);
    assert_eq!(answer.code, 3);
    golden("run_bad_rows.txt", &answer.err);
    assert_eq!(answer.json()["error"]["errors"], 2);
    assert!(!desk.path("night.csv").exists() && !desk.path("state.parquet").exists());
}

#[test]
fn with_keep_going_bad_rows_are_set_aside_beside_the_decisions() {
    let desk = Desk::new();
    desk.reenter("habitual,12", "habitual,-12");
    desk.reenter("late,75", "late,NaN");
    let answer = desk.run(&["--keep-going", "--out", "night.csv"]);
    assert_eq!(answer.code, 4);
    assert!(answer.out.contains("7 accounts decided, 2 set aside"), "{}", answer.out);
    assert!(
        answer.err.starts_with("note: 2 rows were set aside, see night.errors.csv\n  row 4 (line 5), account habitual"),
        "{}",
        answer.err
    );
    assert_eq!(desk.read("night.csv").lines().count(), 8);
    assert_eq!(desk.read("night.errors.csv").lines().count(), 3);
    let named = desk.run(&["--keep-going", "--errors", "aside.csv", "--json"]);
    assert_eq!(named.code, 4);
    let summary = named.json();
    assert_eq!((&summary["rows"], &summary["decisions"], &summary["errors"]), (&9.into(), &7.into(), &2.into()));
    assert!(desk.path("aside.csv").exists());
    let nowhere = desk.run(&["--keep-going", "--quiet"]);
    assert!(nowhere.err.contains("written nowhere; --errors names a file"), "{}", nowhere.err);
}

#[test]
fn files_that_cannot_be_are_told_from_files_that_cannot_be_opened() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["--out", "night.xlsx"]).code, 2);
    assert_eq!(desk.run(&["--out", "accounts.csv"]).code, 2);
    assert_eq!(desk.run(&["--out", "nowhere/night.csv"]).code, 5);
    assert_eq!(desk.run(&["--state", "none.parquet"]).code, 5);
    let elsewhere = |table| desk.answer(desk.command(&["run", "card.rhai", "--on", table]).args(NO_LAW)).code;
    assert_eq!(elsewhere("none.csv"), 5);
    assert_eq!(elsewhere("card.rhai"), 2);
    desk.write("broken.parquet", "PAR1 and nothing else");
    assert_eq!(elsewhere("broken.parquet"), 3);
}

#[test]
fn a_policy_decides_only_while_it_is_in_force() {
    let desk = Desk::new();
    desk.rewrite("version: \"3\",", "version: \"3\", from: \"2026-04-01\",");
    let answer = desk.run(&[]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("decides from 2026-04-01 on: 2026-03-31 is outside"), "{}", answer.err);
}

#[test]
fn a_quiet_run_says_nothing() {
    let answer = Desk::new().run(&["--quiet"]);
    assert_eq!((answer.code, answer.out.as_str(), answer.err.as_str()), (0, "", ""));
}
