//! From one decision to the next: the state carried over, and nights on which nothing
//! happens.

use arrears::decide::advance;
use arrears::{Decision, Facts, Policy, Row, RowProblem};
use chrono::NaiveDate;

/// The same facts with the state that a decision leaves.
pub fn carried(policy: &Policy, facts: &Facts, row: &Row, decision: &Decision) -> Facts {
    let mut after = facts.clone();
    for (name, value) in policy.carry(row, decision, NaiveDate::default()).named(policy) {
        // What the table refuses stays as it was.
        let _ = after.set(name, value);
    }
    after
}

/// The row one day later, if the decision is not carried out and nothing happens.
///
/// # Errors
///
/// As [`Policy::row`].
pub fn tomorrow(policy: &Policy, row: &Row, decision: &Decision) -> Result<Row, Vec<RowProblem>> {
    let left = policy.carry_idle(row, decision, NaiveDate::default());
    advance(policy, &policy.with_state(row, &left)?)
}
