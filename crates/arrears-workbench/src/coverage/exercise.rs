//! What one source of accounts exercised: the policy's tests, or a table.

use super::branch::Branch;
use super::plan::{Plan, clauses};
use crate::clauses::{Position, Read, Statement, statements};
use arrears::condition::Truth;
use arrears::decide::{DutyStatus, StageReason, Verdict, decide_with_turns};
use arrears::policy::{StageId, TreatmentId};
use arrears::{Decision, Law, Policy, Row};
use chrono::NaiveDate;

/// How often each statement took effect, and how each part was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Exercise {
    pub(super) decisions: u64,
    pub(super) statements: Vec<u64>,
    pub(super) leaves: Vec<LeafSeen>,
}

/// How a part was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LeafSeen {
    pub(super) holds: u64,
    pub(super) fails: u64,
    pub(super) unknown: u64,
    pub(super) decides: u64,
    /// The value nearest to its number with which it held.
    pub(super) nearest_holding: Option<i64>,
    /// The value nearest to its number with which it failed.
    pub(super) nearest_failing: Option<i64>,
}

/// Reads what decisions exercise, under the policy as it is read under a law.
pub(super) struct Reader<'p> {
    policy: &'p Policy,
    plan: &'p Plan,
    statements: Vec<Of<'p>>,
}

struct Of<'p> {
    /// The statement's place in the plan.
    index: usize,
    statement: Statement<'p>,
    when: Option<Branch<'p>>,
    unless: Option<Branch<'p>>,
}

impl Exercise {
    pub(super) fn of(plan: &Plan) -> Self {
        let leaves = vec![LeafSeen::default(); plan.leaves.len()];
        Self { decisions: 0, statements: vec![0; plan.statements.len()], leaves }
    }
}

impl<'p> Reader<'p> {
    pub(super) fn new(policy: &'p Policy, plan: &'p Plan) -> Self {
        let of = |statement: Statement<'p>| {
            let index = plan.find(&statement)?;
            let branch = |wanted: &str| {
                let mut found = clauses(&statement).filter(|(name, _)| *name == wanted);
                found.next().map(|(name, cond)| Branch::of(policy, plan, cond, (index, name)))
            };
            let (when, unless) = (branch("when"), branch("unless"));
            Some(Of { index, statement, when, unless })
        };
        Self { policy, plan, statements: statements(policy).into_iter().filter_map(of).collect() }
    }

    /// Decides an account and notes what that exercises.
    pub(super) fn see(&self, row: &Row, law: &Law, on: NaiveDate, exercise: &mut Exercise) -> Decision {
        let (decision, turns) = decide_with_turns(self.policy, row, law, on);
        let read = Read::after(self.policy, row, &decision);
        let mut decided_types = false;
        let (mut cured, mut eased) = (false, false);
        exercise.decisions += 1;
        for of in &self.statements {
            let turn = match of.statement.position {
                Position::Treatment(at) => match turns.iter().find(|(id, _)| id.index() == at) {
                    Some((_, verdict)) => Some(*verdict),
                    None => continue,
                },
                Position::Type(_) if decided_types => continue,
                Position::Cure(at) if !self.is_above(row, self.policy.cures().get(at).map(|cure| cure.to)) => continue,
                Position::Ease(at) if !self.is_above(row, self.policy.eases().get(at).map(|ease| ease.to)) => continue,
                _ => None,
            };
            let when = self.note(of.when.as_ref(), &read, exercise);
            if turn.is_some_and(reads_unless) {
                self.note(of.unless.as_ref(), &read, exercise);
            }
            let took_effect = match of.statement.position {
                Position::Sign(_) => when.is_true(),
                Position::Hold(at) => {
                    decision.held_by.iter().any(|(hold, truth)| usize::from(*hold) == at && truth.is_true())
                }
                Position::Type(at) => {
                    decided_types |= when.is_true();
                    decision.types.len() == 1 && decision.types.positions().next() == Some(at)
                }
                Position::Stage(at) => decision.stage.index() == at,
                Position::Cure(_) => {
                    let first = when.is_true() && !cured;
                    cured |= when.is_true();
                    first && decision.stage_reason == StageReason::Cure
                }
                Position::Ease(_) => {
                    let first = when.is_true() && !eased;
                    eased |= when.is_true();
                    first && decision.stage_reason == StageReason::Ease
                }
                Position::Duty(at) => {
                    decision.duties.iter().any(|due| usize::from(due.duty) == at && due.status == DutyStatus::Due)
                }
                Position::Act(at) => decision.acts.iter().any(|act| usize::from(*act) == at),
                Position::Treatment(at) => decision.treatment.map(TreatmentId::index) == Some(at),
            };
            if let Some(count) = exercise.statements.get_mut(of.index).filter(|_| took_effect) {
                *count += 1;
            }
        }
        decision
    }

    /// Whether the account comes from above a stage, so that a way down to it is read.
    fn is_above(&self, row: &Row, to: Option<StageId>) -> bool {
        let known = self.policy.engine_facts();
        let position = |fact| row.cell(fact).get().and_then(|position| u8::try_from(position).ok());
        let beside = |position: &u8| self.policy.stages().get(usize::from(*position)).is_some_and(|stage| stage.beside);
        let before = position(known.previous_stage);
        let rung = position(known.previous_rung).filter(|_| before.is_some()).filter(|rung| !beside(rung));
        let rung = rung.or(before.filter(|before| !beside(before)));
        rung.zip(to).is_some_and(|(rung, to)| rung > to.position())
    }

    /// Reads a clause; one that is not there always holds.
    fn note(&self, branch: Option<&Branch<'p>>, read: &Read, exercise: &mut Exercise) -> Truth {
        let Some(branch) = branch else { return Truth::True };
        branch.see(&read.reading(), &mut |seen| {
            let Some(leaf) = exercise.leaves.get_mut(seen.leaf) else { return };
            let edge = self.plan.leaves.get(seen.leaf).and_then(|leaf| leaf.edge.as_ref()).map(|edge| edge.number);
            match seen.truth {
                Truth::True => leaf.holds += 1,
                Truth::False => leaf.fails += 1,
                Truth::Unknown => leaf.unknown += 1,
            }
            leaf.decides += u64::from(seen.decides && !seen.truth.is_unknown());
            let (Some(edge), Some(value)) = (edge, seen.value.get()) else { return };
            match seen.truth {
                Truth::True => leaf.nearest_holding = nearer(edge, leaf.nearest_holding, value),
                Truth::False => leaf.nearest_failing = nearer(edge, leaf.nearest_failing, value),
                Truth::Unknown => {}
            }
        })
    }
}

/// Whether a turn came so far that what keeps the treatment from going ahead was read.
const fn reads_unless(verdict: Verdict) -> bool {
    !matches!(
        verdict,
        Verdict::NotFitting | Verdict::Exhausted | Verdict::Unavailable(_) | Verdict::Held(_) | Verdict::WhenUnknown
    )
}

/// The nearer of two values to a number; of two as near, the smaller.
fn nearer(edge: i64, known: Option<i64>, value: i64) -> Option<i64> {
    known.into_iter().chain([value]).min_by_key(|value| (value.abs_diff(edge), *value))
}
