//! What a policy's conditions ask of its facts, and what of that must be watched.

use super::asking::{Asking, Askings};
use super::foresight::{Foresight, Window};
use crate::condition::{Cmp, Cond, CondKind, FactId, Num, NumKind, WordSet};
use crate::number::Cell;
use crate::policy::{Formula, Moves, Need, Policy};
use std::collections::{BTreeMap, BTreeSet};

/// What conditions ask.
#[derive(Default)]
struct Asked {
    /// The stages of accounts of which a fact is asked.
    facts: BTreeMap<FactId, WordSet>,
    /// The edges of facts, with the stages of accounts of which they are asked.
    edges: BTreeMap<FactId, BTreeMap<i64, WordSet>>,
    /// Where counts over a window are asked.
    places: Askings,
    pairs: BTreeSet<(FactId, FactId)>,
    computed: BTreeSet<FactId>,
}

impl Foresight {
    /// Of rows in which some facts are the same for all; `fixed` gives those. None if the
    /// policy asks for what only the row engine follows: days since the last decision, nights
    /// that are caught up with, more signs than a word has bits.
    pub fn of(policy: &Policy, fixed: &dyn Fn(FactId) -> Option<Cell>) -> Option<Self> {
        let body = &policy.body;
        let course = &body.course;
        if body.escalate.catch_up || body.signs.len() > 64 {
            return None;
        }
        let mut asked = Asked::of(policy);
        asked.through_formulas(policy)?;
        let mut written: BTreeSet<FactId> = BTreeSet::new();
        let known = &body.known;
        let state = [known.previous_stage, known.days_in_stage, known.previous_rung, known.days_on_rung].into_iter();
        let counts = body.treatments.iter().flat_map(|it| [it.cadence.count, it.cadence.retries]).flatten();
        let counts = counts.filter(|count| fixed(*count) != Some(Cell::number(0)));
        let counts: BTreeSet<FactId> = counts.collect();
        written.extend(state.chain(course.previous_type).chain(counts.iter().copied()));
        written.insert(known.days_since_decision);
        written.extend(body.signs.iter().filter_map(|sign| sign.since));
        let stands = |id: FactId| fixed(id).is_some_and(|cell| course.motion(id).stands(cell));
        let mut watch = Self {
            dpd: course.dpd,
            days_to_due: course.days_to_due,
            previous_type: course.previous_type,
            counts: counts.into_iter().collect(),
            ..Self::default()
        };
        let mut needs = written.clone();
        needs.extend([course.dpd, course.days_to_due].into_iter().flatten());
        for (id, input) in policy.fact_ids().zip(policy.inputs()) {
            if matches!(input.need, Need::Derived | Need::Result) {
                continue;
            }
            let motion = course.motion(id);
            let moves = !matches!(motion.moves, Moves::Still | Moves::Derived(_)) && !stands(id);
            if moves {
                watch.movers.push(id);
            }
            if moves || written.contains(&id) {
                watch.moving.push(id);
                needs.insert(id);
            }
            watch.note(id, motion.moves, &mut needs, (asked.facts.get(&id).copied(), asked.places.of(id)))?;
        }
        for (fact, age, days) in &course.expiring {
            watch.ages.push((*fact, *age, *days));
            needs.extend([*fact, *age]);
        }
        watch.passes.extend(course.days_to_due);
        watch.passes.sort_unstable();
        watch.passes.dedup();
        watch.waits = [known.pause_left, known.callback_in, known.retry_in].into_iter().flatten().collect();
        needs.extend(&watch.waits);
        needs.extend(&watch.passes);
        needs.extend(asked.pairs.iter().flat_map(|(first, second)| [*first, *second]));
        for guard in watch.windows.iter().flat_map(|window| &window.askings).flat_map(|asking| &asking.guards) {
            needs.insert(guard.fact);
        }
        needs.extend(asked.edges.keys().chain(&asked.computed));
        for learned in body.learned.iter().filter(|learned| learned.fact.is_some()) {
            needs.extend(learned.reads());
        }
        let movers: BTreeSet<FactId> = watch.moving.iter().copied().collect();
        watch.edges = asked
            .edges
            .into_iter()
            .filter(|(id, _)| movers.contains(id))
            .map(|(id, edges)| (id, edges.into_iter().collect()))
            .collect();
        watch.pairs = asked.pairs.into_iter().filter(|(a, b)| movers.contains(a) || movers.contains(b)).collect();
        watch.computed = asked.computed.into_iter().filter(|id| movers.contains(id)).collect();
        watch.needs = needs.into_iter().collect();
        Some(watch)
    }

