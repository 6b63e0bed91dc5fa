//! The balances of a card account, and what was paid above its minimum.

use super::{counted, once};
use arrears::Money;
use arrears::document::{Fault, meant};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// A balance on the reference day that the issuer uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Its name within the account.
    pub id: String,
    /// What is owed of it, with what is in dispute.
    pub amount: Money,
    /// Its annual rate in percent.
    pub apr: Decimal,
    /// What of the amount is in dispute. Zero: nothing.
    pub disputed: Money,
    /// The last day of a deferred-interest program. None: there is none.
    pub deferred_until: Option<NaiveDate>,
}

/// What was charged after the reference day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaterBalance {
    /// Its name within the account.
    pub id: String,
    /// What is owed of it.
    pub amount: Money,
}

/// What an order by rates asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateInput {
    /// The balances.
    pub balances: Vec<Balance>,
    /// What was charged after the reference day, in the order in which it is paid.
    pub later: Vec<LaterBalance>,
    /// What was paid above the minimum.
    pub excess: Money,
    /// The day on which the payment is credited. Needed where a program defers interest.
    pub credited_on: Option<NaiveDate>,
    /// The day of the month on which payments fall due, 1 to 31; in a shorter month its last day.
    /// Needed where a program defers interest.
    pub due_day: Option<u32>,
    /// What the debtor asked for, by balance, if the issuer follows it: whether it may stands in the
    /// rule. Empty: nothing, or the issuer does not follow it.
    pub request: BTreeMap<String, Money>,
}

impl RateInput {
    /// Everything that is wrong with it.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let (currency, mut seen) = (self.excess.currency(), BTreeSet::new());
        counted("excess", self.excess, currency, &mut faults);
        for (index, balance) in self.balances.iter().enumerate() {
            let at = |field: &str| format!("balances[{index}].{field}");
            once(&mut seen, &at("id"), &balance.id, &mut faults);
            counted(&at("amount"), balance.amount, currency, &mut faults);
            counted(&at("disputed"), balance.disputed, currency, &mut faults);
            if balance.disputed.minor() > balance.amount.minor() {
                let message = format!("found {}: expected at most the balance, {}", balance.disputed, balance.amount);
                faults.push(Fault::new(at("disputed"), message));
            }
            if balance.apr < Decimal::ZERO {
                faults.push(Fault::new(at("apr"), format!("found {}: expected zero or more percent", balance.apr)));
            }
        }
        for (index, later) in self.later.iter().enumerate() {
            once(&mut seen, &format!("later[{index}].id"), &later.id, &mut faults);
            counted(&format!("later[{index}].amount"), later.amount, currency, &mut faults);
        }
        if self.balances.iter().any(|balance| balance.deferred_until.is_some()) {
            for (field, missing) in [("credited_on", self.credited_on.is_none()), ("due_day", self.due_day.is_none())] {
                if missing {
                    faults.push(Fault::new(field, "missing: a balance has a deferred-interest program"));
                }
            }
        }
        if let Some(day) = self.due_day.filter(|day| !(1..=31).contains(day)) {
            faults.push(Fault::new("due_day", format!("found {day}: expected a day of the month, 1 to 31")));
        }
        self.request_faults(&mut faults);
        faults
    }

    fn request_faults(&self, faults: &mut Vec<Fault>) {
        let mut asked = 0_i128;
        for (id, amount) in &self.request {
            let path = format!("request.{id}");
            counted(&path, *amount, self.excess.currency(), faults);
            asked += i128::from(amount.minor());
            let Some(balance) = self.balances.iter().find(|balance| balance.id == *id) else {
                let names = self.balances.iter().map(|balance| balance.id.as_str());
                faults.push(Fault::new(path, format!("no balance is called `{id}`{}", meant(id, names))));
                continue;
            };
            let undisputed = balance.undisputed();
            if amount.minor() > undisputed {
                let undisputed = Money::from_minor(undisputed, balance.amount.currency());
                faults.push(Fault::new(
                    path,
                    format!("found {amount}: expected at most what is not in dispute, {undisputed}"),
                ));
            }
        }
        if asked > i128::from(self.excess.minor()) {
            faults
                .push(Fault::new("request", format!("asks for more than was paid: expected at most {}", self.excess)));
        }
    }
}

impl Balance {
    /// What of it is not in dispute, in minor units.
    pub(super) fn undisputed(&self) -> i64 {
        self.amount.minor().saturating_sub(self.disputed.minor())
    }
}
