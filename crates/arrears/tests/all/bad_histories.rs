//! Histories that cannot be taken: what is said of each, as golden files beside them.
//! `ARREARS_BLESS=1` writes them anew.

use arrears::account::{Account, Conventions, Event, HistoryProblem, Payment, PaymentReversed};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_histories")
}

fn documents() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "json"));
    found.sort();
    found
}

fn problems(path: &Path) -> Vec<HistoryProblem> {
    Account::from_json(&fs::read_to_string(path).unwrap()).unwrap_err()
}

#[test]
fn every_mistake_is_named_with_its_place_what_was_found_and_what_was_expected() {
    let mut differ = Vec::new();
    for path in documents() {
        let found: String = problems(&path).iter().map(|problem| format!("{problem}\n")).collect();
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

/// Where the value of a path stands in the text, by walking to it from field to field.
fn place(text: &str, path: &str) -> usize {
    let mut place = 0;
    for step in path.split(['.', '[', ']']).filter(|step| !step.is_empty()) {
        let rest = text.get(place..).unwrap();
        let found = match step.parse::<usize>() {
            Ok(index) => nth_object(rest, index),
            Err(_) => rest.find(&format!("\"{step}\"")),
        };
        place += found.unwrap_or(0);
    }
    place
}

/// Where the object of an index begins in the list that begins in the text.
fn nth_object(text: &str, index: usize) -> Option<usize> {
    let mut depth = 0;
    let mut objects = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' if depth == 0 && objects == index => return Some(at),
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                objects += usize::from(depth == 0);
            }
            _ => {}
        }
    }
    None
}

#[test]
fn all_mistakes_of_a_document_are_reported_in_its_order() {
    let path = folder().join("several_mistakes.json");
    let text = fs::read_to_string(&path).unwrap();
    let problems = problems(&path);
    assert!(problems.len() >= 15, "{problems:?}");
    let places: Vec<usize> = problems.iter().map(|problem| place(&text, &problem.path)).collect();
    assert!(places.is_sorted(), "{:?}", problems.iter().zip(places).collect::<Vec<_>>());
}

#[test]
fn every_problem_of_a_json_object_names_a_path() {
    for path in documents() {
        let object = serde_json::from_str::<Value>(&fs::read_to_string(&path).unwrap()).is_ok_and(|it| it.is_object());
        let problems = problems(&path);
        assert!(problems.iter().all(|problem| problem.path.is_empty() != object), "{}", path.display());
    }
}

#[test]
fn what_refers_to_a_bad_event_is_no_mistake_of_its_own() {
    let found = problems(&folder().join("amount_as_a_number.json"));
    assert_eq!(found.iter().map(|problem| problem.path.as_str()).collect::<Vec<_>>(), ["events[1].amount"]);
}

const GOOD: &str = r#"{"format": "arrears-history/1", "account_id": "A", "customer_id": "P", "currency": "CNY", "opened_on": "2025-11-03",
    "complete": ["contacts", "promises", "flags", "consents", "tags", "cash", "placements"],
    "events": [
        {"id": "s", "occurred_on": "2025-11-03", "event": "schedule", "total": "200.00", "instalments": [
            {"item": "1", "due_on": "2026-01-15", "amount": "100.00"}, {"item": "2", "due_on": "2026-02-15", "amount": "100.00"}]},
        {"id": "c", "occurred_on": "2026-01-18", "event": "contact", "channel": "phone", "outcome": "rpc_promise", "point": "mobile"},
        {"id": "m", "occurred_on": "2026-01-18", "event": "promise", "parts": [{"due_on": "2026-01-20", "amount": "100.00"}]},
        {"id": "p", "occurred_on": "2026-01-20", "known_on": "2026-01-21", "sequence": 2, "event": "payment", "amount": "100.00", "item": "1"},
        {"id": "r", "occurred_on": "2026-01-25", "event": "refund", "payment": "p", "amount": "40.00"},
        {"id": "h", "occurred_on": "2026-01-26", "event": "pause", "from": "2026-01-27", "to": "2026-02-02"},
        {"id": "a", "occurred_on": "2026-02-01", "event": "arrangement", "instalments": [{"due_on": "2026-03-01", "amount": "60.00"}]},
        {"id": "f", "occurred_on": "2026-02-02", "event": "flag", "flag": "hardship", "until": "2026-03-01"},
        {"id": "n", "occurred_on": "2026-02-03", "event": "noted", "fact": "tenure_months", "value": 14},
        {"id": "d", "occurred_on": "2026-02-03", "event": "pay_day", "day": 25},
        {"id": "i", "occurred_on": "2026-02-04", "event": "inflow", "amount": "5000.00"},
        {"id": "w", "occurred_on": "2026-02-05", "event": "withdrawn", "of": "h"}]}"#;

