//! `arrears explain`: why one account is decided as it is.

use crate::args::{self, LawArgs, PolicyArgs, ReadArgs};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{plural, screen};
use crate::{given, policy_file, scripts};
use arrears::{Policy, Row};
use arrears_batch::{Found, Lookup, Mapping};
use arrears_rules::Scripts;
use std::path::PathBuf;

/// Explains the decision for one account
///
/// What held and what did not, with the values seen and the thresholds by name; what was
/// refused and by what; what is missing; and what would change it.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    policy: PolicyArgs,
    /// The table of accounts, .parquet or .csv
    #[arg(long, value_name = "TABLE", required_unless_present = "facts", requires = "account")]
    on: Option<PathBuf>,
    /// The account, as its row names it
    #[arg(long, value_name = "ID", required_unless_present = "facts")]
    account: Option<String>,
    /// The facts themselves in the place of a table: dpd=12 overdue=40.00 promise_open=false
    #[arg(long, value_name = "KEY=VALUE", num_args = 1.., value_parser = args::pair, conflicts_with_all = ["on", "columns", "state"])]
    facts: Vec<(String, String)>,
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
    let account = args.account.as_deref().unwrap_or("the account");
    let row = match &args.on {
        Some(table) => find(args, &policy, &computed, table, account)?,
        None => given::row(&policy, &computed, &args.facts)?,
    };
    let explanation = arrears::explain::explain(&policy, &row, account, &args.law.no_law, args.law.as_of);
    if args.json {
        screen::out_json(&explanation)?;
    } else {
        screen::out(&format!("{}\n", explanation.to_string().trim_end()))?;
    }
    Ok(Exit::Good)
}

/// The account's row of the table.
fn find(args: &Args, policy: &Policy, computed: &Scripts, table: &PathBuf, account: &str) -> Result<Row, Failure> {
    let mapping = args.read.columns.as_ref().map(Mapping::read).transpose()?.unwrap_or_default();
    let compute = |policy: &Policy, cells: &mut Vec<_>| scripts::compute(computed, policy, cells);
    let lookup = Lookup {
        as_of: args.law.as_of,
        mapping: &mapping,
        state: args.read.state.as_deref(),
        scripts: (!computed.is_empty()).then_some(&compute),
    };
    match arrears_batch::find_account(policy, table, account, lookup)? {
        Found::Row { row, .. } => Ok(*row),
        Found::Bad(error) => Err(Failure::new(Exit::Table, format!("{}: {error}", table.display()))),
        Found::Nothing { rows } => {
            let rows = plural(rows, "row", "rows");
            let message = format!("{}: none of its {rows} is of account {account}", table.display());
            Err(Failure::new(Exit::Usage, message))
        }
    }
}
