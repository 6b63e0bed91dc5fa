//! Penalty interest: what lateness itself earns.

use crate::interest::{InterestError, Rate};
use arrears::account::Component;
use rust_decimal::Decimal;

/// Interest because something is late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Penalty {
    /// Its rate.
    pub rate: PenaltyRate,
    /// What it runs on while that is late: principal, interest, fees or costs. Never on itself.
    pub on: Vec<Component>,
    /// Whether contract interest goes on beside it. Otherwise penalty interest takes its place
    /// on every item that is late.
    pub beside_contract: bool,
}

/// How high penalty interest is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PenaltyRate {
    /// A rate of its own.
    Rate(Rate),
    /// A multiple of the contract rate of the day.
    Times(Decimal),
    /// The contract rate of the day and so much more, for the same span.
    Plus(Decimal),
}

impl PenaltyRate {
    /// The rate on a day whose contract rate is given.
    ///
    /// # Errors
    ///
    /// [`InterestError`] if it is too high to be a rate.
    pub fn at(self, contract: Rate) -> Result<Rate, InterestError> {
        match self {
            Self::Rate(rate) => Ok(rate),
            Self::Times(factor) => contract.changed(factor, Decimal::ZERO),
            Self::Plus(addition) => contract.changed(Decimal::ONE, addition),
        }
    }

    /// Whether it follows the contract rate.
    pub const fn follows(self) -> bool {
        matches!(self, Self::Times(_) | Self::Plus(_))
    }
}
