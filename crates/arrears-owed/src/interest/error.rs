//! Why interest cannot be reckoned.

use chrono::NaiveDate;

/// Why a rate cannot be read, or interest cannot be reckoned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InterestError {
    /// A rate below zero.
    #[error("the rate {0} is below zero: expected zero or more")]
    NegativeRate(String),
    /// A rate with more decimals than are kept.
    #[error("the rate {0} has more than 8 decimals: expected at most 8")]
    TooManyDecimals(String),
    /// A rate that no contract can have.
    #[error("the rate {0} is above 1000 a unit: a rate is a fraction, 18 % is \"0.18\"")]
    TooHigh(String),
    /// A span that ends before it begins.
    #[error("interest from {from} to {to}: the last day is before the first")]
    Backwards {
        /// The first day.
        from: NaiveDate,
        /// The day on which it ends.
        to: NaiveDate,
    },
    /// An amount too large to reckon with.
    #[error("interest on {balance} minor units from {from} to {to} is too large to be reckoned: look for a slip")]
    TooLarge {
        /// What interest runs on.
        balance: i128,
        /// The first day.
        from: NaiveDate,
        /// The day on which it ends.
        to: NaiveDate,
    },
    /// A sum of amounts too large to reckon with.
    #[error("a sum of amounts is too large to be reckoned: look for a slip")]
    SumTooLarge,
}
