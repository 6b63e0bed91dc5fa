//! Cases of the kind `status_classification`: the class of an account under a regulator's scheme.

use crate::amounts::currency;
use crate::comparison::{Comparison, Difference};
use crate::judge::Regulated;
use crate::regimes::faults;
use crate::typed::typed;
use arrears::Money;
use arrears::account::Amount;
use arrears_owed::status::{Held, LadderInput, Lateness, MaterialityInput, ProbationInput};
use chrono::NaiveDate;
use serde::Deserialize;

/// The scheme, whatever else is given.
#[derive(Debug, Deserialize)]
struct Named {
    scheme: String,
}

/// What is given for a ladder of classes by days.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnLadder {
    #[serde(rename = "scheme")]
    _scheme: String,
    product: Option<String>,
    days_past_due: Option<i64>,
    due_on: Option<NaiveDate>,
    as_of: Option<NaiveDate>,
    current_status: Option<String>,
    arrears: Option<Amount>,
    paid: Option<Amount>,
}

/// What is given for thresholds of materiality.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Material {
    #[serde(rename = "scheme")]
    _scheme: String,
    retail: bool,
    past_due_amount: Amount,
    exposure: Amount,
    consecutive_days_above: i64,
}

/// What is given for a probation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnProbation {
    #[serde(rename = "scheme")]
    _scheme: String,
    trigger_ceased_on: NaiveDate,
    as_of: NaiveDate,
    distressed_restructuring: bool,
    behaviour_satisfactory: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    status: Option<String>,
}

/// Judges a case.
pub(crate) fn judge(asked: &Regulated<'_>) -> Result<Vec<Difference>, String> {
    let Named { scheme } = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let regime = asked.shipped.scheme(&scheme, asked.jurisdiction)?;
    let found = match regime.mechanism() {
        "ladder" => ladder(asked, &scheme)?,
        "materiality" => material(asked, &scheme)?,
        "probation" => probation(asked, &scheme)?,
        other => return Err(format!("given.scheme: `{scheme}` is a {other}, which classes nothing")),
    };
    let mut comparison = Comparison::default();
    comparison.same(&format!("under {scheme}"), "status", expected.status.as_ref(), &found)?;
    comparison.finish()
}

fn ladder(asked: &Regulated<'_>, scheme: &str) -> Result<String, String> {
    let given: OnLadder = typed("given", asked.given)?;
    let rule = asked.shipped.regimes().ladder(scheme).map_err(|error| error.to_string())?;
    let held = given.held()?;
    let lateness = match (given.days_past_due, given.due_on, given.as_of) {
        (Some(days), None, None) => Lateness::DaysPastDue(days),
        (None, Some(due_on), Some(as_of)) => Lateness::Unpaid { due_on, as_of },
        (None, None, None) if held.is_some() => Lateness::NothingUnpaid,
        _ => return Err("given: expected either `days_past_due`, or `due_on` with `as_of`".to_owned()),
    };
    let held = held.as_ref().map(|(class, arrears, paid)| Held { class, arrears: *arrears, paid: *paid });
    let input = LadderInput { held, product: given.product.as_deref(), ..LadderInput::of(lateness) };
    Ok(rule.classify(&input).map_err(faults)?.class.to_owned())
}

impl OnLadder {
    /// The class that was reached before, with the arrears and what of them is paid.
    fn held(&self) -> Result<Option<(String, Money, Money)>, String> {
        match (&self.current_status, self.arrears, self.paid) {
            (None, None, None) => Ok(None),
            (Some(class), Some(arrears), Some(paid)) => {
                let currency = currency([arrears, paid])?;
                let money = |amount: Amount| {
                    Money::new(amount.decimal(), currency)
                        .map_err(|error| format!("given: the amount {amount}: {error}"))
                };
                Ok(Some((class.clone(), money(arrears)?, money(paid)?)))
            }
            _ => Err("given: `current_status`, `arrears` and `paid` stand together, or not at all".to_owned()),
        }
    }
}

fn material(asked: &Regulated<'_>, scheme: &str) -> Result<String, String> {
    let given: Material = typed("given", asked.given)?;
    let rule = asked.shipped.regimes().materiality(scheme).map_err(|error| error.to_string())?;
    let money = |key: &str, amount: Amount| {
        Money::new(amount.decimal(), rule.currency()).map_err(|error| format!("given.{key}: {amount}: {error}"))
    };
    let input = MaterialityInput {
        portfolio: if given.retail { "retail" } else { "other" },
        past_due: money("past_due_amount", given.past_due_amount)?,
        exposure: money("exposure", given.exposure)?,
        consecutive_days: given.consecutive_days_above,
    };
    Ok(rule.classify(&input).map_err(faults)?.class.to_owned())
}

fn probation(asked: &Regulated<'_>, scheme: &str) -> Result<String, String> {
    let given: OnProbation = typed("given", asked.given)?;
    let rule = asked.shipped.regimes().probation(scheme).map_err(|error| error.to_string())?;
    let status = rule.classify(&ProbationInput {
        trigger_ceased_on: Some(given.trigger_ceased_on),
        as_of: given.as_of,
        distressed_restructuring: given.distressed_restructuring,
        behaviour_satisfactory: Some(given.behaviour_satisfactory),
    });
    Ok(status.class.to_owned())
}
