//! What the last decisions left, account by account: in before a run, out after it.

mod error;
mod read;
mod write;

pub use error::StateError;

use crate::row_error::Fault;
use arrears::Cell;
use arrears::condition::FactId;
use arrears::policy::{Input, Need, Policy};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The column that tells on which day a state was decided.
pub const DECIDED_ON: &str = "decided_on";

/// The state of every account that has been decided before.
///
/// It is held in memory whole: about 16 bytes for each fact of each account, and its name.
#[derive(Clone, Debug)]
pub struct State {
    /// The facts that decisions leave.
    facts: Vec<FactId>,
    /// Those of them that the state table had columns for.
    given: BTreeSet<String>,
    entries: BTreeMap<String, Entry>,
}

/// What the last decision left of one account.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    /// The day of that decision; none if it cannot be read.
    decided_on: Option<NaiveDate>,
    /// The facts, as of that day.
    cells: Vec<Cell>,
    /// Words that the policy does not know, by place, kept as they were.
    words: Vec<(usize, String)>,
    /// What is wrong with the entry.
    faults: Vec<Fault>,
    /// The row of the state table.
    row: u64,
}

impl State {
    /// No account has been decided before.
    pub fn none(policy: &Policy) -> Self {
        let is_state = |input: &&Input| matches!(input.need, Need::State(_));
        let facts = policy.inputs().iter().filter(is_state);
        Self {
            facts: facts.filter_map(|input| policy.find_input(&input.name)).collect(),
            given: BTreeSet::new(),
            entries: BTreeMap::new(),
        }
    }

    /// Names of the facts that the state table had columns for.
    pub const fn given(&self) -> &BTreeSet<String> {
        &self.given
    }

    /// How many accounts have been decided before.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no account has been decided before.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The accounts that have been decided before.
    pub fn accounts(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Puts into a row what the account's last decision left, moved on to `as_of`. An
    /// account without state keeps the row's defaults.
    ///
    /// # Errors
    ///
    /// What is wrong with the account's state.
    pub fn put(&self, policy: &Policy, account: &str, as_of: NaiveDate, row: &mut [Cell]) -> Result<(), Vec<Fault>> {
        let Some(entry) = self.entries.get(account) else {
            return Ok(());
        };
        if !entry.faults.is_empty() {
            return Err(entry.faults.clone());
        }
        let days = entry.decided_on.map_or(0, |day| as_of.signed_duration_since(day).num_days());
        for (fact, cell) in self.facts.iter().zip(&entry.cells) {
            if let Some(slot) = row.get_mut(fact.index()) {
                *slot = *cell;
            }
        }
        policy.moved_state(row, days);
        Ok(())
    }

    /// Keeps what a decision of `as_of` leaves.
    pub fn keep(&mut self, account: &str, as_of: NaiveDate, row: &[Cell], carried: &[(FactId, Cell)]) {
        let now = |fact: &FactId| {
            let new = carried.iter().find(|(id, _)| id == fact).map(|(_, cell)| *cell);
            new.or_else(|| row.get(fact.index()).copied()).unwrap_or(Cell::UNKNOWN)
        };
        let entry = Entry {
            decided_on: Some(as_of),
            cells: self.facts.iter().map(now).collect(),
            words: Vec::new(),
            faults: Vec::new(),
            row: 0,
        };
        self.entries.insert(account.to_owned(), entry);
    }
}
