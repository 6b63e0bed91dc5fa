//! What the last decision left of one account.

use super::DECIDED_ON;
use crate::row_error::Fault;
use arrears::Cell;
use arrears::decide::{Carried, TooEarly};
use arrears::policy::Policy;
use chrono::NaiveDate;

/// What the last decision left of one account, as a state table has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(super) carried: Carried,
    /// The policy under which the account was decided last, in a state of several.
    pub(super) owner: Option<String>,
    /// Whether the day of the state could be read.
    pub(super) dated: bool,
    /// What cannot be read, by place, kept as it was.
    pub(super) words: Vec<(usize, String)>,
    /// Places of words that the policy does not know and does without.
    pub(super) forgotten: Vec<usize>,
    /// What is wrong with the entry.
    pub(super) faults: Vec<Fault>,
}

impl Entry {
    /// Whether all of it can be read.
    pub(crate) fn is_good(&self) -> bool {
        self.faults.is_empty()
    }

    /// Puts what was left into a row, moved on to `as_of`.
    ///
    /// # Errors
    ///
    /// What is wrong with the account's state.
    pub(crate) fn put(&self, policy: &Policy, as_of: NaiveDate, row: &mut [Cell]) -> Result<(), Vec<Fault>> {
        if !self.faults.is_empty() {
            return Err(self.faults.clone());
        }
        let late = |error: TooEarly| vec![Fault::of_column(DECIDED_ON, error.to_string())];
        self.carried.put(policy, as_of, row).map_err(late)
    }

    /// What the last decision left, and what was learned since.
    ///
    /// # Errors
    ///
    /// What is wrong with the account's state.
    pub(super) fn carried(&mut self) -> Result<&mut Carried, Vec<Fault>> {
        if self.faults.is_empty() { Ok(&mut self.carried) } else { Err(self.faults.clone()) }
    }
}
