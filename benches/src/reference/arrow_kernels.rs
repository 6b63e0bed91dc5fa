//! The reference policy by Arrow's kernels: a bitmap for each condition, rules laid over one
//! another from the last to the first.

use super::accounts::Accounts;
use super::answers::{ACTIONS, Answers, FLOORS};
use crate::Failure;
use arrow_arith::boolean::{and, not, or};
use arrow_arith::numeric::mul;
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int64Type, UInt8Type};
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, PrimitiveArray, UInt8Array};
use arrow_ord::cmp::{eq, gt_eq, lt, lt_eq};
use arrow_select::zip::zip;
use std::sync::Arc;

/// Rows of a slice: its bitmaps and codes stay in cache.
const ROWS: usize = 8192;

/// The columns that the policy reads, as Arrow has them.
pub(crate) struct Columns {
    days: [Int64Array; 8],
    amounts: [Float64Array; 4],
    flags: [BooleanArray; 7],
    segment: UInt8Array,
}

impl Columns {
    pub(crate) fn of(accounts: &Accounts) -> Self {
        let whole = |column: &Vec<i64>| Int64Array::from(column.clone());
        let float = |column: &Vec<f64>| Float64Array::from(column.clone());
        let flag = |column: &Vec<bool>| BooleanArray::from(column.clone());
        Self {
            days: [
                whole(&accounts.dpd),
                whole(&accounts.broken_promises),
                whole(&accounts.calls_made),
                whole(&accounts.calls_unanswered),
                whole(&accounts.contacts_7d),
                whole(&accounts.days_since_contact),
                whole(&accounts.promise_due_in),
                whole(&accounts.stage),
            ],
            amounts: [
                float(&accounts.overdue),
                float(&accounts.inflow),
                float(&accounts.ability),
                float(&accounts.worth),
            ],
            flags: [
                flag(&accounts.hostile),
                flag(&accounts.refused),
                flag(&accounts.unreachable),
                flag(&accounts.dispute),
                flag(&accounts.bankrupt),
                flag(&accounts.deceased),
                flag(&accounts.hardship),
            ],
            segment: UInt8Array::from(accounts.segment.clone()),
        }
    }

    fn len(&self) -> usize {
        self.segment.len()
    }

    fn slice(&self, start: usize, rows: usize) -> Self {
        Self {
            days: self.days.each_ref().map(|column| column.slice(start, rows)),
            amounts: self.amounts.each_ref().map(|column| column.slice(start, rows)),
            flags: self.flags.each_ref().map(|column| column.slice(start, rows)),
            segment: self.segment.slice(start, rows),
        }
    }
}

/// Decides every account.
pub(crate) fn decide(columns: &Columns, out: &mut Answers) -> Result<(), Failure> {
    let outputs = out.kind.chunks_mut(ROWS).zip(out.action.chunks_mut(ROWS));
    let outputs = outputs.zip(out.reason.chunks_mut(ROWS).zip(out.stage.chunks_mut(ROWS)));
    for (index, ((kinds, actions), (reasons, stages))) in outputs.enumerate() {
        let start = index * ROWS;
        let slice = columns.slice(start, ROWS.min(columns.len() - start));
        let kind = chosen(&kinds_hold(&slice)?, 0, 5, kinds.len())?;
        let kind = kind.as_primitive::<UInt8Type>();
        let reason = chosen(&rules_hold(&slice, kind)?, 1, 15, kinds.len())?;
        kinds.copy_from_slice(kind.values());
        reasons.copy_from_slice(reason.as_primitive::<UInt8Type>().values());
        let [.., before] = &slice.days;
        // A kernel that looks a code up would go through a dictionary: a loop is the faster.
        let rows = reasons.iter().zip(before.values()).zip(actions.iter_mut().zip(stages.iter_mut()));
        for ((reason, before), (action, stage)) in rows {
            let code = usize::from(*reason & 15);
            *action = ACTIONS.get(code).copied().unwrap_or_default();
            let floor = FLOORS.get(code).copied().unwrap_or_default();
            *stage = if *reason == 4 { 0 } else { floor.max(*before as u8) };
        }
    }
    Ok(())
}

