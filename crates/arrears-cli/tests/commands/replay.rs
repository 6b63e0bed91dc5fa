//! `arrears run --log` and `arrears replay`: decisions that are proved by deciding again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::support::{Answer, Desk, golden};
use serde_json::Value;

/// A run with its record; the policy is then moved into an archive, among others.
fn logged(desk: &Desk, decisions: &str, more: &[&str]) {
    let answer = desk.run(&[&["--out", decisions, "--log", "night.json", "--quiet"], more].concat());
    assert!([0, 4].contains(&answer.code), "{}", answer.err);
    std::fs::create_dir_all(desk.path("archive")).unwrap();
    desk.write("archive/other.rhai", &desk.read("card.rhai").replace("dpd > 30", "dpd > 45"));
    desk.write("archive/kept.rhai", &desk.read("card.rhai"));
}

fn replay(desk: &Desk, more: &[&str]) -> Answer {
    desk.arrears(&[&["replay", "night.json", "--policies", "archive"], more].concat())
}

#[test]
fn decisions_are_made_again_from_their_record_and_are_equal() {
    for decisions in ["night.csv", "night.parquet"] {
        let desk = Desk::new();
        logged(&desk, decisions, &[]);
        let answer = replay(&desk, &[]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{decisions}");
        assert!(answer.out.ends_with("9 decisions equal\n"), "{}", answer.out);
        assert!(answer.out.contains("kept.rhai"), "{}", answer.out);
    }
}

#[test]
fn a_record_names_every_file_by_its_hash_and_says_how_was_decided() {
    let desk = Desk::new();
    logged(&desk, "night.csv", &["--set", "floor=30", "--state-out", "state.csv"]);
    let mut record: Value = serde_json::from_str(&desk.read("night.json")).unwrap();
    // The version of the time zones is not that of this program.
    let time_zones = record.as_object_mut().unwrap().remove("time_zones");
    assert!(time_zones.is_some_and(|version| version.as_str().is_some_and(|version| version.starts_with("20"))));
    golden("run_log.json", &format!("{}\n", serde_json::to_string_pretty(&record).unwrap()));
}

#[test]
fn a_policy_is_found_by_what_decides_whatever_its_text_looks_like() {
    let desk = Desk::new();
    logged(&desk, "night.parquet", &[]);
    let policy = desk.read("card.rhai").replace("version: \"3\"", "version: \"3a\"");
    let other = policy.replace('\n', "\r\n").replace("stage \"firm\"", "// the second stage\r\nstage    \"firm\"");
    desk.write("archive/kept.rhai", &other.replace("dpd > 30", "dpd>30"));
    let answer = replay(&desk, &["--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert_eq!((&answer.json()["equal"], &answer.json()["policies"][0]["version"]), (&9.into(), &"3a".into()));
}

#[test]
fn a_byte_that_was_altered_in_the_decisions_is_shown_in_its_row_and_column() {
    let desk = Desk::new();
    logged(&desk, "night.csv", &[]);
    let night = desk.read("night.csv");
    desk.write("night.csv", &night.replacen("gentle text", "gentle test", 1));
    let answer = replay(&desk, &[]);
    assert_eq!(answer.code, 1);
    golden("replay_differs.txt", &answer.out);
    // Without the record the cell is found all the same.
    let alone = ["replay", "night.csv", "--policies", "archive", "--on", "accounts.csv", "--json"];
    let answer = desk.arrears(&[&alone[..], &crate::support::NO_LAW].concat());
    assert_eq!(answer.code, 1);
    let found = answer.json();
    assert_eq!((&found["differing"], &found["altered"]), (&1.into(), &Value::Null));
    let first = &found["first"][0];
    assert_eq!((&first["row"], &first["line"], &first["account_id"]), (&2.into(), &3.into(), &"forgetful".into()));
    assert_eq!((&first["column"], &first["decided"]), (&"treatment".into(), &"gentle text".into()));
}

#[test]
fn a_byte_that_changes_no_decision_is_found_by_the_hash_of_the_file() {
    let desk = Desk::new();
    logged(&desk, "night.csv", &[]);
    desk.write("night.csv", &desk.read("night.csv").replacen('\n', "\r\n", 1));
    let answer = replay(&desk, &[]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.contains("night.csv (decisions): is not the file of the record"), "{}", answer.out);
    assert!(answer.out.ends_with("9 decisions equal\n"), "{}", answer.out);
}

#[test]
fn every_file_that_was_changed_is_named_before_anything_is_decided() {
    let desk = Desk::new();
    desk.write("map.toml", "[columns]\ndpd = \"dpd\"\n");
    logged(&desk, "night.csv", &["--columns", "map.toml"]);
    desk.reenter("late,75", "late,76");
    std::fs::remove_file(desk.path("map.toml")).unwrap();
    let answer = replay(&desk, &[]);
    assert_eq!((answer.code, answer.out.as_str()), (5, ""));
    assert!(answer.err.contains("accounts.csv (accounts): is not the file of the record: it has"), "{}", answer.err);
    assert!(answer.err.contains("map.toml: cannot be opened"), "{}", answer.err);
}

#[test]
fn files_that_were_moved_are_named_and_must_be_the_same() {
    let desk = Desk::new();
    logged(&desk, "night.csv", &[]);
    std::fs::rename(desk.path("accounts.csv"), desk.path("archive/accounts.csv")).unwrap();
    std::fs::rename(desk.path("night.csv"), desk.path("archive/night.csv")).unwrap();
    assert_eq!(replay(&desk, &[]).code, 5);
    let moved = ["--on", "archive/accounts.csv", "--decisions", "archive/night.csv"];
    assert_eq!(replay(&desk, &moved).code, 0);
}

#[test]
fn where_no_policy_has_the_hash_those_that_are_there_are_listed() {
    let desk = Desk::new();
    logged(&desk, "night.csv", &[]);
    std::fs::remove_file(desk.path("archive/kept.rhai")).unwrap();
    desk.write("archive/broken.rhai", "policy");
    let answer = replay(&desk, &[]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("archive: no policy has the hash "), "{}", answer.err);
    assert!(answer.err.contains("other.rhai: `card` 3, hash "), "{}", answer.err);
    assert!(answer.err.contains("broken.rhai: it is no policy, or has problems"), "{}", answer.err);
}

#[test]
fn thresholds_state_and_rows_set_aside_are_as_they_were() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["--state-out", "state.csv", "--quiet"]).code, 0);
    desk.reenter("habitual,12", "habitual,-12");
    let more = ["--set", "floor=50", "--state", "state.csv", "--state-out", "next.csv", "--keep-going", "--no-review"];
    logged(&desk, "night.parquet", &more);
    let answer = replay(&desk, &["--json"]);
    assert_eq!((answer.code, &answer.json()["equal"]), (0, &8.into()), "{}", answer.err);
    // A state that was written over is no longer the one that was read.
    desk.write("state.csv", &desk.read("next.csv").replace("2026-03-31", "2026-03-30"));
    let answer = replay(&desk, &[]);
    assert!(answer.code == 5 && answer.err.contains("state.csv (state)"), "{}", answer.err);
}

