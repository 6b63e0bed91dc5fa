//! Ctrl-C heard: what runs then ends by itself, and leaves nothing half-written.

use crate::exit::Exit;
use crate::failure::Failure;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the command was told to stop.
static TOLD: AtomicBool = AtomicBool::new(false);

/// Hears from now on whether the command is told to stop, by Ctrl-C or by the system. It is
/// asked for once.
pub(crate) fn listen() -> Result<&'static AtomicBool, Failure> {
    let hear = || TOLD.store(true, Ordering::Relaxed);
    ctrlc::set_handler(hear)
        .map_err(|error| Failure::new(Exit::File, format!("Ctrl-C could not be heard: {error}")))?;
    Ok(&TOLD)
}
