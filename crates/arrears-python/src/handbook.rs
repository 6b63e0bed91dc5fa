//! A policy as a handbook, and its ladder as a picture.

use crate::asked::day;
use crate::failure::raise;
use crate::law::Law;
use crate::policy::Policy;
use crate::work;
use arrears_rules::problem_records;
use arrears_workbench::graph as ladder;
use arrears_workbench::handbook::{self as books, HandbookError, Options};
use pyo3::prelude::*;
use serde_json::json;

/// A policy under the law of a day in plain words: as JSON, in Markdown, and as a page of HTML.
#[pyfunction]
pub(crate) fn handbook(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    as_of: &str,
    law: &Bound<'_, Law>,
    before: Option<&Bound<'_, Policy>>,
    samples: usize,
) -> PyResult<(String, String, String)> {
    let (of, before) = (policy.get().policy.clone(), before.map(|before| before.get().policy.clone()));
    let (as_of, law) = (day(py, as_of)?, law.get().law.clone());
    let made = work::patiently(py, None, move |_| {
        let made = books::handbook(&of, &law, &Options { as_of, samples, before: before.as_ref() })?;
        Ok((json!(made).to_string(), made.markdown(), made.html()))
    })?;
    made.map_err(|error: HandbookError| {
        let problems = match &error {
            HandbookError::Law(problems) => problem_records(problems, policy.get().policy.sources()),
            _ => Vec::new(),
        };
        raise(py, "policy", &error, &json!({ "problems": problems }))
    })
}

/// The ladder of a policy: as JSON, for Mermaid, for Graphviz, and as SVG.
#[pyfunction]
pub(crate) fn graph(policy: &Bound<'_, Policy>) -> (String, String, String, String) {
    let made = ladder::graph(&policy.get().policy);
    (json!(made).to_string(), made.mermaid(), made.dot(), made.svg())
}
