//! One table decided under one policy, from the files to the files.

mod decided;
mod error;
mod options;
mod places;
mod rows;
mod sink;

pub use error::{BadRows, RunError};
pub use options::{Hooks, Options, Progress, ScriptCost, ScriptHook};
pub(crate) use rows::{BatchColumns, ReadRow, Reading};

use crate::bind::{Binding, bind};
use crate::row_error::Fault;
use crate::state::State;
use crate::summary::{Assumed, Summary};
use crate::table::{Table, open};
use arrears::policy::Policy;
use decided::{Outcome, decide_rows, settle_customers};
use sink::Sink;
use std::collections::BTreeMap;
use std::path::Path;

/// Decides every row of a table.
///
/// Rows are read in batches and decided on all cores; order and content of the results do
/// not depend on how many there are. Where the table names customers, decisions are held
/// in memory until the last row, so that one person's accounts are settled together.
/// Results are written under temporary names and take their own only when all of them are
/// complete, and then all of them do or none: decisions first, the state last.
///
/// # Errors
///
/// [`RunError`], and then nothing is written: the table, the state or the results cannot be
/// read or written, the columns do not fit the policy, or, unless asked to keep going, some
/// row cannot be decided.
pub fn run(
    policy: &Policy,
    table: impl AsRef<Path>,
    options: &Options,
    mut hooks: Hooks<'_>,
) -> Result<Summary, RunError> {
    in_force(policy, options)?;
    let mut table = open(table)?;
    let state = match &options.state {
        Some(path) => State::read(policy, path, options.as_of)?,
        None => State::none(),
    };
    let binding = bind(policy, &table, &options.mapping, state.given())?;
    let mut sink = Sink::create(policy, table.path(), options, state)?;
    let mut accounts = Accounts::default();
    let mut waiting = Vec::new();
    let total = table.total_rows();
    while let Some(batch) = table.next_batch(&binding.positions)? {
        let reading =
            Reading { policy, binding: &binding, state: sink.state(), as_of: options.as_of, scripts: hooks.scripts };
        let mut outcomes = decide_rows(&reading, &batch, sink.rows() + 1, &options.law);
        for outcome in &mut outcomes {
            accounts.refuse_second(outcome, &binding);
        }
        sink.has_read(batch.rows());
        if binding.customer.is_some() {
            waiting.extend(outcomes);
        } else {
            sink.take(outcomes)?;
        }
        if let Some(progress) = hooks.progress.as_mut() {
            progress(Progress { rows: sink.rows(), total });
        }
    }
    sink.take(settle_customers(policy, waiting))?;
    let kept = sink.state().accounts().filter(|account| !accounts.0.contains_key(*account)).count();
    sink.finish(assumed(policy, &table, options, &binding), kept)
}

/// The accounts seen so far, with their rows.
#[derive(Default)]
struct Accounts(BTreeMap<String, u64>);

impl Accounts {
    /// Makes a second row of one account an error that names both rows.
    fn refuse_second(&mut self, outcome: &mut Outcome, binding: &Binding<'_>) {
        let (account, row) = match &*outcome {
            Ok(decided) => (Some(&decided.proposal.account), decided.number),
            Err(refused) => (refused.error.account_id.as_ref(), refused.error.row),
        };
        let Some(account) = account else { return };
        let Some(before) = self.0.get(account) else {
            self.0.insert(account.clone(), row);
            return;
        };
        let fault = Fault::of_column(&binding.account.1, format!("the account is in row {before} already"));
        match outcome {
            Ok(decided) => *outcome = Err(decided.refused(vec![fault])),
            Err(refused) => refused.error.faults.push(fault),
        }
    }
}

fn in_force(policy: &Policy, options: &Options) -> Result<(), RunError> {
    let head = policy.head();
    let early = head.from.is_some_and(|from| options.as_of < from);
    let late = head.to.is_some_and(|to| options.as_of > to);
    if !early && !late {
        return Ok(());
    }
    let when = match (head.from, head.to) {
        (Some(from), Some(to)) => format!("from {from} to {to}"),
        (Some(from), None) => format!("from {from} on"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::new(),
    };
    Err(RunError::NotInForce { policy: head.name.clone(), when, as_of: options.as_of })
}

/// Assumptions that settled a fact for which the table has no column.
fn assumed(policy: &Policy, table: &Table, options: &Options, binding: &Binding<'_>) -> Vec<Assumed> {
    let has_column = |name: &str| {
        let column = options.mapping.column(name);
        column.is_some_and(|column| table.schema().column_with_name(column).is_some())
            || binding.facts.iter().any(|bound| bound.meaning.input().name == name)
    };
    policy
        .assumptions()
        .iter()
        .filter_map(|assumption| {
            let settled = assumption.facts.iter().filter_map(|fact| policy.input(*fact));
            let facts: Vec<String> =
                settled.filter(|input| !has_column(&input.name)).map(|input| input.name.clone()).collect();
            (!facts.is_empty()).then(|| Assumed {
                written: assumption.written.clone(),
                why: assumption.why.clone(),
                facts,
            })
        })
        .collect()
}
