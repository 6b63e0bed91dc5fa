//! `arrears recompute`: past decisions that would have differed, had the bank known in time.

use crate::args::{LawChoice, OverTimeArgs, PolicyArgs};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{hindsight_json, hindsight_text, screen};
use crate::{history_file, policy_file, terms_file};
use arrears::nights::{Case, KnownBy, hindsight};
use arrears_owed::facts::OwedFacts;
use arrears_workbench::script_facts;
use arrears_workbench::timeline::{TimelineError, Window};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Lists past decisions that would have differed, had the bank known in time
///
/// Decides each account on every night as it was known then, and again as it is known now: after a
/// payment that was reversed, a dispute that was entered late, a pause nobody had recorded. Says from
/// which night the two differ, in what, which facts were others, and which events were not known.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The histories of the accounts, in the format arrears-history/1
    #[arg(value_name = "ACCOUNT.json", required = true)]
    accounts: Vec<PathBuf>,
    #[command(flatten)]
    over: OverTimeArgs,
    /// The terms of their product: `principal`, `interest`, `fees` and `balance` are then what is owed by them
    #[arg(long, value_name = "TERMS.json")]
    terms: Option<PathBuf>,
    #[command(flatten)]
    law: LawChoice,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Lists the decisions.
pub(crate) fn recompute(args: &Args) -> Result<Exit, Failure> {
    let (policy, computed) = policy_file::load(&args.policy)?;
    let law = &args.law.law()?;
    let scripts = script_facts::filled_in(&computed);
    let known_by = args.over.known_by.unwrap_or(NaiveDate::MAX);
    let (mut text, mut listed) = (String::new(), Vec::new());
    for path in &args.accounts {
        let account = history_file::account(path)?;
        let conventions = history_file::conventions(args.over.conventions.as_deref(), &account)?;
        let window = Window { from: args.over.from, to: args.over.to, known_by: KnownBy::EachNight };
        let (first, last) = window.days(&account)?;
        let policy = policy_file::under(&policy, law, last)?;
        let terms = terms_file::beside(args.terms.as_deref(), &account)?;
        let owed = terms.as_ref().map(|terms| OwedFacts::new(&account, terms, &conventions));
        let case = Case::new(&policy, &account, &conventions, law).with_scripts(&scripts);
        let case = owed.iter().fold(case, |case, owed| case.with_beside(owed));
        let found = hindsight(case, first, last, known_by).map_err(TimelineError::Policy)?;
        text.push_str(&hindsight_text(&account, &found));
        listed.push(hindsight_json(&account, first, last, &found));
    }
    if args.json {
        screen::out_json(&listed)?;
    } else {
        screen::out(&text)?;
    }
    Ok(Exit::Good)
}
