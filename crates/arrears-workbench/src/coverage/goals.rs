//! What an account would have to be, so that it exercises something.

use super::exercise::Exercise;
use super::plan::{Plan, clauses};
use crate::clauses::{Position, statements};
use arrears::condition::{Cond, CondKind, RowReading, Truth, WordSet};
use arrears::policy::Treatment;
use arrears::trial::{Bench, Mend};
use arrears::{Cell, Policy, Row};

/// Something that is not exercised yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A statement that took no effect.
    Statement(usize),
    /// A part that was never seen so.
    Leaf(usize, Aspect),
}

/// How a part should be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    Holds,
    Fails,
    Decides,
}

impl Target {
    /// Whether it was exercised.
    pub(super) fn is_met(self, exercise: &Exercise) -> bool {
        let times = match self {
            Self::Statement(index) => exercise.statements.get(index).copied(),
            Self::Leaf(index, aspect) => exercise.leaves.get(index).map(|leaf| match aspect {
                Aspect::Holds => leaf.holds,
                Aspect::Fails => leaf.fails,
                Aspect::Decides => leaf.decides,
            }),
        };
        times.is_some_and(|times| times > 0)
    }

    /// The statement in which it stands.
    pub(super) fn statement(self, plan: &Plan) -> Option<usize> {
        match self {
            Self::Statement(index) => Some(index),
            Self::Leaf(index, _) => plan.leaves.get(index).map(|leaf| leaf.statement),
        }
    }
}

/// A condition, and how it should read.
type Goal<'p> = (&'p Cond, bool);

/// The way to a target in one stage: conditions in the order in which they are to be met, and the treatments that
/// would take the turn before.
pub(super) struct Way<'p> {
    policy: &'p Policy,
    goals: Vec<Goal<'p>>,
    before: Vec<&'p Treatment>,
    own: Option<&'p Treatment>,
    /// The stage from which the account should come; none for an account without state.
    pub(super) from: Option<usize>,
}

/// The ways to a target: one for each stage that its treatment belongs to, else one.
pub(super) fn ways<'p>(policy: &'p Policy, plan: &Plan, target: Target) -> Vec<Way<'p>> {
    let all = statements(policy);
    let Some(statement) = target.statement(plan).and_then(|index| all.get(index)) else { return Vec::new() };
    let applies = policy.applies().map(|cond| (cond, true));
    let not_held = || policy.holds().iter().map(|hold| (&hold.when, false));
    let own = own_goals(plan, target, &clauses(statement).collect::<Vec<_>>());
    let way = |goals: Vec<Goal<'p>>, from| {
        let goals = applies.into_iter().chain(goals).chain(own.iter().copied()).collect();
        Way { policy, goals, before: Vec::new(), own: None, from }
    };
    match statement.position {
        Position::Sign(_) | Position::Hold(_) => vec![way(Vec::new(), None)],
        Position::Duty(_) | Position::Act(_) => vec![way(not_held().collect(), None)],
        Position::Type(at) => {
            let earlier = policy.debtor_types().iter().take(at).filter_map(|kind| kind.when.as_ref());
            vec![way(earlier.map(|when| (when, false)).collect(), None)]
        }
        Position::Stage(at) => {
            let others = in_stage(policy, at).into_iter().filter(|(_, want)| !want).collect();
            vec![way(others, rung_below(policy, at))]
        }
        Position::Cure(_) | Position::Ease(_) => {
            let top = policy.stages().iter().rposition(|stage| !stage.beside).filter(|top| *top > 0);
            let rungs =
                policy.stages().iter().skip(1).filter_map(|stage| stage.when.as_ref()).map(|when| (when, false));
            let cures = matches!(statement.position, Position::Ease(_)).then(|| policy.cures().iter());
            let cures = cures.into_iter().flatten().map(|cure| (&cure.when, false));
            // What is met first is the way down itself; rungs that would be climbed again come last.
            let mut ways = vec![way(cures.collect(), top)];
            ways.iter_mut().for_each(|way| way.goals.extend(rungs.clone()));
            ways
        }
        Position::Treatment(at) => {
            let Some(treatment) = policy.treatments().get(at) else { return Vec::new() };
            let mut ways = Vec::new();
            for stage in treatment.stages.positions() {
                let mut goals: Vec<Goal<'p>> = not_held().collect();
                goals.extend(in_stage(policy, stage));
                let mut way = way(goals, (stage > 0).then_some(stage));
                let turns = u8::try_from(stage).ok().map(arrears::policy::StageId::at).map(|id| policy.turns(id));
                let earlier = turns.into_iter().flatten().take_while(|id| id.index() != at);
                way.before = earlier.filter_map(|id| policy.treatments().get(id.index())).collect();
                way.own = Some(treatment);
                ways.push(way);
            }
            ways
        }
    }
}

/// What puts an account in a stage and in no more severe one.
fn in_stage(policy: &Policy, at: usize) -> Vec<Goal<'_>> {
    let stages = policy.stages();
    let beside = stages.get(at).is_some_and(|stage| stage.beside);
    let others = stages
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(index, other)| if beside { other.beside && *index < at } else { other.beside || *index > at });
    let others = others.filter_map(|(_, other)| Some((other.when.as_ref()?, false)));
    let own = stages.get(at).and_then(|stage| stage.when.as_ref()).map(|when| (when, true));
    others.chain(own).collect()
}

