//! What of a policy is exercised.

use crate::asked::{Given, options};
use crate::failure::{of_run, raise};
use crate::policy::Policy;
use crate::tried::{of_book, rules};
use crate::work;
use arrears_batch::{Progress, Step};
use arrears_workbench::Book;
use arrears_workbench::coverage::{self as exercised, CoverageError, Options};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;
use std::sync::atomic::Ordering;

/// What of a policy its own tests exercise, and a table if one is given, as JSON.
#[pyfunction]
#[pyo3(signature = (policy, table, search, progress = None))]
pub(crate) fn coverage(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    table: Option<(Given, Bound<'_, PyDict>)>,
    search: (usize, usize),
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<String> {
    let read = table.map(|(table, asked)| Ok::<_, PyErr>((table.0, options(py, &asked)?))).transpose()?;
    let of = policy.get().clone();
    let (suggestions, tries) = search;
    let found = work::patiently(py, progress, move |line| {
        let mut go_on = |rows| {
            line.note(Progress { step: Step::Deciding, rows, total: None });
            !line.stop().load(Ordering::Relaxed)
        };
        let book = read.as_ref().map(|(table, options)| Book { table, options });
        exercised::coverage(rules(&of), book, &Options { suggestions, tries }, &mut go_on)
    })?;
    let found = found.map_err(|error| match &error {
        CoverageError::Book(book) => of_book(py, book),
        CoverageError::Run(run) => of_run(py, run),
        _ => raise(py, "policy", &error, &json!({ "problems": [] })),
    })?;
    Ok(json!(found).to_string())
}
