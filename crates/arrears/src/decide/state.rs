//! What a decision leaves for the next one.

use super::decision::{Decision, DutyDue};
use crate::condition::{FactId, RowReading, WordSet};
use crate::facts::Movement;
use crate::number::Cell;
use crate::policy::{Need, Policy, Row, Sign, StageId, TreatmentId};

/// Those parts of a decision that the next one finds in its state.
#[derive(Clone, Copy, Debug)]
pub struct Leaves<'a> {
    /// The types that the account may have.
    pub types: WordSet,
    /// The stage.
    pub stage: StageId,
    /// The rung.
    pub rung: StageId,
    /// The treatment that is used.
    pub treatment: Option<TreatmentId>,
    /// The duties; those that are due are done.
    pub duties: &'a [DutyDue],
}

/// The ladder's state after a decision: the stage, the rung, and the days on each.
pub(crate) fn ladder(policy: &Policy, row: &Row, decision: &Decision) -> [(FactId, Cell); 5] {
    placed(policy, &row.cells, decision.stage, decision.rung)
}

fn placed(policy: &Policy, cells: &[Cell], stage: StageId, rung: StageId) -> [(FactId, Cell); 5] {
    let known = &policy.body.known;
    let found = |fact: FactId| cells.get(fact.index()).copied().unwrap_or(Cell::UNKNOWN);
    let cell = |position: StageId| Cell::number(i64::from(position.0));
    let before = found(known.previous_stage);
    let stays = before == cell(stage);
    let rung_before = match found(known.previous_rung) {
        rung if rung.get().is_none() => before,
        rung => rung,
    };
    let rung_stays = before.get().is_some() && rung_before == cell(rung);
    let kept = |fact: FactId, stays: bool| if stays { found(fact) } else { Cell::number(0) };
    [
        (known.previous_stage, cell(stage)),
        (known.days_in_stage, kept(known.days_in_stage, stays)),
        (known.previous_rung, cell(rung)),
        (known.days_on_rung, kept(known.days_on_rung, rung_stays)),
        (known.days_since_decision, Cell::number(0)),
    ]
}

impl Policy {
    /// The state after a decision whose action is carried out: every fact that the next
    /// decision finds in its state, with its value on the day of this one.
    pub fn carried(&self, row: &Row, decision: &Decision) -> Vec<(FactId, Cell)> {
        let mut after = row.cells.clone();
        // Signs are seen with today's facts, not with what today leaves.
        let reading = RowReading { cells: &row.cells, thresholds: &self.values, types: decision.types };
        let Decision { types, stage, rung, treatment, duties, .. } = decision;
        let leaves = Leaves { types: *types, stage: *stage, rung: *rung, treatment: *treatment, duties };
        self.leave_all(&mut after, &leaves, |_, sign| sign.when.read(&reading).is_true());
        let cell = |fact: &FactId| after.get(fact.index()).copied().unwrap_or(Cell::UNKNOWN);
        self.state_facts().iter().map(|fact| (*fact, cell(fact))).collect()
    }

    /// Makes the cells of a decided row, as they stood when it was decided, into those that
    /// the decision leaves when it is carried out. Only facts that travel in the state
    /// change; besides them it reads the days past due. `seen` says which signs are seen.
    pub fn leave_all(&self, cells: &mut [Cell], leaves: &Leaves<'_>, seen: impl Fn(usize, &Sign) -> bool) {
        self.leave(cells, leaves.types, leaves.stage, leaves.rung, seen);
        self.carry_work(cells, leaves.treatment, leaves.duties);
    }

    /// What a decision leaves whether it is carried out or not: the signs seen today, the
    /// ladder, the debtor type. A new episode of arrears begins its counts anew, that is
    /// when nothing is late and the account stands at `current`.
    pub(crate) fn leave(
        &self,
        cells: &mut [Cell],
        types: WordSet,
        stage: StageId,
        rung: StageId,
        seen: impl Fn(usize, &Sign) -> bool,
    ) {
        let course = &self.body.course;
        let not_late = course.dpd.and_then(|dpd| cells.get(dpd.index())) == Some(&Cell::number(0));
        let ladder = placed(self, cells, stage, rung);
        let mut set = |fact: FactId, value: Cell| {
            if let Some(cell) = cells.get_mut(fact.index()) {
                *cell = value;
            }
        };
        for (index, sign) in self.body.signs.iter().enumerate() {
            if let Some(since) = sign.since.filter(|_| seen(index, sign)) {
                set(since, Cell::number(0));
            }
        }
        for (fact, cell) in ladder {
            set(fact, cell);
        }
        let mut types = types.positions();
        if let (Some(only), None, Some(fact)) = (types.next(), types.next(), course.previous_type) {
            set(fact, Cell::number(i64::try_from(only).unwrap_or(WordSet::OTHER)));
        }
        if not_late && stage == StageId::CURRENT {
            let counts = self.body.treatments.iter().flat_map(|it| [it.cadence.count, it.cadence.retries]);
            for count in counts.flatten() {
                set(count, Cell::number(0));
            }
        }
    }

    /// Moves state cells forward by `days`: days since and days in a stage grow, days that
    /// are left shrink; the days on a rung stand still while the account is beside the
    /// ladder.
    pub fn moved_state(&self, cells: &mut [Cell], days: i64) {
        let known = &self.body.known;
        let cell = |id: FactId| cells.get(id.index()).copied().unwrap_or(Cell::UNKNOWN);
        let beside = self.is_beside(cell(known.previous_stage));
        for (index, (cell, input)) in cells.iter_mut().zip(&self.body.inputs).enumerate() {
            let stands_still = beside && index == known.days_on_rung.index();
            let moves = match input.movement {
                Movement::Up if !stands_still => i128::from(days),
                Movement::Down => -i128::from(days),
                _ => continue,
            };
            if matches!(input.need, Need::State(_))
                && let Some(value) = cell.get()
            {
                *cell = Cell::wide(i128::from(value) + moves);
            }
        }
    }

    pub(crate) fn is_beside(&self, stage: Cell) -> bool {
        let position = stage.get().and_then(|position| usize::try_from(position).ok());
        position.and_then(|position| self.body.stages.get(position)).is_some_and(|stage| stage.beside)
    }
}
