//! The moves of accounts between the outcomes of two policies, one after another until there is no other.

use super::bounds::{Bounds, Looked};
use super::outcome::{Outcome, WITHOUT};
use super::{Move, Part, Region};
use crate::differ::{Change, Difference, How};
use crate::proof::Account;
use crate::proof::judge::{Judge, Judged};
use crate::proof::pair::{Both, Pair, Sought};
use crate::proof::sat::Lit;
use crate::proof::search::Effort;
use crate::proof::space::Space;
use std::collections::BTreeMap;

/// After as many moves of one part no more are looked for.
const MOST_MOVES: usize = 30;

/// Clauses of a treatment that say when it is chosen, and nothing of what it does.
const OF_ITS_TURN: [&str; 6] = ["in", "when", "unless", "every", "at_most", "instead"];

/// What one policy can decide, each with its literal. What stands for the same in both has one name.
struct Said {
    stages: Vec<(String, Lit)>,
    does: Vec<(String, Lit)>,
    types: Vec<(String, Lit)>,
}

/// A word of A and a word of B, with the literals that say so.
type Step = (String, String, [Lit; 2]);

pub(super) struct Moves<'m, 'p> {
    pair: Pair<'p>,
    judges: [&'m Judge<'m>; 2],
    effort: Effort,
    a: Said,
    b: Said,
    /// Treatments that do another thing in B, by their name in B.
    otherwise: Vec<String>,
    /// Names of B with the name that the same has in A.
    stage_was: BTreeMap<String, String>,
    treatment_was: BTreeMap<String, String>,
    type_was: BTreeMap<String, String>,
    open: Vec<String>,
}

impl<'m, 'p> Moves<'m, 'p> {
    pub(super) fn new(mut pair: Pair<'p>, judges: [&'m Judge<'m>; 2], difference: &Difference, effort: Effort) -> Self {
        let a = said(&mut pair.a);
        let b = pair.of_b(said);
        let was = |keyword: &str| {
            changed(difference, keyword)
                .filter_map(|it| Some((it.name.clone(), it.was.clone()?)))
                .collect::<BTreeMap<_, _>>()
        };
        let otherwise = |change: &&Change| {
            let does = |clause: &str| !OF_ITS_TURN.contains(&clause);
            change.how == How::Changed && change.clauses.iter().any(|it| it.decides && does(&it.clause))
        };
        Self {
            otherwise: changed(difference, "treatment").filter(otherwise).map(|change| change.name.clone()).collect(),
            stage_was: was("stage"),
            treatment_was: was("treatment"),
            type_was: was("debtor"),
            open: pair.apart.clone(),
            pair,
            judges,
            effort,
            a,
            b,
        }
    }

    /// All of it: what moves of stage and treatment first, then the debtor type alone.
    pub(super) fn all(mut self) -> Region {
        let (stages, does) = (self.steps(Of::Stage), self.steps(Of::Does));
        let moved = {
            let (stage, done) = (self.alike(&stages, Of::Stage), self.alike(&does, Of::Does));
            let same = self.pair.a.sat.and(&[stage, done]);
            !same
        };
        let types: Vec<Step> =
            self.steps(Of::Type).into_iter().filter(|(name, its, _)| !self.is_one((name, its), Of::Type)).collect();
        let of_types = {
            let alike = self.types_alike();
            self.pair.a.sat.and(&[!moved, !alike])
        };
        let mut parts = Vec::new();
        let mut complete = self.parts_of(moved, &stages, &does, &mut parts);
        if complete {
            match self.may_be(&[of_types]) {
                Some(false) => {}
                Some(true) => {
                    let only_where = self.bounds(&[of_types]);
                    let (moves, all) = self.moves_of(of_types, &types, (None, Of::Type));
                    parts.push(Part { from: None, to: None, only_where, moves, complete: all });
                }
                None => complete = self.too_long(),
            }
        }
        let loose = |space: &Space<'_>| space.loose.iter().cloned().collect::<Vec<_>>();
        let loose = loose(&self.pair.a).into_iter().chain(loose(&self.pair.b));
        self.open.extend(loose);
        self.open.sort();
        self.open.dedup();
        Region {
            compared: ["debtor_type", "stage", "action", "treatment"],
            same: complete && parts.is_empty(),
            parts,
            complete,
            open: self.open,
        }
    }

    fn too_long(&mut self) -> bool {
        self.open.push("the search for more took too long".to_owned());
        false
    }

