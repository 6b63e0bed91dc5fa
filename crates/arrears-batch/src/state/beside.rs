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
