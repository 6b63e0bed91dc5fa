//! `arrears handbook`: a policy in plain words, for people who do not know its language.

use crate::args::{LawArgs, PolicyArgs};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::screen;
use crate::{page_file, policy_file};
use arrears_workbench::handbook::{HandbookError, Options, handbook};
use std::path::PathBuf;

/// Writes a policy as a handbook: everything that it says, in plain words, with its law
///
/// Whom it applies to, what is tuned and why, what is read and what is assumed, types, holds, the
/// ladder, treatments, duties, guardrails with where they stand, results of contacts, and its own
/// tests, run now. Every name leads to where it is explained.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    #[command(flatten)]
    law: LawArgs,
    /// An earlier version: what differs from it is listed at the end
    #[arg(long, value_name = "OLD")]
    before: Option<PathBuf>,
    /// On how many accounts `never` and `always` are tried; 0: on none
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    samples: usize,
    /// Writes one page of HTML that needs nothing else, for A4 and for a telephone
    #[arg(long, conflicts_with_all = ["markdown", "json"])]
    html: bool,
    /// Writes Markdown, with the ladder as Mermaid; this is what is written if nothing else is asked for
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Writes the handbook as one JSON object, in the format arrears-handbook/1
    #[arg(long)]
    pub(crate) json: bool,
    /// Writes into this file, not to stdout
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Tells the policy.
pub(crate) fn tell(args: &Args) -> Result<Exit, Failure> {
    let (policy, _) = policy_file::load(&args.policy)?;
    let load = |path: &PathBuf| policy_file::load(&PolicyArgs { policy: path.clone(), set: Vec::new() });
    let before = args.before.as_ref().map(load).transpose()?.map(|(before, _)| before);
    let law = args.law.choice.law()?;
    let options = Options { as_of: args.law.as_of, samples: args.samples, before: before.as_ref() };
    let made = handbook(&policy, &law, &options)?;
    let page = match (args.html, args.json) {
        (true, _) => made.html(),
        (_, true) => screen::json_text(&made)?,
        _ => made.markdown(),
    };
    let read: Vec<&PathBuf> = std::iter::once(&args.policy.policy).chain(&args.before).collect();
    page_file::write(args.out.as_deref(), &page, &read)?;
    Ok(Exit::Good)
}

impl From<HandbookError> for Failure {
    fn from(error: HandbookError) -> Self {
        Self::new(Exit::Policy, error)
    }
}
