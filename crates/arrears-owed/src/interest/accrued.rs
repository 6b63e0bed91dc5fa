//! Interest that has grown and is not booked: an exact fraction of a minor unit.

use super::day_count::calendar_days;
use super::{DayCount, InterestError, PER_UNIT, Rate, YEAR};
use chrono::NaiveDate;

/// The denominator: a rate's parts in a unit, times a day count's parts in a year.
#[expect(clippy::as_conversions, reason = "a literal that fits; From is not const")]
const DENOMINATOR: i128 = PER_UNIT as i128 * YEAR;

/// Interest that is not booked yet, as an exact number of parts of a minor unit. Zero: none has
/// grown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Accrued(i128);

impl Accrued {
    /// None.
    pub const ZERO: Self = Self(0);
    /// The parts of a minor unit: 10^8 times 1,603,080.
    pub const PARTS: i128 = DENOMINATOR;

    /// Parts of a minor unit.
    pub const fn parts(self) -> i128 {
        self.0
    }

    /// Both together.
    ///
    /// # Errors
    ///
    /// [`InterestError::SumTooLarge`].
    pub fn plus(self, other: Self) -> Result<Self, InterestError> {
        self.0.checked_add(other.0).map(Self).ok_or(InterestError::SumTooLarge)
    }
}

/// What a balance earns at a rate from a day up to another, which does not count itself.
///
/// The balance is in minor units; below zero it earns nothing. A daily rate counts calendar days.
///
/// # Errors
///
/// [`InterestError::Backwards`] if `to` is before `from`, [`InterestError::TooLarge`] if the
/// result cannot be held.
///
/// ```
/// use arrears_owed::interest::{DayCount, Rate, Rounding, accrue};
/// let rate = Rate::annual("0.18".parse()?)?;
/// let month = accrue(100_000, rate, DayCount::Act360, "2026-01-01".parse()?, "2026-02-01".parse()?)?;
/// assert_eq!(Rounding::default().book(month)?, 1_550); // 1000.00 x 18 % x 31/360
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn accrue(
    balance: i128,
    rate: Rate,
    count: DayCount,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Accrued, InterestError> {
    if to < from {
        return Err(InterestError::Backwards { from, to });
    }
    let time = match rate {
        Rate::Annual(_) => count.between(from, to),
        Rate::Daily(_) => calendar_days(from, to) * YEAR,
    };
    let parts = i128::from(rate.parts().get());
    let grown = balance.max(0).checked_mul(parts).and_then(|a_year| a_year.checked_mul(time));
    grown.map(Accrued).ok_or(InterestError::TooLarge { balance, from, to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interest::Rounding;
    use chrono::Days;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn five_hundredths_of_a_percent_a_day() {
        let rate = Rate::daily("0.0005".parse().unwrap()).unwrap();
        let month = accrue(1_000_000, rate, DayCount::Act360, day("2026-03-01"), day("2026-03-31")).unwrap();
        assert_eq!(month.parts(), 15_000 * Accrued::PARTS);
    }

    #[test]
    fn what_is_too_large_is_an_error_and_never_wraps() {
        let rate = Rate::annual("1000".parse().unwrap()).unwrap();
        let (from, to) = (day("2026-01-01"), day("2027-01-01"));
        let balance = i128::MAX / 1_000;
        let error = accrue(balance, rate, DayCount::Act360, from, to).unwrap_err();
        assert_eq!(error, InterestError::TooLarge { balance, from, to });
        assert_eq!(Accrued(i128::MAX).plus(Accrued(1)), Err(InterestError::SumTooLarge));
        assert_eq!(accrue(1, rate, DayCount::Act360, to, from), Err(InterestError::Backwards { from: to, to: from }));
    }

    #[test]
    fn thirty_days_of_a_third_of_a_cent_are_ten_cents() {
        let rate = Rate::annual("0.12".parse().unwrap()).unwrap();
        let (from, to) = (day("2026-06-01"), day("2026-07-01"));
        let mut sum = Accrued::ZERO;
        for days in 0..30 {
            let today = from + Days::new(days);
            let daily = accrue(1_000, rate, DayCount::Act360, today, today + Days::new(1)).unwrap();
            assert_eq!(Rounding::default().book(daily).unwrap(), 0, "a third of a cent by itself is none");
            sum = sum.plus(daily).unwrap();
        }
        assert_eq!(sum, accrue(1_000, rate, DayCount::Act360, from, to).unwrap());
        assert_eq!(Rounding::default().book(sum).unwrap(), 10);
    }

    proptest! {
        #[test]
        fn interest_grows_with_the_days_and_the_balance(
            balance in 0..1_000_000_000_i128, more in 0..1_000_000_i128, days in 0..3_000_u64, rate in 0..100_000_i64,
        ) {
            let rate = Rate::annual(rust_decimal::Decimal::new(rate, 5)).unwrap();
            let from = day("2027-11-30");
            let of = |balance, days| accrue(balance, rate, DayCount::ActActIsda, from, from + Days::new(days)).unwrap();
            prop_assert!(of(balance, days) <= of(balance, days + 1));
            prop_assert!(of(balance, days) <= of(balance + more, days));
        }
    }
}
