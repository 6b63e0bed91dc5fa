//! A report as one long table: a row for each value.

use super::report::{Exclusion, Measure, Report, Value};
use crate::output::{BETWEEN, Form, OutputError, Ready, TableFile, Target, publish_all};
use crate::summary::Amount;
use arrow_array::{ArrayRef, Decimal128Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::ArrowError;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

/// One value of a report, with what it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LongRow {
    /// The word for the measure.
    pub measure: &'static str,
    /// Of what: a bucket, a channel.
    pub from: Option<String>,
    /// To what: a bucket, a class.
    pub to: Option<String>,
    /// The month; none for all months together.
    pub month: Option<String>,
    /// What is divided, by number.
    pub count_numerator: Option<u64>,
    /// By what, by number.
    pub count_denominator: Option<u64>,
    /// The share by number, as a decimal.
    pub count_ratio: Option<Amount>,
    /// The currency of the amounts.
    pub currency: String,
    /// What is divided, by money.
    pub money_numerator: Option<Amount>,
    /// By what, by money.
    pub money_denominator: Option<Amount>,
    /// The share by money, as a decimal.
    pub money_ratio: Option<Amount>,
    /// How many members of the cohort are left out, or counted by number only, and why.
    pub excluded: Option<String>,
}

/// Decimals of a share.
const PLACES: u32 = 6;

fn ratio(millionths: Option<i64>) -> Option<Amount> {
    millionths.map(|millionths| Amount::new(i128::from(millionths), PLACES))
}

fn told(excluded: &[Exclusion]) -> Option<String> {
    let told: Vec<String> = excluded.iter().map(|left_out| format!("{} {}", left_out.count, left_out.reason)).collect();
    (!told.is_empty()).then(|| told.join(BETWEEN))
}

impl Report {
    /// A row for each value of each measure.
    pub fn rows(&self) -> Vec<LongRow> {
        let of = |measure: &Measure| {
            measure.values.iter().map(|value| self.of_value(measure.name, value)).collect::<Vec<_>>()
        };
        self.measures.iter().flat_map(of).collect()
    }

    fn of_value(&self, measure: &'static str, value: &Value) -> LongRow {
        LongRow {
            measure,
            from: value.from.clone(),
            to: value.to.clone(),
            month: value.month.map(|month| month.to_string()),
            count_numerator: value.count.numerator,
            count_denominator: value.count.denominator,
            count_ratio: ratio(value.count.millionths),
            currency: self.head.currency.to_string(),
            money_numerator: value.money.and_then(|money| money.numerator),
            money_denominator: value.money.and_then(|money| money.denominator),
            money_ratio: ratio(value.money.and_then(|money| money.millionths)),
            excluded: told(&value.excluded),
        }
    }
}

/// Writes the long table of a report to files: Parquet, CSV or JSON lines, by the endings of their
/// names. They appear only when all of them are complete.
///
/// # Errors
///
/// [`OutputError`] if a name does not say what it is to be, or a file cannot be written there.
pub fn write_report<P: AsRef<Path>>(report: &Report, paths: &[P]) -> Result<(), OutputError> {
    let targets = paths.iter().map(|path| target(report, path.as_ref())).collect::<Result<Vec<_>, _>>()?;
    publish_all(targets).map(|_| ())
}

fn target(report: &Report, path: &Path) -> Result<Target, OutputError> {
    let form = Form::of(path)?;
    let failed = |error: &dyn ToString| OutputError::write(path, error.to_string());
    let rows = report.rows();
    let table = columns(&rows, report.head.currency.digits()).map_err(|error| failed(&error))?;
    let ready = if form == Form::JsonLines {
        let mut lines = Vec::new();
        for row in &rows {
            serde_json::to_writer(&mut lines, row).map_err(|error| failed(&error))?;
            lines.push(b'\n');
        }
        Ready::Lines(lines)
    } else {
        Ready::of(form, &table).map_err(|error| failed(&error))?
    };
    let mut file = TableFile::create(path, form, &table.schema())?;
    file.write(&ready)?;
    file.finish()
}

/// The most digits of a decimal.
const WIDEST: u8 = 38;

fn columns(rows: &[LongRow], digits: u32) -> Result<RecordBatch, ArrowError> {
    let texts =
        |get: fn(&LongRow) -> Option<&str>| -> ArrayRef { Arc::new(rows.iter().map(get).collect::<StringArray>()) };
    let counts =
        |get: fn(&LongRow) -> Option<u64>| -> ArrayRef { Arc::new(rows.iter().map(get).collect::<UInt64Array>()) };
    let decimals = |get: fn(&LongRow) -> Option<Amount>, places: u32| -> Result<ArrayRef, ArrowError> {
        let scale = i8::try_from(places).unwrap_or(0);
        let array: Decimal128Array = rows.iter().map(|row| get(row).map(Amount::minor)).collect();
        Ok(Arc::new(array.with_precision_and_scale(WIDEST, scale)?))
    };
    RecordBatch::try_from_iter_with_nullable([
        ("measure", texts(|row| Some(row.measure)), false),
        ("from", texts(|row| row.from.as_deref()), true),
        ("to", texts(|row| row.to.as_deref()), true),
        ("month", texts(|row| row.month.as_deref()), true),
        ("count_numerator", counts(|row| row.count_numerator), true),
        ("count_denominator", counts(|row| row.count_denominator), true),
        ("count_ratio", decimals(|row| row.count_ratio, PLACES)?, true),
        ("currency", texts(|row| Some(row.currency.as_str())), false),
        ("money_numerator", decimals(|row| row.money_numerator, digits)?, true),
        ("money_denominator", decimals(|row| row.money_denominator, digits)?, true),
        ("money_ratio", decimals(|row| row.money_ratio, PLACES)?, true),
        ("excluded", texts(|row| row.excluded.as_deref()), true),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::ratio::MILLION;

    #[test]
    fn a_share_is_written_with_six_decimals() {
        assert_eq!(ratio(Some(1_250_000)).unwrap().to_string(), "1.250000");
        assert_eq!(10_i128.pow(PLACES), MILLION);
    }
}
