//! Shares, exact until they are rounded once.

use arrow_buffer::i256;

/// Millionths of one.
pub(super) const MILLION: i128 = 1_000_000;
/// The places that are carried through a product of shares.
const CARRIED: i128 = 1_000_000_000_000;

/// One number over another in parts of `unit`, rounded half-even; none where there is nothing to
/// divide by, or less than nothing.
fn share(numerator: i128, denominator: i128, unit: i128) -> Option<i128> {
    if denominator <= 0 {
        return None;
    }
    let whole = i256::from_i128(numerator).checked_mul(i256::from_i128(unit))?;
    half_even(whole, i256::from_i128(denominator))?.to_i128()
}

/// A quotient by a number above zero, rounded half-even.
fn half_even(numerator: i256, denominator: i256) -> Option<i256> {
    let (quotient, remainder) = (numerator.checked_div(denominator)?, numerator.checked_rem(denominator)?);
    let negative = numerator < i256::ZERO;
    let size = if negative { remainder.wrapping_neg() } else { remainder };
    let twice = size.checked_mul(i256::from_i128(2))?;
    let odd = quotient.wrapping_rem(i256::from_i128(2)) != i256::ZERO;
    if twice > denominator || (twice == denominator && odd) {
        return quotient.checked_add(if negative { i256::MINUS_ONE } else { i256::ONE });
    }
    Some(quotient)
}

/// A share in millionths.
pub(super) fn millionths(numerator: i128, denominator: i128) -> Option<i64> {
    i64::try_from(share(numerator, denominator, MILLION)?).ok()
}

/// A product of shares in millionths. Twelve decimals are carried from step to step.
pub(super) fn product(steps: impl IntoIterator<Item = (i128, i128)>) -> Option<i64> {
    let mut product = CARRIED;
    for (numerator, denominator) in steps {
        let step = share(numerator, denominator, CARRIED)?;
        let both = i256::from_i128(product).checked_mul(i256::from_i128(step))?;
        product = half_even(both, i256::from_i128(CARRIED))?.to_i128()?;
    }
    i64::try_from(share(product, CARRIED, MILLION)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_to_the_even_millionth() {
        assert_eq!(millionths(1, 3), Some(333_333));
        assert_eq!(millionths(2, 3), Some(666_667));
        assert_eq!(millionths(1, 2_000_000), Some(0));
        assert_eq!(millionths(3, 2_000_000), Some(2));
        assert_eq!(millionths(-3, 2_000_000), Some(-2));
        assert_eq!(millionths(5, 4), Some(1_250_000));
    }

    #[test]
    fn there_is_no_share_of_nothing_or_of_less() {
        assert_eq!(millionths(0, 0), None);
        assert_eq!(millionths(5, -4), None);
        assert_eq!(product([(1, 2), (1, 0)]), None);
    }

    #[test]
    fn the_money_of_the_largest_book_does_not_overflow() {
        let book = i128::from(i64::MAX) * i128::from(u32::MAX);
        assert_eq!(millionths(book / 2, book), Some(500_000));
        assert_eq!(product([(book / 2, book), (book / 2, book)]), Some(250_000));
    }

    #[test]
    fn a_product_is_rounded_at_its_end() {
        // A third of a thousandth, twice: rounded to millionths at each step it would be nothing.
        assert_eq!(product([(1, 3_000), (3, 1)]), Some(1_000));
        assert_eq!(product([]), i64::try_from(MILLION).ok());
    }
}
