//! One person, several accounts: one contact a day.

use super::claim::{Claim, Settlement, apply};
use super::decision::Decision;
use crate::policy::{Policy, Row};
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
/// them, surely if it surely binds one, and one contact goes out, led by priority, then days
/// past due, then the overdue amount, then the account. The others ride along and say so.
/// Enforcement and relief are not merged.
///
/// Where not all decisions can be held at once, [`Settlement`] settles a person by what its
/// accounts claim, and [`apply`] puts that into each decision.
pub fn settle(policy: &Policy, proposals: &mut [Proposal]) {
    let mut people: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, proposal) in proposals.iter().enumerate() {
        if let Some(customer) = &proposal.customer {
            people.entry(customer).or_default().push(index);
        }
    }
    let several: Vec<Vec<usize>> = people.into_values().filter(|accounts| accounts.len() > 1).collect();
    for accounts in several {
        let found = accounts.iter().filter_map(|index| proposals.get(*index));
        let claims: Vec<(String, Claim)> = found
            .map(|proposal| (proposal.account.clone(), Claim::of(policy, &proposal.row, &proposal.decision)))
            .collect();
        let settlement = Settlement::of(policy, &claims);
        for (place, index) in accounts.iter().enumerate() {
            let Some(proposal) = proposals.get_mut(*index) else { continue };
            let leader = settlement.rides_with(place).and_then(|leader| claims.get(leader));
            apply(policy, &mut proposal.decision, settlement.bound(), leader.is_some());
            if let Some((account, _)) = leader {
                proposal.rides_with = Some(account.clone());
            }
        }
    }
}
