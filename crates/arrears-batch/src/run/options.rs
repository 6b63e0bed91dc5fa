//! What a run is asked to do.

use crate::events::EventTables;
use crate::mapping::Mapping;
use crate::output::Sheet;
use crate::table::Origin;
use arrears::condition::FactId;
use arrears::decide::Law;
use arrears::{Cell, Policy};
use arrow_array::RecordBatch;
use chrono::NaiveDate;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// What a run reads besides the table, and what it writes.
#[derive(Clone, Debug)]
pub struct Options {
    /// The day of the decisions.
    pub as_of: NaiveDate,
    /// The law under which they are made.
    pub law: Law,
    /// Which column holds which fact.
    pub mapping: Mapping,
    /// Tables of events beside the table of accounts.
    pub events: EventTables,
    /// What the last decisions left.
    pub state: Option<Origin>,
    /// Where to write what these decisions leave; it may be the file of `state`.
    pub state_out: Option<PathBuf>,
    /// Where to write the decisions: Parquet, CSV or JSON lines, by each name's ending.
    pub outputs: Vec<PathBuf>,
    /// Whether to find out when each account is to be looked at again.
    pub reviews: bool,
    /// Whether to decide every row by itself, as rows are decided of which too little is known
    /// for columns. It takes longer, and the decisions are the same.
    pub one_by_one: bool,
    /// Whether every row is decided for itself, as it comes, and nothing is remembered of
    /// it: whether an account comes twice goes unnoticed, and the table must not name customers,
    /// whose accounts could not be settled together. It is then read once, and memory does not
    /// depend on its length. It cannot be with a state.
    pub apart: bool,
    /// Whether to decide the good rows of a table that has bad ones.
    pub keep_going: bool,
    /// Where to write rows that could not be decided; beside the first output if none.
    pub errors: Option<PathBuf>,
    /// How many row errors to hand back; all are counted.
    pub errors_shown: usize,
}

impl Options {
    /// Decides as of a day under a law, and writes nothing.
    pub fn new(as_of: NaiveDate, law: Law) -> Self {
        Self {
            as_of,
            law,
            mapping: Mapping::default(),
            events: EventTables::default(),
            state: None,
            state_out: None,
            outputs: Vec::new(),
            reviews: true,
            one_by_one: false,
            apart: false,
            keep_going: false,
            errors: None,
            errors_shown: 20,
        }
    }

    /// Where rows go that could not be decided.
    pub(crate) fn errors_path(&self) -> Option<PathBuf> {
        self.errors.clone().or_else(|| self.outputs.first().map(|output| output.with_extension("errors.csv")))
    }
}

/// The steps of a run over a table. Each goes through all of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Tables of events are counted.
    Events,
    /// Names of accounts and customers are read, where the table has customers or there is
    /// a state.
    Numbering,
    /// The accounts of each customer with several are settled together.
    Settling,
    /// Every row is decided and written.
    Deciding,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// Rows of the table with which it is done.
    pub rows: u64,
    /// Rows of the table, where they are known.
    pub total: Option<u64>,
}

/// What the scripts of a policy did for one row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScriptCost {
    /// How many operations they took.
    pub operations: u64,
    /// Facts that stay unknown because their script failed or hit a limit.
    pub failed: Vec<FactId>,
}

/// Computes a policy's script facts in a row, before anything else is computed.
pub type ScriptHook<'a> = dyn Fn(&Policy, &mut Vec<Cell>) -> ScriptCost + Sync + 'a;

/// Takes some rows of a result, and says whether more are wanted. What it was given is worth
/// nothing if the run then ends in an error.
pub type Taker<'a> = dyn FnMut(RecordBatch) -> bool + Send + 'a;

/// Takes the decisions of a batch as the run has them, without making columns of them, and says
/// whether more are wanted. It costs less than a [`Taker`] where rows are only counted or compared, and
/// tells the number of each row and what is overdue on it.
pub type SheetTaker<'a> = dyn FnMut(&Sheet) -> bool + Send + 'a;

/// What a run calls while it works.
#[derive(Default)]
pub struct Hooks<'a> {
    /// Called now and then with how far the run has come.
    pub progress: Option<&'a mut dyn FnMut(Progress)>,
    /// Computes script facts.
    pub scripts: Option<&'a ScriptHook<'a>>,
    /// Takes the decisions of each batch in the order of the table, beside the files that are
    /// written. The run ends as if it was told to stop when it gives back `false`.
    pub decisions: Option<&'a mut Taker<'a>>,
    /// Takes the decisions of each batch in the order of the table, as the run has them.
    pub sheets: Option<&'a mut SheetTaker<'a>>,
    /// Takes what the decisions leave, as a state table, in the same way.
    pub left: Option<&'a mut Taker<'a>>,
    /// When it is set, the run ends after the batch at hand with [`super::RunError::Interrupted`],
    /// and nothing is written.
    pub stop: Option<&'a AtomicBool>,
}

impl std::fmt::Debug for Hooks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hooks")
            .field("progress", &self.progress.is_some())
            .field("scripts", &self.scripts.is_some())
            .field("decisions", &self.decisions.is_some())
            .field("sheets", &self.sheets.is_some())
            .field("left", &self.left.is_some())
            .field("stop", &self.stop)
            .finish()
    }
}
