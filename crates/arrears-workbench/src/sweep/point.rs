//! What was decided with one value of a threshold.

use super::values::Tried;
use crate::portfolio::{Beside, Count, Money, Moved, Remembered};
use arrears_batch::{Summary, Tally};
use rust_decimal::Decimal;
use serde::Serialize;

/// What was decided with one value of a threshold, and who stands otherwise than with the policy's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The value, with the decimals of its kind.
    pub value: Decimal,
    /// The value as people write it: `25.00 GBP`, `30`, `0.85`.
    pub shown: String,
    /// Whether it is the policy's own.
    pub own: bool,
    /// What decides with it, as a hash.
    pub policy_hash: String,
    /// Accounts decided.
    pub decided: Count,
    /// Rows that could not be decided.
    pub errors: u64,
    /// Accounts whose action is a contact: it reaches the person.
    pub contacts: Count,
    /// Accounts that stand otherwise than with the policy's own value.
    pub moved: Moved,
    /// Accounts that are decided with this value, and not with the policy's own.
    pub only_here: Count,
    /// Accounts that are decided with the policy's own value, and not with this one.
    pub only_own: Count,
    /// By stage, in order of severity.
    pub by_stage: Vec<Tally>,
    /// By what is done: a verb, or wait, held, review, none.
    pub by_action: Vec<Tally>,
    /// By treatment, in the policy's order.
    pub by_treatment: Vec<Tally>,
    /// By debtor type, in the policy's order; accounts that may be of several types last.
    pub by_debtor_type: Vec<Tally>,
    /// By channel.
    pub by_channel: Vec<Tally>,
}

impl Point {
    /// With the policy's own value.
    pub(super) fn own(tried: &Tried, summary: &Summary, own: &Remembered, money: Money) -> Self {
        let none = money.count(Default::default());
        let moved = Moved::of(&[], money);
        Self { contacts: money.count(own.standings.contacts()), ..Self::of(tried, summary, moved, (none, none)) }
    }

    /// With another value, beside the policy's own.
    pub(super) fn beside(tried: &Tried, summary: &Summary, beside: &Beside<'_>, money: Money) -> Self {
        let only = (money.count(beside.only_b), money.count(beside.only_a));
        let moved = Moved::of(&beside.met(), money);
        Self { contacts: money.count(beside.standings.contacts()), ..Self::of(tried, summary, moved, only) }
    }

    fn of(tried: &Tried, summary: &Summary, moved: Moved, (only_here, only_own): (Count, Count)) -> Self {
        let decided = Count {
            accounts: summary.decisions,
            overdue: summary.overdue,
            overdue_unknown: summary.overdue.map(|_| summary.overdue_unknown),
        };
        Self {
            value: tried.value,
            shown: tried.shown.clone(),
            own: tried.own,
            policy_hash: summary.policy_hash.clone(),
            errors: summary.errors,
            decided,
            contacts: Count::default(),
            moved,
            only_here,
            only_own,
            by_stage: summary.by_stage.clone(),
            by_action: summary.by_action.clone(),
            by_treatment: summary.by_treatment.clone(),
            by_debtor_type: summary.by_debtor_type.clone(),
            by_channel: summary.by_channel.clone(),
        }
    }
}
