//! Rules of law and of the house that refused treatments, and when contact is next permitted.

use super::Amount;
use super::tally::Sum;
use arrears::Policy;
use arrears::decide::{Decision, VetoBy};
use chrono::{Days, NaiveDate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A rule that refused treatments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleTally {
    /// The rule's id.
    pub rule: String,
    /// The pack.
    pub pack: String,
    /// Where it stands in the law; empty for a rule of the house.
    pub cites: String,
    /// Accounts of which it refused some treatment, or kept one for a person's look.
    pub accounts: u64,
    /// What is overdue on them; none if the policy does not read `overdue`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue: Option<Amount>,
    /// Those of them for which nothing else is done tonight.
    pub left_alone: u64,
    /// When those left alone may next be treated otherwise if nothing happens: the first day, the
    /// one of most accounts, and the last; none where that was not found out.
    pub next: Option<NextDays>,
}

/// The days on which accounts may next be treated otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextDays {
    /// The first.
    pub first: NaiveDate,
    /// The one of most accounts; of several the first.
    pub most: NaiveDate,
    /// The last.
    pub last: NaiveDate,
    /// The clock time from which the refused treatment may go out on the day of most, in the policy's zone,
    /// where rules keep hours.
    pub from: Option<String>,
}

/// Rules being counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Counting(BTreeMap<u16, Counted>);

#[derive(Clone, Debug)]
struct Counted {
    accounts: u64,
    overdue: Amount,
    left_alone: u64,
    days: BTreeMap<u64, u64>,
    treatment: Option<usize>,
}

impl Counting {
    /// Counts accounts that were decided alike; `next` says in how many days they are looked at again.
    pub(super) fn add(&mut self, decision: &Decision, next: Option<u64>, sum: Sum, digits: u32) {
        let vetoes = decision.vetoed_by.iter();
        let rules: BTreeSet<(u16, usize)> = vetoes
            .filter_map(|(treatment, by)| match by {
                VetoBy::Rule(rule) | VetoBy::RuleReview(rule) => Some((*rule, treatment.index())),
                _ => None,
            })
            .collect();
        let mut seen = None;
        for (rule, treatment) in rules {
            if seen.replace(rule) == Some(rule) {
                continue;
            }
            let counted = self.0.entry(rule).or_insert_with(|| Counted {
                accounts: 0,
                overdue: Amount::new(0, digits),
                left_alone: 0,
                days: BTreeMap::new(),
                treatment: Some(treatment),
            });
            counted.accounts += sum.accounts;
            counted.overdue.add(sum.overdue);
            if decision.treatment.is_none() {
                counted.left_alone += sum.accounts;
                if let Some(days) = next {
                    *counted.days.entry(days).or_default() += sum.accounts;
                }
            }
        }
    }

    pub(super) fn finish(self, policy: &Policy, money: bool, as_of: NaiveDate) -> Vec<RuleTally> {
        let mut tallies: Vec<RuleTally> = self
            .0
            .into_iter()
            .filter_map(|(rule, counted)| {
                let bound = policy.bound_rules().get(usize::from(rule))?;
                Some(RuleTally {
                    rule: bound.rule.clone(),
                    pack: bound.pack.clone(),
                    cites: bound.cites.clone(),
                    accounts: counted.accounts,
                    overdue: money.then_some(counted.overdue),
                    left_alone: counted.left_alone,
                    next: counted.next(policy, as_of),
                })
            })
            .collect();
        tallies.sort_by_key(|tally| std::cmp::Reverse(tally.accounts));
        tallies
    }
}

impl Counted {
    fn next(&self, policy: &Policy, as_of: NaiveDate) -> Option<NextDays> {
        let day = |days: u64| as_of.checked_add_days(Days::new(days));
        let (first, _) = self.days.first_key_value()?;
        let (last, _) = self.days.last_key_value()?;
        let (most, _) = self.days.iter().max_by_key(|(days, accounts)| (**accounts, std::cmp::Reverse(**days)))?;
        let most = day(*most)?;
        let treatment = self.treatment.and_then(|place| policy.treatments().get(place));
        let slot = treatment.and_then(|treatment| policy.slot_of(treatment, most, arrears::Cell::UNKNOWN, None).ok());
        let from = slot.flatten().map(|slot| slot.from());
        Some(NextDays { first: day(*first)?, most, last: day(*last)?, from })
    }
}
