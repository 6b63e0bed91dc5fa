//! Reads the history of an account and the conventions under which it is read.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::plural;
use arrears::account::{Account, Conventions, HistoryProblem};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The account of a history file.
pub(crate) fn account(path: &Path) -> Result<Account, Failure> {
    Account::from_json(&text(path)?).map_err(|problems| wrong(path, Exit::Table, &problems))
}

/// The conventions of a file, or the usual ones where none is given.
pub(crate) fn conventions(path: Option<&Path>, account: &Account) -> Result<Conventions, Failure> {
    let Some(path) = path else { return Ok(Conventions::default()) };
    let conventions = Conventions::from_json(&text(path)?).map_err(|problems| wrong(path, Exit::Usage, &problems))?;
    let currency = account.currency();
    let amounts = [("tolerance", conventions.tolerance), ("promise_tolerance", conventions.promise_tolerance)];
    let misfits = amounts.into_iter().filter_map(|(name, amount)| {
        let error = amount.minor(currency).err()?;
        let message = format!("`{amount}` has {error}: expected an amount in {currency}, the account's currency");
        Some(HistoryProblem { path: name.to_owned(), message })
    });
    match misfits.collect::<Vec<_>>() {
        none if none.is_empty() => Ok(conventions),
        misfits => Err(wrong(path, Exit::Usage, &misfits)),
    }
}

/// The text of a file.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| format!("{}: cannot be read: {error}", path.display());
    let bytes = fs::read(path).map_err(|error| Failure::new(Exit::File, unreadable(&error)))?;
    // A mark of the byte order is no part of a JSON document.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let text = std::str::from_utf8(text).map_err(|error| {
        Failure::new(Exit::Table, format!("{}: is not text in UTF-8 ({error}): save it in UTF-8", path.display()))
    })?;
    Ok(text.to_owned())
}

/// Every problem of a file, under its name.
pub(crate) fn wrong(path: &Path, exit: Exit, problems: &[HistoryProblem]) -> Failure {
    let mut message = format!("{}: {}", path.display(), plural(problems.len(), "problem", "problems"));
    for problem in problems {
        message.push_str(&format!("\n  {problem}"));
    }
    let listed: Vec<Value> =
        problems.iter().map(|problem| json!({ "path": problem.path, "message": problem.message })).collect();
    Failure::new(exit, message).with("problems", json!(listed))
}
