//! Reading a state table, batch by batch.

use super::entry::Entry;
use super::layout::{Layout, MUST_BE_KNOWN, RETRY, layout};
use super::{DECIDED_ON, StateError};
use crate::cell::{Raw, RawColumn};
use crate::row_error::Fault;
use crate::table::{self, Batch, Origin, PositionSet, Source, Table};
use arrears::decide::Carried;
use arrears::policy::{Input, Policy};
use arrears::{Cell, Kind};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A state table whose columns are known, to be read as it is before decisions of a day.
pub(crate) struct StateTable<'p> {
    source: Source,
    layout: Layout<'p>,
    /// All columns but that of the account's name.
    positions: PositionSet,
    defaults: Vec<Cell>,
    as_of: NaiveDate,
}

/// The rows of a state table, from the first to the last.
pub(crate) struct StateRows {
    table: Table,
    positions: PositionSet,
    account: usize,
    rows: u64,
}

/// Some rows of a state table.
pub(crate) struct StateBatch {
    path: PathBuf,
    /// How many rows of the table come before it.
    before: u64,
    rows: usize,
    account: usize,
    columns: BTreeMap<usize, RawColumn>,
    faults: BTreeMap<usize, Vec<Fault>>,
}

impl<'p> StateTable<'p> {
    /// Opens a state table.
    ///
    /// # Errors
    ///
    /// [`StateError`] if it cannot be opened or is not a state.
    pub(crate) fn open(policy: &'p Policy, origin: impl Into<Origin>, as_of: NaiveDate) -> Result<Self, StateError> {
        let table = table::open(origin)?;
        let layout = layout(policy, &table)?;
        let defaults =
            policy.state_facts().iter().map(|fact| policy.input(*fact).map_or(Cell::UNKNOWN, Input::absent)).collect();
        let positions = layout.positions().collect();
        Ok(Self { source: table.source().clone(), layout, positions, defaults, as_of })
    }

    /// Makes sure that no policy but this one keeps anything in it.
    ///
    /// # Errors
    ///
    /// [`StateError::OfSeveral`] if it was written for several.
    pub(crate) fn check_own(&self) -> Result<(), StateError> {
        match self.layout.owner {
            Some(_) => Err(StateError::OfSeveral { path: self.path().to_owned() }),
            None => Ok(()),
        }
    }

    /// Has each of several policies read what any of them reads: one batch then serves all.
    pub(crate) fn share(tables: &mut [Self]) {
        let positions: PositionSet = tables.iter().flat_map(|table| table.positions.iter()).collect();
        for table in tables {
            table.positions = positions.clone();
        }
    }

    /// The file, or what messages call it.
    pub(crate) fn path(&self) -> &Path {
        self.source.path()
    }

    /// Makes sure that the file is still what it was when it was opened.
    pub(crate) fn check_unchanged(&self) -> Result<(), StateError> {
        Ok(self.source.check_unchanged()?)
    }

    /// Names of the facts that it has columns for.
    pub(crate) fn given(&self) -> BTreeSet<String> {
        self.layout.columns.iter().map(|column| column.meaning.input().name.clone()).collect()
    }

    /// Its rows with all that decisions leave, and whose they are.
    pub(crate) fn rows_with_names(&self) -> Result<StateRows, StateError> {
        self.rows(self.positions.iter().chain([self.layout.account]).collect())
    }

    /// Its rows with all that decisions leave, but not whose they are.
    pub(crate) fn rows_without_names(&self) -> Result<StateRows, StateError> {
        self.rows(self.positions.clone())
    }

    /// The names of its rows alone.
    pub(crate) fn names(&self) -> Result<StateRows, StateError> {
        self.rows([self.layout.account].into_iter().collect())
    }

    fn rows(&self, positions: PositionSet) -> Result<StateRows, StateError> {
        Ok(StateRows { table: self.source.again()?, positions, account: self.layout.account, rows: 0 })
    }

