//! `arrears outcome`: takes what was done, and with which results, into the state.

use crate::args::PolicyArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{learned_text, screen, set_aside_text};
use arrears_batch::{LearnOptions, learn};
use std::path::PathBuf;

/// Takes what was done since the last run, and with which results, into the state
///
/// The policy's `outcome` statements say what a result does to what the next run knows: a
/// wrong number is not dialled again, a complaint lets demand rest. Nothing is written
/// unless every row can be taken in; with --keep-going the rows that cannot are set aside.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The state that the last run left: the file that its --state-out wrote
    #[arg(long, value_name = "FILE")]
    state: PathBuf,
    /// What was done, .parquet or .csv: account_id, on, and as far as known treatment, done,
    /// channel, point, outcome, call_back_on, amount, due_on
    #[arg(long, value_name = "TABLE")]
    done: PathBuf,
    /// Writes the state for the next run; it may be the file of --state
    #[arg(long, value_name = "FILE")]
    state_out: PathBuf,
    /// Takes in the good rows of a table that has bad ones, and ends with exit code 4
    #[arg(long)]
    keep_going: bool,
    /// Where the rows go that are set aside; beside --state-out if not given
    #[arg(long, value_name = "FILE.csv", requires = "keep_going")]
    errors: Option<PathBuf>,
    /// Writes the summary as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// Prints no summary
    #[arg(long, conflicts_with = "json")]
    quiet: bool,
}

/// Takes the results in.
pub(crate) fn outcome(args: &Args) -> Result<Exit, Failure> {
    let (policy, _) = policy_file::load(&args.policy)?;
    let options = LearnOptions {
        keep_going: args.keep_going,
        errors: args.errors.clone(),
        ..LearnOptions::new(&args.state, &args.state_out)
    };
    let summary = learn(&policy, &args.done, &options)?;
    if args.json {
        screen::out_json(&summary)?;
    } else if !args.quiet {
        screen::out(&learned_text(&summary))?;
    }
    if summary.errors == 0 {
        return Ok(Exit::Good);
    }
    screen::note(&set_aside_text(summary.errors, summary.errors_file.as_deref(), &summary.first_errors))?;
    Ok(Exit::SetAside)
}
