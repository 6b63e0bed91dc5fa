//! From a draft to a policy, or to everything that is wrong with it.

mod applies;
mod arithmetic;
mod assumptions;
mod calls;
mod categories;
mod classes;
mod companions;
mod complete;
mod conditions;
mod declared;
mod defines;
mod families;
mod guardrails;
mod head;
mod learned;
mod measures;
mod names;
mod numbering;
mod numbers;
mod of_law;
mod options;
mod outcomes;
mod own_facts;
mod pack;
mod people;
mod planned;
mod stages;
mod tests;
mod thresholds;
mod treatments;
mod under_law;
mod vocabulary;
mod warnings;
mod whereabouts;
mod wording;
mod words;
mod work;

use super::{Law, Policy, PolicyHash};
use crate::condition::{Cond, FactId};
use crate::draft::{Draft, Keyword, Statement};
use crate::number::Kind;
use crate::problem::{Problem, in_file_order};
use chrono::NaiveDate;
use declared::Declared;
use names::one_for_each_name;
use numbering::Numbering;
pub use pack::CheckedPack;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use thresholds::ThresholdDraft;
pub(crate) use thresholds::number_of;
use vocabulary::Vocabulary;

/// Values set for thresholds at load, by name.
pub type Overrides<'a> = &'a [(String, Decimal)];

/// What checking a draft gives: a policy unless there are errors, and every problem in
/// file order.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The policy, if nothing is wrong with it but warnings.
    pub policy: Option<Policy>,
    /// Everything that is wrong, and warnings.
    pub problems: Vec<Problem>,
}

/// When in a decision a statement is read, and so what it may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Phase {
    /// Facts alone: `applies`, signs.
    Facts,
    /// The assessment too: holds, debtor types.
    Assessed,
    /// The debtor type too: stages, ways down.
    Typed,
    /// The stage too: duties, acts, treatments, priority.
    Staged,
    /// The whole decision: `never`, `always`.
    Decided,
    /// One contact, and the facts that the host gives: guardrails.
    Contact,
}

/// What is known while a draft is checked.
pub(crate) struct Checker<'d> {
    pub(crate) draft: &'d Draft,
    pub(crate) problems: Vec<Problem>,
    pub(crate) declared: Declared<'d>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) thresholds: Vec<ThresholdDraft>,
    pub(crate) defines: BTreeMap<String, DefineState>,
    pub(crate) numbering: Numbering,
    pub(crate) digits: u32,
    /// Whether an `outcome` has a mistake of its own, so that what it would teach is not known.
    pub(crate) outcomes_unread: bool,
    /// Whether guardrails are checked: conditions may read facts of a contact.
    pub(crate) guards: bool,
    /// Whether a fact of a pack that was checked by itself is read into a policy.
    pub(crate) carried: bool,
    /// The law under which the policy is read, and on which day; none: only its own guardrails bind.
    pub(crate) law: Option<(Law, NaiveDate)>,
    /// Defines and facts that the policy's own guardrails read.
    pub(crate) house: BTreeSet<String>,
}

/// How far a define has been checked.
pub(crate) enum DefineState {
    /// It is being checked: to meet it again is a circle.
    Open,
    /// It could not be checked; that has been reported.
    Broken,
    /// Its condition, and the phase that it needs.
    Done(Arc<Cond>, Phase),
}

impl Policy {
    /// Checks a draft: names, kinds, units, and the policy as a whole. Thresholds may be
    /// set inside their ranges.
    ///
    /// All problems are reported at once, in file order; with an error there is no policy.
    /// Warnings judge the policy as a whole, so they wait until nothing is wrong with it.
    pub fn check(draft: &Draft, overrides: Overrides<'_>) -> Checked {
        let mut checker = Checker::new(draft);
        let policy = checker.policy(overrides);
        let mut problems = one_for_each_name(in_file_order(checker.problems));
        let failed = problems.iter().any(Problem::is_error) || !draft.broken.is_empty();
        if failed {
            problems.retain(Problem::is_error);
        } else if policy.is_none() {
            problems.push(Problem::error("P314", "the policy reads too many facts"));
        }
        Checked { policy: policy.filter(|_| !failed), problems }
    }

    /// The same policy under a law: the rules of the packs that bind its jurisdiction on a day are
    /// read into its treatments, so that each decision keeps them. The facts that they need become
    /// facts that the policy reads: columns of its tables, or assumptions that it states.
    ///
    /// Under [`Law::none`] only the policy's own guardrails bind, as they always do. A policy
    /// without a jurisdiction, or one that no pack binds, permits no contact: a person must look.
    ///
    /// # Errors
    ///
    /// What keeps the policy from reading the rules: too many facts or words.
    pub fn under(&self, law: &Law, on: NaiveDate) -> Result<Self, Vec<Problem>> {
        let mut checker = Checker::new(&self.body.draft);
        checker.law = Some((law.clone(), on));
        let policy = checker.policy(&[]);
        let problems: Vec<Problem> = checker.problems.into_iter().filter(Problem::is_error).collect();
        let Some(mut policy) = policy.filter(|_| problems.is_empty()) else {
            let none = Problem::error("P314", "the policy reads too many facts under this law");
            return Err(if problems.is_empty() { vec![none] } else { problems });
        };
        policy.values = Arc::clone(&self.values);
        policy.hash = PolicyHash::of(&policy);
        Ok(policy)
    }

    /// The same policy with other values for thresholds, without reading it again.
    ///
    /// # Errors
    ///
    /// Every value that names no threshold, has too many decimals, or lies outside its range.
    pub fn with_thresholds(&self, overrides: Overrides<'_>) -> Result<Self, Vec<Problem>> {
        let mut values = self.values.to_vec();
        let problems = thresholds::set(&self.body.thresholds, self.body.head.currency.digits(), overrides, &mut values);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut policy = Self { body: Arc::clone(&self.body), values: values.into(), hash: self.hash };
        policy.hash = PolicyHash::of(&policy);
        Ok(policy)
    }
}

