//! Timelines of the example histories under the card policy, as golden files.
//! `ARREARS_BLESS=1` writes them anew.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn histories() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(root().join("examples/data/histories")).unwrap().map(|file| file.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "json") && !path.ends_with("conventions.json"));
    found.sort();
    found
}

fn timeline(history: &Path) -> String {
    let output = Command::cargo_bin("arrears")
        .unwrap()
        .current_dir(root())
        .arg("timeline")
        .arg(history)
        .args(["--conventions", "examples/data/histories/conventions.json"])
        .args(["--policy", "examples/policies/cn-card.rhai", "--no-law", "an example"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}: {}", history.display(), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_example_history_is_told_day_by_day_with_what_the_policy_decides() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/timelines");
    let histories = histories();
    assert_eq!(histories.len(), 10);
    let mut differ = Vec::new();
    for history in histories {
        let found = timeline(&history);
        let golden = folder.join(history.file_stem().unwrap()).with_extension("txt");
        if std::env::var_os("ARREARS_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&golden, &found).unwrap();
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if wanted != found {
            differ.push(format!("{}\n--- wanted\n{wanted}\n--- found\n{found}", golden.display()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}
