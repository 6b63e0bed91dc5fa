//! What of a policy's facts decides when a decision may differ: edges that days cross, facts
//! that step, facts of which a row does not tell every day.

use crate::condition::{Cmp, Cond, CondKind, FactId, Num, NumKind};
use crate::number::Cell;
use crate::policy::{Formula, Moves, Need, Policy};
use std::collections::{BTreeMap, BTreeSet};

/// What is watched, each fact by its position in the policy.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// The facts that a night may change.
    pub(super) moving: Vec<FactId>,
    /// Those of them that days move.
    pub(super) movers: Vec<FactId>,
    /// The moving facts and those by which they move, or by which it is told how far.
    pub(super) needs: Vec<FactId>,
    /// What a decision leaves otherwise than it found it.
    pub(super) state: Vec<FactId>,
    /// The numbers with which a fact is compared, in order: an edge at `n` lies between
    /// `n - 1` and `n`.
    pub(super) edges: Vec<(FactId, Vec<i64>)>,
    /// Facts that are compared with each other.
    pub(super) pairs: Vec<(FactId, FactId)>,
    /// Facts of which other numbers are computed.
    pub(super) computed: Vec<FactId>,
    /// Facts on whose passing zero others step.
    pub(super) passes: Vec<FactId>,
    /// Waits that a result of a contact asked for.
    pub(super) waits: Vec<FactId>,
    /// Facts that grow too old, with their age and the last age at which they are known.
    pub(super) ages: Vec<(FactId, FactId, i64)>,
    /// The greatest days past due of a time.
    pub(super) peaks: Vec<FactId>,
    /// Counts over a window, with the day on which they fall.
    pub(super) windows: Vec<(FactId, Option<FactId>)>,
    /// Facts that may rise on a day that the row does not tell.
    pub(super) drifting: Vec<FactId>,
}

/// What conditions ask.
#[derive(Default)]
struct Asked {
    facts: BTreeSet<FactId>,
    edges: BTreeMap<FactId, BTreeSet<i64>>,
    pairs: BTreeSet<(FactId, FactId)>,
    computed: BTreeSet<FactId>,
}

impl Watch {
    pub(super) fn of(policy: &Policy, fixed: &dyn Fn(FactId) -> Option<Cell>) -> Option<Self> {
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
        let state: BTreeSet<FactId> = state.chain(course.previous_type).chain(counts).collect();
        written.extend(&state);
        written.insert(known.days_since_decision);
        written.extend(body.signs.iter().filter_map(|sign| sign.since));
        let stands = |id: FactId| fixed(id).is_some_and(|cell| course.motion(id).stands(cell));
        let mut watch = Self { state: state.into_iter().collect(), ..Self::default() };
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
            watch.note(id, motion.moves, &mut needs, asked.facts.contains(&id))?;
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
        needs.extend(asked.edges.keys().chain(&asked.computed));
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
    fn note(&mut self, id: FactId, moves: Moves, needs: &mut BTreeSet<FactId>, asked: bool) -> Option<()> {
        match moves {
            Moves::Late { due, .. } => {
                self.passes.extend(due);
                if asked {
                    self.drifting.push(id);
                }
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
                if asked {
                    self.windows.push((id, drops));
                }
                if asked && !matches!(moves, Moves::Expires { .. }) {
                    self.drifting.push(id);
                }
                if matches!(moves, Moves::Peak { .. }) {
                    self.peaks.push(id);
                }
            }
            Moves::Ages { .. } | Moves::Rises if asked => {
                needs.insert(id);
                self.drifting.push(id);
            }
            // Whether every night decides is not told.
            Moves::Decided | Moves::Seen if asked => return None,
            _ => {}
        }
        Some(())
    }
}

impl Asked {
    fn of(policy: &Policy) -> Self {
        let body = &policy.body;
        let mut asked = Self::default();
        let signs = body.signs.iter().map(|sign| &sign.when);
        let people = signs.chain(body.holds.iter().map(|hold| &hold.when));
        let types = body.types.iter().filter_map(|kind| kind.when.as_ref());
        let ladder = body.stages.iter().filter_map(|stage| stage.when.as_ref());
        let down = body.cures.iter().map(|cure| &cure.when).chain(body.eases.iter().map(|ease| &ease.when));
        let turns = body.treatments.iter().flat_map(|it| it.when.iter().chain(it.unless.iter()));
        for cond in people.chain(types).chain(ladder).chain(down).chain(turns) {
            asked.cond(policy, cond);
        }
        for stage in &body.stages {
            if let Some(dwell) = &stage.dwell {
                asked.reaches(policy, body.known.days_on_rung, dwell);
            }
        }
        for treatment in &body.treatments {
            let rest = treatment.since().zip(treatment.every.as_ref());
            let limit = treatment.count().zip(treatment.at_most.as_ref());
            for (fact, number) in rest.into_iter().chain(limit) {
                asked.reaches(policy, fact, number);
            }
            asked.facts.extend([treatment.opted_out, treatment.consent].into_iter().flatten());
            asked.facts.extend(treatment.numbers.iter().map(|point| point.fact));
        }
        for sign in &body.signs {
            // That a sign counts after it was seen is told by itself.
            if let Some(since) = sign.since {
                asked.edge(since, sign.lasts, Cmp::Le);
            }
        }
        asked
    }

