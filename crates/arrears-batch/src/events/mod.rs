//! Tables of events beside the table of accounts, and the facts that they tell in one pass.
//!
//! Events may come in any order. Of each account a fixed number of days, counts and amounts is
//! kept, four or eight bytes each: no event is kept. The accounts are split into parts by their
//! names, and each part is counted by one thread at a time, so that nothing depends on how many
//! threads there are; and nothing that is counted depends on the order of the events.

mod beside;
mod chunk;
mod contacts;
mod day;
mod facts;
mod holds;
mod kind;
mod lately;
mod layout;
mod payments;
mod persons;
mod plan;
mod promises;
mod read;
mod shard;
mod summary;
mod told;
mod wanted;
mod word;

pub(crate) use day::{DayCell, NO_DATE, date, days, number};
pub use facts::ToldColumns;
pub use kind::EventTable;
pub use lately::{ContactsMade, Lately, PaidOn, PromiseTold, PromisesTold, lately};
pub use read::EventTables;
pub(crate) use read::{Opened, open_events};
pub use summary::EventTally;

use crate::bind::{ACCOUNT, ColumnProblem, SchemaProblems};
use crate::mapping::Mapping;
use crate::names::hash;
use crate::row_error::RowError;
use crate::run::BadRows;
use crate::table::Batch;
use arrears::Cell;
use arrears::policy::Policy;
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use chrono::NaiveDate;
use chunk::{Chunk, Rows, SHARDS, shard_of};
use layout::Layout;
use plan::{LAST, NO_DAY, Plan};
use rayon::prelude::*;
use shard::Shard;
use std::collections::BTreeSet;

/// The column of the table of accounts that says since when an account is late.
pub const LATE_SINCE: &str = "days_since_first_missed";

/// Rows that are read at a time by one thread.
const CHUNK: usize = 16 * 1024;
/// Pieces that are read before they are counted.
const PIECES: usize = 16;
/// Bad rows of each table that are handed back; all are counted.
const SHOWN: usize = 20;

/// The columns of the tables of events that there are, and what messages call each.
#[derive(Clone, Debug, Default)]
pub struct EventSchemas {
    tables: Vec<(EventTable, Schema, String)>,
    late_since: bool,
}

impl EventSchemas {
    /// Adds a table.
    #[must_use]
    pub fn with(mut self, table: EventTable, schema: &Schema, called: impl Into<String>) -> Self {
        self.tables.retain(|(other, _, _)| *other != table);
        self.tables.push((table, schema.clone(), called.into()));
        self
    }

    /// Says that [`Events::late_since`] will be told of the accounts, before their events are.
    #[must_use]
    pub fn with_late_since(mut self) -> Self {
        self.late_since = true;
        self
    }
}

/// Events counted for the facts of one policy on one day.
///
/// An account without a row in a table that is there had no such event: its counts are zero,
/// its days since are *never*. Facts of tables that are not there are not told.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use arrears::build::{Build, fact, times};
/// use arrears::Cell;
/// use arrears_batch::{EventSchemas, EventTable, Events, Mapping};
/// use arrow_array::{RecordBatch, StringArray};
/// use std::sync::Arc;
///
/// let policy = Build::policy("small", "EUR")
///     .stage("firm", fact("dpd").ge(1).and(times("phone", 7).ge(2)))
///     .check()?;
/// let contacts = RecordBatch::try_from_iter([
///     ("account_id", Arc::new(StringArray::from(vec!["A-1", "A-1", "A-2"])) as _),
///     ("on", Arc::new(StringArray::from(vec!["2026-03-30", "2026-03-24", "2026-03-31"])) as _),
///     ("channel", Arc::new(StringArray::from(vec!["phone", "phone", "phone"])) as _),
/// ])?;
/// let schemas = EventSchemas::default().with(EventTable::Contacts, &contacts.schema(), "contacts");
/// let mut events = Events::new(&policy, "2026-03-31".parse()?, &schemas, &Mapping::default())?;
/// events.add(EventTable::Contacts, &contacts);
/// let calls = policy.find_input("times_phone_7").ok_or("no such fact")?;
/// let of = |account| events.facts_of(account).map(|facts| facts.into_iter().find(|(fact, _)| *fact == calls));
/// // The window of seven days begins on the 25th.
/// assert_eq!(of("A-1"), Ok(Some((calls, Cell::number(1)))));
/// assert_eq!(of("A-9"), Ok(Some((calls, Cell::number(0)))));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Events {
    plan: Plan,
    layouts: Vec<Layout>,
    shards: Vec<Shard>,
    tallies: Vec<EventTally>,
    no_longer_assumed: BTreeSet<String>,
}