    /// What a row says that the last decision of its account left.
    pub(crate) fn entry(&self, batch: &StateBatch, place: usize) -> Entry {
        let mut faults = batch.faults.get(&place).cloned().unwrap_or_default();
        let (mut cells, mut words, mut forgotten) = (self.defaults.clone(), Vec::new(), Vec::new());
        let day = decided_on(&batch.cell(self.layout.decided_on, place));
        let owner = self.layout.owner.map(|position| batch.cell(position, place).to_string());
        let owner = owner.filter(|name| !name.is_empty());
        let dated = day.is_ok();
        let day = day.unwrap_or_else(|fault| {
            faults.push(fault);
            NaiveDate::default()
        });
        if dated && day > self.as_of {
            let problem = format!("lies after the day of this decision, {}", self.as_of);
            faults.push(Fault::of_cell(DECIDED_ON, day, problem));
        }
        for column in &self.layout.columns {
            let raw = batch.cell(column.position, place);
            let Some(slot) = cells.get_mut(column.place) else { continue };
            match column.meaning.cell(&raw) {
                Ok(cell) => *slot = cell,
                Err(problem) => {
                    let input = column.meaning.input();
                    // A retry of a treatment that is no more asks for nothing.
                    *slot = if input.name == RETRY { input.absent() } else { Cell::UNKNOWN };
                    if input.kind == Kind::Category && !MUST_BE_KNOWN.contains(&input.name.as_str()) {
                        forgotten.push(column.place);
                        continue;
                    }
                    words.push((column.place, raw.to_string()));
                    faults.push(Fault::of_cell(&input.name, &raw, problem));
                }
            }
        }
        for fault in &mut faults {
            let (row, path) = (batch.row(place), self.path().display());
            fault.problem = format!("{} (row {row} of the state {path})", fault.problem);
        }
        Entry { carried: Carried::new(day, cells), owner, dated, words, forgotten, faults }
    }
}

impl StateRows {
    /// The next rows; none at the end.
    pub(crate) fn next_batch(&mut self) -> Result<Option<StateBatch>, StateError> {
        let Some(batch) = self.table.next_batch(&self.positions)? else { return Ok(None) };
        let before = self.rows;
        self.rows += u64::try_from(batch.rows()).unwrap_or(0);
        let places = self.positions.iter().enumerate();
        Ok(Some(StateBatch {
            path: self.table.path().to_owned(),
            before,
            rows: batch.rows(),
            account: self.account,
            columns: places.filter_map(|(place, position)| Some((position, batch.column(place)?))).collect(),
            faults: faults(&batch),
        }))
    }
}

/// The rows of a batch that cannot be read.
fn faults(batch: &Batch) -> BTreeMap<usize, Vec<Fault>> {
    let faulty = (0..batch.rows()).filter(|row| !batch.faults(*row).is_empty());
    faulty.map(|row| (row, batch.faults(row).to_vec())).collect()
}

impl StateBatch {
    /// How many rows it has.
    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    /// How many rows of the table come before it.
    pub(crate) const fn before(&self) -> u64 {
        self.before
    }

    /// The row of the state table at a place, from 1.
    pub(crate) fn row(&self, place: usize) -> u64 {
        self.before.saturating_add(u64::try_from(place).unwrap_or(0)).saturating_add(1)
    }

    /// Whose state a row is.
    ///
    /// # Errors
    ///
    /// [`StateError::Nobody`] if it does not say.
    pub(crate) fn account(&self, place: usize) -> Result<String, StateError> {
        let name = self.cell(self.account, place).to_string();
        if name.is_empty() {
            return Err(StateError::Nobody { path: self.path.clone(), row: self.row(place) });
        }
        Ok(name)
    }

    fn cell(&self, position: usize, place: usize) -> Raw<'_> {
        self.columns.get(&position).map_or(Raw::Empty, |column| column.cell(place))
    }
}

/// The day of the last decision.
fn decided_on(raw: &Raw<'_>) -> Result<NaiveDate, Fault> {
    match raw {
        Raw::Date(day) => Ok(*day),
        Raw::Empty => Err(Fault::of_column(DECIDED_ON, "the cell is empty")),
        other => NaiveDate::parse_from_str(&other.to_string(), "%Y-%m-%d").map_err(|_| {
            Fault::of_cell(DECIDED_ON, other, "is not a date: write year, month and day, as in 2026-11-30")
        }),
    }
}
