//! Which types of columns may hold which kinds of facts.

use arrears::Kind;
use arrow_schema::DataType;

/// Why a column of some type cannot hold facts of some kind, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// What the column holds, in words.
    pub(crate) found: String,
    /// What it should hold.
    pub(crate) wanted: &'static str,
    /// How to mend the table.
    pub(crate) fix: &'static str,
}

/// What a column of the type holds, in words.
pub(crate) fn type_name(data_type: &DataType) -> String {
    match data_type {
        DataType::Null => "nothing".to_owned(),
        DataType::Boolean => "true and false".to_owned(),
        whole if whole.is_integer() => "whole numbers".to_owned(),
        DataType::Decimal32(_, scale)
        | DataType::Decimal64(_, scale)
        | DataType::Decimal128(_, scale)
        | DataType::Decimal256(_, scale) => format!("decimals with {scale} places"),
        float if float.is_floating() => "floating-point numbers".to_owned(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "text".to_owned(),
        DataType::Date32 | DataType::Date64 => "dates".to_owned(),
        DataType::Timestamp(..) => "points in time".to_owned(),
        DataType::Dictionary(_, values) => type_name(values),
        other => format!("values of type {other}"),
    }
}

/// Whether a column of the type may hold facts of the kind.
///
/// # Errors
///
/// [`Refused`] with what was found, what is wanted and how to mend it. Floating-point
/// columns hold ratios and scores only: money and counts in them are no longer exact.
pub(crate) fn accepts(kind: Kind, data_type: &DataType) -> Result<(), Refused> {
    let held = match data_type {
        DataType::Dictionary(_, values) => values.as_ref(),
        plain => plain,
    };
    let text = matches!(held, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
    let decimal = held.is_decimal();
    let fits = matches!(held, DataType::Null)
        || text
        || match kind {
            Kind::Days | Kind::Count | Kind::Money => held.is_integer() || decimal,
            Kind::Ratio => held.is_integer() || decimal || held.is_floating(),
            Kind::Flag => held.is_integer() || matches!(held, DataType::Boolean),
            Kind::Category => held.is_integer(),
        };
    if fits {
        return Ok(());
    }
    Err(Refused { found: type_name(data_type), wanted: wanted(kind), fix: fix(kind, held) })
}

const fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Days => "whole days",
        Kind::Count => "whole numbers",
        Kind::Money => "exact amounts",
        Kind::Ratio => "numbers",
        Kind::Flag => "true and false",
        Kind::Category => "words",
    }
}

fn fix(kind: Kind, held: &DataType) -> &'static str {
    let dated = matches!(held, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..));
    match kind {
        Kind::Money if held.is_floating() => {
            "cast the column to a decimal such as decimal(18, 2): a floating-point amount is not exact"
        }
        Kind::Days | Kind::Count if held.is_floating() => {
            "cast the column to a whole-number type that can be empty (in pandas: `Int64`)"
        }
        Kind::Days if dated => "count the days between the date and the day of the decision",
        Kind::Flag => "cast the column to a boolean that can be empty, or to 0 and 1",
        Kind::Category => "cast the column to text",
        Kind::Money => "cast the column to a decimal such as decimal(18, 2)",
        Kind::Ratio => "cast the column to a decimal or a floating-point number",
        Kind::Days | Kind::Count => "cast the column to a whole-number type",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floating_point_columns_hold_ratios_and_nothing_else() {
        for kind in Kind::ALL {
            assert_eq!(accepts(kind, &DataType::Float64).is_ok(), kind == Kind::Ratio, "{kind}");
        }
    }

    #[test]
    fn a_floating_point_amount_is_refused_with_the_cast_that_mends_it() {
        let refused = accepts(Kind::Money, &DataType::Float64).unwrap_err();
        assert_eq!(refused.found, "floating-point numbers");
        assert_eq!(
            refused.fix,
            "cast the column to a decimal such as decimal(18, 2): a floating-point amount is not exact"
        );
    }

    #[test]
    fn a_column_of_nothing_may_hold_any_fact_as_unknown() {
        assert!(Kind::ALL.into_iter().all(|kind| accepts(kind, &DataType::Null).is_ok()));
    }

    #[test]
    fn every_kind_of_fact_can_be_written_as_text() {
        let words = DataType::Dictionary(Box::new(DataType::UInt8), Box::new(DataType::Utf8View));
        assert!(Kind::ALL.into_iter().all(|kind| accepts(kind, &words).is_ok()));
    }
}
