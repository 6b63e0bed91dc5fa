//! Files of plans of attempts.

use crate::case_file::{shown, text_of, wrong};
use crate::exit::Exit;
use crate::failure::Failure;
use arrears::guardrail::AttemptPlan;
use std::path::Path;

/// The plan of a file, or of stdin; else everything that is wrong with it.
pub(crate) fn read(path: &Path) -> Result<AttemptPlan, Failure> {
    AttemptPlan::from_json(&text_of(path)?).map_err(|troubles| wrong(&shown(path), Exit::Table, troubles))
}
