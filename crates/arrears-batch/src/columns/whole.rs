//! Whole numbers of columns, as narrow lanes have them.

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
