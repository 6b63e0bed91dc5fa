//! What the last decisions left, account by account: in before a run, out after it.

mod error;
mod read;
mod write;

pub use error::StateError;

use crate::row_error::Fault;
use arrears::Cell;
use arrears::decide::Carried;
use arrears::policy::Policy;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The column that tells as of which day a state is: that of the decision, or of the last
/// result that was learned after it.
pub const DECIDED_ON: &str = "decided_on";

/// The state of every account that has been decided before.
///
/// It is held in memory whole: about 8 bytes for each fact of each account, and its name.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The facts that the state table had columns for.
    given: BTreeSet<String>,
    entries: BTreeMap<String, Entry>,
}

/// What the last decision left of one account.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    carried: Carried,
    /// Whether the day of the state could be read.
    dated: bool,
    /// Words that the policy does not know, by place, kept as they were.
    words: Vec<(usize, String)>,
    /// What is wrong with the entry.
    faults: Vec<Fault>,
    /// The row of the state table.
    row: u64,
}

impl State {
    /// No account has been decided before.
    pub fn none() -> Self {
        Self::default()
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
        let late = |error: arrears::decide::TooEarly| vec![Fault::of_column(DECIDED_ON, error.to_string())];
        entry.carried.put(policy, as_of, row).map_err(late)
    }

    /// Keeps what a decision leaves.
    pub fn keep(&mut self, account: &str, carried: Carried) {
        let entry = Entry { carried, dated: true, words: Vec::new(), faults: Vec::new(), row: 0 };
        self.entries.insert(account.to_owned(), entry);
    }

    /// What the last decision of an account left, and what was learned since; none if it
    /// was never decided.
    ///
    /// # Errors
    ///
    /// What is wrong with the account's state.
    pub(crate) fn carried(&mut self, account: &str) -> Option<Result<&mut Carried, Vec<Fault>>> {
        let entry = self.entries.get_mut(account)?;
        Some(if entry.faults.is_empty() { Ok(&mut entry.carried) } else { Err(entry.faults.clone()) })
    }
}
