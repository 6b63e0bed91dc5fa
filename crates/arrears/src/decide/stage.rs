//! Where is the account? Cure, ease, stages beside the ladder, and the way up.

use super::Today;
use super::decision::{Flag, StageReason};
use super::sight::Sight;
use crate::condition::{Cmp, Cond, Truth, WordSet, compare};
use crate::number::Cell;
use crate::policy::{Mode, Stage, StageId};

/// Where one decision puts an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    /// The stage.
    pub stage: StageId,
    /// The rung, kept while the account is beside the ladder.
    pub rung: StageId,
    /// Why.
    pub reason: StageReason,
}

/// From where an account starts today.
#[derive(Clone, Copy, Debug)]
struct Start {
    /// The stage of the last decision.
    before: Option<StageId>,
    /// The rung of the last decision.
    rung: StageId,
    /// Days on that rung.
    days: Cell,
    /// Whether this is the second decision of one day.
    repeat: bool,
    /// Steps up in this decision.
    steps: u32,
}

/// The rung from which stages are read, after cure and ease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Base {
    rung: StageId,
    by: Option<StageReason>,
}

impl<'a, S: Sight> Today<'a, S> {
    /// Finds the stage; where a missing fact leaves it open, it stays and nothing goes ahead.
    pub(crate) fn place(&mut self) {
        let start = self.start();
        let policy = self.policy;
        let truths =
            policy.body.stages.iter().map(|stage| stage.when.as_ref().map_or(Truth::False, |when| self.read(when)));
        self.truths = truths.collect();
        let mut unknown: Vec<&'a Cond> = Vec::new();
        let outcomes = self.outcomes(&start, &mut unknown);
        let first = outcomes.last().copied();
        let open = outcomes.iter().any(|outcome| Some(outcome.stage) != first.map(|first| first.stage));
        let placed = match (first, open) {
            (Some(placed), false) => placed,
            _ => {
                for cond in unknown {
                    self.miss(cond);
                }
                self.ceiling_none = true;
                self.decision.stage_uncertain = true;
                self.decision.flags.push(Flag::StageUncertain);
                Placement {
                    stage: start.before.unwrap_or(StageId::CURRENT),
                    rung: start.rung,
                    reason: StageReason::Stays,
                }
            }
        };
        let mut open_above = false;
        for (index, stage) in policy.body.stages.iter().enumerate().skip(1) {
            if stage.beside || !self.truth(index).is_unknown() {
                continue;
            }
            open_above = true;
            if let Some(when) = stage.when.as_ref().filter(|_| index > placed.rung.index()) {
                self.miss(when);
            }
        }
        let days_unknown = self.cell(policy.body.known.days_on_rung).is_unknown();
        if (open_above || days_unknown) && !self.ceiling_none && placed.stage == placed.rung {
            self.possible = self.possible_rungs(&start);
        }
        self.decision.stage = placed.stage;
        self.decision.rung = placed.rung;
        self.decision.stage_reason = placed.reason;
        self.decision.stage_before = start.before;
        if placed.reason == StageReason::Cure && placed.rung < start.rung {
            self.relief(&start);
        }
        if let Some(fact) = policy.body.known.current_stage
            && let Some(slot) = self.cells.get_mut(fact.index())
        {
            *slot = Cell::number(i64::from(placed.stage.0));
        }
    }

    fn start(&self) -> Start {
        let known = &self.policy.body.known;
        let stage_of = |cell: Cell| cell.get().and_then(|position| u8::try_from(position).ok()).map(StageId);
        let before = stage_of(self.cell(known.previous_stage));
        let beside = |id: StageId| self.policy.body.stages.get(id.index()).is_some_and(|stage| stage.beside);
        let rung = match (stage_of(self.cell(known.previous_rung)), before) {
            (Some(rung), Some(_)) if !beside(rung) => rung,
            (_, Some(before)) if !beside(before) => before,
            _ => StageId::CURRENT,
        };
        let since = self.cell(known.days_since_decision).get();
        let escalate = &self.policy.body.escalate;
        let nights = since.filter(|_| escalate.catch_up).unwrap_or(1).max(1);
        Start {
            before,
            rung,
            days: self.cell(known.days_on_rung),
            repeat: since == Some(0),
            steps: escalate.steps.saturating_mul(u32::try_from(nights).unwrap_or(u32::MAX)),
        }
    }