#[test]
fn a_run_over_a_folder_is_replayed_with_every_policy_of_it() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("both")).unwrap();
    let policy = desk.read("card.rhai");
    let head = "zone: \"Europe/London\" };";
    for (name, applies) in [("late", "dpd > 30"), ("early", "dpd <= 30")] {
        let own = policy.replace("policy \"card\"", &format!("policy \"{name}\""));
        desk.write(&format!("both/{name}.rhai"), &own.replace(head, &format!("{head}\napplies when {applies};")));
    }
    let run = ["run", "both", "--on", "accounts.csv", "--out", "night.csv", "--log", "night.json", "--quiet"];
    let answer = desk.arrears(&[&run[..], &crate::support::NO_LAW].concat());
    assert_eq!(answer.code, 0, "{}", answer.err);
    let answer = desk.arrears(&["replay", "night.json", "--policies", "both", "--json"]);
    let found = answer.json();
    assert_eq!((answer.code, &found["equal"]), (0, &9.into()), "{}", answer.err);
    assert_eq!(found["policies"].as_array().unwrap().len(), 2);
    let alone = ["replay", "night.csv", "--policies", "both", "--on", "accounts.csv"];
    assert_eq!(desk.arrears(&[&alone[..], &crate::support::NO_LAW].concat()).code, 0);
}

#[test]
fn the_shipped_law_is_found_again_and_another_is_refused() {
    let desk = Desk::new();
    let policy =
        desk.read("card.rhai").replace("zone: \"Europe/London\"", "zone: \"Europe/London\", jurisdiction: \"GB\"");
    desk.write("card.rhai", &policy);
    std::fs::create_dir_all(desk.path("archive")).unwrap();
    desk.write("archive/kept.rhai", &policy);
    let run = ["run", "card.rhai", "--on", "accounts.csv", "--as-of", "2026-03-31", "--quiet", "--keep-going"];
    let answer = desk.arrears(&[&run[..], &["--out", "night.csv", "--log", "night.json"]].concat());
    assert!([0, 4].contains(&answer.code), "{}", answer.err);
    assert_eq!(replay(&desk, &[]).code, 0, "{}", replay(&desk, &[]).err);
    let mut record: Value = serde_json::from_str(&desk.read("night.json")).unwrap();
    record["law"]["packs"][0]["hash"] = "0".repeat(64).into();
    desk.write("night.json", &record.to_string());
    let answer = replay(&desk, &[]);
    assert!(answer.code == 2 && answer.err.contains("of the record has hash 0000"), "{}", answer.err);
}

#[test]
fn a_record_that_is_none_is_refused_with_everything_that_is_wrong() {
    let desk = Desk::new();
    logged(&desk, "night.csv", &[]);
    let whole = desk.read("night.json");
    for (text, said) in [
        (whole.replacen('}', "", 1), "not a JSON document"),
        (whole.replace("\"as_of\": \"2026-03-31\"", "\"as_of\": \"31.3.\", \"hashes\": 1"), "hashes: unknown field"),
        (whole.replace("\"what\": \"accounts\"", "\"what\": \"account\""), "read[0].what: found \"account\""),
    ] {
        desk.write("night.json", &text);
        let answer = replay(&desk, &[]);
        assert!(answer.code == 2 && answer.err.contains(said), "{said}: {}", answer.err);
    }
    desk.write("night.csv", "account_id,stage,actoin\na,firm,sms\n");
    let alone = ["replay", "night.csv", "--policies", "archive", "--on", "accounts.csv"];
    let answer = desk.arrears(&[&alone[..], &crate::support::NO_LAW].concat());
    assert_eq!(answer.code, 3);
    assert!(answer.err.contains("it has no column `action` (did you mean `actoin`?)"), "{}", answer.err);
    assert!(answer.err.contains("it has no column `policy_hash`"), "{}", answer.err);
}

#[test]
fn a_record_takes_the_place_of_nothing_else() {
    let desk = Desk::new();
    for taken in ["accounts.csv", "state.json", "night.txt"] {
        let answer = desk.run(&["--out", "night.csv", "--log", taken, "--state-out", "state.json"]);
        assert_eq!(answer.code, 2, "{taken}: {}", answer.err);
    }
    assert!(!desk.path("night.csv").exists());
}
