//! Ratios in floating-point columns as exact millionths, or not at all.

/// A ratio in millionths, rounded half-even as its shortest decimal is, and whether that is
/// sure: near a tie, beyond the size where each millionth has a number, and where it is no
/// number, it is not, nor for what is tiny but not zero, whose text may be too long to be read.
#[inline(always)]
pub(super) fn millionths(ratio: f64) -> (i64, bool) {
    // Adding this number rounds to a whole one, half to even, in the low bits of the sum.
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    let scaled = ratio * 1e6;
    let sum = scaled + WHOLE;
    let off = (scaled - (sum - WHOLE)).abs();
    let size = scaled.abs();
    let sure = (off < 0.499) & (size < 1e12) & ((size > 1e-9) | (size == 0.0));
    (sum.to_bits().wrapping_sub(WHOLE.to_bits()).cast_signed(), sure)
}

#[cfg(test)]
mod tests {
    use super::millionths;
    use crate::cell::{Meaning, Raw};
    use crate::columns::lane::{NO_WIDE, wide_of};
    use arrears::build::{Build, fact};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_ratio_that_is_read_at_once_is_the_one_that_its_shortest_text_gives(
            ratio in prop_oneof![-3.0..3.0_f64, any::<f64>(), (-4_000_000..4_000_000_i64).prop_map(|half| half as f64 / 2e6)],
        ) {
            let policy = Build::policy("ratios", "EUR").stage("late", fact("utilisation").ge(1)).check();
            let policy = policy.map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
            let input = policy.inputs().iter().find(|input| input.name == "utilisation").unwrap();
            let exact = Meaning::new(input, 2, &[]).cell(&Raw::Float(ratio.to_string()));
            let (number, sure) = millionths(ratio);
            if sure {
                prop_assert_eq!(Ok(number), exact.map(wide_of));
                prop_assert_ne!(number, NO_WIDE);
            }
        }
    }
}
