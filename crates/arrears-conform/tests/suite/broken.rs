//! Every expectation of every case, broken by itself, is reported, and nothing else is.

use crate::support::files;
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
    for (name, file) in files() {
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
