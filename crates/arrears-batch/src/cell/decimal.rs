//! Exact decimals: digits and a number of decimals, never a float.

use arrow_buffer::i256;

/// A decimal exactly as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exact {
    digits: i256,
    decimals: i32,
}

/// Why a decimal is not a whole number of some unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// It has more decimals than the unit.
    TooManyDecimals,
    /// It is too large.
    TooLarge,
}

/// More digits than any amount has; longer texts are not numbers.
const LONGEST: usize = 60;

impl Exact {
    /// A decimal of `decimals` places.
    pub(crate) fn new(digits: i256, decimals: i8) -> Self {
        Self { digits, decimals: i32::from(decimals) }
    }

    /// A whole number.
    pub(crate) fn whole(number: i64) -> Self {
        Self::new(i256::from_i128(i128::from(number)), 0)
    }

    /// The decimal that a text writes: `-12.50`. Thousands separators are not read.
    pub(crate) fn read(text: &str) -> Option<Self> {
        Self::plain(text, 0)
    }

    /// As [`Exact::read`], and also with an exponent as floating-point columns are
    /// written: `1e-05`.
    pub(crate) fn read_float(text: &str) -> Option<Self> {
        match text.split_once(['e', 'E']) {
            None => Self::read(text),
            Some((digits, exponent)) => {
                let exponent: i32 = exponent.parse().ok()?;
                let limit = i32::try_from(LONGEST).ok()?;
                (-400..=limit).contains(&exponent).then(|| Self::plain(digits, exponent)).flatten()
            }
        }
    }

    fn plain(text: &str, exponent: i32) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = format!("{whole}{part}");
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || digits.len() > LONGEST {
            return None;
        }
        let size = i256::from_string(&digits)?;
        Some(Self {
            digits: if text.starts_with('-') { size.wrapping_neg() } else { size },
            decimals: i32::try_from(part.len()).ok()?.checked_sub(exponent)?,
        })
    }

    /// The number in units of 10^-`decimals`, exactly.
    pub(crate) fn fixed(self, decimals: u32) -> Result<i64, Misfit> {
        if i32::try_from(decimals) == Ok(self.decimals) {
            return fit(self.digits);
        }
        let (quotient, remainder, _) = self.divide(decimals)?;
        if remainder != i256::ZERO {
            return Err(Misfit::TooManyDecimals);
        }
        fit(quotient)
    }

    /// The number in units of 10^-`decimals`, rounded half-even.
    pub(crate) fn rounded(self, decimals: u32) -> Result<i64, Misfit> {
        let (quotient, remainder, unit) = self.divide(decimals)?;
        let twice = abs(remainder).wrapping_mul(i256::from_i128(2));
        let odd = quotient.wrapping_rem(i256::from_i128(2)) != i256::ZERO;
        let away = twice > unit || (twice == unit && odd);
        let step = match (away, self.digits < i256::ZERO) {
            (false, _) => i256::ZERO,
            (true, false) => i256::ONE,
            (true, true) => i256::MINUS_ONE,
        };
        fit(quotient.wrapping_add(step))
    }

    /// Quotient, remainder and unit of the division into units of 10^-`decimals`.
    fn divide(self, decimals: u32) -> Result<(i256, i256, i256), Misfit> {
        let wanted = i32::try_from(decimals).map_err(|_| Misfit::TooLarge)?;
        let surplus = self.decimals.saturating_sub(wanted);
        if surplus <= 0 {
            let factor = power(surplus.unsigned_abs()).ok_or(Misfit::TooLarge);
            let scaled = match factor {
                Err(_) if self.digits == i256::ZERO => Some(i256::ZERO),
                factor => self.digits.checked_mul(factor?),
            };
            return Ok((scaled.ok_or(Misfit::TooLarge)?, i256::ZERO, i256::ONE));
        }
        match power(surplus.unsigned_abs()) {
            Some(unit) => Ok((self.digits.wrapping_div(unit), self.digits.wrapping_rem(unit), unit)),
            // The unit is larger than any digits: all of them are a remainder.
            None => Ok((i256::ZERO, self.digits, i256::MAX)),
        }
    }
}

fn abs(number: i256) -> i256 {
    if number < i256::ZERO { number.wrapping_neg() } else { number }
}

fn power(exponent: u32) -> Option<i256> {
    i256::from_i128(10).checked_pow(exponent)
}

/// The two lowest values of `i64` are not numbers in a row of facts.
fn fit(number: i256) -> Result<i64, Misfit> {
    number
        .to_i128()
        .and_then(|wide| i64::try_from(wide).ok())
        .filter(|fitting| *fitting > i64::MIN + 1)
        .ok_or(Misfit::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::read_float(text).unwrap()
    }

    #[test]
    fn an_amount_is_read_to_the_cent() {
        assert_eq!(exact("12.50").fixed(2), Ok(1250));
        assert_eq!(exact("-0.05").fixed(2), Ok(-5));
        assert_eq!(exact("120").fixed(2), Ok(12_000));
        assert_eq!(exact("12.5000").fixed(2), Ok(1250));
    }

    #[test]
    fn a_digit_that_would_be_lost_is_refused() {
        assert_eq!(exact("12.505").fixed(2), Err(Misfit::TooManyDecimals));
        assert_eq!(exact("92233720368547758.08").fixed(2), Err(Misfit::TooLarge));
    }

    #[test]
    fn ratios_are_rounded_to_the_even_millionth() {
        assert_eq!(exact("0.0000005").rounded(6), Ok(0));
        assert_eq!(exact("0.0000015").rounded(6), Ok(2));
        assert_eq!(exact("-0.0000015").rounded(6), Ok(-2));
        assert_eq!(exact("0.00000051").rounded(6), Ok(1));
        assert_eq!(exact("1e-05").rounded(6), Ok(10));
        assert_eq!(exact("1e-300").rounded(6), Ok(0));
        assert_eq!(exact("2.5E1").rounded(6), Ok(25_000_000));
    }

    #[test]
    fn what_is_not_a_decimal_is_not_read() {
        for text in ["", "-", ".", "1,234.50", "1.2.3", "0x10", "1_000", "٣", "NaN", "inf", "--1"] {
            assert_eq!(Exact::read(text), None, "{text}");
        }
        assert_eq!(Exact::read_float("1e99999999999"), None);
        assert!(Exact::read(&"9".repeat(61)).is_none());
    }
}
