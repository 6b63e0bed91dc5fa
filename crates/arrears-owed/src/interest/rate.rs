//! A rate of interest.

use super::InterestError;
use arrears::number::fixed;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The parts in which a rate is kept: 18 % is 18,000,000 of them.
pub const PER_UNIT: i64 = 100_000_000;
const DECIMALS: u32 = 8;
const MOST: i64 = 1000 * PER_UNIT;

/// A rate of interest, exact to eight decimals. Zero: no interest runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rate {
    /// A part of the balance for each year, by a day count.
    Annual(Parts),
    /// A part of the balance for each calendar day, whatever the day count.
    Daily(Parts),
}

/// Hundred-millionths of a unit. INVARIANT: from 0 to 1000 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Parts(i64);

impl Parts {
    /// The number of hundred-millionths.
    pub const fn get(self) -> i64 {
        self.0
    }

    fn new(rate: Decimal) -> Result<Self, InterestError> {
        let text = || rate.to_string();
        if rate < Decimal::ZERO {
            return Err(InterestError::NegativeRate(text()));
        }
        if rate.normalize().scale() > DECIMALS {
            return Err(InterestError::TooManyDecimals(text()));
        }
        let parts = fixed(rate, DECIMALS).map_err(|_| InterestError::TooHigh(text()))?;
        if parts > MOST { Err(InterestError::TooHigh(text())) } else { Ok(Self(parts)) }
    }
}

impl Rate {
    /// No interest.
    pub const ZERO: Self = Self::Annual(Parts(0));

    /// A rate for a year: `0.18` is 18 %.
    ///
    /// # Errors
    ///
    /// [`InterestError`] if it is below zero, has more than eight decimals, or is above 1000.
    ///
    /// ```
    /// use arrears_owed::interest::Rate;
    /// assert_eq!(Rate::annual("0.18".parse()?)?.to_string(), "0.18 a year");
    /// assert!(Rate::annual("-0.01".parse()?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn annual(rate: Decimal) -> Result<Self, InterestError> {
        Parts::new(rate).map(Self::Annual)
    }

    /// A rate for a calendar day: `0.0005` is 0.05 % a day.
    ///
    /// # Errors
    ///
    /// As [`Rate::annual`].
    pub fn daily(rate: Decimal) -> Result<Self, InterestError> {
        Parts::new(rate).map(Self::Daily)
    }

    /// The parts, whichever span they are for.
    pub const fn parts(self) -> Parts {
        match self {
            Self::Annual(parts) | Self::Daily(parts) => parts,
        }
    }

    /// Whether no interest runs.
    pub const fn is_zero(self) -> bool {
        self.parts().get() == 0
    }

    /// The rate as a decimal.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.parts().get(), DECIMALS).normalize()
    }

    /// The rate times a factor, and that plus an addition, for the same span. What has more than
    /// eight decimals after the multiplication is rounded half-even to eight.
    ///
    /// # Errors
    ///
    /// [`InterestError`] if the result is no rate.
    pub fn changed(self, factor: Decimal, addition: Decimal) -> Result<Self, InterestError> {
        let too_high = || InterestError::TooHigh(format!("{} times {factor}", self.decimal()));
        let scaled = self.decimal().checked_mul(factor).ok_or_else(too_high)?.round_dp(DECIMALS);
        let changed = scaled.checked_add(addition).ok_or_else(too_high)?;
        match self {
            Self::Annual(_) => Self::annual(changed),
            Self::Daily(_) => Self::daily(changed),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = match self {
            Self::Annual(_) => "year",
            Self::Daily(_) => "day",
        };
        write!(f, "{} a {span}", self.decimal())
    }
}

/// A rate as it is written: `{"annual": "0.18"}` or `{"daily": "0.0005"}`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    Annual(String),
    Daily(String),
}

impl Serialize for Rate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.decimal().to_string();
        match self {
            Self::Annual(_) => Written::Annual(text),
            Self::Daily(_) => Written::Daily(text),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let decimal = |text: &str| Decimal::from_str_exact(text).map_err(serde::de::Error::custom);
        match Written::deserialize(deserializer)? {
            Written::Annual(text) => Self::annual(decimal(&text)?),
            Written::Daily(text) => Self::daily(decimal(&text)?),
        }
        .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_rate_that_would_lose_a_digit_or_is_below_zero_is_refused() {
        let error = |text| Rate::annual(decimal(text)).unwrap_err();
        assert_eq!(error("-0.01"), InterestError::NegativeRate("-0.01".into()));
        assert_eq!(error("0.123456789"), InterestError::TooManyDecimals("0.123456789".into()));
        assert_eq!(error("1800"), InterestError::TooHigh("1800".into()));
        assert_eq!(Rate::annual(decimal("0.1800000000")).unwrap().parts().get(), 18_000_000);
    }

    #[test]
    fn half_as_much_again_and_two_points_more() {
        let rate = Rate::annual(decimal("0.12")).unwrap();
        assert_eq!(rate.changed(decimal("1.5"), Decimal::ZERO).unwrap().decimal(), decimal("0.18"));
        assert_eq!(rate.changed(Decimal::ONE, decimal("0.02")).unwrap().decimal(), decimal("0.14"));
    }

    #[test]
    fn a_rate_is_read_as_it_was_written() {
        for rate in [Rate::annual(decimal("0.18")).unwrap(), Rate::daily(decimal("0.0005")).unwrap()] {
            let text = serde_json::to_string(&rate).unwrap();
            assert_eq!(serde_json::from_str::<Rate>(&text).unwrap(), rate);
        }
        assert!(serde_json::from_str::<Rate>(r#"{"annual": "-1"}"#).is_err());
    }
}
