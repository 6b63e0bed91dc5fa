//! Whole numbers of columns, as lanes have them.

use super::kernel::Value;
use super::lane::{NEVER_BYTE, NEVER_NARROW};

/// A whole number of a column.
pub(super) trait Whole: Copy {
    /// Whether every one fits a narrow lane.
    const FITS: bool;
    fn whole(self) -> i64;
    /// The number in a narrow lane, if it fits.
    fn narrowed(self) -> i32;
}

macro_rules! whole_numbers {
    ($($number:ty: $fits:literal),*) => {$(
        impl Whole for $number {
            const FITS: bool = $fits;
            #[inline(always)]
            fn whole(self) -> i64 {
                self.into()
            }
            #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_lossless, trivial_numeric_casts, reason = "a number that does not fit is found beside this")]
            #[inline(always)]
            fn narrowed(self) -> i32 {
                self as i32
            }
        }
    )*};
}
whole_numbers!(i64: false, i32: true, i16: true, i8: true, u8: true, u16: true, u32: false);

/// What stands in a lane for a whole number.
pub(super) trait Laid: Value {
    /// What stands for *never*, as wide as it is laid.
    const NOT_YET: i32;
    /// What was laid, as wide as the lane.
    fn of(laid: i32) -> Self;
}

impl Laid for i32 {
    const NOT_YET: i32 = NEVER_NARROW;
    #[inline(always)]
    fn of(laid: i32) -> Self {
        laid
    }
}

impl Laid for u8 {
    const NOT_YET: i32 = NEVER_BYTE as i32;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank, or *never*, is a byte")]
    #[inline(always)]
    fn of(laid: i32) -> Self {
        laid as Self
    }
}
