//! What must be known of a whole table before its first row is decided.

use super::error::RunError;
use super::options::Step;
use super::people::{Counting, People};
use super::roll::Roll;
use super::watch::Watch;
use crate::bind::Binding;
use crate::cell::Raw;
use crate::state::{StateIndex, StateTable};
use crate::table::{PositionSet, Table, TableError};

/// What is known of a whole table, and of the state beside it.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) roll: Roll,
    pub(super) people: People,
    pub(super) index: StateIndex,
}

impl Survey {
    /// Whether a table need be read ahead: for what one person's accounts have to do with
    /// each other, or for which accounts the state is asked.
    pub(super) const fn is_needed(binding: &Binding<'_>, state: Option<&StateTable<'_>>) -> bool {
        binding.customer.is_some() || state.is_some()
    }

    /// Reads the names of accounts and people, then the names of the state.
    pub(super) fn take(
        table: &Table,
        binding: &Binding<'_>,
        state: Option<&StateTable<'_>>,
        watch: &mut Watch<'_>,
    ) -> Result<Self, RunError> {
        let mut table = table.source().again()?;
        let account = binding.account.0;
        let positions: PositionSet = [account].into_iter().chain(binding.customer).collect();
        let (mut roll, mut people) = (Roll::for_rows(table.total_rows()), Counting::default());
        watch.begin(Step::Numbering, table.total_rows());
        while let Some(batch) = table.next_batch(&positions)? {
            let column = |position| batch.column(positions.place(position)?);
            let (accounts, customers) = (column(account), binding.customer.and_then(column));
            for place in 0..batch.rows() {
                let name = accounts.as_ref().map_or(Raw::Empty, |column| column.cell(place));
                if roll.add(&name.name()).is_none() {
                    return Err(TableError::TooLong { path: table.path().to_owned() }.into());
                }
                if let Some(customers) = &customers {
                    people.add(&customers.cell(place).name());
                }
            }
            watch.reached(roll.rows().into())?;
        }
        let people = people.finish();
        let index = match state {
            Some(state) => StateIndex::read(state, roll.accounts(), |name| roll.find(name), |_| watch.go_on())?,
            None => StateIndex::default(),
        };
        Ok(Self { roll, people, index })
    }
}
