//! One pass over a table: every account decided under one policy.

use super::{Book, BookError, Rules};
use crate::script_facts;
use arrears_batch::{Hooks, Progress, Sheet, Summary, run};
use std::sync::atomic::AtomicBool;

/// How far passes over a table have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassProgress {
    /// The pass at work, from 1.
    pub pass: usize,
    /// How many there will be.
    pub passes: usize,
    /// How far it has come.
    pub run: Progress,
}

/// What is called while passes are at work.
#[derive(Default)]
pub struct PassHooks<'a> {
    /// Called now and then with how far they have come.
    pub progress: Option<&'a mut dyn FnMut(PassProgress)>,
    /// When it is set, the pass at work ends, and there is no result.
    pub stop: Option<&'a AtomicBool>,
}

impl std::fmt::Debug for PassHooks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PassHooks").field("progress", &self.progress.is_some()).field("stop", &self.stop).finish()
    }
}

/// Decides the table under a policy; `take` gets the decisions of each batch and says whether to go on.
/// `under` names the policy in messages.
pub(crate) fn pass(
    (rules, under): (Rules<'_>, &str),
    book: Book<'_>,
    hooks: &mut PassHooks<'_>,
    (pass, passes): (usize, usize),
    mut take: impl FnMut(&Sheet) -> bool + Send,
) -> Result<Summary, BookError> {
    let compute = script_facts::hook(rules.scripts);
    let mut advance = |run| {
        if let Some(progress) = &mut hooks.progress {
            progress(PassProgress { pass, passes, run });
        }
    };
    let run_hooks = Hooks {
        progress: Some(&mut advance),
        scripts: (!rules.scripts.is_empty()).then_some(&compute),
        sheets: Some(&mut take),
        stop: hooks.stop,
        ..Hooks::default()
    };
    run(rules.policy, book.table.clone(), book.options, run_hooks)
        .map_err(|error| BookError::Run { under: under.to_owned(), error })
}