    /// Every placement that the missing facts leave open, the one with all of them false
    /// last; and the conditions that leave it open.
    fn outcomes(&self, start: &Start, unknown: &mut Vec<&'a Cond>) -> Vec<Placement> {
        let policy = self.policy;
        let mut outcomes = Vec::new();
        for (index, stage) in policy.body.stages.iter().enumerate() {
            let Some(when) = stage.when.as_ref().filter(|_| stage.beside) else {
                continue;
            };
            let truth = self.truth(index);
            if truth.is_false() {
                continue;
            }
            let id = StageId(u8::try_from(index).unwrap_or(u8::MAX));
            let stays = start.before == Some(id);
            outcomes.push(Placement {
                stage: id,
                rung: start.rung,
                reason: if stays { StageReason::Stays } else { StageReason::Condition },
            });
            if truth.is_true() {
                return outcomes;
            }
            unknown.push(when);
        }
        let mut bases = Vec::new();
        self.cured(start, &mut bases, unknown);
        for base in bases {
            let mut eased = Vec::new();
            self.eased(base, &mut eased, unknown);
            outcomes.extend(eased.into_iter().map(|base| self.climb(start, base)));
        }
        outcomes
    }

    /// The rungs to which a cure may lead, the uncured one last.
    fn cured(&self, start: &Start, bases: &mut Vec<Base>, unknown: &mut Vec<&'a Cond>) {
        let policy = self.policy;
        for cure in policy.body.cures.iter().filter(|cure| start.rung > cure.to) {
            let truth = self.read(&cure.when);
            if truth.is_false() {
                continue;
            }
            bases.push(Base { rung: cure.to, by: Some(StageReason::Cure) });
            if truth.is_true() {
                return;
            }
            unknown.push(&cure.when);
        }
        bases.push(Base { rung: start.rung, by: None });
    }

    /// The rungs to which an ease may lead from `base`, the uneased one last.
    fn eased(&self, base: Base, found: &mut Vec<Base>, unknown: &mut Vec<&'a Cond>) {
        let policy = self.policy;
        let latched = policy.body.escalate.latches.has(i64::from(base.rung.0));
        for ease in policy.body.eases.iter().filter(|ease| base.rung > ease.to && !latched) {
            let truth = self.read(&ease.when);
            if truth.is_false() {
                continue;
            }
            found.push(Base { rung: ease.to, by: base.by.or(Some(StageReason::Ease)) });
            if truth.is_true() {
                return;
            }
            unknown.push(&ease.when);
        }
        found.push(base);
    }

    /// Reads the ladder from a rung.
    fn climb(&self, start: &Start, base: Base) -> Placement {
        let escalate = &self.policy.body.escalate;
        let first = start.before.is_none() && escalate.first_skip;
        let days = if base.by.is_some() { Cell::number(0) } else { start.days };
        let reached = match escalate.mode {
            Mode::Free => self.top(StageId::CURRENT, base.rung, days),
            Mode::Skip => self.top(base.rung, base.rung, days),
            Mode::Sequential if first => self.top(base.rung, base.rung, days),
            Mode::Sequential => self.walk(base.rung, days, start.steps),
        };
        let capped = start.repeat && reached > start.rung;
        let rung = if capped { start.rung } else { reached };
        let reason = if self.reasons { self.why(start, base, rung, capped, first, days) } else { StageReason::Stays };
        Placement { stage: rung, rung, reason }
    }

    /// Every rung on which the account could stand if the missing facts were known: the
    /// rung that is decided, unless a condition on the way up is unknown.
    fn possible_rungs(&self, start: &Start) -> WordSet {
        let mut unknown = Vec::new();
        let mut bases = Vec::new();
        self.cured(start, &mut bases, &mut unknown);
        let mut possible = WordSet::default();
        for base in bases {
            let mut eased = Vec::new();
            self.eased(base, &mut eased, &mut unknown);
            for base in eased {
                for rung in self.reachable(start, base).positions() {
                    let capped = if start.repeat { rung.min(start.rung.index()) } else { rung };
                    possible = possible.or(WordSet::of(capped));
                }
            }
        }
        possible
    }

    /// The rungs to which the ladder may lead from `base`, unknown conditions taken both ways.
    fn reachable(&self, start: &Start, base: Base) -> WordSet {
        let escalate = &self.policy.body.escalate;
        let first = start.before.is_none() && escalate.first_skip;
        let days = if base.by.is_some() { Cell::number(0) } else { start.days };
        if escalate.mode == Mode::Sequential && !first {
            return self.walks(base.rung, days, start.steps);
        }
        let floor = if escalate.mode == Mode::Free { StageId::CURRENT } else { base.rung };
        let mut possible = WordSet::default();
        for (index, stage) in self.rungs().rev().filter(|(index, _)| *index > floor.index()) {
            match self.candidate(index, stage, base.rung, days) {
                Truth::True => return possible.or(WordSet::of(index)),
                Truth::Unknown => possible = possible.or(WordSet::of(index)),
                Truth::False => {}
            }
        }
        possible.or(WordSet::of(floor.index()))
    }

