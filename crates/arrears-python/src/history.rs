//! Histories of accounts.

use crate::asked::day;
use crate::failure::{of_history, raise};
use crate::law::Law;
use crate::owed::Terms;
use crate::policy::Policy;
use crate::scripts;
use arrears::Facts;
use arrears::account::{Account, Conventions, HistoryProblem, Kept};
use arrears::nights::{Beside as _, Case, KnownBy};
use arrears_owed::facts::OwedFacts;
use arrears_owed::statement::OwedError;
use arrears_workbench::timeline::{TimelineError, Window};
use arrears_workbench::{Timeline, picture};
use pyo3::prelude::*;
use serde_json::{Value, json};

/// An account from its JSON document.
pub(crate) fn account_of(py: Python<'_>, text: &str) -> PyResult<Account> {
    Account::from_json(text).map_err(|problems| of_history(py, "the history", &problems))
}

/// How the bank counts; the usual conventions where none are given.
pub(crate) fn conventions_of(py: Python<'_>, text: Option<&str>, account: &Account) -> PyResult<Conventions> {
    let Some(text) = text else { return Ok(Conventions::default()) };
    let conventions = Conventions::from_json(text).map_err(|problems| of_history(py, "the conventions", &problems))?;
    let currency = account.currency();
    let amounts = [("tolerance", conventions.tolerance), ("promise_tolerance", conventions.promise_tolerance)];
    let misfits = amounts.into_iter().filter_map(|(name, amount)| {
        let error = amount.minor(currency).err()?;
        let message = format!("`{amount}` has {error}: expected an amount in {currency}, the account's currency");
        Some(HistoryProblem { path: name.to_owned(), message })
    });
    match misfits.collect::<Vec<_>>() {
        none if none.is_empty() => Ok(conventions),
        misfits => Err(of_history(py, "the conventions", &misfits)),
    }
}

/// A history as the package hands it over: its document, how the bank counts, and the terms of its product.
pub(crate) type History = (String, Option<String>, Option<Py<Terms>>);

/// What is owed by the terms that a history comes with, as facts beside it; none where it comes without.
pub(crate) fn owed_facts<'a>(
    py: Python<'_>,
    history: &'a History,
    account: &'a Account,
    conventions: &'a Conventions,
) -> PyResult<Option<OwedFacts<'a>>> {
    let Some(terms) = &history.2 else { return Ok(None) };
    let terms = &terms.get().terms;
    if terms.currency != account.currency() {
        let error = OwedError::Currency { account: account.currency(), terms: terms.currency };
        return Err(raise(py, "owed", error, &Value::Null));
    }
    Ok(Some(OwedFacts::new(account, terms, conventions)))
}

/// Checks a history and gives it back in its one form.
#[pyfunction]
pub(crate) fn account_json(py: Python<'_>, text: &str) -> PyResult<String> {
    let account = account_of(py, text)?;
    account.to_json().map_err(|error| raise(py, "other", &error, &json!({})))
}

/// The facts of a day as they were known on another, as JSON: names and values as text.
#[pyfunction]
#[pyo3(signature = (history, as_of, known_by = None))]
pub(crate) fn account_facts(py: Python<'_>, history: History, as_of: &str, known_by: Option<&str>) -> PyResult<String> {
    let account = account_of(py, &history.0)?;
    let conventions = conventions_of(py, history.1.as_deref(), &account)?;
    let as_of = day(py, as_of)?;
    let known_by = known_by.map(|text| day(py, text)).transpose()?.unwrap_or(as_of);
    let mut facts = Facts::of(&account, as_of, known_by, &conventions);
    if let Some(owed) = owed_facts(py, &history, &account, &conventions)? {
        let told = owed.facts(as_of, known_by).map_err(|problem| raise(py, "owed", &problem.message, &Value::Null))?;
        for (name, value) in told {
            facts.set(name, value).map_err(|error| raise(py, "owed", &error, &Value::Null))?;
        }
    }
    let each = facts.iter().map(|(name, value)| {
        let kind = value.kind().map(|kind| kind.word());
        json!({ "name": name, "kind": kind, "value": value.to_string() })
    });
    Ok(Value::from(each.collect::<Vec<_>>()).to_string())
}

/// An account day by day, as JSON and as a picture.
#[pyfunction]
pub(crate) fn timeline(
    py: Python<'_>,
    history: History,
    under: Option<(Bound<'_, Policy>, Bound<'_, Law>)>,
    days: (Option<String>, Option<String>, Option<String>),
) -> PyResult<(String, String)> {
    let (first, last, known_by) = days;
    let account = account_of(py, &history.0)?;
    let conventions = conventions_of(py, history.1.as_deref(), &account)?;
    let date = |text: Option<String>| text.map(|text| day(py, &text)).transpose();
    let known_by = date(known_by)?.map_or(KnownBy::EachNight, KnownBy::Day);
    let window = Window { from: date(first)?, to: date(last)?, known_by };
    let wrong = |error: TimelineError| raise(py, "history", &error, &json!({ "problems": [] }));
    let timeline = match &under {
        None => Timeline::of(&account, &conventions, window).map_err(wrong)?,
        Some((policy, law)) => {
            let law = &law.get().law;
            let (_, last) = window.days(&account).map_err(wrong)?;
            let policy = policy.get().under(py, law, last)?;
            let computed = scripts::filled_in(&policy.scripts);
            let case = Case::new(&policy.policy, &account, &conventions, law).with_scripts(&computed);
            let owed = owed_facts(py, &history, &account, &conventions)?;
            let case = owed.iter().fold(case, |case, owed| case.with_beside(owed));
            py.detach(|| Timeline::under(case, window)).map_err(wrong)?
        }
    };
    let drawn = picture::picture(&account, &timeline);
    let told = json!({
        "account_id": timeline.account_id,
        "currency": timeline.currency,
        "from": timeline.days.first().map(|day| day.on),
        "to": timeline.days.last().map(|day| day.on),
        "not_recorded_completely": timeline.incomplete.iter().copied().map(Kept::word).collect::<Vec<_>>(),
        "days": timeline.eventful().collect::<Vec<_>>(),
    });
    Ok((told.to_string(), drawn))
}
