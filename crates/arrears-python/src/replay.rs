//! Decisions made again, to prove those that were logged.

use crate::asked::{Given, found, options};
use crate::failure::{of_document, of_run, raise};
use crate::law::Law;
use crate::thresholds::overrides;
use crate::work;
use arrears_batch::{EventTables, Options, Origin, TableError};
use arrears_workbench::record::{Elsewhere, FileRecord, RetraceError, RunRecord};
use arrears_workbench::replay::{self as replays, Again, NotFound, ReplayError, ReplayHooks, find_policies, hashes_of};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use rust_decimal::Decimal;
use serde_json::json;
use std::path::PathBuf;

/// Why there was no law in the run of a record; its packs of the bank's own; and the rules that were enabled.
type RecordedLaw = (Option<String>, Vec<String>, Vec<String>);

/// What is decided again.
struct Asked {
    table: Origin,
    options: Options,
    decisions: Origin,
    recorded: Option<FileRecord>,
    set: Vec<(String, Decimal)>,
    folder: bool,
    hashes: Vec<String>,
    shown: usize,
}

/// Decides again what was decided, as the record of its run says, as JSON.
#[pyfunction]
#[pyo3(signature = (record, policies, law, elsewhere, shown, progress = None))]
pub(crate) fn replay_record(
    py: Python<'_>,
    record: &str,
    policies: PathBuf,
    law: &Bound<'_, Law>,
    elsewhere: &Bound<'_, PyDict>,
    shown: usize,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<String> {
    let record = read(py, record)?;
    let path = |name: &str| found::<PathBuf>(elsewhere, name);
    let event = |name: &str| Ok::<_, PyErr>(path(name)?.map(Origin::from));
    let elsewhere = Elsewhere {
        table: path("accounts")?,
        events: EventTables {
            contacts: event("contacts")?,
            payments: event("payments")?,
            promises: event("promises")?,
            holds: event("holds")?,
        },
        state: path("state")?,
        columns: path("columns")?,
        decisions: path("decisions")?,
    };
    let law = law.get().law.clone();
    let (record, retraced) = work::patiently(py, None, move |_| {
        let retraced = record.retrace(&elsewhere, law);
        (record, retraced)
    })?;
    let retraced = retraced.map_err(|error| {
        let kind = if matches!(error, RetraceError::Files(_)) { "file" } else { "value" };
        raise(py, kind, &error, &json!({}))
    })?;
    let asked = Asked {
        table: retraced.table,
        options: retraced.options,
        decisions: Origin::from(retraced.decisions),
        recorded: Some(retraced.recorded),
        set: retraced.set,
        folder: record.folder,
        hashes: record.policies.into_iter().map(|policy| policy.hash).collect(),
        shown,
    };
    again(py, policies, asked, progress)
}

/// Decides a table again, and holds it against its decisions, as JSON.
#[pyfunction]
#[pyo3(signature = (decisions, policies, table, asked, beside, progress = None))]
pub(crate) fn replay_decisions(
    py: Python<'_>,
    decisions: Given,
    policies: PathBuf,
    table: Given,
    asked: &Bound<'_, PyDict>,
    beside: (Vec<(String, String)>, usize),
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<String> {
    let (set, shown) = beside;
    let (options, set, decisions) = (options(py, asked)?, overrides(py, set)?, decisions.0);
    let (decisions, hashes) = work::patiently(py, None, move |_| {
        let hashes = hashes_of(&decisions);
        (decisions, hashes)
    })?;
    let hashes = hashes.map_err(|error| of_replay(py, &error))?;
    let folder = hashes.len() > 1;
    let asked = Asked { table: table.0, options, decisions, recorded: None, set, folder, hashes, shown };
    again(py, policies, asked, progress)
}

/// The law of a record.
#[pyfunction]
pub(crate) fn recorded_law(py: Python<'_>, record: &str) -> PyResult<RecordedLaw> {
    let record = read(py, record)?;
    let packs = record.read_as("pack").map(|file| file.path.clone()).collect();
    Ok((record.law.none, packs, record.law.enabled))
}

fn read(py: Python<'_>, record: &str) -> PyResult<RunRecord> {
    RunRecord::from_json(record).map_err(|faults| of_document(py, "the record", &faults))
}

fn again(py: Python<'_>, policies: PathBuf, asked: Asked, progress: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
    let replayed = work::patiently(py, progress, move |line| {
        let Asked { table, options, decisions, recorded, set, folder, hashes, shown } = &asked;
        let found = find_policies(&policies, hashes, set, (&options.law, options.as_of)).map_err(Failed::Found)?;
        let again = Again {
            policies: &found,
            folder: *folder,
            table,
            options,
            decisions,
            recorded: recorded.as_ref(),
            shown: *shown,
        };
        let mut told = |progress| line.note(progress);
        let hooks = ReplayHooks { progress: Some(&mut told), stop: Some(line.stop()) };
        replays::replay(again, hooks).map_err(Failed::Replay)
    })?;
    let replayed = replayed.map_err(|failed| match &failed {
        Failed::Found(error @ NotFound::Unread { .. }) => raise(py, "file", error, &json!({})),
        Failed::Found(error) => raise(py, "value", error, &json!({})),
        Failed::Replay(error) => of_replay(py, error),
    })?;
    Ok(json!(replayed).to_string())
}

/// Why nothing was decided again.
enum Failed {
    Found(NotFound),
    Replay(ReplayError),
}

fn of_replay(py: Python<'_>, error: &ReplayError) -> PyErr {
    match error {
        ReplayError::Run(run) => of_run(py, run),
        ReplayError::Logged(TableError::Open { .. }) => raise(py, "file", error, &json!({})),
        _ => raise(py, "table", error, &json!({})),
    }
}
