//! What is not read is refused by name and place, and never passes.

use crate::support::{file, one, printed};
use arrears_conform::read;
use serde_json::{Value, json};

fn ageing() -> Value {
    let given = json!({
        "policy": { "grace_days": 0, "buckets": [{ "name": "A", "min_days": 1, "max_days": null }] },
        "schedule": [{ "due_on": "2026-01-15", "amount": "100.00" }],
        "timeline": [{ "event": "payment", "on": "2026-01-20", "amount": "40.00" }]
    });
    one("ageing", given, json!([{ "on": "2026-01-20", "past_due_days": 5 }]))
}

fn ladder() -> Value {
    let given = json!({
        "policy": { "default_state": "D", "states": [{ "name": "S", "when": { "unpaid_count_at_least": 1 } }] },
        "timeline": [{ "seq": 1, "on": "2026-01-15", "event": "invoice", "invoice": "I", "amount": "100.00" }]
    });
    one("ladder", given, json!([{ "on": "2026-01-20", "state": "S" }]))
}

/// What is printed of a file with one value in the place of another, or with one more.
fn changed(mut file: Value, place: &str, value: Value) -> String {
    let (parent, key) = place.rsplit_once('/').unwrap();
    match file["cases"][0].pointer_mut(parent).unwrap() {
        Value::Object(fields) => {
            fields.insert(key.to_owned(), value);
        }
        list => list[key.parse::<usize>().unwrap()] = value,
    }
    printed(&file)
}

fn assert_refused(printed: &str, why: &str) {
    assert!(printed.starts_with("t-1  A-RULE  expected: "), "{printed}");
    assert!(printed.contains(&format!("  got: {why}")), "{printed}\n{why}");
    assert!(printed.ends_with("\n0 passed, 1 failed\n") && printed.lines().count() == 2, "{printed}");
}

#[test]
fn the_cases_of_these_tests_pass_as_they_are() {
    assert_eq!(printed(&ageing()), "1 passed, 0 failed\n");
    assert_eq!(printed(&ladder()), "1 passed, 0 failed\n");
}

#[test]
fn an_unknown_field_is_refused_by_its_path() {
    let refused = |file: fn() -> Value, place: &str, path: &str| {
        assert_refused(&changed(file(), place, json!(1)), &format!("cases[0].{path}: unknown field `extra`"));
    };
    refused(ageing, "/extra", "extra");
    refused(ageing, "/given/extra", "given.extra");
    refused(ageing, "/given/policy/buckets/0/extra", "given.policy.buckets[0].extra");
    refused(ageing, "/given/timeline/0/extra", "given.timeline[0].extra");
    refused(ladder, "/given/policy/states/0/when/extra", "given.policy.states[0].when.extra");
    refused(ladder, "/given/timeline/0/extra", "given.timeline[0].extra");
}

#[test]
fn an_unknown_key_of_expect_is_an_error_and_no_pass() {
    for file in [ageing, ladder] {
        let printed = changed(file(), "/expect/0/extra", json!(1));
        assert_refused(&printed, "cases[0].expect[0].extra: unknown field `extra`, expected one of `on`, ");
    }
}

#[test]
fn a_case_that_expects_nothing_does_not_pass() {
    for file in [ageing, ladder] {
        let nothing = "cases[0].expect: nothing is expected, so nothing can be compared";
        assert_refused(&changed(file(), "/expect", json!([])), nothing);
        assert_refused(&changed(file(), "/expect", json!([{ "on": "2026-01-20" }])), nothing);
    }
}

#[test]
fn an_amount_is_a_text_and_a_date_is_of_the_calendar() {
    let number = changed(ageing(), "/given/schedule/0/amount", json!(100.0));
    assert_refused(&number, "cases[0].given.schedule[0].amount: invalid type: floating point `100.0`");
    let no_day = changed(ladder(), "/given/timeline/0/on", json!("2026-02-30"));
    assert_refused(&no_day, "cases[0].given.timeline[0].on: ");
    let fine = changed(ageing(), "/given/schedule/0/amount", json!("100.0001"));
    assert_refused(&fine, "cases[0].given: the amount 100.0001 has more decimals than any currency");
}

