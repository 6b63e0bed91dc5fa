//! Rows of a batch decided, on all cores.

use super::feed::Loaded;
use super::roll::Seat;
use super::rows::{BatchColumns, ReadRow, Reading, Refused};
use crate::row_error::{Fault, RowError};
use crate::state::StateTable;
use arrears::condition::FactId;
use arrears::decide::{Claim, Law, Proposal, decide, decide_today};
use rayon::prelude::*;

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

/// What rows are decided with.
#[derive(Clone, Copy)]
pub(super) struct Deciding<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) state: Option<&'a StateTable<'a>>,
    pub(super) law: &'a Law,
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
        }
    }
}

impl Deciding<'_> {
    /// Decides the rows of a batch, in their order.
    pub(super) fn rows(&self, loaded: &Loaded) -> Vec<Outcome> {
        self.each(
            loaded,
            |_| true,
            |read| {
                let decision = decide(self.reading.policy, &read.row, self.law, self.reading.as_of);
                let ReadRow { number, line, account, customer, row, scripts } = read;
                Decided {
                    number,
                    line,
                    proposal: Proposal { account, customer, row, decision, rides_with: None },
                    scripts_failed: scripts.failed,
                }
            },
        )
        .into_iter()
        .map(|(_, outcome)| outcome)
        .collect()
    }

    /// What is claimed for those rows of a batch whose numbers are wanted, in their order;
    /// an error is a row that cannot be decided.
    pub(super) fn claims(
        &self,
        loaded: &Loaded,
        wanted: impl Fn(u64) -> bool + Sync,
    ) -> Vec<(u64, Result<Claim, Refused>)> {
        self.each(loaded, wanted, |read| {
            // When to look again is nothing to the person's other accounts.
            let decision = decide_today(self.reading.policy, &read.row, self.law, self.reading.as_of, None);
            Claim::of(self.reading.policy, &read.row, &decision)
        })
    }

    fn each<T: Send>(
        &self,
        loaded: &Loaded,
        wanted: impl Fn(u64) -> bool + Sync,
        then: impl Fn(ReadRow) -> T + Sync,
    ) -> Vec<(u64, Result<T, Refused>)> {
        let columns = BatchColumns::of(self.reading.binding, &loaded.batch);
        let number = |place: usize| loaded.first.saturating_add(u64::try_from(place).unwrap_or(0));
        let places: Vec<usize> = (0..loaded.batch.rows()).filter(|place| wanted(number(*place))).collect();
        places
            .into_par_iter()
            .with_min_len(AT_A_TIME)
            .map(|place| {
                let before = loaded.before.get(place).and_then(Option::as_ref).zip(self.state);
                let before = before.map(|(before, state)| before.entry(state));
                let read = self.reading.row(&loaded.batch, &columns, place, number(place), before.as_ref());
                (number(place), self.only_first(read, loaded.seats.get(place)).map(&then))
            })
            .collect()
    }

    /// Makes a second row of one account an error that names both rows.
    fn only_first(&self, read: Result<ReadRow, Refused>, seat: Option<&Seat>) -> Result<ReadRow, Refused> {
        let Some(Seat::Again { before }) = seat else { return read };
        let fault =
            Fault::of_column(&self.reading.binding.account.1, format!("the account is in row {before} already"));
        match read {
            Ok(ReadRow { number, line, account, .. }) => {
                let account_id = Some(account);
                Err(Refused { error: RowError { row: number, line, account_id, faults: vec![fault] } })
            }
            Err(mut refused) => {
                refused.error.faults.push(fault);
                Err(refused)
            }
        }
    }
}
