//! Thresholds as Python gives and reads them.

use crate::failure::raise;
use arrears::Policy;
use arrears::number::show_fixed;
use arrears::policy::Threshold;
use pyo3::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Values set for thresholds, from names and decimals as text.
pub(crate) fn overrides(py: Python<'_>, set: Vec<(String, String)>) -> PyResult<Vec<(String, Decimal)>> {
    let read = |(name, text): (String, String)| match Decimal::from_str_exact(&text) {
        Ok(value) => Ok((name, value)),
        Err(_) => {
            let problem = format!("threshold `{name}`: `{text}` is not a decimal number that can be held exactly");
            Err(raise(py, "value", problem, &json!({})))
        }
    };
    set.into_iter().map(read).collect()
}

/// The thresholds of a policy with the values in force.
pub(crate) fn thresholds(policy: &Policy) -> Value {
    let digits = policy.head().currency.digits();
    policy.threshold_values().map(|(threshold, value)| listed(threshold, value, digits)).collect()
}

/// A threshold with its value in force, in a currency of so many digits.
pub(crate) fn listed(threshold: &Threshold, value: i64, digits: u32) -> Value {
    let decimals = threshold.kind.decimals(digits);
    json!({
        "name": threshold.name,
        "kind": threshold.kind.word(),
        "value": show_fixed(value, decimals),
        "written": show_fixed(threshold.written, decimals),
        "low": show_fixed(threshold.from, decimals),
        "high": show_fixed(threshold.to, decimals),
        "unit": threshold.unit,
        "owner": threshold.owner,
        "why": threshold.why,
    })
}
