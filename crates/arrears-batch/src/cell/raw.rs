//! A cell of a table as it stands there, before it means anything to a policy.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Decimal256Type, Float32Type, Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, Decimal256Array, Float32Array, Float64Array,
    Int64Array, StringArray,
};
use arrow_buffer::i256;
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::DataType;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::fmt;

/// One cell as the table has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Raw<'a> {
    /// The cell is empty: null, or no text between two commas.
    Empty,
    /// A whole number.
    Whole(i64),
    /// A decimal: its digits, and how many of them stand after the point.
    Decimal(i256, i8),
    /// A floating-point number, as the shortest text that gives it back.
    Float(String),
    /// True or false.
    Flag(bool),
    /// A text, without spaces around it.
    Text(&'a str),
    /// A calendar day.
    Date(NaiveDate),
}

impl Raw<'_> {
    /// The cell as a name: its text, empty where nothing stands there.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.to_string()),
        }
    }
}

impl fmt::Display for Raw<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Decimal(digits, scale) => f.write_str(&written(*digits, *scale)),
            Self::Float(text) => f.write_str(text),
            Self::Flag(set) => write!(f, "{set}"),
            Self::Text(text) => f.write_str(text),
            Self::Date(day) => write!(f, "{day}"),
        }
    }
}

/// The decimal as text, with all of its decimals.
fn written(digits: i256, scale: i8) -> String {
    let text = digits.to_string();
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => ("-", size.to_owned()),
        None => ("", text),
    };
    match usize::try_from(scale) {
        Ok(0) => format!("{sign}{size}"),
        Ok(decimals) => {
            let padded = format!("{size:0>width$}", width = decimals + 1);
            let (whole, part) = padded.split_at(padded.len().saturating_sub(decimals));
            format!("{sign}{whole}.{part}")
        }
        Err(_) => format!("{sign}{size}{}", "0".repeat(usize::from(scale.unsigned_abs()))),
    }
}

/// A column of a batch, in one of the few forms that cells are read from.
#[derive(Clone, Debug)]
pub(crate) enum RawColumn {
    /// Every cell is empty.
    Empty,
    /// Whole numbers.
    Whole(Int64Array),
    /// Decimals of up to 38 digits.
    Decimal(Decimal128Array),
    /// Decimals of up to 76 digits.
    Wide(Decimal256Array),
    /// Single floating-point numbers.
    Single(Float32Array),
    /// Double floating-point numbers.
    Double(Float64Array),
    /// True and false.
    Flag(BooleanArray),
    /// Texts.
    Text(StringArray),
    /// Calendar days.
    Date(Date32Array),
}

/// The form in which a column of some type is read.
enum Form {
    Empty,
    Whole,
    Decimal(i8),
    Wide,
    Single,
    Double,
    Flag,
    Text,
    Date,
}

fn form(data_type: &DataType) -> Option<Form> {
    Some(match data_type {
        DataType::Null => Form::Empty,
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32 => Form::Whole,
        DataType::UInt64 => Form::Decimal(0),
        DataType::Decimal32(_, scale) | DataType::Decimal64(_, scale) | DataType::Decimal128(_, scale) => {
            Form::Decimal(*scale)
        }
        DataType::Decimal256(..) => Form::Wide,
        DataType::Float16 | DataType::Float32 => Form::Single,
        DataType::Float64 => Form::Double,
        DataType::Boolean => Form::Flag,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Form::Text,
        DataType::Dictionary(_, values) => return form(values),
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => Form::Date,
        _ => return None,
    })
}

/// Whether cells can be read from columns of the type at all.
pub(crate) fn is_readable(data_type: &DataType) -> bool {
    form(data_type).is_some()
}

fn lossless(array: &ArrayRef, to: &DataType) -> Option<ArrayRef> {
    let strict = CastOptions { safe: false, ..CastOptions::default() };
    cast_with_options(array, to, &strict).ok()
}

