//! An account decided over its history: on one day exactly, or night after night with the
//! state carried from each decision to the next.

mod hindsight;
mod learned;
mod walk;

pub use hindsight::{Hindsight, Night, hindsight};
pub use walk::{KnownBy, Nights};

use crate::account::{Account, Conventions};
use crate::decide::{Carried, Decision, Law, decide};
use crate::policy::{Policy, Row, RowProblem};
use chrono::NaiveDate;

/// What an account is decided by: its history, the conventions by which it is read, the policy, and the law.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The account's history.
    pub account: &'a Account,
    /// How the bank counts.
    pub conventions: &'a Conventions,
    /// The law under which it is decided.
    pub law: &'a Law,
}

/// An account on one night, and what was decided for it.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The day.
    pub as_of: NaiveDate,
    /// The facts that were known, with the state.
    pub row: Row,
    /// The decision. Its next review is exact.
    pub decision: Decision,
}

impl Case<'_> {
    /// Decides the account on a day as it was known on another, after what an earlier decision left.
    ///
    /// The next review is exact: the first day on which the decision differs if nothing happens to the account
    /// and nothing more becomes known, or the horizon of 366 days.
    ///
    /// # Errors
    ///
    /// Everything in the history that the policy cannot read: another currency, a word that it does not know; a
    /// state of a later day.
    pub fn decide(
        &self,
        as_of: NaiveDate,
        known_by: NaiveDate,
        carried: Option<&Carried>,
    ) -> Result<Decided, Vec<RowProblem>> {
        let told = self.account.told(as_of, known_by, self.conventions, &self.policy.wanted());
        let recorded = if carried.is_none() { self.recorded(&told.facts, as_of, known_by)? } else { None };
        let row = match carried.or(recorded.as_ref()) {
            Some(carried) => self.policy.bind_after(&told.facts, carried, as_of)?,
            None => self.policy.bind(&told.facts)?,
        };
        let decision = decide(self.policy, &row, self.law, as_of);
        Ok(Decided { as_of, row, decision })
    }
}
