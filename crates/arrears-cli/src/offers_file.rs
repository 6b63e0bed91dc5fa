//! Reads what a bank offers, and what somebody states of a month.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::history_file::{text, wrong};
use arrears_owed::arrangement::{Means, OfferRules};
use std::path::Path;

/// What a bank offers, of a file.
pub(crate) fn offers(path: &Path) -> Result<OfferRules, Failure> {
    OfferRules::from_json(&text(path)?).map_err(|problems| wrong(path, Exit::Usage, &problems))
}

/// What somebody states of a month, of a file.
pub(crate) fn means(path: &Path) -> Result<Means, Failure> {
    Means::from_json(&text(path)?).map_err(|problems| wrong(path, Exit::Usage, &problems))
}
