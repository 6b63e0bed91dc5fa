//! Cases about the law: what cannot be read is refused by name and place, and never passes.

use crate::support::{one_of, printed};
use serde_json::{Value, json};

fn call() -> Value {
    let given = json!({
        "collector": "third_party", "zones": ["America/New_York"], "debts": [{ "id": "A" }],
        "history": [{ "at": "2026-11-09T10:00:00-05:00", "direction": "out", "channel": "phone", "outcome": "no_answer" }],
        "preferences": [{ "kind": "inconvenient_time", "start": "15:00" }],
        "attorney": { "contact_known": false }
    });
    let mut file = one_of("contact_permission", "US", given, json!({ "decision": "allow", "counted": 2 }));
    file["cases"][0]["proposed"] = json!({ "at": "2026-11-10T10:00:00-05:00", "channel": "phone" });
    file
}

fn count() -> Value {
    let given = json!({ "zones": ["America/New_York"], "history": [], "query": { "on": "2026-11-10" } });
    one_of("call_counting", "US", given, json!({ "counted": 0, "counted_by_debt": { "D1": 0 } }))
}

fn date() -> Value {
    let given = json!({ "initial_communication_on": "2026-11-02" });
    one_of("date_computation", "US", given, json!({ "notice_due_by": "2026-11-07" }))
}

fn message() -> Value {
    let given = json!({ "channel": "voicemail", "left_for": "debtor", "elements": ["reply_request"] });
    one_of("message_classification", "US", given, json!({ "limited_content_message": false }))
}

fn text() -> Value {
    let given = json!({ "procedure": "text", "on": "2026-11-09", "last_inbound_text_on": "2026-11-01" });
    one_of("procedure_check", "US", given, json!({ "satisfied": true }))
}

fn furnishing() -> Value {
    let given = json!({ "sends": [], "spoke_on": "2026-11-01", "furnish_on": "2026-11-02" });
    one_of("furnishing_permission", "US", given, json!({ "allowed": true }))
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
    assert!(printed.contains("t-1  A-RULE  expected: "), "{printed}");
    assert!(printed.contains(&format!("  got: {why}")), "{printed}\n{why}");
    assert!(printed.ends_with("\n0 passed, 1 failed\n"), "{printed}");
}

#[test]
fn the_cases_of_these_tests_pass_as_they_are() {
    for file in [call(), count(), date(), message(), text(), furnishing()] {
        assert!(printed(&file).ends_with("\n1 passed, 0 failed\n"), "{}", printed(&file));
    }
}

#[test]
fn an_unknown_field_is_refused_by_its_path() {
    let refused = |file: fn() -> Value, place: &str, path: &str| {
        assert_refused(&changed(file(), place, json!(1)), &format!("cases[0].{path}: unknown field `extra`"));
    };
    refused(call, "/extra", "extra");
    refused(call, "/given/extra", "given.extra");
    refused(call, "/given/history/0/extra", "given.history[0].extra");
    refused(call, "/given/attorney/extra", "given.attorney.extra");
    refused(call, "/proposed/extra", "proposed.extra");
    refused(call, "/expect/extra", "expect.extra");
    refused(count, "/given/query/extra", "given.query.extra");
    for file in [count, date, message, text, furnishing] {
        refused(file, "/given/extra", "given.extra");
        refused(file, "/expect/extra", "expect.extra");
    }
}

#[test]
fn a_word_that_is_none_is_refused_with_those_that_are() {
    let refused = |file: fn() -> Value, place: &str, path: &str, known: &str| {
        let why = format!("cases[0].{path}: unknown variant `nonsense`, expected {known}");
        assert_refused(&changed(file(), place, json!("nonsense")), &why);
    };
    refused(call, "/proposed/channel", "proposed.channel", "one of `phone`, `ringless_voicemail`, ");
    refused(call, "/given/history/0/outcome", "given.history[0].outcome", "one of `conversation`, `no_answer`, ");
    refused(call, "/given/collector", "given.collector", "one of `third_party`, `first_party`, ");
    refused(call, "/given/preferences/0/kind", "given.preferences[0].kind", "one of `inconvenient_time`, ");
    refused(call, "/expect/decision", "expect.decision", "one of `allow`, `block`, `review`");
    refused(text, "/given/procedure", "given.procedure", "`email_from_prior_collector` or `text`");
    refused(message, "/given/elements/0", "given.elements[0]", "one of `business_name_neutral`, ");
}

