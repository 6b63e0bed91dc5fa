//! A report made from files.

use super::{Declared, MeasureError, MeasureSchemas, MeasureTable, Measures, Report};
use crate::mapping::Mapping;
use crate::output::{Form, OutputError};
use crate::table::{Table, open};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// The files that a report is made from, `.parquet` or `.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MeasureFiles {
    /// A row for each account and month end.
    pub panel: Option<PathBuf>,
    /// Calls, messages, letters and visits.
    pub contacts: Option<PathBuf>,
    /// Promises to pay.
    pub promises: Option<PathBuf>,
    /// Decisions of one night.
    pub decisions: Option<PathBuf>,
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

impl MeasureFiles {
    /// Makes sure that a long table can be written to a file, before anything is measured.
    ///
    /// # Errors
    ///
    /// [`OutputError`] if its name does not say what it is to be, or it is a table that is read.
    pub fn check_output(&self, path: &Path) -> Result<(), OutputError> {
        Form::of(path)?;
        let real = |path: &Path| path.canonicalize().ok();
        let mut read = MeasureTable::ALL.into_iter().filter_map(|table| self.path(table));
        if read.any(|table| table == path || (real(table).is_some() && real(table) == real(path))) {
            return Err(OutputError::Taken { path: path.to_owned(), role: "a table that is read" });
        }
        Ok(())
    }

    fn path(&self, table: MeasureTable) -> Option<&Path> {
        match table {
            MeasureTable::Panel => self.panel.as_deref(),
            MeasureTable::Contacts => self.contacts.as_deref(),
            MeasureTable::Promises => self.promises.as_deref(),
            MeasureTable::Decisions => self.decisions.as_deref(),
        }
    }
}

/// Makes a report from files, each read once.
///
/// # Errors
///
/// [`MeasureError`] if a file cannot be read, something is wrong with columns or rows, or it is
/// told to stop.
pub fn measure_files(
    files: &MeasureFiles,
    declared: Declared,
    mapping: &Mapping,
    mut hooks: MeasureHooks<'_>,
) -> Result<Report, MeasureError> {
    let mut tables: Vec<(MeasureTable, Table)> = Vec::new();
    let mut schemas = MeasureSchemas::default();
    for table in MeasureTable::ALL {
        let Some(path) = files.path(table) else { continue };
        let opened = open(path)?;
        schemas = schemas.with(table, opened.schema(), path.display().to_string());
        tables.push((table, opened));
    }
    let total: Option<u64> = tables.iter().map(|(_, table)| table.total_rows()).sum();
    let mut measures = Measures::new(declared, &schemas, mapping)?;
    let mut rows = 0_u64;
    for (table, mut file) in tables {
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
