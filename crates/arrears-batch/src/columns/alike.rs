//! Decisions that are alike in all that is not each account's own.

use super::decided::{Decided, NO_REVIEW};
use super::lane::NO_WIDE;
use arrears::condition::WordSet;
use arrears::decide::{Decision, Law, Record, ReviewReason, VetoBy};
use arrears::policy::Policy;
use chrono::NaiveDate;
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher as _;
use std::sync::Arc;

/// Different decisions that are held before all of them are forgotten.
const MOST: usize = 1 << 16;

/// What tells decisions apart, but for the account, its priority, and the day of its review.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    types: (u8, WordSet),
    stage: [u8; 4],
    action: u8,
    point: u8,
    flags: (u8, bool),
    treatment: u16,
    slot: u16,
    lists: [u32; 6],
    review: (bool, Option<ReviewReason>),
    tomorrow: bool,
    /// Where a rule refused something and nothing is done, in how many days it is looked at again.
    refused_until: i64,
    rides: bool,
}

/// A decision that many accounts may have alike.
#[derive(Debug)]
pub(crate) struct Alike {
    /// The decision, of one of them.
    pub(crate) decision: Decision,
    /// With names.
    pub(crate) record: Record,
    /// Whether the account is due for review on the very next day.
    pub(crate) tomorrow: bool,
    /// Where a rule refused something and nothing is done, in how many days the account is looked at again.
    pub(crate) refused_until: Option<u64>,
    /// Whether its contact rides with that of another account of the person.
    pub(crate) rides: bool,
}

/// The different decisions that were seen so far, by what tells them apart.
pub(crate) struct Kinds<'a> {
    policy: &'a Policy,
    law: &'a Law,
    as_of: NaiveDate,
    /// Only membership is asked of it, so that its order changes no answer.
    table: HashTable<u32>,
    keys: Vec<Key>,
    alike: Vec<Arc<Alike>>, // INVARIANT: one for each key.
    hasher: FixedState,
}

impl<'a> Kinds<'a> {
    pub(crate) fn new(policy: &'a Policy, law: &'a Law, as_of: NaiveDate) -> Self {
        let (table, hasher) = (HashTable::new(), FixedState::default());
        Self { policy, law, as_of, table, keys: Vec::new(), alike: Vec::new(), hasher }
    }

    /// Whether so many were seen that they are better forgotten, with the rows they are of.
    pub(crate) const fn are_many(&self) -> bool {
        self.keys.len() > MOST
    }

    /// Forgets what was seen.
    pub(crate) fn forget(&mut self) {
        *self = Self::new(self.policy, self.law, self.as_of);
    }

    /// The number of what a row was decided, and whose contact rides with another's or does not.
    pub(crate) fn number(&mut self, decided: &Decided, row: usize, rides: bool) -> Option<u32> {
        let key = decided.key(row, rides)?;
        let hash = self.hasher.hash_one(&key);
        let same = |number: &u32| place(*number).and_then(|place| self.keys.get(place)) == Some(&key);
        if let Some(number) = self.table.find(hash, same) {
            return Some(*number);
        }
        let decision = decided.decision(self.policy, self.law, self.as_of, row)?;
        let number = u32::try_from(self.keys.len()).ok()?;
        let record = decision.record(self.policy, "");
        self.alike.push(Arc::new(Alike {
            decision,
            record,
            tomorrow: key.tomorrow,
            refused_until: u64::try_from(key.refused_until).ok().filter(|days| *days > 0),
            rides,
        }));
        self.keys.push(key);
        let Self { table, keys, hasher, .. } = self;
        let rehash = |number: &u32| {
            let known = place(*number).and_then(|place| keys.get(place));
            known.map_or(0, |key| hasher.hash_one(key))
        };
        table.insert_unique(hash, number, rehash);
        Some(number)
    }

    /// What a number stands for.
    pub(crate) fn alike(&self, number: u32) -> Option<&Arc<Alike>> {
        self.alike.get(place(number)?)
    }
}

fn place(number: u32) -> Option<usize> {
    usize::try_from(number).ok()
}

impl Decided {
    /// The priority of a row.
    pub(crate) fn priority(&self, row: usize) -> Option<i64> {
        Some(self.priority.get(row)).filter(|priority| *priority != NO_WIDE)
    }

    /// After how many days a row is to be looked at again.
    pub(crate) fn review_after(&self, row: usize) -> Option<u64> {
        Some(self.review.get(row)).filter(|days| *days != NO_REVIEW).and_then(|days| u64::try_from(days).ok())
    }

    /// Whether nothing is done, and a rule refused something.
    fn is_refused_by_a_rule(&self, row: usize) -> bool {
        let nothing = self.treatment.get(row).is_none_or(|treatment| *treatment == super::turns::NO_TREATMENT);
        let by_rule = |(_, by): &(_, VetoBy)| matches!(by, VetoBy::Rule(_) | VetoBy::RuleReview(_));
        nothing && self.veto_lists.list(self.vetoed_by.get(row)).iter().any(by_rule)
    }

    fn key(&self, row: usize, rides: bool) -> Option<Key> {
        let several = || self.several.get(&row).copied().unwrap_or_default();
        let kind = *self.debtor_type.get(row)?;
        Some(Key {
            types: (kind, if kind == super::decided::SEVERAL { several() } else { WordSet::default() }),
            stage: [
                *self.stage.get(row)?,
                *self.stage_before.get(row)?,
                *self.rung.get(row)?,
                *self.stage_reason.get(row)?,
            ],
            action: *self.action.get(row)?,
            point: self.point.get(row),
            flags: (self.flags.get(row), self.uncertain.get(row)),
            treatment: *self.treatment.get(row)?,
            slot: self.slot.get(row),
            lists: [
                self.acts.get(row),
                self.relief.get(row),
                self.duties.get(row),
                self.held_by.get(row),
                self.vetoed_by.get(row),
                self.missing.get(row),
            ],
            review: (self.review_exact.get(row), self.review_reason.get(row)),
            tomorrow: self.review.get(row) == 1,
            refused_until: if self.review_exact.get(row) && self.is_refused_by_a_rule(row) {
                i64::from(self.review.get(row))
            } else {
                0
            },
            rides,
        })
    }
}
