//! A payment by today, and what follows from it.

use super::follows::Follows;
use super::lever::{ChangeKind, Lever};
use super::trial::Trial;
use arrears::condition::FactId;
use arrears::{Cell, Kind};

/// Paying some amount, up to all that is owed; or paying what is overdue, where nobody knows how much that is.
pub(super) fn payment<'t>(trial: &'t Trial<'t>) -> Option<Lever<'t>> {
    let owed = ["overdue", "balance", "promise_amount"].into_iter().filter_map(|name| trial.number(name)).max();
    let overdue = trial.number("overdue");
    match owed.filter(|owed| *owed > 0) {
        Some(most) if overdue.is_some() || trial.fact("overdue").is_none() => Some(Lever {
            kind: ChangeKind::Payment,
            least: 1,
            most,
            made: Box::new(move |amount| trial.told(&paid(trial, amount))),
            words: Box::new(move |amount| format!("paying {} today", trial.policy().show(amount, Kind::Money))),
            size: Box::new(move |amount| Some(trial.policy().show(amount, Kind::Money))),
            facts: paid(trial, most).into_iter().map(|(fact, _)| fact).collect(),
        }),
        _ => {
            let late = trial.number("dpd").is_some_and(|dpd| dpd > 0);
            let unknown = trial.fact("overdue").map_or(late, |_| overdue.is_none() && late);
            let told = Follows::new(trial).set(&["overdue"], Cell::number(0));
            let told = nothing_overdue(told).happened(&["payment"], 1).set(&["days_since_payment"], Cell::number(0));
            let words = "paying all that is overdue today";
            if unknown { Lever::once(trial, ChangeKind::Payment, told.done(), words) } else { None }
        }
    }
}

/// What a payment of today tells anew. A part of what is overdue leaves the account as late as it is: a row does not
/// tell how old each part is.
fn paid(trial: &Trial<'_>, amount: i64) -> Vec<(FactId, Cell)> {
    let mut told = Follows::new(trial)
        .add(&["balance"], -amount)
        .add(&["paid_30d"], amount)
        .set(&["last_payment"], Cell::number(amount))
        .set(&["days_since_payment"], Cell::number(0))
        .happened(&["payment"], 1);
    if let Some(overdue) = trial.number("overdue") {
        let covered = amount.min(overdue);
        told = told.add(&["overdue", "customer_overdue"], -covered);
        if overdue > 0 && covered == overdue {
            told = nothing_overdue(told);
            if trial.number("customer_accounts") == Some(1) {
                told = told.set(&["customer_max_dpd"], Cell::number(0));
            }
        }
    }
    let open = trial.fact("promise_open").is_some_and(|open| trial.row.cell(open) == Cell::TRUE);
    if let Some(promised) = trial.number("promise_amount").filter(|promised| open && *promised > 0) {
        told = told.add(&["promise_amount"], -amount.min(promised));
        if amount >= promised {
            told = told
                .set(&["promise_open"], Cell::FALSE)
                .set(&["promise_due_in"], Cell::NEVER)
                .add(&["promises_kept"], 1)
                .happened(&["promise_kept"], 1);
        }
    }
    if trial.number("balance").is_some_and(|balance| amount >= balance) {
        told = told.set(&["principal", "interest", "fees"], Cell::number(0));
    }
    told.done()
}

/// Nothing is overdue any more: the account is not late, and the episode of arrears is over.
fn nothing_overdue(told: Follows<'_>) -> Follows<'_> {
    told.set(&["dpd", "days_delinquent", "cycles_past_due", "unpaid_items"], Cell::number(0))
        .set(&["oldest_unpaid_age", "months_since_oldest_unpaid", "days_since_first_missed"], Cell::NEVER)
}
