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
    /// What the policy at a position decided on a day leaves these cells, from the first to before the last.
    Decided { policy: usize, day: NaiveDate, first: usize, end: usize },
    /// It is as the last decision left it, as each policy reads it that reads it.
    Before(Vec<(usize, Entry)>),
}

/// A cell of the state as one policy has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said<'a> {
    /// The position of the policy.
    pub(super) policy: usize,
    pub(super) cell: Cell,
    /// The word that the policy does not know, if one stands there.
    pub(super) word: Option<&'a str>,
}

impl Left {
    /// Adds an account with what a decision of a day leaves, in the order of the facts of the policy's state; `policy`
    /// is its position among those of the run.
    pub(crate) fn decided(
        &mut self,
        (policy, account): (usize, String),
        day: NaiveDate,
        cells: impl IntoIterator<Item = Cell>,
    ) {
        let first = self.cells.len();
        self.cells.extend(cells);
        self.accounts.push(account);
        self.rows.push(Row::Decided { policy, day, first, end: self.cells.len() });
    }

    /// Adds an account that is as the last decision left it, as the policies at these positions read it.
    pub(crate) fn before(&mut self, account: String, entries: Vec<(usize, Entry)>) {
        self.accounts.push(account);
        self.rows.push(Row::Before(entries));
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
            Row::Decided { day, .. } => Some(*day),
            Row::Before(entries) => {
                entries.first().filter(|(_, entry)| entry.dated).map(|(_, entry)| entry.carried.day())
            }
        })
    }

    /// The policy under which each account was decided last, by position or else by name.
    pub(super) fn owners(&self) -> impl Iterator<Item = Result<usize, Option<&str>>> {
        self.rows.iter().map(|row| match row {
            Row::Decided { policy, .. } => Ok(*policy),
            Row::Before(entries) => Err(entries.first().and_then(|(_, entry)| entry.owner.as_deref())),
        })
    }

    /// The cells of a fact, which stands at these places of the policies' states, by position; none where no policy
    /// keeps it that had to do with the account. Of several that read one cell, the first that makes something of it is
    /// believed.
    pub(super) fn column<'a>(&'a self, places: &'a [Option<usize>]) -> impl Iterator<Item = Option<Said<'a>>> {
        let place = |policy: usize| places.get(policy).copied().flatten();
        self.rows.iter().map(move |row| match row {
            Row::Decided { policy, first, end, .. } => {
                let cells = self.cells.get(*first..*end).unwrap_or_default();
                let cell = cells.get(place(*policy)?).copied().unwrap_or(Cell::UNKNOWN);
                Some(Said { policy: *policy, cell, word: None })
            }
            Row::Before(entries) => {
                let says = |(policy, entry): &'a (usize, Entry)| {
                    let place = place(*policy)?;
                    let word = entry.words.iter().find(|(at, _)| *at == place).map(|(_, word)| word.as_str());
                    let cell = entry.carried.cells().get(place).copied().unwrap_or(Cell::UNKNOWN);
                    let tells = word.is_some() || !(cell.is_unknown() || entry.forgotten.contains(&place));
                    Some((tells, Said { policy: *policy, cell, word }))
                };
                let mut all = entries.iter().filter_map(says);
                let first = all.next()?;
                let best = if first.0 { None } else { all.find(|(tells, _)| *tells) };
                Some(best.unwrap_or(first).1)
            }
        })
    }
}