    fn cond(&mut self, policy: &Policy, cond: &Cond) {
        cond.each_fact(&mut |id| {
            self.facts.insert(id);
        });
        cond.each(&mut |part| match &part.kind {
            CondKind::Compare(cmp, left, right) => self.compare(policy, *cmp, left, right),
            CondKind::NotSince(first, second) => {
                self.pairs.insert((*first, *second));
            }
            CondKind::Within(word, _) if !matches!(word.kind, NumKind::Fact(_)) => self.of_numbers(word),
            _ => {}
        });
    }

    fn reaches(&mut self, policy: &Policy, fact: FactId, number: &Num) {
        self.facts.insert(fact);
        number.each(&mut |part| {
            if let NumKind::Fact(id) = part.kind {
                self.facts.insert(id);
            }
        });
        match (fixed_number(policy, number), &number.kind) {
            (Some(value), _) => self.edge(fact, value, Cmp::Ge),
            (None, NumKind::Fact(other)) => {
                self.pairs.insert((fact, *other));
            }
            _ => {
                self.computed.insert(fact);
                self.of_numbers(number);
            }
        }
    }

    fn compare(&mut self, policy: &Policy, cmp: Cmp, left: &Num, right: &Num) {
        let fixed = |number: &Num| fixed_number(policy, number);
        match (&left.kind, &right.kind) {
            (NumKind::Fact(first), NumKind::Fact(second)) => {
                self.pairs.insert((*first, *second));
            }
            (NumKind::Fact(id), _) if fixed(right).is_some() => self.edge(*id, fixed(right).unwrap_or(0), cmp),
            (_, NumKind::Fact(id)) if fixed(left).is_some() => self.edge(*id, fixed(left).unwrap_or(0), Cmp::Eq),
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

    fn edge(&mut self, fact: FactId, value: i64, cmp: Cmp) {
        let edges = self.edges.entry(fact).or_default();
        if !matches!(cmp, Cmp::Le | Cmp::Gt) {
            edges.insert(value);
        }
        if !matches!(cmp, Cmp::Lt | Cmp::Ge) {
            edges.insert(value.saturating_add(1));
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
                        dpd.into_iter().for_each(|dpd| self.edge(dpd, *edge, Cmp::Ge));
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
            if self.facts.contains(&id) {
                self.facts.extend(inputs);
            }
        }
        for id in policy.fact_ids() {
            if let Moves::Reaches { days, .. } = course.motion(id).moves {
                course.dpd.into_iter().for_each(|dpd| self.edge(dpd, days, Cmp::Ge));
            }
        }
        Some(())
    }
}

fn fixed_number(policy: &Policy, number: &Num) -> Option<i64> {
    match &number.kind {
        NumKind::Literal(value) => Some(*value),
        NumKind::Threshold(id) => policy.threshold_value(*id),
        _ => None,
    }
}
