//! From a record back to what the run read.

use super::{FileRecord, RunRecord};
use arrears::Law;
use arrears_batch::{EventTable, EventTables, Mapping, MappingError, Options, Origin};
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};

/// Where files of a record are now, if they are not where it says.
#[derive(Clone, Debug, Default)]
pub struct Elsewhere {
    /// The table of accounts.
    pub table: Option<PathBuf>,
    /// Tables of events.
    pub events: EventTables,
    /// The state that the run read.
    pub state: Option<PathBuf>,
    /// The mapping file.
    pub columns: Option<PathBuf>,
    /// The decisions.
    pub decisions: Option<PathBuf>,
}

/// What a run read, found again and unchanged.
#[derive(Clone, Debug)]
pub struct Retraced {
    /// The table of accounts.
    pub table: Origin,
    /// The day, the law, the mapping, events and state.
    pub options: Options,
    /// The thresholds that were set.
    pub set: Vec<(String, Decimal)>,
    /// The decisions that it wrote.
    pub decisions: PathBuf,
    /// How these were recorded.
    pub recorded: FileRecord,
}

/// Why a run cannot be retraced.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RetraceError {
    /// Files are not what the record says, or not there; all of them.
    #[error("{}", .0.join("\n"))]
    Files(Vec<String>),
    /// The law that was found is not that of the record; all that differs.
    #[error("{}", .0.join("\n"))]
    Law(Vec<String>),
    /// The mapping file cannot be read.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The record names no table that could be decided again, or no decisions.
    #[error("the record names no {0}: {1}")]
    Lacks(&'static str, &'static str),
    /// A threshold is set to what is no number.
    #[error("set.{0}: found `{1}`: expected a number, as in \"25.00\"")]
    Set(String, String),
}

impl RunRecord {
    /// Finds again what the run read. Every file is hashed and held against the record before anything is decided; so is
    /// the law.
    ///
    /// # Errors
    ///
    /// [`RetraceError`]: files or packs that are not those of the record, all at once.
    pub fn retrace(&self, elsewhere: &Elsewhere, law: Law) -> Result<Retraced, RetraceError> {
        let table = self.place("accounts", elsewhere.table.as_deref());
        let table = table.ok_or(RetraceError::Lacks("table of accounts", "it was decided from memory"))?;
        let recorded = self.decisions_record();
        let recorded = recorded
            .ok_or(RetraceError::Lacks("decisions", "`arrears run` writes them with --out, as .parquet or .csv"))?;
        let given =
            |kind| elsewhere.events.origins().find(|(other, _)| *other == kind).and_then(|(_, origin)| origin.file());
        let events: Vec<(EventTable, PathBuf)> = EventTable::ALL
            .into_iter()
            .filter_map(|kind| Some((kind, self.place(kind.word(), given(kind))?)))
            .collect();
        let event = |wanted| events.iter().find(|(kind, _)| *kind == wanted).map(|(_, path)| Origin::from(path));
        let state = self.place("state", elsewhere.state.as_deref());
        let columns = self.place("columns", elsewhere.columns.as_deref());
        let mut here: Vec<(&str, &Path)> = vec![("accounts", &table)];
        here.extend(events.iter().map(|(kind, path)| (kind.word(), path.as_path())));
        here.extend(state.as_deref().map(|path| ("state", path)));
        here.extend(columns.as_deref().map(|path| ("columns", path)));
        let files = here.into_iter().flat_map(|(what, path)| self.read_as(what).filter_map(|file| file.differs(path)));
        let files: Vec<String> = files.collect();
        if !files.is_empty() {
            return Err(RetraceError::Files(files));
        }
        let differs = self.law.differs(&law);
        if !differs.is_empty() {
            return Err(RetraceError::Law(differs));
        }
        let number = |(name, value): (&String, &String)| {
            let set = Decimal::from_str_exact(value).map(|number| (name.clone(), number));
            set.map_err(|_| RetraceError::Set(name.clone(), value.clone()))
        };
        let options = Options {
            mapping: columns.map(Mapping::read).transpose()?.unwrap_or_default(),
            events: EventTables {
                contacts: event(EventTable::Contacts),
                payments: event(EventTable::Payments),
                promises: event(EventTable::Promises),
                holds: event(EventTable::Holds),
            },
            state: state.map(Origin::from),
            reviews: self.reviews,
            keep_going: self.keep_going,
            ..Options::new(self.as_of, law)
        };
        Ok(Retraced {
            table: Origin::from(table),
            options,
            set: self.set.iter().map(number).collect::<Result<_, _>>()?,
            decisions: elsewhere.decisions.clone().unwrap_or_else(|| PathBuf::from(&recorded.path)),
            recorded: recorded.clone(),
        })
    }

    /// Where a file of the record is now; none if the record has none of its kind.
    fn place(&self, what: &str, elsewhere: Option<&Path>) -> Option<PathBuf> {
        let recorded = self.read_as(what).next()?;
        Some(elsewhere.map_or_else(|| PathBuf::from(&recorded.path), Path::to_owned))
    }
}
