//! By the components of one debt.

use super::{Counted, Divided};
use crate::judge::Regulated;
use crate::regimes::faults;
use crate::typed::typed;
use arrears::account::{Amount, Component};
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
        (Component::Cost, counted.money(given.costs)?),
        (Component::Interest, counted.money(given.interest)?),
        (Component::Principal, counted.money(given.principal)?),
    ];
    let mut divided = rule.allocate(counted.money(given.payment)?, &owed.into(), None).map_err(faults)?;
    // The suite writes this one component in the plural.
    for share in divided.shares.iter_mut().filter(|share| share.to == Component::Cost.word()) {
        "costs".clone_into(&mut share.to);
    }
    Ok(divided)
}
