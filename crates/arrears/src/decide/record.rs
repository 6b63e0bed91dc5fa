//! A decision with names, as tables and logs carry it.

use super::decision::{Action, Decision, DutyStatus, VetoBy};
use crate::condition::{Truth, WordSet};
use crate::number::show_fixed;
use crate::policy::Policy;
use chrono::NaiveDate;
use serde::Serialize;

/// A decision with names: one row of the output, in the order of its columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The account.
    pub account_id: String,
    /// The debtor type, where it is certain.
    pub debtor_type: Option<String>,
    /// The types that the account may have, where it is not.
    pub type_possible: Vec<String>,
    /// The stage.
    pub stage: String,
    /// The stage of the last decision.
    pub stage_before: Option<String>,
    /// Why it is in the stage.
    pub stage_reason: String,
    /// The treatment chosen.
    pub treatment: Option<String>,
    /// The verb, or wait, held, review, none.
    pub action: String,
    /// The channel.
    pub channel: Option<String>,
    /// Acts on the account.
    pub acts: Vec<String>,
    /// Duties, each with its days left or `review`.
    pub duties: Vec<String>,
    /// The number to be tried.
    pub contact_point: Option<String>,
    /// When the contact may be made.
    pub slot: Option<String>,
    /// Holds that bind; `?` marks one that is not certain.
    pub held_by: Vec<String>,
    /// Treatments that were refused, and by what.
    pub vetoed_by: Vec<String>,
    /// Facts whose absence mattered.
    pub missing: Vec<String>,
    /// The next review.
    pub next_review_on: Option<NaiveDate>,
    /// Whether the decision surely changes on that day.
    pub review_exact: bool,
    /// Why on that day, as [`super::ReviewReason::word`] has it.
    pub review_reason: Option<String>,
    /// The priority, as a decimal.
    pub priority: Option<String>,
    /// Who must approve it.
    pub approval: Option<String>,
    /// The account whose contact this one rides with.
    pub rides_with: Option<String>,
    /// The law under which it was decided.
    pub law: String,
    /// Marks for people.
    pub flags: Vec<String>,
    /// The statements that decided: `stage reminder`, `treatment courtesy_sms`.
    pub rules: Vec<String>,
    /// The policy's name.
    pub policy: String,
    /// The policy's hash.
    pub policy_hash: String,
}

impl Decision {
    /// The decision with names.
    pub fn record(&self, policy: &Policy, account: &str) -> Record {
        let body = &policy.body;
        let stage = |id: crate::policy::StageId| {
            body.stages.get(id.index()).map(|stage| stage.name.clone()).unwrap_or_default()
        };
        let names = self.type_names(policy);
        let certain = names.len() == 1;
        let treatment = self.treatment.and_then(|id| body.treatments.get(id.index()));
        let acts = self.acts.iter().filter_map(|act| body.acts.get(usize::from(*act))).map(|act| act.name.clone());
        let point = self.contact_point.and_then(|point| treatment?.numbers.get(usize::from(point)));
        Record {
            account_id: account.to_owned(),
            debtor_type: if certain { names.first().cloned() } else { None },
            type_possible: if certain { Vec::new() } else { names },
            stage: stage(self.stage),
            stage_before: self.stage_before.map(stage),
            stage_reason: self.stage_reason.word().to_owned(),
            treatment: treatment.map(|treatment| treatment.name.clone()),
            action: self.action.word().to_owned(),
            channel: self.channel.map(|channel| channel.word().to_owned()),
            acts: acts.chain(self.relief.iter().map(|verb| verb.word().to_owned())).collect(),
            duties: self.duty_names(policy),
            contact_point: point.map(|point| point.name.clone()),
            slot: self.slot.map(|slot| slot.written()),
            held_by: self.hold_names(policy),
            vetoed_by: self.veto_names(policy),
            missing: self
                .missing
                .iter()
                .filter_map(|fact| policy.input(*fact))
                .map(|input| input.name.clone())
                .collect(),
            next_review_on: self.next_review_on,
            review_exact: self.review_exact,
            review_reason: self.review_reason.map(|reason| reason.word().to_owned()),
            priority: self.priority.and_then(|value| policy.shown_priority(value)),
            approval: self.approval(policy),
            rides_with: None,
            law: self.law.stamp().to_owned(),
            flags: self.flags.iter().map(|flag| flag.word().to_owned()).collect(),
            rules: self.rules(policy),
            policy: policy.head().name.clone(),
            policy_hash: policy.hash().to_string(),
        }
    }

