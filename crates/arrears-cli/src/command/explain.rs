//! `arrears explain`: why one account is decided as it is.

use crate::args::{self, LawArgs, PolicyArgs, ReadArgs};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{plural, screen};
use crate::{given, history_file, policy_file, terms_file};
use arrears::nights::{Case, KnownBy, Nights};
use arrears::{Explanation, Law, Policy, Row};
use arrears_batch::{Found, Lookup, Mapping};
use arrears_owed::facts::OwedFacts;
use arrears_rules::Scripts;
use arrears_workbench::script_facts;
use arrears_workbench::timeline::{TimelineError, Window};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

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
    /// Writes the explanation as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Explains the decision.
pub(crate) fn explain(args: &Args) -> Result<Exit, Failure> {
    let (policy, computed) = policy_file::load(&args.policy)?;
    arrears_batch::check_in_force(&policy, args.law.as_of)?;
    let law = &args.law.choice.law()?;
    let policy = policy_file::under(&policy, law, args.law.as_of)?;
    let account = args.account.as_deref().unwrap_or("the account");
    let as_of = args.law.as_of;
    let explanation = match (&args.on, &args.history) {
        (Some(table), _) => {
            let row = find(args, &policy, &computed, table, account)?;
            arrears::explain(&policy, &row, account, law, as_of)
        }
        (None, Some(history)) => over(args, (&policy, law), &computed, history)?,
        (None, None) => {
            let row = given::row(&policy, &computed, &args.facts)?;
            arrears::explain(&policy, &row, account, law, as_of)
        }
    };
    if args.json {
        screen::out_json(&explanation)?;
    } else {
        screen::out(&format!("{}\n", explanation.to_string().trim_end()))?;
    }
    Ok(Exit::Good)
}

/// The last night of an account that is decided every night over its history.
fn over(args: &Args, (policy, law): (&Policy, &Law), computed: &Scripts, path: &Path) -> Result<Explanation, Failure> {
    let account = history_file::account(path)?;
    let conventions = history_file::conventions(args.conventions.as_deref(), &account)?;
    let scripts = script_facts::filled_in(computed);
    let terms = terms_file::beside(args.terms.as_deref(), &account)?;
    let owed = terms.as_ref().map(|terms| OwedFacts::new(&account, terms, &conventions));
    let case = Case::new(policy, &account, &conventions, law).with_scripts(&scripts);
    let case = owed.iter().fold(case, |case, owed| case.with_beside(owed));
    let known_by = args.known_by.map_or(KnownBy::EachNight, KnownBy::Day);
    let window = Window { from: None, to: Some(args.law.as_of), known_by };
    let (first, last) = window.days(&account)?;
    let mut night = None;
    for decided in Nights::new(case, known_by, first, last) {
        night = Some(decided.map_err(TimelineError::Policy)?);
    }
    night.map(|night| night.explain(&case)).ok_or_else(|| Failure::new(Exit::Usage, "there is no night to decide"))
}

/// The account's row of the table.
fn find(args: &Args, policy: &Policy, computed: &Scripts, table: &PathBuf, account: &str) -> Result<Row, Failure> {
    let mapping = args.read.columns.as_ref().map(Mapping::read).transpose()?.unwrap_or_default();
    let compute = script_facts::hook(computed);
    let (state, events) = (args.read.state.clone().map(Into::into), args.read.events.tables());
    let lookup = Lookup {
        as_of: args.law.as_of,
        mapping: &mapping,
        events: &events,
        state: state.as_ref(),
        scripts: (!computed.is_empty()).then_some(&compute),
    };
    match arrears_batch::find_account(policy, table, account, lookup)? {
        Found::Row { row, others, customer, .. } => {
            if let Some(customer) = customer.filter(|_| others > 0) {
                let others = plural(others, "other account", "other accounts");
                screen::note(&format!(
                    "{account} is explained by itself: a run settles it together with {others} of {customer}, and its contact may ride with one of theirs"
                ))?;
            }
            Ok(*row)
        }
        Found::Bad(error) => Err(Failure::new(Exit::Table, format!("{}: {error}", table.display()))),
        Found::Nothing { rows } => {
            let rows = plural(rows, "row", "rows");
            let message = format!("{}: none of its {rows} is of account {account}", table.display());
            Err(Failure::new(Exit::Usage, message))
        }
    }
}
