//! Policies with one planted fault each, and clean ones that look suspicious: what is said of them is what the engine does.

#![cfg(test)]

mod judged;

use arrears::Policy;
use arrears::trial::{run_tests, sample_invariants};
use arrears_rules::load_source;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The accounts on which a statement that no account meets is tried.
const SAMPLES: usize = 1_000;

const KINDS: [&str; 15] = [
    "never_fires",
    "shadowed",
    "gap",
    "overlap",
    "empty_threshold",
    "never_permitted",
    "unreachable_treatment",
    "nested_stage",
    "lateness_alone",
    "unreachable_stage",
    "no_exit",
    "cure_impossible",
    "never_broken",
    "always_broken",
    "otherwise_share",
];

/// A statement of a policy. A cure and an ease have no name of their own: theirs is the stage to which they lead.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    statement: String,
    name: String,
}

/// What a deep check must find in a policy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    policy: String,
    kind: String,
    at: Statement,
    other: Option<Statement>,
    why: String,
    shown_by: Option<Map<String, Value>>,
}

/// What a deep check must not find in a policy, and why it might.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Clean {
    policy: String,
    looks_like: Vec<String>,
    why: String,
}

/// What the engine does with an account of a policy, or a condition that no account meets.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    policy: String,
    #[serde(default)]
    set: BTreeMap<String, Decimal>,
    given: Option<Map<String, Value>>,
    #[serde(default)]
    after: u32,
    #[serde(default)]
    expect: Map<String, Value>,
    breaks: Option<String>,
    never: Option<String>,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn rows<T: for<'a> Deserialize<'a>>(file: &str) -> Vec<T> {
    serde_json::from_str(&fs::read_to_string(folder(file)).unwrap()).unwrap()
}

fn policies(of: &str) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder(of)).unwrap().map(|file| file.unwrap().path());
    let scripts = files.filter(|path| path.extension().is_some_and(|ending| ending == "rhai"));
    scripts
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

fn loaded(name: &str, text: &str, set: &BTreeMap<String, Decimal>) -> Policy {
    let overrides: Vec<(String, Decimal)> = set.iter().map(|(name, value)| (name.clone(), *value)).collect();
    let loaded = load_source(name, text, &overrides);
    assert!(loaded.problems.is_empty(), "{name}: {:?}", loaded.problems);
    loaded.policy.unwrap()
}

/// A value as a policy writes it: amounts stand as texts in JSON and as numbers in a policy.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) if text.parse::<Decimal>().is_ok() => text.clone(),
        Value::Array(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

fn map(of: &Map<String, Value>) -> String {
    let entries: Vec<String> = of.iter().map(|(name, value)| format!("{name}: {}", written(value))).collect();
    format!("#{{ {} }}", entries.join(", "))
}

/// Whether a policy has a statement. Each ends with its line.
fn has(text: &str, Statement { statement, name }: &Statement) -> bool {
    let code: Vec<&str> = text.lines().filter(|line| !line.starts_with("//") && !line.is_empty()).collect();
    let code = code.join("\n");
    code.split(";\n").filter(|one| one.starts_with(&format!("{statement} "))).any(|one| match statement.as_str() {
        "cure" => one.contains(&format!("to: \"{name}\"")) || (name == "current" && !one.contains("to: ")),
        "ease" => one.starts_with(&format!("ease to \"{name}\"")),
        "threshold" => one.split_whitespace().nth(1) == Some(name),
        _ => one.split('"').nth(1) == Some(name),
    })
}

#[test]
fn every_finding_points_to_a_statement_and_says_why() {
    let policies = policies("faulty");
    let findings: Vec<Finding> = rows("faulty/expected.json");
    for finding in &findings {
        let text = &policies[&finding.policy];
        assert!(KINDS.contains(&finding.kind.as_str()), "{finding:?}");
        assert!(
            std::iter::once(&finding.at).chain(&finding.other).all(|statement| has(text, statement)),
            "{finding:?}"
        );
        assert!(finding.why.len() > 40, "{finding:?}");
        assert!(finding.shown_by.as_ref().is_none_or(|facts| !facts.is_empty()), "{finding:?}");
    }
    for kind in KINDS {
        assert!(findings.iter().filter(|finding| finding.kind == kind).count() >= 3, "too few of {kind}");
    }
    let found: BTreeSet<&String> = findings.iter().map(|finding| &finding.policy).collect();
    assert_eq!(found, policies.keys().collect());
}

#[test]
fn every_clean_policy_says_what_it_looks_like_and_why_it_is_right() {
    let policies = policies("clean");
    let clean: Vec<Clean> = rows("clean/clean.json");
    for policy in &clean {
        assert!(policy.looks_like.iter().all(|kind| KINDS.contains(&kind.as_str())), "{policy:?}");
        assert!(!policy.looks_like.is_empty() && policy.why.len() > 40, "{policy:?}");
    }
    let said: BTreeSet<&String> = clean.iter().map(|policy| &policy.policy).collect();
    assert_eq!(said, policies.keys().collect());
}

/// The policy with what is said of it as statements of its own, and those of which it is said that they break something.
fn tried(text: &str, said: &[&Decided]) -> (String, BTreeMap<String, String>) {
    let (mut text, mut breaks) = (text.to_owned(), BTreeMap::new());
    for (number, said) in said.iter().enumerate() {
        match (&said.never, &said.given) {
            (Some(never), None) => writeln!(text, "never \"said {number}\" when ({never}) ?? false;").unwrap(),
            (None, Some(given)) => {
                let (given, after, expect) = (map(given), said.after, map(&said.expect));
                writeln!(text, "test \"said {number}\" given quiet + {given} after {after} expect {expect};").unwrap();
            }
            _ => panic!("either an account or a condition: {said:?}"),
        }
        breaks.extend(said.breaks.as_ref().map(|broken| (format!("said {number}"), broken.clone())));
    }
    (text, breaks)
}

#[test]
fn the_engine_does_what_is_said_of_every_policy() {
    for of in ["faulty", "clean"] {
        let policies = policies(of);
        let decided: Vec<Decided> = rows(&format!("{of}/decided.json"));
        let mut by_setting: BTreeMap<(&str, &BTreeMap<String, Decimal>), Vec<&Decided>> = BTreeMap::new();
        for said in &decided {
            by_setting.entry((&said.policy, &said.set)).or_default().push(said);
        }
        let spoken_of: BTreeSet<&str> = by_setting.keys().map(|(name, _)| *name).collect();
        assert_eq!(spoken_of, policies.keys().map(String::as_str).collect());
        for ((name, set), said) in by_setting {
            let (text, breaks) = tried(&policies[name], &said);
            let policy = loaded(name, &text, set);
            for outcome in run_tests(&policy) {
                let expected: Vec<String> = breaks
                    .get(&outcome.name)
                    .map(|broken| format!("on day 0 it breaks \"{broken}\""))
                    .into_iter()
                    .collect();
                assert_eq!(outcome.failures, expected, "{name}: {}", outcome.name);
            }
            let met =
                sample_invariants(&policy, SAMPLES).into_iter().find(|broken| broken.invariant.starts_with("said"));
            assert_eq!(met, None, "{name}");
        }
    }
}

#[test]
fn every_policy_loads_without_a_warning() {
    for of in ["faulty", "clean"] {
        for (name, text) in policies(of) {
            loaded(&name, &text, &BTreeMap::new());
        }
    }
}
