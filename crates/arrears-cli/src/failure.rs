//! Why a command ended without its result.

use crate::exit::Exit;
use arrears_batch::measures::MeasureError;
use arrears_batch::{BadRows, LearnError, MappingError, OutputError, RunError, StateError, TableError};
use arrears_workbench::TimelineError;
use arrears_workbench::compare::CompareError;
use arrears_workbench::coverage::CoverageError;
use arrears_workbench::portfolio::BookError;
use arrears_workbench::sweep::SweepError;
use serde_json::{Map, Value, json};
use std::fmt;

/// Why a command ended without its result.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the command ends.
    pub(crate) exit: Exit,
    /// What is wrong, for people.
    pub(crate) message: String,
    /// Problems of the policy, as they are shown above the message.
    pub(crate) report: String,
    /// What programs are told besides the message.
    details: Map<String, Value>,
}

impl Failure {
    /// A failure that its message says all about.
    pub(crate) fn new(exit: Exit, message: impl fmt::Display) -> Self {
        Self { exit, message: message.to_string(), report: String::new(), details: Map::new() }
    }

    /// Adds problems as they are shown.
    pub(crate) fn with_report(mut self, report: String) -> Self {
        self.report = report;
        self
    }

    /// Adds something that programs read.
    pub(crate) fn with(mut self, key: &str, value: Value) -> Self {
        self.details.insert(key.to_owned(), value);
        self
    }

    fn with_rows(self, bad: &BadRows) -> Self {
        let counted = self.with("rows", json!(bad.rows)).with("errors", json!(bad.errors));
        counted.with("first_errors", json!(bad.first))
    }

    /// What a program reads: `{"error": {"kind", "exit", "message", ...}}`.
    pub(crate) fn to_json(&self) -> Value {
        let mut error = Map::new();
        error.insert("kind".to_owned(), json!(self.exit.word()));
        error.insert("exit".to_owned(), json!(self.exit.code()));
        error.insert("message".to_owned(), json!(self.message));
        error.extend(self.details.clone());
        json!({ "error": error })
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(Exit::File, format!("the output cannot be written: {error}"))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::new(Exit::File, format!("the output cannot be written: {error}"))
    }
}

impl From<TableError> for Failure {
    fn from(error: TableError) -> Self {
        Self::new(of_table(&error), error)
    }
}

impl From<MappingError> for Failure {
    fn from(error: MappingError) -> Self {
        let exit = match error {
            MappingError::Open { .. } => Exit::File,
            _ => Exit::Usage,
        };
        Self::new(exit, error)
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        let exit = if matches!(error, OutputError::Write { .. }) { Exit::File } else { Exit::Usage };
        Self::new(exit, error)
    }
}

impl From<TimelineError> for Failure {
    fn from(error: TimelineError) -> Self {
        let exit = if matches!(error, TimelineError::Policy(_)) { Exit::Table } else { Exit::Usage };
        Self::new(exit, error)
    }
}

impl From<LearnError> for Failure {
    fn from(error: LearnError) -> Self {
        let exit = match &error {
            LearnError::Table(table) | LearnError::State(StateError::Table(table)) => of_table(table),
            LearnError::Output(OutputError::Write { .. }) => Exit::File,
            LearnError::Output(_) => Exit::Usage,
            _ => Exit::Table,
        };
        let failure = Self::new(exit, &error);
        match error {
            LearnError::Rows(bad) => failure.with_rows(&bad),
            LearnError::Columns { problems, .. } => {
                let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
                failure.with("columns", json!(problems))
            }
            _ => failure,
        }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let exit = match &error {
            RunError::Table(table) | RunError::State(StateError::Table(table)) => of_table(table),
            RunError::Output(OutputError::Write { .. }) => Exit::File,
            RunError::Output(_)
            | RunError::NotInForce { .. }
            | RunError::NoneInForce { .. }
            | RunError::EventsOfSeveral => Exit::Usage,
            RunError::Interrupted => Exit::Stopped,
            _ => Exit::Table,
        };
        let failure = Self::new(exit, &error);
        match error {
            RunError::Schema(schema) => {
                let problems: Vec<String> = schema.problems.iter().map(ToString::to_string).collect();
                failure.with("columns", json!(problems))
            }
            RunError::Schemas(schemas) => {
                let problems = schemas
                    .iter()
                    .flat_map(|schema| schema.problems.iter().map(|problem| format!("{}: {problem}", schema.policy)));
                failure.with("columns", json!(problems.collect::<Vec<_>>()))
            }
            RunError::Rows(bad) => failure.with_rows(&bad),
            RunError::Events(tables) => failure.with("events", of_tables(&tables)),
            _ => failure,
        }
    }
}

impl From<BookError> for Failure {
    fn from(error: BookError) -> Self {
        let message = error.to_string();
        match error {
            BookError::Run { error, .. } => Self { message, ..error.into() },
            BookError::Changed(_) => Self::new(Exit::File, message),
            _ => Self::new(Exit::Usage, message),
        }
    }
}

impl From<SweepError> for Failure {
    fn from(error: SweepError) -> Self {
        match error {
            SweepError::Book(error) => error.into(),
            SweepError::Threshold(_) => Self::new(Exit::Policy, error),
            _ => Self::new(Exit::Usage, error),
        }
    }
}

impl From<CompareError> for Failure {
    fn from(error: CompareError) -> Self {
        match error {
            CompareError::Book(error) => error.into(),
            _ => Self::new(Exit::Usage, error),
        }
    }
}

impl From<CoverageError> for Failure {
    fn from(error: CoverageError) -> Self {
        match error {
            CoverageError::Book(error) => error.into(),
            CoverageError::Run(error) => error.into(),
            _ => Self::new(Exit::Policy, error),
        }
    }
}

impl From<MeasureError> for Failure {
    fn from(error: MeasureError) -> Self {
        let exit = match &error {
            MeasureError::Table(table) => of_table(table),
            MeasureError::Output(OutputError::Write { .. }) => Exit::File,
            MeasureError::Output(_) => Exit::Usage,
            MeasureError::Interrupted => Exit::Stopped,
            MeasureError::Columns(_) | MeasureError::Rows(_) => Exit::Table,
        };
        let failure = Self::new(exit, &error);
        match error {
            MeasureError::Columns(columns) => failure.with("columns", json!(columns.problems)),
            MeasureError::Rows(tables) => failure.with("tables", of_tables(&tables)),
            _ => failure,
        }
    }
}

/// The bad rows of several tables.
fn of_tables(tables: &[BadRows]) -> Value {
    let tables = tables
        .iter()
        .map(|bad| json!({ "table": bad.table, "rows": bad.rows, "errors": bad.errors, "first_errors": bad.first }));
    tables.collect()
}

fn of_table(error: &TableError) -> Exit {
    match error {
        TableError::Open { .. } => Exit::File,
        TableError::Format { .. } => Exit::Usage,
        TableError::Changed { .. } => Exit::File,
        TableError::Damaged { .. } | TableError::SameName { .. } | TableError::TooLong { .. } => Exit::Table,
    }
}
