//! An amount in one currency.

use super::{Currency, Inexact, fixed, show_fixed};
use rust_decimal::Decimal;
use std::fmt;

/// An amount of money: minor units of one currency. Never a float.
///
/// Amounts of two currencies cannot be added or compared; there is no arithmetic
/// here, because what a policy computes it computes over facts of one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of `minor` units: `Money::from_minor(1250, eur)` is 12.50 EUR.
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// An exact decimal amount.
    ///
    /// # Errors
    ///
    /// [`Inexact`] if the amount has more decimals than the currency, or is too large.
    ///
    /// ```
    /// use arrears::{Currency, Money};
    /// let gbp: Currency = "GBP".parse()?;
    /// assert_eq!(Money::new("40.00".parse()?, gbp)?.minor(), 4000);
    /// assert!(Money::new("40.005".parse()?, gbp).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(amount: Decimal, currency: Currency) -> Result<Self, Inexact> {
        fixed(amount, currency.digits()).map(|minor| Self { minor, currency })
    }

    /// The amount in minor units (cents).
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = show_fixed(self.minor, self.currency.digits());
        write!(f, "{amount} {}", self.currency)
    }
}
