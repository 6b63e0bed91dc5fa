//! Columns of exact decimals, and of words that come again and again.

use arrow_array::Decimal128Array;
use arrow_schema::{ArrowError, DataType};

/// As many digits as there can be.
const PRECISION: u8 = 38;

/// Decimals with so many digits behind the point.
pub(crate) fn data_type(digits: u32) -> DataType {
    DataType::Decimal128(PRECISION, scale(digits))
}

/// Numbers without their point as decimals.
///
/// # Errors
///
/// [`ArrowError`] if one does not fit.
pub(crate) fn array(numbers: Decimal128Array, digits: u32) -> Result<Decimal128Array, ArrowError> {
    let numbers = numbers.with_precision_and_scale(PRECISION, scale(digits))?;
    numbers.validate_decimal_precision(PRECISION)?;
    Ok(numbers)
}

fn scale(digits: u32) -> i8 {
    i8::try_from(digits).unwrap_or(0)
}

/// Words, each written once.
pub(crate) fn words() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}
