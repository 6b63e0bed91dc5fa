//! `arrears test`: the policy's own tests.

use crate::support::{Desk, golden};

#[test]
fn tests_and_promises_that_hold_are_counted() {
    let answer = Desk::new().arrears(&["test", "card.rhai"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "3 passed, 0 failed\n"));
}

#[test]
fn a_failure_says_what_was_expected_and_found_at_its_line() {
    let desk = Desk::new();
    desk.rewrite("debtor_type: \"forgetful\", action: \"sms\"", "debtor_type: \"habitual\", action: \"phone\"");
    let answer = desk.arrears(&["test", "card.rhai"]);
    assert_eq!(answer.code, 1);
    golden("test_failure.txt", &answer.out);
}

#[test]
fn a_broken_promise_is_shown_with_an_account_that_breaks_it() {
    let desk = Desk::new();
    desk.rewrite("stops: [\"contact\", \"enforcement\"] };", "stops: [\"enforcement\"] };");
    let answer = desk.arrears(&["test", "card.rhai"]);
    assert_eq!(answer.code, 1);
    assert!(answer.out.contains("nobody is called about a disputed debt"), "{}", answer.out);
    assert!(answer.out.contains("an account that breaks it: dispute is true"), "{}", answer.out);
    assert!(answer.out.ends_with("2 passed, 1 failed\n"), "{}", answer.out);
    let json = desk.arrears(&["test", "card.rhai", "--json"]).json();
    assert_eq!((&json["passed"], &json["failed"]), (&2.into(), &1.into()));
    assert_eq!(json["invariants"][0]["passed"], false);
    assert_eq!(json["invariants"][0]["place"]["line"], 38);
}

#[test]
fn a_policy_with_problems_is_not_tested() {
    let desk = Desk::new();
    desk.rewrite("when dispute #{", "when disput #{");
    let answer = desk.arrears(&["test", "card.rhai"]);
    assert_eq!((answer.code, answer.out.as_str()), (1, ""));
    assert!(answer.err.contains("unknown fact `disput`"), "{}", answer.err);
    assert!(answer.err.ends_with("error: card.rhai cannot be used: 1 problem\n"), "{}", answer.err);
}
