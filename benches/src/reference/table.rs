//! The accounts as a table with the project's own names, as `arrears run` reads it.

use super::accounts::{Accounts, SEGMENTS, STAGES};
use crate::Failure;
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BooleanArray, Decimal64Array, Decimal128Array, DictionaryArray, Float64Array, Int32Array, Int64Array,
    RecordBatch, StringArray,
};
use std::sync::Arc;

/// What stands for *never* in a column of days.
const NEVER: i64 = 999_999;

fn whole(column: &[i64]) -> ArrayRef {
    Arc::new(Int64Array::from(column.to_vec()))
}

/// How amounts are kept: both have eighteen digits, two of them decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Amounts {
    #[default]
    Decimal64,
    /// As most programs write them.
    Decimal128,
}

/// The name of an account.
pub(crate) fn account_id(index: usize) -> String {
    format!("A{index:08}")
}

fn money(column: &[i64], amounts: Amounts) -> Result<ArrayRef, Failure> {
    Ok(match amounts {
        Amounts::Decimal64 => Arc::new(Decimal64Array::from(column.to_vec()).with_precision_and_scale(18, 2)?),
        Amounts::Decimal128 => {
            let wide = column.iter().map(|cents| i128::from(*cents));
            Arc::new(Decimal128Array::from_iter_values(wide).with_precision_and_scale(18, 2)?)
        }
    })
}

fn score(column: &[f64]) -> ArrayRef {
    Arc::new(Float64Array::from(column.to_vec()))
}

fn flag(column: &[bool]) -> ArrayRef {
    Arc::new(BooleanArray::from(column.to_vec()))
}

/// A column of words, by the place of each.
pub(crate) fn words(keys: impl Iterator<Item = i32>, words: &[&str]) -> Result<ArrayRef, Failure> {
    let keys: Int32Array = keys.map(Some).collect();
    Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::new(StringArray::from(words.to_vec())))?))
}

/// The table: 25 columns, of which the policy reads twenty.
pub(crate) fn of(accounts: &Accounts, amounts: Amounts) -> Result<RecordBatch, Failure> {
    let names: Vec<String> = (accounts.first..accounts.first + accounts.len()).map(account_id).collect();
    let promise: Vec<i64> = accounts.promise_due_in.iter().map(|days| if *days < 0 { NEVER } else { *days }).collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("account_id", Arc::new(StringArray::from(names))),
        ("dpd", whole(&accounts.dpd)),
        ("overdue", money(&accounts.overdue_cents, amounts)?),
        ("balance", money(&accounts.balance_cents, amounts)?),
        ("promises_broken", whole(&accounts.broken_promises)),
        ("calls_made", whole(&accounts.calls_made)),
        ("calls_unanswered", whole(&accounts.calls_unanswered)),
        ("contacts_7d", whole(&accounts.contacts_7d)),
        ("days_since_contact", whole(&accounts.days_since_contact)),
        ("inflow_3d", money(&accounts.inflow_cents, amounts)?),
        ("promise_due_in", whole(&promise)),
        ("ability_score", score(&accounts.ability)),
        ("customer_worth", score(&accounts.worth)),
        ("legal_cost_est", money(&accounts.legal_cost_cents, amounts)?),
        ("months_on_book", whole(&accounts.months_on_book)),
        ("previous_stage", words(accounts.stage.iter().map(|stage| *stage as i32), &STAGES)?),
        ("hostile", flag(&accounts.hostile)),
        ("refused", flag(&accounts.refused)),
        ("unreachable", flag(&accounts.unreachable)),
        ("dispute", flag(&accounts.dispute)),
        ("bankrupt", flag(&accounts.bankrupt)),
        ("deceased", flag(&accounts.deceased)),
        ("hardship", flag(&accounts.hardship)),
        ("has_email", flag(&accounts.has_email)),
        ("segment", words(accounts.segment.iter().map(|segment| i32::from(*segment)), &SEGMENTS)?),
    ];
    Ok(RecordBatch::try_from_iter(columns)?)
}
