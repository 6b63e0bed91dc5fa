//! Policies looked at over every account that they may meet.

use crate::asked::day;
use crate::failure::raise;
use crate::law::Law;
use crate::policy::Policy;
use crate::work;
use arrears_workbench::analysis::{self, Options};
use pyo3::prelude::*;
use serde_json::json;

/// What is wrong with a policy as a whole, as JSON: without guardrails of law, or under the law of a day.
#[pyfunction]
pub(crate) fn analyse(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    as_of: Option<&str>,
    law: Option<&Bound<'_, Law>>,
) -> PyResult<String> {
    let as_of = as_of.map(|text| day(py, text)).transpose()?;
    let policy = match (law, as_of) {
        (Some(law), Some(as_of)) => policy.get().under(py, &law.get().law, as_of)?,
        _ => policy.get().clone(),
    };
    let law = law.map(|law| law.get().law.clone());
    let found = work::patiently(py, None, move |_| {
        let options = Options { law, as_of, scripts: Some(&policy.scripts), ..Options::default() };
        analysis::analyse(&policy.policy, &options)
    })?;
    let found = found.map_err(|error| raise(py, "value", error, &json!({})))?;
    Ok(json!(found).to_string())
}
