//! What ties two policies together: what is one thing of an account is one thing in the clauses of both.

use super::domain::{Shape, Var};
use super::opaque::Opaque;
use super::pair::{Pair, position_of};
use super::sat::Lit;
use super::space::Space;
use arrears::Policy;
use arrears::condition::{FactId, Num, NumKind, WordSet};
use arrears::policy::{ClockPeriod, Formula, Treatment};
use std::collections::BTreeMap;

impl Pair<'_> {
    /// Ties the facts that are one, and their sums.
    pub(crate) fn tie(&mut self) {
        for (one, other) in self.shared.clone() {
            let (var, its) = (Var::Fact(one), Var::Fact(other));
            if self.a.domains.contains_key(&var) && self.b.domains.contains_key(&its) {
                self.tie_fact((one, var), (other, its));
            }
        }
        self.tie_computed();
        self.tie_sums();
        self.tie_products();
        self.tie_times();
    }

    fn tie_fact(&mut self, (one, var): (FactId, Var), (other, its): (FactId, Var)) {
        let a = self.a.state(var);
        let b = self.of_b(|space| space.state(its));
        for (first, second) in [(a.0, b.0), (a.1, b.1)] {
            self.a.sat.same(first, second);
        }
        if self.a.domains.get(&var).is_some_and(|domain| matches!(domain.shape, Shape::Words(_))) {
            return self.tie_words((one, var), (other, its));
        }
        let mut edges = self.a.domains.get(&var).map(|domain| domain.edges()).unwrap_or_default();
        edges.extend(self.b.domains.get(&its).map(|domain| domain.edges()).unwrap_or_default());
        edges.extend([-1, 0]);
        for edge in edges {
            let first = self.a.at_most(var, edge);
            let second = self.of_b(|space| space.at_most(its, edge));
            self.a.sat.implies(&[a.2, first], second);
            self.a.sat.implies(&[a.2, second], first);
        }
    }

    /// A word is the same word in both; one that the other does not know is another word there, or none.
    fn tie_words(&mut self, (one, var): (FactId, Var), (other, its): (FactId, Var)) {
        let (Some(input), Some(theirs)) = (self.a.policy.input(one), self.b.policy.input(other)) else { return };
        for (position, word) in (0_i64..).zip(&input.words) {
            let first = self.a.is(var, position);
            let second = match position_of(theirs, word) {
                Some(place) => self.of_b(|space| space.is(its, place)),
                None => self.of_b(|space| space.is(its, WordSet::OTHER)),
            };
            self.a.sat.implies(&[first], second);
        }
        for (position, word) in (0_i64..).zip(&theirs.words) {
            let second = self.of_b(|space| space.is(its, position));
            let first = match position_of(input, word) {
                Some(place) => self.a.is(var, place),
                None => self.a.is(var, WordSet::OTHER),
            };
            self.a.sat.implies(&[second], first);
        }
    }

    /// A sum of facts is at most a number in both, or in neither.
    fn tie_sums(&mut self) {
        let to_b: BTreeMap<FactId, FactId> = self.shared.iter().copied().collect();
        let mut tied: Vec<[Lit; 2]> = Vec::new();
        for (terms, edges) in &self.a.sums.known {
            let mapped = terms.iter().map(|(var, times)| match var {
                Var::Fact(fact) => to_b.get(fact).map(|fact| (Var::Fact(*fact), *times)),
                Var::Table(_) | Var::Threshold(_) => None,
            });
            let Some(mut mapped) = mapped.collect::<Option<Vec<_>>>() else { continue };
            mapped.sort_unstable_by_key(|(var, _)| *var);
            let flipped = mapped.first().is_some_and(|(_, times)| *times < 0);
            if flipped {
                mapped.iter_mut().for_each(|(_, times)| *times = times.saturating_neg());
            }
            let Some(theirs) = self.b.sums.known.get(&mapped) else { continue };
            let ours = edges.iter().map(|(edge, lit)| {
                if flipped { (edge.saturating_neg().saturating_sub(1), !*lit) } else { (*edge, *lit) }
            });
            let mut all: Vec<(i128, bool, Lit)> = ours.map(|(edge, lit)| (edge, false, lit)).collect();
            all.extend(theirs.iter().map(|(edge, lit)| (*edge, true, *lit)));
            all.sort_unstable_by_key(|(edge, of_b, _)| (*edge, *of_b));
            for pair in all.windows(2) {
                let [(low, _, below), (high, _, above)] = pair else { continue };
                tied.push([*below, *above]);
                if low == high {
                    tied.push([*above, *below]);
                }
            }
        }
        for [below, above] in tied {
            self.a.sat.implies(&[below], above);
        }
    }

    /// What is computed in the same way from facts of the same name is the same. The axes of the assessment and the
    /// quadrant follow from their signs.
    fn tie_computed(&mut self) {
        let (a, b) = (self.a.policy, self.b.policy);
        let theirs: BTreeMap<&str, (FactId, Formula)> =
            b.derived_facts().filter_map(|(id, formula)| Some((b.input(id)?.name.as_str(), (id, formula)))).collect();
        for (id, formula) in a.derived_facts() {
            let Some(input) = a.input(id) else { continue };
            let Some((other, its)) = theirs.get(input.name.as_str()).copied() else { continue };
            let one = match (formula, its) {
                (Formula::Bucket(_), Formula::Bucket(_)) => a.head().buckets == b.head().buckets,
                (Formula::Utilisation { .. }, Formula::Utilisation { .. }) => true,
                (Formula::Reachable { .. }, Formula::Reachable { .. }) => true,
                _ => false,
            };
            let (var, its) = (Var::Fact(id), Var::Fact(other));
            if one && self.a.domains.contains_key(&var) && self.b.domains.contains_key(&its) {
                self.tie_fact((id, var), (other, its));
            }
        }
    }

    /// Products and shares of the same facts compare alike.
    fn tie_products(&mut self) {
        let of_b: BTreeMap<String, Lit> =
            self.b.opaques.iter().map(|opaque| (written(self.b.policy, opaque), opaque.lit)).collect();
        let ours: Vec<(String, Lit)> =
            self.a.opaques.iter().map(|opaque| (written(self.a.policy, opaque), opaque.lit)).collect();
        for (text, lit) in ours {
            if let Some(other) = of_b.get(&text) {
                self.a.sat.same(lit, *other);
            }
        }
    }

    /// Whether there is time for a contact today is the same where the clock and the hours are.
    fn tie_times(&mut self) {
        let (a, b) = (self.a.policy, self.b.policy);
        if a.head().zone != b.head().zone {
            return;
        }
        let mut same: Vec<[Lit; 2]> = Vec::new();
        let late = &self.b.turns.late;
        same.extend(self.a.turns.late.iter().filter_map(|(at, lit)| Some([*lit, *late.get(at)?])));
        if hours_of_people(a) == hours_of_people(b) {
            same.extend(self.a.turns.own_time.zip(self.b.turns.own_time).map(|(one, other)| [one, other]));
            for (index, treatment) in a.treatments().iter().enumerate() {
                let other = b.treatments().iter().position(|it| it.name == treatment.name);
                let Some(other) = other.filter(|other| {
                    b.treatments().get(*other).is_some_and(|it| kept(it) == kept(treatment) && it.at == treatment.at)
                }) else {
                    continue;
                };
                let of = |space: &Space<'_>, at: usize| {
                    [space.turns.no_time.get(&at).copied(), space.turns.timed.get(&at).copied()]
                };
                for (one, its) in of(&self.a, index).into_iter().zip(of(&self.b, other)) {
                    same.extend(one.zip(its).map(|(one, its)| [one, its]));
                }
            }
        }
        for [one, other] in same {
            self.a.sat.same(one, other);
        }
    }
}

