//! What goes wrong, as exceptions of the package.

use arrears::document::Fault;
use arrears::guardrail::Trouble;
use arrears::policy::RowProblem;
use arrears_batch::{BadRows, ColumnProblem, RunError, SchemaProblems, TableError};
use pyo3::prelude::*;
use serde_json::{Value, json};
use std::fmt::Display;

/// What went wrong, told apart from the interpreter: the kind that the package knows, what is said, and
/// what programs read of it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    kind: &'static str,
    message: String,
    details: Value,
}

impl Told {
    /// What went wrong with a run.
    pub(crate) fn of(error: &RunError) -> Self {
        let (kind, details) = match error {
            RunError::Schema(problems) => ("schema", schema(problems)),
            RunError::Rows(bad) => ("rows", rows(bad)),
            RunError::Events(tables) => ("rows", bad_rows(tables)),
            RunError::Table(TableError::Open { .. }) | RunError::Output(_) => ("file", json!({})),
            RunError::Table(_) | RunError::State(_) => ("table", json!({})),
            RunError::NotInForce { .. } | RunError::NoneInForce { .. } => ("not_in_force", json!({})),
            RunError::Law(_) => ("policy", json!({ "problems": [] })),
            _ => ("other", json!({})),
        };
        Self { kind, message: error.to_string(), details }
    }

    /// What is said, without what no C text can hold.
    pub(crate) fn text(&self) -> String {
        self.message.replace('\0', "\\0")
    }

    /// The exception.
    pub(crate) fn raise(&self, py: Python<'_>) -> PyErr {
        raise(py, self.kind, &self.message, &self.details)
    }
}

/// The exception of a kind that the package knows, with what it says and what programs read of it.
pub(crate) fn raise(py: Python<'_>, kind: &str, message: impl Display, details: &Value) -> PyErr {
    let make = || {
        let make = py.import("arrears._errors")?.getattr("make")?;
        make.call1((kind, message.to_string(), details.to_string()))
    };
    make().map_or_else(|error| error, PyErr::from_value)
}

/// A run that decided nothing.
pub(crate) fn of_run(py: Python<'_>, error: &RunError) -> PyErr {
    Told::of(error).raise(py)
}

/// Bad rows of several tables, those of the first table first.
pub(crate) fn bad_rows(tables: &[BadRows]) -> Value {
    let first: Vec<_> = tables.iter().flat_map(|bad| bad.first.iter()).collect();
    let sum = |of: fn(&BadRows) -> u64| tables.iter().map(of).fold(0, u64::saturating_add);
    json!({ "errors": sum(|bad| bad.errors), "rows": sum(|bad| bad.rows), "first": first })
}

fn rows(bad: &BadRows) -> Value {
    json!({ "table": bad.table, "errors": bad.errors, "rows": bad.rows, "first": bad.first })
}

fn schema(problems: &SchemaProblems) -> Value {
    let columns: Vec<Value> = problems.problems.iter().map(column).collect();
    json!({ "table": problems.table, "policy": problems.policy, "columns": columns })
}

/// One problem of a table's columns.
fn column(problem: &ColumnProblem) -> Value {
    let (kind, fact, column) = match problem {
        ColumnProblem::Absent { fact, .. } => ("absent", Some(fact), None),
        ColumnProblem::WrongType { fact, column, .. } => ("wrong_type", Some(fact), Some(column)),
        ColumnProblem::NoSuchColumn { fact, column, .. } => ("no_such_column", Some(fact), Some(column)),
        ColumnProblem::NoSuchFact { fact, .. } => ("no_such_fact", Some(fact), None),
        ColumnProblem::NeverNever { fact } => ("never_never", Some(fact), None),
        ColumnProblem::OfEvents { .. } => ("of_events", None, None),
        ColumnProblem::NotTold { fact, .. } => ("not_told", Some(fact), None),
        ColumnProblem::InTableAndState { fact, column } => ("in_table_and_state", Some(fact), Some(column)),
    };
    let (found, wanted, fix) = match problem {
        ColumnProblem::WrongType { found, wanted, fix, .. } => (Some(found), Some(wanted), Some(fix)),
        _ => (None, None, None),
    };
    json!({
        "kind": kind,
        "fact": fact,
        "column": column,
        "found": found,
        "expected": wanted,
        "fix": fix,
        "message": problem.to_string(),
    })
}

/// Facts of one account that the policy cannot read.
pub(crate) fn of_facts(py: Python<'_>, problems: &[RowProblem]) -> PyErr {
    let listed: Vec<Value> =
        problems.iter().map(|problem| json!({ "fact": problem.fact, "message": problem.message })).collect();
    let said: Vec<String> = problems.iter().map(|problem| format!("\n  {problem}")).collect();
    raise(py, "facts", format!("the facts cannot be read:{}", said.concat()), &json!({ "problems": listed }))
}

/// A history, or conventions, that cannot be read.
pub(crate) fn of_history(py: Python<'_>, called: &str, problems: &[Fault]) -> PyErr {
    unreadable(py, "history", called, problems)
}

/// A document that cannot be read: the terms of a product, an arrangement, the words of a house.
pub(crate) fn of_document(py: Python<'_>, called: &str, problems: &[Fault]) -> PyErr {
    unreadable(py, "document", called, problems)
}

fn unreadable(py: Python<'_>, kind: &str, called: &str, problems: &[Fault]) -> PyErr {
    let listed: Vec<Value> =
        problems.iter().map(|problem| json!({ "path": problem.path, "message": problem.message })).collect();
    let said: Vec<String> = problems.iter().map(|problem| format!("\n  {problem}")).collect();
    raise(py, kind, format!("{called} cannot be read:{}", said.concat()), &json!({ "problems": listed }))
}

/// What is told of a person or a contact, and cannot be read.
pub(crate) fn of_case(py: Python<'_>, troubles: &[Trouble]) -> PyErr {
    let listed: Vec<Value> =
        troubles.iter().map(|trouble| json!({ "path": trouble.path, "message": trouble.message })).collect();
    raise(py, "case", "", &json!({ "problems": listed }))
}
