//! Columns of a table read by their names, batch by batch.

use super::{Batch, PositionSet, Table, TableError};
use crate::row_error::Fault;
use arrow_array::ArrayRef;

/// Some rows of the columns that were asked for.
#[derive(Clone, Debug)]
pub struct NamedColumns {
    batch: Batch,
    /// In the order in which they were asked for.
    columns: Vec<ArrayRef>,
}

impl NamedColumns {
    /// How many rows they have; at least one.
    pub const fn rows(&self) -> usize {
        self.batch.rows()
    }

    /// The columns, in the order in which they were asked for. In a CSV file all of them are texts, and an empty
    /// cell is null.
    pub fn columns(&self) -> &[ArrayRef] {
        &self.columns
    }

    /// The line of the file on which a row begins, for CSV.
    pub fn line(&self, row: usize) -> Option<u64> {
        self.batch.line(row)
    }

    /// What keeps a row from being read: too many cells, too few, a text that is none.
    pub fn faults(&self, row: usize) -> &[Fault] {
        self.batch.faults(row)
    }
}

impl Table {
    /// The next rows of columns that are named; none at the end. Every call must name the same.
    ///
    /// ```
    /// let folder = tempfile::tempdir()?;
    /// let path = folder.path().join("night.csv");
    /// std::fs::write(&path, "account_id,stage,action\nA1,firm,phone\n")?;
    /// let mut night = arrears_batch::open(&path)?;
    /// let rows = night.next_named(&["action", "account_id"])?.ok_or("a row")?;
    /// assert_eq!((rows.rows(), rows.columns().len(), rows.line(0)), (1, 2, Some(2)));
    /// assert!(night.next_named(&["action", "account_id"])?.is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`TableError::Damaged`] if it has no column of one of the names, or cannot be read on.
    pub fn next_named(&mut self, names: &[&str]) -> Result<Option<NamedColumns>, TableError> {
        let mut places = Vec::with_capacity(names.len());
        for name in names {
            let found = self.schema().index_of(name);
            places.push(found.map_err(|_| self.damaged(format!("has no column `{name}`")))?);
        }
        let positions: PositionSet = places.iter().copied().collect();
        let Some(batch) = self.next_batch(&positions)? else { return Ok(None) };
        let column = |place: &usize| batch.array(positions.place(*place)?).cloned();
        let columns: Option<Vec<ArrayRef>> = places.iter().map(column).collect();
        let columns = columns.ok_or_else(|| self.damaged("a column cannot be read".to_owned()))?;
        Ok(Some(NamedColumns { batch, columns }))
    }

    fn damaged(&self, problem: String) -> TableError {
        TableError::Damaged { path: self.path().to_owned(), problem }
    }
}
