//! `arrears sweep`: what a threshold does to a whole table, value by value.

use crate::args::PolicyArgs;
use crate::book::{BookArgs, Writing, note_of_nobody, watched};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{screen, sweep_text, tried_aside_text};
use arrears_rules::problem_records;
use arrears_workbench::sweep::{StepsError, SweepError, steps, sweep_schema};
use arrears_workbench::{Book, Rules, sweep};
use rust_decimal::Decimal;
use serde_json::json;
use std::path::PathBuf;

/// Decides a whole table with several values of a threshold, and shows what each does
///
/// The table is decided once with the policy's own value and once with each of the others, as
/// `arrears run` would decide it, but for the next reviews. Nothing is written but --out.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The threshold, by its name in the policy
    #[arg(value_name = "NAME")]
    name: String,
    /// The first value
    #[arg(value_name = "FROM", value_parser = number, allow_negative_numbers = true)]
    from: Decimal,
    /// The last value
    #[arg(value_name = "TO", value_parser = number, allow_negative_numbers = true)]
    to: Decimal,
    /// From one value to the next
    #[arg(value_name = "STEP", value_parser = number, allow_negative_numbers = true)]
    step: Decimal,
    #[command(flatten)]
    book: BookArgs,
    /// Writes every number, one to a row: .parquet, .csv or .jsonl
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes the sweep as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Tries the values.
pub(crate) fn try_values(args: &Args) -> Result<Exit, Failure> {
    let (policy, scripts) = policy_file::load(&args.policy)?;
    let values = steps(args.from, args.to, args.step)?;
    let (table, options) = args.book.open()?;
    let schema = sweep_schema(&policy, &args.name).map_err(|error| refused(error, &policy))?;
    let mut file = Writing::begin(args.out.as_deref(), (&table, &options), &schema)?;
    let (rules, book) = (Rules { policy: &policy, scripts: &scripts }, Book { table: &table, options: &options });
    let swept = watched(|hooks| sweep(rules, &args.name, &values, book, hooks))?;
    let swept = swept.map_err(|error| refused(error, &policy))?;
    let rows = swept.columns().map_err(|error| Failure::new(Exit::File, error))?;
    file.take(&rows);
    let (swept, written) = file.finish(Ok::<_, Failure>(swept))?;
    if args.json {
        screen::out_json(&swept)?;
    } else {
        screen::out(&sweep_text(&swept, written.as_deref()))?;
    }
    let mut exit = Exit::Good;
    for point in swept.points.iter().filter(|point| point.errors > 0) {
        let under = format!("with `{}` = {}", swept.threshold.name, point.shown);
        screen::note(&tried_aside_text(point.errors, &under, &[]))?;
        exit = Exit::SetAside;
    }
    note_of_nobody(&swept.events, exit)
}

/// Reads a number.
fn number(text: &str) -> Result<Decimal, String> {
    Decimal::from_str_exact(text.trim()).map_err(|_| "expected a number: digits and a point, as in 250.00".to_owned())
}

fn refused(error: SweepError, policy: &arrears::Policy) -> Failure {
    match error {
        SweepError::Threshold(problems) => {
            let shown = policy_file::show(&problems, policy.sources());
            let problems = json!(problem_records(&problems, policy.sources()));
            Failure::new(Exit::Policy, "the threshold cannot be swept").with_report(shown).with("problems", problems)
        }
        error => error.into(),
    }
}

impl From<StepsError> for Failure {
    fn from(error: StepsError) -> Self {
        Self::new(Exit::Usage, error)
    }
}
