//! What was read of tables of events, in the summary of a run.

use super::tables::{Column, table, wrapped};
use super::{grouped, plural};
use arrears_batch::EventTally;

/// What was read of each table of events, and which facts it told; nothing if there was none.
pub(super) fn events_text(tallies: &[EventTally]) -> String {
    if tallies.is_empty() {
        return String::new();
    }
    let columns = [
        ("Table of events", Column::Words(34)),
        ("events", Column::Numbers(13)),
        ("of later days", Column::Numbers(13)),
        ("of no account", Column::Numbers(13)),
        ("not readable", Column::Numbers(13)),
    ];
    let rows = tallies.iter().map(|tally| {
        let EventTally { table, rows, later, of_no_account, refused, .. } = tally;
        let counts = [rows, later, of_no_account, refused].into_iter().map(|count| grouped(*count));
        std::iter::once(table.clone()).chain(counts).collect()
    });
    let told = tallies.iter().map(|tally| vec![tally.events.word().to_owned(), tally.tells.join(", ")]);
    let facts = [("Facts told by events", Column::Words(20)), ("", Column::Words(0))];
    format!("\n{}\n{}", table(&columns, rows.collect()), wrapped(&facts, told.collect()))
}

/// Rows of a table of events that count for no account, since they name none.
pub(crate) fn of_nobody_text(tally: &EventTally) -> String {
    let rows = plural(tally.of_nobody, "row of", "rows of");
    let mut text = format!("{rows} {} cannot be counted for any account", tally.table);
    for error in &tally.first_of_nobody {
        text.push_str(&format!("\n  {error}"));
    }
    let shown = u64::try_from(tally.first_of_nobody.len()).unwrap_or(u64::MAX);
    if tally.of_nobody > shown {
        text.push_str(&format!("\n  and {} more", tally.of_nobody - shown));
    }
    text
}
