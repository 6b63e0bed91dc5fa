//! `arrears timeline`: one account day by day.

use crate::args::{self, LawChoice, OverTimeArgs, PolicyArgs};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{screen, timeline_json, timeline_text};
use crate::{history_file, policy_file, terms_file};
use arrears::nights::{Case, KnownBy};
use arrears_owed::facts::OwedFacts;
use arrears_workbench::timeline::Window;
use arrears_workbench::{Timeline, picture, script_facts};
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};

/// Shows an account over time: what happened, what was learned, and what was true
///
/// Every day on which something happens, becomes known or changes, with the facts of the day
/// as they were known on it. With --policy also what would have been decided each night.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// The history of the account, in the format arrears-history/1
    #[arg(value_name = "ACCOUNT.json")]
    account: PathBuf,
    #[command(flatten)]
    over: OverTimeArgs,
    /// Decides every night under this policy too
    #[arg(long, value_name = "POLICY")]
    policy: Option<PathBuf>,
    /// The terms of its product: under the policy `principal`, `interest`, `fees` and `balance` are then what is
    /// owed by them
    #[arg(long, value_name = "TERMS.json", requires = "policy")]
    terms: Option<PathBuf>,
    /// Sets a threshold of the policy inside the range that it gives; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = args::threshold, requires = "policy")]
    set: Vec<(String, Decimal)>,
    #[command(flatten)]
    law: LawChoice,
    /// Draws the timeline into this file
    #[arg(long, value_name = "FILE.svg")]
    svg: Option<PathBuf>,
    /// Writes the timeline as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Shows the account.
pub(crate) fn timeline(args: &Args) -> Result<Exit, Failure> {
    let account = history_file::account(&args.account)?;
    let conventions = history_file::conventions(args.over.conventions.as_deref(), &account)?;
    let known_by = args.over.known_by.map_or(KnownBy::EachNight, KnownBy::Day);
    let window = Window { from: args.over.from, to: args.over.to, known_by };
    let timeline = match &args.policy {
        Some(policy) => {
            let law = &args.law.law()?;
            let (policy, computed) = policy_file::load(&PolicyArgs { policy: policy.clone(), set: args.set.clone() })?;
            let (_, last) = window.days(&account)?;
            let policy = policy_file::under(&policy, law, last)?;
            let scripts = script_facts::filled_in(&computed);
            let terms = terms_file::beside(args.terms.as_deref(), &account)?;
            let owed = terms.as_ref().map(|terms| OwedFacts::new(&account, terms, &conventions));
            let case = Case::new(&policy, &account, &conventions, law).with_scripts(&scripts);
            let case = owed.iter().fold(case, |case, owed| case.with_beside(owed));
            Timeline::under(case, window)?
        }
        None => Timeline::of(&account, &conventions, window)?,
    };
    if let Some(path) = &args.svg {
        is_free(path, args)?;
        arrears_batch::write_text(path, &picture::picture(&account, &timeline))?;
    }
    if args.json {
        screen::out_json(&timeline_json(&timeline))?;
    } else {
        screen::out(&timeline_text(&timeline))?;
    }
    Ok(Exit::Good)
}

/// A picture does not take the place of a file that was read.
fn is_free(svg: &Path, args: &Args) -> Result<(), Failure> {
    let read = [Some(&args.account), args.over.conventions.as_ref(), args.policy.as_ref(), args.terms.as_ref()];
    let same =
        |other: &PathBuf| svg.canonicalize().is_ok_and(|svg| other.canonicalize().is_ok_and(|other| other == svg));
    if read.into_iter().flatten().any(same) {
        let message = format!("{}: was read just now: give the picture a name of its own", svg.display());
        return Err(Failure::new(Exit::Usage, message));
    }
    Ok(())
}
