//! The stage as clauses: stages beside the ladder, cures, eases, and the way up.
//!
//! What the engine does with missing facts is in it: every rung to which cures and eases that are not false may
//! lead is followed, and where they do not agree the stage stays open.

use super::derived::Share;
use super::domain::Var;
use super::sat::Lit;
use super::space::{Space, Truths};
use arrears::Kind;
use arrears::condition::{Cmp, FactId, Num, NumKind};
use arrears::policy::{Mode, Stage};
use std::collections::BTreeMap;

/// Where one decision puts an account.
#[derive(Default)]
pub(crate) struct Ladder {
    /// For each stage, whether it is the account's.
    pub(crate) stage: Vec<Lit>,
    /// For each stage, whether it was that of the last decision.
    pub(crate) before: Vec<Lit>,
    /// For each stage, whether it is the rung on which the account stood.
    pub(crate) rung: Vec<Lit>,
    /// For each stage, the truths of its condition.
    pub(crate) whens: Vec<Truths>,
    /// For each cure, and for each ease, whether it surely leads down today.
    pub(crate) cures: Vec<Lit>,
    pub(crate) eases: Vec<Lit>,
    /// Whether missing facts leave the stage open.
    pub(crate) open: Option<Lit>,
    /// Whether missing facts leave open what else the account's rung could be.
    pub(crate) elsewhere: Option<Lit>,
    /// The shares of two amounts among the facts.
    pub(crate) shares: Vec<Share>,
}

/// A rung from which the ladder may be read, whether it was reached today, and when.
type Bases = BTreeMap<(usize, bool), Vec<Lit>>;

