//! What would change a decision: each suggestion is tried by deciding again.

use crate::condition::{CondKind, FactId};
use crate::decide::{Decision, Law, advance, decide_today};
use crate::number::{Cell, Kind};
use crate::policy::words;
use crate::policy::{Policy, Row};
use chrono::NaiveDate;

/// At most this many days are gone through to say what a review will bring.
const LOOK_AHEAD: i64 = 92;

pub(super) fn changes(policy: &Policy, row: &Row, law: &Law, as_of: NaiveDate, decision: &Decision) -> Vec<String> {
    let again = |row: &Row| decide_today(policy, row, law, as_of, None);
    let mut found = Vec::new();
    let mut say = |what: String, other: &Decision| {
        if differs(decision, other) {
            found.push((what, told(policy, other)));
        }
    };
    if let Some((what, paid)) = paid_up(policy, row) {
        say(what, &again(&paid));
    }
    for fact in &decision.missing {
        for (what, known) in completions(policy, row, *fact) {
            say(what, &again(&known));
        }
    }
    for (index, _) in &decision.held_by {
        if let Some((what, free)) = released(policy, row, *index) {
            say(what, &again(&free));
        }
    }
    if let Some((day, later)) = by_time(policy, row, law, as_of, decision) {
        say(format!("on {day}, if nothing happens"), &later);
    }
    merged(found)
}

/// Suggestions that differ only in a word, as one: `if cause were known to be illness or unemployment`.
fn merged(found: Vec<(String, String)>) -> Vec<String> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for (what, then) in found {
        let known = what.rsplit_once(KNOWN_TO_BE).map(|(fact, word)| (fact.to_owned(), word.to_owned()));
        let same = known.as_ref().and_then(|(fact, _)| {
            lines.iter_mut().find(|(line, result)| *result == then && line.starts_with(&format!("{fact}{KNOWN_TO_BE}")))
        });
        match (same, known) {
            (Some((line, _)), Some((_, word))) => {
                line.push_str(" or ");
                line.push_str(&word);
            }
            _ => lines.push((what, then)),
        }
    }
    lines.into_iter().map(|(what, then)| format!("{what}: {then}")).collect()
}

const KNOWN_TO_BE: &str = " were known to be ";

/// The account with a missing fact known: both ways for a flag, every word for a category.
fn completions(policy: &Policy, row: &Row, fact: FactId) -> Vec<(String, Row)> {
    let Some(input) = policy.input(fact) else {
        return Vec::new();
    };
    let cells: Vec<(String, Cell)> = match input.kind {
        Kind::Flag => vec![("false".to_owned(), Cell::FALSE), ("true".to_owned(), Cell::TRUE)],
        Kind::Category => input.words.iter().filter_map(|word| Some((word.clone(), input.word(word)?))).collect(),
        Kind::Days | Kind::Count | Kind::Money | Kind::Ratio => Vec::new(),
    };
    let mut rows = Vec::new();
    for (word, cell) in cells {
        if let Ok(known) = policy.retold(row, &[(fact, cell)]) {
            rows.push((format!("if {}{KNOWN_TO_BE}{word}", input.written), known));
        }
    }
    rows
}

fn differs(a: &Decision, b: &Decision) -> bool {
    (a.stage, a.action, a.treatment, a.types) != (b.stage, b.action, b.treatment, b.types)
}

fn told(policy: &Policy, decision: &Decision) -> String {
    let record = decision.record(policy, "");
    let kind = record.debtor_type.map(|kind| format!(", type {kind}")).unwrap_or_default();
    match record.treatment {
        Some(treatment) => format!("{} by `{treatment}`, stage {}{kind}", record.action, record.stage),
        None => format!(
            "{}, stage {}{kind}",
            if record.action == "none" { "nothing to do" } else { record.action.as_str() },
            record.stage
        ),
    }
}

/// The account with its arrears paid: nothing overdue, no day past due.
fn paid_up(policy: &Policy, row: &Row) -> Option<(String, Row)> {
    let overdue = policy.find_input("overdue")?;
    let amount = row.cell(overdue).get().filter(|amount| *amount > 0)?;
    let mut told = Vec::new();
    for (fact, input) in policy.fact_ids().zip(policy.inputs()) {
        match input.name.as_str() {
            "overdue" | "dpd" | "days_delinquent" | "cycles_past_due" | "unpaid_items" => {
                told.push((fact, Cell::number(0)));
            }
            "oldest_unpaid_age" | "months_since_oldest_unpaid" | "days_since_first_missed" => {
                told.push((fact, Cell::NEVER));
            }
            _ => {}
        }
    }
    let paid = policy.retold(row, &told).ok()?;
    Some((format!("pay {}", policy.show(amount, Kind::Money)), paid))
}

/// The account without what makes a hold bind: the flags that its condition names.
fn released(policy: &Policy, row: &Row, hold: u16) -> Option<(String, Row)> {
    let hold = policy.holds().get(usize::from(hold))?;
    let mut flags: Vec<FactId> = Vec::new();
    hold.when.each(&mut |part| {
        if let CondKind::Flag(id) = part.kind
            && row.cell(id) == Cell::TRUE
        {
            flags.push(id);
        }
    });
    if flags.is_empty() {
        return None;
    }
    let told: Vec<(FactId, Cell)> = flags.into_iter().map(|flag| (flag, Cell::FALSE)).collect();
    let free = policy.retold(row, &told).ok()?;
    Some((format!("if {} no longer held", words::cond(policy, &hold.when)), free))
}

/// The first day on which time alone changes the decision, if that is not far.
fn by_time(
    policy: &Policy,
    row: &Row,
    law: &Law,
    as_of: NaiveDate,
    decision: &Decision,
) -> Option<(NaiveDate, Decision)> {
    let review = decision.next_review_on?;
    let days = review.signed_duration_since(as_of).num_days();
    let mut later = row.clone();
    for (fact, cell) in crate::decide::ladder(policy, row, decision) {
        later.set(fact, cell);
    }
    let mut day = as_of;
    for passed in 1..=LOOK_AHEAD {
        later = advance(policy, &later).ok()?;
        day = day.succ_opt()?;
        if passed < days {
            continue;
        }
        let then = decide_today(policy, &later, law, day, None);
        if differs(decision, &then) {
            return Some((day, then));
        }
    }
    None
}
