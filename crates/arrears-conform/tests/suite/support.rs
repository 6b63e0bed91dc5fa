//! Files of the project's own suite, and cases made by a test.

use arrears_conform::{Report, judge, read};
use serde_json::{Value, json};
use std::path::PathBuf;

pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance"))
}

/// Every file of a kind that is read.
pub(crate) fn files() -> Vec<(String, Value)> {
    let mut names: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".ladder.json") || name.ends_with(".ageing.json"))
        .collect();
    names.sort();
    assert!(names.len() >= 4, "the suite has files of both kinds, and our own: {names:?}");
    names.into_iter().map(|name| (name.clone(), file(&name))).collect()
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
