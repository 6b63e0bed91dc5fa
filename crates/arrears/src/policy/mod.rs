//! A bank's policy after its checks: everything named is known, every kind fits.

mod applies;
mod bind;
mod body;
mod canonical;
mod check;
mod class_of_contact;
mod engine_facts;
mod given_value;
mod guard;
mod input;
mod ladder;
mod law;
mod motion;
mod outcome;
mod outline;
mod overlay;
pub mod pack;
mod parts;
mod people;
mod protected;
mod retold;
mod shown;
mod term;
pub(crate) mod words;
mod work;

pub use applies::NotFor;
pub use bind::{Row, RowProblem, unknown_word};
pub(crate) use body::Body;
pub use canonical::PolicyHash;
pub(crate) use canonical::sha256;
pub(crate) use check::number_of;
pub use check::{Checked, CheckedPack, Overrides};
pub use engine_facts::EngineFacts;
pub use guard::{BoundRule, Guard, HoursLeft, KeptHours};
pub use input::{Input, Need};
pub use ladder::{Cure, Ease, Escalate, Mode, Stage, StageId};
pub use law::{EmptyReason, Law, UnknownRule};
pub(crate) use motion::{Course, Motion, Stirs};
pub use motion::{Formula, Hidden, Moves, OnStep};
pub use outcome::{Effect, Learned, LearnedForm, Outcome};
pub use outline::{OutlinedClause, OutlinedCond, OutlinedStatement, Says, Shape};
pub use pack::{Pack, PackHead};
pub use people::{Axis, DebtorType, Hold, Scope, Sign, Stops};
pub use protected::is_protected_trait;
pub use work::{Act, ClockPeriod, Detail, Duty, Hours, Point, Purpose, Treatment, TreatmentId};

use crate::condition::{Cond, FactId, Num, ThresholdId};
use crate::draft::{Keyword, Source, Statement};
use crate::facts::{OwnFact, Parametric, Wanted};
use crate::number::{Currency, Kind};
use crate::span::Span;
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::sync::Arc;

/// A policy, read once and never changed. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct Policy {
    pub(crate) body: Arc<Body>,
    /// The thresholds in force, by position.
    pub(crate) values: Arc<[i64]>,
    pub(crate) hash: PolicyHash,
}

/// The head of a policy.
#[derive(Clone, Debug)]
pub struct Head {
    /// The policy's name.
    pub name: String,
    /// A label for people.
    pub version: String,
    /// The first day on which it may decide.
    pub from: Option<NaiveDate>,
    /// The last day on which it may decide.
    pub to: Option<NaiveDate>,
    /// The currency of every amount.
    pub currency: Currency,
    /// The zone of `as_of`.
    pub zone: Tz,
    /// Whose law it was written for.
    pub jurisdiction: Option<String>,
    /// First days past due of buckets 1, 2, 3, ...
    pub buckets: Vec<i64>,
    /// Days after which an account is looked at again when its next due date is not known.
    pub review_within: u32,
    /// What the policy is for.
    pub why: String,
    /// Where the head stands.
    pub span: Span,
}

/// A number that a risk officer tunes.
#[derive(Clone, Debug)]
pub struct Threshold {
    /// Its name.
    pub name: String,
    /// What it measures, by its first use.
    pub kind: Kind,
    /// The value written in the policy.
    pub written: i64,
    /// The least value that may be set.
    pub from: i64,
    /// The greatest value that may be set.
    pub to: i64,
    /// Why it is what it is.
    pub why: String,
    /// What it counts, in words.
    pub unit: Option<String>,
    /// Who may change it.
    pub owner: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// Something taken as known where a column is absent.
#[derive(Clone, Debug)]
pub struct Assumption {
    /// As the author wrote it: `deceased = false`, `contacts = "none"`.
    pub written: String,
    /// The facts that it settles.
    pub facts: Vec<FactId>,
    /// Why this may be taken as known.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// A fact that a script computes before anything else.
#[derive(Clone, Debug)]
pub struct ScriptFact {
    /// The fact.
    pub fact: FactId,
    /// The facts that the script may see.
    pub reads: Vec<FactId>,
    /// The script's text.
    pub source: String,
}

/// A statement about every decision: `never` or `always`.
#[derive(Clone, Debug)]
pub struct Invariant {
    /// Its text.
    pub name: String,
    /// For `never`, what must not hold; for `always`, when `then` must hold.
    pub when: Cond,
    /// For `always`, what must hold.
    pub then: Option<Cond>,
    /// Where it stands.
    pub span: Span,
}

impl Policy {
    /// The head: name, version, currency, zone.
    pub fn head(&self) -> &Head {
        &self.body.head
    }

    /// The files from which it was read; none for a policy built by a program.
    pub fn sources(&self) -> &[Source] {
        &self.body.sources
    }

    /// Every fact that a row for this policy has, by position.
    pub fn inputs(&self) -> &[Input] {
        &self.body.inputs
    }

    /// The fact at a position.
    pub fn input(&self, id: FactId) -> Option<&Input> {
        self.body.inputs.get(id.index())
    }

    /// The place of every fact, in the order of [`Policy::inputs`].
    pub fn fact_ids(&self) -> impl Iterator<Item = FactId> + use<> {
        (0..self.body.inputs.len()).filter_map(|index| u16::try_from(index).ok()).map(FactId)
    }