    /// Notes what the movement of a fact asks to be watched; none if the row engine alone
    /// follows it.
    fn note(
        &mut self,
        id: FactId,
        moves: Moves,
        needs: &mut BTreeSet<FactId>,
        (asked, places): (Option<WordSet>, Vec<Asking>),
    ) -> Option<()> {
        match moves {
            Moves::Late { due, .. } => {
                self.passes.extend(due);
                self.drifting.extend(asked.map(|stages| (id, stages)));
            }
            Moves::Steps { when, effect } => {
                self.passes.extend(when);
                if let crate::policy::OnStep::Add(other) | crate::policy::OnStep::AddOneIf(other) = effect {
                    needs.extend(other);
                }
            }
            Moves::Expires { drops } | Moves::Reaches { drops, .. } | Moves::Peak { drops } => {
                needs.insert(id);
                needs.extend(drops);
                let rises = !matches!(moves, Moves::Expires { .. });
                self.windows.extend(asked.map(|stages| Window {
                    fact: id,
                    drops,
                    rises,
                    // One that may rise as well may matter wherever it is asked.
                    askings: if rises { vec![Asking { stages, edge: None, guards: Vec::new() }] } else { places },
                }));
                self.drifting.extend(asked.filter(|_| rises).map(|stages| (id, stages)));
                if matches!(moves, Moves::Peak { .. }) {
                    self.peaks.push(id);
                }
            }
            Moves::Ages { .. } | Moves::Rises => {
                needs.extend(asked.map(|_| id));
                self.drifting.extend(asked.map(|stages| (id, stages)));
            }
            // Whether every night decides is not told.
            Moves::Decided | Moves::Seen if asked.is_some() => return None,
            _ => {}
        }
        Some(())
    }
}

impl Asked {
    fn of(policy: &Policy) -> Self {
        let body = &policy.body;
        let mut asked = Self::default();
        let everywhere = everywhere(policy);
        let signs = body.signs.iter().map(|sign| &sign.when);
        let people = signs.chain(body.holds.iter().map(|hold| &hold.when));
        let types = body.types.iter().filter_map(|kind| kind.when.as_ref());
        let ladder = body.stages.iter().filter_map(|stage| stage.when.as_ref());
        let down = body.cures.iter().map(|cure| &cure.when).chain(body.eases.iter().map(|ease| &ease.when));
        for cond in people.chain(types).chain(ladder).chain(down) {
            asked.cond(policy, cond, everywhere);
        }
        for dwell in body.stages.iter().filter_map(|stage| stage.dwell.as_ref()) {
            asked.reaches(policy, (body.known.days_on_rung, dwell), everywhere);
        }
        for treatment in &body.treatments {
            let stages = treatment.stages;
            for cond in treatment.conditions() {
                asked.cond(policy, cond, stages);
            }
            let rest = treatment.since().zip(treatment.every.as_ref());
            let limit = treatment.count().zip(treatment.at_most.as_ref());
            for reached in rest.into_iter().chain(limit) {
                asked.reaches(policy, reached, stages);
            }
            let fixed = [treatment.opted_out, treatment.consent].into_iter().flatten();
            for fact in fixed.chain(treatment.numbers.iter().map(|point| point.fact)) {
                asked.beside(policy, fact, stages);
            }
        }
        for sign in &body.signs {
            // That a sign counts after it was seen is told by itself.
            if let Some(since) = sign.since {
                asked.edge(since, (sign.lasts, Cmp::Le), everywhere);
            }
        }
        asked
    }

    fn fact(&mut self, fact: FactId, stages: WordSet) {
        let known = self.facts.entry(fact).or_default();
        *known = known.or(stages);
    }

    /// A fact that is asked for otherwise than by a condition.
    fn beside(&mut self, policy: &Policy, fact: FactId, stages: WordSet) {
        self.fact(fact, stages);
        self.places.fact(policy, fact, stages);
    }

    fn cond(&mut self, policy: &Policy, cond: &Cond, stages: WordSet) {
        self.places.cond(policy, cond, stages);
        cond.each_fact(&mut |id| self.fact(id, stages));
        cond.each(&mut |part| match &part.kind {
            CondKind::Compare(cmp, left, right) => self.compare(policy, *cmp, (left, right), stages),
            CondKind::NotSince(first, second) => {
                self.pairs.insert((*first, *second));
            }
            CondKind::Within(word, _) if !matches!(word.kind, NumKind::Fact(_)) => self.of_numbers(word),
            _ => {}
        });
    }

