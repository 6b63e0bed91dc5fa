//! A sweep as columns, in long form: one row for each number.

use super::{Point, Sweep, SweepError, Swept, unknown};
use crate::portfolio::{Count, Money, decimals, words};
use arrears::Policy;
use arrears_batch::Tally;
use arrow_array::builder::StringDictionaryBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{BooleanArray, RecordBatch, UInt64Array};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use rust_decimal::Decimal;
use std::sync::Arc;

/// One row of the long form.
struct Line<'s> {
    value: Decimal,
    own: bool,
    measure: &'static str,
    key: Option<&'s str>,
    accounts: u64,
    overdue: Option<i128>,
    unknown: Option<u64>,
}

/// The columns of a sweep of a threshold, before it is swept.
///
/// # Errors
///
/// [`SweepError::Threshold`] if the policy has no such threshold.
pub fn sweep_schema(policy: &Policy, threshold: &str) -> Result<SchemaRef, SweepError> {
    let swept = Swept::of(policy, threshold).ok_or_else(|| unknown(policy, threshold))?;
    Ok(schema(swept.decimals, Money::of(policy).digits()))
}

/// The columns of a sweep whose values have so many decimals, in a currency with so many digits.
fn schema(value_decimals: u32, currency_digits: u32) -> SchemaRef {
    Arc::new(Schema::new(vec![
        Field::new("value", decimals::data_type(value_decimals), false),
        Field::new("own", DataType::Boolean, false),
        Field::new("measure", words(), false),
        Field::new("key", words(), true),
        Field::new("accounts", DataType::UInt64, false),
        Field::new("overdue", decimals::data_type(currency_digits), true),
        Field::new("overdue_unknown", DataType::UInt64, true),
    ]))
}

impl Sweep {
    /// The columns of [`Sweep::columns`].
    pub fn schema(&self) -> SchemaRef {
        schema(self.threshold.decimals, self.digits)
    }

    /// The sweep as columns, in long form: `value`, `own` (whether it is the policy's own value), `measure`, `key`, `accounts`,
    /// `overdue` (in whole units of the currency, as exact decimals) and `overdue_unknown` (accounts of which it is not known).
    ///
    /// Measures without a key: `decided`, `errors` (rows that could not be decided), `contacts`, `only_here`, `only_own`. `moved` has the
    /// keys `any`, `stage`, `action`, `treatment`, `debtor_type`, `into_contact`, `out_of_contact`; `stage`, `action`, `treatment`,
    /// `debtor_type` and `channel` have the names of these as keys, and do not tell `overdue_unknown`.
    ///
    /// # Errors
    ///
    /// [`ArrowError`] if an amount does not fit 38 digits.
    pub fn columns(&self) -> Result<RecordBatch, ArrowError> {
        let lines: Vec<Line<'_>> = self.points.iter().flat_map(lines).collect();
        let scale = self.threshold.decimals;
        let values = lines.iter().map(|line| Some(at_scale(line.value, scale)));
        let mut measures = StringDictionaryBuilder::<Int32Type>::new();
        let mut keys = StringDictionaryBuilder::<Int32Type>::new();
        for line in &lines {
            measures.append_value(line.measure);
            keys.append_option(line.key);
        }
        RecordBatch::try_new(
            self.schema(),
            vec![
                Arc::new(decimals::array(values.collect(), scale)?),
                Arc::new(lines.iter().map(|line| Some(line.own)).collect::<BooleanArray>()),
                Arc::new(measures.finish()),
                Arc::new(keys.finish()),
                Arc::new(lines.iter().map(|line| Some(line.accounts)).collect::<UInt64Array>()),
                Arc::new(decimals::array(lines.iter().map(|line| line.overdue).collect(), self.digits)?),
                Arc::new(lines.iter().map(|line| line.unknown).collect::<UInt64Array>()),
            ],
        )
    }
}

/// A value without its point, at so many decimals.
fn at_scale(value: Decimal, decimals: u32) -> i128 {
    let mut value = value;
    value.rescale(decimals);
    value.mantissa()
}

fn lines(point: &Point) -> Vec<Line<'_>> {
    let line = |measure, key, count: Count| Line {
        value: point.value,
        own: point.own,
        measure,
        key,
        accounts: count.accounts,
        overdue: count.overdue.map(arrears_batch::Amount::minor),
        unknown: count.overdue_unknown,
    };
    let errors = Count { accounts: point.errors, ..Count::default() };
    let moved = point.moved;
    let mut lines = vec![
        line("decided", None, point.decided),
        line("errors", None, errors),
        line("contacts", None, point.contacts),
        line("moved", Some("any"), moved.any),
        line("moved", Some("stage"), moved.stage),
        line("moved", Some("action"), moved.action),
        line("moved", Some("treatment"), moved.treatment),
        line("moved", Some("debtor_type"), moved.debtor_type),
        line("moved", Some("into_contact"), moved.into_contact),
        line("moved", Some("out_of_contact"), moved.out_of_contact),
        line("only_here", None, point.only_here),
        line("only_own", None, point.only_own),
    ];
    for (measure, tallies) in [
        ("stage", &point.by_stage),
        ("action", &point.by_action),
        ("treatment", &point.by_treatment),
        ("debtor_type", &point.by_debtor_type),
        ("channel", &point.by_channel),
    ] {
        let of = |tally: &Tally| Count { accounts: tally.accounts, overdue: tally.overdue, overdue_unknown: None };
        lines.extend(tallies.iter().map(|tally| line(measure, Some(tally.name.as_str()), of(tally))));
    }
    lines
}
