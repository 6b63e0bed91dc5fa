//! Explanations of the example cases, as golden files. `ARREARS_BLESS=1` writes them anew.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

const CASES: [&str; 13] = [
    "held-by-dispute",
    "resting-after-a-text",
    "number-objected",
    "missing-facts",
    "escalated-to-a-visit",
    "in-a-plan",
    "stalling",
    "hardship",
    "lawsuit-needs-approval",
    "habitual-before-due",
    "promise-open",
    "money-came-in",
    "paid-up",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn explain(account: &str) -> String {
    let output = Command::cargo_bin("arrears")
        .unwrap()
        .current_dir(root())
        .args(["explain", "examples/policies/cn-card.rhai", "--on", "examples/data/cases.csv"])
        .args(["--account", account, "--as-of", "2026-03-31", "--no-law", "an example"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{account}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_example_case_is_explained_as_a_colleague_would() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explanations");
    let mut differ = Vec::new();
    for account in CASES {
        let found = explain(account);
        let golden = folder.join(format!("{account}.txt"));
        if std::env::var_os("ARREARS_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&golden, &found).unwrap();
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if wanted != found {
            differ.push(format!("{account}\n--- wanted\n{wanted}\n--- found\n{found}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn the_cases_are_the_rows_of_the_example_table() {
    let table = fs::read_to_string(root().join("examples/data/cases.csv")).unwrap();
    let rows: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(rows, CASES);
}
