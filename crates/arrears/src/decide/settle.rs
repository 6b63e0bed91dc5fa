//! One person, several accounts: one contact a day.

use super::decision::{Action, Decision, VetoBy};
use crate::facts::Class;
use crate::number::Cell;
use crate::policy::{Policy, Row, Scope};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What was decided for one account, before the accounts of a person are settled.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The account.
    pub account: String,
    /// The person; accounts without one stand alone.
    pub customer: Option<String>,
    /// The row it was decided from.
    pub row: Row,
    /// The decision.
    pub decision: Decision,
    /// The account whose contact this one rides with.
    pub rides_with: Option<String>,
}

/// Settles the accounts of each person: a hold with `scope: "customer"` binds all of
/// them, and one contact goes out, led by priority, then days past due, then the overdue
/// amount, then the account. The others ride along and say so. Enforcement and relief
/// are not merged.
pub fn settle(policy: &Policy, proposals: &mut [Proposal]) {
    let mut people: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, proposal) in proposals.iter().enumerate() {
        if let Some(customer) = &proposal.customer {
            people.entry(customer.clone()).or_default().push(index);
        }
    }
    for accounts in people.into_values().filter(|accounts| accounts.len() > 1) {
        spread_holds(policy, proposals, &accounts);
        one_contact(policy, proposals, &accounts);
    }
}

/// A hold on the person that binds one account binds the others.
fn spread_holds(policy: &Policy, proposals: &mut [Proposal], accounts: &[usize]) {
    let mut binding = Vec::new();
    for proposal in accounts.iter().filter_map(|index| proposals.get(*index)) {
        for (hold, truth) in &proposal.decision.held_by {
            let found = policy.body.holds.get(usize::from(*hold));
            if found.is_some_and(|hold| hold.scope == Scope::Customer) {
                binding.push((*hold, *truth));
            }
        }
    }
    for index in accounts {
        let Some(proposal) = proposals.get_mut(*index) else { continue };
        for (hold, truth) in &binding {
            bind(policy, &mut proposal.decision, *hold, *truth);
        }
    }
}

fn bind(policy: &Policy, decision: &mut Decision, hold: u16, truth: crate::condition::Truth) {
    if decision.held_by.iter().any(|(known, _)| *known == hold) {
        return;
    }
    decision.held_by.push((hold, truth));
    let Some(found) = policy.body.holds.get(usize::from(hold)) else { return };
    let treatment = decision.treatment.and_then(|id| policy.body.treatments.get(id.index()));
    if let (Some(id), Some(treatment)) = (decision.treatment, treatment)
        && found.stops(treatment.class, treatment.purpose)
    {
        decision.vetoed_by.push((id, VetoBy::Hold(hold)));
        withdraw(decision, Action::Held);
    }
    decision.acts.retain(|act| {
        let act = policy.body.acts.get(usize::from(*act));
        act.is_none_or(|act| !found.stops.classes.contains(&act.class))
    });
    decision.relief.retain(|verb| !found.stops.classes.contains(&verb.def().class));
    decision.duties.retain(|due| {
        let duty = policy.body.duties.get(usize::from(due.duty));
        !(truth.is_true() && duty.is_some_and(|duty| found.stops_duty(&duty.name)))
    });
}

fn withdraw(decision: &mut Decision, action: Action) {
    decision.treatment = None;
    decision.action = action;
    decision.channel = None;
    decision.contact_point = None;
    decision.slot = None;
}

fn one_contact(policy: &Policy, proposals: &mut [Proposal], accounts: &[usize]) {
    let contacts = |proposal: &Proposal| matches!(proposal.decision.action, Action::Do(verb) if verb.def().class == Class::Contact);
    let number = |proposal: &Proposal, fact: Option<crate::condition::FactId>| {
        fact.map_or(Cell::UNKNOWN, |fact| proposal.row.cell(fact)).get()
    };
    let known = &policy.body.known;
    let leader = accounts
        .iter()
        .filter_map(|index| proposals.get(*index))
        .filter(|proposal| contacts(proposal))
        .max_by_key(|proposal| {
            let rank = (proposal.decision.priority, number(proposal, known.dpd), number(proposal, known.overdue));
            (rank, Reverse(proposal.account.clone()))
        })
        .map(|proposal| proposal.account.clone());
    let Some(leader) = leader else { return };
    for index in accounts {
        if let Some(proposal) = proposals.get_mut(*index)
            && proposal.account != leader
            && contacts(proposal)
        {
            withdraw(&mut proposal.decision, Action::Wait);
            proposal.rides_with = Some(leader.clone());
        }
    }
}
