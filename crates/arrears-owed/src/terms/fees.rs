//! Fees for what is late.

use rust_decimal::Decimal;

/// A fee that is charged once for each item that is late, and never because of a fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateFee {
    /// Why, in words that the customer may read.
    pub why: String,
    /// How many days after the due date it is charged, if the item is still late: at least 1, and
    /// not before grace has ended.
    pub after_days: u32,
    /// How much.
    pub amount: LateFeeAmount,
}

/// How high a late fee is, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LateFeeAmount {
    /// Always the same.
    Flat(i64),
    /// A part of what is late of the item in principal and interest, on the day it is charged;
    /// rounded as the terms round.
    Percent {
        /// `0.05` is 5 %.
        of_late: Decimal,
        /// At least so much.
        minimum: Option<i64>,
        /// At most so much.
        maximum: Option<i64>,
    },
}
