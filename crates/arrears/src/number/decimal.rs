//! Exact decimals to fixed-point numbers and back.

use rust_decimal::Decimal;

/// Why a written decimal is not a fixed-point number of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Inexact {
    /// It has more decimals than its kind or currency has.
    #[error("more than {0} decimals")]
    TooManyDecimals(u32),
    /// It is too large.
    #[error("too large")]
    TooLarge,
}

/// The decimal as a whole number of its smallest unit (`12.50` with two decimals is 1250).
///
/// # Errors
///
/// [`Inexact`] if a digit would be lost or the number does not fit. Nothing is rounded.
///
/// ```
/// use arrears::number::{Inexact, fixed};
/// assert_eq!(fixed("12.50".parse()?, 2), Ok(1250));
/// assert_eq!(fixed("12.505".parse()?, 2), Err(Inexact::TooManyDecimals(2)));
/// # Ok::<(), rust_decimal::Error>(())
/// ```
pub fn fixed(value: Decimal, decimals: u32) -> Result<i64, Inexact> {
    let value = value.normalize();
    let scale = value.scale();
    let Some(more) = decimals.checked_sub(scale) else {
        return Err(Inexact::TooManyDecimals(decimals));
    };
    let factor = 10_i128.checked_pow(more).ok_or(Inexact::TooLarge)?;
    value
        .mantissa()
        .checked_mul(factor)
        .and_then(|wide| i64::try_from(wide).ok())
        .filter(|number| *number > i64::MIN + 1)
        .ok_or(Inexact::TooLarge)
}

/// The fixed-point number as a decimal text (`1250` with two decimals is `12.50`).
pub fn show_fixed(value: i64, decimals: u32) -> String {
    Decimal::from_i128_with_scale(i128::from(value), decimals).to_string()
}
