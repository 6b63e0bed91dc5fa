//! The measures of a portfolio.

use crate::asked::{found, mapping};
use crate::failure::{bad_rows, raise};
use crate::table::Table;
use crate::tried::Tried;
use crate::{asked::Given, work};
use arrears_batch::Origin;
use arrears_batch::measures::{Buckets, Declared, MeasureError, MeasureHooks, MeasureTables, Month, Report, measure};
use arrears_batch::{Progress, Step, TableError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;
use std::fmt::Display;
use std::str::FromStr;

/// Measures a portfolio from tables of months, contacts, promises and decisions.
#[pyfunction]
#[pyo3(signature = (asked, progress = None))]
pub(crate) fn report(
    py: Python<'_>,
    asked: &Bound<'_, PyDict>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Tried> {
    let declared = declared(py, asked)?;
    let mapping = mapping(py, found::<String>(asked, "mapping")?.as_deref())?;
    let table = |name: &str| -> PyResult<Option<Origin>> { Ok(found::<Given>(asked, name)?.map(|given| given.0)) };
    let tables = MeasureTables {
        panel: table("panel")?,
        contacts: table("contacts")?,
        promises: table("promises")?,
        decisions: table("decisions")?,
    };
    let measured = work::patiently(py, progress, move |line| {
        let mut told = |rows, total| line.note(Progress { step: Step::Deciding, rows, total });
        let hooks = MeasureHooks { progress: Some(&mut told), stop: Some(line.stop()) };
        measure(&tables, declared, &mapping, hooks)
    })?;
    let report: Report = measured.map_err(|error| of_measures(py, &error))?;
    let columns = report.columns().map_err(|error| raise(py, "other", &error, &json!({})))?;
    let long = Table::new("measures", columns.schema(), vec![columns]);
    Ok((json!(report).to_string(), report.to_string(), vec![long]))
}

fn of_measures(py: Python<'_>, error: &MeasureError) -> PyErr {
    match error {
        MeasureError::Columns(problems) => {
            let columns: Vec<_> = problems
                .problems
                .iter()
                .map(|problem| {
                    json!({
                        "kind": "of_measures", "fact": null, "column": null, "found": null, "expected": null,
                        "fix": null, "message": problem,
                    })
                })
                .collect();
            raise(py, "schema", error, &json!({ "columns": columns }))
        }
        MeasureError::Rows(tables) => raise(py, "rows", error, &bad_rows(tables)),
        MeasureError::Table(TableError::Open { .. }) => raise(py, "file", error, &json!({})),
        MeasureError::Table(_) => raise(py, "table", error, &json!({})),
        _ => raise(py, "other", error, &json!({})),
    }
}

/// What the head of the report declares.
fn declared(py: Python<'_>, asked: &Bound<'_, PyDict>) -> PyResult<Declared> {
    let text = |name: &str| found::<String>(asked, name);
    let mut declared = Declared::new(read(py, "currency", &text("currency")?.unwrap_or_default())?);
    if let Some(first_days) = found::<Vec<u32>>(asked, "buckets")? {
        let wrong = |error| raise(py, "value", format!("`buckets`: {error}"), &json!({}));
        declared.buckets = Buckets::new(first_days).map_err(wrong)?;
    }
    if let Some(tolerance) = text("tolerance")? {
        let wrong = |problem| raise(py, "value", format!("`tolerance`: `{tolerance}` {problem}"), &json!({}));
        declared.tolerance = declared.minor_units(&tolerance).map_err(wrong)?;
    }
    if let Some(days) = found(asked, "cured_within")? {
        declared.cured_within = days;
    }
    if let Some(days) = found(asked, "redefault_within")? {
        declared.redefault_within = days;
    }
    if let Some(word) = text("plans")? {
        declared.plans = read(py, "plans", &word)?;
    }
    if let Some(word) = text("amounts")? {
        declared.amounts = read(py, "amounts", &word)?;
    }
    if let Some(word) = text("reversals")? {
        declared.reversals = read(py, "reversals", &word)?;
    }
    if let Some(hour) = text("cut_off")? {
        declared.cut_off = hour;
    }
    if let Some(zone) = text("zone")? {
        declared.zone = read(py, "zone", &zone)?;
    }
    let month = |name: &str| text(name)?.map(|month| read::<Month>(py, name, &month)).transpose();
    (declared.from, declared.to) = (month("first")?, month("last")?);
    Ok(declared)
}

fn read<T: FromStr<Err: Display>>(py: Python<'_>, name: &str, text: &str) -> PyResult<T> {
    text.parse().map_err(|error: T::Err| raise(py, "value", format!("`{name}`: `{text}`: {error}"), &json!({})))
}
