//! A decided row made ready to be written.

use super::decided::{Decided, Deciding, Outcome};
use super::feed::Loaded;
use crate::row_error::{Fault, RowError};
use crate::state::Entry;
use arrears::decide::{Proposal, Record};
use arrears::policy::Policy;
use rayon::prelude::*;

/// A decided row, as it is counted and written.
pub(super) struct Finished {
    pub(super) decided: Decided,
    /// None where no decisions are written.
    pub(super) record: Option<Record>,
}

/// Rows of a batch, ready to be written in their order.
#[derive(Default)]
pub(super) struct Page {
    pub(super) rows: u64,
    pub(super) good: Vec<Finished>,
    pub(super) bad: Vec<RowError>,
    /// What tonight leaves of each account of the batch.
    pub(super) left: Vec<(String, Entry)>,
}

/// What is asked of the rows of a run.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// Whether decisions are written.
    pub(super) records: bool,
    /// Whether what they leave is written.
    pub(super) state: bool,
}

/// A row, and what is left of its account.
type Ready = (Result<Finished, RowError>, Option<(String, Entry)>);

/// Makes the rows of a batch ready, in their order.
pub(super) fn finish(deciding: &Deciding<'_>, loaded: &Loaded, outcomes: Vec<Outcome>, wanted: Wanted) -> Page {
    let ready: Vec<Ready> = outcomes
        .into_par_iter()
        .enumerate()
        .map(|(place, outcome)| finish_row(deciding, loaded, place, outcome, wanted))
        .collect();
    let mut page = Page { rows: u64::try_from(loaded.batch.rows()).unwrap_or(0), ..Page::default() };
    for (row, left) in ready {
        match row {
            Ok(finished) => page.good.push(finished),
            Err(error) => page.bad.push(error),
        }
        page.left.extend(left);
    }
    page
}

/// Checks a decided row against the policy's `never` and `always`, makes its record, and
/// says what is left: what the decision leaves, or, where there is none, what the last did.
fn finish_row(deciding: &Deciding<'_>, loaded: &Loaded, place: usize, outcome: Outcome, wanted: Wanted) -> Ready {
    let policy = deciding.reading.policy;
    let checked = outcome.and_then(|decided| match broken(policy, &decided) {
        faults if faults.is_empty() => Ok(decided),
        faults => Err(decided.refused(faults)),
    });
    match checked {
        Ok(decided) => {
            let Proposal { account, row, decision, rides_with, .. } = &decided.proposal;
            let left =
                wanted.state.then(|| (account.clone(), Entry::of(policy.carry(row, decision, deciding.reading.as_of))));
            let record =
                wanted.records.then(|| Record { rides_with: rides_with.clone(), ..decision.record(policy, account) });
            (Ok(Finished { decided, record }), left)
        }
        Err(refused) => {
            let before = loaded.before.get(place).and_then(Option::as_ref).filter(|_| wanted.state);
            let left = before.zip(deciding.state).zip(refused.error.account_id.clone());
            let left = left.map(|((before, state), account)| (account, before.entry(state)));
            (Err(refused.error), left)
        }
    }
}

fn broken(policy: &Policy, decided: &Decided) -> Vec<Fault> {
    let Proposal { row, decision, .. } = &decided.proposal;
    let broken = policy.broken_invariants(row, decision);
    let faults =
        broken.iter().map(|rule| Fault::of_row(format!("the decision breaks what the policy promises: {}", rule.name)));
    faults.collect()
}
