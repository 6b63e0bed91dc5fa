//! Decisions made again, to prove those that were logged.
//!
//! A decision follows from the account's row, the state, the events, the policy, the law and the day, and from nothing
//! else. Who has kept these ([`crate::record`]) can decide again; [`replay`] holds every column of every row against
//! the decisions that were logged.

mod cells;
mod finding;
mod logged;
mod pairing;
mod tally;

pub use finding::{FoundPolicies, NotFound, find_policies};
pub use logged::hashes_of;
pub use tally::{ColumnDiffers, Differing, Side};

use crate::record::FileRecord;
use arrears_batch::{Hooks, Options, Origin, Policies, Progress, RunError, TableError, run, run_each};
use arrow_array::RecordBatch;
use chrono::NaiveDate;
use logged::Logged;
use pairing::Pairing;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// What came of deciding again.
///
/// `equal + differing + only_logged` are the decisions of the log, and `equal + differing + only_decided` those that
/// were made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename = "arrears-replay/1")]
pub struct Replay {
    /// The decisions that were logged.
    pub decisions: PathBuf,
    /// The table that was decided again.
    pub table: PathBuf,
    /// The day of the decisions.
    pub as_of: NaiveDate,
    /// The law under which they were made again.
    pub law: String,
    /// The version of arrears that decided again.
    pub engine: String,
    /// The policies that decided again.
    pub policies: Vec<ReplayedPolicy>,
    /// What of the file of decisions is not as the record of their run says; none if it is, or no record is known.
    pub altered: Option<String>,
    /// Decisions that are in the log.
    pub logged: u64,
    /// Decisions that were made again.
    pub decided: u64,
    /// Decisions of which every column is equal.
    pub equal: u64,
    /// Decisions of one account of which some column differs.
    pub differing: u64,
    /// Decisions of the log for which none was made again.
    pub only_logged: u64,
    /// Decisions made again that the log does not have.
    pub only_decided: u64,
    /// The columns that differ, in the order of the table of decisions, with how many rows each.
    pub by_column: Vec<ColumnDiffers>,
    /// The first differences, in the order of the log.
    pub first: Vec<Differing>,
}

/// A policy that decided again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReplayedPolicy {
    /// Its name.
    pub policy: String,
    /// Its label for people, in the file that was found.
    pub version: String,
    /// What decides, as a hash.
    pub hash: String,
    /// The file that was found.
    pub file: PathBuf,
}

/// What is decided again, and what that is held against.
#[derive(Clone, Copy, Debug)]
pub struct Again<'a> {
    /// The policies that the decisions name.
    pub policies: &'a FoundPolicies,
    /// Whether every account goes to the one of them that applies to it, as in a run over a folder.
    pub folder: bool,
    /// The table of accounts.
    pub table: &'a Origin,
    /// The day, the law, the mapping, events and state, as they were. Nothing is written.
    pub options: &'a Options,
    /// The decisions that were logged: a table, Parquet or CSV.
    pub decisions: &'a Origin,
    /// How the decisions were recorded, if that is known: then not one byte of their file may differ.
    pub recorded: Option<&'a FileRecord>,
    /// How many differences are handed back; all are counted.
    pub shown: usize,
}

/// What is called while decisions are made again.
#[derive(Default)]
pub struct ReplayHooks<'a> {
    /// Called now and then with how far it has come.
    pub progress: Option<&'a mut dyn FnMut(Progress)>,
    /// When it is set, the replay ends, and there is no result.
    pub stop: Option<&'a AtomicBool>,
}

impl std::fmt::Debug for ReplayHooks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReplayHooks").field("progress", &self.progress.is_some()).field("stop", &self.stop).finish()
    }
}

