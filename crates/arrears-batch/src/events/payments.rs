//! Payments: the last one, and what came in within a window.

use super::chunk::{Chunk, Faults, Kinds};
use super::plan::{LAST, NO_AMOUNT, NO_DAY, Op, Plan, Told};

/// A payment.
#[derive(Clone, Copy, Debug)]
pub(super) struct PaymentRow {
    pub(super) on: i32,
    sequence: i32,
    pub(super) amount: i64,
}

/// What is counted of payments.
#[derive(Clone, Debug, Default)]
pub(super) struct PaymentPlan {
    pub(super) ops: Vec<Op>,
    last: Option<Last>,
    paid: Vec<Paid>,
}

/// Where the last payment is kept.
#[derive(Clone, Copy, Debug)]
struct Last {
    on: usize,
    sequence: usize,
    amount: usize,
}

/// Where the sum of a window is kept, and its first day.
#[derive(Clone, Copy, Debug)]
struct Paid {
    after: i32,
    first: usize,
    amount: usize,
}

/// Makes room for the last payment.
pub(super) fn last(plan: &mut Plan) -> Told {
    let last = Last { on: plan.slot(NO_DAY), sequence: plan.slot(0), amount: plan.amount() };
    plan.payments.last = Some(last);
    Told::LastPayment { amount: last.amount }
}

/// Makes room for what was paid in so many days.
pub(super) fn paid(plan: &mut Plan, days: u32) -> Told {
    let paid = Paid { after: plan.before(days), first: plan.slot(LAST), amount: plan.amount() };
    plan.payments.paid.push(paid);
    Told::Paid { amount: paid.amount, first: paid.first, days }
}

/// Reads the payments of a chunk.
pub(super) fn read(plan: &Plan, chunk: &Chunk<'_>, faults: &mut Faults) -> Kinds {
    let days = chunk.day("on", plan, true, faults);
    let amounts = chunk.amounts("amount", plan, faults);
    let sequences = chunk.numbers("sequence", faults);
    let mut rows = Vec::with_capacity(chunk.rows());
    for (row, ((on, amount), sequence)) in days.into_iter().zip(amounts).zip(sequences).enumerate() {
        if amount.is_none() {
            chunk.must("amount", row, "write what was received, or leave the row out", faults);
        }
        rows.push(PaymentRow { on, sequence: sequence.unwrap_or(0), amount: amount.unwrap_or(0) });
    }
    Kinds::Payments(rows)
}

impl PaymentPlan {
    /// Counts a payment. One of nothing never counted.
    pub(super) fn count(&self, payment: PaymentRow, places: &mut [i32], amounts: &mut [i64]) {
        if payment.amount == 0 {
            return;
        }
        for op in &self.ops {
            op.count(payment.on, LAST, places);
        }
        if let Some(last) = self.last {
            last.take(payment, places, amounts);
        }
        for paid in self.paid.iter().filter(|paid| payment.on > paid.after) {
            if let Some(first) = places.get_mut(paid.first) {
                *first = payment.on.min(*first);
            }
            if let Some(sum) = amounts.get_mut(paid.amount) {
                // Amounts are above zero: a sum that is too large stays so in any order.
                *sum = if *sum == NO_AMOUNT { NO_AMOUNT } else { sum.checked_add(payment.amount).unwrap_or(NO_AMOUNT) };
            }
        }
    }
}

impl Last {
    /// Takes a payment if it is later. Of two that nothing orders, the last is not known.
    fn take(self, payment: PaymentRow, places: &mut [i32], amounts: &mut [i64]) {
        let place = |slot: usize| places.get(slot).copied().unwrap_or(NO_DAY);
        let before = (place(self.on), place(self.sequence));
        let this = (payment.on, payment.sequence);
        let Some(amount) = amounts.get_mut(self.amount) else { return };
        if this > before {
            *amount = payment.amount;
            for (slot, value) in [(self.on, payment.on), (self.sequence, payment.sequence)] {
                if let Some(place) = places.get_mut(slot) {
                    *place = value;
                }
            }
        } else if this == before && *amount != payment.amount {
            *amount = NO_AMOUNT;
        }
    }
}
