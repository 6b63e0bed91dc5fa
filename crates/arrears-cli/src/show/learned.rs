//! What was learned, and rows that were set aside.

use super::tables::{Column, table};
use super::{grouped, plural, screen};
use arrears_batch::{LearnSummary, RowError};
use std::path::Path;

/// The summary of what was learned, as text.
pub(crate) fn learned_text(summary: &LearnSummary) -> String {
    let LearnSummary { policy, policy_version, policy_hash, .. } = summary;
    let hash: String = policy_hash.chars().take(12).collect();
    let set_aside = match summary.errors {
        0 => String::new(),
        errors => format!(", {} set aside", grouped(errors)),
    };
    let mut text = format!(
        "{}\n{}\n\n{} of {} taken in{set_aside}\n",
        screen::heading(&format!("{policy} {policy_version} ({hash})")),
        summary.table.display(),
        plural(summary.taken_in, "result", "results"),
        plural(summary.accounts, "account", "accounts"),
    );
    if !summary.applied.is_empty() {
        let rows = summary.applied.iter().map(|tally| {
            let effect = tally.effect.replace('_', " ");
            vec![tally.code.unwrap_or("the work itself").to_owned(), effect, grouped(tally.times)]
        });
        let columns = [("Result", Column::Words(28)), ("does", Column::Words(16)), ("times", Column::Numbers(9))];
        text.push('\n');
        text.push_str(&table(&columns, rows.collect()));
    }
    text.push_str(&format!("\nWritten: {}\n", summary.written.display()));
    text
}

/// Which rows were set aside, the first few of them in full.
pub(crate) fn set_aside_text(errors: u64, file: Option<&Path>, first: &[RowError]) -> String {
    let mut text = plural(errors, "row was set aside", "rows were set aside");
    match file {
        Some(path) => text.push_str(&format!(", see {}", path.display())),
        None => text.push_str(" and written nowhere; --errors names a file for them"),
    }
    text.push_str(&in_full(errors, first));
    text
}

/// Which rows a policy could not decide that was tried on a table.
pub(crate) fn tried_aside_text(errors: u64, under: &str, first: &[RowError]) -> String {
    let more = if first.is_empty() { String::new() } else { in_full(errors, first) };
    format!("{} {under}{more}", plural(errors, "row cannot be decided", "rows cannot be decided"))
}

fn in_full(errors: u64, first: &[RowError]) -> String {
    let mut text: String = first.iter().map(|error| format!("\n  {error}")).collect();
    let shown = u64::try_from(first.len()).unwrap_or(u64::MAX);
    if errors > shown {
        text.push_str(&format!("\n  and {} more", errors - shown));
    }
    text
}
