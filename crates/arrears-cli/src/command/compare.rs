//! `arrears compare`: what changes on a table when one policy takes the place of another.

use crate::args::{PolicyArgs, threshold};
use crate::book::{BookArgs, Writing, note_of_nobody, watched};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{comparison_text, screen, tried_aside_text};
use arrears_workbench::compare::moved_schema;
use arrears_workbench::{Book, Rules, compare};
use arrow_array::RecordBatch;
use rust_decimal::Decimal;
use std::path::PathBuf;

/// Decides a whole table under two policies, and shows who moves from what to what
///
/// Both policies decide the table as `arrears run` would, but for the next reviews. --set sets a
/// threshold in both, --set-a and --set-b in one: with these, a policy can be compared with
/// itself. Nothing is written but --out.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// The policy in use
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The policy that would take its place
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Sets a threshold of both policies inside its range; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = threshold)]
    set: Vec<(String, Decimal)>,
    /// Sets a threshold of A alone
    #[arg(long, value_name = "NAME=VALUE", value_parser = threshold)]
    set_a: Vec<(String, Decimal)>,
    /// Sets a threshold of B alone
    #[arg(long, value_name = "NAME=VALUE", value_parser = threshold)]
    set_b: Vec<(String, Decimal)>,
    #[command(flatten)]
    book: BookArgs,
    /// Writes the accounts that move: .parquet, .csv or .jsonl
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes the comparison as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Compares the policies.
pub(crate) fn compare_policies(args: &Args) -> Result<Exit, Failure> {
    let load = |policy: &PathBuf, own: &[(String, Decimal)]| {
        let set = args.set.iter().chain(own).cloned().collect();
        policy_file::load(&PolicyArgs { policy: policy.clone(), set })
    };
    let ((policy_a, scripts_a), (policy_b, scripts_b)) = (load(&args.a, &args.set_a)?, load(&args.b, &args.set_b)?);
    let (a, b) = (Rules { policy: &policy_a, scripts: &scripts_a }, Rules { policy: &policy_b, scripts: &scripts_b });
    let (table, options) = args.book.open()?;
    let schema = moved_schema(policy_a.head().currency.digits());
    let mut file = Writing::begin(args.out.as_deref(), (&table, &options), &schema)?;
    let wanted = file.is_wanted();
    let mut write = |rows: RecordBatch| file.take(&rows);
    let book = Book { table: &table, options: &options };
    let made = watched(|hooks| compare(a, b, book, if wanted { Some(&mut write) } else { None }, hooks))?;
    let (comparison, written) = file.finish(made)?;
    if args.json {
        screen::out_json(&comparison)?;
    } else {
        screen::out(&comparison_text(&comparison, written.as_deref()))?;
    }
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
