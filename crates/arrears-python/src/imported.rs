//! Policies made of other systems' configurations.

use crate::failure::raise;
use arrears::Currency;
use arrears_workbench::overdue_config::{Imported, Settings, import};
use pyo3::prelude::*;
use serde_json::json;

/// The policy of an overdue configuration, laid out, and its notes as JSON.
#[pyfunction]
pub(crate) fn import_overdue(
    py: Python<'_>,
    xml: &str,
    file: &str,
    currency: &str,
    zone: Option<String>,
) -> PyResult<(String, String)> {
    let currency: Currency = currency.parse().map_err(|error| raise(py, "value", error, &json!({})))?;
    let settings = Settings { file: file.to_owned(), currency, zone };
    let made = py.detach(|| {
        // A policy that loads can be laid out.
        let laid = |text: String| arrears_editor::format(&text).unwrap_or(text);
        import(xml, &settings).map(|Imported { policy, notes }| (laid(policy), json!(notes).to_string()))
    });
    made.map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(|problem| format!("{file}:{problem}")).collect();
        raise(py, "value", lines.join("\n"), &json!({}))
    })
}
