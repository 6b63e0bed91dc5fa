//! `arrears replay`: decides again what was decided, and proves that it is the same.

use crate::args::{LawChoice, ReadArgs, day, threshold};
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::{replay_text, screen};
use crate::stop;
use arrears_batch::{Mapping, Options, Origin};
use arrears_workbench::record::{Elsewhere, FileRecord, RetraceError, RunRecord};
use arrears_workbench::replay::{Again, NotFound, ReplayError, ReplayHooks, find_policies, hashes_of, replay};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};

/// Decides again what was decided, and compares every column of every decision
///
/// Given the record of a run (`arrears run --log`), the table, events, state and law are those of the
/// record, each held against its hash before anything is decided. Given decisions alone, they are
/// named on the command line. The policies are found by the hashes that the decisions name.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// The record of the run, .json; or the decisions themselves, .parquet or .csv
    #[arg(value_name = "RECORD|DECISIONS")]
    what: PathBuf,
    /// The folder that holds the policies, among any others
    #[arg(long, value_name = "DIR")]
    policies: PathBuf,
    /// The table of accounts; with a record, where it is now
    #[arg(long, value_name = "TABLE")]
    on: Option<PathBuf>,
    /// The decisions, if they are no longer where the record says
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// The day of the decisions; the record knows it
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    law: LawChoice,
    #[command(flatten)]
    read: ReadArgs,
    /// A threshold that was set for the run; the record knows them. May be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = threshold)]
    set: Vec<(String, Decimal)>,
    /// The decisions were made with --no-review; the record knows it
    #[arg(long)]
    no_review: bool,
    /// The decisions were made with --keep-going; the record knows it
    #[arg(long)]
    keep_going: bool,
    /// How many differences are shown; all are counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    shown: usize,
    /// Writes the result as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// What is decided again.
struct Asked {
    table: Origin,
    options: Options,
    decisions: Origin,
    recorded: Option<FileRecord>,
    set: Vec<(String, Decimal)>,
    folder: bool,
    hashes: Vec<String>,
}

/// Decides again.
pub(crate) fn decide_again(args: &Args) -> Result<Exit, Failure> {
    let is_record = args.what.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    let asked = if is_record { of_record(args)? } else { of_decisions(args)? };
    let Asked { table, options, decisions, recorded, set, folder, hashes } = &asked;
    let found = find_policies(&args.policies, hashes, set, (&options.law, options.as_of))?;
    let again = Again {
        policies: &found,
        folder: *folder,
        table,
        options,
        decisions,
        recorded: recorded.as_ref(),
        shown: args.shown,
    };
    let bar = screen::progress(true);
    let mut advance = |progress| screen::advance(&bar, progress);
    let hooks = ReplayHooks { progress: Some(&mut advance), stop: Some(stop::listen()?) };
    let replayed = replay(again, hooks);
    bar.finish_and_clear();
    let replayed = replayed?;
    if args.json {
        screen::out_json(&replayed)?;
    } else {
        screen::out(&replay_text(&replayed))?;
    }
    Ok(if replayed.is_equal() { Exit::Good } else { Exit::Policy })
}

fn of_record(args: &Args) -> Result<Asked, Failure> {
    if args.as_of.is_some() || !args.set.is_empty() || args.no_review || args.keep_going {
        let message = "the record says how was decided: leave --as-of, --set, --no-review and --keep-going out";
        return Err(Failure::new(Exit::Usage, message));
    }
    let path = &args.what;
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(Exit::File, format!("{}: cannot be read: {error}", path.display())))?;
    let record = RunRecord::from_json(&text).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(|fault| format!("{}: {fault}", path.display())).collect();
        Failure::new(Exit::Usage, faults.join("\n"))
    })?;
    let elsewhere = Elsewhere {
        table: args.on.clone(),
        events: args.read.events.tables(),
        state: args.read.state.clone(),
        columns: args.read.columns.clone(),
        decisions: args.decisions.clone(),
    };
    let retraced = record.retrace(&elsewhere, args.law.of_record(&record)?)?;
    Ok(Asked {
        table: retraced.table,
        options: retraced.options,
        decisions: Origin::from(retraced.decisions),
        recorded: Some(retraced.recorded),
        set: retraced.set,
        folder: record.folder,
        hashes: record.policies.into_iter().map(|policy| policy.hash).collect(),
    })
}

fn of_decisions(args: &Args) -> Result<Asked, Failure> {
    let lacks = |option: &str| {
        let help = "decisions alone do not say it; the record of their run would (`arrears run --log`)";
        Failure::new(Exit::Usage, format!("{option} is missing: {help}"))
    };
    let table = args.on.as_deref().ok_or_else(|| lacks("--on TABLE"))?;
    let as_of = args.as_of.ok_or_else(|| lacks("--as-of DATE"))?;
    if args.decisions.is_some() {
        return Err(Failure::new(Exit::Usage, "--decisions goes with a record: decisions are given already"));
    }
    let decisions = Origin::from(&args.what);
    let options = Options {
        mapping: args.read.columns.as_ref().map(Mapping::read).transpose()?.unwrap_or_default(),
        events: args.read.events.tables(),
        state: args.read.state.clone().map(Into::into),
        reviews: !args.no_review,
        keep_going: args.keep_going,
        ..Options::new(as_of, args.law.law()?)
    };
    let hashes = hashes_of(&decisions)?;
    let table = Origin::from(Path::new(table));
    Ok(Asked { table, options, decisions, recorded: None, set: args.set.clone(), folder: hashes.len() > 1, hashes })
}

impl From<NotFound> for Failure {
    fn from(error: NotFound) -> Self {
        let exit = if matches!(error, NotFound::Unread { .. }) { Exit::File } else { Exit::Usage };
        Self::new(exit, error)
    }
}

impl From<RetraceError> for Failure {
    fn from(error: RetraceError) -> Self {
        match error {
            RetraceError::Mapping(error) => error.into(),
            RetraceError::Files(_) => Self::new(Exit::File, error),
            _ => Self::new(Exit::Usage, error),
        }
    }
}

impl From<ReplayError> for Failure {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::Logged(error) => error.into(),
            ReplayError::Run(error) => error.into(),
            _ => Self::new(Exit::Table, error),
        }
    }
}
