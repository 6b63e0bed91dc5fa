//! An account decided over its history: on one day exactly, or night after night with the
//! state carried from each decision to the next.

mod beside;
mod hindsight;
mod learned;
mod walk;

pub use beside::Beside;
pub use hindsight::{Hindsight, Night, hindsight};
pub use walk::{KnownBy, Nights};

use crate::account::{Account, Conventions};
use crate::decide::{Ahead, Carried, Decision, Law, ReviewReason, Told, decide_ahead};
use crate::explain::{Explanation, explain_decision};
use crate::facts::{Facts, Wanted};
use crate::number::Cell;
use crate::policy::{Policy, Row, RowProblem};
use chrono::{Days, NaiveDate};
use std::fmt;

/// What an account is decided by: its history, the conventions by which it is read, the policy, and the law.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    policy: &'a Policy,
    account: &'a Account,
    conventions: &'a Conventions,
    law: &'a Law,
    scripts: Option<&'a Scripts<'a>>,
    beside: Option<&'a dyn Beside>,
}

/// Fills in the facts that a policy's scripts compute. Without it they are unknown.
pub type Scripts<'a> = dyn Fn(&Policy, &mut [Cell]) + Sync + 'a;

/// An account on one night, and what was decided for it.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The day.
    pub as_of: NaiveDate,
    /// The facts that were known, with the state.
    pub row: Row,
    /// The decision. How exact its next review is, [`Case::decide`] says.
    pub decision: Decision,
}

impl<'a> Case<'a> {
    /// An account to be decided under a policy.
    pub const fn new(policy: &'a Policy, account: &'a Account, conventions: &'a Conventions, law: &'a Law) -> Self {
        Self { policy, account, conventions, law, scripts: None, beside: None }
    }

    /// The case with the facts that the policy's scripts compute.
    #[must_use]
    pub const fn with_scripts(mut self, scripts: &'a Scripts<'a>) -> Self {
        self.scripts = Some(scripts);
        self
    }

    /// The policy.
    pub const fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// The account's history.
    pub const fn account(&self) -> &'a Account {
        self.account
    }

    /// How the bank counts.
    pub const fn conventions(&self) -> &'a Conventions {
        self.conventions
    }

    /// The row of a day: what the history tells, what an earlier decision left, and what scripts compute.
    fn row(&self, facts: &Facts, carried: Option<&Carried>, as_of: NaiveDate) -> Result<Row, Vec<RowProblem>> {
        self.policy.bind_with(facts, |cells| {
            if let Some(carried) = carried {
                self.policy.put_state(carried, as_of, cells)?;
            }
            if let Some(scripts) = self.scripts {
                scripts(self.policy, cells);
            }
            Ok(())
        })
    }

    /// Decides the account on a day as it was known on another, after what an earlier decision left.
    ///
    /// The next review is exact: the first day on which the decision differs if nothing happens to the account
    /// and nothing more becomes known, or the horizon of 366 days. A contact that is known and that counts only from
    /// a later day (of today, at the day's opening; of a later day, where `known_by` is later) may change the state
    /// then: the review is not later than that day, and not exact if it is that day for no other reason.
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
        let wanted = self.policy.wanted();
        let told = self.account.told(as_of, known_by, self.conventions, &wanted);
        let told = self.beside(told, as_of, known_by)?;
        let recorded = if carried.is_none() { self.recorded(&told.facts, as_of, known_by)? } else { None };
        let row = self.row(&told.facts, carried.or(recorded.as_ref()), as_of)?;
        let ahead = DaysAhead { case: self, as_of, known_by, wanted };
        let mut decision = decide_ahead(self.policy, &row, told.surely, self.law, as_of, &ahead)?;
        if let Some(day) = self.next_contact(as_of, known_by)
            && decision.next_review_on.is_some_and(|review| review > day)
        {
            decision.next_review_on = Some(day);
            decision.review_reason = Some(ReviewReason::Untold);
            decision.review_exact = false;
        }
        Ok(Decided { as_of, row, decision })
    }
}

/// The days ahead of an account as its history tells them, if nothing happens and nothing more becomes known.
struct DaysAhead<'c> {
    case: &'c Case<'c>,
    as_of: NaiveDate,
    known_by: NaiveDate,
    wanted: Wanted,
}

impl Ahead for DaysAhead<'_> {
    fn told(&self, days: i64) -> Result<Told, Vec<RowProblem>> {
        let Case { policy, account, conventions, scripts, .. } = *self.case;
        let day = self.as_of.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(NaiveDate::MAX);
        let told = account.told(day, self.known_by, conventions, &self.wanted);
        let told = self.case.beside(told, day, self.known_by)?;
        let (mut cells, problems) = policy.given_cells(&told.facts);
        if !problems.is_empty() {
            return Err(problems);
        }
        if let Some(scripts) = scripts {
            scripts(policy, &mut cells);
        }
        Ok(Told { cells, surely: told.surely })
    }
}

impl Decided {
    /// Why it was decided so.
    pub fn explain(&self, case: &Case<'_>) -> Explanation {
        explain_decision(case.policy, &self.row, case.account.id(), case.law, self.as_of, &self.decision)
    }
}

impl fmt::Debug for Case<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("account", self.account)
            .field("conventions", self.conventions)
            .finish_non_exhaustive()
    }
}
