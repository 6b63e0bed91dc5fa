//! One person's accounts settled before any of them is written.

use super::deciders::Deciders;
use super::error::RunError;
use super::feed::{Feed, Loaded, next_group};
use super::options::Step;
use super::people::People;
use super::survey::Survey;
use super::watch::Watch;
use crate::row_error::Fault;
use arrears::decide::{AcrossSettlement, Binding, Claim, Decision, Member, Settlement, apply};
use arrears::policy::{Policy, Scope};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What was settled between the accounts of each person.
///
/// Until all of them have been decided once, each account of a person with several costs
/// 56 bytes; then 12 bytes for each of which something changes.
#[derive(Debug, Default)]
pub(super) struct Settled {
    changes: Vec<Change>, // INVARIANT: ascending by row.
    /// Holds that bind all accounts of a person, by what stands in the changes.
    bound: Vec<Vec<Binding>>,
    /// Where the policy has holds on persons: people with a row that cannot be decided.
    unread: BTreeMap<u32, u64>,
    /// Rows that must not be decided, because a hold on the person is unknown to their policy.
    strange: BTreeMap<u64, String>,
}

/// What becomes of a decision.
#[derive(Clone, Copy, Debug)]
struct Change {
    row: u32,
    /// The row of the account that it rides with; 0 if none.
    leader: u32,
    /// Where the holds stand that bind it.
    bound: u32,
}

/// What is known of one account of a person with several.
struct Claimed {
    person: u32,
    row: u32,
    claim: Claim,
}

impl Settled {
    /// Decides the accounts of people with several, and settles them.
    pub(super) fn take(
        deciders: &Deciders<'_>,
        feed: Feed<'_>,
        survey: &Survey,
        watch: &mut Watch<'_>,
    ) -> Result<Self, RunError> {
        let people = &survey.people;
        let mut claimed = Vec::with_capacity(people.shared_rows());
        let mut unread = BTreeMap::new();
        watch.begin(Step::Settling, Some(survey.roll.rows().into()));
        std::thread::scope(|scope| {
            let batches = feed.start(scope);
            while let Some(group) = next_group(&batches)? {
                let claims: Vec<_> = group.par_iter().map(|loaded| deciders.claims(loaded, people)).collect();
                for (row, claim) in claims.into_iter().flatten() {
                    let (Some(person), Ok(short)) = (people.of(row), u32::try_from(row)) else { continue };
                    match claim {
                        Some(claim) => claimed.push(Claimed { person, row: short, claim }),
                        None => {
                            unread.entry(person).or_insert(row);
                        }
                    }
                }
                watch.reached(group.last().map_or(0, Loaded::reached))?;
            }
            Ok::<(), RunError>(())
        })?;
        let holds_people = |policy: &Policy| policy.holds().iter().any(|hold| hold.scope == Scope::Customer);
        if !deciders.policies().any(holds_people) {
            unread.clear();
        }
        let mut settled = Self { changes: Vec::new(), bound: vec![Vec::new()], unread, strange: BTreeMap::new() };
        claimed.sort_unstable_by_key(|claimed| (claimed.person, claimed.row));
        let mut person = Vec::new();
        let mut rest = claimed.into_iter().peekable();
        while let Some(first) = rest.next() {
            let number = first.person;
            person.push(first);
            while let Some(next) = rest.next_if(|next| next.person == number) {
                person.push(next);
            }
            if settled.unread.contains_key(&number) {
                person.clear();
            } else {
                settled.settle(deciders, survey, &mut person);
            }
        }
        settled.changes.sort_unstable_by_key(|change| change.row);
        settled.changes.shrink_to_fit();
        Ok(settled)
    }

    /// Settles the accounts of one person.
    fn settle(&mut self, deciders: &Deciders<'_>, survey: &Survey, person: &mut Vec<Claimed>) {
        match deciders.policies().next() {
            Some(policy) if deciders.is_only() => self.settle_under_one(policy, survey, person),
            _ => self.settle_under_several(deciders, survey, person),
        }
    }

