//! A report made from tables, wherever they are.

use super::{Declared, MeasureError, MeasureSchemas, MeasureTable, Measures, Report};
use crate::mapping::Mapping;
use crate::output::{Form, OutputError};
use crate::table::{Origin, Table, open};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// The tables that a report is made from.
#[derive(Clone, Debug, Default)]
pub struct MeasureTables {
    /// A row for each account and month end.
    pub panel: Option<Origin>,
    /// Calls, messages, letters and visits.
    pub contacts: Option<Origin>,
    /// Promises to pay.
    pub promises: Option<Origin>,
    /// Decisions of one night.
    pub decisions: Option<Origin>,
}

/// What measuring calls while it works.
#[derive(Default)]
pub struct MeasureHooks<'a> {
    /// Called now and then with how many rows were read, and how many there are if that is known.
    pub progress: Option<&'a mut dyn FnMut(u64, Option<u64>)>,
    /// Whether it is to stop.
    pub stop: Option<&'a AtomicBool>,
}

impl std::fmt::Debug for MeasureHooks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MeasureHooks").finish_non_exhaustive()
    }
}

impl MeasureTables {
    /// Makes sure that a long table can be written to a file, before anything is measured.
    ///
    /// # Errors
    ///
    /// [`OutputError`] if its name does not say what it is to be, or it is a table that is read.
    pub fn check_output(&self, path: &Path) -> Result<(), OutputError> {
        Form::of(path)?;
        let real = |path: &Path| path.canonicalize().ok();
        let mut read = MeasureTable::ALL.into_iter().filter_map(|table| self.origin(table)?.file());
        if read.any(|table| table == path || (real(table).is_some() && real(table) == real(path))) {
            return Err(OutputError::Taken { path: path.to_owned(), role: "a table that is read" });
        }
        Ok(())
    }

    const fn origin(&self, table: MeasureTable) -> Option<&Origin> {
        match table {
            MeasureTable::Panel => self.panel.as_ref(),
            MeasureTable::Contacts => self.contacts.as_ref(),
            MeasureTable::Promises => self.promises.as_ref(),
            MeasureTable::Decisions => self.decisions.as_ref(),
        }
    }
}

/// Makes a report from tables, each read once.
///
/// # Errors
///
/// [`MeasureError`] if a table cannot be read, something is wrong with columns or rows, or it is
/// told to stop.
pub fn measure(
    tables: &MeasureTables,
    declared: Declared,
    mapping: &Mapping,
    mut hooks: MeasureHooks<'_>,
) -> Result<Report, MeasureError> {
    let mut opened: Vec<(MeasureTable, Table)> = Vec::new();
    let mut schemas = MeasureSchemas::default();
    for table in MeasureTable::ALL {
        let Some(origin) = tables.origin(table) else { continue };
        let found = open(origin.clone())?;
        schemas = schemas.with(table, found.schema(), origin.path().display().to_string());
        opened.push((table, found));
    }
    let total: Option<u64> = opened.iter().map(|(_, table)| table.total_rows()).sum();
    let mut measures = Measures::new(declared, &schemas, mapping)?;
    let mut rows = 0_u64;
    for (table, mut file) in opened {
        let Some(positions) = measures.positions(table).cloned() else { continue };
        while let Some(batch) = file.next_batch(&positions)? {
            if hooks.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                return Err(MeasureError::Interrupted);
            }
            rows = rows.saturating_add(u64::try_from(batch.rows()).unwrap_or(0));
            measures.take(table, &batch);
            if let Some(progress) = hooks.progress.as_mut() {
                progress(rows, total);
            }
        }
        file.source().check_unchanged()?;
    }
    measures.finish()
}
