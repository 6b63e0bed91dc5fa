//! Telling how far a run has come, and hearing whether it is to stop.

use super::error::RunError;
use super::options::{Hooks, Progress, ScriptHook, Step};
use std::sync::atomic::{AtomicBool, Ordering};

/// What listens to a run.
pub(super) struct Watch<'a> {
    progress: Option<&'a mut dyn FnMut(Progress)>,
    stop: Option<&'a AtomicBool>,
    step: Step,
    total: Option<u64>,
}

impl<'a> Watch<'a> {
    /// What the hooks of a run listen to, and what computes its scripts.
    pub(super) fn new(hooks: Hooks<'a>, total: Option<u64>) -> (Self, Option<&'a ScriptHook<'a>>) {
        (Self { progress: hooks.progress, stop: hooks.stop, step: Step::Deciding, total }, hooks.scripts)
    }

    /// Begins a step over so many rows, if that is known.
    pub(super) const fn begin(&mut self, step: Step, total: Option<u64>) {
        self.step = step;
        self.total = total;
    }

    /// Tells that so many rows of the step are done.
    ///
    /// # Errors
    ///
    /// [`RunError::Interrupted`] if the run is to stop.
    pub(super) fn reached(&mut self, rows: u64) -> Result<(), RunError> {
        self.go_on()?;
        if let Some(progress) = self.progress.as_mut() {
            progress(Progress { step: self.step, rows, total: self.total });
        }
        Ok(())
    }

    /// Hears whether the run is to stop.
    ///
    /// # Errors
    ///
    /// [`RunError::Interrupted`] if it is.
    pub(super) fn go_on(&self) -> Result<(), RunError> {
        match self.stop {
            Some(stop) if stop.load(Ordering::Relaxed) => Err(RunError::Interrupted),
            _ => Ok(()),
        }
    }
}