    fn settle_under_one(&mut self, policy: &Policy, survey: &Survey, person: &mut Vec<Claimed>) {
        let mut rows = Vec::with_capacity(person.len());
        let mut claims = Vec::with_capacity(person.len());
        for Claimed { row, claim, .. } in person.drain(..) {
            rows.push(row);
            claims.push((survey.roll.begins_in(row), claim));
        }
        let settlement = Settlement::of(policy, &claims);
        let bound = self.bind(settlement.bound());
        for (place, row) in rows.iter().enumerate() {
            let leader = settlement.rides_with(place).and_then(|leader| rows.get(leader)).copied();
            self.change(*row, leader, bound);
        }
    }

    fn settle_under_several(&mut self, deciders: &Deciders<'_>, survey: &Survey, person: &mut Vec<Claimed>) {
        let mut rows = Vec::with_capacity(person.len());
        let mut members = Vec::with_capacity(person.len());
        for Claimed { row, claim, .. } in person.drain(..) {
            let position = claim.position();
            let Some(policy) = deciders.policy(position) else { continue };
            rows.push((row, position));
            members.push(Member { account: survey.roll.begins_in(row), policy, claim });
        }
        if members.len() < 2 {
            return;
        }
        let settlement = AcrossSettlement::of(&members);
        let mut bound: BTreeMap<usize, u32> = BTreeMap::new();
        for (place, (row, position)) in rows.iter().enumerate() {
            if let Some(strange) = settlement.strange(place) {
                self.strange.insert((*row).into(), strange.to_string());
                continue;
            }
            let bound = *bound.entry(*position).or_insert_with(|| self.bind(settlement.bound(*position)));
            let leader = settlement.rides_with(place).and_then(|leader| rows.get(leader)).map(|(row, _)| *row);
            self.change(*row, leader, bound);
        }
    }

    /// Keeps holds that bind accounts, and tells where they stand.
    fn bind(&mut self, bound: &[Binding]) -> u32 {
        if bound.is_empty() {
            return 0;
        }
        self.bound.push(bound.to_vec());
        u32::try_from(self.bound.len().saturating_sub(1)).unwrap_or(0)
    }

    fn change(&mut self, row: u32, leader: Option<u32>, bound: u32) {
        if leader.is_some() || bound > 0 {
            self.changes.push(Change { row, leader: leader.unwrap_or(0), bound });
        }
    }

    /// Whether anything was settled for a row of the table that its own decision does not say.
    pub(super) fn touches(&self, people: &People, row: u64) -> bool {
        self.changed(row).is_some() || self.strange.contains_key(&row) || self.unread_with(people, row).is_some()
    }

    /// Puts what was settled into the decision of a row of the table, and gives the account
    /// that it rides with.
    ///
    /// # Errors
    ///
    /// Where a hold on one account binds all accounts of the person, a row that cannot be
    /// decided, because it cannot be read or the policy is not for it, may hide such a hold: the
    /// person's other accounts are then not decided either.
    pub(super) fn put(
        &self,
        policy: &Policy,
        survey: &Survey,
        row: u64,
        decision: &mut Decision,
    ) -> Result<Option<String>, Fault> {
        if let Some(unread) = self.unread_with(&survey.people, row) {
            let problem =
                format!("row {unread} is of the same customer and cannot be decided: it may hold this account too");
            return Err(Fault::of_row(problem));
        }
        if let Some(strange) = self.strange.get(&row) {
            return Err(Fault::of_row(strange.clone()));
        }
        let Some(change) = self.changed(row) else { return Ok(None) };
        let bound = usize::try_from(change.bound).ok().and_then(|index| self.bound.get(index));
        apply(policy, decision, bound.map_or(&[], Vec::as_slice), change.leader > 0);
        Ok((change.leader > 0).then(|| survey.roll.begins_in(change.leader).to_owned()))
    }

    fn changed(&self, row: u64) -> Option<&Change> {
        let found = self.changes.binary_search_by_key(&row, |change| change.row.into());
        found.ok().and_then(|index| self.changes.get(index))
    }

    fn unread_with(&self, people: &People, row: u64) -> Option<u64> {
        if self.unread.is_empty() {
            return None;
        }
        self.unread.get(&people.of(row)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Claimed};

    #[test]
    fn grouping_costs_what_the_documents_say() {
        assert_eq!((size_of::<Claimed>(), size_of::<Change>()), (56, 12));
    }
}
