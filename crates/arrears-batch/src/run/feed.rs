//! Batches of a table, read ahead of those who decide them.

use super::error::RunError;
use super::roll::{Roll, Seat};
use super::survey::Survey;
use crate::bind::Binding;
use crate::cell::Raw;
use crate::events::Events;
use crate::state::{Before, Beside, StateTable};
use crate::table::{Batch, Table, TableError};
use crate::texts::Texts;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

/// Batches that wait to be decided.
const WAITING: usize = 2;

/// Rows of the table, with what is known about whose they are.
pub(super) struct Loaded {
    pub(super) batch: Batch,
    /// The number of the first row, from 1.
    pub(super) first: u64,
    /// The accounts that the rows name, in their order; empty where a row names none.
    pub(super) accounts: Texts,
    /// Whose the rows are, in their order.
    pub(super) seats: Vec<Seat>,
    /// What the last decisions left of their accounts; empty without a state.
    pub(super) before: Vec<Option<Before>>,
}

/// What is read, and beside what.
pub(super) struct Feed<'a> {
    table: Table,
    binding: &'a Binding<'a>,
    events: Option<&'a Events>,
    seating: Seating<'a>,
    beside: Option<Beside<'a>>,
    rows: u64,
}

/// How rows find their accounts.
enum Seating<'a> {
    /// All accounts are known.
    Known(&'a Roll),
    /// They become known row by row.
    Ahead(Roll),
    /// Nothing is remembered of them.
    Apart,
}

impl Loaded {
    /// The number of the row at a place.
    pub(super) fn number(&self, place: usize) -> u64 {
        self.first.saturating_add(u64::try_from(place).unwrap_or(0))
    }

    /// How many rows of the table are read with it.
    pub(super) fn reached(&self) -> u64 {
        self.number(self.batch.rows()).saturating_sub(1)
    }
}

impl<'a> Feed<'a> {
    /// Reads a table from its first row.
    pub(super) fn new(
        table: &Table,
        (binding, apart): (&'a Binding<'a>, bool),
        events: Option<&'a Events>,
        survey: Option<&'a Survey>,
        state: Option<&StateTable<'_>>,
    ) -> Result<Self, RunError> {
        let beside = match (survey, state) {
            (Some(survey), Some(state)) => Some(Beside::new(state, &survey.index)?),
            _ => None,
        };
        let seating = match survey {
            Some(survey) => Seating::Known(&survey.roll),
            None if apart => Seating::Apart,
            None => Seating::Ahead(Roll::for_rows(table.total_rows())),
        };
        Ok(Self { table: table.source().again()?, binding, events, seating, beside, rows: 0 })
    }

    /// Reads in a thread of its own. The last thing that comes may be an error.
    pub(super) fn start<'scope>(self, scope: &'scope Scope<'scope, '_>) -> Receiver<Result<Loaded, RunError>>
    where
        'a: 'scope,
    {
        let (sender, receiver) = sync_channel(WAITING);
        scope.spawn(move || self.read(&sender));
        receiver
    }

    /// Nobody may be there to receive any more: then the run has ended.
    fn read(mut self, sender: &SyncSender<Result<Loaded, RunError>>) {
        loop {
            let loaded = self.load();
            let ended = !matches!(loaded, Ok(Some(_)));
            let Some(loaded) = loaded.transpose() else { return };
            if sender.send(loaded).is_err() || ended {
                return;
            }
        }
    }

    fn load(&mut self) -> Result<Option<Loaded>, RunError> {
        let Some(batch) = self.binding.next_batch(&mut self.table, self.events)? else { return Ok(None) };
        let first = self.rows.saturating_add(1);
        self.rows = self.rows.saturating_add(u64::try_from(batch.rows()).unwrap_or(0));
        let column = self.binding.positions.place(self.binding.account.0).and_then(|place| batch.column(place));
        let mut accounts = Texts::with_room(batch.rows());
        let mut seats = Vec::with_capacity(batch.rows());
        for (place, row) in (0..batch.rows()).zip(first..) {
            let cell = column.as_ref().map_or(Raw::Empty, |column| column.cell(place));
            let account = cell.name();
            seats.push(self.seat(row, &account)?);
            accounts.push(&account);
        }
        let mut before = Vec::new();
        if let Some(beside) = &mut self.beside {
            for seat in &seats {
                before.push(match seat {
                    Seat::First(number) => beside.take(*number)?,
                    Seat::Again { .. } | Seat::Nobody => None,
                });
            }
        }
        Ok(Some(Loaded { batch, first, accounts, seats, before }))
    }

    fn seat(&mut self, row: u64, account: &str) -> Result<Seat, RunError> {
        let seat = match (&mut self.seating, u32::try_from(row)) {
            (Seating::Known(roll), Ok(row)) => Some(roll.seat(row, account)),
            (Seating::Ahead(roll), _) => roll.add(account),
            (Seating::Apart, _) if account.is_empty() => Some(Seat::Nobody),
            // Nobody asks for the number: neither a state nor a settlement finds the account by it.
            (Seating::Apart, _) => Some(Seat::First(0)),
            (Seating::Known(_), Err(_)) => None,
        };
        seat.ok_or_else(|| TableError::TooLong { path: self.table.path().to_owned() }.into())
    }
}

/// The next batches, as many as there are threads to decide them; none at the end.
///
/// # Errors
///
/// [`RunError`] if the table cannot be read on.
pub(super) fn next_group(batches: &Receiver<Result<Loaded, RunError>>) -> Result<Option<Vec<Loaded>>, RunError> {
    let group = batches.iter().take(rayon::current_num_threads().max(1)).collect::<Result<Vec<_>, _>>()?;
    Ok((!group.is_empty()).then_some(group))
}