impl<'d> Checker<'d> {
    fn new(draft: &'d Draft) -> Self {
        let mut problems = Vec::new();
        let declared = Declared::read(draft, &mut problems);
        Self {
            draft,
            problems,
            declared,
            vocabulary: Vocabulary::default(),
            thresholds: Vec::new(),
            defines: BTreeMap::new(),
            numbering: Numbering::default(),
            digits: 2,
            outcomes_unread: false,
            guards: false,
            carried: false,
            law: None,
            house: BTreeSet::new(),
        }
    }

    /// Every statement with this keyword, in the order written.
    pub(crate) fn statements(&self, keyword: Keyword) -> impl Iterator<Item = &'d Statement> + use<'d> {
        let statements: &'d [Statement] = &self.draft.statements;
        statements.iter().filter(move |statement| statement.keyword == keyword)
    }

    pub(crate) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn policy(&mut self, overrides: Overrides<'_>) -> Option<Policy> {
        self.complete();
        let head = self.head();
        self.declare_thresholds();
        self.declare_own_facts();
        let applies = self.applies();
        if let Some(applies) = &applies {
            self.reads_the_table_only(applies);
        }
        let signs = self.signs();
        let holds = self.holds();
        let types = self.debtor_types();
        let stages = self.stages();
        let escalate = self.escalate(&stages);
        let eases = self.eases(&stages);
        let cures = self.cures(&stages);
        let mut duties = self.duties();
        let acts = self.acts();
        let (mut treatments, by_stage) = self.treatments(&stages);
        let house = self.house_rules(overrides);
        let bound = self.bound_rules(&mut treatments, &mut duties, house.as_ref(), head.as_ref());
        let outcomes = self.outcomes();
        let taught = self.learned(&outcomes);
        let hours = self.hours();
        let priority = self.priority();
        let invariants = self.invariants();
        self.check_tests();
        self.remaining_defines();
        let scripts = self.scripts();
        let known = self.engine_facts();
        let assumptions = self.assumptions();
        let learned = self.finish_learned(taught, &outcomes);
        let (thresholds, values) = self.finish_thresholds(overrides, head.as_ref().map(|head| head.currency.digits()));
        self.warnings(&stages, &treatments, &by_stage, &types);
        let inputs = self.finish_inputs();
        let derived = in_order(&inputs);
        let state = carried_facts(&inputs);
        let head = head?;
        let lawless = self.law.as_ref().is_some_and(|(law, on)| {
            let place = head.jurisdiction.as_deref();
            !law.is_none() && place.is_none_or(|place| law.in_force(place, *on).next().is_none())
        });
        let mut body = super::Body {
            head,
            sources: self.draft.sources.clone(),
            inputs,
            known: known?,
            derived,
            counted: std::mem::take(&mut self.vocabulary.counted),
            thresholds,
            assumptions,
            applies,
            signs,
            types,
            holds,
            stages,
            escalate,
            eases,
            cures,
            duties,
            acts,
            treatments,
            by_stage,
            outcomes,
            learned,
            state,
            hours,
            priority,
            scripts,
            facts: self.statements(Keyword::Fact).cloned().collect(),
            tests: self.statements(Keyword::Test).cloned().collect(),
            invariants,
            house,
            bound,
            law: self.law.as_ref().map(|(law, _)| law.clone()),
            lawless,
            draft: Arc::new(self.draft.clone()),
            conditions: self.numbering.len(),
            course: super::Course::default(),
        };
        body.course = super::Course::of(&body);
        let mut policy = Policy { body: Arc::new(body), values: values.into(), hash: PolicyHash::NONE };
        policy.hash = PolicyHash::of(&policy);
        Some(policy)
    }

    /// Reads the rules that bind into the treatments.
    fn bound_rules(
        &mut self,
        treatments: &mut [super::Treatment],
        duties: &mut Vec<super::Duty>,
        house: Option<&super::Pack>,
        head: Option<&super::Head>,
    ) -> Vec<super::guard::BoundRule> {
        let law = self.law.clone();
        let binding = under_law::Binding {
            house,
            law: law.as_ref().map(|(law, on)| (law, *on)),
            jurisdiction: head.and_then(|head| head.jurisdiction.as_deref()),
        };
        let owed = self.duties_under(&binding);
        duties.extend(owed);
        self.guard(treatments, &binding)
    }

    /// The written form of a kind for messages, with the currency's name left out.
    pub(crate) fn decimals(&self, kind: Kind) -> u32 {
        kind.decimals(self.digits)
    }
}

/// The facts that travel from decision to decision.
fn carried_facts(inputs: &[super::Input]) -> Vec<FactId> {
    let state = inputs.iter().enumerate().filter(|(_, input)| matches!(input.need, super::Need::State(_)));
    state.filter_map(|(index, _)| u16::try_from(index).ok().map(FactId)).collect()
}

/// The derived facts, each behind those that it is computed from: signs read buckets and
/// utilisation, axes read signs, the quadrant reads the axes.
fn in_order(inputs: &[super::Input]) -> Vec<FactId> {
    let derived = inputs.iter().enumerate().filter(|(_, input)| input.need == super::Need::Derived);
    let mut ranked: Vec<(u8, FactId)> = derived
        .filter_map(|(index, input)| {
            let rank = match input.name.as_str() {
                "quadrant" => 2,
                "willingness" | "ability" => 1,
                _ => 0,
            };
            Some((rank, FactId(u16::try_from(index).ok()?)))
        })
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, id)| id).collect()
}
