//! Exact numbers: digits and decimals, rounded half-even where a kind asks for it.

use arrears::Kind;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// A number as written or given: `digits` over ten to the power of `decimals`.
///
/// A written number has no kind of its own: it takes the other side's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    digits: i128,
    decimals: u32,
    /// What it measures, if it comes from a fact.
    pub kind: Option<Kind>,
}

/// What an operation on two numbers gives; none if it does not fit or cannot be.
pub type Computed = Option<Exact>;

fn ten(power: u32) -> Option<i128> {
    10_i128.checked_pow(power)
}

/// The whole number nearest to a fraction; a half goes to the even neighbour.
fn nearest(numerator: i128, denominator: i128) -> Option<i128> {
    if denominator == 0 {
        return None;
    }
    let below = numerator.checked_div_euclid(denominator)?;
    // Three candidates and the one with the least distance, even ones first.
    let mut best: Option<(i128, bool, i128)> = None;
    for candidate in [below - 1, below, below + 1] {
        let distance = (candidate.checked_mul(denominator)?).checked_sub(numerator)?.checked_abs()?;
        let key = (distance, candidate % 2 != 0, candidate);
        if best.is_none_or(|best| (key.0, key.1) < (best.0, best.1)) {
            best = Some(key);
        }
    }
    best.map(|(_, _, candidate)| candidate)
}

impl Exact {
    /// A number of a kind in its smallest unit.
    pub fn of(units: i64, kind: Kind, currency_digits: u32) -> Self {
        Self { digits: i128::from(units), decimals: kind.decimals(currency_digits), kind: Some(kind) }
    }

    /// A written number.
    pub fn written(number: Decimal) -> Self {
        Self { digits: number.mantissa(), decimals: number.scale(), kind: None }
    }

    /// A plain count.
    pub fn whole(number: i64, kind: Kind) -> Self {
        Self { digits: i128::from(number), decimals: 0, kind: Some(kind) }
    }

    /// The same number, measuring something.
    pub const fn measuring(self, kind: Option<Kind>) -> Self {
        Self { kind, ..self }
    }

    /// The same number with the decimals of what it measures.
    pub fn as_measured(self, currency_digits: u32) -> Computed {
        Self::settle(self.digits, self.decimals, self.kind, currency_digits)
    }

    /// The number as a whole one, cut off at the decimals.
    pub fn to_whole(self) -> Option<i64> {
        i64::try_from(self.digits.checked_div(ten(self.decimals)?)?).ok()
    }

    /// The same number with more decimals.
    fn at(self, decimals: u32) -> Option<i128> {
        self.digits.checked_mul(ten(decimals.checked_sub(self.decimals)?)?)
    }

    /// Which of two numbers is greater.
    pub fn against(self, other: Self) -> Option<Ordering> {
        let decimals = self.decimals.max(other.decimals);
        Some(self.at(decimals)?.cmp(&other.at(decimals)?))
    }

    /// The number with the other sign.
    pub fn negated(self) -> Self {
        Self { digits: -self.digits, ..self }
    }

    /// The number without its sign.
    pub fn absolute(self) -> Self {
        Self { digits: self.digits.abs(), ..self }
    }

    /// Gives the result its kind and checks that it fits into 64 bits.
    fn settle(digits: i128, decimals: u32, kind: Option<Kind>, currency_digits: u32) -> Computed {
        let Some(kind) = kind else {
            return Some(Self { digits, decimals, kind: None });
        };
        let wanted = kind.decimals(currency_digits);
        let units = if wanted >= decimals {
            digits.checked_mul(ten(wanted - decimals)?)?
        } else {
            nearest(digits, ten(decimals - wanted)?)?
        };
        let fits = i64::try_from(units).is_ok_and(|units| units > i64::MIN + 1);
        fits.then_some(Self { digits: units, decimals: wanted, kind: Some(kind) })
    }

    /// Sum.
    pub fn plus(self, other: Self, currency_digits: u32) -> Computed {
        let decimals = self.decimals.max(other.decimals);
        let digits = self.at(decimals)?.checked_add(other.at(decimals)?)?;
        Self::settle(digits, decimals, self.kind.or(other.kind), currency_digits)
    }

    /// The smaller of the two, or the greater.
    pub fn extreme(self, other: Self, wanted: Ordering, currency_digits: u32) -> Computed {
        let chosen = if self.against(other)? == wanted { self } else { other };
        Self::settle(chosen.digits, chosen.decimals, self.kind.or(other.kind), currency_digits)
    }

    /// Product: money if one side is money, otherwise a ratio.
    pub fn times(self, other: Self, currency_digits: u32) -> Computed {
        let money = self.kind == Some(Kind::Money) || other.kind == Some(Kind::Money);
        let kind = if money { Kind::Money } else { Kind::Ratio };
        let digits = self.digits.checked_mul(other.digits)?;
        Self::settle(digits, self.decimals + other.decimals, Some(kind), currency_digits)
    }

    /// Quotient: money over a count is money, everything else a ratio.
    pub fn over(self, other: Self, currency_digits: u32) -> Computed {
        let counts = other.kind == Some(Kind::Count) || (other.kind.is_none() && other.decimals == 0);
        let kind = if self.kind == Some(Kind::Money) && counts { Kind::Money } else { Kind::Ratio };
        let wanted = kind.decimals(currency_digits);
        let numerator = self.digits.checked_mul(ten(other.decimals + wanted)?)?;
        let denominator = other.digits.checked_mul(ten(self.decimals)?)?;
        Self::settle(nearest(numerator, denominator)?, wanted, Some(kind), currency_digits)
    }

    /// As tables show it.
    pub fn shown(self) -> String {
        Decimal::from_i128_with_scale(self.digits, self.decimals).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64) -> Exact {
        Exact::of(minor, Kind::Money, 2)
    }

    #[test]
    fn half_a_cent_goes_to_the_even_cent() {
        let half = Exact::written("0.5".parse().unwrap());
        assert_eq!(money(25).times(half, 2), Some(money(12)));
        assert_eq!(money(35).times(half, 2), Some(money(18)));
        assert_eq!(money(-35).times(half, 2), Some(money(-18)));
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        assert_eq!(money(100).over(money(0), 2), None);
    }
}
