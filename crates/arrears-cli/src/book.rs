//! A table that policies are tried on, and how far that has come.

use crate::args::{LawArgs, LawChoice, ReadArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::{of_nobody_text, screen};
use crate::stop;
use arrears_batch::{EventTally, Mapping, Options, Origin, OutputError, RowsFile, check_result};
use arrears_workbench::PassHooks;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// The table, the day and the law, and what is read besides.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct BookArgs {
    /// The table of accounts, .parquet or .csv; `arrears inputs` lists its columns
    #[arg(long, value_name = "TABLE")]
    on: PathBuf,
    #[command(flatten)]
    law: LawArgs,
    #[command(flatten)]
    read: ReadArgs,
    /// Leaves out rows that cannot be decided, counts them, and ends with exit code 4
    #[arg(long)]
    keep_going: bool,
}

impl BookArgs {
    /// A table that a command asks for only if it is named.
    pub(crate) const fn of(on: PathBuf, law: LawArgs, read: ReadArgs, keep_going: bool) -> Self {
        Self { on, law, read, keep_going }
    }

    /// The table, and how it is decided. When to look at each account again is left out.
    pub(crate) fn open(&self) -> Result<(Origin, Options), Failure> {
        let (table, options) = opened(&self.on, (self.law.as_of, &self.law.choice), &self.read)?;
        Ok((table, Options { keep_going: self.keep_going, ..options }))
    }
}

/// A table, and how it is decided: without reviews, and ending at the first row that cannot be.
pub(crate) fn opened(
    on: &Path,
    (as_of, law): (NaiveDate, &LawChoice),
    read: &ReadArgs,
) -> Result<(Origin, Options), Failure> {
    let mapping = read.columns.as_ref().map(Mapping::read).transpose()?.unwrap_or_default();
    let options = Options {
        mapping,
        events: read.events.tables(),
        state: read.state.clone().map(Into::into),
        reviews: false,
        ..Options::new(as_of, law.law()?)
    };
    Ok((Origin::from(on), options))
}

/// Does what takes several passes over a table, with a bar that shows how far they have come.
pub(crate) fn watched<T>(work: impl FnOnce(PassHooks<'_>) -> T) -> Result<T, Failure> {
    let stop = stop::listen()?;
    let bar = screen::progress(true);
    let mut advance = |progress| screen::advance_pass(&bar, progress);
    let done = work(PassHooks { progress: Some(&mut advance), stop: Some(stop) });
    bar.finish_and_clear();
    Ok(done)
}

/// Notes rows of events that name no account; they are left out, as asked for.
pub(crate) fn note_of_nobody(tallies: &[EventTally], mut exit: Exit) -> Result<Exit, Failure> {
    for tally in tallies.iter().filter(|tally| tally.of_nobody > 0) {
        screen::note(&of_nobody_text(tally))?;
        exit = Exit::SetAside;
    }
    Ok(exit)
}

/// Rows on their way to a file, if one is wanted.
pub(crate) struct Writing {
    file: Option<RowsFile>,
    failed: Option<OutputError>,
}

impl Writing {
    /// Begins the file; it must not take the place of anything that is read.
    pub(crate) fn begin(
        path: Option<&Path>,
        (table, options): (&Origin, &Options),
        schema: &SchemaRef,
    ) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self { file: None, failed: None }) };
        check_result(path, table, options)?;
        Ok(Self { file: Some(RowsFile::create(path, schema)?), failed: None })
    }

    /// Whether a file is wanted.
    pub(crate) const fn is_wanted(&self) -> bool {
        self.file.is_some()
    }

    /// Writes some rows, and says whether that went well.
    pub(crate) fn take(&mut self, rows: &RecordBatch) -> bool {
        if let Some(file) = &mut self.file {
            self.failed = file.write(rows).err();
        }
        self.failed.is_none()
    }

    /// Completes the file of rows that were made with success, and gives its name. What went wrong with the file
    /// comes before what its makers say, who only know that they were told to stop.
    pub(crate) fn finish<T, E: Into<Failure>>(self, made: Result<T, E>) -> Result<(T, Option<PathBuf>), Failure> {
        if let Some(failed) = self.failed {
            return Err(failed.into());
        }
        let made = made.map_err(Into::into)?;
        Ok((made, self.file.map(RowsFile::finish).transpose()?))
    }
}
