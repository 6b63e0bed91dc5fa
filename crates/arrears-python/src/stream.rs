//! A table decided as somebody reads the decisions.

use crate::asked::{Given, options};
use crate::failure::Told;
use crate::policy::Policy;
use crate::table::Table;
use crate::{arrow, scripts, threads};
use arrears_batch::{Hooks, Options, Origin, decision_schema};
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Batches that wait to be read.
const WAITING: usize = 2;
/// How long a thread that has more to give than is read waits before it looks again.
const PAUSE: Duration = Duration::from_millis(1);
/// Rows that cannot be decided and are kept: what is streamed has no end that memory could wait for.
const SHOWN: usize = 1000;

/// What the end of a stream was: the count, as JSON, or what went wrong.
type Ended = Result<String, Told>;

/// A table that is decided while its decisions are read, once.
#[pyclass(frozen, module = "arrears._arrears")]
pub(crate) struct Deciding {
    asked: Mutex<Option<(Policy, Origin, Options)>>,
    rows: Mutex<Option<Rows>>,
    ended: Arc<Mutex<Option<Ended>>>,
    /// Whether the rows were gone through batch by batch, to their end.
    seen: AtomicBool,
}

/// The decisions, as they come from the thread that makes them.
struct Rows {
    batches: Receiver<RecordBatch>,
    stop: Arc<AtomicBool>,
    ended: Arc<Mutex<Option<Ended>>>,
    told: bool,
}

impl Drop for Rows {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Gives rows to whoever reads them, as soon as there is room; gives up where nobody reads any more.
fn give(sender: &SyncSender<RecordBatch>, mut rows: RecordBatch, stop: &AtomicBool) -> bool {
    loop {
        match sender.try_send(rows) {
            Ok(()) => return true,
            Err(TrySendError::Disconnected(_)) => return false,
            Err(TrySendError::Full(back)) => rows = back,
        }
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        std::thread::sleep(PAUSE);
    }
}

impl Rows {
    /// Begins to decide in a thread of its own.
    fn begin(
        py: Python<'_>,
        (policy, table, options): (Policy, Origin, Options),
        ended: &Arc<Mutex<Option<Ended>>>,
    ) -> PyResult<Self> {
        let (sender, batches) = sync_channel(WAITING);
        let stop = Arc::new(AtomicBool::new(false));
        let (own_stop, own_end) = (Arc::clone(&stop), Arc::clone(ended));
        threads::begin(py, &stop, move || {
            let mut take = |rows| give(&sender, rows, &own_stop);
            let compute = scripts::hook(&policy.scripts);
            let hooks = Hooks {
                decisions: Some(&mut take),
                scripts: (!policy.scripts.is_empty()).then_some(&compute),
                stop: Some(&own_stop),
                ..Hooks::default()
            };
            let result = arrears_batch::run(&policy.policy, table, &options, hooks);
            let end = result.map(|summary| json!(summary).to_string()).map_err(|error| Told::of(&error));
            *locked(&own_end) = Some(end);
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
        match &*locked(&self.ended) {
            Some(Ok(_)) => None,
            Some(Err(told)) => Some(told.text()),
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
    fn rows(&self, py: Python<'_>) -> PyResult<Rows> {
        let asked = locked(&self.asked).take();
        match asked {
            Some(asked) => Rows::begin(py, asked, &self.ended),
            None => {
                Err(PyValueError::new_err("these decisions were read, or are being read: a stream can be read once"))
            }
        }
    }

    /// What the end was, if there was one.
    fn end(&self) -> Option<Ended> {
        locked(&self.ended).clone()
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
        arrow::stream(py, Box::new(self.rows(py)?))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::schema(py, &decision_schema())
    }

    /// The next decisions, or none at the end.
    fn next(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        // The interpreter hears of Ctrl-C between batches.
        py.check_signals()?;
        let going_on = locked(&self.rows).take();
        let mut rows = match (going_on, self.end()) {
            (Some(rows), _) => rows,
            (None, Some(Err(told))) => return Err(told.raise(py)),
            (None, Some(Ok(_))) if self.seen.load(Ordering::Relaxed) => return Ok(None),
            (None, _) => self.rows(py)?,
        };
        let (came, rows) = py.detach(move || (rows.come(), rows));
        if let Some(batch) = came {
            *locked(&self.rows) = Some(rows);
            return Ok(Some(Table::new("decisions", decision_schema(), vec![batch])));
        }
        match self.end() {
            Some(Ok(_)) => {
                self.seen.store(true, Ordering::Relaxed);
                Ok(None)
            }
            Some(Err(told)) => Err(told.raise(py)),
            None => Err(PyRuntimeError::new_err(rows.failure().unwrap_or_default())),
        }
    }

    /// What was decided, counted, as JSON; none before the end.
    fn summary(&self, py: Python<'_>) -> PyResult<Option<String>> {
        self.end().transpose().map_err(|told| told.raise(py))
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
        seen: AtomicBool::new(false),
    })
}
