//! A table decided at once.

use crate::asked::{Given, found, options};
use crate::failure::of_run;
use crate::policy::Policy;
use crate::table::Table;
use crate::{scripts, work};
use arrears_batch::{Hooks, Options, Origin, Progress, RunError, Summary, decision_schema, state_schema};
use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde_json::json;

/// The decisions of a table, what they leave, and the count.
#[pyclass(frozen, module = "arrears._arrears")]
pub(crate) struct Decided {
    decisions: Table,
    state: Option<Table>,
    summary: String,
}

#[pymethods]
impl Decided {
    /// The decisions.
    fn decisions(&self) -> Table {
        self.decisions.clone()
    }

    /// What the decisions leave for the next ones, if it was asked for.
    fn state(&self) -> Option<Table> {
        self.state.clone()
    }

    /// What was decided, counted, as JSON; with every row that could not be.
    fn summary(&self) -> &str {
        &self.summary
    }
}

/// What a run gave.
struct Taken {
    summary: Summary,
    decisions: Vec<RecordBatch>,
    left: Vec<RecordBatch>,
}

impl Policy {
    /// Decides a table where it is, in this thread.
    fn taken(&self, table: Origin, options: &Options, keep: bool, line: &work::Line) -> Result<Taken, RunError> {
        let (mut decisions, mut left) = (Vec::new(), Vec::new());
        let mut take = |rows| {
            decisions.push(rows);
            true
        };
        let mut keeps = |rows| {
            left.push(rows);
            true
        };
        let mut told = |progress: Progress| line.note(progress);
        let compute = |policy: &arrears::Policy, cells: &mut Vec<_>| scripts::compute(&self.scripts, policy, cells);
        let hooks = Hooks {
            decisions: Some(&mut take),
            left: if keep { Some(&mut keeps) } else { None },
            scripts: (!self.scripts.is_empty()).then_some(&compute),
            ..line.hooks(&mut told)
        };
        let summary = arrears_batch::run(&self.policy, table, options, hooks)?;
        Ok(Taken { summary, decisions, left })
    }
}

/// Decides a table.
#[pyfunction]
#[pyo3(signature = (policy, table, asked, progress = None))]
pub(crate) fn decide_table(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    table: Given,
    asked: &Bound<'_, PyDict>,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Decided> {
    let options = options(py, asked)?;
    let keep = found(asked, "keep_state")?.unwrap_or(false);
    let policy = policy.get().clone();
    let left = state_schema(&policy.policy);
    let work = move |line: &work::Line| policy.taken(table.0, &options, keep, line);
    let taken = work::patiently(py, progress, work)?.map_err(|error| of_run(py, &error))?;
    Ok(Decided {
        decisions: Table::new("decisions", decision_schema(), taken.decisions),
        state: keep.then(|| Table::new("state", left, taken.left)),
        summary: json!(taken.summary).to_string(),
    })
}
