//! The decisions that were logged, read ahead in a thread of their own.

use super::ReplayError;
use arrears::document::meant;
use arrears_batch::{Fault, NamedColumns, Origin, Table, TableError, decision_schema, open};
use arrow_array::ArrayRef;
use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};

/// Batches that wait to be compared.
const WAITING: usize = 4;

/// Where rows of the log come from.
pub(super) struct Logged {
    path: PathBuf,
    batches: Receiver<Result<NamedColumns, TableError>>,
    /// Batches that came and are not compared, and how many rows of the first are.
    waiting: VecDeque<NamedColumns>,
    used: usize,
    rows: usize,
    ended: bool,
    /// Rows of the log that were passed.
    passed: u64,
}

/// Rows of one batch of the log that stand together.
pub(super) struct Piece {
    /// The columns of decisions, in their order.
    pub(super) columns: Vec<ArrayRef>,
    /// The number of the first row, from 1.
    pub(super) first: u64,
    /// The lines on which rows begin, for CSV.
    pub(super) lines: Vec<Option<u64>>,
    /// Rows that cannot be read, by place.
    pub(super) faults: Vec<(usize, Vec<Fault>)>,
}

/// The names of the columns of decisions.
pub(super) fn column_names() -> Vec<String> {
    decision_schema().fields().iter().map(|field| field.name().clone()).collect()
}

impl Logged {
    /// Opens a table of decisions, and makes sure that it has their columns. More columns than these are not read.
    pub(super) fn open(origin: &Origin) -> Result<Self, ReplayError> {
        let mut table = opened(origin)?;
        let path = table.path().to_owned();
        let names = column_names();
        let (sender, batches) = sync_channel(WAITING);
        // It ends by itself: when the table does, or when nobody receives any more.
        std::thread::spawn(move || {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            while let Some(read) = table.next_named(&names).transpose() {
                let failed = read.is_err();
                if sender.send(read).is_err() || failed {
                    return;
                }
            }
        });
        let waiting = VecDeque::new();
        Ok(Self { path, batches, waiting, used: 0, rows: 0, ended: false, passed: 0 })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How many rows were passed.
    pub(super) const fn passed(&self) -> u64 {
        self.passed
    }

    /// Reads on until so many rows wait, or there are no more; says how many wait.
    pub(super) fn fill(&mut self, wanted: usize) -> Result<usize, TableError> {
        while self.rows < wanted && !self.ended {
            match self.batches.recv() {
                Ok(batch) => {
                    let batch = batch?;
                    self.rows += batch.rows();
                    self.waiting.push_back(batch);
                }
                Err(_) => self.ended = true,
            }
        }
        Ok(self.rows)
    }

    /// The accounts of the rows that wait, in their order, from the first column.
    pub(super) fn waiting(&self) -> impl Iterator<Item = (ArrayRef, usize)> {
        let used = self.used;
        self.waiting.iter().enumerate().filter_map(move |(place, batch)| {
            let skipped = if place == 0 { used } else { 0 };
            Some((batch.columns().first()?.clone(), skipped))
        })
    }

    /// The next rows, at most so many, as they stand in one batch; none if none waits.
    pub(super) fn take(&mut self, most: usize) -> Option<Piece> {
        let batch = self.waiting.front()?;
        let rows = most.min(batch.rows() - self.used);
        let faults = (0..rows).filter_map(|row| {
            let faults = batch.faults(self.used + row);
            (!faults.is_empty()).then(|| (row, faults.to_vec()))
        });
        let piece = Piece {
            columns: batch.columns().iter().map(|column| column.slice(self.used, rows)).collect(),
            first: self.passed.saturating_add(1),
            lines: (0..rows).map(|row| batch.line(self.used + row)).collect(),
            faults: faults.collect(),
        };
        let done = self.used + rows == batch.rows();
        self.used += rows;
        self.rows -= rows;
        self.passed = self.passed.saturating_add(u64::try_from(rows).unwrap_or(0));
        if done {
            self.waiting.pop_front();
            self.used = 0;
        }
        Some(piece)
    }
}

/// A table of decisions whose columns are all there.
fn opened(origin: &Origin) -> Result<Table, ReplayError> {
    let table = open(origin.clone())?;
    let there: Vec<&str> = table.schema().fields().iter().map(|field| field.name().as_str()).collect();
    let missing: Vec<String> = column_names()
        .iter()
        .filter(|name| !there.contains(&name.as_str()))
        .map(|name| format!("it has no column `{name}`{}", meant(name, there.iter().copied())))
        .collect();
    if missing.is_empty() { Ok(table) } else { Err(ReplayError::Columns { path: table.path().to_owned(), missing }) }
}

/// The hashes of the policies that logged decisions name, each once, in order.
///
/// # Errors
///
/// [`ReplayError`] if it is no table of decisions, or cannot be read to its end.
pub fn hashes_of(decisions: &Origin) -> Result<Vec<String>, ReplayError> {
    let mut table = opened(decisions)?;
    let mut hashes = BTreeSet::new();
    while let Some(rows) = table.next_named(&["policy_hash"])? {
        for column in rows.columns() {
            let texts = super::cells::texts(column)
                .map_err(|problem| ReplayError::Compare { path: table.path().to_owned(), problem })?;
            texts.distinct(|text| {
                if !hashes.contains(text) {
                    hashes.insert(text.to_owned());
                }
            });
        }
    }
    Ok(hashes.into_iter().collect())
}