    /// The names of the types that the account may have.
    pub fn type_names(&self, policy: &Policy) -> Vec<String> {
        let types = policy.body.types.iter().enumerate();
        let possible = |index: usize| self.types.has(i64::try_from(index).unwrap_or(WordSet::OTHER));
        types.filter(|(index, _)| possible(*index)).map(|(_, kind)| kind.name.clone()).collect()
    }

    /// Who must approve what is done: the treatment's role, else the stage's.
    pub fn approval(&self, policy: &Policy) -> Option<String> {
        if !matches!(self.action, Action::Do(_)) {
            return None;
        }
        let treatment = self.treatment.and_then(|id| policy.body.treatments.get(id.index()))?;
        let stage = policy.body.stages.get(self.stage.index())?;
        treatment.approval.clone().or_else(|| stage.approval.clone())
    }

    fn duty_names(&self, policy: &Policy) -> Vec<String> {
        let name = |due: &super::DutyDue| {
            let duty = policy.body.duties.get(usize::from(due.duty))?;
            Some(match (due.status, due.days_left) {
                (DutyStatus::Review, _) => format!("{} (review)", duty.name),
                (DutyStatus::Due, Some(days)) if days < 0 => format!("{} ({} days late)", duty.name, -days),
                (DutyStatus::Due, Some(days)) => format!("{} (within {days} days)", duty.name),
                (DutyStatus::Due, None) => duty.name.clone(),
            })
        };
        self.duties.iter().filter_map(name).collect()
    }

    fn hold_names(&self, policy: &Policy) -> Vec<String> {
        let name = |(index, truth): &(u16, Truth)| {
            let hold = policy.body.holds.get(usize::from(*index))?;
            Some(if truth.is_true() { hold.name.clone() } else { format!("{}?", hold.name) })
        };
        self.held_by.iter().filter_map(name).collect()
    }

    fn veto_names(&self, policy: &Policy) -> Vec<String> {
        self.vetoed_by
            .iter()
            .filter_map(|(id, by)| {
                let treatment = policy.body.treatments.get(id.index())?;
                Some(format!("{}: {}", treatment.name, by.written(policy)))
            })
            .collect()
    }

    fn rules(&self, policy: &Policy) -> Vec<String> {
        let body = &policy.body;
        let mut rules: Vec<String> = self.type_names(policy).iter().map(|name| format!("debtor {name}")).collect();
        if let Some(stage) = body.stages.get(self.stage.index()) {
            rules.push(format!("stage {}", stage.name));
        }
        if let Some(treatment) = self.treatment.and_then(|id| body.treatments.get(id.index())) {
            rules.push(format!("treatment {}", treatment.name));
        }
        let acts = self.acts.iter().filter_map(|act| body.acts.get(usize::from(*act)));
        rules.extend(acts.map(|act| format!("act {}", act.name)));
        let duties = self.duties.iter().filter_map(|due| body.duties.get(usize::from(due.duty)));
        rules.extend(duties.map(|duty| format!("duty {}", duty.name)));
        let holds = self.held_by.iter().filter_map(|(index, _)| body.holds.get(usize::from(*index)));
        rules.extend(holds.map(|hold| format!("hold {}", hold.name)));
        rules
    }
}

impl Policy {
    /// A priority as a decimal, with the decimals of its unit; none if the policy gives none.
    pub fn shown_priority(&self, value: i64) -> Option<String> {
        let priority = self.body.priority.as_ref()?;
        Some(show_fixed(value, priority.unit.decimals(self.body.head.currency.digits())))
    }
}

impl VetoBy {
    /// What refused a treatment, in words.
    pub fn written(self, policy: &Policy) -> String {
        match self {
            Self::Hold(index) => {
                let hold = policy.body.holds.get(usize::from(index));
                format!("hold {}", hold.map(|hold| hold.name.as_str()).unwrap_or_default())
            }
            Self::OptedOut => "opted out of the channel".to_owned(),
            Self::NoConsent => "no consent to the channel".to_owned(),
            Self::NoNumber => "no valid number".to_owned(),
            Self::NoSlot => "no time left today".to_owned(),
            Self::Rule(rule) => rule_name(policy, rule),
            Self::RuleReview(rule) => format!("{}?", rule_name(policy, rule)),
            Self::NoLaw => "no law binds the account".to_owned(),
        }
    }
}

fn rule_name(policy: &Policy, rule: u16) -> String {
    policy.bound_rules().get(usize::from(rule)).map(|rule| format!("rule {}", rule.rule)).unwrap_or_default()
}
