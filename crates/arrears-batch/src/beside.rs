//! Cells of a table of accounts that no policy reads, for those accounts of which they are wanted.

use crate::bind::ACCOUNT;
use crate::cell::{Raw, flag};
use crate::mapping::Mapping;
use crate::run::RunError;
use crate::table::{Origin, PositionSet, open};
use std::collections::{BTreeMap, BTreeSet};

/// The cells of some columns, by account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountCells {
    /// By column, whether the table has it.
    has: Vec<bool>,
    /// Texts by account, in the order of the columns; empty where nothing stands.
    texts: BTreeMap<String, Vec<String>>,
}

impl AccountCells {
    /// Whether the table has the column at a place among those that were asked for.
    pub fn has(&self, column: usize) -> bool {
        self.has.get(column).copied().unwrap_or(false)
    }

    /// What stands in a column for an account; none where nothing stands, or the account was not asked for.
    pub fn text(&self, account: &str, column: usize) -> Option<&str> {
        self.texts.get(account)?.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Yes or no in a column for an account; none where neither stands.
    pub fn flag(&self, account: &str, column: usize) -> Option<bool> {
        let cell = flag(&Raw::Text(self.text(account, column)?)).ok()?;
        cell.get().map(|set| set == 1)
    }
}

/// Reads columns of a table of accounts, by the names of their facts or their own, for some accounts. A column that
/// the table does not have is told by [`AccountCells::has`].
///
/// # Errors
///
/// [`RunError`] if the table cannot be read.
pub fn account_cells(
    table: &Origin,
    mapping: &Mapping,
    columns: &[&str],
    wanted: &BTreeSet<String>,
) -> Result<AccountCells, RunError> {
    let mut table = open(table.clone())?;
    let position = |name: &str| {
        let column = mapping.column(name)?;
        table.schema().column_with_name(column).map(|(position, _)| position)
    };
    let found: Vec<Option<usize>> = columns.iter().map(|name| position(name)).collect();
    let account = position(ACCOUNT);
    let mut cells = AccountCells { has: found.iter().map(Option::is_some).collect(), texts: BTreeMap::new() };
    let Some(account) = account.filter(|_| !wanted.is_empty()) else { return Ok(cells) };
    let positions: PositionSet = found.iter().copied().flatten().chain([account]).collect();
    while let Some(batch) = table.next_batch(&positions)? {
        let column = |position: Option<usize>| batch.column(positions.place(position?)?);
        let names = column(Some(account));
        let read: Vec<_> = found.iter().map(|position| column(*position)).collect();
        for row in 0..batch.rows() {
            let name = names.as_ref().map_or(Raw::Empty, |column| column.cell(row));
            if let Some(account) = wanted.get(name.name().as_ref()) {
                let text = |column: &Option<_>| cell_text(column.as_ref(), row);
                cells.texts.insert(account.clone(), read.iter().map(text).collect());
            }
        }
    }
    Ok(cells)
}

fn cell_text(column: Option<&crate::cell::RawColumn>, row: usize) -> String {
    column.map_or_else(String::new, |column| column.cell(row).name().into_owned())
}
