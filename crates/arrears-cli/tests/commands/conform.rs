//! `arrears conform`: the cases of a conformance suite.

use crate::support::Desk;

/// A suite file of two cases, the second of which expects a day too many.
const SUITE: &str = r#"{
  "format": "arrears-conformance/1", "kind": "ageing", "jurisdiction": null, "about": "A test.",
  "cases": [
    { "id": "a-1", "rule": "AGEING-BASIC", "title": "One day late",
      "given": { "policy": { "grace_days": 0, "buckets": [] }, "schedule": [{ "due_on": "2026-01-15", "amount": "9.50" }],
                 "timeline": [] },
      "expect": [{ "on": "2026-01-16", "past_due_days": 1 }], "source": "none", "basis": "derived", "certainty": "high" },
    { "id": "a-2", "rule": "AGEING-BASIC", "title": "Two days late",
      "given": { "policy": { "grace_days": 0, "buckets": [] }, "schedule": [{ "due_on": "2026-01-15", "amount": "9.50" }],
                 "timeline": [] },
      "expect": [{ "on": "2026-01-17", "past_due_days": 3, "overdue_amount": "9.5" }], "source": "none",
      "basis": "derived", "certainty": "high" }
  ]
}"#;

#[test]
fn a_case_that_fails_has_a_line_and_the_last_line_counts() {
    let desk = Desk::new();
    desk.write("suite.json", SUITE);
    let answer = desk.arrears(&["conform", "suite.json"]);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (
            1,
            "a-2  AGEING-BASIC  expected: on 2026-01-17 past_due_days 3  got: on 2026-01-17 past_due_days 2\n\
             1 passed, 1 failed\n"
        )
    );
    let json = desk.arrears(&["conform", "suite.json", "--json"]).json();
    assert_eq!((&json["passed"], &json["failed"]), (&1.into(), &1.into()));
    assert_eq!(json["cases"][1]["differences"][0]["got"], 2);
}

#[test]
fn cases_that_all_hold_end_well() {
    let desk = Desk::new();
    desk.write("suite.json", &SUITE.replace("\"past_due_days\": 3", "\"past_due_days\": 2"));
    let answer = desk.arrears(&["conform", "suite.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "2 passed, 0 failed\n"));
}

#[test]
fn a_file_that_is_no_suite_file_ends_badly_and_the_others_are_decided() {
    let desk = Desk::new();
    desk.write("suite.json", &SUITE.replace("\"past_due_days\": 3", "\"past_due_days\": 2"));
    desk.write("other.json", &SUITE.replace("conformance/1", "conformance/9"));
    let answer = desk.arrears(&["conform", "suite.json", "none.json", "other.json"]);
    assert_eq!((answer.code, answer.out.as_str()), (2, "2 passed, 0 failed\n"));
    assert!(answer.err.contains("error: none.json: "), "{}", answer.err);
    assert!(answer.err.contains("other.json: format: found `arrears-conformance/9`"), "{}", answer.err);
    let json = desk.arrears(&["conform", "suite.json", "none.json", "--json"]).json();
    assert_eq!((&json["error"]["exit"], &json["error"]["passed"]), (&2.into(), &2.into()));
    assert_eq!(json["error"]["files"].as_array().unwrap().len(), 1);
}