    fn may_be(&mut self, wanted: &[Lit]) -> Option<bool> {
        let wanted: Vec<Lit> = wanted.iter().copied().chain(self.pair.assumed()).collect();
        self.pair.may_be(&wanted, self.effort.conflicts)
    }

    /// The words of A with the word of B that stands for the same.
    fn steps(&self, of: Of) -> Vec<Step> {
        let (of_a, of_b, was) = match of {
            Of::Stage => (&self.a.stages, &self.b.stages, &self.stage_was),
            Of::Does => (&self.a.does, &self.b.does, &self.treatment_was),
            Of::Type => (&self.a.types, &self.b.types, &self.type_was),
        };
        let mut steps = Vec::new();
        for (name, lit) in of_a {
            for (its, other) in of_b {
                steps.push((name.clone(), its.clone(), [*lit, *other]));
            }
        }
        let otherwise = |its: &str| of == Of::Does && self.otherwise.iter().any(|name| name == its);
        let one = |step: &Step| was.get(&step.1).unwrap_or(&step.1) == &step.0 && !otherwise(&step.1);
        // What is the same comes first.
        steps.sort_by_key(|step| !one(step));
        steps
    }

    /// Whether both decide alike in this.
    fn alike(&mut self, steps: &[Step], of: Of) -> Lit {
        let mut any = Vec::new();
        for (name, its, lits) in steps {
            if self.is_one((name, its), of) {
                any.push(self.pair.a.sat.and(lits));
            }
        }
        self.pair.a.sat.or(&any)
    }

    fn is_one(&self, (name, its): (&str, &str), of: Of) -> bool {
        let was = match of {
            Of::Stage => &self.stage_was,
            Of::Does => &self.treatment_was,
            Of::Type => &self.type_was,
        };
        let same = was.get(its).map_or(its, String::as_str) == name;
        same && !(of == Of::Does && self.otherwise.iter().any(|known| known == its))
    }

    /// Whether an account may have the same types in both.
    fn types_alike(&mut self) -> Lit {
        let mut all = Vec::new();
        let theirs: Vec<(String, Lit)> = self.b.types.clone();
        let mut met = Vec::new();
        for (name, lit) in self.a.types.clone() {
            let other = theirs.iter().find(|(its, _)| self.is_one((&name, its), Of::Type));
            match other {
                Some((its, other)) => {
                    met.push(its.clone());
                    let (both, neither) = (self.pair.a.sat.and(&[lit, *other]), self.pair.a.sat.and(&[!lit, !*other]));
                    all.push(self.pair.a.sat.or(&[both, neither]));
                }
                None => all.push(!lit),
            }
        }
        all.extend(theirs.iter().filter(|(its, _)| !met.contains(its)).map(|(_, lit)| !*lit));
        self.pair.a.sat.and(&all)
    }

    /// Finds every part in which `moved` holds, by the stages; whether there is no other.
    fn parts_of(&mut self, moved: Lit, stages: &[Step], does: &[Step], found: &mut Vec<Part>) -> bool {
        let not_yet = self.pair.a.sat.variable(true);
        loop {
            match self.may_be(&[moved, not_yet]) {
                Some(false) => return true,
                Some(true) => {}
                None => return self.too_long(),
            }
            let Some(step) = self.held(stages) else { return self.untold() };
            let within: Vec<Lit> = step.2.iter().copied().chain([moved]).collect();
            let only_where = self.bounds(&within);
            let part = self.pair.a.sat.and(&within);
            let (moves, complete) = self.moves_of(part, does, (Some(&step), Of::Does));
            let (from, to) = (Some(step.0), Some(step.1));
            found.push(Part { from, to, only_where, moves, complete });
            let clause: Vec<Lit> = step.2.iter().map(|lit| !*lit).chain([!not_yet]).collect();
            self.pair.a.sat.clause(&clause);
        }
    }

