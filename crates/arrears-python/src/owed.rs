//! What is owed, and what delay costs.

use crate::asked::day;
use crate::failure::{of_document, raise};
use crate::history::account_of;
use crate::owed_columns::{delay_columns, line_columns, statement_columns};
use crate::said::language_of;
use crate::table::Table;
use arrears::account::{Account, Amount, Part};
use arrears_owed::delay::{Behaviour, Delay, Given};
use arrears_owed::statement::Statement;
use arrears_owed::terms::Terms as Written;
use arrears_words::PlainStatement;
use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use chrono::NaiveDate;
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Display;

/// The terms of a product, read once and never changed.
#[pyclass(frozen, module = "arrears._arrears")]
pub(crate) struct Terms {
    pub(crate) terms: Written,
}

#[pymethods]
impl Terms {
    /// Terms from their JSON document.
    #[staticmethod]
    fn of(py: Python<'_>, text: &str) -> PyResult<Self> {
        let terms = Written::from_json(text).map_err(|faults| of_document(py, "the terms", &faults))?;
        Ok(Self { terms })
    }

    /// The currency.
    fn currency(&self) -> String {
        self.terms.currency.code().to_owned()
    }

    /// Digits of its minor unit.
    fn digits(&self) -> u32 {
        self.terms.currency.digits()
    }
}

/// A payment as the package hands it over: its day and its amount.
type Paid = (String, String);

/// What is owed on a day, as JSON, and its lines.
#[pyfunction]
#[pyo3(signature = (history, terms, as_of, known_by = None))]
pub(crate) fn statement(
    py: Python<'_>,
    history: &str,
    terms: &Bound<'_, Terms>,
    as_of: &str,
    known_by: Option<&str>,
) -> PyResult<(String, Table)> {
    let account = account_of(py, history)?;
    let as_of = day(py, as_of)?;
    let known_by = known_by.map(|text| day(py, text)).transpose()?.unwrap_or(as_of);
    let terms = &terms.get().terms;
    let owed = py.detach(|| Statement::of(&account, terms, as_of, known_by)).map_err(|error| wrong(py, &error))?;
    let lines = table(py, "lines", line_columns(&owed))?;
    Ok((told(py, &owed)?, lines))
}

/// What is owed on each of several accounts, on each of several days.
#[pyfunction]
pub(crate) fn statements(
    py: Python<'_>,
    histories: Vec<String>,
    terms: &Bound<'_, Terms>,
    days: Vec<String>,
) -> PyResult<Table> {
    let accounts = histories.iter().map(|text| account_of(py, text)).collect::<PyResult<Vec<Account>>>()?;
    let days = days.iter().map(|text| day(py, text)).collect::<PyResult<Vec<NaiveDate>>>()?;
    let terms = &terms.get().terms;
    let reckon = || {
        let asked = accounts.iter().flat_map(|account| days.iter().map(move |on| (account, *on)));
        let one = |(account, on): (&Account, NaiveDate)| {
            Statement::of(account, terms, on, on).map_err(|error| format!("{}: {error}", account.id()))
        };
        asked.map(one).collect::<Result<Vec<Statement>, String>>()
    };
    let owed = py.detach(reckon).map_err(|error| wrong(py, error))?;
    table(py, "statements", statement_columns(&owed, terms.currency))
}

/// A statement in plain words: the short form, and every line.
#[pyfunction]
pub(crate) fn plain_statement(py: Python<'_>, owed: &str, language: &str) -> PyResult<(Vec<String>, Vec<String>)> {
    let language = language_of(py, language)?;
    let owed: Statement = serde_json::from_str(owed).map_err(|error| wrong(py, error))?;
    let plain = PlainStatement::of(&owed, language);
    Ok((plain.short().to_vec(), plain.lines().to_vec()))
}

/// What delay costs, as JSON and as a table: for the usual behaviours, and for payments that are given.
#[pyfunction]
pub(crate) fn delay(
    py: Python<'_>,
    history: &str,
    terms: &Bound<'_, Terms>,
    as_of: &str,
    days: Vec<u32>,
    given: Vec<(String, Vec<Paid>, Option<Bound<'_, Terms>>)>,
) -> PyResult<(String, Table)> {
    let account = account_of(py, history)?;
    let as_of = day(py, as_of)?;
    let mut behaviours = Behaviour::USUAL.to_vec();
    for (name, payments, terms) in given {
        let payments = payments.iter().map(|paid| part(py, paid)).collect::<PyResult<Vec<Part>>>()?;
        let terms = terms.map(|terms| Box::new(terms.get().terms.clone()));
        behaviours.push(Behaviour::Given(Given { name, payments, terms }));
    }
    let terms = &terms.get().terms;
    let made = py.detach(|| Delay::table(&account, terms, as_of, &days, &behaviours));
    let delay = made.map_err(|error| wrong(py, error))?;
    let columns = table(py, "delay", delay_columns(&delay))?;
    Ok((told(py, &delay)?, columns))
}

fn part(py: Python<'_>, (due_on, amount): &Paid) -> PyResult<Part> {
    let due_on = day(py, due_on)?;
    let amount: Amount =
        serde_json::from_value(json!(amount)).map_err(|error| raise(py, "value", error, &Value::Null))?;
    Ok(Part { due_on, amount })
}

/// A result as JSON; amounts are minor units.
fn told<R: Serialize>(py: Python<'_>, result: &R) -> PyResult<String> {
    serde_json::to_string(result).map_err(|error| raise(py, "other", error, &Value::Null))
}

fn table(py: Python<'_>, called: &str, columns: Result<RecordBatch, ArrowError>) -> PyResult<Table> {
    let columns = columns.map_err(|error| raise(py, "other", error, &Value::Null))?;
    Ok(Table::new(called, columns.schema(), vec![columns]))
}

fn wrong(py: Python<'_>, error: impl Display) -> PyErr {
    raise(py, "owed", error, &Value::Null)
}
