//! How a payment is divided.
//!
//! Three mechanisms: by the components of one debt ([`ComponentOrder`]), by the rates of the balances
//! of one account ([`RateOrder`]), and over several debts as the debtor directs ([`Directed`]). Each
//! conserves money: what is allocated and what is left over are together the payment, and nothing is
//! allocated where nothing is owed.
//!
//! Where the rule leaves the order among some to the creditor, the order in which they are given
//! counts, and [`Allocation::free`] lists them.

mod component;
mod component_given;
mod directed;
mod directed_given;
mod rate;
mod rate_given;
mod rate_input;

pub use component::{ComponentOrder, ComponentTerms};
pub use directed::{DebtOwed, Directed, DirectedInput, DirectedTerms};
pub use rate::{RateOrder, RateTerms};
pub use rate_input::{Balance, LaterBalance, RateInput};

use crate::Rule;
use arrears::document::Fault;
use arrears::{Currency, Money};
use std::collections::{BTreeMap, BTreeSet};

/// A payment, divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation<'r> {
    /// What was allocated, in the order in which it was. Where nothing was, the amount is zero.
    pub shares: Vec<Share>,
    /// What of the payment is left over.
    pub unallocated: Money,
    /// Names among which the rule leaves the order to the creditor.
    pub free: Vec<Vec<String>>,
    /// The rule that decided, with its citation and its basis.
    pub rule: &'r Rule,
}

/// What was allocated to one thing that is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// What it was allocated to: a component, a balance, a debt.
    pub to: String,
    /// Whether it is the part of it that is in dispute.
    pub disputed: bool,
    /// What was owed of it.
    pub owed: Money,
    /// What was allocated.
    pub amount: Money,
    /// Why it stands at this place.
    pub why: String,
}

impl Allocation<'_> {
    /// What was allocated to a name, without what is in dispute.
    pub fn undisputed(&self) -> BTreeMap<&str, Money> {
        self.amounts(false)
    }

    /// What was allocated to the parts that are in dispute.
    pub fn disputed(&self) -> BTreeMap<&str, Money> {
        self.amounts(true)
    }

    fn amounts(&self, disputed: bool) -> BTreeMap<&str, Money> {
        let shares = self.shares.iter().filter(|share| share.disputed == disputed);
        shares.map(|share| (share.to.as_str(), share.amount)).collect()
    }
}

/// What waits for a share of a payment.
pub(crate) struct Claim {
    pub(crate) to: String,
    pub(crate) disputed: bool,
    pub(crate) owed: i64,
    pub(crate) why: String,
    /// The most that it is given; all that is owed where nothing is said.
    pub(crate) at_most: Option<i64>,
}

/// Gives to each claim in turn what it is owed, until nothing is left.
pub(crate) fn pour<'r>(rule: &'r Rule, payment: Money, claims: Vec<Claim>, free: Vec<Vec<String>>) -> Allocation<'r> {
    let money = |minor| Money::from_minor(minor, payment.currency());
    let mut left = payment.minor();
    let shares = claims.into_iter().map(|claim| {
        let amount = claim.owed.min(claim.at_most.unwrap_or(i64::MAX)).min(left).max(0);
        left -= amount;
        Share { to: claim.to, disputed: claim.disputed, owed: money(claim.owed), amount: money(amount), why: claim.why }
    });
    let shares: Vec<Share> = shares.collect();
    Allocation { shares, unallocated: money(left), free, rule }
}

/// Whether amounts of an input can be counted: in one currency, and not below zero.
pub(crate) fn counted(path: &str, amount: Money, currency: Currency, faults: &mut Vec<Fault>) {
    if amount.currency() != currency {
        faults.push(Fault::new(path, format!("found {amount}: expected an amount in {currency}, as the payment is")));
    }
    if amount.minor() < 0 {
        faults.push(Fault::new(path, format!("found {amount}: expected zero or more")));
    }
}

/// Reports a name that stands twice.
pub(crate) fn once<'n>(seen: &mut BTreeSet<&'n str>, path: &str, name: &'n str, faults: &mut Vec<Fault>) {
    if !seen.insert(name) {
        faults.push(Fault::new(path, format!("`{name}` stands twice: expected a name of its own for each")));
    }
}