    /// Finds the moves of a part; whether these are all.
    fn moves_of(&mut self, part: Lit, steps: &[Step], (stage, of): (Option<&Step>, Of)) -> (Vec<Move>, bool) {
        let not_yet = self.pair.a.sat.variable(true);
        let mut moves = Vec::new();
        loop {
            match self.may_be(&[part, not_yet]) {
                Some(false) => return (moves, true),
                Some(true) if moves.len() < MOST_MOVES => {}
                _ => return (moves, false),
            }
            let Some(step) = self.held(steps) else { return (moves, self.untold()) };
            let within: Vec<Lit> = step.2.iter().copied().chain([part]).chain(self.pair.assumed()).collect();
            let both = self.shown(&within, (stage, &step), of);
            // What the engine does not show may be an effect of what the clauses leave free.
            let told = both.as_ref().map(|both| self.outcomes(both));
            let (from, to) = told.unwrap_or_else(|| spoken(stage, &step, of));
            let done_otherwise = of == Of::Does && from.stage == to.stage && from.does == to.does;
            let account = both.map(|both| Account::of(self.judges[0], &both.a));
            moves.push(Move { from, to, done_otherwise, account });
            let clause: Vec<Lit> = step.2.iter().map(|lit| !*lit).chain([!not_yet]).collect();
            self.pair.a.sat.clause(&clause);
        }
    }

    fn untold(&mut self) -> bool {
        self.open.push("the clauses allow an account of which the outcome is not told".to_owned());
        false
    }

    /// The words of both that hold in the values found last.
    fn held(&self, steps: &[Step]) -> Option<Step> {
        steps.iter().find(|step| step.2.iter().all(|lit| self.pair.a.sat.holds(*lit))).cloned()
    }

    /// An account that makes the move, decided under both.
    fn shown(&mut self, within: &[Lit], (stage, step): (Option<&Step>, &Step), of: Of) -> Option<Box<Both>> {
        let (a, b) = (self.judges[0].policy, self.judges[1].policy);
        let shows = |ours: &Judged, theirs: &Judged| {
            let (from, to) = (Outcome::of(a, &ours.decision), Outcome::of(b, &theirs.decision));
            match stage {
                Some(stage) => from.stage == stage.0 && to.stage == stage.1 && from.does == step.0 && to.does == step.1,
                None => {
                    of == Of::Type
                        && from.debtor_types != to.debtor_types
                        && from.debtor_types.contains(&step.0)
                        && to.debtor_types.contains(&step.1)
                }
            }
        };
        match self.pair.find(within, self.judges, &shows, self.effort) {
            Sought::Shown(both) => Some(both),
            Sought::None | Sought::Unknown => None,
        }
    }

    fn outcomes(&self, both: &Both) -> (Outcome, Outcome) {
        let [a, b] = self.judges;
        (Outcome::of(a.policy, &both.a.decision), Outcome::of(b.policy, &both.b.decision))
    }

    /// Between which values facts must lie.
    fn bounds(&mut self, within: &[Lit]) -> Vec<Bounds> {
        let within: Vec<Lit> = within.iter().copied().chain(self.pair.assumed()).collect();
        let mut found = Vec::new();
        for fact in Looked::all(&self.pair) {
            found.extend(fact.bounds(&mut self.pair, &within, self.effort.conflicts));
        }
        found.sort_by_key(|bounds| bounds.of_quiet);
        found
    }
}

fn changed<'d>(difference: &'d Difference, keyword: &'d str) -> impl Iterator<Item = &'d Change> {
    difference.changes.iter().filter(move |change| change.keyword == keyword)
}

/// What of an outcome.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Stage,
    Does,
    Type,
}

/// What a policy can decide, with its literals.
fn said(space: &mut Space<'_>) -> Said {
    let policy = space.policy;
    let named = |names: Vec<String>, lits: &[Lit]| names.into_iter().zip(lits.iter().copied()).collect::<Vec<_>>();
    let stages = named(policy.stages().iter().map(|it| it.name.clone()).collect(), &space.ladder.stage);
    let types = named(policy.debtor_types().iter().map(|it| it.name.clone()).collect(), &space.types);
    let mut does = named(policy.treatments().iter().map(|it| it.name.clone()).collect(), &space.turns.chosen);
    let waiting = space.waiting();
    let all: Vec<Lit> = does.iter().chain(&waiting).map(|(_, lit)| *lit).collect();
    let none = !space.sat.or(&all);
    does.extend(waiting);
    does.extend(WITHOUT.last().map(|word| ((*word).to_owned(), none)));
    Said { stages, does, types }
}

/// The outcomes of a move that the engine did not show.
fn spoken(stage: Option<&Step>, step: &Step, of: Of) -> (Outcome, Outcome) {
    let outcome = |of_b: bool| {
        let word = |step: &Step| if of_b { step.1.clone() } else { step.0.clone() };
        let (types, does) = if of == Of::Type { (vec![word(step)], String::new()) } else { (Vec::new(), word(step)) };
        Outcome { debtor_types: types, stage: stage.map(word).unwrap_or_default(), does }
    };
    (outcome(false), outcome(true))
}