/// The hours of occupations, by their names.
fn hours_of_people(policy: &Policy) -> Vec<(&str, ClockPeriod)> {
    policy.hours().iter().map(|hours| (hours.occupation.as_str(), hours.period)).collect()
}

/// The hours that rules keep for a treatment, written out.
fn kept(treatment: &Treatment) -> Vec<String> {
    treatment.hours.iter().map(|kept| format!("{:?} {:?}", kept.week, kept.calendar)).collect()
}

/// A comparison by the names of its facts and the values of its thresholds.
fn written(policy: &Policy, opaque: &Opaque) -> String {
    format!("{:?} {} {}", opaque.cmp, number(policy, &opaque.left), number(policy, &opaque.right))
}

fn number(policy: &Policy, num: &Num) -> String {
    match &num.kind {
        NumKind::Fact(id) => policy.input(*id).map(|input| input.name.clone()).unwrap_or_default(),
        NumKind::Literal(value) => value.to_string(),
        NumKind::Threshold(id) => policy.threshold_value(*id).unwrap_or_default().to_string(),
        NumKind::Op(op, left, right) => format!("({op:?} {} {})", number(policy, left), number(policy, right)),
        NumKind::Negate(inner) => format!("(- {})", number(policy, inner)),
        NumKind::Abs(inner) => format!("(abs {})", number(policy, inner)),
        NumKind::Coalesce(first, second) => format!("(?? {} {})", number(policy, first), number(policy, second)),
    }
}
