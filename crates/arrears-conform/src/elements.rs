//! Cases of the kind `legal_elements`: are the objective elements of a rule there? Never more.

use crate::comparison::{Comparison, Difference};
use crate::judge::Regulated;
use crate::regimes::faults;
use crate::typed::typed;
use arrears::Money;
use arrears::account::Amount;
use arrears_owed::elements::{Element, ElementsInput};
use arrears_owed::finding::Met;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    principal: Amount,
    effective_collections: Vec<NaiveDate>,
    as_of: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    met: Option<bool>,
    missing: Option<BTreeSet<Missing>>,
}

/// An element that is missing, by the suite's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Missing {
    Amount,
    Interval,
    ThreeMonths,
}

/// Judges a case. The suite's debts are unpaid.
pub(crate) fn judge(asked: &Regulated<'_>) -> Result<Vec<Difference>, String> {
    let given: Given = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let regime = asked.shipped.binding(asked.jurisdiction, "elements")?;
    let rule = asked.shipped.regimes().elements(regime.name()).map_err(|error| error.to_string())?;
    let principal = Money::new(given.principal.decimal(), rule.currency());
    let found = rule
        .find(&ElementsInput {
            principal: Some(principal.map_err(|error| format!("given.principal: {}: {error}", given.principal))?),
            effective_demands: Some(given.effective_collections),
            unpaid: Some(true),
            as_of: given.as_of,
        })
        .map_err(faults)?;
    let missing: BTreeSet<Missing> = found
        .missing()
        .filter_map(|element| match element {
            Element::Amount => Some(Missing::Amount),
            Element::Interval => Some(Missing::Interval),
            Element::Months => Some(Missing::ThreeMonths),
            Element::Unpaid => None,
        })
        .collect();
    let at = format!("on {}", given.as_of);
    let mut comparison = Comparison::default();
    comparison.same(&at, "met", expected.met.as_ref(), &(found.all == Met::Met))?;
    comparison.same(&at, "missing", expected.missing.as_ref(), &missing)?;
    comparison.finish()
}
