//! What the accounts of one person need to know of each other, and how they are settled by it.

use super::decision::{Action, Decision, DutyStatus, Flag, VetoBy};
use crate::condition::{FactId, Truth};
use crate::facts::Class;
use crate::number::Cell;
use crate::policy::{Hold, Policy, Row, Scope, TreatmentId};
use std::cmp::Reverse;

/// A hold that binds, by position, and whether it surely does.
pub type Binding = (u16, Truth);

/// What the person's other accounts need to know of a decision: 48 bytes, where no hold on
/// the person binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who leads: priority, days past due, the overdue amount.
    rank: [Cell; 3],
    /// The holds on the person that bind this account.
    holds: Box<[Binding]>,
    treatment: Option<TreatmentId>,
    /// The position of the policy among those of the run.
    policy: u16,
    /// Whether what was decided is a contact.
    contact: bool,
}

/// How the accounts of one person are settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    bound: Vec<Binding>,
    rides: Vec<Option<usize>>, // INVARIANT: one for each claim.
}

impl Claim {
    /// What there is to know of a decision, and the row that it was made from.
    pub fn of(policy: &Policy, row: &Row, decision: &Decision) -> Self {
        let known = &policy.body.known;
        let cell = |fact: Option<FactId>| fact.map_or(Cell::UNKNOWN, |fact| row.cell(fact));
        Self::made(policy, decision, cell(known.dpd), cell(known.overdue))
    }

    /// What there is to know of a decision that was made for an account so many days past
    /// due with so much overdue; unknown where the policy reads neither.
    pub fn made(policy: &Policy, decision: &Decision, dpd: Cell, overdue: Cell) -> Self {
        let on_person = |hold: &&Binding| {
            let found = policy.body.holds.get(usize::from(hold.0));
            found.is_some_and(|hold| hold.scope == Scope::Customer)
        };
        Self {
            rank: [decision.priority.map_or(Cell::UNKNOWN, Cell::number), dpd, overdue],
            holds: decision.held_by.iter().filter(on_person).copied().collect(),
            treatment: decision.treatment,
            policy: 0,
            contact: contacts(decision),
        }
    }

    /// The same claim of an account that was decided under another than the first policy of
    /// a run; `position` counts from 0.
    #[must_use]
    pub const fn under(mut self, position: u16) -> Self {
        self.policy = position;
        self
    }

    /// The position of the policy among those of the run; 0 where there is one.
    pub fn position(&self) -> usize {
        usize::from(self.policy)
    }

    /// Whether it is still a contact when these holds bind too.
    pub(super) fn contacts_under(&self, policy: &Policy, bound: &[Binding]) -> bool {
        let stopped = |(hold, _): &Binding| {
            let own = self.holds.iter().any(|(known, _)| known == hold);
            !own && stops(policy, *hold, self.treatment)
        };
        self.contact && !bound.iter().any(stopped)
    }

    /// The holds on the person that bind this account.
    pub(super) fn holds(&self) -> &[Binding] {
        &self.holds
    }

    /// Who leads: no number is less than any.
    pub(super) fn rank(&self) -> [Option<i64>; 3] {
        self.rank.map(Cell::get)
    }
}

impl Settlement {
    /// Settles the accounts of one person, given with what was claimed for each: a hold with
    /// `scope: "customer"` binds all of them, surely if it surely binds one, and one contact
    /// goes out, led by priority, then days past due, then the overdue amount, then the
    /// account. The others ride along. Enforcement and relief are not merged. An account that
    /// is alone is left as it is. The order of the claims changes nothing.
    pub fn of<A: Ord>(policy: &Policy, claims: &[(A, Claim)]) -> Self {
        if claims.len() < 2 {
            return Self { bound: Vec::new(), rides: vec![None; claims.len()] };
        }
        let mut bound: Vec<Binding> = claims.iter().flat_map(|(_, claim)| claim.holds.iter().copied()).collect();
        // Each hold once, as sure as it is on any of the accounts.
        bound.sort_unstable_by_key(|(hold, truth)| (*hold, Reverse(*truth)));
        bound.dedup_by_key(|(hold, _)| *hold);
        let contacts: Vec<bool> = claims.iter().map(|(_, claim)| claim.contacts_under(policy, &bound)).collect();
        let leader = claims.iter().zip(&contacts).enumerate().filter(|(_, (_, contacts))| **contacts);
        let leader = leader.max_by_key(|(_, ((account, claim), _))| (claim.rank(), Reverse(account)));
        let leader = leader.map(|(index, ((account, _), _))| (index, account));
        let rides = claims.iter().zip(contacts).map(|((account, _), contacts)| {
            leader.filter(|(_, leads)| contacts && account != *leads).map(|(index, _)| index)
        });
        let rides = rides.collect();
        Self { bound, rides }
    }

