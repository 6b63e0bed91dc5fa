//! What a policy's script declares while it runs: statements as parsed, in the order in which they were read.

use crate::expression::{Values, Written};
use crate::grammar::{Refusal, Shape};
use crate::source::Script;
use arrears::Problem;
use arrears::condition::Named;
use arrears::draft::Keyword;
use rhai::{AST, Dynamic, FnPtr};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One statement as the script declared it.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// What kind of statement it is.
    pub(crate) keyword: Keyword,
    /// The file in which it stands.
    pub(crate) file: u16,
    /// Its clauses, in the order written.
    pub(crate) shape: Shape,
    /// The expressions of its slots.
    pub(crate) inputs: Vec<Written>,
    /// What constants were worth.
    pub(crate) values: Values,
    /// Its name, where that is computed.
    pub(crate) name: Option<Dynamic>,
    /// The closure of `script(...)`.
    pub(crate) closure: Option<FnPtr>,
}

/// What the token hook saw last.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenMemory {
    /// Whether the token before was `..` or `..=`.
    pub(crate) after_range: bool,
    /// The token before this one begins an entry of a map, or may.
    pub(crate) before_entry: bool,
    /// The clause word that ended an open range, shown to Rhai as `=>`.
    pub(crate) masked: Option<String>,
}

/// Everything that reading a policy gathers.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// The policy's files, by number.
    pub(crate) scripts: Vec<Arc<Script>>,
    /// The statements of this run.
    pub(crate) statements: Vec<Recorded>,
    /// What is wrong.
    pub(crate) problems: Vec<Problem>,
    /// Names of statements that could not be read.
    pub(crate) broken: Vec<(Keyword, Named)>,
    /// Why the statement being parsed cannot go on.
    pub(crate) refusal: Option<Refusal>,
    /// What the token hook saw last.
    pub(crate) tokens: TokenMemory,
    /// How often a statement was taken out and the file read again.
    pub(crate) rounds: usize,
    /// Files whose statements this run has already.
    pub(crate) read: BTreeSet<u16>,
    /// Names that stay unknown because what declares them could not be read.
    pub(crate) lost: BTreeSet<String>,
    /// Whether names may have been declared that nobody can tell any more.
    pub(crate) names_lost: bool,
    /// The code of each file as it ran.
    pub(crate) code: BTreeMap<u16, AST>,
    /// Whether a limit was reached, so that nothing more is run.
    pub(crate) stopped: bool,
}

impl Record {
    /// The script engine gave up in a way of its own: nothing that was read can be trusted.
    pub(crate) fn crashed(&mut self) {
        self.stopped = true;
        self.statements.clear();
        let problem = Problem::error("P024", "the script engine cannot run this policy");
        let at = self.scripts.first().map(|script| script.span(0, 0));
        let problem =
            problem.at(at.unwrap_or_default(), "somewhere in this file").help("write its script code in a simpler way");
        self.problems.push(problem);
    }
}

/// A record shared with Rhai's callbacks.
#[derive(Clone, Debug, Default)]
pub(crate) struct SharedRecord(Arc<Mutex<Record>>);

impl SharedRecord {
    /// The record, for this thread alone.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file's number as Rhai carries it beside the code.
pub(crate) fn source_name(file: u16) -> String {
    file.to_string()
}

/// The file whose code runs.
pub(crate) fn source_file(name: Option<&str>) -> u16 {
    name.and_then(|name| name.parse().ok()).unwrap_or(0)
}
