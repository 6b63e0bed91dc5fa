//! Values inside a threshold's range with which a statement can never hold.

use super::analyst::Analyst;
use super::finding::{Kind, StatementAt};
use crate::proof::domain::Var;
use crate::proof::sat::Lit;
use crate::proof::space::Space;
use arrears::Policy;
use arrears::condition::{Cond, ThresholdId};
use std::collections::BTreeSet;

/// Thresholds of one statement that are tried together.
const MOST_TOGETHER: usize = 4;

/// Literals that all searches for values of thresholds may set together.
const MOST_WORK: u64 = 150_000_000;

/// Sums of facts and thresholds that are kept from one statement to the next.
const MOST_SUMS: usize = 40;

/// A statement whose condition reads thresholds.
struct Asked<'p> {
    at: StatementAt,
    when: &'p Cond,
    /// What must not hold besides: the conditions of the types above a type.
    unless: Vec<&'p Cond>,
    thresholds: Vec<ThresholdId>,
}

impl<'a> Analyst<'a> {
    pub(super) fn thresholds(&mut self) {
        let asked = self.asked();
        if asked.is_empty() {
            return;
        }
        let mut space = Space::of_facts(self.policy, true);
        space.sat.allow(MOST_WORK);
        let most = space.sums.known.len().saturating_add(MOST_SUMS);
        for asked in asked {
            // Sums of statements that were looked at are in the way of those that come.
            if space.sums.known.len() > most {
                let left = space.sat.left();
                space = Space::of_facts(self.policy, true);
                space.sat.allow(left);
            }
            self.one_statement(&mut space, &asked);
        }
        self.spent |= space.sat.is_spent();
    }

