//! One account decided, with its reasons.

use crate::asked::{Given, day, options};
use crate::failure::{of_facts, of_history, of_run, raise};
use crate::history::{History, account_of, conventions_of, owed_facts};
use crate::law::Law;
use crate::policy::Policy;
use crate::scripts;
use crate::tried::rules;
use crate::work;
use arrears::nights::{Case, KnownBy, Nights};
use arrears::number::fixed;
use arrears::policy::RowProblem;
use arrears::problem::nearest;
use arrears::{Cell, Explanation, Input, Kind, Row, table};
use arrears_batch::{Found, Lookup};
use arrears_workbench::timeline::{TimelineError, Window};
use arrears_workbench::what_if::{self, Options};
use chrono::NaiveDate;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use rust_decimal::Decimal;
use serde_json::json;

/// A decision for one account, with why.
#[pyclass(frozen, module = "arrears._arrears")]
pub(crate) struct One {
    explanation: Explanation,
    /// What was decided: the account as the policy reads it, under the law of the day.
    decided: Decided,
    /// The person of the account and how many other accounts of the table are that person's, if there are any.
    shared: Option<(String, u64)>,
}

#[pymethods]
impl One {
    /// The decision, as JSON.
    fn decision(&self) -> String {
        json!(self.explanation.decision).to_string()
    }

    /// Why, as JSON.
    fn explanation(&self) -> String {
        json!(self.explanation).to_string()
    }

    /// The person of the account and how many other accounts of the table are that person's, if there are any.
    fn shared(&self) -> Option<(String, u64)> {
        self.shared.clone()
    }

    /// Why, as text.
    fn text(&self) -> String {
        self.explanation.to_string()
    }

    /// What would change it, as JSON: over so many days, with so many contacts added, so many sizes of each change.
    fn what_if(&self, py: Python<'_>, days: u32, counts: u32, steps: usize) -> PyResult<String> {
        let Decided { policy, row, law, as_of } = &self.decided;
        let (policy, row, law, as_of) = (policy.clone(), row.clone(), law.clone(), *as_of);
        work::patiently(py, None, move |_| {
            let options = Options { days, counts, steps };
            json!(what_if::what_if(rules(&policy), &row, &law, as_of, &options)).to_string()
        })
    }
}

/// An account as it was decided.
struct Decided {
    policy: Policy,
    row: Row,
    law: arrears::Law,
    as_of: NaiveDate,
}

/// A fact as the package hands it over: its name, what form it has, and its text.
pub(crate) type GivenFact = (String, String, String);

impl Policy {
    pub(crate) fn row(&self, py: Python<'_>, facts: &[GivenFact]) -> PyResult<Row> {
        let policy = &self.policy;
        let mut cells = policy.empty_row();
        let mut problems = Vec::new();
        for (name, form, text) in facts {
            let input = policy.find_input(name).and_then(|id| Some((id, policy.input(id)?)));
            match input.filter(|(_, input)| input.is_column()) {
                Some((id, input)) => match self.cell(input, form, text) {
                    Ok(cell) => {
                        if let Some(slot) = cells.get_mut(id.index()) {
                            *slot = cell;
                        }
                    }
                    Err(message) => problems.push(RowProblem { fact: name.clone(), message }),
                },
                // A fact that this policy does not read.
                None if table::find(name).is_some() => {}
                None => problems.push(RowProblem { fact: name.clone(), message: self.unknown(name) }),
            }
        }
        if problems.is_empty() {
            scripts::compute(&self.scripts, policy, &mut cells);
            match policy.row(cells) {
                Ok(row) => {
                    return match policy.not_for(&row) {
                        None => Ok(row),
                        Some(not_for) => Err(raise(py, "facts", not_for, &json!({ "problems": [] }))),
                    };
                }
                Err(more) => problems.extend(more),
            }
        }
        Err(of_facts(py, &problems))
    }

    fn unknown(&self, name: &str) -> String {
        let known = self.policy.inputs().iter().map(|input| input.name.as_str());
        let meant = nearest(name, known).map_or(String::new(), |near| format!(" (did you mean `{near}`?)"));
        format!("no such fact{meant}")
    }

    fn cell(&self, input: &Input, form: &str, text: &str) -> Result<Cell, String> {
        let wanted = || format!("`{text}` is {form}: expected {}", expected(input.kind));
        match (form, input.kind) {
            ("unknown", _) => Ok(Cell::UNKNOWN),
            ("never", _) => {
                input.never.then_some(Cell::NEVER).ok_or_else(|| "cannot be never: it always has a value".to_owned())
            }
            ("a flag", Kind::Flag) => Ok(Cell::flag(text == "true")),
            ("a text", Kind::Category) => input.word(text).ok_or_else(|| arrears::policy::unknown_word(input, text)),
            ("a whole number", kind) if kind.is_number() => self.number(input, text),
            ("a decimal number", Kind::Money | Kind::Ratio) => self.number(input, text),
            ("an amount", Kind::Money) => {
                let (amount, currency) = text.split_once(' ').ok_or_else(wanted)?;
                let ours = self.policy.head().currency;
                if currency == ours.code() {
                    self.number(input, amount)
                } else {
                    Err(format!("`{text}` is in {currency}: the policy decides amounts in {ours}"))
                }
            }
            _ => Err(wanted()),
        }
    }