impl Events {
    /// Makes ready to count events for a policy on a day, from tables with those columns.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the columns of every table.
    pub fn new(
        policy: &Policy,
        as_of: NaiveDate,
        schemas: &EventSchemas,
        mapping: &Mapping,
    ) -> Result<Self, SchemaProblems> {
        let (events, problems) = Self::with_problems(policy, as_of, schemas, mapping);
        if problems.is_empty() {
            return Ok(events);
        }
        let tables: Vec<&str> = schemas.tables.iter().map(|(_, _, called)| called.as_str()).collect();
        Err(SchemaProblems { table: tables.join(", "), policy: policy.head().name.clone(), problems })
    }

    /// As [`Events::new`], with what is wrong beside it, so that it can be reported together
    /// with what is wrong with the table of accounts.
    pub(crate) fn with_problems(
        policy: &Policy,
        as_of: NaiveDate,
        schemas: &EventSchemas,
        mapping: &Mapping,
    ) -> (Self, Vec<ColumnProblem>) {
        let mut problems = Vec::new();
        let mut layouts = Vec::new();
        for (table, schema, called) in &schemas.tables {
            let (layout, wrong) = Layout::of(*table, schema, called, mapping);
            layouts.push(layout);
            problems.extend(wrong);
        }
        problems.extend(mapping_problems(schemas, mapping));
        problems.extend(not_covered(policy, schemas, mapping));
        let plan = wanted::plan(policy, as_of, &layouts, schemas.late_since, mapping.covers());
        let given: Vec<EventTable> = layouts.iter().map(|layout| layout.table).collect();
        let events = Self {
            no_longer_assumed: wanted::no_longer_assumed(policy, &given),
            tallies: layouts.iter().map(|layout| plan.tally(layout)).collect(),
            shards: (0..SHARDS).map(|_| Shard::default()).collect(),
            plan,
            layouts,
        };
        (events, problems)
    }

    /// Whether the tables tell the fact in a column of this name.
    pub fn tells(&self, column: &str) -> bool {
        self.plan.tells(column)
    }

    /// Why the tables that are there do not tell a fact which is counted from them.
    pub fn why_not(&self, column: &str) -> Option<&str> {
        self.plan.untold.get(column).map(String::as_str)
    }

    /// Whether something is counted since accounts fell late, so that
    /// [`Events::late_since`] must be told first.
    pub const fn needs_late_since(&self) -> bool {
        self.plan.episodes
    }

    /// Whether an assumption about a whole history settles the fact, and a table of that
    /// history is there: then it does not.
    pub(crate) fn ends_assumption(&self, column: &str) -> bool {
        self.no_longer_assumed.contains(column)
    }

    /// Says for how many days an account has been late in this episode, as its column
    /// `days_since_first_missed` does: *never* if it is not late. To be told before the events
    /// of the account are.
    pub fn late_since(&mut self, account: &str, days: Cell) {
        let hash = hash(account);
        let from = match days.get() {
            Some(days) => i32::try_from(i64::from(self.plan.day).saturating_sub(days)).unwrap_or(NO_DAY + 1),
            None if days.is_never() => LAST,
            None => NO_DAY,
        };
        let plan = &self.plan;
        if let Some(shard) = self.shards.get_mut(shard_of(hash)) {
            let number = shard.number(plan, hash, account);
            shard.late_from(number, from);
        }
    }

    /// Counts the events of a table, in any order; it must have the columns that were announced.
    /// Rows that cannot be read put their accounts at fault.
    pub fn add(&mut self, table: EventTable, rows: &RecordBatch) {
        let Some(layout) = self.layouts.iter().find(|layout| layout.table == table) else { return };
        let positions = layout.positions().clone();
        let mut begin = 0;
        let mut pieces = Vec::new();
        while begin < rows.num_rows() {
            let length = CHUNK.min(rows.num_rows() - begin);
            pieces.push(Batch::of(&rows.slice(begin, length), &positions));
            begin += length;
            if pieces.len() == PIECES {
                self.count(table, std::mem::take(&mut pieces));
            }
        }
        self.count(table, pieces);
    }

    /// Counts pieces of a table: each is read by one thread, then each part of the accounts is
    /// counted by one.
    pub(crate) fn count(&mut self, table: EventTable, pieces: Vec<Batch>) {
        let Some(at) = self.layouts.iter().position(|layout| layout.table == table) else { return };
        let (Some(layout), Some(tally)) = (self.layouts.get(at), self.tallies.get_mut(at)) else { return };
        let plan = &self.plan;
        let mut first = tally.rows + 1;
        let mut chunks = Vec::with_capacity(pieces.len());
        for batch in &pieces {
            chunks.push(Chunk { layout, batch, first });
            first = first.saturating_add(u64::try_from(batch.rows()).unwrap_or(0));
        }
        tally.rows = first - 1;
        let read: Vec<Rows> = chunks.par_iter().map(|chunk| chunk.read(plan)).collect();
        self.shards.par_iter_mut().enumerate().for_each(|(part, shard)| {
            for rows in &read {
                shard.count(plan, rows, part, at);
            }
        });
        tally.later += read.iter().map(|rows| rows.later).sum::<u64>();
        for error in read.into_iter().flat_map(|rows| rows.bad) {
            self.refuse(&error, at);
        }
    }

