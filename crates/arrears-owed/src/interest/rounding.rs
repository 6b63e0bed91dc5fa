//! How exact interest becomes money.

use super::{Accrued, InterestError};
use serde::{Deserialize, Serialize};

/// What becomes of a half.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// To the even neighbour.
    #[default]
    HalfEven,
    /// Away from zero.
    HalfUp,
}

/// How exact interest becomes money: what becomes of a half, and of which unit the result is a
/// multiple. By default half-even to one minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rounding {
    mode: RoundingMode,
    unit: u32, // INVARIANT: not 0.
}

impl Default for Rounding {
    fn default() -> Self {
        Self { mode: RoundingMode::default(), unit: 1 }
    }
}

impl Rounding {
    /// Rounds to multiples of `unit` minor units: 1 is a cent, 5 is five Rappen. Zero is read as 1.
    pub const fn new(mode: RoundingMode, unit: u32) -> Self {
        Self { mode, unit: if unit == 0 { 1 } else { unit } }
    }

    /// What becomes of a half.
    pub const fn mode(self) -> RoundingMode {
        self.mode
    }

    /// The unit, in minor units.
    pub const fn unit(self) -> u32 {
        self.unit
    }

    /// Exact interest as money, in minor units.
    ///
    /// # Errors
    ///
    /// [`InterestError::SumTooLarge`] if it is at the edge of what can be held.
    pub fn book(self, accrued: Accrued) -> Result<i128, InterestError> {
        self.fraction(accrued.parts(), Accrued::PARTS)
    }

    /// A fraction of minor units as money. A denominator below one is read as one.
    ///
    /// # Errors
    ///
    /// As [`Rounding::book`].
    pub fn fraction(self, numerator: i128, denominator: i128) -> Result<i128, InterestError> {
        let unit = i128::from(self.unit);
        let divisor = denominator.max(1).checked_mul(unit).ok_or(InterestError::SumTooLarge)?;
        let (whole, rest) = (numerator.div_euclid(divisor), numerator.rem_euclid(divisor));
        // Twice the rest cannot be formed where the divisor is huge; what is missing to the next can.
        let up = match rest.cmp(&(divisor - rest)) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => match self.mode {
                RoundingMode::HalfEven => whole.rem_euclid(2) == 1,
                RoundingMode::HalfUp => numerator > 0,
            },
        };
        (whole + i128::from(up)).checked_mul(unit).ok_or(InterestError::SumTooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_goes_to_the_even_neighbour_or_away_from_zero() {
        let (even, up) = (Rounding::new(RoundingMode::HalfEven, 1), Rounding::new(RoundingMode::HalfUp, 1));
        let halves = [-5, -3, -1, 1, 3, 5];
        assert_eq!(halves.map(|twice| even.fraction(twice, 2).unwrap()), [-2, -2, 0, 0, 2, 2]);
        assert_eq!(halves.map(|twice| up.fraction(twice, 2).unwrap()), [-3, -2, -1, 1, 2, 3]);
    }

    #[test]
    fn money_in_steps_of_five_minor_units() {
        let rounding = Rounding::new(RoundingMode::HalfUp, 5);
        let booked = [12, 13, 17, 18].map(|minor| rounding.fraction(minor, 1).unwrap());
        assert_eq!(booked, [10, 15, 15, 20]);
        assert_eq!(rounding.fraction(25, 2).unwrap(), 15, "twelve and a half is half-way");
    }
}
