//! `arrears run`: decides a table of accounts.

use crate::args::{LawArgs, PolicyArgs, ReadArgs};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{of_nobody_text, screen, set_aside_text, summary_text};
use crate::{policy_file, scripts, stop};
use arrears_batch::{Hooks, Mapping, Options};
use std::path::PathBuf;

/// Decides every account of a table, and prints a summary
///
/// Nothing is written unless every row can be decided; with --keep-going the rows that
/// cannot are set aside, and the others are decided. Files appear only when all of them
/// are complete; Ctrl-C leaves none.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The table of accounts, .parquet or .csv; `arrears inputs` lists its columns
    #[arg(long, value_name = "TABLE")]
    on: PathBuf,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten)]
    read: ReadArgs,
    /// Writes the decisions: .parquet, .csv or .jsonl; may be repeated
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,
    /// Writes what these decisions leave for the next run; it may be the file of --state
    #[arg(long, value_name = "FILE")]
    state_out: Option<PathBuf>,
    /// Leaves out when to look at each account again, which takes most of the time
    #[arg(long)]
    no_review: bool,
    /// Decides the good rows of a table that has bad ones, and ends with exit code 4
    #[arg(long)]
    keep_going: bool,
    /// Where the rows go that are set aside; beside the first --out if not given
    #[arg(long, value_name = "FILE.csv", requires = "keep_going")]
    errors: Option<PathBuf>,
    /// Writes the summary as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Prints no summary and shows no progress
    #[arg(long, conflicts_with = "json")]
    quiet: bool,
}

/// Decides the table.
pub(crate) fn run(args: &Args) -> Result<Exit, Failure> {
    let (policy, computed) = policy_file::load(&args.policy)?;
    let mapping = args.read.columns.as_ref().map(Mapping::read).transpose()?.unwrap_or_default();
    let options = Options {
        mapping,
        events: args.read.events.tables(),
        state: args.read.state.clone(),
        state_out: args.state_out.clone(),
        outputs: args.out.clone(),
        reviews: !args.no_review,
        keep_going: args.keep_going,
        errors: args.errors.clone(),
        ..Options::new(args.law.as_of, args.law.no_law.clone())
    };
    let bar = screen::progress(!args.quiet);
    let mut advance = |progress| screen::advance(&bar, progress);
    let compute = |policy: &arrears::Policy, cells: &mut Vec<_>| scripts::compute(&computed, policy, cells);
    let hooks = Hooks {
        progress: Some(&mut advance),
        scripts: (!computed.is_empty()).then_some(&compute),
        stop: Some(stop::listen()?),
    };
    let ended = arrears_batch::run(&policy, &args.on, &options, hooks);
    bar.finish_and_clear();
    let summary = ended?;
    if args.json {
        screen::out_json(&summary)?;
    } else if !args.quiet {
        screen::out(&summary_text(&summary))?;
    }
    let mut exit = Exit::Good;
    if summary.errors > 0 {
        screen::note(&set_aside_text(summary.errors, summary.errors_file.as_deref(), &summary.first_errors))?;
        exit = Exit::SetAside;
    }
    for tally in summary.events.iter().filter(|tally| tally.of_nobody > 0) {
        screen::note(&of_nobody_text(tally))?;
        exit = Exit::SetAside;
    }
    Ok(exit)
}
