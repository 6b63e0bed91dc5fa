//! One account of a table, for those who ask about it.

use crate::bind::bind;
use crate::events::{EventTables, open_events};
use crate::mapping::Mapping;
use crate::row_error::RowError;
use crate::run::{ReadRow, Reading, RunError, ScriptHook};
use crate::state::State;
use crate::table::{Origin, open};
use arrears::policy::{Policy, Row};
use chrono::NaiveDate;

/// How a table's rows are read when one account is looked for.
#[derive(Clone, Copy)]
pub struct Lookup<'a> {
    /// The day of the decision.
    pub as_of: NaiveDate,
    /// Which column holds which fact.
    pub mapping: &'a Mapping,
    /// Tables of events beside the table of accounts.
    pub events: &'a EventTables,
    /// What the last decisions left.
    pub state: Option<&'a Origin>,
    /// Computes script facts.
    pub scripts: Option<&'a ScriptHook<'a>>,
}

impl std::fmt::Debug for Lookup<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lookup").field("as_of", &self.as_of).field("state", &self.state).finish_non_exhaustive()
    }
}

/// What a table has of an account.
#[derive(Clone, Debug)]
pub enum Found {
    /// Its row, with the number that the row has in the table.
    Row {
        /// The row's number, from 1.
        number: u64,
        /// The row.
        row: Box<Row>,
        /// The person, if the table names one.
        customer: Option<String>,
    },
    /// A row that cannot be decided.
    Bad(RowError),
    /// No row.
    Nothing {
        /// How many rows the table has.
        rows: u64,
    },
}

/// Looks for one account in a table. The first row of that account is taken.
///
/// # Errors
///
/// [`RunError`] if the table or the state cannot be read, or the columns do not fit.
pub fn find_account(
    policy: &Policy,
    table: impl Into<Origin>,
    account: &str,
    lookup: Lookup<'_>,
) -> Result<Found, RunError> {
    let mut table = open(table)?;
    let state = match lookup.state {
        Some(state) => State::read(policy, state.clone(), lookup.as_of)?,
        None => State::none(),
    };
    let opened = open_events(policy, lookup.as_of, (lookup.events, &table), lookup.mapping)?;
    let binding = bind(policy, &table, lookup.mapping, state.given(), opened.as_ref())?;
    let events = opened.map(|opened| opened.count(&table, lookup.mapping, |_| Ok(()))).transpose()?;
    let reading = Reading { policy, binding: &binding, as_of: lookup.as_of, scripts: lookup.scripts };
    let mut rows = 0;
    while let Some(batch) = binding.next_batch(&mut table, events.as_ref())? {
        if let Some(read) = reading.find(&batch, rows + 1, (account, state.entry(account))) {
            return Ok(match read {
                Ok(ReadRow { number, row, customer, .. }) => Found::Row { number, row: Box::new(row), customer },
                Err(refused) => Found::Bad(refused.error),
            });
        }
        rows += u64::try_from(batch.rows()).unwrap_or(0);
    }
    Ok(Found::Nothing { rows })
}
