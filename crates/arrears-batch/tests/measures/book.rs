//! Books small enough to be counted by hand.

use arrears_batch::Mapping;
use arrears_batch::measures::{Declared, MeasureSchemas, MeasureTable, Measures, Month, Report, Value};
use arrow_array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, StringArray};
use std::sync::Arc;

/// An account at a month end; amounts are whole euros.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) account: &'static str,
    pub(crate) as_of: &'static str,
    pub(crate) dpd: Option<i64>,
    pub(crate) balance: Option<i64>,
    pub(crate) overdue: Option<i64>,
    pub(crate) paid: Option<i64>,
    pub(crate) due: Option<i64>,
    pub(crate) on_plan: Option<bool>,
    pub(crate) re_aged: Option<bool>,
    pub(crate) charged_off: Option<bool>,
}

/// The last days of the months of a year, from January.
pub(crate) const ENDS: [&str; 12] = [
    "2026-01-31",
    "2026-02-28",
    "2026-03-31",
    "2026-04-30",
    "2026-05-31",
    "2026-06-30",
    "2026-07-31",
    "2026-08-31",
    "2026-09-30",
    "2026-10-31",
    "2026-11-30",
    "2026-12-31",
];

/// A row with marks that are not set.
pub(crate) fn row(account: &'static str, month: usize, dpd: i64, balance: i64) -> Row {
    Row {
        account,
        as_of: ENDS[month - 1],
        dpd: Some(dpd),
        balance: Some(balance),
        on_plan: Some(false),
        re_aged: Some(false),
        charged_off: Some(false),
        ..Row::default()
    }
}

/// Rows of one account from January on, by days past due, owing always the same.
pub(crate) fn course(account: &'static str, balance: i64, dpds: &[i64]) -> Vec<Row> {
    dpds.iter().enumerate().map(|(month, dpd)| row(account, month + 1, *dpd, balance)).collect()
}

/// What a column holds.
pub(crate) fn column(rows: &[Row], name: &str) -> ArrayRef {
    let numbers = |get: fn(&Row) -> Option<i64>| -> ArrayRef { Arc::new(rows.iter().map(get).collect::<Int64Array>()) };
    let flags =
        |get: fn(&Row) -> Option<bool>| -> ArrayRef { Arc::new(rows.iter().map(get).collect::<BooleanArray>()) };
    let texts = |get: fn(&Row) -> &str| -> ArrayRef {
        Arc::new(rows.iter().map(|row| Some(get(row)).filter(|text| !text.is_empty())).collect::<StringArray>())
    };
    match name {
        "account_id" => texts(|row| row.account),
        "as_of" => texts(|row| row.as_of),
        "dpd" => numbers(|row| row.dpd),
        "balance" => numbers(|row| row.balance),
        "overdue" => numbers(|row| row.overdue),
        "paid" => numbers(|row| row.paid),
        "due" => numbers(|row| row.due),
        "on_plan" => flags(|row| row.on_plan),
        "re_aged" => flags(|row| row.re_aged),
        "charged_off" => flags(|row| row.charged_off),
        other => panic!("no column {other}"),
    }
}

pub(crate) const ALL: [&str; 10] =
    ["account_id", "as_of", "dpd", "balance", "overdue", "paid", "due", "on_plan", "re_aged", "charged_off"];
/// The columns of a book that goes by buckets alone.
pub(crate) const PLAIN: [&str; 7] = ["account_id", "as_of", "dpd", "balance", "on_plan", "re_aged", "charged_off"];

pub(crate) fn panel(rows: &[Row], columns: &[&str]) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.iter().map(|name| (*name, column(rows, name), true))).unwrap()
}

/// A table of texts; an empty one is an empty cell.
pub(crate) fn texts<const N: usize>(columns: [&str; N], rows: &[[&str; N]]) -> RecordBatch {
    let of = |place: usize| -> ArrayRef {
        let cells = rows.iter().map(|row| Some(row[place]).filter(|cell| !cell.is_empty()));
        Arc::new(cells.collect::<StringArray>())
    };
    RecordBatch::try_from_iter_with_nullable(columns.iter().enumerate().map(|(place, name)| (*name, of(place), true)))
        .unwrap()
}

pub(crate) fn declared() -> Declared {
    Declared::new("EUR".parse().unwrap())
}

/// A report of tables in memory.
pub(crate) fn report_of(declared: Declared, tables: &[(MeasureTable, RecordBatch)]) -> Report {
    let mut schemas = MeasureSchemas::default();
    for (table, batch) in tables {
        schemas = schemas.with(*table, &batch.schema(), table.word());
    }
    let mut measures = Measures::new(declared, &schemas, &Mapping::default()).unwrap();
    for (table, batch) in tables {
        measures.add(*table, batch);
    }
    measures.finish().unwrap()
}

/// A report of a panel alone.
pub(crate) fn of_panel(rows: &[Row], columns: &[&str]) -> Report {
    report_of(declared(), &[(MeasureTable::Panel, panel(rows, columns))])
}

pub(crate) fn month(text: &str) -> Option<Month> {
    Some(text.parse().unwrap())
}

/// The value of a measure; none for all months together.
pub(crate) fn value<'a>(
    report: &'a Report,
    name: &str,
    from: Option<&str>,
    to: Option<&str>,
    of: Option<Month>,
) -> &'a Value {
    let measure = report.measure(name).unwrap_or_else(|| panic!("{name} is not measured"));
    measure.value(from, to, of).unwrap_or_else(|| panic!("{name} has no value of {from:?} {to:?} {of:?}"))
}

/// Numerator and denominator by number.
pub(crate) fn count(value: &Value) -> (u64, u64) {
    (value.count.numerator.unwrap(), value.count.denominator.unwrap())
}

/// Numerator and denominator by money, as people write them.
pub(crate) fn money(value: &Value) -> (String, String) {
    let money = value.money.unwrap();
    (money.numerator.unwrap().to_string(), money.denominator.unwrap().to_string())
}

/// Amounts in whole euros, as people write them.
pub(crate) fn euros(numerator: i64, denominator: i64) -> (String, String) {
    (format!("{numerator}.00"), format!("{denominator}.00"))
}

/// Who is left out, by reason.
pub(crate) fn left_out(value: &Value) -> Vec<(&str, u64)> {
    value.excluded.iter().map(|exclusion| (exclusion.reason, exclusion.count)).collect()
}
