//! A table of accounts that policies are tried on, and what a policy is tried with.

use arrears::Policy;
use arrears_batch::{Options, Origin, RunError};
use arrears_rules::Scripts;
use std::path::PathBuf;

/// A policy with the scripts that compute its own facts.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Its scripts, as they were loaded with it.
    pub scripts: &'a Scripts,
}

/// A table of accounts, and how it is decided.
#[derive(Clone, Copy, Debug)]
pub struct Book<'a> {
    /// The table. It is read once for each policy, so it cannot be a stream.
    pub table: &'a Origin,
    /// The day, the law, the mapping, events and state. Nothing is written: `outputs`, `state_out` and `errors`
    /// must be empty. Reviews are found only if they are asked for, and nothing here looks at them.
    pub options: &'a Options,
}

/// Why a table cannot be decided under several policies.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BookError {
    /// Rows that come once, where they would be read for each policy.
    #[error(
        "every table is read once for each policy, and {} once only: hold the rows in memory, or write them to a file",
        comes(.0)
    )]
    Once(Vec<String>),
    /// Options that ask for files.
    #[error("nothing is written when policies are tried on a table: {} must be empty", .0.join(", "))]
    Writes(Vec<&'static str>),
    /// A run under one of the policies ended without results.
    #[error("{}", ended(.under, .error))]
    Run {
        /// The policy, and the value that was tried.
        under: String,
        /// Why.
        error: RunError,
    },
    /// Two passes over the table did not see the same rows.
    #[error("{}: the rows are not those that were read before: the table changed meanwhile", .0.display())]
    Changed(PathBuf),
}

fn comes(names: &[String]) -> String {
    let come = if names.len() == 1 { "comes" } else { "come" };
    format!("{} {come}", names.join(", "))
}

/// Who told it to stop knows under which policy it was at work.
fn ended(under: &str, error: &RunError) -> String {
    match error {
        RunError::Interrupted => error.to_string(),
        _ => format!("under {under}: {error}"),
    }
}

impl Book<'_> {
    /// Makes sure that the table can be read again and again, and that nothing would be written.
    pub(crate) fn check(&self) -> Result<(), BookError> {
        let options = self.options;
        let events = options.events.origins().map(|(_, origin)| origin);
        let all = std::iter::once(self.table).chain(&options.state).chain(events);
        let once: Vec<String> = all.filter(|origin| matches!(origin, Origin::Stream(_))).map(named).collect();
        if !once.is_empty() {
            return Err(BookError::Once(once));
        }
        let writes = [
            ("outputs", !options.outputs.is_empty()),
            ("state_out", options.state_out.is_some()),
            ("errors", options.errors.is_some()),
        ];
        let writes: Vec<&str> = writes.into_iter().filter_map(|(name, asked)| asked.then_some(name)).collect();
        if writes.is_empty() { Ok(()) } else { Err(BookError::Writes(writes)) }
    }
}

fn named(origin: &Origin) -> String {
    format!("`{}`", origin.path().display())
}
