//! How much is exercised, as exact fractions.

use super::exercise::{Exercise, LeafSeen};
use super::plan::Plan;
use super::report::Seen;
use serde::Serialize;
use std::collections::BTreeMap;

/// A share as an exact fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many are exercised.
    pub covered: u64,
    /// Of how many; 0: there is nothing to be exercised.
    pub of: u64,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Measure {
    /// Statements that took effect.
    Statements,
    /// Parts of conditions that held.
    Held,
    /// Parts of conditions that did not hold.
    Failed,
    /// Parts of conditions that were unknown, of those that can be.
    Unknown,
    /// Parts of conditions that decided: their clause would have read otherwise, had they.
    Decided,
    /// Sides of the numbers that something is held against: two for each.
    EdgeSides,
    /// Thresholds of which both sides were seen wherever something is held against them.
    Thresholds,
}

/// One measure, by source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// What is counted.
    pub measure: Measure,
    /// By the policy's own tests.
    pub by_tests: Share,
    /// By the table; none without one.
    pub by_table: Option<Share>,
    /// By either.
    pub together: Share,
}

impl Share {
    /// Tenths of a percent, rounded down, so that only all of it is 1,000; none where there is nothing to be exercised.
    ///
    /// ```
    /// use arrears_workbench::coverage::Share;
    /// assert_eq!(Share { covered: 2, of: 3 }.per_mille(), Some(666));
    /// assert_eq!(Share { covered: 0, of: 0 }.per_mille(), None);
    /// ```
    pub fn per_mille(self) -> Option<u64> {
        let share = u128::from(self.covered).saturating_mul(1_000).checked_div(u128::from(self.of))?;
        u64::try_from(share).ok()
    }

    fn count(met: impl Iterator<Item = bool>) -> Self {
        met.fold(Self::default(), |share, met| Self { covered: share.covered + u64::from(met), of: share.of + 1 })
    }
}

pub(super) fn measures(seen: &Seen<'_>) -> Vec<Measured> {
    let together = seen.together();
    let all = [
        Measure::Statements,
        Measure::Held,
        Measure::Failed,
        Measure::Unknown,
        Measure::Decided,
        Measure::EdgeSides,
        Measure::Thresholds,
    ];
    all.into_iter()
        .map(|measure| Measured {
            measure,
            by_tests: share(seen.plan, seen.tests, measure),
            by_table: seen.table.map(|table| share(seen.plan, table, measure)),
            together: share(seen.plan, &together, measure),
        })
        .collect()
}

fn share(plan: &Plan, exercise: &Exercise, measure: Measure) -> Share {
    let leaves = || exercise.leaves.iter();
    let both = |leaf: &LeafSeen| [leaf.nearest_holding.is_some(), leaf.nearest_failing.is_some()];
    let edges = || plan.leaves.iter().zip(leaves()).filter_map(|(planned, leaf)| Some((planned.edge.as_ref()?, leaf)));
    match measure {
        Measure::Statements => Share::count(exercise.statements.iter().map(|times| *times > 0)),
        Measure::Held => Share::count(leaves().map(|leaf| leaf.holds > 0)),
        Measure::Failed => Share::count(leaves().map(|leaf| leaf.fails > 0)),
        Measure::Unknown => {
            let can = plan.leaves.iter().zip(leaves()).filter(|(planned, _)| planned.can_be_unknown);
            Share::count(can.map(|(_, leaf)| leaf.unknown > 0))
        }
        Measure::Decided => Share::count(leaves().map(|leaf| leaf.decides > 0)),
        Measure::EdgeSides => Share::count(edges().flat_map(|(_, leaf)| both(leaf))),
        Measure::Thresholds => {
            let mut named: BTreeMap<&str, bool> = BTreeMap::new();
            for (edge, leaf) in edges() {
                if let Some(name) = &edge.threshold {
                    *named.entry(name).or_insert(true) &= both(leaf) == [true, true];
                }
            }
            Share::count(named.into_values())
        }
    }
}
