//! The morning briefing of a decided table.

use crate::asked::{Given, day, options};
use crate::failure::{of_document, raise};
use crate::policy::Policy;
use crate::said::language_of;
use crate::tried::{of_book, rules};
use crate::work;
use arrears_words::morning::{Morning, targets};
use arrears_workbench::briefing::Asked;
use arrears_workbench::portfolio::PassProgress;
use arrears_workbench::{Book, PassHooks, briefing};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::{Value, json};

/// What is asked beside the table: the team, the language, the day of the last briefing, the column of the area, and
/// the document of the targets.
type Beside = (Option<String>, String, Option<String>, Option<String>, Option<String>);

/// A page: as JSON, as text, in Markdown and in HTML.
type Page = (String, String, String, String);

/// The page of the morning: as JSON, as text, in Markdown and in HTML.
#[pyfunction]
#[pyo3(signature = (policy, table, asked, beside, progress = None))]
pub(crate) fn morning(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    table: Given,
    asked: &Bound<'_, PyDict>,
    beside: Beside,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Page> {
    let options = options(py, asked)?;
    let (team, language, since, area, goals) = beside;
    let language = language_of(py, &language)?;
    let since = since.map(|text| day(py, &text)).transpose()?;
    if let Some(since) = since.filter(|since| *since >= options.as_of) {
        let message = format!("`since` is {since}: expected a day before {}", options.as_of);
        return Err(raise(py, "value", message, &Value::Null));
    }
    let goals = goals.map(|text| targets(&text, policy.get().policy.head().currency)).transpose();
    let targets = goals.map_err(|faults| of_document(py, "the targets", &faults))?.unwrap_or_default();
    let (of, table) = (policy.get().clone(), table.0);
    let made = work::patiently(py, progress, move |line| {
        let team = team.unwrap_or_else(|| of.policy.head().name.clone());
        let asked = Asked { team: &team, language, since, area: area.as_deref(), targets };
        let mut told = |PassProgress { pass, passes, run }: PassProgress| line.note_pass(pass, passes, run);
        let hooks = PassHooks { progress: Some(&mut told), stop: Some(line.stop()) };
        briefing(rules(&of), Book { table: &table, options: &options }, &asked, hooks)
    })?;
    Ok(page(&made.map_err(|error| of_book(py, &error))?.morning))
}

/// The page of a document.
#[pyfunction]
pub(crate) fn morning_of(py: Python<'_>, text: &str) -> PyResult<Page> {
    Ok(page(&Morning::from_json(text).map_err(|faults| of_document(py, "the briefing", &faults))?))
}

fn page(morning: &Morning) -> Page {
    (json!(morning).to_string(), morning.text(), morning.markdown(), morning.html())
}
