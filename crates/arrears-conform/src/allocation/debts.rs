//! Over several debts.

use super::{Counted, Divided};
use crate::judge::Regulated;
use crate::regimes::faults;
use crate::typed::typed;
use arrears::account::Amount;
use arrears_owed::allocation::{DebtOwed, DirectedInput};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    #[serde(rename = "scheme")]
    _scheme: String,
    debts: Vec<Debt>,
    payment: Amount,
    #[serde(default)]
    directions: BTreeMap<String, Amount>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Debt {
    id: String,
    amount: Amount,
    #[serde(default)]
    disputed: bool,
}

pub(super) fn divide<'r>(asked: &Regulated<'r>, scheme: &str) -> Divided<'r> {
    let given: Given = typed("given", asked.given)?;
    let rule = asked.shipped.regimes().directed(scheme).map_err(|error| error.to_string())?;
    let owed = given.debts.iter().map(|debt| debt.amount);
    let counted = Counted::of(owed.chain(given.directions.values().copied()).chain([given.payment]))?;
    let debts = given
        .debts
        .iter()
        .map(|debt| Ok(DebtOwed { id: debt.id.clone(), amount: counted.money(debt.amount)?, disputed: debt.disputed }));
    rule.allocate(&DirectedInput {
        debts: debts.collect::<Result<_, String>>()?,
        payment: counted.money(given.payment)?,
        directions: counted.by_name(&given.directions)?,
    })
    .map_err(faults)
}
