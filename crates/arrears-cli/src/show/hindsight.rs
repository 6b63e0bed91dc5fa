//! Decisions that would have differed, as a table and for programs.

use super::plural;
use super::tables::{Column, wrapped};
use arrears::account::Account;
use arrears::decide::Record;
use arrears::nights::{Hindsight, Night};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// One account: from which night its decisions would have differed, and why.
pub(crate) fn hindsight_text(account: &Account, found: &[Hindsight]) -> String {
    let nights: i64 = found.iter().map(Hindsight::nights).sum();
    let Some(first) = found.first() else {
        return format!("{}: every decision would have been the same\n", account.id());
    };
    let many = plural(usize::try_from(nights).unwrap_or(usize::MAX), "decision", "decisions");
    let head = format!("{}: {many} would have differed, from {} on\n\n", account.id(), first.from.as_of);
    let columns = [
        ("nights", Column::Words(10)),
        ("as decided", Column::Words(12)),
        ("as it would have been", Column::Words(12)),
        ("because", Column::Words(24)),
    ];
    let rows = found.iter().map(|stretch| {
        let night = &stretch.from;
        let nights = if night.as_of == stretch.until {
            night.as_of.to_string()
        } else {
            format!("{} to {}", night.as_of, stretch.until)
        };
        vec![nights, said(&night.made), said(&night.would_be), because(account, night)]
    });
    format!("{head}{}\n", wrapped(&columns, rows.collect()))
}

/// What was done, and in which stage.
fn said(record: &Record) -> String {
    let done = match (&record.treatment, record.held_by.as_slice()) {
        (Some(treatment), _) => treatment.clone(),
        (None, [_, ..]) if record.action == "held" => format!("held: {}", record.held_by.join(", ")),
        (None, _) => record.action.clone(),
    };
    let debtor = record.debtor_type.as_ref().map(|debtor| format!(", {debtor}")).unwrap_or_default();
    let acts = if record.acts.is_empty() { String::new() } else { format!(", {}", record.acts.join(", ")) };
    format!("{done} ({}{debtor}{acts})", record.stage)
}

fn because(account: &Account, night: &Night) -> String {
    let facts = night.facts.iter().map(|(fact, then, now)| format!("{fact} was {now}, not {then}"));
    let known = |id: &String| account.events().iter().find(|event| event.id == *id).map(|event| event.known_on);
    let events = night.events.iter().filter_map(|id| Some(format!("`{id}` became known on {}", known(id)?)));
    let mut all: Vec<String> = facts.chain(events).collect();
    if all.is_empty() {
        all.push("the state that earlier nights left".to_owned());
    }
    all.join("; ")
}

/// One account, for programs.
pub(crate) fn hindsight_json(account: &Account, first: NaiveDate, last: NaiveDate, found: &[Hindsight]) -> Value {
    let stretches = found.iter().map(|stretch| {
        let night = &stretch.from;
        let facts =
            night.facts.iter().map(|(fact, then, now)| json!({ "fact": fact, "as_known": then, "as_was": now }));
        json!({
            "from": night.as_of,
            "to": stretch.until,
            "nights": stretch.nights(),
            "decided": night.made,
            "would_be": night.would_be,
            "facts": facts.collect::<Vec<_>>(),
            "events": night.events,
        })
    });
    json!({ "account_id": account.id(), "from": first, "to": last, "differing": stretches.collect::<Vec<_>>() })
}