/// Why decisions cannot be made again, or not be held against those that were logged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// The logged decisions cannot be read.
    #[error(transparent)]
    Logged(#[from] TableError),
    /// The logged decisions are no table of decisions; every column that is missing.
    #[error("{} is no table of decisions: {}", .path.display(), .missing.join("; "))]
    Columns {
        /// The table.
        path: PathBuf,
        /// What is missing, with what was probably meant.
        missing: Vec<String>,
    },
    /// Decisions cannot be compared.
    #[error("{}: cannot be compared: {problem}", .path.display())]
    Compare {
        /// The decisions.
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// Deciding again ended without results.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl Replay {
    /// Whether every decision of the log was made again, and no other, and all are equal; and the log is the file that
    /// was recorded.
    pub const fn is_equal(&self) -> bool {
        self.altered.is_none() && self.differing == 0 && self.only_logged == 0 && self.only_decided == 0
    }
}

/// Decides a table again, and holds every column of every decision against the one that was logged.
///
/// Decisions are compared in columns, batch by batch, while the next are made: memory is that of one run, and of some
/// batches of the log. A row that the log lacks, or has besides, is found by the accounts of the rows around it, up to 256
/// rows far; where the log is further off, or in another order, its rows differ in their account.
///
/// # Errors
///
/// [`ReplayError`]: the log cannot be read or has not the columns of decisions; whatever ends a run.
///
/// ```
/// use arrears::Law;
/// use arrears_batch::{Hooks, Options, Origin, run};
/// use arrears_workbench::replay::{Again, ReplayHooks, find_policies, replay};
///
/// let folder = tempfile::tempdir()?;
/// let path = |name: &str| folder.path().join(name);
/// std::fs::write(path("card.rhai"), r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 1;
/// "#)?;
/// std::fs::write(path("accounts.csv"), "account_id,dpd\na,0\nb,40\n")?;
/// let (table, law) = (Origin::from(&path("accounts.csv")), Law::none("an example")?);
/// let again = Options::new("2026-03-31".parse()?, law.clone());
/// let night = Options { outputs: vec![path("night.csv")], ..again.clone() };
/// let loaded = arrears_rules::load(&path("card.rhai"), &[])?;
/// let policy = loaded.policy.ok_or("the policy has problems")?;
/// run(&policy, table.clone(), &night, Hooks::default())?;
///
/// let found = find_policies(folder.path(), &[policy.hash().to_string()], &[], (&law, again.as_of))?;
/// let decisions = Origin::from(&path("night.csv"));
/// let again = Again {
///     policies: &found, folder: false, table: &table, options: &again, decisions: &decisions, recorded: None, shown: 10,
/// };
/// assert!(replay(again, ReplayHooks::default())?.is_equal());
///
/// let night = std::fs::read_to_string(path("night.csv"))?;
/// std::fs::write(path("night.csv"), night.replacen("reminder", "remindes", 1))?;
/// let found = replay(again, ReplayHooks::default())?;
/// assert_eq!((found.equal, found.differing, found.first[0].column.as_str()), (1, 1, "stage"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn replay(again: Again<'_>, mut hooks: ReplayHooks<'_>) -> Result<Replay, ReplayError> {
    let altered = again.recorded.zip(again.decisions.file()).and_then(|(recorded, file)| recorded.differs(file));
    let logged = Logged::open(again.decisions)?;
    let mut pairing = Pairing::new(logged, again.shown);
    let mut failed = None;
    let options = &Options { outputs: Vec::new(), state_out: None, errors: None, ..again.options.clone() };
    let ended = {
        let mut take = |rows: RecordBatch| match pairing.take(&rows) {
            Ok(()) => true,
            Err(error) => {
                failed = Some(error);
                false
            }
        };
        let compute = |policy: &arrears::Policy, cells: &mut Vec<_>| again.policies.compute(policy, cells);
        let mut advance = |run| {
            if let Some(progress) = &mut hooks.progress {
                progress(run);
            }
        };
        let hooks = Hooks {
            progress: Some(&mut advance),
            scripts: again.policies.has_scripts().then_some(&compute),
            decisions: Some(&mut take),
            stop: hooks.stop,
            ..Hooks::default()
        };
        decide(again, options, hooks)
    };
    if let Some(error) = failed {
        return Err(error);
    }
    ended?;
    let tally = pairing.finish()?;
    Ok(Replay {
        decisions: again.decisions.path().to_owned(),
        table: again.table.path().to_owned(),
        as_of: options.as_of,
        law: options.law.stamp().to_owned(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        policies: again.policies.replayed(),
        altered,
        logged: tally.equal + tally.differing + tally.only_logged,
        decided: tally.equal + tally.differing + tally.only_decided,
        equal: tally.equal,
        differing: tally.differing,
        only_logged: tally.only_logged,
        only_decided: tally.only_decided,
        by_column: tally.by_column(),
        first: tally.first,
    })
}

fn decide(again: Again<'_>, options: &Options, hooks: Hooks<'_>) -> Result<(), RunError> {
    let policies: &Policies = again.policies.policies();
    match (policies.get(0), again.folder || policies.len() > 1) {
        (Some(only), false) => run(only, again.table.clone(), options, hooks).map(drop),
        _ => run_each(policies, again.table.clone(), options, hooks).map(drop),
    }
}
