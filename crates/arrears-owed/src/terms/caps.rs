//! The most that lateness may cost.

use crate::interest::Rate;
use rust_decimal::Decimal;

/// The most that lateness may cost. What would be above is not charged, and never later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// Penalty interest and late fees by the terms are together at most this part of the principal
    /// that was asked for. None: no such limit.
    pub of_principal: Option<Decimal>,
    /// Interest, penalty interest and late fees by the terms, of one item, are together never more
    /// than its unpaid principal would have earned at this rate since interest began to run on it,
    /// rounded down. None: no such limit.
    pub total_rate: Option<Rate>,
}
