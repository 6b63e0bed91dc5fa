//! Accounts for which nothing is done tonight, and why.

use super::tally::{Sum, Tallies, Tally};
use crate::columns::Alike;
use arrears::Policy;
use arrears::decide::{Action, Flag, VetoBy};
use serde::Serialize;

/// Accounts for which nothing is done tonight, and why. An account is counted under one
/// reason; under `missing_facts` once for each fact that it waits for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftAlone {
    /// Accounts that wait for missing facts.
    pub waiting_for_facts: u64,
    /// The facts that they wait for.
    pub missing_facts: Vec<Tally>,
    /// Stopped by a hold, by hold.
    pub held: Vec<Tally>,
    /// Refused for now: by a rule of law or of the house (by its id), no consent, no valid number, no time left today.
    pub refused: Vec<Tally>,
    /// What fits them rests between two contacts, or waits for something to pass.
    pub resting: u64,
    /// Another account of the same person is contacted about this one too.
    pub rides_along: u64,
    /// A person must look.
    pub review: u64,
    /// Nothing fits them.
    pub nothing_fits: u64,
    /// Closed accounts.
    pub closed: u64,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Counting {
    alone: LeftAlone,
    missing: Tallies,
    held: Tallies,
    refused: Tallies,
}

/// What refused a treatment, in words.
fn refusal(policy: &Policy, veto: VetoBy) -> &str {
    match veto {
        VetoBy::Hold(_) => "hold",
        VetoBy::OptedOut => "opted_out",
        VetoBy::NoConsent => "no_consent",
        VetoBy::NoNumber => "no_valid_number",
        VetoBy::NoSlot => "no_time_left_today",
        VetoBy::Rule(rule) | VetoBy::RuleReview(rule) => {
            policy.bound_rules().get(usize::from(rule)).map_or("rule", |rule| rule.rule.as_str())
        }
        VetoBy::NoLaw => "no_law",
    }
}

impl Counting {
    pub(super) fn add(&mut self, policy: &Policy, alike: &Alike, sum: Sum, digits: u32) {
        let decision = &alike.decision;
        match decision.action {
            Action::Do(_) => {}
            _ if alike.rides => self.alone.rides_along += sum.accounts,
            Action::Held => {
                let stopping = decision.vetoed_by.iter().find_map(|(_, veto)| match veto {
                    VetoBy::Hold(hold) => Some(*hold),
                    _ => None,
                });
                let hold = stopping.or_else(|| decision.held_by.first().map(|(hold, _)| *hold));
                let hold = hold.and_then(|hold| policy.holds().get(usize::from(hold)));
                self.held.add(hold.map_or("hold", |hold| &hold.name), sum, digits);
            }
            Action::Wait if decision.flags.contains(&Flag::WaitsForFacts) => {
                self.alone.waiting_for_facts += sum.accounts;
                for input in decision.missing.iter().filter_map(|fact| policy.input(*fact)) {
                    self.missing.add(&input.name, sum, digits);
                }
            }
            Action::Wait => match decision.vetoed_by.first() {
                Some((_, veto)) => self.refused.add(refusal(policy, *veto), sum, digits),
                None => self.alone.resting += sum.accounts,
            },
            Action::Review => self.alone.review += sum.accounts,
            Action::Nothing if decision.flags.contains(&Flag::Closed) => self.alone.closed += sum.accounts,
            Action::Nothing => self.alone.nothing_fits += sum.accounts,
        }
    }

    pub(super) fn finish(self, policy: &Policy, money: bool) -> LeftAlone {
        let holds = policy.holds().iter().map(|hold| hold.name.as_str());
        LeftAlone {
            missing_facts: self.missing.by_size(money),
            held: self.held.in_order(holds, money),
            refused: self.refused.by_size(money),
            ..self.alone
        }
    }
}
