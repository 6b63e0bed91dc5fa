//! What can be arranged for an account.

use crate::asked::day;
use crate::failure::{of_document, raise};
use crate::history::{History, account_of, conventions_of};
use crate::owed::Terms;
use crate::owed_columns::delay_columns;
use crate::table::Table;
use arrears::account::{Account, Conventions};
use arrears_owed::arrangement::{Means, OfferRules, WaysOut, WaysOutAsked, instalment, share};
use arrears_owed::terms::Terms as Written;
use arrears_words::told::Told;
use chrono::NaiveDate;
use pyo3::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;
use std::fmt::Display;

/// Checks what a bank offers.
#[pyfunction]
pub(crate) fn check_offers(py: Python<'_>, text: &str) -> PyResult<String> {
    Ok(offers_of(py, text)?.currency.code().to_owned())
}

/// Checks what somebody states of a month, and says what can be afforded, in minor units: what can be paid each month
/// and by how much it falls short; and the digits of the currency.
#[pyfunction]
pub(crate) fn check_means(py: Python<'_>, text: &str) -> PyResult<(String, u32, i64, i64)> {
    let means = means_of(py, text)?;
    let affordable = means.affordable().map_err(|faults| of_document(py, "the means", &faults))?;
    Ok((means.currency.code().to_owned(), means.currency.digits(), affordable.monthly, affordable.short_by))
}

/// What can be arranged, as JSON, and what delay costs as a table and as JSON.
#[pyfunction]
pub(crate) fn arranged(
    py: Python<'_>,
    history: History,
    terms: &Bound<'_, Terms>,
    documents: (String, Option<String>),
    as_of: &str,
    asked: (Option<String>, Option<String>),
) -> PyResult<(String, String, Table)> {
    let account = account_of(py, &history.0)?;
    let conventions = conventions_of(py, history.1.as_deref(), &account)?;
    let (offers, means) = documents;
    let (settle, pay) = asked;
    let rules = offers_of(py, &offers)?;
    let means = means.map(|text| means_of(py, &text)).transpose()?;
    let wrong = |text: &str| format!("`{text}`: expected a share above 0 and at most 1, of at most six decimals");
    let share = settle.map(|text| {
        let read = Decimal::from_str_exact(&text).ok().and_then(share).filter(|share| (1..=1_000_000).contains(share));
        read.ok_or_else(|| raise(py, "value", wrong(&text), &Value::Null))
    });
    let asked = WaysOutAsked {
        account: &account,
        terms: &terms.get().terms,
        conventions: &conventions,
        rules: &rules,
        means: means.as_ref(),
        share: share.transpose()?,
        each: pay
            .map(|text| instalment(&text, account.currency()).map_err(|why| raise(py, "value", why, &Value::Null)))
            .transpose()?,
    };
    let as_of = day(py, as_of)?;
    let found = py.detach(|| WaysOut::of(&asked, as_of)).map_err(|error| owed_error(py, error))?;
    let other = |error: &dyn Display| raise(py, "other", error, &Value::Null);
    let columns = delay_columns(&found.delay).map_err(|error| other(&error))?;
    let told = serde_json::to_string(&found).map_err(|error| other(&error))?;
    let delay = serde_json::to_string(&found.delay).map_err(|error| other(&error))?;
    Ok((told, delay, Table::new("delay", columns.schema(), vec![columns])))
}

/// What is told of an account by its terms: the statement, what delay costs, and the plans that can be offered.
pub(crate) fn reckoned(
    py: Python<'_>,
    told: Told,
    (account, terms, conventions): (&Account, &Written, &Conventions),
    (offers, means): (Option<&str>, Option<&str>),
    (as_of, known_by): (NaiveDate, Option<NaiveDate>),
) -> PyResult<Told> {
    let rules = offers.map(|text| offers_of(py, text)).transpose()?;
    let means = means.map(|text| means_of(py, text)).transpose()?;
    let asked =
        |rules| WaysOutAsked { account, terms, conventions, rules, means: means.as_ref(), share: None, each: None };
    let days = (as_of, known_by.unwrap_or(as_of));
    told.by_terms((account, terms), rules.as_ref().map(asked), days).map_err(|error| owed_error(py, error))
}

fn offers_of(py: Python<'_>, text: &str) -> PyResult<OfferRules> {
    OfferRules::from_json(text).map_err(|faults| of_document(py, "the offers", &faults))
}

fn means_of(py: Python<'_>, text: &str) -> PyResult<Means> {
    Means::from_json(text).map_err(|faults| of_document(py, "the means", &faults))
}

fn owed_error(py: Python<'_>, error: impl Display) -> PyErr {
    raise(py, "owed", error, &Value::Null)
}
