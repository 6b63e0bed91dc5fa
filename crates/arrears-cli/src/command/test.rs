//! `arrears test`: the policy's own tests.

use crate::args::PolicyArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::screen;
use arrears::trial::{BrokenInvariant, TestOutcome, run_tests, sample_invariants};
use arrears::{Policy, Problem};
use arrears_rules::place;
use serde_json::{Value, json};

/// Runs the policy's own tests, and tries its `never` and `always` statements
///
/// `never` and `always` are tried on accounts made from the policy's own edges: every
/// number that a condition names and its neighbours, every word, missing values. The
/// accounts are the same each time. Passing is no proof that none breaks the statement.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// On how many accounts `never` and `always` are tried
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    samples: usize,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Runs the tests.
pub(crate) fn test(args: &Args) -> Result<Exit, Failure> {
    let (policy, _) = policy_file::load(&args.policy)?;
    let tests = run_tests(&policy);
    let broken = sample_invariants(&policy, args.samples);
    let failed = tests.iter().filter(|test| !test.passed()).count() + broken.len();
    let passed = tests.len() + policy.invariants().len() - failed;
    if args.json {
        screen::out_json(&json!({
            "policy": super::check::head(&policy),
            "passed": passed,
            "failed": failed,
            "samples": args.samples,
            "tests": tests.iter().map(|test| test_json(&policy, test)).collect::<Vec<_>>(),
            "invariants": invariants_json(&policy, &broken),
        }))?;
    } else {
        let failures = tests.iter().filter(|test| !test.passed()).map(failed_test);
        let problems: Vec<Problem> = failures.chain(broken.iter().map(broken_invariant)).collect();
        let mut text = policy_file::show(&problems, policy.sources());
        if !text.is_empty() {
            text.push('\n');
        }
        let closing = format!("{passed} passed, {failed} failed");
        let closing = if failed == 0 { closing } else { screen::bad(&closing) };
        screen::out(&format!("{text}{closing}\n"))?;
    }
    Ok(if failed == 0 { Exit::Good } else { Exit::Policy })
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

fn invariants_json(policy: &Policy, broken: &[BrokenInvariant]) -> Vec<Value> {
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