fn rung_below(policy: &Policy, at: usize) -> Option<usize> {
    let below = policy.stages().iter().enumerate().take(at).rev().find(|(_, stage)| !stage.beside);
    below.map(|(index, _)| index).filter(|index| *index > 0)
}

/// What the statement itself would have to read.
fn own_goals<'p>(plan: &Plan, target: Target, clauses: &[(&'static str, &'p Cond)]) -> Vec<Goal<'p>> {
    let whole = |name: &'static str, want: bool| {
        clauses.iter().filter(move |(it, _)| *it == name).map(move |(_, cond)| (*cond, want))
    };
    match target {
        Target::Statement(_) => whole("when", true).chain(whole("unless", false)).collect(),
        Target::Leaf(index, aspect) => {
            let Some(planned) = plan.leaves.get(index) else { return Vec::new() };
            let mut goals: Vec<Goal<'p>> = Vec::new();
            if planned.clause == "unless" {
                goals.extend(whole("when", true));
            }
            for (name, cond) in clauses.iter().filter(|(name, _)| *name == planned.clause) {
                let mut ordinal = 0;
                let is_it = &mut |leaf: &Cond| {
                    let at = plan.leaf(leaf, (planned.statement, name, ordinal));
                    ordinal += 1;
                    at == Some(index)
                };
                if let Some((leaf, beside)) = path(cond, is_it) {
                    if aspect == Aspect::Decides {
                        goals.extend(beside);
                    }
                    goals.push((leaf, aspect != Aspect::Fails));
                    break;
                }
            }
            goals
        }
    }
}

/// The leaf that is meant, and what its neighbours must read so that it decides.
fn path<'p>(cond: &'p Cond, is_it: &mut dyn FnMut(&Cond) -> bool) -> Option<(&'p Cond, Vec<Goal<'p>>)> {
    let among = |parts: &'p [Cond], want: bool, is_it: &mut dyn FnMut(&Cond) -> bool| {
        for (index, part) in parts.iter().enumerate() {
            if let Some((leaf, mut beside)) = path(part, is_it) {
                let others = parts.iter().enumerate().filter(|(other, _)| *other != index);
                beside.extend(others.map(|(_, other)| (other, want)));
                return Some((leaf, beside));
            }
        }
        None
    };
    match &cond.kind {
        CondKind::Not(inner) => path(inner, is_it),
        CondKind::Define(_, inner) => path(inner, is_it),
        CondKind::All(parts) => among(parts, true, is_it),
        CondKind::Any(parts) => among(parts, false, is_it),
        CondKind::Coalesce(first, second) => path(first, is_it).or_else(|| path(second, is_it)),
        CondKind::Constant(_) => None,
        _ => is_it(cond).then(|| (cond, Vec::new())),
    }
}

impl<'p> Way<'p> {
    /// What to change next on the way; nothing left to change where it leads nowhere.
    pub(super) fn next(&self, bench: &Bench<'_>, row: &Row, types: WordSet) -> Vec<Mend> {
        let bench = bench.with_types(types);
        let open = |(cond, want): &&Goal<'p>| bench.truth(cond, row.cells()) != Truth::of(*want);
        if let Some((cond, want)) = self.goals.iter().find(open) {
            return bench.mends(cond, *want, row);
        }
        for treatment in &self.before {
            let mends = self.passed_over(&bench, treatment, row);
            if !mends.is_empty() {
                return mends;
            }
        }
        self.own.map(|own| available(self.policy, own, row)).unwrap_or_default()
    }

    /// What makes a treatment's turn pass: it does not fit, or it was used as often as it may.
    fn passed_over(&self, bench: &Bench<'_>, treatment: &Treatment, row: &Row) -> Vec<Mend> {
        let used = treatment.count().zip(treatment.at_most.as_ref()).and_then(|(count, most)| {
            let thresholds: Vec<i64> = self.policy.threshold_values().map(|(_, value)| value).collect();
            let reading = RowReading { cells: row.cells(), thresholds: &thresholds, types: WordSet::default() };
            let most = most.read(&reading).get()?;
            (row.cell(count).get().is_none_or(|made| made < most))
                .then_some(Mend { fact: count, cell: Cell::number(most) })
        });
        let exhausted = treatment.count().is_some() && treatment.at_most.is_some() && used.is_none();
        match &treatment.when {
            Some(when) if bench.truth(when, row.cells()).is_false() => Vec::new(),
            _ if exhausted => Vec::new(),
            Some(when) => bench.mends(when, false, row).into_iter().chain(used).collect(),
            None => used.into_iter().collect(),
        }
    }
}

/// What makes a treatment one that can be had: no refusal, consent, a valid number.
fn available(policy: &Policy, treatment: &Treatment, row: &Row) -> Vec<Mend> {
    let refused = treatment.opted_out.map(|fact| Mend { fact, cell: Cell::FALSE });
    let consent = treatment.consent.map(|fact| Mend { fact, cell: Cell::TRUE });
    let valid = |point: &arrears::policy::Point| {
        let cell = policy.input(point.fact)?.word("valid")?;
        Some(Mend { fact: point.fact, cell })
    };
    let mends = refused.into_iter().chain(consent).chain(treatment.numbers.iter().filter_map(valid));
    mends.filter(|mend| row.cell(mend.fact) != mend.cell).collect()
}
