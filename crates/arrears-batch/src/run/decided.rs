//! Rows of a batch decided, on all cores.

use super::rows::{BatchColumns, Reading, Refused};
use crate::row_error::{Fault, RowError};
use crate::table::Batch;
use arrears::condition::FactId;
use arrears::decide::{Law, Proposal, decide, settle};
use arrears::policy::{Policy, Scope};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Rows that one thread decides before it looks for others.
const AT_A_TIME: usize = 256;

/// What becomes of a row.
pub(super) type Outcome = Result<Decided, Refused>;

/// A row and what was decided for it.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub(super) number: u64,
    pub(super) line: Option<u64>,
    pub(super) proposal: Proposal,
    /// Facts that stay unknown because their script failed.
    pub(super) scripts_failed: Vec<FactId>,
}

impl Decided {
    /// The row as an error after all.
    pub(super) fn refused(&self, faults: Vec<Fault>) -> Refused {
        Refused {
            error: RowError {
                row: self.number,
                line: self.line,
                account_id: Some(self.proposal.account.clone()),
                faults,
            },
            customer: self.proposal.customer.clone(),
        }
    }
}

/// Decides the rows of a batch, in their order.
pub(super) fn decide_rows(reading: &Reading<'_>, batch: &Batch, first: u64, law: &Law) -> Vec<Outcome> {
    let columns = BatchColumns::of(reading.binding, batch);
    (0..batch.rows())
        .into_par_iter()
        .with_min_len(AT_A_TIME)
        .map(|place| {
            let number = first.saturating_add(u64::try_from(place).unwrap_or(0));
            let read = reading.row(batch, &columns, place, number)?;
            let decision = decide(reading.policy, &read.row, law, reading.as_of);
            Ok(Decided {
                number: read.number,
                line: read.line,
                proposal: Proposal {
                    account: read.account,
                    customer: read.customer,
                    row: read.row,
                    decision,
                    rides_with: None,
                },
                scripts_failed: read.scripts.failed,
            })
        })
        .collect()
}

/// Settles the accounts of each customer together: one contact per person and day.
///
/// Where a hold on one account binds all accounts of the person, a row that cannot be read
/// may hide such a hold: the person's other accounts are then not decided either.
pub(super) fn settle_customers(policy: &Policy, outcomes: Vec<Outcome>) -> Vec<Outcome> {
    let unread = unread_customers(policy, &outcomes);
    let mut proposals = Vec::with_capacity(outcomes.len());
    let mut others = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        let hidden = |decided: &Decided| unread.get(decided.proposal.customer.as_ref()?).copied();
        others.push(match outcome {
            Err(refused) => Err(refused),
            Ok(decided) => match hidden(&decided) {
                Some(row) => {
                    let problem =
                        format!("row {row} is of the same customer and cannot be read: it may hold this account too");
                    Err(decided.refused(vec![Fault::of_row(problem)]))
                }
                None => {
                    proposals.push(decided.proposal);
                    Ok((decided.number, decided.line, decided.scripts_failed))
                }
            },
        });
    }
    settle(policy, &mut proposals);
    let mut proposals = proposals.into_iter();
    let joined = others.into_iter().filter_map(|other| match other {
        Err(refused) => Some(Err(refused)),
        Ok((number, line, scripts_failed)) => {
            Some(Ok(Decided { number, line, proposal: proposals.next()?, scripts_failed }))
        }
    });
    joined.collect()
}

/// Customers with a row that cannot be read, where the policy has holds on persons.
fn unread_customers(policy: &Policy, outcomes: &[Outcome]) -> BTreeMap<String, u64> {
    if !policy.holds().iter().any(|hold| hold.scope == Scope::Customer) {
        return BTreeMap::new();
    }
    let unread = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    unread.filter_map(|refused| Some((refused.customer.clone()?, refused.error.row))).rev().collect()
}
