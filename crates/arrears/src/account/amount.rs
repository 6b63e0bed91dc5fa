//! An amount as a history writes it: an exact decimal, in the account's currency.

use crate::number::{Currency, Inexact, fixed};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// An exact decimal amount, written in JSON as a text (`"249.95"`), never as a number:
/// a JSON number passes through floating point in too many systems.
///
/// The currency is the account's. An amount with more decimals than the currency has is a
/// problem of its history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The amount of a decimal.
    pub const fn new(decimal: Decimal) -> Self {
        Self(decimal)
    }

    /// The amount of so many minor units (cents) of a currency.
    pub fn from_minor(minor: i64, currency: Currency) -> Self {
        Self(Decimal::from_i128_with_scale(i128::from(minor), currency.digits()))
    }

    /// The decimal.
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The amount in minor units of a currency.
    ///
    /// # Errors
    ///
    /// [`Inexact`] if it has more decimals than the currency or is too large.
    pub fn minor(self, currency: Currency) -> Result<i64, Inexact> {
        fixed(self.0, currency.digits())
    }

    /// The most minor units that are not more than the amount, and not below zero: what an amount in
    /// whole minor units is compared with where the amount itself may have more decimals, or be larger
    /// than any that can be held.
    pub(crate) fn at_most(self, currency: Currency) -> i128 {
        let decimals = currency.digits();
        let above = self.0.scale().saturating_sub(decimals);
        let below = decimals.saturating_sub(self.0.scale());
        let (factor, divisor) = (10_i128.checked_pow(below), 10_i128.checked_pow(above));
        let scaled = factor.and_then(|factor| self.0.mantissa().checked_mul(factor));
        scaled.zip(divisor).and_then(|(scaled, divisor)| scaled.checked_div(divisor)).unwrap_or(i128::MAX).max(0)
    }

    /// The amount in minor units of the currency of an account whose history was checked.
    pub(crate) fn checked(self, currency: Currency) -> i128 {
        self.minor(currency).map_or(0, i128::from)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl de::Visitor<'_> for Written {
            type Value = Amount;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount as a text, such as \"249.95\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
                Decimal::from_str_exact(text)
                    .map(Amount)
                    .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Written)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^-?\d+(\.\d+)?$",
            "description": "An exact decimal as a text, in the account's currency."
        })
    }
}
