//! The card policy over a portfolio in which every fact has a column: what a decision takes in
//! columns, and what its next review adds.

mod table;

use crate::Failure;
use crate::clock::Lap;
use arrears::Law;
use arrears_batch::{Decided, Mapping, Portfolio};
use std::path::Path;

/// Rounds, of which the median is told.
const ROUNDS: usize = 9;
/// So many rows of every table are decided by the row engine too, and compared.
const COMPARED: usize = 20_000;

/// Decides so many accounts, a hundred thousand if nobody says, with reviews and without, on
/// one thread.
pub(crate) fn run(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let accounts = match arguments {
        [] => 100_000,
        [accounts] => accounts.parse()?,
        _ => return Err("it takes one number of accounts".into()),
    };
    let policy = crate::engine::load(&examples.join("policies/cn-card.rhai"))?;
    let as_of = "2026-03-31".parse()?;
    let law = Law::none("a measurement")?;
    for (called, with_state) in [("after a night", true), ("without state", false)] {
        let table = table::of(&policy, accounts, with_state)?;
        for reviews in [false, true] {
            let schema = table.schema();
            let portfolio = Portfolio::new(&policy, (&schema, "card"), &Mapping::default(), as_of, law.clone())?;
            let portfolio = if reviews { portfolio.with_reviews() } else { portfolio };
            compare(&portfolio, &table.slice(0, accounts.min(COMPARED)))?;
            let mut desk = portfolio.desk();
            let handed_over = portfolio.handed_over(&mut desk, &table);
            let mut decided = Decided::default();
            let mut laps = Vec::new();
            for _ in 0..ROUNDS {
                decided.clear();
                let lap = Lap::begin();
                let errors = portfolio.decide(&mut desk, &table, 1, &mut decided);
                laps.push(lap.seconds() * 1e9 / accounts.max(1) as f64);
                if !errors.is_empty() {
                    return Err(format!("{} rows could not be decided", errors.len()).into());
                }
            }
            laps.sort_unstable_by(f64::total_cmp);
            let at = |place: usize| laps.get(place).copied().unwrap_or(f64::NAN);
            let with = if reviews { "with next review" } else { "without" };
            println!(
                "{called}, {with:<18} {:>8.1} ns an account (least {:.1}), {:.2} % by the row engine",
                at(ROUNDS / 2),
                at(0),
                100.0 * handed_over as f64 / accounts.max(1) as f64
            );
        }
    }
    Ok(())
}

/// What is measured decides as the row engine does.
fn compare(portfolio: &Portfolio<'_>, table: &arrow_array::RecordBatch) -> Result<(), Failure> {
    let mut decided = Decided::default();
    let errors = portfolio.decide(&mut portfolio.desk(), table, 1, &mut decided);
    if let Some(error) = errors.first() {
        return Err(error.to_string().into());
    }
    let lap = Lap::begin();
    let by_row = portfolio.decide_by_row(table, 1);
    let taken = lap.seconds() * 1e9 / table.num_rows().max(1) as f64;
    let mut reasons = std::collections::BTreeMap::new();
    for (row, wanted) in by_row.iter().enumerate() {
        let wanted = wanted.as_ref().map_err(ToString::to_string)?;
        let found = portfolio.decision(&decided, row);
        if found.as_ref() != Some(wanted) {
            return Err(format!("row {}: in columns {found:?}, by the row engine {wanted:?}", row + 1).into());
        }
        *reasons.entry(wanted.review_reason.map_or("-", |reason| reason.word())).or_insert(0) += 1;
    }
    println!("  {} rows compared; the row engine takes {taken:.0} ns; reasons {reasons:?}", by_row.len());
    Ok(())
}