impl Space<'_> {
    /// Adds what places an account.
    pub(crate) fn place(&mut self) {
        let policy = self.policy;
        let stages = policy.stages();
        for stage in stages {
            let truths = match &stage.when {
                Some(when) => self.cond(when),
                None => Truths { yes: self.sat.no(), no: self.sat.yes() },
            };
            self.ladder.whens.push(truths);
        }
        self.start();
        let mut ends: BTreeMap<usize, Vec<Lit>> = BTreeMap::new();
        for ((base, moved), ways) in self.bases() {
            let way = self.sat.or(&ways);
            for (rung, reached) in self.reached(base, moved) {
                let ends = ends.entry(rung).or_default();
                ends.push(self.sat.and(&[way, reached]));
            }
        }
        let ends: BTreeMap<usize, Lit> = ends.into_iter().map(|(rung, ways)| (rung, self.sat.or(&ways))).collect();
        let (mut found, mut two) = (self.sat.no(), self.sat.no());
        for lit in ends.values() {
            let again = self.sat.and(&[found, *lit]);
            two = self.sat.or(&[two, again]);
            found = self.sat.or(&[found, *lit]);
        }
        let (mut clear, mut sure) = (self.sat.yes(), BTreeMap::new());
        for (index, stage) in stages.iter().enumerate().filter(|(_, stage)| stage.beside && stage.when.is_some()) {
            let Some(when) = self.ladder.whens.get(index).copied() else { continue };
            let _ = stage;
            sure.insert(index, self.sat.and(&[clear, when.yes]));
            clear = self.sat.and(&[clear, when.no]);
        }
        let on_ladder = self.sat.and(&[clear, !two]);
        let settled: Vec<Lit> = sure.values().copied().chain([on_ladder]).collect();
        let settled = self.sat.or(&settled);
        let no_before = self.before_none();
        for index in 0..stages.len() {
            let placed = match (sure.get(&index), ends.get(&index)) {
                (Some(sure), _) => *sure,
                (None, Some(end)) => self.sat.and(&[on_ladder, *end]),
                (None, None) => self.sat.no(),
            };
            let mut stays = self.ladder.before.get(index).copied().unwrap_or_else(|| self.sat.no());
            if index == 0 {
                stays = self.sat.or(&[stays, no_before]);
            }
            let stays = self.sat.and(&[!settled, stays]);
            let lit = self.sat.or(&[placed, stays]);
            self.ladder.stage.push(lit);
        }
        self.ladder.open = Some(!settled);
        self.elsewhere();
    }

    /// Whether there was no decision before.
    pub(crate) fn before_none(&mut self) -> Lit {
        let before = self.ladder.before.clone();
        !self.sat.or(&before)
    }

    /// From where the account starts.
    fn start(&mut self) {
        let policy = self.policy;
        let known = policy.engine_facts();
        let beside = |index: usize| policy.stages().get(index).is_some_and(|stage| stage.beside);
        let count = policy.stages().len();
        let position = |index: usize| i64::try_from(index).unwrap_or(i64::MAX);
        let before: Vec<Lit> = (0..count).map(|at| self.is(Var::Fact(known.previous_stage), position(at))).collect();
        let last: Vec<Lit> = (0..count).map(|at| self.is(Var::Fact(known.previous_rung), position(at))).collect();
        self.ladder.before = before.clone();
        let decided = self.sat.or(&before);
        self.state_of_sense(&before, &last, decided);
        let on_rung: Vec<Lit> = last.iter().enumerate().filter(|(at, _)| !beside(*at)).map(|(_, lit)| *lit).collect();
        let told = self.sat.or(&on_rung);
        let told = self.sat.and(&[decided, told]);
        let mut rungs = Vec::new();
        for (at, (stood, was)) in last.iter().zip(&before).enumerate() {
            let lit = if beside(at) {
                self.sat.no()
            } else {
                let by_rung = self.sat.and(&[told, *stood]);
                let by_stage = self.sat.and(&[!told, *was]);
                self.sat.or(&[by_rung, by_stage])
            };
            rungs.push(lit);
        }
        let above: Vec<Lit> = rungs.iter().skip(1).copied().collect();
        let none = !self.sat.or(&above);
        if let Some(current) = rungs.first_mut() {
            *current = none;
        }
        self.ladder.rung = rungs;
    }

    /// The state as decisions leave it: on a rung, the rung is the stage; before the first decision there is none.
    fn state_of_sense(&mut self, before: &[Lit], last: &[Lit], decided: Lit) {
        let (plain, stages) = (self.plain, self.policy.stages());
        for (at, stood) in last.iter().enumerate() {
            self.sat.implies(&[plain, *stood], decided);
            for (stage, was) in before.iter().enumerate() {
                if stage != at && stages.get(stage).is_some_and(|stage| !stage.beside) {
                    self.sat.clause(&[!plain, !*stood, !*was]);
                }
            }
        }
    }

    /// Every rung to which cures and eases that are not false may lead, and the rung as it is.
    fn bases(&mut self) -> Bases {
        let policy = self.policy;
        let rungs = self.ladder.rung.clone();
        let above = |rungs: &[Lit], to: usize| -> Vec<Lit> { rungs.iter().skip(to + 1).copied().collect() };
        let mut cured: Bases = BTreeMap::new();
        let (mut still, mut surely) = (self.sat.yes(), self.sat.yes());
        for cure in policy.cures() {
            let truths = self.cond(&cure.when);
            let above = self.sat.or(&above(&rungs, cure.to.index()));
            let may = self.sat.and(&[still, above, !truths.no]);
            cured.entry((cure.to.index(), true)).or_default().push(may);
            let leads = self.sat.and(&[surely, above, truths.yes]);
            self.ladder.cures.push(leads);
            let taken = self.sat.and(&[above, truths.yes]);
            still = self.sat.and(&[still, !taken]);
            let passed = self.sat.and(&[above, !truths.no]);
            surely = self.sat.and(&[surely, !passed]);
        }
        for (index, rung) in rungs.iter().enumerate() {
            let stays = self.sat.and(&[still, *rung]);
            cured.entry((index, false)).or_default().push(stays);
        }
        let mut led: Vec<Vec<Lit>> = vec![Vec::new(); policy.eases().len()];
        let mut bases: Bases = BTreeMap::new();
        for ((base, moved), ways) in cured {
            let latched = policy.escalate().latches.has(i64::try_from(base).unwrap_or(-1));
            let mut still = self.sat.or(&ways);
            for (index, ease) in policy.eases().iter().enumerate() {
                if base <= ease.to.index() || latched {
                    continue;
                }
                let truths = self.cond(&ease.when);
                let may = self.sat.and(&[still, !truths.no]);
                bases.entry((ease.to.index(), true)).or_default().push(may);
                let leads = self.sat.and(&[still, truths.yes]);
                if let Some(led) = led.get_mut(index) {
                    led.push(leads);
                }
                still = self.sat.and(&[still, !truths.yes]);
            }
            bases.entry((base, moved)).or_default().push(still);
        }
        self.ladder.eases = led.iter().map(|ways| self.sat.or(ways)).collect();
        bases
    }

    /// The rungs to which the ladder leads from `base`, each with when it does.
    fn reached(&mut self, base: usize, moved: bool) -> BTreeMap<usize, Lit> {
        let policy = self.policy;
        let escalate = policy.escalate();
        let reached = match escalate.mode {
            Mode::Free => self.top(0, base, moved),
            Mode::Skip => self.top(base, base, moved),
            Mode::Sequential => {
                let walked = self.walked(base, moved);
                if escalate.first_skip {
                    let enters = self.before_none();
                    let at_once = self.top(base, base, moved);
                    self.either(enters, &at_once, &walked)
                } else {
                    walked
                }
            }
        };
        self.not_twice_a_day(reached)
    }

    fn either(&mut self, when: Lit, one: &BTreeMap<usize, Lit>, other: &BTreeMap<usize, Lit>) -> BTreeMap<usize, Lit> {
        let mut both: BTreeMap<usize, Vec<Lit>> = BTreeMap::new();
        for (ways, guard) in [(one, when), (other, !when)] {
            for (rung, lit) in ways {
                let way = self.sat.and(&[guard, *lit]);
                both.entry(*rung).or_default().push(way);
            }
        }
        both.into_iter().map(|(rung, ways)| (rung, self.sat.or(&ways))).collect()
    }

    /// The second decision of one day leads no higher than the first.
    fn not_twice_a_day(&mut self, reached: BTreeMap<usize, Lit>) -> BTreeMap<usize, Lit> {
        let since = Var::Fact(self.policy.engine_facts().days_since_decision);
        let repeat = self.is(since, 0);
        let rungs = self.ladder.rung.clone();
        let mut ends: BTreeMap<usize, Vec<Lit>> = BTreeMap::new();
        for (rung, lit) in reached {
            let stood: Vec<Lit> = rungs.iter().skip(rung).copied().collect();
            let not_above = self.sat.or(&stood);
            let kept = self.sat.or(&[!repeat, not_above]);
            let way = self.sat.and(&[lit, kept]);
            ends.entry(rung).or_default().push(way);
            for (lower, stood) in rungs.iter().enumerate().take(rung) {
                let way = self.sat.and(&[lit, repeat, *stood]);
                ends.entry(lower).or_default().push(way);
            }
        }
        ends.into_iter().map(|(rung, ways)| (rung, self.sat.or(&ways))).collect()
    }

    fn rungs(&self) -> Vec<(usize, &'_ Stage)> {
        self.policy.stages().iter().enumerate().skip(1).filter(|(_, stage)| !stage.beside).collect()
    }

    /// The most severe rung that may be entered, not below `floor`.
    fn top(&mut self, floor: usize, base: usize, moved: bool) -> BTreeMap<usize, Lit> {
        let above: Vec<usize> = self.rungs().iter().rev().map(|(at, _)| *at).filter(|at| *at > floor).collect();
        let (mut none, mut ends) = (self.sat.yes(), BTreeMap::new());
        for index in above {
            let open = self.candidate(index, base, moved).yes;
            ends.insert(index, self.sat.and(&[none, open]));
            none = self.sat.and(&[none, !open]);
        }
        ends.insert(floor, none);
        ends
    }

    /// Up over the rungs that may be entered, as many as the nights since the last decision give.
    fn walked(&mut self, base: usize, moved: bool) -> BTreeMap<usize, Lit> {
        let escalate = self.policy.escalate();
        let rungs = self.rungs().len();
        let steps = usize::try_from(escalate.steps).unwrap_or(usize::MAX);
        if !escalate.catch_up || steps == 0 {
            return self.walk(base, moved, steps.min(rungs));
        }
        let since = Var::Fact(self.policy.engine_facts().days_since_decision);
        let (_, _, told) = self.state(since);
        let mut nights = rungs.div_ceil(steps).max(1);
        let mut ends = self.walk(base, moved, steps.saturating_mul(nights).min(rungs));
        while nights > 1 {
            nights -= 1;
            let fewer = self.at_most(since, i64::try_from(nights).unwrap_or(i64::MAX));
            let fewer = self.sat.or(&[!told, fewer]);
            let walked = self.walk(base, moved, steps.saturating_mul(nights).min(rungs));
            ends = self.either(fewer, &walked, &ends);
        }
        ends
    }

    /// Up over the rungs that may be entered, at most `steps`.
    fn walk(&mut self, base: usize, moved: bool, steps: usize) -> BTreeMap<usize, Lit> {
        let above: Vec<usize> = self.rungs().iter().map(|(at, _)| *at).filter(|at| *at > base).collect();
        let mut walks: BTreeMap<(usize, usize), Lit> = BTreeMap::from([((base, steps), self.sat.yes())]);
        for index in above {
            let mut next: BTreeMap<(usize, usize), Vec<Lit>> = BTreeMap::new();
            for ((at, left), lit) in walks {
                if left == 0 {
                    next.entry((at, left)).or_default().push(lit);
                    continue;
                }
                let truths = self.candidate(index, base, moved || at != base);
                let unknown = self.sat.and(&[lit, !truths.yes, !truths.no]);
                let (enters, stays) = (self.sat.and(&[lit, truths.yes]), self.sat.and(&[lit, truths.no]));
                next.entry((index, left - 1)).or_default().push(enters);
                next.entry((at, left - 1)).or_default().push(unknown);
                next.entry((at, left)).or_default().push(stays);
            }
            walks = next.into_iter().map(|(place, ways)| (place, self.sat.or(&ways))).collect();
        }
        let mut ends: BTreeMap<usize, Vec<Lit>> = BTreeMap::new();
        for ((at, _), lit) in walks {
            ends.entry(at).or_default().push(lit);
        }
        ends.into_iter().map(|(at, ways)| (at, self.sat.or(&ways))).collect()
    }

    /// Whether a rung may be entered: its condition, the stage it comes after, its dwell.
    fn candidate(&mut self, index: usize, base: usize, moved: bool) -> Truths {
        let policy = self.policy;
        let never = Truths { yes: self.sat.no(), no: self.sat.yes() };
        let Some(stage) = policy.stages().get(index) else { return never };
        if stage.after.is_some_and(|after| base < after.index()) {
            return never;
        }
        let when = self.ladder.whens.get(index).copied().unwrap_or(never);
        let Some(dwell) = stage.dwell.as_ref().filter(|_| index > base) else { return when };
        let days = if moved { NumKind::Literal(0) } else { NumKind::Fact(policy.engine_facts().days_on_rung) };
        let served = self.reaches(days, dwell);
        Truths { yes: self.sat.and(&[when.yes, served.yes]), no: self.sat.or(&[when.no, served.no]) }
    }

    /// Whether a number has come to another.
    fn reaches(&mut self, days: NumKind, wanted: &Num) -> Truths {
        let days = Num { kind: days, unit: Kind::Days, span: arrears::Span::NONE };
        self.compare(Cmp::Ge, &days, wanted)
    }

    /// Whether a fact has come to a number.
    pub(crate) fn fact_reaches(&mut self, fact: FactId, wanted: &Num) -> Truths {
        self.reaches(NumKind::Fact(fact), wanted)
    }

    /// Whether a missing fact leaves open on which rung the account could stand.
    fn elsewhere(&mut self) {
        let rungs: Vec<usize> = self.rungs().iter().map(|(at, _)| *at).collect();
        let mut any = Vec::new();
        for index in rungs {
            if let Some(when) = self.ladder.whens.get(index).copied() {
                any.push(self.sat.and(&[!when.yes, !when.no]));
            }
        }
        let (days, _, _) = self.state(Var::Fact(self.policy.engine_facts().days_on_rung));
        any.push(days);
        self.ladder.elsewhere = Some(self.sat.or(&any));
    }
}
