//! What a decision leaves for the next one.

use super::decision::Decision;
use crate::condition::{FactId, RowReading, Truth, WordSet};
use crate::facts::Movement;
use crate::number::Cell;
use crate::policy::{Need, Policy, Row};

/// The ladder's state after a decision: the stage, the rung, and the days on each.
pub(crate) fn ladder(policy: &Policy, row: &Row, decision: &Decision) -> [(FactId, Cell); 5] {
    let known = &policy.body.known;
    let cell = |position: u8| Cell::number(i64::from(position));
    let before = row.cell(known.previous_stage);
    let stays = before == cell(decision.stage.0);
    let rung_before = match row.cell(known.previous_rung) {
        rung if rung.get().is_none() => before,
        rung => rung,
    };
    let rung_stays = before.get().is_some() && rung_before == cell(decision.rung.0);
    let kept = |fact: FactId, stays: bool| if stays { row.cell(fact) } else { Cell::number(0) };
    [
        (known.previous_stage, cell(decision.stage.0)),
        (known.days_in_stage, kept(known.days_in_stage, stays)),
        (known.previous_rung, cell(decision.rung.0)),
        (known.days_on_rung, kept(known.days_on_rung, rung_stays)),
        (known.days_since_decision, Cell::number(0)),
    ]
}

/// Whether nothing is late and the account stands at `current`: counts begin anew.
fn episode_ended(policy: &Policy, row: &Row, decision: &Decision) -> bool {
    let current = policy.body.known.dpd.map(|dpd| row.cell(dpd)) == Some(Cell::number(0));
    current && decision.stage == crate::policy::StageId::CURRENT
}

impl Policy {
    /// The state after a decision whose action is carried out: every fact that the next
    /// decision finds in its state, with its value on the day of this one.
    pub fn carried(&self, row: &Row, decision: &Decision) -> Vec<(FactId, Cell)> {
        let mut after = row.clone();
        self.leave(&mut after, decision);
        self.carry_work(&mut after, decision);
        let state = self.body.inputs.iter().enumerate().filter(|(_, input)| matches!(input.need, Need::State(_)));
        state
            .filter_map(|(index, _)| u16::try_from(index).ok().map(FactId))
            .map(|fact| (fact, after.cell(fact)))
            .collect()
    }

    /// What a decision leaves whether it is carried out or not: the ladder, the debtor type,
    /// the signs seen today. A new episode of arrears begins its counts anew.
    pub(crate) fn leave(&self, after: &mut Row, decision: &Decision) {
        // The signs first: they are seen with today's facts, not with what today leaves.
        self.carry_person(after, decision);
        for (fact, cell) in ladder(self, after, decision) {
            after.set(fact, cell);
        }
        if episode_ended(self, after, decision) {
            for treatment in &self.body.treatments {
                if let Some(count) = treatment.count() {
                    after.set(count, Cell::number(0));
                }
            }
        }
    }

    /// The debtor type and the signs seen today.
    fn carry_person(&self, after: &mut Row, decision: &Decision) {
        let mut seen = Vec::new();
        let reading = RowReading { cells: &after.cells, thresholds: &self.values, types: decision.types };
        for sign in &self.body.signs {
            if let (Some(since), Truth::True) = (sign.since, sign.when.read(&reading)) {
                seen.push(since);
            }
        }
        let mut types = decision.types.positions();
        if let (Some(only), None, Some(fact)) = (types.next(), types.next(), self.body.course.previous_type) {
            after.set(fact, Cell::number(i64::try_from(only).unwrap_or(WordSet::OTHER)));
        }
        for since in seen {
            after.set(since, Cell::number(0));
        }
    }

    /// The treatment, its text, and the duties done today.
    fn carry_work(&self, after: &mut Row, decision: &Decision) {
        if let Some(treatment) = decision.treatment.and_then(|id| self.body.treatments.get(id.index())) {
            if let Some(count) = treatment.count()
                && let Some(times) = after.cell(count).get()
            {
                after.set(count, Cell::number(times + 1));
            }
            self.done_today(after, &treatment.name, treatment.details.get("text"));
            let names =
                [("last_treatment", decision.treatment.map(|id| i64::from(id.0))), ("days_since_treatment", Some(0))];
            for (name, value) in names {
                if let (Some(fact), Some(value)) = (self.find_input(name), value) {
                    after.set(fact, Cell::number(value));
                }
            }
        }
        for due in decision.duties.iter().filter(|due| due.status == super::DutyStatus::Due) {
            if let Some(duty) = self.body.duties.get(usize::from(due.duty)) {
                self.done_today(after, &duty.name, duty.details.get("text"));
            }
        }
    }

    /// Sets the state facts `days_since_<name>` and `days_since_<text>` to today.
    fn done_today(&self, after: &mut Row, name: &str, text: Option<&crate::policy::Detail>) {
        let text = match text {
            Some(crate::policy::Detail::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        for name in [Some(name), text].into_iter().flatten() {
            let column = format!("days_since_{}", crate::facts::column_part(name));
            if let Some(fact) = self.find_input(&column)
                && self.input(fact).is_some_and(|input| matches!(input.need, Need::State(_)))
            {
                after.set(fact, Cell::number(0));
            }
        }
    }

    /// Moves state cells forward by `days`: days since and days in a stage grow; the days
    /// on a rung stand still while the account is beside the ladder.
    pub fn moved_state(&self, cells: &mut [Cell], days: i64) {
        let known = &self.body.known;
        let cell = |id: FactId| cells.get(id.index()).copied().unwrap_or(Cell::UNKNOWN);
        let beside = self.is_beside(cell(known.previous_stage));
        for (index, (cell, input)) in cells.iter_mut().zip(&self.body.inputs).enumerate() {
            let stands_still = beside && index == known.days_on_rung.index();
            if matches!(input.need, Need::State(_))
                && input.movement == Movement::Up
                && !stands_still
                && let Some(value) = cell.get()
            {
                *cell = Cell::wide(i128::from(value) + i128::from(days));
            }
        }
    }

    pub(crate) fn is_beside(&self, stage: Cell) -> bool {
        let position = stage.get().and_then(|position| usize::try_from(position).ok());
        position.and_then(|position| self.body.stages.get(position)).is_some_and(|stage| stage.beside)
    }
}