impl RawColumn {
    /// The column, without loss; none if its type is not one that cells are read from.
    pub(crate) fn of(array: &ArrayRef) -> Option<Self> {
        Some(match form(array.data_type())? {
            Form::Empty => Self::Empty,
            Form::Whole => Self::Whole(lossless(array, &DataType::Int64)?.as_primitive_opt::<Int64Type>()?.clone()),
            Form::Decimal(scale) => Self::Decimal(
                lossless(array, &DataType::Decimal128(38, scale))?.as_primitive_opt::<Decimal128Type>()?.clone(),
            ),
            Form::Wide => Self::Wide(plain(array)?.as_primitive_opt::<Decimal256Type>()?.clone()),
            Form::Single => {
                Self::Single(lossless(array, &DataType::Float32)?.as_primitive_opt::<Float32Type>()?.clone())
            }
            Form::Double => {
                Self::Double(lossless(array, &DataType::Float64)?.as_primitive_opt::<Float64Type>()?.clone())
            }
            Form::Flag => Self::Flag(lossless(array, &DataType::Boolean)?.as_boolean_opt()?.clone()),
            Form::Text => Self::Text(lossless(array, &DataType::Utf8)?.as_string_opt::<i32>()?.clone()),
            Form::Date => Self::Date(lossless(array, &DataType::Date32)?.as_primitive_opt::<Date32Type>()?.clone()),
        })
    }

    /// The cell of a row of the batch; empty beyond its end.
    pub(crate) fn cell(&self, row: usize) -> Raw<'_> {
        let gone = |array: &dyn Array| row >= array.len() || array.is_null(row);
        match self {
            Self::Empty => Raw::Empty,
            Self::Whole(array) if !gone(array) => Raw::Whole(array.value(row)),
            Self::Decimal(array) if !gone(array) => Raw::Decimal(i256::from_i128(array.value(row)), array.scale()),
            Self::Wide(array) if !gone(array) => Raw::Decimal(array.value(row), array.scale()),
            Self::Single(array) if !gone(array) => Raw::Float(array.value(row).to_string()),
            Self::Double(array) if !gone(array) => Raw::Float(array.value(row).to_string()),
            Self::Flag(array) if !gone(array) => Raw::Flag(array.value(row)),
            Self::Text(array) if !gone(array) => match array.value(row).trim() {
                "" => Raw::Empty,
                text => Raw::Text(text),
            },
            Self::Date(array) if !gone(array) => match array.value_as_date(row) {
                Some(day) => Raw::Date(day),
                None => Raw::Whole(i64::from(array.value(row))),
            },
            _ => Raw::Empty,
        }
    }
}

/// The column itself, or the values behind a dictionary.
fn plain(array: &ArrayRef) -> Option<ArrayRef> {
    match array.data_type() {
        DataType::Dictionary(_, values) => lossless(array, values),
        _ => Some(array.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::types::Int32Type;
    use arrow_array::{DictionaryArray, Float64Array, UInt64Array};
    use std::sync::Arc;

    fn column(array: impl Array + 'static) -> RawColumn {
        RawColumn::of(&(Arc::new(array) as ArrayRef)).unwrap()
    }

    #[test]
    fn the_largest_whole_number_of_a_table_is_read_without_loss() {
        let cells = column(UInt64Array::from(vec![u64::MAX]));
        assert_eq!(cells.cell(0).to_string(), u64::MAX.to_string());
    }

    #[test]
    fn a_word_behind_a_dictionary_is_the_word() {
        let words: DictionaryArray<Int32Type> = vec![Some("card"), None, Some("card")].into_iter().collect();
        let cells = column(words);
        assert_eq!(cells.cell(0), Raw::Text("card"));
        assert_eq!(cells.cell(1), Raw::Empty);
    }

    #[test]
    fn a_floating_point_number_is_shown_as_its_shortest_text() {
        let cells = column(Float64Array::from(vec![0.1, f64::NAN]));
        assert_eq!(cells.cell(0), Raw::Float("0.1".to_owned()));
        assert_eq!(cells.cell(1), Raw::Float("NaN".to_owned()));
    }

    #[test]
    fn a_decimal_is_shown_with_all_of_its_decimals() {
        assert_eq!(written(i256::from_i128(-5), 2), "-0.05");
        assert_eq!(written(i256::from_i128(1250), 2), "12.50");
        assert_eq!(written(i256::from_i128(12), -2), "1200");
    }

    #[test]
    fn text_of_spaces_is_an_empty_cell() {
        let cells = column(StringArray::from(vec!["  ", " 12 "]));
        assert_eq!(cells.cell(0), Raw::Empty);
        assert_eq!(cells.cell(1), Raw::Text("12"));
    }
}
