//! Reads the terms of a product.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::history_file::{text, wrong};
use arrears_owed::terms::Terms;
use std::path::Path;

/// The terms of a file.
pub(crate) fn terms(path: &Path) -> Result<Terms, Failure> {
    Terms::from_json(&text(path)?).map_err(|problems| wrong(path, Exit::Usage, &problems))
}
