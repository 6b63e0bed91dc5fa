//! What is left of accounts after a night, in the order in which it is written.

use super::entry::Entry;
use arrears::Cell;
use chrono::NaiveDate;

/// What is left of some accounts.
#[derive(Debug, Default)]
pub(crate) struct Left {
    accounts: Vec<String>,
    rows: Vec<Row>, // INVARIANT: one for each account.
    cells: Vec<Cell>,
}

/// What is left of one account.
#[derive(Debug)]
enum Row {
    /// What was decided on a day leaves these cells, from the first to before the last.
    Decided(NaiveDate, usize, usize),
    /// It is as the last decision left it.
    Before(Entry),
}

impl Left {
    /// Adds an account with what a decision of a day leaves, in the order of the state's facts.
    pub(crate) fn decided(&mut self, account: String, day: NaiveDate, cells: impl IntoIterator<Item = Cell>) {
        let first = self.cells.len();
        self.cells.extend(cells);
        self.accounts.push(account);
        self.rows.push(Row::Decided(day, first, self.cells.len()));
    }

    /// Adds an account that is as the last decision left it.
    pub(crate) fn before(&mut self, account: String, entry: Entry) {
        self.accounts.push(account);
        self.rows.push(Row::Before(entry));
    }

    /// Whether nothing is left of anybody.
    pub(crate) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The accounts.
    pub(super) fn accounts(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter().map(String::as_str)
    }

    /// The day of each account's state, where it is known.
    pub(super) fn days(&self) -> impl Iterator<Item = Option<NaiveDate>> + '_ {
        self.rows.iter().map(|row| match row {
            Row::Decided(day, ..) => Some(*day),
            Row::Before(entry) => entry.dated.then(|| entry.carried.day()),
        })
    }

    /// The cells of the fact at a place, each with the word that nobody knows, if one stands
    /// there.
    pub(super) fn column(&self, place: usize) -> impl Iterator<Item = (Cell, Option<&str>)> {
        self.rows.iter().map(move |row| match row {
            Row::Decided(_, first, end) => {
                let cells = self.cells.get(*first..*end).unwrap_or_default();
                (cells.get(place).copied().unwrap_or(Cell::UNKNOWN), None)
            }
            Row::Before(entry) => {
                let word = entry.words.iter().find(|(at, _)| *at == place);
                let cell = entry.carried.cells().get(place).copied().unwrap_or(Cell::UNKNOWN);
                (cell, word.map(|(_, word)| word.as_str()))
            }
        })
    }
}
