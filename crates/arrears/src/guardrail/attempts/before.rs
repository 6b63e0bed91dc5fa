//! The calls that the history tells, as a plan counts them.

use super::plan::{AttemptPlan, Dialled};
use super::planned::LeftOut;
use crate::facts::Channel;
use crate::guardrail::known::{Known, Past};
use crate::guardrail::{Contact, Direction};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The result with which an attempt of a plan is taken to have ended.
pub(super) const IN_VAIN: &str = "no_answer";

/// Attempts that were made, by the history first and then by the plan.
#[derive(Debug, Default)]
pub(super) struct Made {
    by_date: BTreeMap<NaiveDate, u32>,
    last: Option<i64>,
}

impl Made {
    /// Those of the history.
    pub(super) fn of(known: &Known) -> Self {
        let mut made = Self::default();
        for past in calls(known) {
            made.add(past.moment.date(), past.moment.at);
        }
        made
    }

    /// One more.
    pub(super) fn add(&mut self, date: Option<NaiveDate>, at: i64) {
        if let Some(date) = date {
            *self.by_date.entry(date).or_default() += 1;
        }
        self.last = self.last.max(Some(at));
    }

    /// How many on a local date.
    pub(super) fn on(&self, date: NaiveDate) -> u32 {
        self.by_date.get(&date).copied().unwrap_or(0)
    }

    /// The first moment that is so many minutes after the last; none if there was none.
    pub(super) fn apart(&self, minutes: u32) -> Option<i64> {
        self.last.map(|last| last.saturating_add(i64::from(minutes) * 60))
    }
}

/// How often attempts of a number ended with a result: surely, and at most.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ended {
    pub(super) at_least: u32,
    pub(super) at_most: u32,
}

/// How often attempts of each number ended with each result that the plan asks for, in one pass.
#[derive(Debug)]
pub(super) struct Results(BTreeMap<(usize, String), Ended>);

impl Results {
    /// Those of the history. A call of which the number or the result is not known may be any.
    pub(super) fn of(known: &Known, plan: &AttemptPlan) -> Self {
        let mut found = BTreeMap::new();
        let asked: Vec<&String> = plan.drop_after.iter().flat_map(BTreeMap::keys).collect();
        for past in calls(known).filter(|_| !asked.is_empty()) {
            for (index, dialled) in plan.numbers.iter().enumerate() {
                for code in &asked {
                    let number = same(past.contact.number.as_deref(), &dialled.number);
                    let result = same(past.contact.outcome.as_deref(), code);
                    if number == Some(false) || result == Some(false) {
                        continue;
                    }
                    let ended: &mut Ended = found.entry((index, (*code).clone())).or_default();
                    ended.at_least += u32::from(number.is_some() && result.is_some());
                    ended.at_most += 1;
                }
            }
        }
        Self(found)
    }

    pub(super) fn ended(&self, number: usize, code: &str) -> Ended {
        self.0.get(&(number, code.to_owned())).copied().unwrap_or_default()
    }

    /// Why a number is not tried, if a result ends it, or may; of several the first by name that surely does.
    pub(super) fn drops(&self, plan: &AttemptPlan, number: usize) -> Option<LeftOut> {
        let mut reached: Vec<LeftOut> = Vec::new();
        for (code, after) in plan.drop_after.iter().flatten() {
            let Ended { at_least, at_most } = self.ended(number, code);
            if at_most >= *after {
                reached.push(LeftOut::Result { result: code.clone(), after: *after, at_least, at_most });
            }
        }
        reached.into_iter().rev().max_by_key(LeftOut::answer)
    }
}

/// Whether something told is this; none where it is not known.
fn same(told: Option<&str>, this: &str) -> Option<bool> {
    told.map(|told| told == this)
}

/// The calls of the history that went out.
fn calls(known: &Known) -> impl Iterator<Item = &Past> {
    known.past.iter().flatten().filter(|past| {
        past.contact.direction == Direction::Out && is_call(past.contact.channel) && !past.contact.same_call
    })
}

/// Whether a telephone rings.
pub(super) const fn is_call(channel: Channel) -> bool {
    matches!(channel, Channel::Phone | Channel::Ivr)
}

/// The proposed contact at one number.
pub(super) fn call(proposed: &Contact, dialled: &Dialled) -> Contact {
    Contact { number: Some(dialled.number.clone()), number_kind: Some(dialled.kind.clone()), ..proposed.clone() }
}
