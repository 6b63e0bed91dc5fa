//! Decision tables of zen-engine beside the others: making the JSON of an account is part of
//! what it takes.

use super::accounts::{Accounts, SEGMENTS};
use super::answers::{ACTIONS, Answers, FLOORS};
use crate::Failure;
use arrears_by_zen::Tables;
use serde_json::{Value, json};

/// Decides the first accounts, as many as `out` has places.
#[expect(clippy::indexing_slicing, reason = "a loop by hand is written so; every column has the same length")]
pub(crate) fn decide(tables: &Tables, accounts: &Accounts, out: &mut Answers) -> Result<(), Failure> {
    for row in 0..out.kind.len() {
        let (kind, reason) =
            tables.decide(account(accounts, row)).map_err(|problem| format!("account {row}: {problem}"))?;
        out.kind[row] = kind;
        out.reason[row] = reason;
        out.action[row] = ACTIONS[usize::from(reason & 15)];
        let floor = FLOORS[usize::from(reason & 15)];
        out.stage[row] = if reason == 4 { 0 } else { floor.max(accounts.stage[row] as u8) };
    }
    Ok(())
}

#[expect(clippy::indexing_slicing, reason = "every column has the same length, and segments are three")]
fn account(accounts: &Accounts, row: usize) -> Value {
    json!({
        "dpd": accounts.dpd[row],
        "broken": accounts.broken_promises[row],
        "calls": accounts.calls_made[row],
        "unanswered": accounts.calls_unanswered[row],
        "contacts": accounts.contacts_7d[row],
        "since": accounts.days_since_contact[row],
        "promise": accounts.promise_due_in[row],
        "stage": accounts.stage[row],
        "overdue": accounts.overdue[row],
        "inflow": accounts.inflow[row],
        "ability": accounts.ability[row],
        "worth": accounts.worth[row],
        "hostile": accounts.hostile[row],
        "refused": accounts.refused[row],
        "unreachable": accounts.unreachable[row],
        "dispute": accounts.dispute[row],
        "bankrupt": accounts.bankrupt[row],
        "deceased": accounts.deceased[row],
        "hardship": accounts.hardship[row],
        "segment": SEGMENTS[usize::from(accounts.segment[row])],
    })
}
