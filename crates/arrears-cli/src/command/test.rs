//! `arrears test`: the policy's own tests.

use crate::args::{self, LawChoice, PolicyArgs, ReadArgs};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{coverage_text, failures, invariants_json, junit, screen, tests_json};
use crate::{book, policy_file, stop};
use arrears::Policy;
use arrears::trial::{run_tests, sample_invariants};
use arrears_batch::write_text;
use arrears_rules::Scripts;
use arrears_workbench::{Book, Coverage, Rules, coverage::coverage};
use chrono::NaiveDate;
use serde_json::json;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

/// Runs the policy's own tests, and tries its `never` and `always` statements
///
/// `never` and `always` are tried on accounts made from the policy's own edges: every
/// number that a condition names and its neighbours, every word, missing values. The
/// accounts are the same each time. Passing is no proof that none breaks the statement.
///
/// With --coverage it says which statements, conditions and edges of numbers the tests exercise,
/// and a table too if --on names one, and proposes tests for what nothing exercises.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// On how many accounts `never` and `always` are tried
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    samples: usize,
    /// Says what of the policy is exercised, where nothing exercises it, and which tests would
    #[arg(long)]
    coverage: bool,
    /// A table of accounts that exercises the policy too, .parquet or .csv
    #[arg(long, value_name = "TABLE", requires_all = ["coverage", "as_of"])]
    on: Option<PathBuf>,
    /// The day of the table's decisions, in the policy's time zone
    #[arg(long, value_name = "DATE", value_parser = args::day, requires = "on")]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    law: LawChoice,
    #[command(flatten)]
    read: ReadArgs,
    /// Writes the results as JUnit XML too
    #[arg(long, value_name = "FILE.xml")]
    junit: Option<PathBuf>,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Runs the tests.
pub(crate) fn test(args: &Args) -> Result<Exit, Failure> {
    let (policy, scripts) = policy_file::load(&args.policy)?;
    let tests = run_tests(&policy);
    let broken = sample_invariants(&policy, args.samples);
    let failed = tests.iter().filter(|test| !test.passed()).count() + broken.len();
    let passed = tests.len() + policy.invariants().len() - failed;
    let covered = args.coverage.then(|| covered(args, &policy, &scripts)).transpose()?;
    if let Some(path) = &args.junit {
        let text = junit(&policy, &tests, &broken).map_err(|error| Failure::new(Exit::File, error))?;
        write_text(path, &text)?;
    }
    if args.json {
        let mut result = json!({
            "policy": super::check::head(&policy),
            "passed": passed,
            "failed": failed,
            "samples": args.samples,
            "tests": tests_json(&policy, &tests),
            "invariants": invariants_json(&policy, &broken),
        });
        if let (Some(covered), Some(result)) = (covered, result.as_object_mut()) {
            result.insert("coverage".to_owned(), serde_json::to_value(covered)?);
        }
        screen::out_json(&result)?;
    } else {
        let mut text = policy_file::show(&failures(&tests, &broken), policy.sources());
        if !text.is_empty() {
            text.push('\n');
        }
        let closing = format!("{passed} passed, {failed} failed");
        let closing = if failed == 0 { closing } else { screen::bad(&closing) };
        let covered = covered.as_ref().map(coverage_text).unwrap_or_default();
        screen::out(&format!("{text}{closing}\n{covered}"))?;
    }
    Ok(if failed == 0 { Exit::Good } else { Exit::Policy })
}

/// What the tests exercise, and the table if there is one.
fn covered(args: &Args, policy: &Policy, scripts: &Scripts) -> Result<Coverage, Failure> {
    let rules = Rules { policy, scripts };
    let Some((table, as_of)) = args.on.as_ref().zip(args.as_of) else {
        return Ok(coverage(rules, None, &Default::default(), &mut |_| true)?);
    };
    let (table, options) = book::opened(table, (as_of, &args.law), &args.read)?;
    let stop = stop::listen()?;
    let bar = screen::progress(true);
    let mut go_on = |rows| {
        screen::advance_rows(&bar, rows, None);
        !stop.load(Ordering::Relaxed)
    };
    let book = Book { table: &table, options: &options };
    let covered = coverage(rules, Some(book), &Default::default(), &mut go_on);
    bar.finish_and_clear();
    Ok(covered?)
}
