//! What of a policy is exercised, as text.

use super::tables::{Column, table};
use super::{grouped, plural, screen};
use arrears_workbench::Coverage;
use arrears_workbench::coverage::{Measure, Share, TableRead, Uncovered};

/// How many of the things that nothing exercised are shown.
const SHOWN: usize = 40;

/// The shares, what nothing exercised, and tests that would.
pub(crate) fn coverage_text(coverage: &Coverage) -> String {
    let mut text = sources(coverage);
    text.push_str(&shares(coverage));
    text.push_str(&uncovered(coverage));
    for suggestion in &coverage.suggestions {
        text.push_str(&format!("\n{}\n", screen::printable(&suggestion.test)));
    }
    text
}

fn sources(coverage: &Coverage) -> String {
    let tests = plural(coverage.test_decisions, "decision", "decisions");
    let mut text = format!("\n{}\nthe policy's own tests, {tests}\n", screen::heading("What is exercised by"));
    if let Some(TableRead { table, as_of, rows, errors, law, .. }) = &coverage.table {
        let rows = plural(rows, "row", "rows");
        let errors = if *errors > 0 { format!(", {} that cannot be decided", grouped(errors)) } else { String::new() };
        text.push_str(&format!("{} as of {as_of}, {rows}{errors}, law {law}\n", table.display()));
    }
    text
}

fn shares(coverage: &Coverage) -> String {
    let mut columns = vec![("", Column::Words(34)), ("by the tests", Column::Numbers(16))];
    if coverage.table.is_some() {
        columns.extend([("by the table", Column::Numbers(16)), ("together", Column::Numbers(16))]);
    }
    let rows = coverage.measures.iter().map(|measured| {
        let mut row = vec![called(measured.measure).to_owned(), shown(measured.by_tests)];
        if let Some(by_table) = measured.by_table {
            row.extend([shown(by_table), shown(measured.together)]);
        }
        row
    });
    format!("\n{}", table(&columns, rows.collect()))
}

const fn called(measure: Measure) -> &'static str {
    match measure {
        Measure::Statements => "statements that took effect",
        Measure::Held => "conditions that held",
        Measure::Failed => "conditions that failed",
        Measure::Unknown => "conditions that were unknown",
        Measure::Decided => "conditions that decided",
        Measure::EdgeSides => "sides of numbers",
        Measure::Thresholds => "thresholds on both sides",
        _ => "others",
    }
}

/// `12 of 16  75.0%`; rounded down, so that only all of it is 100.
fn shown(share: Share) -> String {
    let percent = share.per_mille().map(|tenths| format!("{}.{}%", tenths / 10, tenths % 10));
    let percent = percent.unwrap_or_else(|| "-".to_owned());
    format!("{} of {}  {percent:>6}", grouped(share.covered), grouped(share.of))
}

/// What nothing exercised, but for conditions that were never unknown: these are counted.
fn uncovered(coverage: &Coverage) -> String {
    let (unknown, rest): (Vec<&Uncovered>, Vec<&Uncovered>) =
        coverage.uncovered.iter().partition(|it| it.what.ends_with(" is unknown"));
    let mut text = String::new();
    if !rest.is_empty() {
        let columns = [("Nothing exercises", Column::Words(34)), ("at", Column::Words(0)), ("test", Column::Words(0))];
        let rows = rest.iter().take(SHOWN).map(|it| {
            let suggested = if it.suggested { "proposed below" } else { "" };
            vec![screen::printable(&it.what), it.place.clone().unwrap_or_default(), suggested.to_owned()]
        });
        text.push_str(&format!("\n{}", table(&columns, rows.collect())));
        if rest.len() > SHOWN {
            text.push_str(&format!("and {} more: --json tells all\n", grouped(rest.len() - SHOWN)));
        }
    }
    if !unknown.is_empty() {
        let conditions = plural(unknown.len(), "condition is", "conditions are");
        text.push_str(&format!("\n{conditions} never unknown; --json tells which\n"));
    }
    text
}
