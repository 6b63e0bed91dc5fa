//! A summary in the making.

use super::left_alone;
use super::rules::{self, RuleTally};
use super::tally::{Sum, Tallies, Tally};
use super::{Amount, LeftAlone};
use crate::columns::Alike;
use arrears::Policy;
use arrears::condition::FactId;
use arrears::decide::{Decision, StageReason};
use chrono::NaiveDate;

/// The type of accounts that may be of several types.
const SEVERAL: &str = "one of several";

/// Counts decisions.
pub(crate) struct Counting<'p> {
    policy: &'p Policy,
    digits: u32,
    /// Whether the policy reads what is overdue.
    money: bool,
    pub(crate) decisions: u64,
    overdue: Amount,
    pub(crate) overdue_unknown: u64,
    stages: Tallies,
    types: Tallies,
    actions: Tallies,
    treatments: Tallies,
    channels: Tallies,
    reasons: Tallies,
    acts: Tallies,
    duties: Tallies,
    scripts: Tallies,
    alone: left_alone::Counting,
    rules: rules::Counting,
    pub(crate) review_tomorrow: u64,
    pub(crate) first_at_once: u64,
    pub(crate) with_state: u64,
}

/// The tallies of a finished count.
pub(crate) struct Counted {
    pub(crate) overdue: Option<Amount>,
    pub(crate) by_stage: Vec<Tally>,
    pub(crate) by_debtor_type: Vec<Tally>,
    pub(crate) by_action: Vec<Tally>,
    pub(crate) by_treatment: Vec<Tally>,
    pub(crate) by_channel: Vec<Tally>,
    pub(crate) by_stage_reason: Vec<Tally>,
    pub(crate) acts: Vec<Tally>,
    pub(crate) duties: Vec<Tally>,
    pub(crate) script_failures: Vec<Tally>,
    pub(crate) left_alone: LeftAlone,
    pub(crate) rules: Vec<RuleTally>,
}

impl<'p> Counting<'p> {
    pub(crate) fn new(policy: &'p Policy) -> Self {
        let digits = policy.head().currency.digits();
        Self {
            policy,
            digits,
            money: policy.find_input("overdue").is_some(),
            decisions: 0,
            overdue: Amount::new(0, digits),
            overdue_unknown: 0,
            stages: Tallies::default(),
            types: Tallies::default(),
            actions: Tallies::default(),
            treatments: Tallies::default(),
            channels: Tallies::default(),
            reasons: Tallies::default(),
            acts: Tallies::default(),
            duties: Tallies::default(),
            scripts: Tallies::default(),
            alone: left_alone::Counting::default(),
            rules: rules::Counting::default(),
            review_tomorrow: 0,
            first_at_once: 0,
            with_state: 0,
        }
    }

    /// Counts accounts that were decided alike.
    pub(crate) fn add(&mut self, alike: &Alike, sum: Sum) {
        let (policy, digits) = (self.policy, self.digits);
        let decision = &alike.decision;
        self.decisions += sum.accounts;
        self.overdue.add(sum.overdue);
        self.overdue_unknown += sum.unknown;
        let stage = policy.stages().get(decision.stage.index());
        self.stages.add(stage.map_or("", |stage| &stage.name), sum, digits);
        self.types.add(type_of(policy, decision), sum, digits);
        self.actions.add(decision.action.word(), sum, digits);
        self.reasons.add(decision.stage_reason.word(), sum, digits);
        if let Some(treatment) = decision.treatment.and_then(|id| policy.treatments().get(id.index())) {
            self.treatments.add(&treatment.name, sum, digits);
        }
        if let Some(channel) = decision.channel {
            self.channels.add(channel.word(), sum, digits);
        }
        for act in decision.acts.iter().filter_map(|act| policy.acts().get(usize::from(*act))) {
            self.acts.add(&act.name, sum, digits);
        }
        for verb in &decision.relief {
            self.acts.add(verb.word(), sum, digits);
        }
        for due in &decision.duties {
            if let Some(duty) = policy.duties().get(usize::from(due.duty)) {
                self.duties.add(&duty.name, sum, digits);
            }
        }
        self.alone.add(policy, alike, sum, digits);
        self.rules.add(decision, alike.refused_until, sum, digits);
        let of = |counts: bool| if counts { sum.accounts } else { 0 };
        self.review_tomorrow += of(alike.tomorrow);
        self.first_at_once += of(decision.stage_reason == StageReason::First);
        self.with_state += of(decision.stage_before.is_some());
    }

    /// Counts facts of an account that stay unknown because their script failed.
    pub(crate) fn add_script_failures(&mut self, facts: &[FactId], sum: Sum) {
        for input in facts.iter().filter_map(|fact| self.policy.input(*fact)) {
            self.scripts.add(&input.name, sum, self.digits);
        }
    }

    pub(crate) fn finish(self, as_of: NaiveDate) -> Counted {
        let policy = self.policy;
        let money = self.money;
        let stages = policy.stages().iter().map(|stage| stage.name.as_str());
        let types = policy.debtor_types().iter().map(|kind| kind.name.as_str());
        let treatments = policy.treatments().iter().map(|treatment| treatment.name.as_str());
        let acts = policy.acts().iter().map(|act| act.name.as_str());
        let duties = policy.duties().iter().map(|duty| duty.name.as_str());
        Counted {
            overdue: money.then_some(self.overdue),
            by_stage: self.stages.in_order(stages, money),
            by_debtor_type: self.types.in_order(types, money),
            by_action: self.actions.by_size(money),
            by_treatment: self.treatments.in_order(treatments, money),
            by_channel: self.channels.by_size(money),
            by_stage_reason: self.reasons.by_size(money),
            acts: self.acts.in_order(acts, money),
            duties: self.duties.in_order(duties, money),
            script_failures: self.scripts.by_size(money),
            left_alone: self.alone.finish(policy, money),
            rules: self.rules.finish(policy, money, as_of),
        }
    }
}

/// The debtor type, or what to call an account that may be of several.
fn type_of<'p>(policy: &'p Policy, decision: &Decision) -> &'p str {
    let mut possible = decision.types.positions();
    match (possible.next(), possible.next()) {
        (Some(only), None) => policy.debtor_types().get(only).map_or("", |kind| &kind.name),
        _ => SEVERAL,
    }
}