    fn reaches(&mut self, policy: &Policy, (fact, number): (FactId, &Num), stages: WordSet) {
        self.beside(policy, fact, stages);
        number.each(&mut |part| {
            if let NumKind::Fact(id) = part.kind {
                self.beside(policy, id, stages);
            }
        });
        match (fixed_number(policy, number), &number.kind) {
            (Some(value), _) => self.edge(fact, (value, Cmp::Ge), stages),
            (None, NumKind::Fact(other)) => {
                self.pairs.insert((fact, *other));
            }
            _ => {
                self.computed.insert(fact);
                self.of_numbers(number);
            }
        }
    }

    fn compare(&mut self, policy: &Policy, cmp: Cmp, (left, right): (&Num, &Num), stages: WordSet) {
        let fixed = |number: &Num| fixed_number(policy, number);
        match (&left.kind, &right.kind) {
            (NumKind::Fact(first), NumKind::Fact(second)) => {
                self.pairs.insert((*first, *second));
            }
            (NumKind::Fact(id), _) if fixed(right).is_some() => {
                self.edge(*id, (fixed(right).unwrap_or(0), cmp), stages)
            }
            (_, NumKind::Fact(id)) if fixed(left).is_some() => {
                self.edge(*id, (fixed(left).unwrap_or(0), Cmp::Eq), stages);
            }
            _ => {
                self.of_numbers(left);
                self.of_numbers(right);
            }
        }
    }

    fn of_numbers(&mut self, number: &Num) {
        number.each(&mut |part| {
            if let NumKind::Fact(id) = part.kind {
                self.computed.insert(id);
            }
        });
    }

    fn edge(&mut self, fact: FactId, (value, cmp): (i64, Cmp), stages: WordSet) {
        let edges = self.edges.entry(fact).or_default();
        let mut put = |edge: i64| {
            let known = edges.entry(edge).or_default();
            *known = known.or(stages);
        };
        if !matches!(cmp, Cmp::Le | Cmp::Gt) {
            put(value);
        }
        if !matches!(cmp, Cmp::Lt | Cmp::Ge) {
            put(value.saturating_add(1));
        }
    }

    /// What is asked of facts is asked of those of which they are computed; none if that is
    /// of numbers that move each day.
    fn through_formulas(&mut self, policy: &Policy) -> Option<()> {
        let course = &policy.body.course;
        for (id, formula) in policy.derived_facts() {
            let inputs: Vec<FactId> = match formula {
                Formula::Bucket(dpd) => {
                    for edge in &policy.body.head.buckets {
                        dpd.into_iter().for_each(|dpd| self.edge(dpd, (*edge, Cmp::Ge), everywhere(policy)));
                    }
                    dpd.into_iter().collect()
                }
                Formula::Utilisation { balance, limit } => {
                    let slopes = |id: &FactId| !matches!(course.motion(*id).moves, Moves::Still | Moves::Steps { .. });
                    let inputs: Vec<FactId> = [balance, limit].into_iter().flatten().collect();
                    if inputs.iter().any(slopes) {
                        return None;
                    }
                    inputs
                }
                Formula::Reachable { numbers, lost } => numbers.into_iter().chain([lost]).flatten().collect(),
                Formula::Axis(_) | Formula::Quadrant { .. } | Formula::Nothing => Vec::new(),
            };
            if let Some(stages) = self.facts.get(&id).copied() {
                inputs.into_iter().for_each(|input| self.beside(policy, input, stages));
            }
        }
        for id in policy.fact_ids() {
            if let Moves::Reaches { days, .. } = course.motion(id).moves {
                course.dpd.into_iter().for_each(|dpd| self.edge(dpd, (days, Cmp::Ge), everywhere(policy)));
            }
        }
        Some(())
    }
}

/// All stages of a policy.
fn everywhere(policy: &Policy) -> WordSet {
    (0..policy.body.stages.len()).fold(WordSet::default(), |all, stage| all.or(WordSet::of(stage)))
}

pub(super) fn fixed_number(policy: &Policy, number: &Num) -> Option<i64> {
    match &number.kind {
        NumKind::Literal(value) => Some(*value),
        NumKind::Threshold(id) => policy.threshold_value(*id),
        _ => None,
    }
}
