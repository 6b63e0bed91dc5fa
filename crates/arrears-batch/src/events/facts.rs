//! The facts that events tell: of one account, or of many as columns.

use super::Events;
use super::chunk::shard_of;
use super::plan::NO_DAY;
use super::shard::{Counted, Shard};
use crate::cell::{NEVER, Raw, RawColumn};
use crate::names::hash;
use crate::row_error::Fault;
use arrears::condition::FactId;
use arrears::{Cell, Kind};
use arrow_array::{Array as _, ArrayRef, BooleanArray, Decimal128Array, Int64Array, new_null_array};
use arrow_schema::DataType;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Digits of an amount in a column.
const AMOUNT_DIGITS: u8 = 38;

/// What events tell of several accounts.
#[derive(Clone, Debug, Default)]
pub struct ToldColumns {
    /// For each fact its values in the order of the accounts: whole numbers for days and counts,
    /// of which 999999 stands for *never*; decimals for amounts; true and false for flags. A
    /// value that is not known is null.
    pub columns: Vec<(FactId, ArrayRef)>,
    /// Why nothing is told of an account, by its place: its events cannot all be read.
    pub faults: BTreeMap<usize, Fault>,
}

/// As [`ToldColumns`], in the cells that a policy reads.
pub(super) struct ToldCells {
    pub(super) columns: Vec<(Kind, Vec<Cell>)>,
    pub(super) faults: BTreeMap<usize, Fault>,
}

impl Events {
    /// The facts of an account that the tables tell.
    ///
    /// # Errors
    ///
    /// Its row that cannot be read: its facts cannot be trusted.
    pub fn facts_of(&self, account: &str) -> Result<Vec<(FactId, Cell)>, Fault> {
        let counted = self.counted(account)?;
        let mut cells = Vec::new();
        for derived in &self.plan.derived {
            let (cell, drops) = self.plan.tell(derived, counted);
            cells.push(cell);
            cells.extend(derived.drops_in.as_ref().map(|_| drops));
        }
        Ok(self.facts().zip(cells).collect())
    }

    /// The facts of several accounts, as columns that stand beside theirs. `accounts` holds
    /// names as text, or whole numbers.
    pub fn columns(&self, accounts: &ArrayRef) -> ToldColumns {
        let names = RawColumn::of(accounts).unwrap_or(RawColumn::Empty);
        let ToldCells { columns, faults } = self.cells(&names, accounts.len());
        let arrays = columns.into_iter().map(|(kind, cells)| self.array(kind, &cells));
        ToldColumns { columns: self.facts().zip(arrays).collect(), faults }
    }

    /// The facts that the tables tell, in the order of [`Events::columns`].
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        self.plan.told().map(|(fact, _, _)| fact)
    }

    /// As [`Events::columns`]. Of a row that names no account nothing is told.
    pub(super) fn cells(&self, names: &RawColumn, rows: usize) -> ToldCells {
        let mut faults = BTreeMap::new();
        let mut counted = Vec::with_capacity(rows);
        for row in 0..rows {
            let found = match names.cell(row) {
                Raw::Empty => Ok(None),
                Raw::Text(name) => self.counted(name).map(Some),
                other => self.counted(&other.to_string()).map(Some),
            };
            counted.push(found.unwrap_or_else(|fault| {
                faults.insert(row, fault);
                None
            }));
        }
        let mut columns = Vec::new();
        for derived in &self.plan.derived {
            let tell = |counted: &Option<Counted<'_>>| match counted {
                Some(counted) => self.plan.tell(derived, *counted),
                None => (Cell::UNKNOWN, Cell::UNKNOWN),
            };
            let (cells, drops): (Vec<Cell>, Vec<Cell>) = counted.iter().map(tell).unzip();
            columns.push((derived.kind, cells));
            columns.extend(derived.drops_in.as_ref().map(|_| (Kind::Days, drops)));
        }
        ToldCells { columns, faults }
    }

    /// Values of a fact as a column.
    pub(super) fn array(&self, kind: Kind, cells: &[Cell]) -> ArrayRef {
        match kind {
            Kind::Flag => {
                let flags = cells.iter().map(|cell| cell.get().map(|set| set == 1));
                Arc::new(flags.collect::<BooleanArray>())
            }
            Kind::Money => {
                let amounts: Decimal128Array = cells.iter().map(|cell| cell.get().map(i128::from)).collect();
                let scale = i8::try_from(self.plan.digits).unwrap_or(0);
                match amounts.with_precision_and_scale(AMOUNT_DIGITS, scale) {
                    Ok(amounts) => Arc::new(amounts),
                    // No currency has so many decimals.
                    Err(_) => new_null_array(&DataType::Null, cells.len()),
                }
            }
            Kind::Days | Kind::Count | Kind::Ratio | Kind::Category => {
                let number = |cell: &Cell| if cell.is_never() { Some(NEVER) } else { cell.get() };
                Arc::new(cells.iter().map(number).collect::<Int64Array>())
            }
        }
    }

    /// What was counted of an account, of which somebody wants to know.
    fn counted(&self, account: &str) -> Result<Counted<'_>, Fault> {
        let nothing = Counted { places: &self.plan.blank, amounts: &[], late_from: NO_DAY };
        let Some((shard, number)) = self.find(account) else { return Ok(nothing) };
        shard.ask(number);
        match shard.faults.get(&number) {
            Some((first, rows)) => Err(Fault::of_row(untrusted(first, *rows))),
            None => Ok(shard.counted(&self.plan, number)),
        }
    }

    fn find(&self, account: &str) -> Option<(&Shard, u32)> {
        let hash = hash(account);
        let shard = self.shards.get(shard_of(hash))?;
        Some((shard, shard.names.find_hashed(hash, account)?))
    }
}

/// What is said of an account whose events cannot all be read.
fn untrusted(first: &str, rows: u64) -> String {
    let more = match rows {
        0 | 1 => String::new(),
        2 => " (and 1 more of its rows)".to_owned(),
        rows => format!(" (and {} more of its rows)", rows - 1),
    };
    format!("an event of the account cannot be read, so that its facts are not known: {first}{more}")
}
