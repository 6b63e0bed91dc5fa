//! `arrears inputs`: the columns that a table needs for a policy.

use crate::args::PolicyArgs;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::policy_file;
use crate::show::{inputs_text, screen};
use arrears_batch::input_records;

/// Lists the columns that a table needs for a policy
///
/// Each with what it measures, the words it may hold, how it is needed, and what it means.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// Writes the columns as a JSON list
    #[arg(long)]
    pub(crate) json: bool,
}

/// Lists the columns.
pub(crate) fn inputs(args: &Args) -> Result<Exit, Failure> {
    let (policy, _) = policy_file::load(&args.policy)?;
    if args.json {
        screen::out_json(&input_records(&policy))?;
    } else {
        screen::out(&inputs_text(&policy))?;
    }
    Ok(Exit::Good)
}
