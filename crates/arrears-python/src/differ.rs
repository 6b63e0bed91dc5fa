//! What changed between two policies.

use crate::policy::Policy;
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
