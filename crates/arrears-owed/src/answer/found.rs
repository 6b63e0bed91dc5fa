//! What a mechanism found, as words, days and amounts.

use crate::allocation::Allocation;
use crate::finding::{Finding, Met};
use crate::status::{ChargeOff, Status};
use arrears::Currency;
use arrears::account::Amount;
use chrono::NaiveDate;
use serde::Serialize;

/// What a mechanism found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Found {
    /// The class of an account.
    Class {
        /// The class, by the regime's word.
        class: String,
        /// Its place among the classes: 0 is the best.
        rank: usize,
        /// The regime's classes, the best first.
        classes: Vec<String>,
        /// Whether it is the best class that the regime allows: a bank may class worse, never better.
        best_allowed: bool,
        /// The numbers and days that decided.
        why: String,
        /// By when it is charged off if it stays unpaid. None: the regime does not say, or nothing is unpaid.
        charge_off: Option<ChargedOffBy>,
        /// Why the day of the charge-off is not told although the regime has a rule on it.
        charge_off_untold: Option<String>,
    },
    /// A payment, divided.
    Shares {
        /// The currency of the amounts.
        currency: Currency,
        /// What was allocated, in the order in which it was.
        shares: Vec<AnswerShare>,
        /// What of the payment is left over.
        unallocated: Amount,
        /// Names among which the rule leaves the order to the creditor.
        free: Vec<Vec<String>>,
    },
    /// Whether something is permitted.
    Permission {
        /// Whether every condition is met; what is unknown does not permit.
        allowed: Met,
        /// Every condition, with why.
        findings: Vec<Tested>,
        /// The first day on which the tests of earlier re-ages are met, if nothing more happens. None: not known, or
        /// nothing is asked of earlier ones.
        rested_on: Option<NaiveDate>,
    },
    /// Which objective elements are there.
    Elements {
        /// Whether every element is there; unknown where one may be and none is surely missing.
        all: Met,
        /// Every element, with why.
        findings: Vec<Tested>,
        /// The first day on which every element could be there. None: the amount is not reached, or not known.
        earliest: Option<NaiveDate>,
        /// The day on which a further effective demand would have to be made for it. None: no more is needed.
        demand_on: Option<NaiveDate>,
    },
    /// Until when a claim can be enforced.
    Limitation {
        /// The last day of the period.
        last_day: NaiveDate,
        /// The days left until then; zero on the last day, below zero it has run out.
        days_left: i64,
        /// The day from which the period runs now.
        runs_from: NaiveDate,
        /// What began it anew last. None: nothing did.
        interrupted_by: Option<&'static str>,
        /// What would begin it anew.
        may_interrupt: Vec<&'static str>,
        /// The days that decided.
        why: String,
    },
}

/// A condition, with what was found of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tested {
    /// The condition: `minimum_age`.
    pub of: String,
    /// Whether it is met.
    pub met: Met,
    /// Why.
    pub why: String,
}

/// What was allocated to one thing that is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerShare {
    /// A component, a balance or a debt.
    pub to: String,
    /// Whether it is the part of it that is in dispute.
    pub disputed: bool,
    /// What was owed of it.
    pub owed: Amount,
    /// What was allocated. Zero: nothing was.
    pub amount: Amount,
    /// Why it stands at this place.
    pub why: String,
}

/// By when an account is charged off if it stays unpaid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChargedOffBy {
    /// The day on which it reaches the class that is charged off.
    pub reached_on: NaiveDate,
    /// The last day for it.
    pub by: NaiveDate,
    /// The rule that says so.
    pub rule: String,
    /// Where that stands.
    pub cites: String,
    /// Whether that rule answers only because a host enabled it by hand.
    pub enabled_by_hand: bool,
    /// The days that decided.
    pub why: String,
}

impl ChargedOffBy {
    pub(crate) fn of(charge_off: &ChargeOff<'_>) -> Self {
        Self {
            reached_on: charge_off.reached_on,
            by: charge_off.by,
            rule: charge_off.rule.id.clone(),
            cites: charge_off.rule.cites.clone(),
            enabled_by_hand: charge_off.rule.enabled_by_hand(),
            why: charge_off.why.clone(),
        }
    }
}

/// A class, without a word on charge-offs.
pub(crate) fn class(status: &Status<'_>) -> Found {
    Found::Class {
        class: status.class.to_owned(),
        rank: status.rank,
        classes: status.classes.to_vec(),
        best_allowed: status.best_allowed,
        why: status.why.clone(),
        charge_off: None,
        charge_off_untold: None,
    }
}

/// The shares of a payment.
pub(crate) fn shares(allocation: &Allocation<'_>) -> Found {
    let currency = allocation.unallocated.currency();
    let amount = |money: arrears::Money| Amount::from_minor(money.minor(), money.currency());
    let shares = allocation.shares.iter().map(|share| AnswerShare {
        to: share.to.clone(),
        disputed: share.disputed,
        owed: amount(share.owed),
        amount: amount(share.amount),
        why: share.why.clone(),
    });
    Found::Shares {
        currency,
        shares: shares.collect(),
        unallocated: amount(allocation.unallocated),
        free: allocation.free.clone(),
    }
}

/// Findings, each under the word of its condition.
pub(crate) fn said<T: Serialize>(findings: &[Finding<T>]) -> Vec<Tested> {
    let word = |of: &T| serde_json::to_value(of).ok().and_then(|word| Some(word.as_str()?.to_owned()));
    let said = findings.iter().map(|finding| Tested {
        of: word(&finding.of).unwrap_or_default(),
        met: finding.met,
        why: finding.why.clone(),
    });
    said.collect()
}
