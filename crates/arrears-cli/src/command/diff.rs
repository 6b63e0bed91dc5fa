//! `arrears diff`: what changed from one version of a policy to another, in words.

use crate::args::{LawArgs, LawChoice, PolicyArgs, ReadArgs, day, threshold};
use crate::book::{BookArgs, note_of_nobody, watched};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{capacity_text, comparison_text, reasons_text, screen, tried_aside_text};
use arrears::Policy;
use arrears_workbench::analysis::Options;
use arrears_workbench::compare::both_reasons;
use arrears_workbench::{Book, Comparison, Rules, compare, differ, region};
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
/// `arrears compare` does, and the first accounts that move are told with both reasons. With --deep it
/// is proved that both decide every account alike, or said of which accounts they do not.
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
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// Looks for every account that the two decide otherwise, and proves that there is no other
    #[arg(long, conflicts_with = "markdown")]
    deep: bool,
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
    /// Writes the difference as one JSON object; with --deep or --on under `policies`, beside `region`,
    /// and beside `table`, `capacity` and `reasons`
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
    let book = book(args)?;
    let region = if args.deep {
        let with = |scripts| Options { as_of: args.as_of, scripts: Some(scripts), ..Options::default() };
        let options = [&with(&scripts_a), &with(&scripts_b)];
        let [a, b] = [bound(&policy_a, args)?, bound(&policy_b, args)?];
        Some(region(&a, &b, &difference, options).map_err(|error| Failure::new(Exit::Usage, error.to_string()))?)
    } else {
        None
    };
    let Some(book) = book else {
        match (args.json, args.markdown, &region) {
            (true, _, Some(region)) => screen::out_json(&json!({ "policies": difference, "region": region }))?,
            (true, _, None) => screen::out_json(&difference)?,
            (_, true, _) => screen::out(&difference.markdown())?,
            (_, _, Some(region)) => screen::out(&format!("{}\n{}", difference.text(), region.text()))?,
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
        let mut all = json!({ "policies": difference, "table": comparison, "capacity": capacity, "reasons": told });
        if let (Some(region), Some(all)) = (&region, all.as_object_mut()) {
            all.insert("region".to_owned(), json!(region));
        }
        screen::out_json(&all)?;
    } else {
        let region = region.map(|region| format!("{}\n", region.text())).unwrap_or_default();
        let table = format!("{}{}", comparison_text(&comparison, None), capacity_text(&capacity));
        screen::out(&format!("{}\n{region}{table}{}", difference.text(), reasons_text(&told)))?;
    }
    note(&comparison)
}

/// The policy under the law that is chosen; as it is without one.
fn bound(policy: &Policy, args: &Args) -> Result<Policy, Failure> {
    let Some(day) = args.as_of.filter(|_| args.law.is_given()) else { return Ok(policy.clone()) };
    policy_file::under(policy, &args.law.law()?, day)
}

/// The table, if both policies are tried on one.
fn book(args: &Args) -> Result<Option<BookArgs>, Failure> {
    let Args { law: choice, read, keep_going, .. } = args;
    if let (Some(on), Some(as_of)) = (&args.on, args.as_of) {
        let law = LawArgs { as_of, choice: choice.clone() };
        return Ok(Some(BookArgs::of(on.clone(), law, read.clone(), *keep_going)));
    }
    if args.deep && choice.is_given() && args.as_of.is_none() {
        return Err(Failure::new(Exit::Usage, "a law is in force on a day: name it with --as-of"));
    }
    let of_decisions = choice.is_given() || args.as_of.is_some();
    if of_decisions && !args.deep || read.columns.is_some() || read.state.is_some() {
        return Err(Failure::new(
            Exit::Usage,
            "a day, a law, --columns and --state are for decisions: name a table with --on, or ask for --deep",
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
