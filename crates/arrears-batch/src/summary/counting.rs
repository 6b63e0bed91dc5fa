//! A summary in the making.

use super::left_alone;
use super::tally::{Tallies, Tally};
use super::{Amount, LeftAlone};
use arrears::Policy;
use arrears::condition::FactId;
use arrears::decide::{Decision, Proposal, StageReason};
use chrono::NaiveDate;

/// The type of accounts that may be of several types.
const SEVERAL: &str = "one of several";

/// Counts decisions.
pub(crate) struct Counting<'p> {
    policy: &'p Policy,
    as_of: NaiveDate,
    digits: u32,
    overdue_fact: Option<FactId>,
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
}

impl<'p> Counting<'p> {
    pub(crate) fn new(policy: &'p Policy, as_of: NaiveDate) -> Self {
        let digits = policy.head().currency.digits();
        Self {
            policy,
            as_of,
            digits,
            overdue_fact: policy.find_input("overdue"),
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
            review_tomorrow: 0,
            first_at_once: 0,
            with_state: 0,
        }
    }

    pub(crate) fn add(&mut self, proposal: &Proposal, script_failures: &[FactId]) {
        let (policy, digits) = (self.policy, self.digits);
        let decision = &proposal.decision;
        let overdue = self.overdue_fact.and_then(|fact| proposal.row.cell(fact).get());
        self.decisions += 1;
        match overdue {
            Some(minor) => self.overdue.add(minor),
            None => self.overdue_unknown += 1,
        }
        let stage = policy.stages().get(decision.stage.index());
        self.stages.add(stage.map_or("", |stage| &stage.name), overdue, digits);
        self.types.add(type_of(policy, decision), overdue, digits);
        self.actions.add(decision.action.word(), overdue, digits);
        self.reasons.add(decision.stage_reason.word(), overdue, digits);
        if let Some(treatment) = decision.treatment.and_then(|id| policy.treatments().get(id.index())) {
            self.treatments.add(&treatment.name, overdue, digits);
        }
        if let Some(channel) = decision.channel {
            self.channels.add(channel.word(), overdue, digits);
        }
        for act in decision.acts.iter().filter_map(|act| policy.acts().get(usize::from(*act))) {
            self.acts.add(&act.name, overdue, digits);
        }
        for verb in &decision.relief {
            self.acts.add(verb.word(), overdue, digits);
        }
        for due in &decision.duties {
            if let Some(duty) = policy.duties().get(usize::from(due.duty)) {
                self.duties.add(&duty.name, overdue, digits);
            }
        }
        for input in script_failures.iter().filter_map(|fact| policy.input(*fact)) {
            self.scripts.add(&input.name, overdue, digits);
        }
        self.alone.add(policy, proposal, overdue, digits);
        self.review_tomorrow +=
            u64::from(decision.next_review_on.is_some() && decision.next_review_on == self.as_of.succ_opt());
        self.first_at_once += u64::from(decision.stage_reason == StageReason::First);
        self.with_state += u64::from(decision.stage_before.is_some());
    }

    pub(crate) fn finish(self) -> Counted {
        let policy = self.policy;
        let money = self.overdue_fact.is_some();
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
