//! What changed between two policies, and where they decide otherwise.

use crate::asked::day;
use crate::failure::raise;
use crate::law::Law;
use crate::policy::Policy;
use crate::work;
use arrears_workbench::analysis::Options;
use pyo3::prelude::*;
use serde_json::json;

/// What changed from policy A to policy B: as JSON, as text, and in Markdown.
#[pyfunction]
pub(crate) fn differ(py: Python<'_>, a: &Bound<'_, Policy>, b: &Bound<'_, Policy>) -> (String, String, String) {
    let (a, b) = (a.get().policy.clone(), b.get().policy.clone());
    py.detach(|| {
        let found = arrears_workbench::differ(&a, &b);
        (json!(found).to_string(), found.text(), found.markdown())
    })
}

/// Where two policies decide otherwise, as JSON and as text: without guardrails of law, or under the law of a day.
#[pyfunction]
pub(crate) fn region(
    py: Python<'_>,
    a: &Bound<'_, Policy>,
    b: &Bound<'_, Policy>,
    as_of: Option<&str>,
    law: Option<&Bound<'_, Law>>,
) -> PyResult<(String, String)> {
    let as_of = as_of.map(|text| day(py, text)).transpose()?;
    let bound = |policy: &Bound<'_, Policy>| match (law, as_of) {
        (Some(law), Some(as_of)) => policy.get().under(py, &law.get().law, as_of),
        _ => Ok(policy.get().clone()),
    };
    let (a, b) = (bound(a)?, bound(b)?);
    let law = law.map(|law| law.get().law.clone());
    let found = work::patiently(py, None, move |_| {
        let of_a = Options { law, as_of, scripts: Some(&a.scripts), ..Options::default() };
        let of_b = Options { scripts: Some(&b.scripts), ..of_a.clone() };
        let difference = arrears_workbench::differ(&a.policy, &b.policy);
        arrears_workbench::region(&a.policy, &b.policy, &difference, [&of_a, &of_b])
    })?;
    let found = found.map_err(|error| raise(py, "value", error, &json!({})))?;
    Ok((json!(found).to_string(), found.text()))
}
