//! The README's main job: 30,000 real card accounts decided under cn-card.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn night(extra: &[&str]) -> Value {
    let output = Command::cargo_bin("arrears")
        .unwrap()
        .current_dir(root())
        .args(["run", "examples/policies/cn-card.rhai", "--on", "examples/data/card_accounts_2005_09.parquet"])
        .args(["--as-of", "2005-09-30", "--no-law", "historic data, no contact is made", "--json"])
        .args(extra)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_real_book_gives_a_real_collections_night() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("decisions.csv");
    let summary = night(&["--out", out.to_str().unwrap()]);
    assert_eq!(summary["rows"], 30_000);
    assert_eq!(summary["decisions"], 30_000);
    assert_eq!(summary["errors"], 0);
    let treatments = summary["by_treatment"].as_array().unwrap();
    assert!(treatments.len() >= 8, "{treatments:?}");
    let ledger = treatments.iter().find(|group| group["name"] == "check_the_ledger").unwrap();
    assert_eq!(ledger["accounts"], 1_689, "late accounts that owe nothing have a treatment of their own");
    let waiting = summary["left_alone"]["waiting_for_facts"].as_u64().unwrap();
    assert!(waiting * 20 < 30_000, "{waiting} wait for missing facts");
    let tomorrow = summary["review_tomorrow"].as_u64().unwrap();
    assert!(tomorrow * 10 < 30_000 * 3, "{tomorrow} are due for review on the next day");
    assert!(!summary["assumptions"].as_array().unwrap().is_empty());
    every_account_goes_on(&std::fs::read_to_string(&out).unwrap());
}

/// One decision an account; each has an action or a dated review; nobody is visited or sued.
fn every_account_goes_on(decisions: &str) {
    let mut lines = decisions.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let column = |name: &str| header.iter().position(|column| *column == name).unwrap();
    let (action, review) = (column("action"), column("next_review_on"));
    let mut rows = 0;
    for line in lines {
        // Neither column holds a comma, nor does any before them.
        let cells: Vec<&str> = line.split(',').collect();
        rows += 1;
        assert!(!cells[review].is_empty(), "no review: {line}");
        assert!(!matches!(cells[action], "visit" | "litigation"), "{line}");
    }
    assert_eq!(rows, 30_000);
}

#[test]
fn a_tuned_threshold_is_another_policy_with_another_hash() {
    let (plain, tuned) = (night(&[]), night(&["--set", "small_debt=500.00"]));
    assert_ne!(plain["policy_hash"], tuned["policy_hash"]);
    assert_eq!(tuned["decisions"], 30_000);
}