    fn asked(&self) -> Vec<Asked<'a>> {
        let policy: &'a Policy = self.policy;
        let mut found = Vec::new();
        let mut of = |at: StatementAt, when: &'a Cond, unless: Vec<&'a Cond>| {
            let mut ids = BTreeSet::new();
            for cond in std::iter::once(&when).chain(&unless) {
                cond.each_threshold(&mut |id| {
                    ids.insert(id);
                });
            }
            if !ids.is_empty() {
                found.push(Asked { at, when, unless, thresholds: ids.into_iter().collect() });
            }
        };
        let types = policy.debtor_types();
        for (index, kind) in types.iter().enumerate() {
            if let Some(when) = &kind.when {
                let above = types.iter().take(index).filter_map(|above| above.when.as_ref()).collect();
                of(self.at("debtor", &kind.name, kind.span), when, above);
            }
        }
        let mut add = |at: StatementAt, when: &'a Cond| of(at, when, Vec::new());
        policy.signs().iter().for_each(|it| add(self.at("sign", &it.name, it.span), &it.when));
        policy.holds().iter().for_each(|it| add(self.at("hold", &it.name, it.span), &it.when));
        let stages = policy.stages().iter();
        stages.for_each(|it| it.when.iter().for_each(|when| add(self.at("stage", &it.name, it.span), when)));
        let name =
            |id: arrears::policy::StageId| policy.stages().get(id.index()).map_or("", |stage| stage.name.as_str());
        policy.eases().iter().for_each(|it| add(self.at("ease", name(it.to), it.span), &it.when));
        policy.cures().iter().for_each(|it| add(self.at("cure", name(it.to), it.span), &it.when));
        policy.duties().iter().for_each(|it| add(self.at("duty", &it.name, it.span), &it.when));
        policy.acts().iter().for_each(|it| add(self.at("act", &it.name, it.span), &it.when));
        let treatments = policy.treatments().iter();
        treatments.for_each(|it| it.when.iter().for_each(|when| add(self.at("treatment", &it.name, it.span), when)));
        found
    }

    fn one_statement(&mut self, space: &mut Space<'_>, asked: &Asked<'_>) {
        let own = space.cond(asked.when).yes;
        let above: Vec<Lit> = asked.unless.iter().map(|cond| !space.cond(cond).yes).collect();
        let holds: Vec<Lit> = std::iter::once(own).chain(above).collect();
        let holds = space.sat.and(&holds);
        let policy = self.policy;
        let written: Vec<(ThresholdId, i64)> =
            asked.thresholds.iter().map(|id| (*id, policy.threshold_value(*id).unwrap_or(0))).collect();
        if self.is_empty(space, holds, &written) {
            // It is empty as it is written: that is another finding.
            return;
        }
        let mut alone = BTreeSet::new();
        for (position, (id, value)) in written.iter().enumerate() {
            let Some(threshold) = policy.thresholds().get(id.index()) else { continue };
            for edge in [threshold.from, threshold.to] {
                let mut tried = written.clone();
                if let Some(slot) = tried.get_mut(position) {
                    slot.1 = edge;
                }
                if edge != *value && self.is_empty(space, holds, &tried) {
                    alone.insert(id.index());
                    let (last_good, first_bad) = self.turning(space, holds, &written, (position, edge));
                    let show = |value: i64| policy.show(value, threshold.kind);
                    let direction = if edge < *value { "down" } else { "on" };
                    let says = format!(
                        "`{}` may be set from {} to {}, but with {} and from there {direction} the {} \"{}\" never holds; with {} it can",
                        threshold.name,
                        show(threshold.from),
                        show(threshold.to),
                        show(first_bad),
                        asked.at.statement,
                        asked.at.name,
                        show(last_good)
                    );
                    let at = self.at("threshold", &threshold.name, threshold.span);
                    self.proved(
                        Kind::EmptyThreshold,
                        at,
                        vec![asked.at.clone()],
                        says,
                        "with that value its condition holds for no account",
                    );
                }
            }
        }
        if asked.thresholds.len() > 1 && asked.thresholds.len() <= MOST_TOGETHER {
            self.together(space, asked, holds, &alone);
        }
    }

    /// Thresholds whose values exclude each other, though each alone may be set.
    fn together(&mut self, space: &mut Space<'_>, asked: &Asked<'_>, holds: Lit, alone: &BTreeSet<usize>) {
        let policy = self.policy;
        let pairs = asked
            .thresholds
            .iter()
            .enumerate()
            .flat_map(|(at, one)| asked.thresholds.iter().skip(at + 1).map(move |other| (*one, *other)));
        for (one, other) in
            pairs.filter(|(one, other)| !alone.contains(&one.index()) && !alone.contains(&other.index()))
        {
            let (Some(first), Some(second)) =
                (policy.thresholds().get(one.index()), policy.thresholds().get(other.index()))
            else {
                continue;
            };
            let corners =
                [(first.from, second.from), (first.from, second.to), (first.to, second.from), (first.to, second.to)];
            for (a, b) in corners {
                let others = asked.thresholds.iter().filter(|id| **id != one && **id != other);
                let mut tried: Vec<(ThresholdId, i64)> =
                    others.map(|id| (*id, policy.threshold_value(*id).unwrap_or(0))).collect();
                tried.extend([(one, a), (other, b)]);
                if self.is_empty(space, holds, &tried) {
                    let says = format!(
                        "with `{}` set to {} and `{}` to {}, both inside their ranges, the {} \"{}\" never holds",
                        first.name,
                        policy.show(a, first.kind),
                        second.name,
                        policy.show(b, second.kind),
                        asked.at.statement,
                        asked.at.name
                    );
                    let at = self.at("threshold", &first.name, first.span);
                    let others = vec![self.at("threshold", &second.name, second.span), asked.at.clone()];
                    self.proved(
                        Kind::EmptyThreshold,
                        at,
                        others,
                        says,
                        "with those values its condition holds for no account",
                    );
                    break;
                }
            }
        }
    }

    /// Whether a condition holds for no account with these values.
    fn is_empty(&mut self, space: &mut Space<'_>, holds: Lit, values: &[(ThresholdId, i64)]) -> bool {
        let mut wanted = vec![holds];
        for (id, value) in values {
            wanted.push(space.is(Var::Threshold(id.index()), *value));
        }
        space.may_be(&wanted, self.effort.conflicts) == Some(false)
    }

    /// The values of a threshold between which a condition ceases to be possible.
    fn turning(
        &mut self,
        space: &mut Space<'_>,
        holds: Lit,
        written: &[(ThresholdId, i64)],
        (position, edge): (usize, i64),
    ) -> (i64, i64) {
        let mut tried = written.to_vec();
        let (mut good, mut bad) = (tried.get(position).map_or(0, |(_, value)| *value), edge);
        while good.abs_diff(bad) > 1 {
            let middle = good.midpoint(bad);
            if let Some(slot) = tried.get_mut(position) {
                slot.1 = middle;
            }
            if self.is_empty(space, holds, &tried) { bad = middle } else { good = middle }
        }
        (good, bad)
    }
}
