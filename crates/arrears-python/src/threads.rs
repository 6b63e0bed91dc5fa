//! The threads of the package: each hears when it is to end, and none outlives the interpreter.

use crate::failure::raise;
use pyo3::prelude::*;
use serde_json::json;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// Who is at work, each with what it hears by.
static AT_WORK: Mutex<Vec<(u64, Arc<AtomicBool>)>> = Mutex::new(Vec::new());
/// Somebody has ended.
static ENDED: Condvar = Condvar::new();
/// The process that first did some work; zero before.
static OWNER: AtomicU32 = AtomicU32::new(0);
/// How long the interpreter waits at its end for threads that do not end.
const PATIENCE: Duration = Duration::from_secs(5);

fn at_work() -> MutexGuard<'static, Vec<(u64, Arc<AtomicBool>)>> {
    AT_WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A thread's place among those at work.
struct Place(u64);

impl Place {
    fn take(stop: &Arc<AtomicBool>) -> Self {
        let mut all = at_work();
        let number = all.last().map_or(0, |(number, _)| number.saturating_add(1));
        all.push((number, Arc::clone(stop)));
        Self(number)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        at_work().retain(|(number, _)| *number != self.0);
        ENDED.notify_all();
    }
}

/// Does some work in a thread of its own, which is to end when `stop` is set.
pub(crate) fn begin<T: Send + 'static>(
    py: Python<'_>,
    stop: &Arc<AtomicBool>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<JoinHandle<T>> {
    own_process(py)?;
    let place = Place::take(stop);
    let thread = Builder::new().name("arrears".to_owned()).spawn(move || {
        let _place = place;
        work()
    });
    Ok(thread?)
}

/// Tells every thread to end, and waits for them: at the end of the interpreter, which some of
/// them may still ask for rows.
#[pyfunction]
pub(crate) fn finish(py: Python<'_>) {
    py.detach(|| {
        let all = at_work();
        all.iter().for_each(|(_, stop)| stop.store(true, Ordering::Relaxed));
        // Whoever does not hear is left behind.
        drop(ENDED.wait_timeout_while(all, PATIENCE, |all| !all.is_empty()));
    });
}

/// The threads that decide tables do not go with a process that forks.
fn own_process(py: Python<'_>) -> PyResult<()> {
    let here = std::process::id();
    match OWNER.compare_exchange(0, here, Ordering::Relaxed, Ordering::Relaxed) {
        Err(owner) if owner != here => {
            let problem = "this process was forked from one that had decided tables, and its threads stayed there: start \
                           processes with multiprocessing.get_context(\"spawn\")";
            Err(raise(py, "other", problem, &json!({})))
        }
        _ => Ok(()),
    }
}