#[test]
fn a_debt_that_is_not_given_is_refused() {
    let unknown = |file: fn() -> Value, place: &str, path: &str, known: &str| {
        let printed = changed(file(), place, json!(["Z"]));
        assert_refused(&printed, &format!("cases[0].{path}[0]: no debt `Z` is given, only {known}"));
    };
    unknown(call, "/proposed/debts", "proposed.debts", "A");
    unknown(call, "/given/history/0/discussed", "given.history[0].discussed", "A");
    unknown(call, "/given/attorney/debts", "given.attorney.debts", "A");
    let twice = changed(call(), "/given/debts", json!([{ "id": "A" }, { "id": "A" }]));
    assert_refused(&twice, "cases[0].given.debts[1].id: a debt before it is called `A` too");
    let none = changed(call(), "/given/debts", json!([]));
    assert_refused(&none, "cases[0].given.debts: the list is empty, expected at least one debt");
    let by_debt = changed(count(), "/expect/counted_by_debt", json!({ "Z": 0 }));
    assert_refused(&by_debt, "cases[0].expect.counted_by_debt[0]: no debt `Z` is given, only D1");
}

#[test]
fn clocks_zones_and_moments_are_of_this_world() {
    let zone = changed(call(), "/given/zones", json!(["Mars/Phobos"]));
    assert_refused(&zone, "cases[0].given.zones[0]: `Mars/Phobos` is no IANA time zone");
    let nowhere = changed(count(), "/given/zones", json!([]));
    assert_refused(&nowhere, "cases[0].given.zones: the list is empty, expected at least one time zone");
    let clock = changed(call(), "/given/preferences/0/start", json!("3 pm"));
    assert_refused(
        &clock,
        "cases[0].given.preferences[0].start: `3 pm` is no time on the clock, expected one like `08:00`",
    );
    let moment = changed(call(), "/proposed/at", json!("2026-11-10"));
    assert_refused(&moment, "cases[0].proposed.at: ");
}

#[test]
fn a_case_says_all_that_its_kind_needs() {
    let mut file = call();
    file["cases"][0].as_object_mut().unwrap().remove("proposed");
    assert_refused(&printed(&file), "cases[0].proposed: missing, expected the contact to be judged");
    let proposing = changed(count(), "/proposed", json!({}));
    assert_refused(&proposing, "cases[0].proposed: only cases of the kind `contact_permission` propose a contact");
    let place = changed(call(), "/given/preferences/0/kind", json!("inconvenient_place"));
    assert_refused(&place, "cases[0].given.preferences[0].place: missing, expected `home` or `work`");
    let place = changed(call(), "/given/preferences/0/place", json!("home"));
    assert_refused(&place, "cases[0].given.preferences[0].place: belongs to an inconvenient place");
    let on = changed(text(), "/given/on", Value::Null);
    assert_refused(&on, "cases[0].given.on: missing, expected the date of the text");
    let nothing = changed(date(), "/given", json!({}));
    assert_refused(&nothing, "cases[0].given: nothing happened, expected the date of an event");
    for file in [count(), date(), message(), text(), furnishing()] {
        let nothing = "cases[0].expect: nothing is expected, so nothing can be compared";
        assert_refused(&changed(file, "/expect", json!({})), nothing);
    }
}

#[test]
fn a_case_about_the_law_needs_a_jurisdiction_that_has_some() {
    let mut file = call();
    file["jurisdiction"] = json!("ZZ");
    assert_refused(&printed(&file), "jurisdiction: no pack that is shipped binds in `ZZ`");
    file["jurisdiction"] = Value::Null;
    assert_refused(&printed(&file), "jurisdiction: cases of the kind `contact_permission` need one");
    let mut elsewhere = count();
    elsewhere["jurisdiction"] = json!("JP");
    assert_refused(&printed(&elsewhere), "jurisdiction: no pack that is shipped counts in `JP`");
}

#[test]
fn a_number_of_attempts_that_no_bank_may_set_is_refused() {
    let review = json!({ "review_after": { "window_days": 0, "attempts": 3 } });
    assert_refused(&changed(call(), "/given/policy", review), "cases[0].given.policy.review_after: ");
}
