//! The least size of a change that does it, and the next ones that do more.

use super::lever::Lever;
use super::severity::Severity;
use super::trial::Trial;
use arrears::condition::{Cond, RowReading, Truth};
use std::collections::BTreeMap;

/// Changes of at most so many sizes are tried one by one.
const ONE_BY_ONE: i64 = 128;
/// At most so many accounts are tried for one change.
const MOST: usize = 4_000;

/// Which way a decision goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Milder,
    Harsher,
}

impl Way {
    /// Whether a decision goes further this way than another.
    pub(super) fn goes(self, from: Severity, to: Severity) -> bool {
        match self {
            Self::Milder => to < from,
            Self::Harsher => to > from,
        }
    }
}

/// The sizes of one change at which the decision turns.
pub(super) struct Staircase<'s, 't> {
    trial: &'s Trial<'t>,
    lever: &'s Lever<'s>,
    leaves: &'s [&'s Cond],
    seen: BTreeMap<i64, Option<Sight>>,
}

/// What the engine sees of the account after a change of some size.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sight {
    truths: Vec<Truth>,
    severity: Severity,
}

impl<'s, 't> Staircase<'s, 't> {
    pub(super) const fn new(trial: &'s Trial<'t>, lever: &'s Lever<'s>, leaves: &'s [&'s Cond]) -> Self {
        Self { trial, lever, leaves, seen: BTreeMap::new() }
    }

    /// The least size that goes this way, then the least that goes further, and so on, at most `steps`. One unit less
    /// than each does not go as far.
    pub(super) fn steps(&mut self, way: Way, steps: usize) -> Vec<i64> {
        let mut reached = self.trial.severity(&self.trial.as_it_is());
        let mut found = Vec::new();
        let mut before = self.lever.least - 1;
        for size in self.turns() {
            if found.len() == steps {
                break;
            }
            if let Some(severity) = self.severity(size).filter(|severity| way.goes(reached, *severity)) {
                let least = self.least(before, size, |severity| way.goes(reached, severity));
                reached = self.severity(least).unwrap_or(severity);
                found.push(least);
            }
            before = size;
        }
        found
    }

    /// The sizes, in rising order, at which anything that a condition asks turns.
    fn turns(&mut self) -> Vec<i64> {
        let (least, most) = (self.lever.least, self.lever.most);
        if most.saturating_sub(least) <= ONE_BY_ONE {
            return (least..=most).collect();
        }
        let mut turns = vec![least];
        self.between(least, most, &mut turns);
        turns
    }

    /// Halves until neighbours differ. What a condition asks turns at most once between two sizes at which it is
    /// alike, since a change moves every number one way.
    fn between(&mut self, low: i64, high: i64, turns: &mut Vec<i64>) {
        if self.seen.len() >= MOST || self.sight(low) == self.sight(high) {
            return;
        }
        if high - low <= 1 {
            turns.push(high);
            return;
        }
        let middle = low + (high - low) / 2;
        self.between(low, middle, turns);
        self.between(middle, high, turns);
    }

    /// The least size above `below`, which does not do it, and up to `size`, which does: one less does not.
    fn least(&mut self, below: i64, size: i64, does: impl Fn(Severity) -> bool) -> i64 {
        let (mut below, mut size) = (below, size);
        if self.severity(size - 1).is_none_or(|severity| !does(severity)) || size - 1 <= below {
            return size;
        }
        while size - below > 1 {
            let middle = below + (size - below) / 2;
            if self.severity(middle).is_some_and(&does) { size = middle } else { below = middle }
        }
        size
    }

    fn severity(&mut self, size: i64) -> Option<Severity> {
        self.sight(size).map(|sight| sight.severity)
    }

    fn sight(&mut self, size: i64) -> Option<Sight> {
        if size < self.lever.least || size > self.lever.most {
            return None;
        }
        if let Some(sight) = self.seen.get(&size) {
            return sight.clone();
        }
        let sight = (self.lever.made)(size).map(|moved| {
            let policy = self.trial.policy();
            let thresholds: Vec<i64> = policy.threshold_values().map(|(_, value)| value).collect();
            let decision = self.trial.decide(&moved);
            let reading = RowReading { cells: moved.row.cells(), thresholds: &thresholds, types: decision.types };
            let truths = self.leaves.iter().map(|leaf| leaf.read(&reading)).collect();
            Sight { truths, severity: Severity::of(policy, &decision) }
        });
        self.seen.insert(size, sight.clone());
        sight
    }
}
