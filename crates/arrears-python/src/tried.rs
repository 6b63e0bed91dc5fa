//! Policies tried on whole tables: a threshold over values, two policies beside each other.

use crate::asked::{Given, options};
use crate::failure::{of_run, raise};
use crate::policy::Policy;
use crate::table::Table;
use crate::{thresholds, work};
use arrears_batch::Origin;
use arrears_rules::problem_records;
use arrears_workbench::compare::{CompareError, moved_schema};
use arrears_workbench::portfolio::{BookError, PassProgress};
use arrears_workbench::sweep::SweepError;
use arrears_workbench::{Book, Comparison, PassHooks, Rules, Sweep, compare, sweep};
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;

/// What a result is: as JSON, as text where it has one, and as tables.
pub(crate) type Tried = (String, String, Vec<Table>);

pub(crate) fn rules(policy: &Policy) -> Rules<'_> {
    Rules { policy: &policy.policy, scripts: &policy.scripts }
}

pub(crate) fn of_book(py: Python<'_>, error: &BookError) -> PyErr {
    match error {
        BookError::Run { error: run, .. } => of_run(py, run),
        _ => raise(py, "value", error, &json!({})),
    }
}

fn long(py: Python<'_>, called: &str, columns: Result<RecordBatch, ArrowError>) -> PyResult<Table> {
    let columns = columns.map_err(|error| raise(py, "other", &error, &json!({})))?;
    Ok(Table::new(called, columns.schema(), vec![columns]))
}

/// Tries values of a threshold on a table.
#[pyfunction]
#[pyo3(signature = (policy, threshold, values, table, asked, progress = None))]
pub(crate) fn sweep_table(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    threshold: &str,
    values: Vec<String>,
    table: Given,
    asked: &Bound<'_, PyDict>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Tried> {
    let options = options(py, asked)?;
    let named = values.into_iter().map(|value| (threshold.to_owned(), value)).collect();
    let values: Vec<_> = thresholds::overrides(py, named)?.into_iter().map(|(_, value)| value).collect();
    let (of, name, table): (Policy, String, Origin) = (policy.get().clone(), threshold.to_owned(), table.0);
    let swept = work::patiently(py, progress, move |line| {
        let mut told = |PassProgress { pass, passes, run }: PassProgress| line.note_pass(pass, passes, run);
        let hooks = PassHooks { progress: Some(&mut told), stop: Some(line.stop()) };
        sweep(rules(&of), &name, &values, Book { table: &table, options: &options }, hooks)
    })?;
    let swept: Sweep = swept.map_err(|error| match &error {
        SweepError::Book(book) => of_book(py, book),
        SweepError::Threshold(problems) => {
            let listed = problem_records(problems, policy.get().policy.sources());
            raise(py, "policy", &error, &json!({ "problems": listed }))
        }
        _ => raise(py, "value", &error, &json!({})),
    })?;
    Ok((json!(swept).to_string(), swept.to_string(), vec![long(py, "sweep", swept.columns())?]))
}

/// Decides a table under two policies, and says who stands otherwise.
#[pyfunction]
#[pyo3(signature = (policies, table, asked, progress = None))]
pub(crate) fn compare_policies(
    py: Python<'_>,
    policies: (Bound<'_, Policy>, Bound<'_, Policy>),
    table: Given,
    asked: &Bound<'_, PyDict>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Tried> {
    let options = options(py, asked)?;
    let (a, b, table) = (policies.0.get().clone(), policies.1.get().clone(), table.0);
    let digits = a.policy.head().currency.digits();
    let compared = work::patiently(py, progress, move |line| {
        let mut moved: Vec<RecordBatch> = Vec::new();
        let mut take = |rows| {
            moved.push(rows);
            true
        };
        let mut told = |PassProgress { pass, passes, run }: PassProgress| line.note_pass(pass, passes, run);
        let hooks = PassHooks { progress: Some(&mut told), stop: Some(line.stop()) };
        let compared = compare(rules(&a), rules(&b), Book { table: &table, options: &options }, Some(&mut take), hooks);
        compared.map(|compared| (compared, moved))
    })?;
    let (compared, moved): (Comparison, Vec<RecordBatch>) = compared.map_err(|error| match &error {
        CompareError::Book(book) => of_book(py, book),
        _ => raise(py, "value", &error, &json!({})),
    })?;
    let flows = long(py, "flows", compared.columns())?;
    let moved = Table::new("moved", moved_schema(digits), moved);
    Ok((json!(compared).to_string(), String::new(), vec![flows, moved]))
}