#[test]
fn an_event_has_its_own_fields_and_no_others() {
    let tag = changed(ladder(), "/given/timeline/0/tag", json!("T"));
    assert_refused(&tag, "cases[0].given.timeline: seq 1: expected `invoice`, `amount` and perhaps `draft`");
    let unknown = changed(ladder(), "/given/timeline/0/event", json!("invoiced"));
    assert_refused(
        &unknown,
        "cases[0].given.timeline[0].event: unknown variant `invoiced`, expected one of `invoice`, ",
    );
    let end = changed(ageing(), "/given/timeline/0/end", json!("2026-02-01"));
    assert_refused(&end, "cases[0].given.timeline[0]: expected `on` and `amount`, and nothing else");
}

#[test]
fn what_was_never_sent_cannot_be_paid() {
    let paid = json!({ "seq": 1, "on": "2026-01-15", "event": "paid", "invoice": "J" });
    let printed = changed(ladder(), "/given/timeline/0", paid);
    assert_refused(&printed, "cases[0].given.timeline: seq 1: no invoice `J` was sent before");
}

#[test]
fn a_ladder_has_a_timeline_or_facts_and_not_both() {
    let facts = json!({
        "unpaid_count": 1, "unpaid_balance": "1", "oldest_unpaid_on": null, "last_failure": null, "tags": []
    });
    let both = changed(ladder(), "/given/facts", facts.clone());
    assert_refused(&both, "cases[0].given: expected either `timeline` or `facts`");
    let mut left_out = facts;
    left_out.as_object_mut().unwrap().remove("last_failure");
    let given = json!({ "policy": { "default_state": "D", "states": [] }, "facts": left_out });
    assert_refused(&changed(ladder(), "/given", given), "cases[0].given.facts: missing field `last_failure`");
}

#[test]
fn a_kind_that_is_not_read_yet_fails_in_all_its_cases() {
    let mut file = file("legal-elements.cn.card.json");
    file["kind"] = json!("late_fees");
    let cases = file["cases"].as_array().unwrap().len();
    let printed = printed(&file);
    let not_yet = "got: cases of the kind `late_fees` are not read yet, only ageing, ladder, contact_permission, ";
    assert_eq!(printed.lines().filter(|line| line.contains(not_yet)).count(), cases);
    assert!(printed.ends_with(&format!("\n0 passed, {cases} failed\n")), "{printed}");
}

#[test]
fn an_id_stands_once_over_all_files() {
    let mut file = ladder();
    let case = file["cases"][0].clone();
    file["cases"].as_array_mut().unwrap().push(case);
    let printed = printed(&file);
    assert!(printed.contains("got: cases[1].id: the case in cases[0] of test.json has the same id"), "{printed}");
    assert!(printed.ends_with("\n1 passed, 1 failed\n"), "{printed}");
}

#[test]
fn a_file_that_is_no_suite_file_is_not_read() {
    let why = |text: &str| read("f.json", text).unwrap_err().to_string();
    assert!(why("{").starts_with("f.json: EOF while parsing"));
    assert!(why("{}").contains("missing field `format`"));
    assert_eq!(
        why(&ladder().to_string().replace("conformance/1", "conformance/2")),
        "f.json: format: found `arrears-conformance/2`, expected `arrears-conformance/1`"
    );
    let twice = ladder().to_string().replace("\"state\":\"S\"", "\"state\":\"S\",\"state\":\"T\"");
    assert!(
        why(&twice).starts_with("f.json: the field `state` stands twice in one object: keep one of them at line 1")
    );
    let mut beside = ladder();
    beside["extra"] = json!(1);
    assert!(why(&beside.to_string()).starts_with("f.json: extra: unknown field `extra`"));
    let mut none = ladder();
    none["cases"] = json!([]);
    assert_eq!(why(&none.to_string()), "f.json: cases: the list is empty, expected at least one case");
}
