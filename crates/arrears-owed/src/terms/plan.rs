//! Changes of the rates that were agreed beforehand.

use crate::interest::Rate;
use chrono::NaiveDate;

/// A change of the rates from a day on. A rate that is not named stays as it was; an event `rate` of
/// the history on the same day is stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedRate {
    /// The first day of the new rates.
    pub from: NaiveDate,
    /// The contract rate.
    pub contract: Option<Rate>,
    /// The rate of penalty interest: it then no longer follows the contract rate.
    pub penalty: Option<Rate>,
}
