//! Every problem has a golden file.

use crate::golden::{Case, Golden, diagnostics};
use arrears::Problem;
use arrears::draft::Source;
use arrears_rules::{Style, load, load_pack, read, render};
use std::fs;

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

/// The problems of a case. Cases of syntax are fragments: they are read, not checked.
fn problems(code: &str, policy: &str) -> (Vec<Problem>, Vec<Source>) {
    let case = Case::write(policy);
    if let Some(bytes) = written_by_the_test(code) {
        fs::write(case.first(), bytes).unwrap();
    }
    if code.starts_with("P0") {
        let reading = read(&case.first()).unwrap();
        (reading.problems, reading.draft.sources)
    } else if policy.starts_with("pack ") {
        let loaded = load_pack(&case.first(), &case.overrides).unwrap();
        (loaded.problems, loaded.sources)
    } else {
        let loaded = load(&case.first(), &case.overrides).unwrap();
        (loaded.problems, loaded.sources)
    }
}

/// What the author of the policy in a golden file sees.
pub(crate) fn seen(code: &str) -> String {
    let (problems, sources) = problems(code, &Golden::of(code).policy);
    render(&problems, &sources, Style::default())
}

fn codes() -> Vec<&'static str> {
    arrears::problem::catalogue().map(|entry| entry.code).collect()
}

#[test]
fn every_problem_reads_as_its_golden_file() {
    let mut wrong = Vec::new();
    for code in codes() {
        let shown = seen(code);
        if shown.lines().any(|line| line == code) {
            wrong.extend(Golden::of(code).compare(&shown));
        } else {
            wrong.push(format!("{code} is not among its own problems:\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_golden_file_is_of_a_known_problem() {
    for entry in fs::read_dir(diagnostics()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let known = name == "together" || codes().contains(&name.as_str());
        assert!(known, "{name} is not in the catalogue");
    }
}

#[test]
fn a_message_is_one_lower_case_line_and_points_at_the_author_s_words() {
    for code in codes() {
        for problem in problems(code, &Golden::of(code).policy).0 {
            let message = &problem.message;
            assert!(!message.ends_with('.') && !message.contains('\n'), "{code}: {message}");
            assert!(!message.starts_with(char::is_uppercase), "{code}: {message}");
            let places = problem.labels.iter().all(|label| label.span.is_some());
            assert!(places, "{code}: {message}: a label without a place");
            // A value set at load for a threshold that is not there stands in no file.
            assert!(!problem.labels.is_empty() || code == "P113", "{code}: {message}");
        }
    }
}
