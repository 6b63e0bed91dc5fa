//! What is asked of a run: options and hooks from Python's arguments.

use crate::failure::raise;
use crate::law::Law;
use crate::table::{Stream, Table};
use arrears_batch::{EventTables, Mapping, Options, Origin};
use chrono::NaiveDate;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;
use std::path::PathBuf;

/// A table as the package hands it over: rows held, rows that come once, or the path of a file.
pub(crate) struct Given(pub(crate) Origin);

impl<'a, 'py> FromPyObject<'a, 'py> for Given {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(table) = given.cast::<Table>() {
            return Ok(Self(table.get().held().clone().into()));
        }
        if let Ok(stream) = given.cast::<Stream>() {
            return Ok(Self(stream.get().rows().clone().into()));
        }
        match given.extract::<PathBuf>() {
            Ok(path) => Ok(Self(path.into())),
            Err(_) => Err(PyTypeError::new_err("expected a table, or the path of a .parquet or .csv file")),
        }
    }
}

/// A day, as `2026-03-31`.
pub(crate) fn day(py: Python<'_>, text: &str) -> PyResult<NaiveDate> {
    let wrong = |_| raise(py, "value", format!("`{text}` is not a day: expected as in 2026-03-31"), &json!({}));
    text.parse().map_err(wrong)
}

/// The law under which is decided.
fn law(asked: &Bound<'_, PyDict>) -> PyResult<arrears::Law> {
    match asked.get_item("law")? {
        Some(law) => Ok(law.cast::<Law>()?.get().law.clone()),
        None => Err(PyTypeError::new_err("expected a law")),
    }
}

/// Which columns hold which facts, from the text of a mapping.
pub(crate) fn mapping(py: Python<'_>, text: Option<&str>) -> PyResult<Mapping> {
    let Some(text) = text else { return Ok(Mapping::default()) };
    Mapping::parse(text, "the mapping").map_err(|error| raise(py, "value", &error, &json!({})))
}

/// The options of a run, from keyword arguments that the package has made ready.
pub(crate) fn options(py: Python<'_>, asked: &Bound<'_, PyDict>) -> PyResult<Options> {
    let text = |name: &str| -> PyResult<Option<String>> { found(asked, name) };
    let table = |name: &str| -> PyResult<Option<Origin>> { Ok(found::<Given>(asked, name)?.map(|given| given.0)) };
    let flag = |name: &str| -> PyResult<bool> { Ok(found(asked, name)?.unwrap_or(false)) };
    let as_of = day(py, &text("as_of")?.unwrap_or_default())?;
    Ok(Options {
        mapping: mapping(py, text("mapping")?.as_deref())?,
        events: EventTables {
            contacts: table("contacts")?,
            payments: table("payments")?,
            promises: table("promises")?,
            holds: table("holds")?,
        },
        state: table("state")?,
        reviews: flag("reviews")?,
        keep_going: flag("keep_going")?,
        apart: flag("apart")?,
        errors_shown: usize::MAX,
        ..Options::new(as_of, law(asked)?)
    })
}

/// An argument, if it is given and is not `None`.
pub(crate) fn found<'py, T>(asked: &Bound<'py, PyDict>, name: &str) -> PyResult<Option<T>>
where
    T: for<'a> FromPyObject<'a, 'py, Error = PyErr>,
{
    match asked.get_item(name)? {
        Some(value) if !value.is_none() => value.extract().map(Some),
        _ => Ok(None),
    }
}
