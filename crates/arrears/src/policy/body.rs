//! Everything that a policy says.

use super::{
    Act, Assumption, BoundRule, Course, Cure, DebtorType, Duty, Ease, EngineFacts, Escalate, Head, Hold, Hours, Input,
    Invariant, Law, Learned, Outcome, Pack, ScriptFact, Sign, Stage, Threshold, Treatment, TreatmentId,
};
use crate::condition::{Cond, FactId, Num};
use crate::draft::{Draft, Source, Statement};
use crate::facts::Parametric;
use std::sync::Arc;

/// What the policy says, but for the values of its thresholds.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) head: Head,
    pub(crate) sources: Vec<Source>,
    pub(crate) inputs: Vec<Input>,
    pub(crate) known: EngineFacts,
    /// The derived facts, each behind those that it is computed from.
    pub(crate) derived: Vec<FactId>,
    /// Facts with a parameter that the table does not have.
    pub(crate) counted: Vec<Parametric>,
    pub(crate) thresholds: Vec<Threshold>,
    pub(crate) assumptions: Vec<Assumption>,
    pub(crate) applies: Option<Cond>,
    pub(crate) signs: Vec<Sign>,
    pub(crate) types: Vec<DebtorType>,
    pub(crate) holds: Vec<Hold>,
    pub(crate) stages: Vec<Stage>,
    pub(crate) escalate: Escalate,
    pub(crate) eases: Vec<Ease>,
    pub(crate) cures: Vec<Cure>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) acts: Vec<Act>,
    pub(crate) treatments: Vec<Treatment>,
    /// Positions of the treatments of each stage, in order.
    pub(crate) by_stage: Vec<Vec<TreatmentId>>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) learned: Vec<Learned>,
    /// The facts that travel from decision to decision.
    pub(crate) state: Vec<FactId>,
    pub(crate) hours: Vec<Hours>,
    pub(crate) priority: Option<Num>,
    pub(crate) scripts: Vec<ScriptFact>,
    /// The `fact` statements, for what `quiet` holds.
    pub(crate) facts: Vec<Statement>,
    pub(crate) tests: Vec<Statement>,
    pub(crate) invariants: Vec<Invariant>,
    /// The policy's own guardrails, if it has any.
    pub(crate) house: Option<Pack>,
    /// The rules of law and of the house that bear on some treatment.
    pub(crate) bound: Vec<BoundRule>,
    /// The law under which it is read.
    pub(crate) law: Option<Law>,
    /// Whether no pack of that law is in force for the policy on the day: no contact is permitted.
    pub(crate) lawless: bool,
    /// As it was written.
    pub(crate) draft: Arc<Draft>,
    /// How many different conditions the policy has.
    pub(crate) conditions: u32,
    /// How days move the facts.
    pub(crate) course: Course,
}
