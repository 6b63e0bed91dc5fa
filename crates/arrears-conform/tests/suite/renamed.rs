//! Cases under other names and on other days: nothing may hang on how the suite calls a thing.

use crate::support::{CONVENTIONS, UNDER_LAW, UNDER_REGIMES, files, judged};
use chrono::{Days, NaiveDate};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// How far every date is moved: over a leap day, off month ends, on another day of the week.
const SHIFT: u64 = 371;
/// Fields that hold a name.
const NAMES: [&str; 14] = [
    "id",
    "invoice",
    "tag",
    "tag_present",
    "tag_absent",
    "hold_tag",
    "default_state",
    "state",
    "name",
    "bucket",
    "code",
    "last_failure",
    "tags",
    "last_failure_in",
];

#[derive(Default)]
struct Renaming(BTreeMap<String, String>);

impl Renaming {
    /// A name of its own for each: words of the engine, other alphabets, and names that differ by
    /// one sign only.
    fn name(&mut self, old: &str) -> String {
        let place = self.0.len();
        let new = match place {
            0 => "current".to_owned(),
            1 => "never".to_owned(),
            2 => "rung 1".to_owned(),
            3 => "n0".to_owned(),
            4 => "none".to_owned(),
            5 => String::new(),
            _ if place.is_multiple_of(3) => format!("状态 {}", place / 3),
            _ if place % 3 == 1 => format!("x-{}", place / 3),
            _ => format!("x_{}", place / 3),
        };
        self.0.entry(old.to_owned()).or_insert(new).clone()
    }

    fn value(&mut self, key: &str, value: &Value) -> Value {
        match value {
            Value::String(text) if NAMES.contains(&key) => Value::from(self.name(text)),
            Value::String(text) => match text.parse::<NaiveDate>() {
                Ok(day) if text.len() == 10 => Value::from((day + Days::new(SHIFT)).to_string()),
                _ => value.clone(),
            },
            Value::Array(items) => items.iter().map(|item| self.value(key, item)).collect(),
            Value::Object(fields) => Value::Object(self.object(key, fields)),
            _ => value.clone(),
        }
    }

    fn object(&mut self, key: &str, fields: &Map<String, Value>) -> Map<String, Value> {
        let named = key == "instalments_by_bucket";
        let mut found = Map::new();
        for (inner, value) in fields {
            let new = if named { self.name(inner) } else { inner.clone() };
            found.insert(new, self.value(inner, value));
        }
        found
    }
}

/// Months have other ends on other days, so that their cases may end otherwise; the suite's own
/// were looked at, and do not.
fn keeps_its_ends(file: &str, case: &Value) -> bool {
    !file.starts_with("own.") || case["rule"] != "LADDER-MONTHS"
}

#[test]
fn every_case_still_passes_with_all_names_changed_and_all_dates_moved() {
    let mut changed = Vec::new();
    for (name, mut file) in files(&CONVENTIONS) {
        for case in file["cases"].as_array_mut().unwrap().iter_mut().filter(|case| keeps_its_ends(&name, case)) {
            let id = case["id"].as_str().unwrap().to_owned();
            let mut new = Renaming::default().value("", case);
            assert_ne!(new["expect"], case["expect"], "{id} is not changed");
            // The id stays unique over the suite.
            new["id"] = Value::from(format!("渡 {id}"));
            *case = new;
        }
        changed.push((name, file));
    }
    let report = judged(&changed);
    assert_eq!(report.failed(), 0, "{report}");
}

/// Fields of cases about the law that hold a name, or a list of names.
const LAW_NAMES: [&str; 8] =
    ["debts", "discussed", "allocated_to", "made_about", "account_at_acquisition", "number", "address", "person"];

/// The same value with other names for debts, accounts, numbers, addresses and people.
fn law_value(renaming: &mut Renaming, key: &str, value: &Value) -> Value {
    match value {
        Value::String(name) if LAW_NAMES.contains(&key) => Value::from(format!("\u{540d}-{}", renaming.name(name))),
        Value::Array(items) => items.iter().map(|item| law_value(renaming, key, item)).collect(),
        Value::Object(fields) => {
            let mut found = Map::new();
            for (inner, value) in fields {
                let by_debt = key.ends_with("_by_debt");
                let new = if by_debt {
                    law_value(renaming, "debts", &Value::from(inner.as_str()))
                } else {
                    Value::from(inner.as_str())
                };
                let is_id = key == "debts" && inner == "id";
                let value = law_value(renaming, if is_id { "debts" } else { inner }, value);
                found.insert(new.as_str().unwrap().to_owned(), value);
            }
            Value::Object(found)
        }
        _ => value.clone(),
    }
}

#[test]
fn every_case_about_the_law_still_passes_with_all_names_changed() {
    let mut changed = Vec::new();
    let mut renamed = 0;
    for (name, mut file) in files(&UNDER_LAW) {
        for case in file["cases"].as_array_mut().unwrap() {
            let mut renaming = Renaming::default();
            let query = case["given"]["query"].clone();
            let entries = case["given"]["history"].as_array().into_iter().flatten();
            let by_role =
                !entries.into_iter().any(|entry| entry["person"].is_string() && entry["person"] == query["person"]);
            for part in ["given", "proposed", "expect"] {
                if let Some(value) = case.get(part).cloned() {
                    case[part] = law_value(&mut renaming, part, &value);
                }
            }
            // Who is asked for by a role keeps it.
            if by_role && query.is_object() {
                case["given"]["query"] = query;
            }
            renamed += renaming.0.len();
        }
        changed.push((name, file));
    }
    assert!(renamed > 100, "{renamed}");
    let report = judged(&changed);
    assert_eq!(report.failed(), 0, "{report}");
}

/// The same case of an allocation with other names for balances and debts.
fn allocation(renaming: &mut Renaming, key: &str, value: &Value) -> Value {
    match value {
        Value::String(name) if key == "id" || key == "ids" => Value::from(format!("\u{540d}-{}", renaming.name(name))),
        Value::Array(items) => items.iter().map(|item| allocation(renaming, key, item)).collect(),
        Value::Object(fields) => {
            let mut found = Map::new();
            for (inner, value) in fields {
                let by_name = ["allocation", "disputed_allocation", "request", "directions"].contains(&key);
                let new = if by_name { format!("\u{540d}-{}", renaming.name(inner)) } else { inner.clone() };
                found.insert(new, allocation(renaming, inner, value));
            }
            Value::Object(found)
        }
        _ => value.clone(),
    }
}

#[test]
fn every_allocation_still_passes_with_all_names_changed() {
    let mut changed = Vec::new();
    let mut renamed = 0;
    for (name, mut file) in files(&UNDER_REGIMES) {
        let cases = file["cases"].as_array_mut().unwrap().iter_mut();
        // The components of one debt have the names of the format.
        for case in cases.filter(|case| case["given"]["balances"].is_array() || case["given"]["debts"].is_array()) {
            let mut renaming = Renaming::default();
            for part in ["given", "expect"] {
                case[part] = allocation(&mut renaming, part, &case[part].clone());
            }
            renamed += renaming.0.len();
        }
        changed.push((name, file));
    }
    assert!(renamed > 80, "{renamed}");
    let report = judged(&changed);
    assert_eq!(report.failed(), 0, "{report}");
}
