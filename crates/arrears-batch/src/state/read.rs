//! Reading a state table.

use super::{DECIDED_ON, Entry, State, StateError};
use crate::bind::ACCOUNT;
use crate::cell::{Meaning, Raw, RawColumn, accepts, type_name};
use crate::row_error::Fault;
use crate::table::{self, Batch, PositionSet, Table};
use arrears::decide::Carried;
use arrears::policy::{Input, Policy};
use arrears::{Cell, Kind};
use arrow_schema::DataType;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::Path;

/// The fact without which no table is a state.
const PREVIOUS_STAGE: &str = "previous_stage";
/// Facts in which a word that nobody knows is an error of the account's row. In others
/// it is forgotten: a treatment may be taken out of a policy.
const MUST_BE_KNOWN: [&str; 2] = [PREVIOUS_STAGE, "previous_rung"];

/// The treatment that may be used again.
const RETRY: &str = "retry_treatment";

/// A column of the state, with its place among the facts that decisions leave.
struct StateColumn<'p> {
    place: usize,
    position: usize,
    meaning: Meaning<'p>,
}

struct Layout<'p> {
    account: usize,
    decided_on: usize,
    columns: Vec<StateColumn<'p>>,
    positions: PositionSet,
}

impl State {
    /// Reads a state table, Parquet or CSV, as it is before decisions of `as_of`.
    ///
    /// # Errors
    ///
    /// [`StateError`] if it cannot be read, is not a state, or has two rows for one account.
    pub fn read(policy: &Policy, path: impl AsRef<Path>, as_of: NaiveDate) -> Result<Self, StateError> {
        let mut table = table::open(path)?;
        let mut state = Self::none();
        let layout = layout(policy, &table)?;
        state.given = layout.columns.iter().map(|column| column.meaning.input().name.clone()).collect();
        let defaults: Vec<Cell> =
            policy.state_facts().iter().map(|fact| policy.input(*fact).map_or(Cell::UNKNOWN, Input::absent)).collect();
        let mut row = 0;
        while let Some(batch) = table.next_batch(&layout.positions)? {
            let cells = Cells::of(&layout, &batch);
            for place in 0..batch.rows() {
                row += 1;
                let account =
                    cells.account(place).ok_or_else(|| StateError::Nobody { path: table.path().to_owned(), row })?;
                let mut entry = cells.entry(place, &defaults, as_of);
                entry.row = row;
                for fault in &mut entry.faults {
                    fault.problem = format!("{} (row {row} of the state {})", fault.problem, table.path().display());
                }
                if let Some(before) = state.entries.get(&account) {
                    return Err(StateError::Twice { path: table.path().to_owned(), row, before: before.row, account });
                }
                state.entries.insert(account, entry);
            }
        }
        Ok(state)
    }
}

fn layout<'p>(policy: &'p Policy, table: &Table) -> Result<Layout<'p>, StateError> {
    let schema = table.schema();
    let find = |name: &str| schema.column_with_name(name);
    let (Some((account, _)), Some((decided_on, dates)), Some(_)) =
        (find(ACCOUNT), find(DECIDED_ON), find(PREVIOUS_STAGE))
    else {
        let needed = [ACCOUNT, DECIDED_ON, PREVIOUS_STAGE].into_iter();
        let absent: Vec<String> = needed.filter(|name| find(name).is_none()).map(|name| format!("`{name}`")).collect();
        return Err(StateError::Absent { path: table.path().to_owned(), columns: absent.join(", ") });
    };
    let wrong = |column: &str, found: &DataType, wanted: &str| StateError::WrongType {
        path: table.path().to_owned(),
        column: column.to_owned(),
        found: type_name(found),
        wanted: wanted.to_owned(),
    };
    let dated = matches!(type_name(dates.data_type()).as_str(), "dates" | "points in time" | "text" | "nothing");
    if !dated {
        return Err(wrong(DECIDED_ON, dates.data_type(), "dates"));
    }
    let mut columns = Vec::new();
    let digits = policy.head().currency.digits();
    for (place, fact) in policy.state_facts().iter().enumerate() {
        let Some(input) = policy.input(*fact) else { continue };
        if let Some((position, field)) = find(&input.name) {
            accepts(input.kind, field.data_type())
                .map_err(|refused| wrong(&input.name, field.data_type(), refused.wanted))?;
            let meaning = Meaning::new(input, digits, &[]);
            columns.push(StateColumn { place, position, meaning });
        }
    }
    let positions = columns.iter().map(|column| column.position);
    Ok(Layout { positions: positions.chain([account, decided_on]).collect(), account, decided_on, columns })
}

/// The cells of one batch of the state.
struct Cells<'a, 'p> {
    layout: &'a Layout<'p>,
    batch: &'a Batch,
    columns: BTreeMap<usize, RawColumn>,
}

impl<'a, 'p> Cells<'a, 'p> {
    fn of(layout: &'a Layout<'p>, batch: &'a Batch) -> Self {
        let places = layout.positions.iter().enumerate();
        let columns = places.filter_map(|(place, position)| Some((position, batch.column(place)?)));
        Self { layout, batch, columns: columns.collect() }
    }

    fn cell(&self, position: usize, row: usize) -> Raw<'_> {
        self.columns.get(&position).map_or(Raw::Empty, |column| column.cell(row))
    }

    fn account(&self, row: usize) -> Option<String> {
        let name = self.cell(self.layout.account, row).to_string();
        (!name.is_empty()).then_some(name)
    }

    fn entry(&self, row: usize, defaults: &[Cell], as_of: NaiveDate) -> Entry {
        let mut faults = self.batch.faults(row).to_vec();
        let day = decided_on(&self.cell(self.layout.decided_on, row), as_of);
        let (mut cells, mut words) = (defaults.to_vec(), Vec::new());
        let dated = day.is_ok();
        let day = day.unwrap_or_else(|fault| {
            faults.push(fault);
            NaiveDate::default()
        });
        for column in &self.layout.columns {
            let raw = self.cell(column.position, row);
            let Some(slot) = cells.get_mut(column.place) else { continue };
            match column.meaning.cell(&raw) {
                Ok(cell) => *slot = cell,
                Err(problem) => {
                    let input = column.meaning.input();
                    // A retry of a treatment that is no more asks for nothing.
                    *slot = if input.name == RETRY { input.absent() } else { Cell::UNKNOWN };
                    if input.kind == Kind::Category && !MUST_BE_KNOWN.contains(&input.name.as_str()) {
                        continue;
                    }
                    if input.kind == Kind::Category {
                        words.push((column.place, raw.to_string()));
                    }
                    faults.push(Fault::of_cell(&input.name, &raw, problem));
                }
            }
        }
        Entry { carried: Carried::new(day, cells), dated, words, faults, row: 0 }
    }
}

/// The day of the last decision, which cannot lie after the day of this one.
fn decided_on(raw: &Raw<'_>, as_of: NaiveDate) -> Result<NaiveDate, Fault> {
    let day = match raw {
        Raw::Date(day) => *day,
        Raw::Empty => return Err(Fault::of_column(DECIDED_ON, "the cell is empty")),
        other => NaiveDate::parse_from_str(&other.to_string(), "%Y-%m-%d").map_err(|_| {
            Fault::of_cell(DECIDED_ON, other, "is not a date: write year, month and day, as in 2026-11-30")
        })?,
    };
    if day > as_of {
        let problem = format!("lies after the day of this decision, {as_of}");
        return Err(Fault::of_cell(DECIDED_ON, day, problem));
    }
    Ok(day)
}
