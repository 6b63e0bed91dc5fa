//! Regulatory regimes, and what became of an account.

use crate::asked::day;
use crate::failure::{of_document, raise};
use crate::history::{History, account_of, conventions_of};
use arrears_owed::answer::AskedOf;
use arrears_owed::lifecycle::LifeStory;
use arrears_owed::{RegimeError, Regimes as Shipped};
use pyo3::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

/// The regimes that are shipped, with what a host enabled of them.
#[pyclass(frozen, module = "arrears._arrears")]
pub(crate) struct Regimes {
    regimes: Shipped,
}

#[pymethods]
impl Regimes {
    /// The regimes that are shipped, with rules enabled that were not verified.
    #[staticmethod]
    fn shipped(py: Python<'_>, enable: Vec<String>, unverified: bool) -> PyResult<Self> {
        let regimes = Shipped::shipped().enabling(enable.iter().map(String::as_str));
        let regimes = regimes.map_err(|error| unusable(py, &error))?;
        Ok(Self { regimes: if unverified { regimes.with_unverified() } else { regimes } })
    }

    /// Every regime with its rules, as JSON.
    fn listed(&self) -> String {
        let each = self.regimes.all().iter().map(|regime| {
            let rules = regime.rules().iter().map(|rule| {
                json!({
                    "rule": rule.id, "says": rule.says, "cites": rule.cites, "basis": rule.basis.word(),
                    "certainty": rule.certainty.word(), "status": rule.status.word(),
                    "usable": rule.usable(), "not_covered": rule.not_covered,
                })
            });
            json!({
                "name": regime.name(), "title": regime.title(), "jurisdiction": regime.jurisdiction(),
                "source": regime.source(), "from": regime.from(), "to": regime.to(),
                "mechanism": regime.mechanism(), "rules": rules.collect::<Vec<Value>>(),
            })
        });
        Value::from(each.collect::<Vec<Value>>()).to_string()
    }

    /// What a regime answers to an object, as JSON.
    fn answer(&self, py: Python<'_>, name: &str, given: &str) -> PyResult<String> {
        self.regimes.askable(name).map_err(|error| unusable(py, &error))?;
        let answer = self.regimes.answer(name, given).map_err(|faults| of_document(py, "what is asked", &faults))?;
        written(py, &answer)
    }

    /// What a regime answers of an account, as JSON.
    fn answer_of(
        &self,
        py: Python<'_>,
        name: &str,
        history: History,
        days: (String, Option<String>),
        product: Option<&str>,
    ) -> PyResult<String> {
        self.regimes.askable(name).map_err(|error| unusable(py, &error))?;
        let account = account_of(py, &history.0)?;
        let conventions = conventions_of(py, history.1.as_deref(), &account)?;
        let as_of = day(py, &days.0)?;
        let known_by = days.1.map(|text| day(py, &text)).transpose()?.unwrap_or(as_of);
        let asked = AskedOf { account: &account, as_of, known_by, conventions: &conventions, product };
        let answer = self.regimes.answer_of(name, &asked).map_err(|faults| of_document(py, "the history", &faults))?;
        written(py, &answer)
    }
}

/// What became of an account until a day, as JSON.
#[pyfunction]
pub(crate) fn lifecycle(
    py: Python<'_>,
    history: History,
    days: (Option<String>, String, Option<String>),
    re_aged: Option<&str>,
) -> PyResult<String> {
    let account = account_of(py, &history.0)?;
    let conventions = conventions_of(py, history.1.as_deref(), &account)?;
    let date = |text: Option<String>| text.map(|text| day(py, &text)).transpose();
    let as_of = day(py, &days.1)?;
    let (from, known_by) = (date(days.0)?.unwrap_or_else(|| account.opened_on()), date(days.2)?.unwrap_or(as_of));
    let told = py.detach(|| LifeStory::of(&account, (from, as_of), known_by, &conventions, re_aged));
    written(py, &told.map_err(|faults| of_document(py, "the days", &faults))?)
}

fn unusable(py: Python<'_>, error: &RegimeError) -> PyErr {
    raise(py, "value", error, &Value::Null)
}

fn written<R: Serialize>(py: Python<'_>, result: &R) -> PyResult<String> {
    serde_json::to_string(result).map_err(|error| raise(py, "other", error, &Value::Null))
}
