//! Every syntax problem has a golden file: the policy, a line of dashes, and what its author sees.
//!
//! `ARREARS_BLESS=1 cargo test -p arrears-rules` writes the lower half of each file anew.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use arrears_rules::{Reading, Style, read, render};
use std::fs;
use std::path::{Path, PathBuf};

const RULE: &str =
    "--------------------------------------------------------------------------------\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// The policy file's bytes for the problems that no text can show.
fn written_by_the_test(code: &str) -> Option<Vec<u8>> {
    let head = "policy \"card\" #{ version: \"1\", currency: \"GBP\" };\n// 信用卡\n";
    match code {
        "P007" => {
            let mut bytes = head.as_bytes().to_vec();
            bytes.extend(b"debtor \"caf\xE9\" otherwise;\n");
            Some(bytes)
        }
        "P008" => Some(format!("{head}{}", "// late\n".repeat(70_000)).into_bytes()),
        "P009" => {
            let line = format!("define late = dpd > 3{};\n", " && dpd > 3".repeat(6_400));
            Some(format!("{head}{line}stage \"late\" when late;\n").into_bytes())
        }
        _ => None,
    }
}

/// Writes the files of a case and reads the first.
fn read_case(code: &str, policy: &str) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("card.rhai");
    match written_by_the_test(code) {
        Some(bytes) => fs::write(&first, bytes).unwrap(),
        None => {
            let mut parts = policy.split("//// ");
            fs::write(&first, parts.next().unwrap()).unwrap();
            for part in parts {
                let (name, text) = part.split_once('\n').unwrap();
                fs::write(folder.path().join(name), text).unwrap();
            }
        }
    }
    read(&first).unwrap()
}

fn syntax_codes() -> Vec<&'static str> {
    arrears::problem::catalogue()
        .map(|entry| entry.code)
        .filter(|code| code.starts_with("P0"))
        .collect()
}

#[test]
fn every_syntax_problem_reads_as_its_golden_file() {
    let bless = std::env::var_os("ARREARS_BLESS").is_some();
    let mut wrong = Vec::new();
    for code in syntax_codes() {
        let path = folder().join(format!("{code}.txt"));
        let golden =
            fs::read_to_string(&path).unwrap_or_else(|_| panic!("no golden file for {code}"));
        let (policy, expected) = golden.split_once(RULE).unwrap_or((&golden, ""));
        let reading = read_case(code, policy);
        let shown = render(&reading.problems, &reading.draft.sources, Style::default());
        assert!(
            reading.problems.iter().any(|problem| problem.code == code),
            "{code} is not among the problems of its golden file:\n{shown}"
        );
        if bless {
            fs::write(&path, format!("{policy}{RULE}{shown}")).unwrap();
        } else if shown != expected {
            wrong.push(format!("{code}:\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_golden_file_is_of_a_known_problem() {
    let known = syntax_codes();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            known.contains(&code.as_str()),
            "{code} is not in the catalogue"
        );
    }
}
