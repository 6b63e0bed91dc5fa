//! Promises and plans: made, broken, missed.

use super::follows::Follows;
use super::lever::{ChangeKind, Lever};
use super::trial::Trial;
use arrears::Cell;

/// Days for which a promise that is tried is made.
const WITHIN: i64 = 7;

/// A promise to pay what is overdue, if none is open; the open one broken; a plan agreed, ended, or missed.
pub(super) fn promises<'t>(trial: &'t Trial<'t>, most: i64) -> Vec<Lever<'t>> {
    let is = |name: &str, cell: Cell| trial.fact(name).is_some_and(|fact| trial.row.cell(fact) == cell);
    let mut levers = Vec::new();
    if is("promise_open", Cell::FALSE) {
        let mut told = Follows::new(trial)
            .set(&["promise_open"], Cell::TRUE)
            .set(&["promise_due_in"], Cell::number(WITHIN))
            .set(&["promise_vague"], Cell::FALSE)
            .add(&["promises_made"], 1)
            .happened(&["promise"], 1);
        if let Some(overdue) = trial.number("overdue") {
            told = told.set(&["promise_amount"], Cell::number(overdue));
        }
        let words = format!("a promise to pay what is overdue within {WITHIN} days");
        levers.extend(Lever::once(trial, ChangeKind::Promise, told.done(), words));
    }
    if is("promise_open", Cell::TRUE) {
        let told = Follows::new(trial)
            .set(&["promise_open"], Cell::FALSE)
            .set(&["promise_due_in"], Cell::NEVER)
            .set(&["promise_amount"], Cell::number(0))
            .add(&["promises_broken"], 1)
            .happened(&["promise_broken"], 1);
        levers.extend(Lever::once(trial, ChangeKind::Promise, told.done(), "the open promise being broken"));
    }
    if is("arrangement_active", Cell::FALSE) {
        let told = Follows::new(trial).set(&["arrangement_active"], Cell::TRUE);
        let told = told.set(&["arrangement_missed"], Cell::number(0)).done();
        levers.extend(Lever::once(trial, ChangeKind::Promise, told, "a payment arrangement being agreed"));
    }
    if is("arrangement_active", Cell::TRUE) {
        let told = Follows::new(trial).set(&["arrangement_active"], Cell::FALSE).done();
        levers.extend(Lever::once(trial, ChangeKind::Promise, told, "the payment arrangement ending"));
        levers.extend(Lever::counted(
            trial,
            ChangeKind::Promise,
            most,
            move |size| Follows::new(trial).add(&["arrangement_missed"], size).done(),
            ("a payment of the arrangement being missed", "# payments of the arrangement being missed"),
        ));
    }
    levers
}
