//! A record in the making: what a run reads is hashed before it, what it writes behind it.

use super::fingerprint::sha256;
use super::{FileRecord, LawRecord, PolicyRecord, RunRecord, SourceRecord};
use arrears::calendar::TIME_ZONES;
use arrears::{Policy, Problem};
use arrears_batch::{EventTable, Options, Origin, Summary, TableError};
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The files that a run is about to read, each with when it was last changed, where the system says so.
#[derive(Clone, Debug)]
pub struct Inputs(Vec<(FileRecord, Option<SystemTime>)>);

/// How a run ended, as far as its record tells.
#[derive(Clone, Copy, Debug)]
pub struct Ran<'a> {
    /// The policies as they were loaded, with thresholds set.
    pub policies: &'a [&'a Policy],
    /// What each policy in force did.
    pub summaries: &'a [Summary],
    /// Whether they were those of a folder, and every account went to its own.
    pub folder: bool,
    /// The thresholds that were set for this run.
    pub set: &'a [(String, Decimal)],
    /// Rows of the table.
    pub rows: u64,
    /// Rows that were set aside.
    pub errors: u64,
    /// Where they went.
    pub errors_file: Option<&'a Path>,
}

impl Inputs {
    /// Hashes what a run will read, before it may write over the state: the table, tables of events, the state, and
    /// other files by what they are (`columns`, `pack`). Tables that are no files have no hash, and are left out.
    ///
    /// # Errors
    ///
    /// [`TableError::Open`] for the first that cannot be read.
    pub fn of(table: &Origin, options: &Options, others: &[(&str, PathBuf)]) -> Result<Self, TableError> {
        let mut files: Vec<(&str, &Path)> = table.file().map(|path| ("accounts", path)).into_iter().collect();
        let events =
            options.events.origins().filter_map(|(kind, origin)| Some((EventTable::word(kind), origin.file()?)));
        files.extend(events);
        files.extend(options.state.as_ref().and_then(Origin::file).map(|path| ("state", path)));
        files.extend(others.iter().map(|(what, path)| (*what, path.as_path())));
        // Asked before the file is hashed, so that a change while it is shows at the end.
        let hashed = |(what, path): (&str, &Path)| {
            let at = changed_at(path);
            FileRecord::of(what, path).map(|file| (file, at))
        };
        files.into_iter().map(hashed).collect::<Result<_, _>>().map(Self)
    }

    /// The record of the run that has read them.
    ///
    /// # Errors
    ///
    /// [`RecordError`] if a file was changed while the run was at work, or what was written cannot be read.
    pub fn record(self, options: &Options, ran: Ran<'_>) -> Result<RunRecord, RecordError> {
        let replaced = |file: &FileRecord| {
            options.state_out.iter().any(|out| file.what == "state" && same_file(out, Path::new(&file.path)))
        };
        let is_changed = |file: &FileRecord, at: &Option<SystemTime>| changed_at(Path::new(&file.path)) != *at;
        let changed: Vec<String> = self
            .0
            .iter()
            .filter(|(file, at)| !replaced(file) && is_changed(file, at))
            .map(|(file, _)| format!("{}: was changed while the run was at work", file.path))
            .collect();
        if !changed.is_empty() {
            return Err(RecordError::Changed(changed));
        }
        let mut written = Vec::new();
        for path in &options.outputs {
            written.push(FileRecord::of("decisions", path)?);
        }
        for (what, path) in [("errors", ran.errors_file), ("state", options.state_out.as_deref())] {
            written.extend(path.map(|path| FileRecord::of(what, path)).transpose()?);
        }
        let mut policies = Vec::with_capacity(ran.summaries.len());
        for summary in ran.summaries {
            policies.push(policy(summary, ran.policies, options)?);
        }
        Ok(RunRecord {
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            time_zones: TIME_ZONES.to_owned(),
            as_of: options.as_of,
            law: LawRecord::of(&options.law),
            folder: ran.folder,
            policies,
            set: ran.set.iter().map(|(name, value)| (name.clone(), value.to_string())).collect(),
            reviews: options.reviews,
            keep_going: options.keep_going,
            rows: ran.rows,
            decisions: ran.rows.saturating_sub(ran.errors),
            errors: ran.errors,
            read: self.0.into_iter().map(|(file, _)| file).collect(),
            written,
        })
    }
}

/// Why the record of a run cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] TableError),
    /// Files were changed while the run was at work.
    #[error("{}", .0.join("\n"))]
    Changed(Vec<String>),
    /// A policy cannot be read under the law of the run.
    #[error("the law cannot be kept: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Law(Vec<Problem>),
}

/// The policy of a summary, with the files that it was read from.
fn policy(summary: &Summary, loaded: &[&Policy], options: &Options) -> Result<PolicyRecord, RecordError> {
    let mut files = Vec::new();
    for policy in loaded {
        let head = policy.head();
        if head.name != summary.policy || head.version != summary.policy_version {
            continue;
        }
        let under = policy.under(&options.law, options.as_of).map_err(RecordError::Law)?;
        if under.hash().to_string() == summary.policy_hash || policy.hash().to_string() == summary.policy_hash {
            let sources = policy.sources().iter();
            files = sources.map(|file| SourceRecord { name: file.name.clone(), sha256: sha256(&file.text) }).collect();
            break;
        }
    }
    Ok(PolicyRecord {
        policy: summary.policy.clone(),
        version: summary.policy_version.clone(),
        hash: summary.policy_hash.clone(),
        decisions: summary.decisions,
        files,
    })
}

/// When a file was last changed; none if the system does not say.
fn changed_at(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|found| found.modified()).ok()
}

fn same_file(a: &Path, b: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    whole(a) == whole(b)
}
