//! Long work beside the interpreter: other threads run, Ctrl-C is heard, progress is told.

use crate::threads;
use arrears_batch::{Hooks, Progress, Step};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often the interpreter is asked whether somebody pressed Ctrl-C.
const ASKED_EVERY: Duration = Duration::from_millis(20);

/// What passes between the work and who waits for it.
#[derive(Clone, Default)]
pub(crate) struct Line {
    stop: Arc<AtomicBool>,
    reached: Arc<Mutex<Option<Reached>>>,
}

impl Line {
    /// Whether the work is to stop.
    pub(crate) fn stop(&self) -> &AtomicBool {
        &self.stop
    }

    /// Notes how far the work has come.
    pub(crate) fn note(&self, progress: Progress) {
        self.put(Reached { step: word(progress.step).to_owned(), progress });
    }

    /// Notes how far one of several passes over a table has come.
    pub(crate) fn note_pass(&self, pass: usize, passes: usize, progress: Progress) {
        self.put(Reached { step: format!("{} {pass} of {passes}", word(progress.step)), progress });
    }

    fn put(&self, reached: Reached) {
        *self.reached.lock().unwrap_or_else(PoisonError::into_inner) = Some(reached);
    }

    /// Lets the work tell how far it has come, and hear when it is to stop.
    pub(crate) fn hooks<'a>(&'a self, told: &'a mut dyn FnMut(Progress)) -> Hooks<'a> {
        Hooks { progress: Some(told), stop: Some(&self.stop), ..Hooks::default() }
    }

    fn news(&self) -> Option<Reached> {
        self.reached.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// How far which step has come.
struct Reached {
    step: String,
    progress: Progress,
}

/// Does some work in a thread of its own, and waits for it. Between times signals are handled
/// and `progress` is called with the step, the rows done and the rows there are. If one of them
/// raises, the work is told to stop, nobody waits for it any more, and that is raised.
pub(crate) fn patiently<T: Send + 'static>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Line) -> T + Send + 'static,
) -> PyResult<T> {
    let line = Line::default();
    let (sender, receiver) = channel();
    let own = line.clone();
    let thread = threads::begin(py, &line.stop, move || {
        // Nobody may be waiting any more.
        let _ = sender.send(work(&own));
    })?;
    let tell = |reached: Option<Reached>| match (progress, reached) {
        (Some(listener), Some(Reached { step, progress })) => {
            listener.call1((step, progress.rows, progress.total)).map(|_| ())
        }
        _ => Ok(()),
    };
    // The receiver goes with whoever waits: it cannot be shared.
    let mut receiver = receiver;
    loop {
        let (heard, back) = py.detach(move || (receiver.recv_timeout(ASKED_EVERY), receiver));
        receiver = back;
        match heard {
            Ok(done) => {
                tell(line.news())?;
                return Ok(done);
            }
            Err(RecvTimeoutError::Timeout) => {
                let heard = py.check_signals().and_then(|()| tell(line.news()));
                if let Err(raised) = heard {
                    line.stop.store(true, Ordering::Relaxed);
                    return Err(raised);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                let panic = thread.join().err();
                let said = panic.as_ref().and_then(|panic| {
                    panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied())
                });
                let said = said.unwrap_or("it ended without a result");
                return Err(PyRuntimeError::new_err(format!("the engine failed: {said}. Please report this")));
            }
        }
    }
}

const fn word(step: Step) -> &'static str {
    match step {
        Step::Events => "events",
        Step::Numbering => "numbering",
        Step::Settling => "settling",
        Step::Deciding => "deciding",
    }
}
