//! Single accounts of a table, for those who ask about them.

use crate::bind::{Binding, bind};
use crate::cell::{Raw, RawColumn};
use crate::events::{EventTables, Events, Opened, open_events};
use crate::mapping::Mapping;
use crate::row_error::{Fault, RowError};
use crate::run::{BatchColumns, Counting, People, ReadRow, Reading, RunError, ScriptHook, check_in_force};
use crate::state::State;
use crate::table::{Origin, Table, TableError, open};
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
        /// How many other rows are of that person: a run settles all of them together, and the
        /// contact that is decided for this account may ride with one of theirs.
        others: u64,
    },
    /// A row that cannot be decided, or one of several of the account.
    Bad(RowError),
    /// No row.
    Nothing {
        /// How many rows the table has.
        rows: u64,
    },
}

/// Looks for one account in a table, which is read to its end: several rows of the account are an
/// error of the second.
///
/// # Errors
///
/// [`RunError`] if the policy is not in force, the table or the state cannot be read, or the columns do not fit.
pub fn find_account(
    policy: &Policy,
    table: impl Into<Origin>,
    account: &str,
    lookup: Lookup<'_>,
) -> Result<Found, RunError> {
    check_in_force(policy, lookup.as_of)?;
    let mut table = open(table)?;
    let state = lookup.state(policy)?;
    let opened = open_events(policy, lookup.as_of, (lookup.events, &table), lookup.mapping)?;
    let binding = bind(policy, &table, lookup.mapping, state.given(), opened.as_ref())?;
    let events = opened.map(|opened| counted(opened, &table, &binding, lookup.mapping)).transpose()?;
    let reading = Reading { policy, binding: &binding, as_of: lookup.as_of, scripts: lookup.scripts };
    let (mut rows, mut found) = (0, None);
    while let Some(batch) = binding.next_batch(&mut table, events.as_ref())? {
        let names = binding.positions.place(binding.account.0).and_then(|place| batch.column(place));
        for place in (0..batch.rows()).filter(|place| is(names.as_ref(), *place, account)) {
            let number = u64::try_from(place).unwrap_or(0).saturating_add(rows + 1);
            match &found {
                None => {
                    found = reading.find(&batch, rows + 1, (account, state.entry(account))).map(|row| (number, row))
                }
                Some((before, _)) => {
                    let problem = format!("the account stands in row {before} already: every row needs one of its own");
                    let account_id = Some(account.to_owned());
                    let faults = vec![Fault::of_column(&binding.account.1, problem)];
                    return Ok(Found::Bad(RowError { row: number, line: batch.line(place), account_id, faults }));
                }
            }
        }
        rows += u64::try_from(batch.rows()).unwrap_or(0);
    }
    Ok(match found {
        None => Found::Nothing { rows },
        Some((_, Err(refused))) => Found::Bad(refused.error),
        Some((_, Ok(ReadRow { number, row, customer, .. }))) => {
            let others = match (&customer, binding.customer) {
                (Some(customer), Some(position)) => rows_of(&table, position, customer)?.saturating_sub(1),
                _ => 0,
            };
            Found::Row { number, row: Box::new(row), customer, others }
        }
    })
}

/// Reads every account of a table as the policy reads it, or says what is wrong with its row, in the order of the table.
/// `take` says whether to go on. Rows are read one by one, which is slower than a run; nothing is decided or written.
/// Returns how many rows were read.
///
/// # Errors
///
/// As [`find_account`].
pub fn each_account(
    policy: &Policy,
    table: impl Into<Origin>,
    lookup: Lookup<'_>,
    take: &mut dyn FnMut(Result<Row, RowError>) -> bool,
) -> Result<u64, RunError> {
    check_in_force(policy, lookup.as_of)?;
    let mut table = open(table)?;
    let state = lookup.state(policy)?;
    let opened = open_events(policy, lookup.as_of, (lookup.events, &table), lookup.mapping)?;
    let binding = bind(policy, &table, lookup.mapping, state.given(), opened.as_ref())?;
    let events = opened.map(|opened| counted(opened, &table, &binding, lookup.mapping)).transpose()?;
    let reading = Reading { policy, binding: &binding, as_of: lookup.as_of, scripts: lookup.scripts };
    let mut rows = 0_u64;
    while let Some(batch) = binding.next_batch(&mut table, events.as_ref())? {
        let names = binding.positions.place(binding.account.0).and_then(|place| batch.column(place));
        let columns = BatchColumns::of(policy, &binding, &batch);
        for place in 0..batch.rows() {
            rows += 1;
            let name = names.as_ref().map_or(Raw::Empty, |column| column.cell(place));
            let read = reading.row(&batch, &columns, (place, place), rows, state.entry(name.name().as_ref()));
            if !take(read.map(|read| read.row).map_err(|refused| refused.error)) {
                return Ok(rows);
            }
        }
    }
    Ok(rows)
}

impl Lookup<'_> {
    fn state(&self, policy: &Policy) -> Result<State, RunError> {
        Ok(match self.state {
            Some(state) => State::read(policy, state.clone(), self.as_of)?,
            None => State::none(),
        })
    }
}

/// The events beside a table, counted for each account; of a person's accounts where the table names people.
fn counted(opened: Opened, table: &Table, binding: &Binding<'_>, mapping: &Mapping) -> Result<Events, RunError> {
    let mut events = opened.count(table, mapping, |_| Ok(()))?;
    if let Some(customer) = binding.customer {
        events.join_people(table, binding.account.0, &people_of(table, customer)?)?;
    }
    Ok(events)
}

/// Whether a cell says this.
fn is(column: Option<&RawColumn>, place: usize, text: &str) -> bool {
    column.is_some_and(|column| column.cell(place).name() == text)
}

/// Which rows of a table are accounts of one person.
fn people_of(table: &Table, customer: usize) -> Result<People, TableError> {
    let (mut table, positions) = (table.source().again()?, [customer].into_iter().collect());
    let mut people = Counting::default();
    while let Some(batch) = table.next_batch(&positions)? {
        let customers = batch.column(0);
        for place in 0..batch.rows() {
            people.add(&customers.as_ref().map_or(Raw::Empty, |column| column.cell(place)).name());
        }
    }
    Ok(people.finish())
}

/// How many rows of a table say this in a column.
fn rows_of(table: &Table, position: usize, text: &str) -> Result<u64, TableError> {
    let (mut table, positions) = (table.source().again()?, [position].into_iter().collect());
    let mut rows = 0_u64;
    while let Some(batch) = table.next_batch(&positions)? {
        let column = batch.column(0);
        let of = (0..batch.rows()).filter(|place| is(column.as_ref(), *place, text)).count();
        rows = rows.saturating_add(u64::try_from(of).unwrap_or(0));
    }
    Ok(rows)
}
