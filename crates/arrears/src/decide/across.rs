//! One person, several accounts under several policies: one contact a day, and holds that bind all of them.

use super::claim::{Binding, Claim};
use crate::condition::Truth;
use crate::policy::Policy;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// An account of a person, with the policy under which it was decided.
#[derive(Clone, Debug)]
pub struct Member<'p, A> {
    /// The account.
    pub account: A,
    /// The policy.
    pub policy: &'p Policy,
    /// What its decision claims under the policy's position among those of the run ([`Claim::under`]): accounts of
    /// one policy have the same.
    pub claim: Claim,
}

/// How the accounts of one person are settled who were decided under several policies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcrossSettlement {
    bound: BTreeMap<usize, Vec<Binding>>,
    rides: Vec<Option<usize>>,         // INVARIANT: one for each member.
    strange: Vec<Option<StrangeHold>>, // INVARIANT: one for each member.
}

/// A hold on a person of which an account's own policy knows nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the hold \"{hold}\" of the policy `{of}` binds all accounts of the person, and the policy `{policy}` has no hold of that name: give it one"
)]
pub struct StrangeHold {
    /// The hold.
    pub hold: String,
    /// The policy that has it.
    pub of: String,
    /// The account's own policy.
    pub policy: String,
}

/// A hold on the person, as the policy of one of their accounts has it.
struct OnPerson<'p> {
    position: usize,
    policy: &'p Policy,
    hold: u16,
    name: &'p str,
    truth: Truth,
}

impl AcrossSettlement {
    /// Settles the accounts of one person, as [`Settlement::of`](super::Settlement::of) does where one policy decided all of them.
    ///
    /// A hold on the person binds the accounts of other policies by its name: each is held as its own policy's hold of
    /// that name says. Where a policy has none, nobody can say what it would stop there: such accounts must not be
    /// decided ([`AcrossSettlement::strange`]), and lead nobody. Priorities of different policies cannot be
    /// compared: of the accounts that lead among those of their policies, days past due decide, then what is
    /// overdue where all have one currency, then the account.
    pub fn of<A: Ord>(members: &[Member<'_, A>]) -> Self {
        let on_person = on_person(members);
        let mut bound: BTreeMap<usize, Vec<Binding>> = BTreeMap::new();
        let mut unknown: BTreeMap<usize, StrangeHold> = BTreeMap::new();
        let policies: BTreeMap<usize, &Policy> =
            members.iter().map(|member| (member.claim.position(), member.policy)).collect();
        for (position, policy) in policies {
            let bindings = bound.entry(position).or_default();
            for hold in &on_person {
                match hold.within(position, policy) {
                    Some(own) => bindings.push((own, hold.truth)),
                    None => {
                        unknown.entry(position).or_insert_with(|| hold.strange_to(policy));
                    }
                }
            }
            // Each hold once, as sure as it is on any of the accounts.
            bindings.sort_unstable_by_key(|(hold, truth)| (*hold, Reverse(*truth)));
            bindings.dedup_by_key(|(hold, _)| *hold);
        }
        let bound_of = |member: &Member<'_, A>| bound.get(&member.claim.position()).map_or(&[][..], Vec::as_slice);
        let contacts: Vec<bool> = members
            .iter()
            .map(|member| {
                !unknown.contains_key(&member.claim.position())
                    && member.claim.contacts_under(member.policy, bound_of(member))
            })
            .collect();
        let leader = leader(members, &contacts);
        let rides =
            contacts.iter().enumerate().map(|(index, contacts)| leader.filter(|leader| *contacts && *leader != index));
        let rides = rides.collect();
        let strange = members.iter().map(|member| unknown.get(&member.claim.position()).cloned()).collect();
        Self { bound, rides, strange }
    }

    /// The holds that bind every account that was decided under the policy at a position.
    pub fn bound(&self, position: usize) -> &[Binding] {
        self.bound.get(&position).map_or(&[], Vec::as_slice)
    }

    /// As [`Settlement::rides_with`](super::Settlement::rides_with).
    pub fn rides_with(&self, index: usize) -> Option<usize> {
        self.rides.get(index).copied().flatten()
    }

    /// The hold for which the account of a member must not be decided.
    pub fn strange(&self, index: usize) -> Option<&StrangeHold> {
        self.strange.get(index)?.as_ref()
    }
}

impl<'p> OnPerson<'p> {
    /// The hold's position in a policy; none if it has none of that name.
    fn within(&self, position: usize, policy: &Policy) -> Option<u16> {
        if position == self.position {
            return Some(self.hold);
        }
        let found = policy.body.holds.iter().position(|hold| hold.name == self.name)?;
        u16::try_from(found).ok()
    }

    fn strange_to(&self, policy: &Policy) -> StrangeHold {
        let name = |policy: &Policy| policy.head().name.clone();
        StrangeHold { hold: self.name.to_owned(), of: name(self.policy), policy: name(policy) }
    }
}

/// The holds on the person that bind some account, in the order of the policies.
fn on_person<'p, A>(members: &[Member<'p, A>]) -> Vec<OnPerson<'p>> {
    let mut found: Vec<OnPerson<'p>> = Vec::new();
    for Member { policy, claim, .. } in members {
        for (hold, truth) in claim.holds() {
            if let Some(named) = policy.body.holds.get(usize::from(*hold)) {
                let (position, hold, truth) = (claim.position(), *hold, *truth);
                found.push(OnPerson { position, policy, hold, name: &named.name, truth });
            }
        }
    }
    found.sort_by_key(|hold| (hold.position, hold.hold));
    found
}

/// The member whose contact goes out, if any does.
fn leader<A: Ord>(members: &[Member<'_, A>], contacts: &[bool]) -> Option<usize> {
    let mut first: BTreeMap<usize, (usize, &Member<'_, A>)> = BTreeMap::new();
    for (index, member) in members.iter().enumerate().filter(|(index, _)| contacts.get(*index) == Some(&true)) {
        let rank = |member: &Member<'_, A>| member.claim.rank();
        let before = first.entry(member.claim.position()).or_insert((index, member));
        if (rank(member), Reverse(&member.account)) > (rank(before.1), Reverse(&before.1.account)) {
            *before = (index, member);
        }
    }
    let currencies = || first.values().map(|(_, member)| member.policy.head().currency);
    let same = currencies().zip(currencies().skip(1)).all(|(one, other)| one == other);
    let last = first.values().max_by_key(|(_, member)| {
        let [_, dpd, overdue] = member.claim.rank();
        (dpd, overdue.filter(|_| same), Reverse(&member.account))
    });
    last.map(|(index, _)| *index)
}
