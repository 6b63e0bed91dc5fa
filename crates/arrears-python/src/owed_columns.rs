//! Statements, their lines, and what delay costs, as columns.

use arrears::Currency;
use arrears::account::Component;
use arrears_owed::delay::{Delay, DelayCell};
use arrears_owed::statement::{Line, Statement};
use arrow_array::{ArrayRef, BooleanArray, Date32Array, Decimal128Array, RecordBatch, StringArray, UInt32Array};
use arrow_schema::ArrowError;
use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use std::sync::Arc;

/// Digits that an amount may have.
const PRECISION: u8 = 38;

/// The lines of a statement, with what is owed after each.
pub(crate) fn line_columns(owed: &Statement) -> Result<RecordBatch, ArrowError> {
    let lines = &owed.lines;
    let mut sum = 0_i64;
    let running: Vec<Option<i64>> = lines
        .iter()
        .map(|line| {
            sum = sum.saturating_add(line.amount);
            Some(sum)
        })
        .collect();
    let texts =
        |of: fn(&Line) -> Option<String>| -> ArrayRef { Arc::new(lines.iter().map(of).collect::<StringArray>()) };
    let days = |of: fn(&Line) -> Option<NaiveDate>| dates(lines.iter().map(of));
    let money = |of: fn(&Line) -> Option<i64>| amounts(lines.iter().map(of), owed.currency);
    RecordBatch::try_from_iter_with_nullable([
        ("on", days(|line| Some(line.on)), false),
        ("item", texts(|line| line.item.clone()), true),
        ("component", texts(|line| line.component.map(|component| component.word().to_owned())), true),
        ("amount", money(|line| Some(line.amount))?, false),
        ("owed", amounts(running.into_iter(), owed.currency)?, false),
        ("reason", texts(|line| word(&line.reason)), false),
        ("why", texts(|line| line.why.clone()), true),
        ("from", days(|line| line.from), true),
        ("to", days(|line| line.to), true),
        ("balance", money(|line| line.balance)?, true),
        ("rate", texts(|line| line.rate.map(|rate| rate.to_string())), true),
        ("capped_by", money(|line| Some(line.capped_by))?, false),
        ("event", texts(|line| line.event.clone()), true),
    ])
}

/// Statements, one row for each.
pub(crate) fn statement_columns(owed: &[Statement], currency: Currency) -> Result<RecordBatch, ArrowError> {
    let money = |of: &dyn Fn(&Statement) -> Option<i64>| amounts(owed.iter().map(of), currency);
    let component =
        |component: Component| money(&move |owed| Some(owed.by_component.get(&component).copied().unwrap_or_default()));
    let ids: ArrayRef = Arc::new(owed.iter().map(|owed| Some(owed.account_id.as_str())).collect::<StringArray>());
    let days_past_due: ArrayRef = Arc::new(owed.iter().map(|owed| Some(owed.days_past_due)).collect::<UInt32Array>());
    RecordBatch::try_from_iter_with_nullable([
        ("account_id", ids, false),
        ("as_of", dates(owed.iter().map(|owed| Some(owed.as_of))), false),
        ("total", money(&|owed| Some(owed.total))?, false),
        ("principal", component(Component::Principal)?, false),
        ("interest", component(Component::Interest)?, false),
        ("penalty", component(Component::Penalty)?, false),
        ("fee", component(Component::Fee)?, false),
        ("cost", component(Component::Cost)?, false),
        ("held", money(&|owed| Some(owed.held))?, false),
        ("overdue", money(&|owed| Some(owed.overdue))?, false),
        ("days_past_due", days_past_due, false),
        ("to_be_current", money(&|owed| Some(owed.to_be_current))?, false),
        ("next_on", dates(owed.iter().map(|owed| owed.next.map(|next| next.on))), true),
        ("next_amount", money(&|owed| owed.next.map(|next| next.amount))?, true),
    ])
}

/// What delay costs, one row for each behaviour and day.
pub(crate) fn delay_columns(delay: &Delay) -> Result<RecordBatch, ArrowError> {
    let cells: Vec<(&str, &DelayCell)> =
        delay.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.behaviour.as_str(), cell))).collect();
    let money = |of: fn(&DelayCell) -> i64| amounts(cells.iter().map(|(_, cell)| Some(of(cell))), delay.currency);
    let pays: ArrayRef = Arc::new(cells.iter().map(|(pays, _)| Some(*pays)).collect::<StringArray>());
    let days: ArrayRef = Arc::new(cells.iter().map(|(_, cell)| Some(cell.days)).collect::<UInt32Array>());
    let lawsuit: ArrayRef = Arc::new(cells.iter().map(|(_, cell)| Some(cell.lawsuit)).collect::<BooleanArray>());
    RecordBatch::try_from_iter_with_nullable([
        ("pays", pays, false),
        ("on", dates(cells.iter().map(|(_, cell)| Some(cell.on))), false),
        ("days", days, false),
        ("lawsuit", lawsuit, false),
        ("paid", money(|cell| cell.paid)?, false),
        ("owed", money(|cell| cell.owed)?, false),
        ("overdue", money(|cell| cell.overdue)?, false),
        ("cost", money(|cell| cell.cost)?, false),
    ])
}

/// Amounts in whole minor units as decimals of the currency.
fn amounts(minor: impl Iterator<Item = Option<i64>>, currency: Currency) -> Result<ArrayRef, ArrowError> {
    let scale = i8::try_from(currency.digits()).unwrap_or_default();
    let array: Decimal128Array = minor.map(|minor| minor.map(i128::from)).collect();
    Ok(Arc::new(array.with_precision_and_scale(PRECISION, scale)?))
}

fn dates(days: impl Iterator<Item = Option<NaiveDate>>) -> ArrayRef {
    let since_1970 = |date: NaiveDate| date.num_days_from_ce() - NaiveDate::default().num_days_from_ce();
    Arc::new(days.map(|day| day.map(since_1970)).collect::<Date32Array>())
}

/// A word of a document.
fn word<W: serde::Serialize>(of: &W) -> Option<String> {
    match serde_json::to_value(of) {
        Ok(Value::String(word)) => Some(word),
        _ => None,
    }
}
