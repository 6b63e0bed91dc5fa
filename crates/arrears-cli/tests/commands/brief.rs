//! `arrears brief`: what to say to one person, and cases to practise on.

use crate::support::{Answer, Desk, NO_LAW, example, golden};

const HOUSE: &str = r#"{
    "format": "arrears-house/1",
    "voices": {
        "en": {"creditor": "Harbour Bank", "speaker": "Li Na"},
        "zh": {"creditor": "海港银行", "speaker": "李娜"}
    }
}"#;

/// A brief for an account of the example histories, in the words of the example house.
fn staller(more: &[&str]) -> Answer {
    let (policy, history) = (example("policies/cn-card.rhai"), example("data/histories/staller.json"));
    let (house, terms) = (example("words/house-cn.json"), example("terms/cn-card.json"));
    let conventions = example("data/histories/conventions.json");
    let given = ["--history", &history, "--conventions", &conventions, "--terms", &terms, "--house", &house];
    let desk = Desk::new();
    desk.answer(desk.command(&["brief", &policy]).args(given).args(["--no-law", "a test"]).args(more))
}

#[test]
fn a_brief_takes_its_amounts_from_the_statement_of_a_history() {
    for language in ["en", "zh"] {
        let answer = staller(&["--as-of", "2026-03-03", "--language", language]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        golden(&format!("brief.{language}.txt"), &answer.out);
    }
}

#[test]
fn the_language_is_that_of_the_house_where_none_is_asked_for() {
    let brief = staller(&["--as-of", "2026-03-03", "--json"]).json();
    assert_eq!(brief["brief"]["language"], "zh");
    assert_eq!(brief["decision"]["action"], "phone");
    assert!(brief["brief"]["seconds"].as_u64().unwrap() <= 90);
}

#[test]
fn a_brief_takes_its_amounts_from_the_facts_of_a_row_and_says_what_else_is_told() {
    let desk = Desk::new();
    desk.write("house.json", HOUSE);
    desk.write(
        "told.json",
        r#"{"format": "arrears-told/1", "currency": "GBP", "name": "Mr Wang", "product": "store card", "offers": [
            {"name": "Two payments", "payments": 2, "payment": "20.00", "first_on": "2026-04-15", "total": "40.00", "cost": "0"}]}"#,
    );
    let given =
        ["--on", "accounts.csv", "--account", "forgetful", "--house", "house.json", "--told", "told.json", "--json"];
    let answer = desk.answer(desk.command(&["brief", "card.rhai"]).args(NO_LAW).args(given));
    assert_eq!(answer.code, 0, "{}", answer.err);
    let brief = answer.json()["brief"].clone();
    assert_eq!(
        brief["opening"],
        "I am calling about GBP 40.00, to be paid by 31 March 2026, on your store card; I call for Harbour Bank."
    );
    assert_eq!(
        brief["offers"][0],
        "Two payments: 2 payments of GBP 20.00, the first on 15 April 2026, GBP 40.00 in all."
    );
    assert!(brief["identity"].as_str().unwrap().contains("Am I speaking with Mr Wang?"));
}

#[test]
fn nothing_is_asked_of_an_account_of_which_nothing_is_overdue() {
    let given = ["--on", "accounts.csv", "--account", "on-time", "--json"];
    let desk = Desk::new();
    let answer = desk.answer(desk.command(&["brief", "card.rhai"]).args(NO_LAW).args(given));
    assert_eq!(answer.code, 0, "{}", answer.err);
    let brief = answer.json()["brief"].clone();
    assert_eq!((brief["asks"].as_bool(), brief["in_person"].as_bool()), (Some(false), Some(false)));
    assert!(brief["opening"].as_str().unwrap().contains("Nothing is asked of you"));
}

#[test]
fn a_brief_that_is_too_long_or_in_a_language_that_nobody_speaks_is_refused() {
    let desk = Desk::new();
    desk.write("house.json", &HOUSE.replace("\"voices\"", "\"most_seconds\": 5, \"voices\""));
    let given = ["--on", "accounts.csv", "--account", "forgetful", "--house", "house.json"];
    let answer = desk.answer(desk.command(&["brief", "card.rhai"]).args(NO_LAW).args(given));
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("forgetful: there is no brief:\n  takes "), "{}", answer.err);
    desk.write("house.json", r#"{"format": "arrears-house/1", "voices": {"en": {"creditor": "Harbour Bank"}}}"#);
    let answer = desk.answer(desk.command(&["brief", "card.rhai"]).args(NO_LAW).args(given).args(["--language", "zh"]));
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("nobody of the house speaks `zh`: expected one of en"), "{}", answer.err);
}

#[test]
fn everything_that_is_wrong_with_a_house_is_said_with_its_place() {
    let desk = Desk::new();
    desk.write("house.json", r#"{"format": "arrears-house/1", "voices": {"en": {}}, "most_second": 5}"#);
    let given = ["--on", "accounts.csv", "--account", "forgetful", "--house", "house.json"];
    let answer = desk.answer(desk.command(&["brief", "card.rhai"]).args(NO_LAW).args(given));
    assert_eq!(answer.code, 2);
    for fault in [
        "house.json: 2 problems",
        "voices.en.creditor: missing",
        "most_second: unknown field (did you mean `most_seconds`?)",
    ] {
        assert!(answer.err.contains(fault), "{}", answer.err);
    }
}

#[test]
fn a_case_to_practise_on_is_an_account_that_the_policy_takes_for_the_type() {
    let (policy, house) = (example("policies/cn-card.rhai"), example("words/house-cn.json"));
    let desk = Desk::new();
    let given = ["--practice", "--as-of", "2026-11-27", "--no-law", "practice", "--house", &house];
    let practise = |more: &[&str]| desk.answer(desk.command(&["brief", &policy]).args(given).args(more));
    let answer = practise(&["--type", "bluffing", "--language", "en"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("practice.en.txt", &answer.out);
    let all = practise(&["--json"]).json();
    let types: Vec<&str> =
        all["scenarios"].as_array().unwrap().iter().map(|one| one["debtor_type"].as_str().unwrap()).collect();
    assert!(types.len() == 11 && types[0] == "protected", "{types:?}");
    let answer = practise(&["--type", "blufing"]);
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("the policy has no debtor type `blufing` (did you mean `bluffing`?)"),
        "{}",
        answer.err
    );
}
