//! What became of a policy's own tests, and of its `never` and `always`.

use arrears::trial::{BrokenInvariant, TestOutcome};
use arrears::{Policy, Problem};
use arrears_rules::place;
use serde_json::{Value, json};

/// What failed, to be shown at its line.
pub(crate) fn failures(tests: &[TestOutcome], broken: &[BrokenInvariant]) -> Vec<Problem> {
    let failed = tests.iter().filter(|test| !test.passed()).map(failed_test);
    failed.chain(broken.iter().map(broken_invariant)).collect()
}

/// Every test.
pub(crate) fn tests_json(policy: &Policy, tests: &[TestOutcome]) -> Vec<Value> {
    tests.iter().map(|test| test_json(policy, test)).collect()
}

/// A failed test, to be shown at its line.
fn failed_test(test: &TestOutcome) -> Problem {
    Problem::error("test", test.name.clone()).at(test.span, test.failures.join("\n"))
}

/// A broken `never` or `always`, to be shown at its line with the account that breaks it.
fn broken_invariant(broken: &BrokenInvariant) -> Problem {
    let facts: Vec<String> = broken.facts.iter().map(|(name, value)| format!("{name} is {value}")).collect();
    Problem::error("promise", broken.invariant.clone())
        .at(broken.span, format!("found {}", broken.decision))
        .help(format!("an account that breaks it: {}", facts.join(", ")))
}

fn test_json(policy: &Policy, test: &TestOutcome) -> Value {
    json!({
        "name": test.name,
        "passed": test.passed(),
        "place": place(test.span, policy.sources()),
        "failures": test.failures,
    })
}

/// Every `never` and `always`.
pub(crate) fn invariants_json(policy: &Policy, broken: &[BrokenInvariant]) -> Vec<Value> {
    let invariants = policy.invariants().iter();
    invariants
        .map(|invariant| {
            let found = broken.iter().find(|broken| broken.invariant == invariant.name);
            json!({
                "name": invariant.name,
                "statement": if invariant.then.is_some() { "always" } else { "never" },
                "passed": found.is_none(),
                "place": place(invariant.span, policy.sources()),
                "facts": found.map(|found| found.facts.iter().cloned().collect::<std::collections::BTreeMap<_, _>>()),
                "decision": found.map(|found| found.decision.clone()),
            })
        })
        .collect()
}