    /// The holds that bind every account of the person.
    pub fn bound(&self) -> &[Binding] {
        &self.bound
    }

    /// The account, by position among the claims, whose contact that of the account at
    /// `index` rides with; none if it goes out, or is none.
    pub fn rides_with(&self, index: usize) -> Option<usize> {
        self.rides.get(index).copied().flatten()
    }
}

/// Puts into a decision what was settled for the person: the holds that bind every account,
/// and whether the contact rides with that of another account.
pub fn apply(policy: &Policy, decision: &mut Decision, bound: &[Binding], rides: bool) {
    for (hold, truth) in bound {
        bind(policy, decision, *hold, *truth);
    }
    if rides {
        withdraw(decision, Action::Wait);
    }
}

fn contacts(decision: &Decision) -> bool {
    matches!(decision.action, Action::Do(verb) if verb.def().class == Class::Contact)
}

/// Whether a hold stops a treatment.
fn stops(policy: &Policy, hold: u16, treatment: Option<TreatmentId>) -> bool {
    let treatment = treatment.and_then(|id| policy.body.treatments.get(id.index()));
    match (policy.body.holds.get(usize::from(hold)), treatment) {
        (Some(hold), Some(treatment)) => hold.stops(treatment.class, treatment.purpose),
        _ => false,
    }
}

/// Binds an account by a hold; one that binds it already may become sure.
fn bind(policy: &Policy, decision: &mut Decision, hold: u16, truth: Truth) {
    match decision.held_by.iter_mut().find(|(known, _)| *known == hold) {
        Some((_, known)) if *known >= truth => return,
        Some((_, known)) => *known = truth,
        None => decision.held_by.push((hold, truth)),
    }
    let Some(found) = policy.body.holds.get(usize::from(hold)) else { return };
    if let Some(id) = decision.treatment.filter(|_| stops(policy, hold, decision.treatment)) {
        decision.vetoed_by.push((id, VetoBy::Hold(hold)));
        withdraw(decision, Action::Held);
    }
    decision.acts.retain(|act| {
        let act = policy.body.acts.get(usize::from(*act));
        act.is_none_or(|act| !found.stops.classes.contains(&act.class))
    });
    decision.relief.retain(|verb| !found.stops.classes.contains(&verb.def().class));
    stop_duties(policy, decision, found, truth);
}

/// Takes away the duties that a hold surely stops; of others that it may stop a person must
/// look whether they are owed.
fn stop_duties(policy: &Policy, decision: &mut Decision, hold: &Hold, truth: Truth) {
    let stopped = |duty: u16| policy.body.duties.get(usize::from(duty)).is_some_and(|duty| hold.stops_duty(&duty.name));
    if truth.is_true() {
        decision.duties.retain(|due| !stopped(due.duty));
    }
    for due in decision.duties.iter_mut().filter(|due| stopped(due.duty)) {
        due.status = DutyStatus::Review;
    }
    let unreadable = decision.duties.iter().any(|due| due.status == DutyStatus::Review);
    let flagged = decision.flags.contains(&Flag::DutyUnreadable);
    if unreadable && !flagged {
        decision.flags.push(Flag::DutyUnreadable);
    } else if flagged && !unreadable {
        decision.flags.retain(|flag| *flag != Flag::DutyUnreadable);
    }
}

fn withdraw(decision: &mut Decision, action: Action) {
    decision.treatment = None;
    decision.action = action;
    decision.channel = None;
    decision.contact_point = None;
    decision.slot = None;
}

#[cfg(test)]
mod tests {
    use super::Claim;

    #[test]
    fn what_is_kept_of_an_account_until_its_person_is_settled_is_48_bytes() {
        assert_eq!(size_of::<Claim>(), 48);
    }
}
