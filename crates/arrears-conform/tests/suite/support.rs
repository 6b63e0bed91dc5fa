//! Files of the project's own suite, and cases made by a test.

use arrears_conform::{Report, judge, read};
use serde_json::{Value, json};
use std::path::PathBuf;

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance"))
}

/// The kinds that say what becomes of an account, day by day.
pub(crate) const CONVENTIONS: [&str; 2] = ["ageing", "ladder"];
/// The kinds that ask the law.
pub(crate) const UNDER_LAW: [&str; 6] = [
    "contact_permission",
    "call_counting",
    "date_computation",
    "message_classification",
    "procedure_check",
    "furnishing_permission",
];

/// The kinds that ask a regulatory regime.
pub(crate) const UNDER_REGIMES: [&str; 5] =
    ["payment_allocation", "status_classification", "reage_permission", "plan_permission", "legal_elements"];

/// Every file of some kinds, each of which has files of the suite and our own.
pub(crate) fn files(kinds: &[&str]) -> Vec<(String, Value)> {
    let names = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| name.ends_with(".json") && !name.ends_with("schema.json")).collect();
    names.sort();
    let all = names.into_iter().map(|name| (name.clone(), file(&name)));
    let wanted = |(_, file): &(String, Value)| file["kind"].as_str().is_some_and(|kind| kinds.contains(&kind));
    let read: Vec<(String, Value)> = all.filter(wanted).collect();
    for kind in kinds {
        let of_kind = || read.iter().filter(|(_, file)| file["kind"] == *kind);
        assert!(of_kind().any(|(name, _)| name.starts_with("own.")), "{kind}");
        assert!(of_kind().any(|(name, _)| !name.starts_with("own.")), "{kind}");
    }
    read
}

pub(crate) fn file(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

/// Judges files that stand in memory.
pub(crate) fn judged(files: &[(String, Value)]) -> Report {
    let read = |(name, file): &(String, Value)| read(name, &file.to_string()).unwrap();
    judge(&files.iter().map(read).collect::<Vec<_>>())
}

/// A file of one case, whose law is nobody's.
pub(crate) fn one(kind: &str, given: Value, expect: Value) -> Value {
    let mut file = one_of(kind, "", given, expect);
    file["jurisdiction"] = Value::Null;
    file
}

/// A file of one case under the law of a jurisdiction.
pub(crate) fn one_of(kind: &str, jurisdiction: &str, given: Value, expect: Value) -> Value {
    json!({
        "format": "arrears-conformance/1", "kind": kind, "jurisdiction": jurisdiction, "about": "A test.",
        "cases": [{
            "id": "t-1", "rule": "A-RULE", "title": "A test", "given": given, "expect": expect,
            "source": "none", "basis": "derived", "certainty": "high"
        }]
    })
}

/// What is printed of a file.
pub(crate) fn printed(file: &Value) -> String {
    judge(&[read("test.json", &file.to_string()).unwrap()]).to_string()
}
