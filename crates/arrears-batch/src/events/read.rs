//! Tables of events read from where they are.

use super::kind::EventTable;
use super::{CHUNK, EventSchemas, Events, LATE_SINCE, PIECES};
use crate::bind::{ACCOUNT, ColumnProblem};
use crate::cell::{Meaning, RawColumn};
use crate::mapping::Mapping;
use crate::run::RunError;
use crate::table::{Origin, PositionSet, Table, TableError, open};
use arrears::policy::{Input, Need, Policy};
use arrears::{Cell, Kind, Span};
use chrono::NaiveDate;

/// The tables of events that stand beside the table of accounts.
#[derive(Clone, Debug, Default)]
pub struct EventTables {
    /// Calls, messages, letters and visits.
    pub contacts: Option<Origin>,
    /// Payments that were received.
    pub payments: Option<Origin>,
    /// Promises to pay.
    pub promises: Option<Origin>,
    /// What protects accounts and persons.
    pub holds: Option<Origin>,
}

impl EventTables {
    /// Where a table comes from, if there is one.
    pub const fn origin(&self, table: EventTable) -> Option<&Origin> {
        match table {
            EventTable::Contacts => self.contacts.as_ref(),
            EventTable::Payments => self.payments.as_ref(),
            EventTable::Promises => self.promises.as_ref(),
            EventTable::Holds => self.holds.as_ref(),
        }
    }

    /// Where those come from that there are.
    pub fn origins(&self) -> impl Iterator<Item = (EventTable, &Origin)> {
        EventTable::ALL.into_iter().filter_map(|table| Some((table, self.origin(table)?)))
    }
}

/// Tables of events that have been opened, and not read yet.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) events: Events,
    /// What is wrong with their columns.
    pub(crate) problems: Vec<ColumnProblem>,
    tables: Vec<(EventTable, Table)>,
}

/// Opens the tables of events that stand beside a table of accounts; none if there are none.
///
/// # Errors
///
/// [`TableError`] if one of them is no table.
pub(crate) fn open_events(
    policy: &Policy,
    as_of: NaiveDate,
    (given, accounts): (&EventTables, &Table),
    mapping: &Mapping,
) -> Result<Option<Opened>, TableError> {
    let mut schemas = EventSchemas::default();
    let late_since = mapping.column(LATE_SINCE).and_then(|column| accounts.schema().column_with_name(column));
    if late_since.is_some() {
        schemas = schemas.with_late_since();
    }
    let mut tables = Vec::new();
    for (table, origin) in given.origins() {
        let opened = open(origin.clone())?;
        schemas = schemas.with(table, opened.schema(), origin.path().display().to_string());
        tables.push((table, opened));
    }
    if tables.is_empty() {
        return Ok(None);
    }
    let (events, problems) = Events::with_problems(policy, as_of, &schemas, mapping);
    Ok(Some(Opened { events, problems, tables }))
}

impl Opened {
    /// How many rows the tables have together, where all of them say so.
    pub(crate) fn total_rows(&self) -> Option<u64> {
        self.tables.iter().map(|(_, table)| table.total_rows()).sum()
    }

    /// Counts every row; `reached` is told now and then how many.
    ///
    /// # Errors
    ///
    /// [`RunError`] if a table cannot be read to its end, and what `reached` gives.
    pub(crate) fn count(
        self,
        accounts: &Table,
        mapping: &Mapping,
        mut reached: impl FnMut(u64) -> Result<(), RunError>,
    ) -> Result<Events, RunError> {
        let Self { mut events, tables, .. } = self;
        if events.needs_late_since() {
            late_since(&mut events, accounts, mapping)?;
        }
        for (table, mut file) in tables {
            let Some(layout) = events.layouts.iter().find(|layout| layout.table == table) else { continue };
            let positions = layout.positions().clone();
            let mut pieces = Vec::with_capacity(PIECES);
            while let Some(batch) = file.next_rows(&positions, CHUNK)? {
                pieces.push(batch);
                if pieces.len() == PIECES {
                    events.count(table, std::mem::take(&mut pieces));
                    reached(events.tallies.iter().map(|tally| tally.rows).sum())?;
                }
            }
            events.count(table, pieces);
            file.source().check_unchanged()?;
        }
        Ok(events)
    }
}

/// Reads since when each account is late: a pass over two columns of the table of accounts. What
/// cannot be read there is not known here, and an error of its row later.
fn late_since(events: &mut Events, accounts: &Table, mapping: &Mapping) -> Result<(), RunError> {
    let mut table = accounts.source().again()?;
    let place = |name: &str| {
        let column = mapping.column(name)?;
        table.schema().column_with_name(column).map(|(position, _)| position)
    };
    let (Some(account), Some(since)) = (place(ACCOUNT), place(LATE_SINCE)) else { return Ok(()) };
    let input = late_since_input();
    let meaning = Meaning::new(&input, 0, mapping.never(LATE_SINCE));
    let positions: PositionSet = [account, since].into_iter().collect();
    let (account, since) = (positions.place(account), positions.place(since));
    while let Some(batch) = table.next_batch(&positions)? {
        let column = |place: Option<usize>| place.and_then(|place| batch.column(place)).unwrap_or(RawColumn::Empty);
        let (accounts, days) = (column(account), column(since));
        for row in 0..batch.rows() {
            let cell = accounts.cell(row);
            let name = cell.name();
            if !name.is_empty() {
                events.late_since(&name, meaning.cell(&days.cell(row)).unwrap_or(Cell::UNKNOWN));
            }
        }
    }
    Ok(())
}

/// How the column is read where the policy itself does not read it.
fn late_since_input() -> Input {
    Input {
        name: LATE_SINCE.to_owned(),
        written: LATE_SINCE.to_owned(),
        kind: Kind::Days,
        words: Vec::new(),
        open: false,
        formerly: Vec::new(),
        never: true,
        from_zero: true,
        movement: arrears::facts::Movement::Begins,
        need: Need::Required,
        valid: None,
        drops_in: None,
        runs_out: None,
        counted_from: None,
        doc: String::new(),
        span: Span::NONE,
    }
}
