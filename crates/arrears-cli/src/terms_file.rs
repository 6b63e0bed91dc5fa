//! Reads the terms of a product.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::history_file::{text, wrong};
use arrears::account::Account;
use arrears_owed::statement::OwedError;
use arrears_owed::terms::Terms;
use std::path::Path;

/// What is owed by the terms of a file, as facts beside a history; none where no file is given.
///
/// Terms in another currency than the account's are refused here, before anything is decided.
pub(crate) fn beside(path: Option<&Path>, account: &Account) -> Result<Option<Terms>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let found = terms(path)?;
    if found.currency == account.currency() {
        return Ok(Some(found));
    }
    let error = OwedError::Currency { account: account.currency(), terms: found.currency };
    Err(Failure::new(Exit::Usage, format!("{}: {error}", path.display())))
}

/// The terms of a file.
pub(crate) fn terms(path: &Path) -> Result<Terms, Failure> {
    Terms::from_json(&text(path)?).map_err(|problems| wrong(path, Exit::Usage, &problems))
}
