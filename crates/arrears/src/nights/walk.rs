//! Night after night.

use super::learned::Seen;
use super::{Case, Decided};
use crate::account::Kept;
use crate::decide::Carried;
use crate::policy::RowProblem;
use chrono::NaiveDate;

/// What was known on each night.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    /// What was known on the night itself: the decisions that were made.
    EachNight,
    /// What is known on one day: the decisions that would have been made, had it been known in time. On a night
    /// after that day, what was known on the night.
    Day(NaiveDate),
}

impl KnownBy {
    fn on(self, night: NaiveDate) -> NaiveDate {
        match self {
            Self::EachNight => night,
            Self::Day(day) => day.max(night),
        }
    }
}

/// An account decided on every night from one to another.
///
/// Where the history is complete in contacts, only what it records as done is carried into the state, with what
/// its results do by the policy's `outcome` statements; otherwise each decision is taken as carried out. A contact
/// that becomes known late is taken in on the night that first knows it, with its own day. What a contact taught
/// stays in the state when the contact is withdrawn later: the nights that knew it were decided with it.
#[derive(Clone, Debug)]
pub struct Nights<'a> {
    case: Case<'a>,
    known_by: KnownBy,
    next: Option<NaiveDate>,
    last: NaiveDate,
    carried: Option<Carried>,
    /// The day as known on which the last night was decided; none before the first.
    knew: Option<NaiveDate>,
}

impl<'a> Nights<'a> {
    /// The nights from the first to the last, both included, beginning without state.
    pub const fn new(case: Case<'a>, known_by: KnownBy, first: NaiveDate, last: NaiveDate) -> Self {
        Self { case, known_by, next: Some(first), last, carried: None, knew: None }
    }

    /// The same nights, after what an earlier decision left.
    #[must_use]
    pub fn after(mut self, carried: Carried) -> Self {
        self.carried = Some(carried);
        self.knew = None;
        self
    }

    /// What the last decision left.
    pub const fn carried(&self) -> Option<&Carried> {
        self.carried.as_ref()
    }

    fn night(&mut self, as_of: NaiveDate) -> Result<Decided, Vec<RowProblem>> {
        let known_by = self.known_by.on(as_of);
        if let Some(carried) = &mut self.carried {
            let before = carried.day();
            // A state that was handed in was made with what was known on its own day.
            let before = Seen { as_of: before, known_by: self.knew.unwrap_or(before) };
            self.case.learn(carried, before, Seen { as_of, known_by }, self.knew.is_some());
        }
        let decided = self.case.decide(as_of, known_by, self.carried.as_ref())?;
        let policy = self.case.policy;
        let carry = if self.case.account.is_complete_in(Kept::Contacts) {
            policy.carry_idle(&decided.row, &decided.decision, as_of)
        } else {
            policy.carry(&decided.row, &decided.decision, as_of)
        };
        self.carried = Some(carry);
        self.knew = Some(known_by);
        Ok(decided)
    }
}

impl Iterator for Nights<'_> {
    type Item = Result<Decided, Vec<RowProblem>>;

    fn next(&mut self) -> Option<Self::Item> {
        let as_of = self.next.filter(|night| *night <= self.last)?;
        self.next = as_of.succ_opt();
        let decided = self.night(as_of);
        if decided.is_err() {
            self.next = None;
        }
        Some(decided)
    }
}
