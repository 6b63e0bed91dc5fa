//! A state held in memory whole, for those who ask for accounts in any order.

use super::entry::Entry;
use super::read::StateTable;
use super::{Left, StateError, StateFile};
use crate::names::Names;
use crate::output::{OutputError, Target};
use crate::row_error::Fault;
use crate::table::Origin;
use arrears::Cell;
use arrears::decide::Carried;
use arrears::policy::Policy;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::Path;

/// Accounts that are written at a time.
const AT_A_TIME: usize = 8 * 1024;

/// The state of every account that has been decided before.
///
/// It is held in memory whole: 8 bytes for each fact of each account, about 130 more, and
/// its name. A run does not hold it so: it reads the state beside the table.
#[derive(Debug, Default)]
pub struct State {
    /// The facts that the state table had columns for.
    given: BTreeSet<String>,
    /// Whether it was written for several policies.
    of_several: bool,
    /// The accounts, in the order of the state table.
    names: Names,
    entries: Vec<Entry>, // INVARIANT: one for each name, in its order.
}

impl State {
    /// No account has been decided before.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads a state table as it is before decisions of `as_of`.
    ///
    /// # Errors
    ///
    /// [`StateError`] if it cannot be read, is not a state, or has two rows for one account.
    pub fn read(policy: &Policy, origin: impl Into<Origin>, as_of: NaiveDate) -> Result<Self, StateError> {
        let table = StateTable::open(policy, origin, as_of)?;
        let mut state = Self { given: table.given(), of_several: table.check_own().is_err(), ..Self::default() };
        let mut rows = table.rows_with_names()?;
        while let Some(batch) = rows.next_batch()? {
            for place in 0..batch.rows() {
                let account = batch.account(place)?;
                let (number, new) = state.names.add(&account);
                if !new {
                    let (row, before) = (batch.row(place), u64::from(number) + 1);
                    return Err(StateError::Twice { path: table.path().to_owned(), row, account, before });
                }
                state.entries.push(table.entry(&batch, place));
            }
        }
        Ok(state)
    }

    /// Makes sure that no policy but the one that reads it keeps anything in it.
    pub(crate) fn check_own(&self, path: &Path) -> Result<(), StateError> {
        if self.of_several { Err(StateError::OfSeveral { path: path.to_owned() }) } else { Ok(()) }
    }

    /// Names of the facts that the state table had columns for.
    pub const fn given(&self) -> &BTreeSet<String> {
        &self.given
    }

    /// How many accounts have been decided before.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no account has been decided before.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The accounts that have been decided before, in the order of the state table.
    pub fn accounts(&self) -> impl Iterator<Item = &str> {
        self.names.iter()
    }

    /// Puts into a row what the account's last decision left, moved on to `as_of`. An
    /// account without state keeps the row's defaults.
    ///
    /// # Errors
    ///
    /// What is wrong with the account's state.
    pub fn put(&self, policy: &Policy, account: &str, as_of: NaiveDate, row: &mut [Cell]) -> Result<(), Vec<Fault>> {
        self.entry(account).map_or(Ok(()), |entry| entry.put(policy, as_of, row))
    }

    /// What the last decision of an account left; none if it was never decided.
    pub(crate) fn entry(&self, account: &str) -> Option<&Entry> {
        self.entries.get(usize::try_from(self.names.find(account)?).ok()?)
    }

    /// What the last decision of an account left, and what was learned since; none if it
    /// was never decided.
    ///
    /// # Errors
    ///
    /// What is wrong with the account's state.
    pub(crate) fn carried(&mut self, account: &str) -> Option<Result<&mut Carried, Vec<Fault>>> {
        let number = usize::try_from(self.names.find(account)?).ok()?;
        self.entries.get_mut(number).map(Entry::carried)
    }

    /// Writes the state under a temporary name, in the order in which it was read.
    pub(crate) fn write(&self, policy: &Policy, path: &Path) -> Result<Target, OutputError> {
        let mut file = StateFile::create((&[policy], false), path)?;
        let mut names = self.names.iter();
        for part in self.entries.chunks(AT_A_TIME) {
            let mut left = Left::default();
            for (account, entry) in names.by_ref().zip(part) {
                left.before(account.to_owned(), vec![(0, entry.clone())]);
            }
            file.write(&left)?;
        }
        file.finish()
    }
}
