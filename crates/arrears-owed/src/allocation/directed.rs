//! Over several debts, as the debtor directs.

use super::{Allocation, Claim, counted, once, pour};
use crate::regime::{Asked, text};
use arrears::Money;
use arrears::document::{Fault, Fields, OBJECT, Readable, meant};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An allocation over several debts, ready to be asked.
pub type Directed<'r> = Asked<'r, DirectedTerms>;

/// How a payment on several debts is divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectedTerms {
    pub(crate) rule: String,
}

/// A debt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DebtOwed {
    /// Its name.
    pub id: String,
    /// What is owed.
    pub amount: Money,
    /// Whether the debtor disputes it.
    pub disputed: bool,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectedInput {
    /// The debts, in the order in which the creditor would pay them where the debtor directs nothing.
    pub debts: Vec<DebtOwed>,
    /// The payment.
    pub payment: Money,
    /// What the debtor directed, by debt. Empty: nothing.
    pub directions: BTreeMap<String, Money>,
}

impl DirectedTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        vec![&self.rule]
    }
}

impl<'r> Directed<'r> {
    /// Divides a payment.
    ///
    /// A debt in dispute receives nothing, even where a direction names it: what was directed there is
    /// left over, for a person to ask. Directions are followed exactly, and what they leave of the
    /// payment is left over too. Without directions the debts that are not in dispute are paid in the
    /// order in which they are given; the rule leaves that order free.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with what is given: amounts below zero or in another currency, a name
    /// that stands twice or that a direction does not find, directions for more than is owed or was paid.
    pub fn allocate(&self, input: &DirectedInput) -> Result<Allocation<'r>, Vec<Fault>> {
        let faults = input.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        let directed = !input.directions.is_empty();
        let claims = input.debts.iter().map(|debt| {
            let direction = input.directions.get(&debt.id).map(|amount| amount.minor());
            let (at_most, why) = match (debt.disputed, directed, direction) {
                (true, _, Some(_)) => (Some(0), "in dispute: nothing, though the debtor directed a part to it"),
                (true, _, None) => (Some(0), "in dispute: nothing"),
                (false, true, Some(amount)) => (Some(amount), "as the debtor directed"),
                (false, true, None) => (Some(0), "the debtor directed nothing to it"),
                (false, false, _) => (None, "not in dispute, in the order given"),
            };
            Claim { to: debt.id.clone(), disputed: false, owed: debt.amount.minor(), why: why.to_owned(), at_most }
        });
        let open: Vec<String> = input.debts.iter().filter(|debt| !debt.disputed).map(|debt| debt.id.clone()).collect();
        let free = if directed || open.len() < 2 { Vec::new() } else { vec![open] };
        Ok(pour(self.rule, input.payment, claims.collect(), free))
    }
}

impl DirectedInput {
    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let (currency, mut seen) = (self.payment.currency(), BTreeSet::new());
        counted("payment", self.payment, currency, &mut faults);
        for (index, debt) in self.debts.iter().enumerate() {
            once(&mut seen, &format!("debts[{index}].id"), &debt.id, &mut faults);
            counted(&format!("debts[{index}].amount"), debt.amount, currency, &mut faults);
        }
        let mut directed = 0_i128;
        for (id, amount) in &self.directions {
            let path = format!("directions.{id}");
            counted(&path, *amount, currency, &mut faults);
            directed += i128::from(amount.minor());
            match self.debts.iter().find(|debt| debt.id == *id) {
                None => {
                    let names = self.debts.iter().map(|debt| debt.id.as_str());
                    faults.push(Fault::new(path, format!("no debt is called `{id}`{}", meant(id, names))));
                }
                Some(debt) if amount.minor() > debt.amount.minor() => {
                    let message = format!("found {amount}: expected at most what is owed, {}", debt.amount);
                    faults.push(Fault::new(path, message));
                }
                Some(_) => {}
            }
        }
        if directed > i128::from(self.payment.minor()) {
            let message = format!("direct more than was paid: expected at most {}", self.payment);
            faults.push(Fault::new("directions", message));
        }
        faults
    }
}

impl Readable for DirectedTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        fields.finish();
        Some(Self { rule: rule? })
    }
}
