//! The accounts of a portfolio as a Parquet table: those of the reference bench, and whose they
//! are.

use crate::Failure;
use crate::reference::accounts::Maker;
use crate::reference::table::{self, Amounts};
use crate::reference::written;
use arrow_array::{RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use std::path::Path;
use std::sync::Arc;

/// Accounts that are made and written together.
const SLICE: usize = 100_000;
/// How many accounts the customers have, over and over: one in five has several.
const HAVE: [usize; 15] = [1, 1, 1, 1, 2, 1, 1, 1, 1, 3, 1, 1, 1, 1, 4];
/// All accounts of those customers.
const TOGETHER: usize = 21;

/// Who owns which account.
struct Owners {
    accounts: usize,
    /// Accounts that follow one another belong to customers so far apart.
    stride: usize,
}

impl Owners {
    fn of(accounts: usize) -> Self {
        // About the golden section, so that a customer's accounts lie far apart; having no
        // divisor in common with their number, it passes every place once.
        let start = (accounts as f64 * 0.618) as usize;
        let stride = (start.max(1)..).find(|stride| divisor(*stride, accounts) == 1).unwrap_or(1);
        Self { accounts, stride }
    }

    /// The number of the customer of an account.
    fn of_account(&self, account: usize) -> usize {
        let place = (account as u128 * self.stride as u128 % self.accounts as u128) as usize;
        let mut within = place % TOGETHER;
        let of_block = HAVE.iter().position(|have| {
            let here = within < *have;
            within = within.saturating_sub(*have);
            here
        });
        place / TOGETHER * HAVE.len() + of_block.unwrap_or(0)
    }

    fn count(&self) -> usize {
        let last = Self { accounts: self.accounts, stride: 1 };
        last.of_account(self.accounts.saturating_sub(1)) + 1
    }
}

fn divisor(one: usize, other: usize) -> usize {
    if other == 0 { one } else { divisor(other, one % other) }
}

/// Writes so many accounts, and tells of how many customers they are.
pub(super) fn write(path: &Path, accounts: usize) -> Result<usize, Failure> {
    let owners = Owners::of(accounts);
    let mut maker = Maker::new();
    let mut writer = None;
    let mut left = accounts;
    while left > 0 {
        let some = maker.make(left.min(SLICE));
        left -= some.len();
        let table = owned(&table::of(&some, Amounts::Decimal128)?, some.first, &owners)?;
        let writer = match &mut writer {
            Some(writer) => writer,
            None => writer.insert(written::writer(path, table.schema())?),
        };
        writer.write(&table)?;
    }
    if let Some(writer) = writer {
        writer.close()?;
    }
    Ok(owners.count())
}

/// The table with customers, and without the stage of last night: the state has it.
fn owned(table: &RecordBatch, first: usize, owners: &Owners) -> Result<RecordBatch, Failure> {
    let customers = (first..first + table.num_rows()).map(|account| format!("C{:08}", owners.of_account(account)));
    let customers: StringArray = customers.map(Some).collect();
    let mut fields: Vec<_> = table.schema_ref().fields().iter().cloned().collect();
    let mut columns = table.columns().to_vec();
    let stage = table.schema_ref().index_of("previous_stage")?;
    fields.remove(stage);
    columns.remove(stage);
    fields.insert(1, Arc::new(Field::new("customer_id", DataType::Utf8, false)));
    columns.insert(1, Arc::new(customers));
    Ok(RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?)
}

#[cfg(test)]
mod tests {
    use super::{Owners, TOGETHER};
    use std::collections::BTreeMap;

    #[test]
    fn one_customer_in_five_has_two_to_four_accounts_and_none_of_them_are_neighbours() {
        let accounts = TOGETHER * 1000;
        let owners = Owners::of(accounts);
        let mut of_customer: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        (0..accounts).for_each(|account| of_customer.entry(owners.of_account(account)).or_default().push(account));
        assert_eq!((of_customer.len(), owners.count()), (15_000, 15_000));
        let several: Vec<_> = of_customer.values().filter(|accounts| accounts.len() > 1).collect();
        assert_eq!(several.len(), 3000);
        for accounts in several {
            assert!((2..=4).contains(&accounts.len()));
            assert!(accounts.windows(2).all(|pair| pair[1] - pair[0] > 1), "{accounts:?}");
        }
    }
}
