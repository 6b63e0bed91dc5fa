//! The card policy over the table of a night, in which every fact has a column: what a decision
//! takes in columns, what its next review adds, and where the time goes.

mod account;
mod source;
pub(crate) mod table;
mod work;

use crate::Failure;
use crate::clock::Lap;
use arrears::{Law, Policy};
use arrears_batch::{Decided, Mapping, Part, Portfolio};
use arrow_array::RecordBatch;
use std::collections::BTreeMap;
use std::path::Path;

/// Rounds, of which the median is told.
const ROUNDS: usize = 9;
/// So many rows of every table are decided by the row engine too, and compared.
const COMPARED: usize = 20_000;

/// What one way to decide takes, in nanoseconds an account.
struct Taken {
    /// The rounds, quickest first.
    rounds: Vec<f64>,
    /// By part of the work, the mean of all rounds.
    parts: BTreeMap<Part, f64>,
    /// The share of rows that the row engine decided.
    by_row: f64,
    /// What the row engine takes for a row that it reads and decides by itself.
    row_engine: f64,
    /// By reason, how many reviews there are among the rows compared.
    reasons: BTreeMap<&'static str, usize>,
}

/// Decides so many accounts, a hundred thousand if nobody says, with reviews and without, on
/// one thread.
pub(crate) fn run(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let accounts = match arguments {
        [] => 100_000,
        [accounts] => accounts.parse()?,
        _ => return Err("it takes one number of accounts".into()),
    };
    let policy = crate::engine::load(&examples.join("policies/cn-card.rhai"))?;
    let table = table::of(&policy, accounts)?;
    let without = measure(&policy, &table, false)?;
    let with = measure(&policy, &table, true)?;
    println!("cn-card, {accounts} accounts, one thread; ns an account    without review  with review");
    let row = |name: &str, pick: &dyn Fn(&Taken) -> f64| {
        println!("  {name:<46} {:>14.1} {:>12.1}", pick(&without), pick(&with));
    };
    row("median of rounds", &|taken| taken.at(ROUNDS / 2));
    row("quickest round", &|taken| taken.at(0));
    for part in Part::ALL {
        row(&format!("  {part:?}").to_lowercase(), &|taken| taken.parts.get(&part).copied().unwrap_or(0.0));
    }
    row("rows for the row engine, %", &|taken| 100.0 * taken.by_row);
    row("the row engine alone", &|taken| taken.row_engine);
    println!("  reviews by reason, of {} rows compared: {:?}", accounts.min(COMPARED), with.reasons);
    Ok(())
}

impl Taken {
    fn at(&self, place: usize) -> f64 {
        self.rounds.get(place).copied().unwrap_or(f64::NAN)
    }
}

fn measure(policy: &Policy, table: &RecordBatch, reviews: bool) -> Result<Taken, Failure> {
    let (schema, as_of, law) = (table.schema(), "2026-03-31".parse()?, Law::none("a measurement")?);
    let portfolio = Portfolio::new(policy, (&schema, "card"), &Mapping::default(), as_of, law)?;
    let portfolio = if reviews { portfolio.with_reviews() } else { portfolio };
    let accounts = table.num_rows().max(1) as f64;
    let (row_engine, reasons) = compare(&portfolio, &table.slice(0, table.num_rows().min(COMPARED)))?;
    let mut desk = portfolio.desk();
    let by_row = portfolio.handed_over(&mut desk, table) as f64 / accounts;
    let mut taken = Taken { rounds: Vec::new(), parts: BTreeMap::new(), by_row, row_engine, reasons };
    let mut decided = Decided::default();
    for _ in 0..ROUNDS {
        decided.clear();
        let lap = Lap::begin();
        let mut before = 0.0;
        let errors = portfolio.decide_watched(&mut desk, (table, 1), &mut decided, &mut |part| {
            let now = lap.seconds();
            *taken.parts.entry(part).or_insert(0.0) += (now - before) * 1e9 / accounts / ROUNDS as f64;
            before = now;
        });
        taken.rounds.push(lap.seconds() * 1e9 / accounts);
        if !errors.is_empty() {
            return Err(format!("{} rows could not be decided", errors.len()).into());
        }
    }
    taken.rounds.sort_unstable_by(f64::total_cmp);
    Ok(taken)
}

/// What is measured decides as the row engine does; what that takes, and why its reviews are on
/// their days.
fn compare(portfolio: &Portfolio<'_>, table: &RecordBatch) -> Result<(f64, BTreeMap<&'static str, usize>), Failure> {
    let mut decided = Decided::default();
    let errors = portfolio.decide(&mut portfolio.desk(), table, 1, &mut decided);
    if let Some(error) = errors.first() {
        return Err(error.to_string().into());
    }
    let lap = Lap::begin();
    let by_row = portfolio.decide_by_row(table, 1);
    let taken = lap.seconds() * 1e9 / table.num_rows().max(1) as f64;
    let mut reasons = BTreeMap::new();
    for (row, wanted) in by_row.iter().enumerate() {
        let wanted = wanted.as_ref().map_err(ToString::to_string)?;
        let found = portfolio.decision(&decided, row);
        if found.as_ref() != Some(wanted) {
            return Err(format!("row {}: in columns {found:?}, by the row engine {wanted:?}", row + 1).into());
        }
        *reasons.entry(wanted.review_reason.map_or("none", |reason| reason.word())).or_insert(0) += 1;
    }
    Ok((taken, reasons))
}