    /// The position of the fact called `name`, if the policy reads it.
    pub fn find_input(&self, name: &str) -> Option<FactId> {
        let position = self.body.inputs.iter().position(|input| input.name == name)?;
        u16::try_from(position).ok().map(FactId)
    }

    /// The facts that it reads beyond the table: those with a parameter, and the bank's own.
    pub fn wanted(&self) -> Wanted {
        let own = self.body.facts.iter().filter(|statement| statement.keyword == Keyword::Fact);
        let of = |statement: &Statement| {
            let input = self.find_input(statement.name_text()).and_then(|id| self.input(id))?;
            let aged = input.valid.is_some();
            Some((input.name.clone(), OwnFact { kind: input.kind, movement: input.movement, aged }))
        };
        let counted = self.body.counted.clone();
        let class = |fact: &Parametric| Some((fact.what.clone(), self.class_of_contact(fact)?));
        let classes = counted.iter().filter_map(class).collect();
        Wanted { counted, own: own.filter_map(of).collect(), classes }
    }

    /// The thresholds, with their ranges.
    pub fn thresholds(&self) -> &[Threshold] {
        &self.body.thresholds
    }

    /// The thresholds, each with its value in force.
    pub fn threshold_values(&self) -> impl Iterator<Item = (&Threshold, i64)> {
        self.body.thresholds.iter().zip(self.values.iter().copied())
    }

    /// The value of a threshold in force.
    pub fn threshold_value(&self, id: ThresholdId) -> Option<i64> {
        self.values.get(id.index()).copied()
    }

    /// What is taken as known where a column is absent.
    pub fn assumptions(&self) -> &[Assumption] {
        &self.body.assumptions
    }

    /// The debtor types, in the order in which they are read.
    pub fn debtor_types(&self) -> &[DebtorType] {
        &self.body.types
    }

    /// The signs of willingness and ability.
    pub fn signs(&self) -> &[Sign] {
        &self.body.signs
    }

    /// The holds.
    pub fn holds(&self) -> &[Hold] {
        &self.body.holds
    }

    /// The stages in order of severity; the first is `current`.
    pub fn stages(&self) -> &[Stage] {
        &self.body.stages
    }

    /// How accounts move over the stages.
    pub fn escalate(&self) -> &Escalate {
        &self.body.escalate
    }

    /// The treatments, in the order in which they are written.
    pub fn treatments(&self) -> &[Treatment] {
        &self.body.treatments
    }

    /// The acts on the account.
    pub fn acts(&self) -> &[Act] {
        &self.body.acts
    }

    /// The duties.
    pub fn duties(&self) -> &[Duty] {
        &self.body.duties
    }

    /// The ways down and the cure.
    pub fn eases(&self) -> &[Ease] {
        &self.body.eases
    }

    /// When arrears are over.
    pub fn cures(&self) -> &[Cure] {
        &self.body.cures
    }

    /// What must never, or always, be decided.
    pub fn invariants(&self) -> &[Invariant] {
        &self.body.invariants
    }

    /// The policy's own tests, as written.
    pub fn tests(&self) -> &[Statement] {
        &self.body.tests
    }

    /// The facts computed by scripts.
    pub fn scripts(&self) -> &[ScriptFact] {
        &self.body.scripts
    }

    /// Which accounts the policy is for; all of them if it does not say. See [`Policy::applies_to`].
    pub fn applies(&self) -> Option<&Cond> {
        self.body.applies.as_ref()
    }

    /// The facts that the engine itself reads.
    pub fn engine_facts(&self) -> &EngineFacts {
        &self.body.known
    }

    /// The treatments of a stage, in the order in which they take their turn.
    pub fn turns(&self, stage: StageId) -> &[TreatmentId] {
        self.body.by_stage.get(stage.index()).map_or(&[], Vec::as_slice)
    }

    /// What a day on which nothing happens does to a fact.
    pub fn moves(&self, fact: FactId) -> Moves {
        self.body.course.motion(fact).moves
    }

    /// The derived facts with how each is computed, each behind those that it is computed from.
    pub fn derived_facts(&self) -> impl Iterator<Item = (FactId, Formula)> {
        self.body.derived.iter().filter_map(|id| match self.body.course.motion(*id).moves {
            Moves::Derived(formula) => Some((*id, formula)),
            _ => None,
        })
    }

    /// The policy's own guardrails, as a pack of the house; none if it has none. They bind
    /// beside the law and can only add to it.
    pub fn house_rules(&self) -> Option<&Pack> {
        self.body.house.as_ref()
    }

    /// The rules of law and of the house that bear on some treatment. Which law, is for
    /// [`Policy::under`] to say.
    pub fn bound_rules(&self) -> &[BoundRule] {
        &self.body.bound
    }

    /// The law under which the policy is read; none before [`Policy::under`].
    pub fn law(&self) -> Option<&Law> {
        self.body.law.as_ref()
    }

    /// When people of an occupation may be found at home.
    pub fn hours(&self) -> &[Hours] {
        &self.body.hours
    }

    /// The priority, if the policy has one.
    pub fn priority(&self) -> Option<&Num> {
        self.body.priority.as_ref()
    }

    /// SHA-256 over what decides: see [`PolicyHash`].
    pub fn hash(&self) -> PolicyHash {
        self.hash
    }

    /// How many different conditions the policy has: conditions with one number have
    /// one meaning.
    pub fn condition_count(&self) -> u32 {
        self.body.conditions
    }
}
