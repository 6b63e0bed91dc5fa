//! Cases as JSON documents: what is read, and what is said of those that cannot be, as golden files in
//! `bad_cases`. `ARREARS_BLESS=1` writes them anew.

use arrears::guardrail::{Answer, Inquiry, Trouble};
use arrears::{Law, Pack};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_cases");
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "json"));
    found.sort();
    found
}

fn troubles(path: &Path) -> Vec<Trouble> {
    Inquiry::from_json(&fs::read_to_string(path).unwrap()).unwrap_err()
}

/// A case in which every field that there is has a value.
fn whole() -> Value {
    let at = "2026-03-30T10:15:00-04:00";
    let contact = json!({
        "at": at, "direction": "out", "channel": "phone", "outcome": "no_answer", "recipient": "debtor", "person": "Ann",
        "debts": ["A-1"], "discussed": ["A-1"], "allocated_to": ["A-1"], "number": "1", "number_kind": "mobile",
        "address": "a", "address_kind": "personal", "purpose": "demand", "content": "collection",
        "opt_out_notice": true, "reply_to": at, "same_call": true, "reason": "own_offer",
        "repeat_reason": "requested_by_person", "debtor_at": "home", "active_session": false, "returned_on": "2026-04-02",
    });
    let mut proposed = contact.clone();
    proposed.as_object_mut().unwrap().remove("outcome");
    proposed["at"] = json!("2026-03-31T10:15:00-04:00");
    json!({
        "standing": {
            "jurisdiction": "US-NY", "zones": ["America/New_York", "America/Denver"],
            "debts": [{ "id": "A-1", "product": "card", "account_number": "9", "facts": { "dpd": 40 } }],
            "contacts": [contact],
            "preferences": [{ "kind": "inconvenient_time", "weekdays": ["Mon"], "from": "08:00", "to": "09:30", "until": "2026-12-31" }],
            "consents": [{
                "kind": "contact_time", "given_at": at, "given_to": "collector", "withdrawn_at": at, "weekdays": ["Sun"],
                "from": "20:00", "to": "22:00", "only_on": "2026-04-01", "until": "2026-04-30", "address": "a",
            }],
            "refusals": [{ "at": at, "channels": ["sms", "email"], "number": "1", "address": "a" }],
            "wrong_numbers": [{ "number": "2", "learned_at": at }],
            "spells": [{ "fact": "dispute", "from": "2026-03-01", "to": at, "debts": ["A-1"] }],
            "events": { "written_notice": "2026-03-01", "validation_notice": null },
            "facts": { "collector": "third_party", "deceased": false },
        },
        "proposed": proposed,
        "now": "2026-03-31T10:00:00-04:00",
    })
}

#[test]
fn every_mistake_is_named_with_its_place_what_was_found_and_what_was_expected() {
    let mut differ = Vec::new();
    for path in documents() {
        let found: String = troubles(&path).iter().map(|trouble| format!("{trouble}\n")).collect();
        let golden = path.with_extension("txt");
        if std::env::var_os("ARREARS_BLESS").is_some() {
            fs::write(&golden, &found).unwrap();
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if wanted != found {
            differ.push(format!("{}\n--- wanted\n{wanted}\n--- found\n{found}", path.display()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn what_is_written_is_what_was_read() {
    let whole = whole();
    let inquiry = Inquiry::from_json(&whole.to_string()).unwrap();
    assert_eq!(serde_json::to_value(&inquiry).unwrap(), whole);
    let again = serde_json::to_string(&inquiry).unwrap();
    assert_eq!(Inquiry::from_json(&again).unwrap(), inquiry);
}

#[test]
fn every_field_of_the_published_schema_is_read_and_no_other() {
    let schema: Value = serde_json::from_str(include_str!("../../schema/case-1.schema.json")).unwrap();
    let whole = whole();
    let standing = &whole["standing"];
    for (kind, told) in [
        ("Standing", standing),
        ("Debt", &standing["debts"][0]),
        ("Contact", &standing["contacts"][0]),
        ("Preference", &standing["preferences"][0]),
        ("Consent", &standing["consents"][0]),
        ("Refusal", &standing["refusals"][0]),
        ("WrongNumber", &standing["wrong_numbers"][0]),
        ("Spell", &standing["spells"][0]),
    ] {
        let mut named: Vec<&String> = schema["$defs"][kind]["properties"].as_object().unwrap().keys().collect();
        let mut told: Vec<&String> = told.as_object().unwrap().keys().collect();
        named.sort();
        told.sort();
        assert_eq!(named, told, "{kind}");
    }
}

#[test]
fn what_is_left_out_is_not_known_and_what_is_empty_is_known_to_be_nothing() {
    let text = r#"{"standing": {"debts": [{"id": "A-1"}], "contacts": [], "consents": null},
        "proposed": {"at": "2026-03-31T10:15:00-04:00", "channel": "phone"}}"#;
    let inquiry = Inquiry::from_json(text).unwrap();
    assert_eq!(inquiry.standing.contacts, Some(Vec::new()));
    assert_eq!(inquiry.standing.consents, None);
    assert_eq!(inquiry.now(), inquiry.proposed.at);
    let case = inquiry.case(&Law::of(Vec::<Pack>::new())).unwrap();
    let permission = case.permission(&inquiry.proposed).unwrap();
    assert_eq!(permission.answer, Answer::Review);
    assert_eq!(case.how_to_tell(&permission.missing)[0].path, "standing.jurisdiction");
}

#[test]
fn nothing_else_on_file_leaves_alone_what_is_told() {
    let inquiry = Inquiry::from_json(&whole().to_string()).unwrap();
    let told = inquiry.standing.clone().with_nothing_else_on_file(&Law::of(Vec::<Pack>::new()));
    assert_eq!((&told.contacts, &told.facts), (&inquiry.standing.contacts, &inquiry.standing.facts));
    assert_eq!(told.events["written_notice"], inquiry.standing.events["written_notice"]);
    assert_eq!(told.events["text_consent"], None);
}

/// Any JSON, not too deep.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!(u64::MAX)),
        "[a-z0-9:+T-]{0,30}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,12}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// Puts something in the place of the value that is met at a step of the walk.
fn put(value: &mut Value, step: &mut usize, other: &Value) {
    if *step == 0 {
        *value = other.clone();
    }
    *step = step.wrapping_sub(1);
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|inner| put(inner, step, other)),
        Value::Array(items) => items.iter_mut().for_each(|inner| put(inner, step, other)),
        _ => {}
    }
}

proptest! {
    #[test]
    fn whatever_stands_in_a_case_it_is_read_or_its_place_is_named(mut step in 0_usize..90, other in anything()) {
        let mut case = whole();
        put(&mut case, &mut step, &other);
        match Inquiry::from_json(&case.to_string()) {
            Ok(inquiry) => prop_assert!(inquiry.check().is_ok()),
            Err(troubles) => prop_assert!(!troubles.is_empty()),
        }
    }
}

#[test]
fn a_case_that_is_nested_without_end_is_no_case() {
    let deep = "[".repeat(100_000);
    for text in [deep.clone(), format!("{{\"standing\": {deep}")] {
        let troubles = Inquiry::from_json(&text).unwrap_err();
        assert!(troubles[0].message.starts_with("not a JSON document: recursion limit exceeded"), "{troubles:?}");
    }
}
