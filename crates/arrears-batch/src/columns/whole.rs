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
    ($($number:ty: $fits:literal, $narrowed:expr);* $(;)?) => {$(
        impl Whole for $number {
            const FITS: bool = $fits;
            #[inline(always)]
            fn whole(self) -> i64 {
                self.into()
            }
            #[inline(always)]
            fn narrowed(self) -> i32 {
                $narrowed(self)
            }
        }
    )*};
}
whole_numbers!(
    i64: false, low;
    i32: true, i32::from;
    i16: true, i32::from;
    i8: true, i32::from;
    u8: true, i32::from;
    u16: true, i32::from;
    u32: false, u32::cast_signed;
);

#[expect(clippy::cast_possible_truncation, reason = "a number that does not fit is found beside this")]
#[inline(always)]
const fn low(number: i64) -> i32 {
    number as i32
}

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
