//! What would change a decision, as text.

use super::screen;
use super::tables::{Column, wrapped};
use arrears_workbench::WhatIf;
use arrears_workbench::what_if::{Change, Outcome};

/// The changes that lead to a milder decision, and those that lead to a harsher one.
pub(crate) fn what_if_text(what_if: &WhatIf) -> String {
    let mut text = String::new();
    for (title, changes) in [("Milder by", &what_if.milder), ("Harsher by", &what_if.harsher)] {
        if changes.is_empty() {
            text.push_str(&format!("\n{} nothing that was tried\n", screen::heading(title)));
            continue;
        }
        let columns = [
            (title, Column::Words(34)),
            ("then", Column::Words(28)),
            ("no longer", Column::Words(12)),
            ("because", Column::Words(0)),
        ];
        text.push('\n');
        text.push_str(&wrapped(&columns, changes.iter().map(row).collect()));
    }
    if !what_if.given.is_empty() {
        let given = what_if.given.iter().map(|given| screen::printable(&format!("{} is {}", given.fact, given.value)));
        text.push_str(&format!(
            "\nIt rests on these too, and nothing above moves them: {}\n",
            given.collect::<Vec<_>>().join(", ")
        ));
    }
    text
}

fn row(change: &Change) -> Vec<String> {
    let mut what = change.what.clone();
    if change.kind == arrears_workbench::what_if::ChangeKind::Waiting {
        what.push_str(&format!(", until {}", change.on));
    }
    vec![what, outcome(&change.leads_to), change.no_longer.join(", "), because(change)]
}

fn outcome(outcome: &Outcome) -> String {
    let done = match &outcome.treatment {
        Some(treatment) => format!("{} by `{treatment}`", outcome.action),
        None if outcome.action == "none" => "nothing to do".to_owned(),
        None => outcome.action.clone(),
    };
    let kind = outcome.debtor_type.as_ref().map(|kind| format!(", type {kind}")).unwrap_or_default();
    format!("{done}, stage {}{kind}", outcome.stage)
}

/// The first condition that turned, and how many more did; where none did, what is refused then.
fn because(change: &Change) -> String {
    let Some(first) = change.turned.first() else { return change.refused.join(", ") };
    let place = first.place.as_ref().map(|place| format!(" [{place}]")).unwrap_or_default();
    let more = change.turned.len().saturating_sub(1);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    screen::printable(&format!("{} is {}{place}{more}", first.condition, first.is))
}
