//! Which row of a state table is about which account of a table.

use super::{StateError, StateTable};
use crate::names::Names;

/// Which row of the state is about which account, found by reading the names alone.
///
/// It costs 4 bytes for each account of the table, and for each account that the state has
/// and the table has not its name and about 20 bytes.
#[derive(Debug, Default)]
pub(crate) struct StateIndex {
    /// Rows of the state from 1, by the number of the account; 0 is none.
    rows: Vec<u32>,
    gone: Names,
    /// The row of each account that the table does not have.
    gone_rows: Vec<u32>, // INVARIANT: ascending, one for each name of `gone`.
}

impl StateIndex {
    /// Reads whose rows the state has, and numbers them as the table does: `accounts` is how
    /// many it has, `find` gives the number of one. `go_on` is asked now and then, and ends it.
    ///
    /// # Errors
    ///
    /// [`StateError`] if the state cannot be read or has two rows of one account.
    pub(crate) fn read<E: From<StateError>>(
        state: &StateTable<'_>,
        accounts: usize,
        find: impl Fn(&str) -> Option<u32>,
        mut go_on: impl FnMut(u64) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut index = Self { rows: vec![0; accounts], ..Self::default() };
        let mut names = state.names()?;
        while let Some(batch) = names.next_batch()? {
            for place in 0..batch.rows() {
                let account = batch.account(place)?;
                let row = batch.row(place);
                let twice = |before: u32| {
                    let path = state.path().to_owned();
                    StateError::Twice { path, row, account: account.clone(), before: before.into() }
                };
                let short = u32::try_from(row).map_err(|_| StateError::TooLong { path: state.path().to_owned() })?;
                match find(&account).and_then(|number| index.rows.get_mut(usize::try_from(number).ok()?)) {
                    Some(known) if *known > 0 => return Err(twice(*known).into()),
                    Some(known) => *known = short,
                    None => index.add_gone(&account, short).map_err(twice)?,
                }
            }
            go_on(batch.row(batch.rows()).saturating_sub(1))?;
        }
        Ok(index)
    }

    fn add_gone(&mut self, account: &str, row: u32) -> Result<(), u32> {
        let (number, new) = self.gone.add(account);
        if !new {
            let before = usize::try_from(number).ok().and_then(|number| self.gone_rows.get(number));
            return Err(before.copied().unwrap_or(0));
        }
        self.gone_rows.push(row);
        Ok(())
    }

    /// The row of the state, from 1, that is about an account of the table.
    pub(crate) fn row(&self, account: u32) -> Option<u64> {
        let row = self.rows.get(usize::try_from(account).ok()?)?;
        (*row > 0).then(|| (*row).into())
    }

    /// How many accounts the state has that the table has not.
    pub(crate) const fn gone(&self) -> usize {
        self.gone_rows.len()
    }

    /// How many of the rows after `before` up to `until` are about accounts that the table has.
    pub(crate) fn wanted(&self, before: u64, until: u64) -> u64 {
        let gone_up_to = |row: u64| self.gone_rows.partition_point(|gone| u64::from(*gone) <= row);
        let gone = gone_up_to(until).saturating_sub(gone_up_to(before));
        until.saturating_sub(before).saturating_sub(u64::try_from(gone).unwrap_or(0))
    }

    /// The accounts that the table has not, with their rows of the state, in its order.
    pub(crate) fn gone_accounts(&self) -> impl Iterator<Item = (&str, u64)> {
        self.gone.iter().zip(self.gone_rows.iter().copied().map(u64::from))
    }
}
