//! One threshold of a policy tried with several values on a whole table of accounts.

mod columns;
mod point;
mod text;
mod values;

pub use columns::sweep_schema;
pub use point::Point;
pub use values::{MOST, StepsError, Swept, steps};

use crate::portfolio::{Beside, Book, BookError, Money, PassHooks, Remembered, Rules, pass};
use arrears::problem::nearest;
use arrears::{Policy, Problem};
use arrears_batch::{Assumed, EventTally, Summary};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;
use std::path::PathBuf;
use values::tried;

/// What a policy decides of a table with each of several values of one threshold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sweep {
    /// The table.
    pub table: PathBuf,
    /// The policy.
    pub policy: String,
    /// The policy's label for people.
    pub policy_version: String,
    /// What decides with the policy's own value, as a hash.
    pub policy_hash: String,
    /// The day of the decisions.
    pub as_of: NaiveDate,
    /// The law under which they were made.
    pub law: String,
    /// The currency of every amount.
    pub currency: String,
    /// The threshold.
    pub threshold: Swept,
    /// Rows of the table.
    pub rows: u64,
    /// What was decided with each value, in rising order; the policy's own is always among them.
    pub points: Vec<Point>,
    /// What the policy took as known because the table has no column for it.
    pub assumptions: Vec<Assumed>,
    /// What was read of each table of events.
    pub events: Vec<EventTally>,
    #[serde(skip)]
    digits: u32,
}

/// Why a threshold could not be swept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SweepError {
    /// The policy has no such threshold, or values have too many decimals or lie outside its range: every one of
    /// them, as problems of the policy.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Threshold(Vec<Problem>),
    /// No value was given.
    #[error("there is no value of `{name}` to try")]
    NoValues {
        /// The threshold.
        name: String,
    },
    /// The table could not be decided.
    #[error(transparent)]
    Book(#[from] BookError),
}

/// Decides a whole table once with each value of a threshold, as a real run would decide it: state, events,
/// scripts, and the settling of each customer's accounts. The policy is not read again. Its own value, the one in force in the
/// policy as it is given, is decided first and always, and every other is compared with it; a value that
/// comes twice is decided once.
///
/// Rows that cannot be decided end the sweep, unless [`arrears_batch::Options::keep_going`] is set; then they are counted with each
/// value. Memory is that of one run, and 16 bytes for each row of the table.
///
/// # Errors
///
/// [`SweepError`]: all that is wrong with the threshold and its values at once; a table that can be read only once;
/// whatever ends a run.
///
/// ```
/// use arrears::Law;
/// use arrears_batch::{HeldTable, Options, Origin};
/// use arrears_workbench::{Book, PassHooks, Rules, sweep};
/// use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
/// use std::sync::Arc;
///
/// let loaded = arrears_rules::load_source("card.rhai", r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     threshold patience = 30 #{ from: 1, to: 60, why: "long enough for a pay day" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 1;
///     stage "firm" when dpd > patience;
///     escalate #{ first: "skip" };
/// "#, &[]);
/// let policy = loaded.policy.ok_or("the policy has problems")?;
/// let rows = RecordBatch::try_from_iter([
///     ("account_id", Arc::new(StringArray::from(vec!["a", "b"])) as ArrayRef),
///     ("dpd", Arc::new(Int64Array::from(vec![20, 40]))),
/// ])?;
/// let table = Origin::from(HeldTable::new("accounts", rows.schema(), vec![rows]));
/// let options = Options::new("2026-03-31".parse()?, Law::none("an example")?);
///
/// let rules = Rules { policy: &policy, scripts: &loaded.scripts };
/// let book = Book { table: &table, options: &options };
/// let sweep = sweep(rules, "patience", &[10.into(), 50.into()], book, PassHooks::default())?;
/// let moved: Vec<u64> = sweep.points.iter().map(|point| point.moved.any.accounts).collect();
/// assert_eq!(moved, [1, 0, 1]); // with 10, 30 (the policy's own) and 50
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sweep(
    rules: Rules<'_>,
    threshold: &str,
    values: &[Decimal],
    book: Book<'_>,
    mut hooks: PassHooks<'_>,
) -> Result<Sweep, SweepError> {
    let swept = Swept::of(rules.policy, threshold).ok_or_else(|| unknown(rules.policy, threshold))?;
    let tried = tried(rules.policy, &swept, values)?;
    book.check()?;
    let mut own = Remembered::default();
    let first = tried.iter().find(|tried| tried.own).map(|tried| tried.under(threshold)).unwrap_or_default();
    let as_it_is = pass((rules, &first), book, &mut hooks, (1, tried.len()), |sheet| {
        own.take(sheet);
        true
    })?;
    let money = Money::of(rules.policy);
    let mut points = Vec::with_capacity(tried.len());
    let mut number = 1;
    for value in &tried {
        if value.own {
            points.push(Point::own(value, &as_it_is, &own, money));
            continue;
        }
        number += 1;
        let mut beside = Beside::new(&own);
        let with = Rules { policy: &value.policy, ..rules };
        let (under, which) = (value.under(threshold), (number, tried.len()));
        let ended = pass((with, &under), book, &mut hooks, which, |sheet| beside.take(sheet, |_| true));
        let summary = beside.ended(ended, &as_it_is)?;
        points.push(Point::beside(value, &summary, &beside, money));
    }
    let Summary { table, policy, policy_version, policy_hash, as_of, law, currency, .. } = as_it_is;
    let (rows, assumptions, events, digits) = (as_it_is.rows, as_it_is.assumptions, as_it_is.events, money.digits());
    Ok(Sweep {
        table,
        policy,
        policy_version,
        policy_hash,
        as_of,
        law,
        currency,
        threshold: swept,
        rows,
        points,
        assumptions,
        events,
        digits,
    })
}

fn unknown(policy: &Policy, name: &str) -> SweepError {
    let names = policy.thresholds().iter().map(|threshold| threshold.name.as_str());
    let problem = Problem::error("P113", format!("the policy has no threshold `{name}`"));
    SweepError::Threshold(vec![match nearest(name, names) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    }])
}
