//! Reads what a team is to reach, and what it has reached.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::history_file::{text, wrong};
use arrears::Currency;
use arrears_words::morning::{self, Target};
use std::path::Path;

/// The targets of a file, in the currency of a briefing.
pub(crate) fn targets(path: &Path, currency: Currency) -> Result<Vec<Target>, Failure> {
    morning::targets(&text(path)?, currency).map_err(|problems| wrong(path, Exit::Usage, &problems))
}
