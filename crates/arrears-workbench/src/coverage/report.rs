//! What was exercised, item by item, and what was not.

use super::exercise::{Exercise, LeafSeen};
use super::goals::{Aspect, Target};
use super::plan::Plan;
use arrears::Policy;
use serde::Serialize;

/// A statement, and how often it took effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementSeen {
    /// The statement: `stage firm`.
    pub statement: String,
    /// Where it stands: `cn-card.rhai:71`.
    pub place: Option<String>,
    /// In how many decisions of the policy's own tests.
    pub by_tests: u64,
    /// In how many decisions of the table; none without one.
    pub by_table: Option<u64>,
}

/// A part of a condition, and in how many decisions it was seen how, tests and table together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConditionSeen {
    /// The first statement in which it stands.
    pub statement: String,
    /// The clause: `when` or `unless`.
    pub clause: &'static str,
    /// The part, in the policy's own words.
    pub condition: String,
    /// Where it stands.
    pub place: Option<String>,
    /// True.
    pub held: u64,
    /// False.
    pub failed: u64,
    /// Unknown.
    pub unknown: u64,
    /// Deciding: its clause would have read otherwise, had it alone.
    pub decided: u64,
}

/// A number that something is held against, and the values that came nearest to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EdgeSeen {
    /// The first statement in which it stands.
    pub statement: String,
    /// The comparison, in the policy's own words.
    pub condition: String,
    /// Where it stands.
    pub place: Option<String>,
    /// The threshold; none for a number that is written out.
    pub threshold: Option<String>,
    /// The number as people write it.
    pub number: String,
    /// The value nearest to it with which the comparison held; none if it never did.
    pub nearest_held: Option<String>,
    /// The value nearest to it with which the comparison failed; none if it never did.
    pub nearest_failed: Option<String>,
}

/// Something that nothing exercised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Uncovered {
    /// What it is: `stage firm takes effect`, `dpd > 30 in stage firm holds`.
    pub what: String,
    /// Where it stands: `cn-card.rhai:71`.
    pub place: Option<String>,
    /// Whether one of the accounts that are suggested exercises it.
    pub suggested: bool,
}

/// What was seen of a plan.
pub(super) struct Seen<'a> {
    pub(super) plan: &'a Plan,
    pub(super) tests: &'a Exercise,
    pub(super) table: Option<&'a Exercise>,
}

impl Seen<'_> {
    /// Both sources as one.
    pub(super) fn together(&self) -> Exercise {
        let Some(table) = self.table else { return self.tests.clone() };
        let mut both = self.tests.clone();
        both.decisions += table.decisions;
        for (count, more) in both.statements.iter_mut().zip(&table.statements) {
            *count += more;
        }
        for ((leaf, more), planned) in both.leaves.iter_mut().zip(&table.leaves).zip(&self.plan.leaves) {
            let number = planned.edge.as_ref().map_or(0, |edge| edge.number);
            let nearer = |a: Option<i64>, b: Option<i64>| {
                a.into_iter().chain(b).min_by_key(|value| (value.abs_diff(number), *value))
            };
            *leaf = LeafSeen {
                holds: leaf.holds + more.holds,
                fails: leaf.fails + more.fails,
                unknown: leaf.unknown + more.unknown,
                decides: leaf.decides + more.decides,
                nearest_holding: nearer(leaf.nearest_holding, more.nearest_holding),
                nearest_failing: nearer(leaf.nearest_failing, more.nearest_failing),
            };
        }
        both
    }

    pub(super) fn statements(&self) -> Vec<StatementSeen> {
        let times = |exercise: &Exercise, index: usize| exercise.statements.get(index).copied().unwrap_or(0);
        let each = self.plan.statements.iter().enumerate();
        each.map(|(index, planned)| StatementSeen {
            statement: planned.title.clone(),
            place: planned.place.clone(),
            by_tests: times(self.tests, index),
            by_table: self.table.map(|table| times(table, index)),
        })
        .collect()
    }

    pub(super) fn conditions(&self) -> Vec<ConditionSeen> {
        let together = self.together();
        let each = self.plan.leaves.iter().zip(together.leaves);
        each.map(|(planned, leaf)| ConditionSeen {
            statement: self.title(planned.statement),
            clause: planned.clause,
            condition: planned.condition.clone(),
            place: planned.place.clone(),
            held: leaf.holds,
            failed: leaf.fails,
            unknown: leaf.unknown,
            decided: leaf.decides,
        })
        .collect()
    }

    pub(super) fn edges(&self, policy: &Policy) -> Vec<EdgeSeen> {
        let together = self.together();
        let each = self.plan.leaves.iter().zip(together.leaves);
        each.filter_map(|(planned, leaf)| {
            let edge = planned.edge.as_ref()?;
            let shown = |value: i64| policy.show(value, edge.kind);
            Some(EdgeSeen {
                statement: self.title(planned.statement),
                condition: planned.condition.clone(),
                place: planned.place.clone(),
                threshold: edge.threshold.clone(),
                number: shown(edge.number),
                nearest_held: leaf.nearest_holding.map(shown),
                nearest_failed: leaf.nearest_failing.map(shown),
            })
        })
        .collect()
    }

    /// What neither source exercised, in the order of the decision. What is never unknown is told, and no account is
    /// looked for: which facts a table may lack is for the bank to know.
    pub(super) fn uncovered(&self) -> Vec<(Option<Target>, Uncovered)> {
        let together = self.together();
        let mut found = Vec::new();
        for (index, planned) in self.plan.statements.iter().enumerate() {
            let mut add = |target: Option<Target>, what: String, place: &Option<String>| {
                found.push((target, Uncovered { what, place: place.clone(), suggested: false }));
            };
            if together.statements.get(index) == Some(&0) {
                add(Some(Target::Statement(index)), format!("{} takes effect", planned.title), &planned.place);
            }
            for (at, (leaf, seen)) in self.plan.leaves.iter().zip(&together.leaves).enumerate() {
                if leaf.statement != index {
                    continue;
                }
                let clause = if leaf.clause == "unless" { ", unless" } else { "" };
                let told = |how: &str| format!("{} in {}{clause} {how}", leaf.condition, planned.title);
                let never = [
                    (seen.holds == 0, Some(Aspect::Holds), "holds"),
                    (seen.fails == 0, Some(Aspect::Fails), "fails"),
                    (seen.decides == 0, Some(Aspect::Decides), "decides"),
                    (seen.unknown == 0 && leaf.can_be_unknown, None, "is unknown"),
                ];
                for (_, aspect, how) in never.into_iter().filter(|(never, ..)| *never) {
                    add(aspect.map(|aspect| Target::Leaf(at, aspect)), told(how), &leaf.place);
                }
            }
        }
        found
    }

    fn title(&self, statement: usize) -> String {
        self.plan.statements.get(statement).map(|planned| planned.title.clone()).unwrap_or_default()
    }
}