    /// The rungs on which a walk of at most `steps` may end.
    fn walks(&self, base: StageId, days: Cell, steps: u32) -> WordSet {
        let mut walks = vec![(base.index(), steps)];
        for (index, stage) in self.rungs().filter(|(index, _)| *index > base.index()) {
            let mut next: Vec<(usize, u32)> = Vec::new();
            for (at, left) in walks {
                let days = if at == base.index() { days } else { Cell::number(0) };
                let truth = if left == 0 { Truth::False } else { self.candidate(index, stage, base, days) };
                if !truth.is_false() {
                    next.push((index, left.saturating_sub(1)));
                }
                if !truth.is_true() {
                    next.push((at, left));
                }
            }
            next.sort_unstable();
            next.dedup();
            walks = next;
        }
        walks.into_iter().fold(WordSet::default(), |set, (at, _)| set.or(WordSet::of(at)))
    }

    /// Whether a rung may be entered from `base`: its condition, the stage it comes after,
    /// its dwell.
    fn candidate(&self, index: usize, stage: &Stage, base: StageId, days: Cell) -> Truth {
        let after = stage.after.is_none_or(|after| base >= after);
        if !after {
            return Truth::False;
        }
        let when = self.truth(index);
        if when.is_false() || index <= base.index() {
            return when;
        }
        when.min(self.served(stage, days))
    }

    /// Whether a stage's own condition holds.
    fn truth(&self, index: usize) -> Truth {
        self.truths.get(index).copied().unwrap_or(Truth::False)
    }

    /// Whether a rung's dwell is served after `days` on the rung that is left.
    fn served(&self, stage: &Stage, days: Cell) -> Truth {
        match &stage.dwell {
            None => Truth::True,
            // Elsewhere than on its rung the account has stood for no day yet.
            Some(dwell) if days == self.cell(self.policy.body.known.days_on_rung) => {
                self.sight.reaches(self.policy, self.reading(), self.policy.body.known.days_on_rung, dwell)
            }
            Some(dwell) => compare(Cmp::Ge, days, dwell.read(&self.reading())),
        }
    }

    fn rungs(&self) -> impl DoubleEndedIterator<Item = (usize, &Stage)> {
        self.policy.body.stages.iter().enumerate().skip(1).filter(|(_, stage)| !stage.beside)
    }

    /// The most severe rung that may be entered, not below `floor`.
    fn top(&self, floor: StageId, base: StageId, days: Cell) -> StageId {
        self.rungs()
            .rev()
            .find(|(index, stage)| *index > floor.index() && self.candidate(*index, stage, base, days).is_true())
            .and_then(|(index, _)| u8::try_from(index).ok())
            .map_or(floor, StageId)
    }

    /// Up over the rungs that may be entered, at most `steps`. A rung whose condition is
    /// unknown takes a step and is not stood on: were it true, the walk would end on it.
    fn walk(&self, base: StageId, days: Cell, steps: u32) -> StageId {
        let (mut at, mut left) = (base, steps);
        for (index, stage) in self.rungs().filter(|(index, _)| *index > base.index()) {
            if left == 0 {
                break;
            }
            let days = if at == base { days } else { Cell::number(0) };
            match self.candidate(index, stage, base, days) {
                Truth::True => {
                    at = StageId(u8::try_from(index).unwrap_or(u8::MAX));
                    left -= 1;
                }
                Truth::Unknown => left -= 1,
                Truth::False => {}
            }
        }
        at
    }

    fn why(&self, start: &Start, base: Base, rung: StageId, capped: bool, first: bool, days: Cell) -> StageReason {
        if capped {
            return StageReason::Repeat;
        }
        if first && rung > StageId::CURRENT {
            return StageReason::First;
        }
        if rung < start.rung {
            return base.by.unwrap_or(StageReason::Condition);
        }
        let from = start.before.unwrap_or(StageId::CURRENT);
        if rung > start.rung {
            let more = self
                .rungs()
                .any(|(index, stage)| index > rung.index() && self.candidate(index, stage, base.rung, days).is_true());
            return if more { StageReason::Limited } else { StageReason::Condition };
        }
        if from != rung {
            // It comes back from beside the ladder.
            return StageReason::Condition;
        }
        let above = || self.rungs().filter(|(index, _)| *index > rung.index());
        let after = |stage: &Stage| stage.after.is_none_or(|after| base.rung >= after);
        if above()
            .any(|(index, stage)| self.truth(index).is_true() && after(stage) && !self.served(stage, days).is_true())
        {
            StageReason::Dwell
        } else if above().any(|(index, stage)| self.truth(index).is_true() && !after(stage)) {
            StageReason::After
        } else if above().any(|(index, stage)| self.candidate(index, stage, base.rung, days).is_true()) {
            StageReason::Limited
        } else {
            StageReason::Stays
        }
    }

    /// What the cure that holds does to the account.
    fn relief(&mut self, start: &Start) {
        let policy = self.policy;
        let cure = policy.body.cures.iter().find(|cure| start.rung > cure.to && self.read(&cure.when).is_true());
        if let Some(cure) = cure {
            self.decision.relief = cure.then.clone();
        }
    }
}
