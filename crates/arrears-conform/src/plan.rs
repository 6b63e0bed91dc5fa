//! Cases of the kind `plan_permission`: may a plan of instalments be offered?

use crate::comparison::{Comparison, Difference};
use crate::judge::Regulated;
use crate::typed::typed;
use arrears_owed::finding::Met;
use arrears_owed::plan_limit::PlanInput;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    term_months: u32,
    exceeds_capacity: bool,
    willing: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    allowed: Option<bool>,
}

/// Judges a case.
pub(crate) fn judge(asked: &Regulated<'_>) -> Result<Vec<Difference>, String> {
    let Given { term_months, exceeds_capacity, willing } = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let regime = asked.shipped.binding(asked.jurisdiction, "plan_limit")?;
    let rule = asked.shipped.regimes().plan_limit(regime.name()).map_err(|error| error.to_string())?;
    let input = PlanInput { term_months, exceeds_capacity: Some(exceeds_capacity), willing: Some(willing) };
    let allowed = rule.permit(&input).allowed == Met::Met;
    let mut comparison = Comparison::default();
    comparison.same(&format!("for {term_months} months"), "allowed", expected.allowed.as_ref(), &allowed)?;
    comparison.finish()
}
