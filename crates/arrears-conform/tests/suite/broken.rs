//! Every expectation of every case, broken by itself, is reported, and nothing else is.

use crate::support::{CONVENTIONS, UNDER_LAW, UNDER_REGIMES, files};
use arrears_conform::{Outcome, judge, read};
use serde_json::{Value, json};

/// Keys that say of which moment something is expected.
const MOMENT: [&str; 3] = ["on", "known_on", "through_seq"];

/// Another value than the one expected.
fn other(key: &str, value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_i64().unwrap() + 1),
        Value::String(_) | Value::Null if key == "delinquent_since" => json!("2001-02-03"),
        Value::Null => json!("a bucket that is none"),
        // Amounts become larger, names longer.
        Value::String(text) => json!(format!("9{text}")),
        Value::Object(fields) => {
            let mut fields = fields.clone();
            fields.insert("one more".to_owned(), json!("1"));
            Value::Object(fields)
        }
        _ => panic!("{key} is {value}"),
    }
}

#[test]
fn each_expectation_fails_when_it_is_broken() {
    let mut broken = 0;
    for (name, file) in files(&CONVENTIONS) {
        for index in 0..file["cases"].as_array().unwrap().len() {
            let mut alone = file.clone();
            alone["cases"] = json!([file["cases"][index]]);
            let rows = alone["cases"][0]["expect"].as_array().unwrap().clone();
            for (row, expected) in rows.iter().enumerate() {
                let keys = expected.as_object().unwrap().iter().filter(|(key, _)| !MOMENT.contains(&key.as_str()));
                for (key, value) in keys {
                    let mut changed = alone.clone();
                    changed["cases"][0]["expect"][row][key] = other(key, value);
                    let report = judge(&[read(&name, &changed.to_string()).unwrap()]);
                    let Outcome::Failed { differences } = &report.verdicts[0].outcome else {
                        panic!("{name}: {}", changed["cases"][0]);
                    };
                    assert_eq!(differences.len(), 1, "{report}");
                    assert_eq!(differences[0].key, key);
                    assert_eq!(differences[0].expected, changed["cases"][0]["expect"][row][key]);
                    assert!(report.to_string().ends_with("0 passed, 1 failed\n"), "{report}");
                    broken += 1;
                }
            }
        }
    }
    assert!(broken > 200, "{broken}");
}

/// Another answer of the law than the one expected.
fn other_answer(key: &str, value: &Value) -> Value {
    let flip = |one: &str, other: &str| json!(if value == one { other } else { one });
    match (key, value) {
        ("decision", _) => flip("allow", "block"),
        ("presumption", _) => flip("compliance", "violation"),
        ("strength", _) => flip("guideline", "should_not"),
        ("earliest_next", Value::String(text)) => {
            let moment = chrono::DateTime::parse_from_rfc3339(text).unwrap();
            json!((moment + chrono::Duration::minutes(1)).to_rfc3339())
        }
        ("earliest_next", _) => json!("2001-02-03T04:05:00+06:00"),
        (_, Value::Number(number)) => json!(number.as_i64().unwrap() + 1),
        (_, Value::Bool(holds)) => json!(!holds),
        (_, Value::Array(items)) => json!([&items[..], &[json!("A-RULE-OF-NO-PACK")]].concat()),
        (_, Value::Object(fields)) => {
            let more = |value: &Value| json!(value.as_i64().unwrap() + 1);
            fields.iter().map(|(debt, count)| (debt.clone(), more(count))).collect()
        }
        (_, Value::String(text)) => match text.parse::<chrono::NaiveDate>() {
            Ok(day) => json!(day.succ_opt()),
            Err(_) => json!("A-RULE-OF-NO-PACK"),
        },
        _ => panic!("{key} is {value}"),
    }
}

#[test]
fn each_answer_of_the_law_fails_when_another_is_expected() {
    let mut broken = 0;
    for (name, file) in files(&UNDER_LAW) {
        let mut changed = file.clone();
        let mut cases = Vec::new();
        for case in file["cases"].as_array().unwrap() {
            for (key, value) in case["expect"].as_object().unwrap() {
                let mut case = case.clone();
                case["id"] = json!(format!("{} {key}", case["id"]));
                case["expect"][key] = other_answer(key, value);
                cases.push(case);
            }
        }
        changed["cases"] = json!(cases);
        let report = judge(&[read(&name, &changed.to_string()).unwrap()]);
        for (case, verdict) in cases.iter().zip(&report.verdicts) {
            let Outcome::Failed { differences } = &verdict.outcome else { panic!("{case}\n{verdict}") };
            assert_eq!(differences.len(), 1, "{verdict}");
            assert!(verdict.id.ends_with(differences[0].key), "{verdict}");
            assert_eq!(differences[0].expected, case["expect"][differences[0].key], "{verdict}");
            broken += 1;
        }
    }
    assert!(broken > 1_000, "{broken}");
}

/// Another answer of a regime than the one expected.
fn other_class(key: &str, value: &Value) -> Value {
    let more = |amount: &Value| json!(format!("1{}", amount.as_str().unwrap()));
    match (key, value) {
        (_, Value::Bool(holds)) => json!(!holds),
        ("failed_tests", Value::Array(tests)) => all_but_one(tests, &["minimum_age", "three_payments"]),
        ("missing", Value::Array(elements)) => all_but_one(elements, &["amount", "interval"]),
        ("group_totals", Value::Array(groups)) => {
            let group = |group: &Value| json!({"ids": group["ids"], "amount": more(&group["amount"])});
            groups.iter().map(group).collect()
        }
        (_, Value::Object(fields)) => fields.iter().map(|(name, amount)| (name.clone(), more(amount))).collect(),
        ("unallocated", amount) => more(amount),
        (_, Value::String(class)) => json!(format!("{class} or another")),
        _ => panic!("{key} is {value}"),
    }
}

/// A list without one of two words where it has it, with it where it has not.
fn all_but_one(list: &[Value], words: &[&str; 2]) -> Value {
    let word = words.map(Value::from).into_iter().find(|word| list.len() != 1 || !list.contains(word)).unwrap();
    if list.contains(&word) {
        list.iter().filter(|known| **known != word).cloned().collect()
    } else {
        json!([list, &[word]].concat())
    }
}

#[test]
fn each_answer_of_a_regime_fails_when_another_is_expected() {
    let mut broken = 0;
    for (name, file) in files(&UNDER_REGIMES) {
        for case in file["cases"].as_array().unwrap() {
            for (key, value) in case["expect"].as_object().unwrap() {
                let mut changed = file.clone();
                let mut case = case.clone();
                case["expect"][key] = other_class(key, value);
                changed["cases"] = json!([case]);
                let report = judge(&[read(&name, &changed.to_string()).unwrap()]);
                let Outcome::Failed { differences } = &report.verdicts[0].outcome else { panic!("{case}\n{report}") };
                assert_eq!(differences.len(), 1, "{report}");
                assert_eq!(differences[0].key, key, "{report}");
                broken += 1;
            }
        }
    }
    assert!(broken > 250, "{broken}");
}
