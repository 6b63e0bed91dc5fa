//! By the rates of balances.

use super::{Counted, Divided};
use crate::judge::Regulated;
use crate::regimes::faults;
use crate::typed::typed;
use arrears::account::Amount;
use arrears_owed::allocation::{Balance, LaterBalance, RateInput};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    #[serde(rename = "scheme")]
    _scheme: String,
    balances: Vec<Ranked>,
    excess: Amount,
    #[serde(default)]
    later_balances: Vec<Later>,
    credited_on: Option<NaiveDate>,
    due_day: Option<u32>,
    #[serde(default)]
    request: BTreeMap<String, Amount>,
    #[serde(default)]
    honour_request: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ranked {
    id: String,
    amount: Amount,
    /// In percent: a rate, though it is written as amounts are.
    apr: Amount,
    #[serde(default)]
    disputed: Amount,
    deferred_until: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Later {
    id: String,
    amount: Amount,
}

pub(super) fn divide<'r>(asked: &Regulated<'r>, scheme: &str) -> Divided<'r> {
    let given: Given = typed("given", asked.given)?;
    let rule = asked.shipped.regimes().rate_order(scheme).map_err(|error| error.to_string())?;
    let counted = Counted::of(given.amounts())?;
    let balances = given.balances.iter().map(|balance| {
        Ok(Balance {
            id: balance.id.clone(),
            amount: counted.money(balance.amount)?,
            apr: balance.apr.decimal(),
            disputed: counted.money(balance.disputed)?,
            deferred_until: balance.deferred_until,
        })
    });
    let later = given.later_balances.iter();
    let later = later.map(|later| Ok(LaterBalance { id: later.id.clone(), amount: counted.money(later.amount)? }));
    // A request that the issuer does not follow decides nothing.
    let request = if given.honour_request { counted.by_name(&given.request)? } else { BTreeMap::new() };
    rule.allocate(&RateInput {
        balances: balances.collect::<Result<_, String>>()?,
        later: later.collect::<Result<_, String>>()?,
        excess: counted.money(given.excess)?,
        credited_on: given.credited_on,
        due_day: given.due_day,
        request,
    })
    .map_err(faults)
}

impl Given {
    fn amounts(&self) -> Vec<Amount> {
        let balances = self.balances.iter().flat_map(|balance| [balance.amount, balance.disputed]);
        let later = self.later_balances.iter().map(|later| later.amount);
        balances.chain(later).chain(self.request.values().copied()).chain([self.excess]).collect()
    }
}