    fn refuse(&mut self, error: &RowError, at: usize) {
        let (Some(layout), Some(tally)) = (self.layouts.get(at), self.tallies.get_mut(at)) else { return };
        tally.refuse(error, SHOWN);
        if let Some(name) = &error.account_id {
            let hash = hash(name);
            if let Some(shard) = self.shards.get_mut(shard_of(hash)) {
                shard.refuse(&self.plan, hash, error, (&layout.called, at));
            }
        }
    }

    /// How much memory is held for the accounts, in bytes: for each its name and about 20 bytes,
    /// and 4 or 8 for each thing that is counted.
    pub fn memory(&self) -> usize {
        self.shards.iter().map(Shard::memory).sum()
    }

    /// How many accounts were named.
    pub fn accounts(&self) -> usize {
        self.shards.iter().map(|shard| shard.names.len()).sum()
    }

    /// The rows that cannot be read and name no account, by table.
    pub(crate) fn of_nobody(&self) -> Vec<BadRows> {
        let tallies = self.tallies.iter().filter(|tally| tally.of_nobody > 0);
        let bad = tallies.map(|tally| BadRows {
            table: tally.table.clone(),
            first: tally.first_of_nobody.clone(),
            errors: tally.of_nobody,
            rows: tally.rows,
            done: "counted for any account",
        });
        bad.collect()
    }

    /// What was read of each table, once every account was asked about.
    pub fn tallies(&self) -> Vec<EventTally> {
        let mut tallies = self.tallies.clone();
        for shard in &self.shards {
            for (tally, rows) in tallies.iter_mut().zip(shard.rows_of_others(&self.plan)) {
                tally.of_no_account += rows;
            }
        }
        tallies
    }
}

/// What a table is called in messages.
fn called(schemas: &EventSchemas, table: EventTable) -> String {
    let found = schemas.tables.iter().find(|(other, _, _)| *other == table);
    found.map_or_else(|| table.word().to_owned(), |(_, _, called)| called.clone())
}

/// A table of holds of which nobody said what it records: an account that it does not name
/// would be taken as not protected, though its protection may be entered elsewhere.
fn not_covered(policy: &Policy, schemas: &EventSchemas, mapping: &Mapping) -> Option<ColumnProblem> {
    let given = schemas.tables.iter().any(|(table, _, _)| *table == EventTable::Holds);
    if !given || mapping.covers().is_some() {
        return None;
    }
    let read = policy.inputs().iter().filter(|input| input.is_column());
    let read: Vec<String> = read
        .filter(|input| holds::protections().any(|known| known == input.name))
        .map(|input| format!("\"{}\"", input.name))
        .collect();
    let problem = format!(
        "nothing says which protections the table records, and of those an account without a row lacks every one: write \
         `covers = [...]` under `[holds]` in the mapping, with those that are entered there and no others (the policy \
         reads {})",
        if read.is_empty() { "none".to_owned() } else { read.join(", ") }
    );
    Some(ColumnProblem::OfEvents { table: called(schemas, EventTable::Holds), problem })
}

/// Columns that the mapping names for a table of events, and no such table has.
fn mapping_problems(schemas: &EventSchemas, mapping: &Mapping) -> Vec<ColumnProblem> {
    let unknown = mapping.event_columns().filter_map(|(section, column)| {
        let table = EventTable::from_word(section)?;
        let known = || table.columns().iter().map(|column| column.name);
        if known().any(|known| known == column) {
            return None;
        }
        let near = arrears::problem::nearest(column, known()).map(|near| format!(" (did you mean `{near}`?)"));
        let problem = format!(
            "the mapping names `{section}.{column}`, which is no column of such a table{}",
            near.unwrap_or_default()
        );
        Some(ColumnProblem::OfEvents { table: called(schemas, table), problem })
    });
    let covers = mapping.covers().unwrap_or_default().iter().filter_map(|name| {
        if holds::protections().any(|known| known == name) {
            return None;
        }
        let near =
            arrears::problem::nearest(name, holds::protections()).map(|near| format!(" (did you mean `{near}`?)"));
        let problem = format!("`holds.covers` names `{name}`, which is no protection{}", near.unwrap_or_default());
        Some(ColumnProblem::OfEvents { table: called(schemas, EventTable::Holds), problem })
    });
    unknown.chain(covers).collect()
}