/// The code of the first condition that holds; codes are counted from `first`.
fn chosen(conditions: &[BooleanArray], first: u8, otherwise: u8, rows: usize) -> Result<ArrayRef, Failure> {
    let mut codes: ArrayRef = Arc::new(UInt8Array::from_value(otherwise, rows));
    for (index, condition) in conditions.iter().enumerate().rev() {
        codes = zip(condition, &UInt8Array::new_scalar(first + index as u8), &codes)?;
    }
    Ok(codes)
}

fn kinds_hold(columns: &Columns) -> Result<[BooleanArray; 5], Failure> {
    let [dpd, broken, calls, ..] = &columns.days;
    let [_, _, ability, _] = &columns.amounts;
    let [hostile, refused, unreachable, ..] = &columns.flags;
    let from_31 = at_least(dpd, 31)?;
    let unfriendly = or(&at_least(broken, 1)?, &not(hostile)?)?;
    Ok([
        and(&and(&at_least(dpd, 1)?, &at_most(dpd, 30)?)?, &eq(broken, &Int64Array::new_scalar(0))?)?,
        and(&and(&from_31, &at_most(dpd, 60)?)?, hostile)?,
        and(&and(&from_31, &at_most(dpd, 90)?)?, &unfriendly)?,
        and(&and(&at_least(dpd, 91)?, &at_least(calls, 3)?)?, &or(refused, unreachable)?)?,
        and(&at_least(dpd, 1)?, &below(ability, 0.3)?)?,
    ])
}

fn rules_hold(columns: &Columns, kind: &UInt8Array) -> Result<[BooleanArray; 14], Failure> {
    let [dpd, broken, _, unanswered, contacts, since, promise, before] = &columns.days;
    let [overdue, inflow, ability, worth] = &columns.amounts;
    let [_, _, _, dispute, bankrupt, deceased, hardship] = &columns.flags;
    let is = |code: u8| eq(kind, &UInt8Array::new_scalar(code));
    let from = |column: &Float64Array, value: f64| gt_eq(column, &Float64Array::new_scalar(value));
    let half = mul(overdue, &Float64Array::new_scalar(0.5))?;
    let soon = and(&at_least(promise, 0)?, &at_most(promise, 2)?)?;
    let malicious = is(3)?;
    Ok([
        or(deceased, bankrupt)?,
        dispute.clone(),
        and(hardship, &at_most(dpd, 90)?)?,
        at_most(dpd, 0)?,
        at_least(contacts, 7)?,
        and(&soon, &at_most(broken, 1)?)?,
        gt_eq(inflow, half.as_primitive::<Float64Type>())?,
        and(&and(&malicious, &from(overdue, 5000.0)?)?, &at_least(before, 4)?)?,
        or(&malicious, &and(&at_least(dpd, 121)?, &from(overdue, 2000.0)?)?)?,
        and(&is(4)?, &or(&from(worth, 0.6)?, &below(ability, 0.15)?)?)?,
        and(&is(1)?, &at_least(since, 2)?)?,
        and(&is(2)?, &or(&at_least(broken, 2)?, &at_least(since, 5)?)?)?,
        and(&is(0)?, &or(&below(overdue, 100.0)?, &eq(&columns.segment, &UInt8Array::new_scalar(0))?)?)?,
        and(&at_least(since, 3)?, &at_most(unanswered, 4)?)?,
    ])
}

fn at_least(column: &Int64Array, value: i64) -> Result<BooleanArray, Failure> {
    Ok(gt_eq(column, &scalar::<Int64Type>(value))?)
}

fn at_most(column: &Int64Array, value: i64) -> Result<BooleanArray, Failure> {
    Ok(lt_eq(column, &scalar::<Int64Type>(value))?)
}

fn below(column: &Float64Array, value: f64) -> Result<BooleanArray, Failure> {
    Ok(lt(column, &scalar::<Float64Type>(value))?)
}

fn scalar<T: ArrowPrimitiveType>(value: T::Native) -> arrow_array::Scalar<PrimitiveArray<T>> {
    PrimitiveArray::<T>::new_scalar(value)
}