    fn number(&self, input: &Input, text: &str) -> Result<Cell, String> {
        let decimals = input.kind.decimals(self.policy.head().currency.digits());
        let written =
            Decimal::from_str_exact(text).map_err(|_| format!("`{text}` is no number that can be held exactly"))?;
        let value = fixed(written, decimals).map_err(|inexact| format!("`{text}` has {inexact}"))?;
        if value < 0 && input.from_zero {
            return Err(format!("`{text}` is below zero: it counts from zero"));
        }
        Ok(Cell::number(value))
    }

    /// The last night of an account that is decided every night up to a day.
    fn over(
        &self,
        py: Python<'_>,
        history: &History,
        (law, as_of, known_by): (&arrears::Law, NaiveDate, Option<NaiveDate>),
    ) -> PyResult<(Explanation, Row)> {
        let account = account_of(py, &history.0)?;
        let conventions = conventions_of(py, history.1.as_deref(), &account)?;
        let owed = owed_facts(py, history, &account, &conventions)?;
        let scripts = scripts::filled_in(&self.scripts);
        let case = Case::new(&self.policy, &account, &conventions, law).with_scripts(&scripts);
        let case = owed.iter().fold(case, |case, owed| case.with_beside(owed));
        let known_by = known_by.map_or(KnownBy::EachNight, KnownBy::Day);
        let window = Window { from: None, to: Some(as_of), known_by };
        let wrong = |error: TimelineError| raise(py, "history", &error, &json!({ "problems": [] }));
        let (first, last) = window.days(&account).map_err(wrong)?;
        let mut night = None;
        for decided in Nights::new(case, known_by, first, last) {
            py.check_signals()?;
            night = Some(decided.map_err(|problems| of_facts(py, &problems))?);
        }
        night.map(|night| (night.explain(&case), night.row)).ok_or_else(|| of_history(py, "the history", &[]))
    }
}

const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Days => "a whole number of days (int)",
        Kind::Count => "a whole number (int)",
        Kind::Money => "an amount (Money, Decimal or int)",
        Kind::Ratio => "a ratio (Decimal or int)",
        Kind::Flag => "True or False",
        Kind::Category => "a word (str)",
    }
}

/// Makes sure that a policy decides on a day.
fn in_force(py: Python<'_>, policy: &arrears::Policy, as_of: NaiveDate) -> PyResult<()> {
    arrears_batch::check_in_force(policy, as_of).map_err(|error| of_run(py, &error))
}

/// Decides one account by its facts.
#[pyfunction]
pub(crate) fn decide_facts(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    account: &str,
    facts: Vec<GivenFact>,
    as_of: &str,
    law: &Bound<'_, Law>,
) -> PyResult<One> {
    let (as_of, law) = (day(py, as_of)?, &law.get().law);
    in_force(py, &policy.get().policy, as_of)?;
    let policy = policy.get().under(py, law, as_of)?;
    let row = policy.row(py, &facts)?;
    let explanation = arrears::explain(&policy.policy, &row, account, law, as_of);
    Ok(One { explanation, decided: Decided { policy, row, law: law.clone(), as_of }, shared: None })
}

/// Decides one account over its history, night after night.
#[pyfunction]
pub(crate) fn decide_history(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    history: History,
    as_of: &str,
    known_by: Option<&str>,
    law: &Bound<'_, Law>,
) -> PyResult<One> {
    let (as_of, law) = (day(py, as_of)?, &law.get().law);
    in_force(py, &policy.get().policy, as_of)?;
    let policy = policy.get().under(py, law, as_of)?;
    let known_by = known_by.map(|text| day(py, text)).transpose()?;
    let (explanation, row) = policy.over(py, &history, (law, as_of, known_by))?;
    Ok(One { explanation, decided: Decided { policy, row, law: law.clone(), as_of }, shared: None })
}

/// Decides one account of a table.
#[pyfunction]
pub(crate) fn decide_account(
    py: Python<'_>,
    policy: &Bound<'_, Policy>,
    table: Given,
    account: &str,
    asked: &Bound<'_, PyDict>,
) -> PyResult<One> {
    let options = options(py, asked)?;
    in_force(py, &policy.get().policy, options.as_of)?;
    let under = policy.get().under(py, &options.law, options.as_of)?;
    let Policy { policy, scripts, .. } = &under;
    let compute = |of: &arrears::Policy, cells: &mut Vec<_>| scripts::compute(scripts, of, cells);
    let called = table.0.path().display().to_string();
    let lookup = Lookup {
        as_of: options.as_of,
        mapping: &options.mapping,
        events: &options.events,
        state: options.state.as_ref(),
        scripts: (!scripts.is_empty()).then_some(&compute),
    };
    let found = py.detach(|| arrears_batch::find_account(policy, table.0, account, lookup));
    match found.map_err(|error| of_run(py, &error))? {
        Found::Row { row, others, customer, .. } => {
            let explanation = arrears::explain(policy, &row, account, &options.law, options.as_of);
            let shared = customer.filter(|_| others > 0).map(|customer| (customer, others));
            let decided = Decided { policy: under.clone(), row: *row, law: options.law.clone(), as_of: options.as_of };
            Ok(One { explanation, decided, shared })
        }
        Found::Bad(error) => {
            let details = json!({ "table": called, "errors": 1, "rows": error.row, "first": [error] });
            Err(raise(py, "rows", format!("{called}: {error}"), &details))
        }
        Found::Nothing { rows } => {
            Err(raise(py, "value", format!("{called}: none of its {rows} rows is of account {account}"), &json!({})))
        }
    }
}
