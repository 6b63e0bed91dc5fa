//! A table of what was done, and with which results, taken into the state.

mod columns;
mod error;
mod row;
mod summary;

pub(crate) use columns::is_slip;
pub use error::{LearnColumn, LearnError};
pub use summary::{AppliedTally, LearnSummary};

use crate::output::{ErrorsFile, OutputError, Target, publish_all};
use crate::row_error::{Fault, RowError};
use crate::run::{BadRows, is_same};
use crate::state::{State, check_place};
use crate::table::open;
use arrears::Done;
use arrears::decide::{Applied, DoneProblem};
use arrears::policy::Policy;
use chrono::NaiveDate;
use columns::Columns;
use row::DoneRow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is read and written when results are taken in.
#[derive(Clone, Debug)]
pub struct LearnOptions {
    /// The state that the last decisions left.
    pub state: PathBuf,
    /// Where to write the state with what was learned; it may be the file of `state`.
    pub state_out: PathBuf,
    /// Whether to take in the good rows of a table that has bad ones.
    pub keep_going: bool,
    /// Where to write rows that could not be taken in; beside `state_out` if none.
    pub errors: Option<PathBuf>,
    /// How many row errors to hand back; all are counted.
    pub errors_shown: usize,
}

impl LearnOptions {
    /// Takes results into a state, and writes it.
    pub fn new(state: impl Into<PathBuf>, state_out: impl Into<PathBuf>) -> Self {
        let (state, state_out) = (state.into(), state_out.into());
        Self { state, state_out, keep_going: false, errors: None, errors_shown: 20 }
    }

    fn errors_path(&self) -> Option<PathBuf> {
        let beside = || self.state_out.with_extension("errors.csv");
        self.keep_going.then(|| self.errors.clone().unwrap_or_else(beside))
    }
}

/// Takes what was done, and with which results, into the state of the accounts.
///
/// The table has the columns `account_id` and `on`, and may have `treatment`, `done`,
/// `channel`, `point`, `outcome`, `call_back_on`, `amount`, `due_on`. Several rows of one
/// account are taken in by their days, then in the order of the table. The table is held in
/// memory whole, about 200 bytes for each row.
///
/// # Errors
///
/// [`LearnError`], and then nothing is written: the table or the state cannot be read, or,
/// unless asked to keep going, some row cannot be taken in.
pub fn learn(policy: &Policy, done: impl AsRef<Path>, options: &LearnOptions) -> Result<LearnSummary, LearnError> {
    let mut table = open(done.as_ref())?;
    let mut state = State::read(policy, &options.state, NaiveDate::MAX)?;
    state.check_own(&options.state)?;
    let columns = Columns::of(&table)?;
    let errors_path = options.errors_path();
    names_of_their_own(table.path(), options, errors_path.as_deref())?;
    let mut read = Vec::new();
    let mut number = 0;
    while let Some(batch) = table.next_batch(columns.positions())? {
        for place in 0..batch.rows() {
            number += 1;
            read.push(columns.row(policy, &batch, place, number));
        }
    }
    let mut lesson = Lesson { policy, state: &mut state, options, applied: BTreeMap::new(), errors: Vec::new() };
    let accounts = lesson.take_in(read);
    let (applied, errors) = (lesson.applied, lesson.errors);
    let refused = u64::try_from(errors.len()).unwrap_or(u64::MAX);
    let first: Vec<RowError> = errors.iter().take(options.errors_shown).cloned().collect();
    if refused > 0 && !options.keep_going {
        let table = table.path().display().to_string();
        return Err(BadRows { table, first, errors: refused, rows: number, done: "taken in" }.into());
    }
    let mut targets: Vec<Target> = Vec::new();
    if let Some(path) = &errors_path {
        let mut file = ErrorsFile::create(path)?;
        errors.iter().try_for_each(|error| file.write(error))?;
        targets.push(file.finish()?);
    }
    targets.push(state.write(policy, &options.state_out)?);
    publish_all(targets)?;
    Ok(LearnSummary {
        table: table.path().to_owned(),
        policy: policy.head().name.clone(),
        policy_version: policy.head().version.clone(),
        policy_hash: policy.hash().to_string(),
        rows: number,
        taken_in: number - refused,
        errors: refused,
        accounts,
        applied: summary::tallies(&applied),
        written: options.state_out.clone(),
        errors_file: errors_path,
        first_errors: first,
    })
}

/// Rows on their way into the state.
struct Lesson<'a> {
    policy: &'a Policy,
    state: &'a mut State,
    options: &'a LearnOptions,
    applied: BTreeMap<Applied, u64>,
    errors: Vec<RowError>,
}

impl Lesson<'_> {
    /// Takes rows in, account by account; gives how many accounts there were. Errors are
    /// left in the order of the table.
    fn take_in(&mut self, read: Vec<Result<DoneRow, RowError>>) -> u64 {
        let mut accounts: BTreeMap<String, Vec<DoneRow>> = BTreeMap::new();
        for row in read {
            match row {
                Ok(row) => accounts.entry(row.account.clone()).or_default().push(row),
                Err(error) => self.errors.push(error),
            }
        }
        let mut taken = 0;
        for (account, mut rows) in accounts {
            rows.sort_by_key(|row| row.done.on);
            taken += u64::from(self.account(&account, rows));
        }
        self.errors.sort_by_key(|error| error.row);
        taken
    }

    /// Takes the rows of one account in; gives whether any could be.
    fn account(&mut self, account: &str, rows: Vec<DoneRow>) -> bool {
        let mut seen: Vec<(Done, u64)> = Vec::new();
        let mut any = false;
        for row in rows {
            let faults = match seen.iter().find(|(done, _)| *done == row.done) {
                Some((_, before)) => {
                    Err(vec![Fault::of_row(format!("says the same as row {before}: leave one of them out"))])
                }
                None => self.row(account, &row.done),
            };
            match faults {
                Ok(applied) => {
                    any = true;
                    for change in applied {
                        *self.applied.entry(change).or_default() += 1;
                    }
                }
                Err(faults) => self.errors.push(row.refused(faults)),
            }
            seen.push((row.done, row.number));
        }
        any
    }

    fn row(&mut self, account: &str, done: &Done) -> Result<Vec<Applied>, Vec<Fault>> {
        let state = self.options.state.display();
        let Some(carried) = self.state.carried(account) else {
            let problem = format!("is not in the state {state}: only what was decided has results");
            return Err(vec![Fault::of_cell(crate::bind::ACCOUNT, account, problem)]);
        };
        let as_faults = |problem: DoneProblem| {
            problem.0.into_iter().map(|fault| Fault::of_column(fault.field, fault.message)).collect()
        };
        self.policy.learn(carried?, done).map_err(as_faults)
    }
}

/// Refuses results that would take the place of what is read, or of each other. Only the
/// state may take its own place, and only where it can be written.
fn names_of_their_own(table: &Path, options: &LearnOptions, errors: Option<&Path>) -> Result<(), OutputError> {
    let taken = |path: &Path, role| Err(OutputError::Taken { path: path.to_owned(), role });
    if is_same(table, &options.state_out) {
        return taken(&options.state_out, "the table of what was done");
    }
    if let Some(errors) = errors {
        if is_same(table, errors) {
            return taken(errors, "the table of what was done");
        }
        if is_same(&options.state, errors) || is_same(&options.state_out, errors) {
            return taken(errors, "the state");
        }
    }
    check_place(&options.state_out)
}
