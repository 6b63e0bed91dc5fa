//! The conformance suite.

use pyo3::prelude::*;
use serde_json::json;
use std::path::PathBuf;

/// Decides the cases of suite files: the verdicts and the files that cannot be read, as JSON, and
/// the report as text.
#[pyfunction]
pub(crate) fn conform(py: Python<'_>, paths: Vec<PathBuf>) -> (String, String) {
    py.detach(|| {
        let (mut suites, mut unreadable) = (Vec::new(), Vec::new());
        for path in &paths {
            match arrears_conform::open(path) {
                Ok(suite) => suites.push(suite),
                Err(error) => unreadable.push(error.to_string()),
            }
        }
        let report = arrears_conform::judge(&suites);
        let found = json!({
            "passed": report.passed(), "failed": report.failed(), "unverified": report.unverified,
            "cases": report.verdicts, "unreadable": unreadable,
        });
        (found.to_string(), report.to_string())
    })
}
