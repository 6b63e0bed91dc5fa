//! `arrears explain`: why one account is decided as it is.

use crate::args::{self, LawArgs, PolicyArgs, ReadArgs};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{screen, what_if_text};
use crate::{given, history_file, one_account, policy_file, terms_file};
use arrears::Explanation;
use arrears::nights::Case;
use arrears_owed::facts::OwedFacts;
use arrears_workbench::{Rules, WhatIf, script_facts, what_if};
use chrono::NaiveDate;
use serde::Serialize;
use std::path::PathBuf;

/// Explains the decision for one account
///
/// What held and what did not, with the values seen and the thresholds by name; what was
/// refused and by what; what is missing; and what would change it. With --history the next
/// review is exact: the day on which time alone changes the decision.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The table of accounts, .parquet or .csv
    #[arg(long, value_name = "TABLE", required_unless_present_any = ["facts", "history"], requires = "account")]
    on: Option<PathBuf>,
    /// The account, as its row names it
    #[arg(long, value_name = "ID", required_unless_present_any = ["facts", "history"])]
    account: Option<String>,
    /// The facts themselves in the place of a table: dpd=12 overdue=40.00 promise_open=false
    #[arg(long, value_name = "KEY=VALUE", num_args = 1.., value_parser = args::pair, conflicts_with_all = ["on", "columns", "state"])]
    facts: Vec<(String, String)>,
    /// The account's history in the place of a table: decided every night up to the day, state carried
    #[arg(long, value_name = "ACCOUNT.json", conflicts_with_all = ["on", "facts", "columns", "state", "account"])]
    history: Option<PathBuf>,
    /// How the bank counts; days from the due date, without grace or tolerance, if not given
    #[arg(long, value_name = "FILE.json", requires = "history")]
    conventions: Option<PathBuf>,
    /// The terms of its product: `principal`, `interest`, `fees` and `balance` are then what is owed by them
    #[arg(long, value_name = "TERMS.json", requires = "history")]
    terms: Option<PathBuf>,
    /// Decides as the history is known on this day; if not given, each night as it was known on itself
    #[arg(long, value_name = "DATE", value_parser = args::day, requires = "history")]
    known_by: Option<NaiveDate>,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten)]
    read: ReadArgs,
    /// Adds the nearest changes that lead to a milder or to a harsher decision, each decided again: what may be
    /// paid, promised, reported or told, what the bank may do, days that pass
    #[arg(long)]
    what_if: bool,
    /// Writes the explanation as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// The explanation, with what would change the decision where that is asked for.
#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    explanation: Explanation,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<WhatIf>,
}

/// Explains the decision.
pub(crate) fn explain(args: &Args) -> Result<Exit, Failure> {
    let (policy, computed) = policy_file::load(&args.policy)?;
    arrears_batch::check_in_force(&policy, args.law.as_of)?;
    let law = &args.law.choice.law()?;
    let policy = policy_file::under(&policy, law, args.law.as_of)?;
    let account = args.account.as_deref().unwrap_or("the account");
    let as_of = args.law.as_of;
    let (explanation, row) = match (&args.on, &args.history) {
        (Some(table), _) => {
            let row = one_account::row(&policy, &computed, (table, account), &args.read, as_of)?;
            (arrears::explain(&policy, &row, account, law, as_of), row)
        }
        (None, Some(path)) => {
            let account = history_file::account(path)?;
            let conventions = history_file::conventions(args.conventions.as_deref(), &account)?;
            let scripts = script_facts::filled_in(&computed);
            let terms = terms_file::beside(args.terms.as_deref(), &account)?;
            let owed = terms.as_ref().map(|terms| OwedFacts::new(&account, terms, &conventions));
            let case = Case::new(&policy, &account, &conventions, law).with_scripts(&scripts);
            let case = owed.iter().fold(case, |case, owed| case.with_beside(owed));
            let night = one_account::last_night(case, args.known_by, as_of)?;
            (night.explain(&case), night.row)
        }
        (None, None) => {
            let row = given::row(&policy, &computed, &args.facts)?;
            (arrears::explain(&policy, &row, account, law, as_of), row)
        }
    };
    let rules = Rules { policy: &policy, scripts: &computed };
    let what_if = args.what_if.then(|| what_if(rules, &row, law, as_of, &Default::default()));
    if args.json {
        screen::out_json(&Whole { explanation, what_if })?;
    } else {
        let changes = what_if.as_ref().map(what_if_text).unwrap_or_default();
        screen::out(&format!("{}\n{changes}", explanation.to_string().trim_end()))?;
    }
    Ok(Exit::Good)
}
