//! The roll of a table's accounts: each numbered once, in the order of the table.

use crate::names::Names;

/// Which account a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seat {
    /// The first row of an account, which has this number.
    First(u32),
    /// A later row of an account that has a row already.
    Again {
        /// The first row of the account, from 1.
        before: u32,
    },
    /// The row does not say.
    Nobody,
}

/// The accounts of a table, numbered from 0 in the order of their first rows.
///
/// An account costs its name and about 20 bytes; a row that begins no account 4 bytes.
#[derive(Debug, Default)]
pub(super) struct Roll {
    names: Names,
    rows: u32,
    /// Rows that begin no account, from 1.
    skipped: Vec<u32>, // INVARIANT: ascending.
}

impl Roll {
    /// An empty roll, with room for the rows of a table if it is known how many it has.
    pub(super) fn for_rows(rows: Option<u64>) -> Self {
        Self { names: Names::with_room(rows.unwrap_or(0)), ..Self::default() }
    }

    /// How many accounts there are.
    pub(super) fn accounts(&self) -> usize {
        self.names.len()
    }

    /// How many rows have been numbered.
    pub(super) const fn rows(&self) -> u32 {
        self.rows
    }

    /// Numbers the account of the next row; none if there are too many rows.
    pub(super) fn add(&mut self, account: &str) -> Option<Seat> {
        // The last number is kept for no row at all.
        self.rows = self.rows.checked_add(1).filter(|rows| *rows < u32::MAX)?;
        if account.is_empty() {
            self.skipped.push(self.rows);
            return Some(Seat::Nobody);
        }
        let (number, new) = self.names.add(account);
        if new {
            return Some(Seat::First(number));
        }
        self.skipped.push(self.rows);
        Some(Seat::Again { before: self.row(number) })
    }

    /// The number of an account.
    pub(super) fn find(&self, account: &str) -> Option<u32> {
        self.names.find(account)
    }

    /// The account that begins in a row; empty if none does.
    pub(super) fn begins_in(&self, row: u32) -> &str {
        match self.skipped.binary_search(&row) {
            Ok(_) => "",
            Err(skipped) => self.names.name(row.saturating_sub(1).saturating_sub(short(skipped))),
        }
    }

    /// What a row that was numbered is about.
    pub(super) fn seat(&self, row: u32, account: &str) -> Seat {
        match self.skipped.binary_search(&row) {
            Err(skipped) => Seat::First(row.saturating_sub(1).saturating_sub(short(skipped))),
            Ok(_) if account.is_empty() => Seat::Nobody,
            Ok(_) => self.find(account).map_or(Seat::Nobody, |number| Seat::Again { before: self.row(number) }),
        }
    }

    /// The row, from 1, in which an account begins.
    fn row(&self, number: u32) -> u32 {
        // Before the row that was skipped as the one at `index` there are this many accounts.
        let accounts_before = |index: usize| {
            let row = self.skipped.get(index).copied().unwrap_or(u32::MAX);
            row.saturating_sub(1).saturating_sub(short(index))
        };
        let (mut low, mut high) = (0, self.skipped.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if accounts_before(middle) <= number {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        number.saturating_add(1).saturating_add(short(low))
    }
}

fn short(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Roll, Seat};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn every_row_finds_its_account_and_every_second_row_the_first(rows in prop::collection::vec(0..12_u8, 0..60)) {
            let name = |row: u8| if row == 0 { String::new() } else { format!("A{row}") };
            let mut roll = Roll::default();
            let mut first: BTreeMap<u8, (u32, u32)> = BTreeMap::new();
            for (row, account) in (1..).zip(&rows) {
                let number = u32::try_from(first.len()).unwrap();
                let wanted = match first.get(account) {
                    _ if *account == 0 => Seat::Nobody,
                    Some((before, _)) => Seat::Again { before: *before },
                    None => Seat::First(number),
                };
                if let Seat::First(number) = wanted {
                    first.insert(*account, (row, number));
                }
                prop_assert_eq!(roll.add(&name(*account)), Some(wanted));
            }
            for (row, account) in (1..).zip(&rows) {
                let begins = first.get(account).is_some_and(|(first, _)| *first == row);
                prop_assert_eq!(roll.begins_in(row), if begins { name(*account) } else { String::new() });
                let wanted = match first.get(account) {
                    None => Seat::Nobody,
                    Some((_, number)) if begins => Seat::First(*number),
                    Some((before, _)) => Seat::Again { before: *before },
                };
                prop_assert_eq!(roll.seat(row, &name(*account)), wanted);
            }
            prop_assert_eq!(roll.accounts(), first.len());
        }
    }
}
