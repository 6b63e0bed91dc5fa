//! What is measured must also be right.

use crate::Failure;
use crate::book::Book;
use arrears::decide::{Decision, Flag};
use arrears::{Law, Policy, decide, decide_today, explain};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Accounts of the example book that are 60 or more days past due.
const LATE_ACCOUNTS: usize = 3130;
/// Accounts of the example book.
const ACCOUNTS: usize = 30_000;

/// Checks that a table's accounts are decided as a run decides them, whichever way.
pub(crate) fn book(policy: &Policy, book: &Book, law: &Law, as_of: NaiveDate) -> Result<(), Failure> {
    let table = book.path.display();
    let summary = &book.summary;
    equal(&format!("{table}: decisions"), &summary.decisions, &summary.rows)?;
    equal(&format!("{table}: rows read"), &book.rows.len(), &usize::try_from(summary.rows)?)?;
    let mut actions = BTreeMap::new();
    for (index, (row, facts)) in book.rows.iter().zip(&book.facts).enumerate() {
        let account = format!("{table}: row {}", index + 1);
        let bound = policy.bind(facts).map_err(|problems| format!("{account}: {problems:?}"))?;
        equal(&format!("{account}: facts bound"), &bound, row)?;
        let decision = decide(policy, row, law, as_of);
        if decision.next_review_on.is_none() && !decision.flags.contains(&Flag::Closed) {
            return Err(format!("{account}: an open account without a next review").into());
        }
        if index % 100 == 0 {
            let explained = explain(policy, row, "A-1", law, as_of).decision;
            equal(&format!("{account}: the decision explained"), &explained, &decision.record(policy, "A-1"))?;
        }
        *actions.entry(decision.action.word().to_owned()).or_insert(0) += 1;
        let today = decide_today(policy, row, law, as_of, None);
        let without = Decision { next_review_on: None, review_exact: false, review_reason: None, ..decision };
        equal(&format!("{account}: decided without its next review"), &today, &without)?;
    }
    let counted = summary.by_action.iter().map(|tally| (tally.name.clone(), tally.accounts)).collect();
    equal(&format!("{table}: accounts by action"), &actions, &counted)
}

/// Checks that the example book is the one that is known.
pub(crate) fn late_accounts(policy: &Policy, book: &Book) -> Result<(), Failure> {
    let dpd = policy.find_input("dpd").ok_or("the policy does not read `dpd`")?;
    let late = book.rows.iter().filter(|row| row.cell(dpd).get().is_some_and(|days| days >= 60)).count();
    equal("accounts", &book.rows.len(), &ACCOUNTS)?;
    equal("accounts 60 or more days past due", &late, &LATE_ACCOUNTS)
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, wanted: &T) -> Result<(), Failure> {
    if found == wanted {
        return Ok(());
    }
    Err(format!("{what}: found {found:?}, expected {wanted:?}").into())
}
