//! A state read beside the table whose accounts it is about.

use super::entry::Entry;
use super::read::{StateBatch, StateRows, StateTable};
use super::{StateError, StateIndex};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A state read beside the table, batch by batch.
///
/// Where both have one order, a batch or two are held. Rows that come before their account
/// does wait, with the rows that were read with them: where the orders have nothing in
/// common the whole state waits, at up to 16 bytes for each cell of the state table.
pub(crate) struct Beside<'a> {
    index: &'a StateIndex,
    rows: StateRows,
    /// Batches of which some rows are still to be asked for, by the rows that come before.
    held: BTreeMap<u64, Held>,
}

struct Held {
    batch: Arc<StateBatch>,
    /// How many of its rows are still to be asked for.
    left: u64,
}

/// Where the state of an account stands.
#[derive(Clone)]
pub(crate) struct Before {
    batch: Arc<StateBatch>,
    place: usize,
}

impl Before {
    /// What the last decision left.
    pub(crate) fn entry(&self, state: &StateTable<'_>) -> Entry {
        state.entry(&self.batch, self.place)
    }
}

impl<'a> Beside<'a> {
    pub(crate) fn new(state: &StateTable<'_>, index: &'a StateIndex) -> Result<Self, StateError> {
        Ok(Self { index, rows: state.rows_without_names()?, held: BTreeMap::new() })
    }

    /// The state of an account of the table; none if it was never decided. Each account is
    /// asked for once.
    pub(crate) fn take(&mut self, account: u32) -> Result<Option<Before>, StateError> {
        let Some(row) = self.index.row(account) else { return Ok(None) };
        let before = row.saturating_sub(1);
        loop {
            let found = self.held.range_mut(..=before).next_back();
            let inside = found.and_then(|(start, held)| {
                let place = usize::try_from(before.saturating_sub(*start)).ok()?;
                (place < held.batch.rows()).then_some((*start, held, place))
            });
            if let Some((start, held, place)) = inside {
                held.left = held.left.saturating_sub(1);
                let batch = Arc::clone(&held.batch);
                if held.left == 0 {
                    self.held.remove(&start);
                }
                return Ok(Some(Before { batch, place }));
            }
            let Some(batch) = self.rows.next_batch()? else { return Ok(None) };
            let start = batch.before();
            let left = self.index.wanted(start, start.saturating_add(u64::try_from(batch.rows()).unwrap_or(0)));
            if left > 0 {
                self.held.insert(start, Held { batch: Arc::new(batch), left });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Beside;
    use crate::state::{StateError, StateIndex, StateTable};
    use arrears::build::{Build, fact};
    use arrears::policy::Policy;
    use chrono::{Days, NaiveDate};
    use std::path::PathBuf;
    use tempfile::TempDir;

    /// Rows of a state of several batches.
    const ROWS: u32 = 20_000;

    fn policy() -> Policy {
        let build = Build::policy("small", "EUR").stage("late", fact("dpd").ge(1));
        let build = build.assume("opted_out(letter)", false, "letters need no consent");
        build.treatment("letter", &["late"], "letter").check().unwrap()
    }

    /// The day on which an account was decided; each has its own.
    fn day(account: u32) -> NaiveDate {
        NaiveDate::default() + Days::new(account.into())
    }

    fn state_of(folder: &TempDir, accounts: impl Iterator<Item = u32>) -> PathBuf {
        let rows: String = accounts.map(|account| format!("A{account},{},late\n", day(account))).collect();
        let path = folder.path().join("state.csv");
        std::fs::write(&path, format!("account_id,decided_on,previous_stage\n{rows}")).unwrap();
        path
    }

    /// Asks for the state of accounts, in the order of their numbers, of which the table has
    /// those that are `known`; gives how many batches were held at most.
    fn ask_for_all(state: impl Iterator<Item = u32>, known: impl Fn(u32) -> bool) -> usize {
        let (folder, policy) = (TempDir::new().unwrap(), policy());
        let path = state_of(&folder, state);
        let state = StateTable::open(&policy, &path, day(ROWS)).unwrap();
        // The table has an account before each of the state that was never decided.
        let find = |name: &str| {
            let account: u32 = name.strip_prefix(char::is_alphabetic).unwrap().parse().unwrap();
            known(account).then_some(account * 2 + 1)
        };
        let accounts = usize::try_from(ROWS * 2).unwrap();
        let index = StateIndex::read(&state, accounts, find, |_| Ok::<(), StateError>(())).unwrap();
        assert_eq!(index.gone(), (0..ROWS).filter(|account| !known(*account)).count());
        let mut beside = Beside::new(&state, &index).unwrap();
        let mut most = 0;
        for account in 0..ROWS {
            assert!(beside.take(account * 2).unwrap().is_none());
            let found = beside.take(account * 2 + 1).unwrap();
            let found = found.map(|before| before.entry(&state).carried.day());
            assert_eq!(found, known(account).then(|| day(account)), "account {account}");
            most = most.max(beside.held.len());
        }
        assert!(beside.held.is_empty(), "rows are held that nobody will ask for");
        most
    }

    #[test]
    fn a_state_in_the_order_of_the_table_is_held_a_batch_at_a_time() {
        assert_eq!(ask_for_all(0..ROWS, |_| true), 1);
        assert_eq!(ask_for_all(0..ROWS, |account| !account.is_multiple_of(3)), 1);
    }

    #[test]
    fn a_state_in_another_order_waits_and_every_account_finds_its_row() {
        assert_eq!(ask_for_all((0..ROWS).rev(), |_| true), 3);
        assert_eq!(ask_for_all((0..ROWS).map(|place| place * 7_919 % ROWS), |account| account % 11 != 4), 3);
        // New rows at the end, as a state has accounts that came back.
        assert!(ask_for_all((9_000..ROWS).chain(0..9_000), |_| true) <= 3);
    }

    #[test]
    fn batches_of_accounts_that_the_table_no_longer_has_are_not_held() {
        let recent = |account| account >= 17_000;
        assert_eq!(ask_for_all((0..ROWS).rev(), recent), 1);
        assert_eq!(ask_for_all(0..ROWS, |_| false), 0);
    }
}
