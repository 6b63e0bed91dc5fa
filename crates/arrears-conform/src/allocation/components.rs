//! By the components of one debt.

use super::{Counted, Divided};
use crate::judge::Regulated;
use crate::regimes::faults;
use crate::typed::typed;
use arrears::account::Amount;
use arrears_owed::allocation::Component;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    #[serde(rename = "scheme")]
    _scheme: String,
    costs: Amount,
    interest: Amount,
    principal: Amount,
    payment: Amount,
}

pub(super) fn divide<'r>(asked: &Regulated<'r>, scheme: &str) -> Divided<'r> {
    let given: Given = typed("given", asked.given)?;
    let rule = asked.shipped.regimes().component_order(scheme).map_err(|error| error.to_string())?;
    let counted = Counted::of([given.costs, given.interest, given.principal, given.payment])?;
    let owed = [
        (Component::Costs, counted.money(given.costs)?),
        (Component::Interest, counted.money(given.interest)?),
        (Component::Principal, counted.money(given.principal)?),
    ];
    rule.allocate(counted.money(given.payment)?, &owed.into(), None).map_err(faults)
}
