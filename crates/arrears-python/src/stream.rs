//! A table decided as somebody reads the decisions.

use crate::asked::{Given, options};
use crate::failure::of_run;
use crate::policy::Policy;
use crate::table::Table;
use crate::{arrow, scripts};
use arrears_batch::{Hooks, Options, Origin, RunError, Summary, decision_schema};
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Batches that wait to be read.
const WAITING: usize = 2;
/// Rows that cannot be decided and are kept: what is streamed has no end that memory could wait for.
const SHOWN: usize = 1000;

/// A table that is decided while its decisions are read, once.
#[pyclass(frozen, module = "arrears._arrears")]
pub(crate) struct Deciding {
    asked: Mutex<Option<(Policy, Origin, Options)>>,
    rows: Mutex<Option<Rows>>,
    ended: Arc<Mutex<Option<Result<Summary, RunError>>>>,
}

/// The decisions, as they come from the thread that makes them.
struct Rows {
    batches: Receiver<RecordBatch>,
    stop: Arc<AtomicBool>,
    ended: Arc<Mutex<Option<Result<Summary, RunError>>>>,
    told: bool,
}

impl Drop for Rows {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Rows {
    /// Begins to decide in a thread of its own.
    fn begin(
        (policy, table, options): (Policy, Origin, Options),
        ended: &Arc<Mutex<Option<Result<Summary, RunError>>>>,
    ) -> PyResult<Self> {
        let (sender, batches) = sync_channel(WAITING);
        let stop = Arc::new(AtomicBool::new(false));
        let (own_stop, own_end) = (Arc::clone(&stop), Arc::clone(ended));
        std::thread::Builder::new().name("arrears".to_owned()).spawn(move || {
            let mut take = |rows| sender.send(rows).is_ok();
            let compute = |of: &arrears::Policy, cells: &mut Vec<_>| scripts::compute(&policy.scripts, of, cells);
            let hooks = Hooks {
                decisions: Some(&mut take),
                scripts: (!policy.scripts.is_empty()).then_some(&compute),
                stop: Some(&own_stop),
                ..Hooks::default()
            };
            let result = arrears_batch::run(&policy.policy, table, &options, hooks);
            *own_end.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            // Only now does the reader see the end.
            drop(sender);
        })?;
        Ok(Self { batches, stop, ended: Arc::clone(ended), told: false })
    }

    /// The next decisions; none at the end, whatever it is.
    fn come(&mut self) -> Option<RecordBatch> {
        let batches = &mut self.batches;
        // Whoever reads a stream may hold the interpreter meanwhile; others need it to go on.
        let mut wait = Some(move || batches.recv().ok());
        let waited = Python::try_attach(|py| wait.take().map(|wait| py.detach(wait)));
        waited.flatten().unwrap_or_else(|| wait.and_then(|wait| wait()))
    }

    /// What the end was, if it was a bad one.
    fn failure(&self) -> Option<String> {
        match &*self.ended.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(Ok(_)) => None,
            Some(Err(error)) => Some(error.to_string()),
            None => Some("the engine failed: it ended without a result. Please report this".to_owned()),
        }
    }
}

impl Iterator for Rows {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(rows) = self.come() {
            return Some(Ok(rows));
        }
        let failure = self.failure().filter(|_| !self.told)?;
        self.told = true;
        Some(Err(ArrowError::ExternalError(failure.into())))
    }
}

impl RecordBatchReader for Rows {
    fn schema(&self) -> SchemaRef {
        decision_schema()
    }
}

impl Deciding {
    fn rows(&self) -> PyResult<Rows> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner).take();
        match asked {
            Some(asked) => Rows::begin(asked, &self.ended),
            None => Err(PyValueError::new_err("these decisions are being read already: a stream can be read once")),
        }
    }
}

#[pymethods]
impl Deciding {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        arrow::stream(py, Box::new(self.rows()?))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::schema(py, &decision_schema())
    }

    /// The next decisions, or none at the end.
    fn next(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        let mut rows = match self.rows.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(rows) => rows,
            None if self.ended.lock().unwrap_or_else(PoisonError::into_inner).is_some() => return Ok(None),
            None => self.rows()?,
        };
        // The interpreter hears of Ctrl-C between batches.
        py.check_signals()?;
        let (came, rows) = py.detach(move || (rows.come(), rows));
        if let Some(batch) = came {
            *self.rows.lock().unwrap_or_else(PoisonError::into_inner) = Some(rows);
            return Ok(Some(Table::new("decisions", decision_schema(), vec![batch])));
        }
        match &*self.ended.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(Ok(_)) => Ok(None),
            Some(Err(error)) => Err(of_run(py, error)),
            None => Err(PyValueError::new_err(rows.failure().unwrap_or_default())),
        }
    }

    /// What was decided, counted, as JSON; none before the end.
    fn summary(&self, py: Python<'_>) -> PyResult<Option<String>> {
        match &*self.ended.lock().unwrap_or_else(PoisonError::into_inner) {
            None => Ok(None),
            Some(Ok(summary)) => Ok(Some(json!(summary).to_string())),
            Some(Err(error)) => Err(of_run(py, error)),
        }
    }
}

/// Decides a table while its decisions are read.
#[pyfunction]
pub(crate) fn decide_stream(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    table: Given,
    asked: &Bound<'_, PyDict>,
) -> PyResult<Deciding> {
    let options = Options { errors_shown: SHOWN, ..options(py, asked)? };
    Ok(Deciding {
        asked: Mutex::new(Some((policy.get().clone(), table.0, options))),
        rows: Mutex::new(None),
        ended: Arc::new(Mutex::new(None)),
    })
}
