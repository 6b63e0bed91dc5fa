//! `arrears test --coverage` and `--junit`.

use crate::support::{Desk, golden};
use quick_junit::{Report, TestCaseStatus};

#[test]
fn what_the_tests_exercise_is_counted_and_tests_are_proposed() {
    let answer = Desk::new().arrears(&["test", "card.rhai", "--coverage"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("coverage.txt", &answer.out);
}

#[test]
fn a_proposed_test_can_be_put_into_the_policy_as_it_is() {
    let desk = Desk::new();
    let json = desk.arrears(&["test", "card.rhai", "--coverage", "--json"]).json();
    assert_eq!(json["coverage"]["format"], "arrears-coverage/1");
    let proposed = json["coverage"]["suggestions"].as_array().unwrap().clone();
    assert!(!proposed.is_empty());
    let mut policy = desk.read("card.rhai");
    for test in &proposed {
        policy.push_str(test["test"].as_str().unwrap());
        policy.push('\n');
    }
    desk.write("card.rhai", &policy);
    let answer = desk.arrears(&["test", "card.rhai"]);
    assert_eq!((answer.code, answer.out), (0, format!("{} passed, 0 failed\n", 3 + proposed.len())));
}

#[test]
fn a_table_exercises_the_policy_too() {
    let table = ["--coverage", "--on", "accounts.csv", "--as-of", "2026-03-31", "--no-law", "a test"];
    let answer = Desk::new().arrears(&[&["test", "card.rhai"], &table[..]].concat());
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    golden("coverage_table.txt", &answer.out);
    let alone = Desk::new().arrears(&["test", "card.rhai", "--on", "accounts.csv", "--as-of", "2026-03-31"]);
    assert_eq!(alone.code, 2);
}

#[test]
fn a_build_server_reads_every_test_back_whatever_its_name_is() {
    let desk = Desk::new();
    desk.rewrite("a forgetful person gets a text", "<b> & 'c' ]]> \\x1b[31m");
    desk.rewrite("action: \"sms\"", "action: \"phone\"");
    desk.rewrite("stops: [\"contact\", \"enforcement\"] };", "stops: [\"enforcement\"] };");
    let answer = desk.arrears(&["test", "card.rhai", "--junit", "tests.xml"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    let report = Report::deserialize_from_str(&desk.read("tests.xml")).unwrap();
    let suite = &report.test_suites[0];
    assert_eq!((suite.tests, suite.failures, suite.name.as_str()), (3, 2, "card 3"));
    let cases: Vec<(&str, bool)> = suite
        .test_cases
        .iter()
        .map(|case| (case.name.as_str(), matches!(case.status, TestCaseStatus::Success { .. })))
        .collect();
    assert_eq!(
        cases,
        [
            ("<b> & 'c' ]]> ", false),
            ("a text is followed by a rest, not by a call", true),
            ("nobody is called about a disputed debt", false),
        ]
    );
    let TestCaseStatus::NonSuccess { description, ty, .. } = &suite.test_cases[0].status else { panic!("it failed") };
    assert_eq!(ty.as_deref(), Some("test"));
    let description = description.as_deref().unwrap();
    assert!(description.contains("card.rhai:32:6\nexpected action \"phone\", found \"sms\""), "{description}");
}
