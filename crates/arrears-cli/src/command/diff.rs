//! `arrears diff`: what changed from one version of a policy to another, in words.

use crate::args::{LawArgs, LawChoice, PolicyArgs, ReadArgs, day, threshold};
use crate::book::{BookArgs, note_of_nobody, watched};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{capacity_text, comparison_text, reasons_text, screen, tried_aside_text};
use arrears_workbench::compare::both_reasons;
use arrears_workbench::{Book, Comparison, Rules, compare, differ};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::json;
use std::path::PathBuf;

/// How many of the accounts that move are told with both reasons.
const EXPLAINED: usize = 3;

/// Says in words what changed from policy A to policy B
///
/// Thresholds with old and new value, conditions part by part, statements added, removed, renamed and
/// moved. Comments and layout say nothing. With --on a whole table is decided under both as well, as
/// `arrears compare` does, and the first accounts that move are told with both reasons.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// The policy in use
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The policy that would take its place
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Sets a threshold of A inside its range; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = threshold)]
    set_a: Vec<(String, Decimal)>,
    /// Sets a threshold of B inside its range; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = threshold)]
    set_b: Vec<(String, Decimal)>,
    /// Decides this table under both as well, .parquet or .csv
    #[arg(long, value_name = "TABLE", requires = "as_of")]
    on: Option<PathBuf>,
    /// The day that the decisions are for, in the policies' time zone
    #[arg(long, value_name = "DATE", value_parser = day, requires = "on")]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    law: LawChoice,
    #[command(flatten)]
    read: ReadArgs,
    /// Leaves out rows that cannot be decided, counts them, and ends with exit code 4
    #[arg(long, requires = "on")]
    keep_going: bool,
    /// Writes the words as Markdown
    #[arg(long, conflicts_with_all = ["json", "on"])]
    markdown: bool,
    /// Writes the difference as one JSON object; with --on under `policies`, beside `table`,
    /// `capacity` and `reasons`
    #[arg(long)]
    pub(crate) json: bool,
}

/// Says what changed.
pub(crate) fn differ_policies(args: &Args) -> Result<Exit, Failure> {
    let load = |policy: &PathBuf, set: &[(String, Decimal)]| {
        policy_file::load(&PolicyArgs { policy: policy.clone(), set: set.to_vec() })
    };
    let ((policy_a, scripts_a), (policy_b, scripts_b)) = (load(&args.a, &args.set_a)?, load(&args.b, &args.set_b)?);
    let difference = differ(&policy_a, &policy_b);
    let Some(book) = book(args)? else {
        match (args.json, args.markdown) {
            (true, _) => screen::out_json(&difference)?,
            (_, true) => screen::out(&difference.markdown())?,
            _ => screen::out(&difference.text())?,
        }
        return Ok(Exit::Good);
    };
    let (a, b) = (Rules { policy: &policy_a, scripts: &scripts_a }, Rules { policy: &policy_b, scripts: &scripts_b });
    let (table, options) = book.open()?;
    let on = Book { table: &table, options: &options };
    let comparison = watched(|hooks| compare(a, b, on, None, hooks))??;
    let told = both_reasons([a, b], on, &comparison, EXPLAINED)?;
    let capacity = comparison.capacity();
    if args.json {
        screen::out_json(
            &json!({ "policies": difference, "table": comparison, "capacity": capacity, "reasons": told }),
        )?;
    } else {
        let table = format!("{}{}", comparison_text(&comparison, None), capacity_text(&capacity));
        screen::out(&format!("{}\n{table}{}", difference.text(), reasons_text(&told)))?;
    }
    note(&comparison)
}

/// The table, if both policies are tried on one.
fn book(args: &Args) -> Result<Option<BookArgs>, Failure> {
    let Args { law: choice, read, keep_going, .. } = args;
    if let (Some(on), Some(as_of)) = (&args.on, args.as_of) {
        let law = LawArgs { as_of, choice: choice.clone() };
        return Ok(Some(BookArgs::of(on.clone(), law, read.clone(), *keep_going)));
    }
    if choice.is_given() || read.columns.is_some() || read.state.is_some() {
        return Err(Failure::new(
            Exit::Usage,
            "a law, --columns and --state are for decisions: name a table with --on",
        ));
    }
    Ok(None)
}

/// Notes the rows that one of the policies cannot decide.
fn note(comparison: &Comparison) -> Result<Exit, Failure> {
    let mut exit = Exit::Good;
    for (side, letter) in [(&comparison.a, 'A'), (&comparison.b, 'B')] {
        if side.errors > 0 {
            let under = format!("under {letter}, `{}` {}", side.policy, side.policy_version);
            screen::note(&tried_aside_text(side.errors, &under, &side.first_errors))?;
            exit = Exit::SetAside;
        }
    }
    note_of_nobody(&comparison.b.events, exit)
}