#[test]
fn one_bad_event_leaves_the_account_as_it_was() {
    let account = Account::from_json(GOOD).unwrap();
    let before = account.clone();
    let day = |text: &str| text.parse().unwrap();
    let good = Event::new(
        "p2",
        day("2026-02-10"),
        Payment { amount: "50.00".parse().map(arrears::account::Amount::new).unwrap(), currency: None, item: None },
    );
    let bad = Event::new("r2", day("2026-02-11"), PaymentReversed { payment: "c".into(), amount: None });
    let problems = account.with([good.clone(), bad]).unwrap_err();
    assert_eq!(problems.iter().map(|problem| problem.path.as_str()).collect::<Vec<_>>(), ["events[1].payment"]);
    assert_eq!(account, before);
    let changed = Event { occurred_on: day("2026-02-12"), known_on: day("2026-02-12"), ..good.clone() };
    let with = account.with([good.clone(), good.clone()]).unwrap();
    assert_eq!(with.events().len(), before.events().len() + 1);
    let contradicted = with.with([good, changed]).unwrap_err();
    assert_eq!(contradicted.len(), 1);
    assert!(
        contradicted.iter().all(|it| it.path == "events[1].id" && it.message.contains("the history")),
        "{contradicted:?}"
    );
}

/// Every path of a document, as steps.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, inner)| pointers(inner, &format!("{at}/{key}"), found)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, inner)| pointers(inner, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let words = [
        "",
        "never",
        "9999-12-31",
        "0001-01-01",
        "+262142-12-31",
        "2026-02-29",
        "79228162514264337593543950335",
        "-1.00",
        "92233720368547758.07",
        "0.001",
        "p",
        "c",
        "m",
        "1",
        "dpd",
        "hardship",
        "phone",
        "payment",
        "withdrawn",
        "JPY",
    ];
    prop_oneof![
        prop::sample::select(words.to_vec()).prop_map(Value::from),
        prop::sample::select(vec![i64::MIN, -1, 0, 1, 31, 4_294_967_296, i64::MAX]).prop_map(Value::from),
        Just(json!(null)),
        Just(json!(0.5)),
        Just(json!(true)),
        Just(json!([])),
        Just(json!({})),
        Just(json!([{"due_on": "9999-12-31", "amount": "92233720368547758.05"}])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_history_with_any_value_changed_is_told_or_refused_but_never_panics(at in any::<prop::sample::Index>(), twice in any::<prop::sample::Index>(), value in any_value(), other in any_value()) {
        let mut document: Value = serde_json::from_str(GOOD).unwrap();
        for (at, value) in [(at, value), (twice, other)] {
            let mut found = Vec::new();
            pointers(&document, "", &mut found);
            let chosen: &String = at.get(found.as_slice());
            *document.pointer_mut(chosen).unwrap() = value;
        }
        match Account::from_json(&document.to_string()) {
            Err(problems) => prop_assert!(!problems.is_empty()),
            Ok(account) => {
                for day in ["0001-01-01", "2026-01-31", "2026-03-31", "9999-12-31"] {
                    let day = day.parse().unwrap();
                    let facts = arrears::Facts::of(&account, day, day, &Conventions::default());
                    prop_assert!(facts.get("dpd").is_some());
                }
            }
        }
    }
}
