//! One person's case under a law, and what it says of proposed contacts.

use crate::failure::of_case;
use crate::law::Law;
use crate::policy::Policy;
use arrears::Pack;
use arrears::guardrail::{self, AttemptPlan, Contact, Inquiry, Standing, Trouble};
use chrono::{DateTime, FixedOffset, NaiveDate};
use pyo3::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is known of a person, made ready to judge contacts; with the contact that is proposed, if one is.
#[pyclass(frozen, module = "arrears._arrears")]
pub(crate) struct Case {
    case: guardrail::Case,
    proposed: Option<Contact>,
    law: arrears::Law,
    /// The packs of law that bind.
    packs: Vec<Pack>,
}

/// How a case is read: under a law, beside the guardrails of a policy, and whether nothing else is on file.
type Under<'py> = (Bound<'py, Law>, Option<Bound<'py, Policy>>, bool);

/// The same, without the interpreter.
#[derive(Clone, Copy)]
struct Read<'a> {
    law: &'a arrears::Law,
    policy: Option<&'a Policy>,
    nothing_else: bool,
}

fn read<'a>((law, policy, nothing_else): &'a Under<'_>) -> Read<'a> {
    Read { law: &law.get().law, policy: policy.as_ref().map(Bound::get), nothing_else: *nothing_else }
}

#[pymethods]
impl Case {
    /// A case and a contact that is proposed, from one JSON document.
    #[staticmethod]
    fn of_inquiry(py: Python<'_>, document: &str, under: Under<'_>) -> PyResult<Self> {
        let under = read(&under);
        let made = py.detach(|| {
            let Inquiry { standing, proposed, now } = Inquiry::from_json(document)?;
            let case = made(standing, now.unwrap_or(proposed.at), under)?;
            Ok(Self { proposed: Some(proposed), ..case })
        });
        made.map_err(|troubles: Vec<Trouble>| of_case(py, &troubles))
    }

    /// A case as of a moment, from what is known of the person, as JSON.
    #[staticmethod]
    fn of_standing(py: Python<'_>, standing: &str, now: &str, under: Under<'_>) -> PyResult<Self> {
        let under = read(&under);
        let made = py.detach(|| {
            let standing = Standing::from_json(standing);
            let now = moment(now);
            match (standing, now) {
                (Ok(standing), Ok(now)) => made(standing, now, under),
                (standing, now) => {
                    let mut troubles = within("standing", standing.err().unwrap_or_default());
                    troubles.extend(now.err());
                    Err(troubles)
                }
            }
        });
        made.map_err(|troubles: Vec<Trouble>| of_case(py, &troubles))
    }

    /// What is said of a contact, or of the one that is proposed, as JSON.
    #[pyo3(signature = (contact = None))]
    fn permission(&self, py: Python<'_>, contact: Option<&str>) -> PyResult<String> {
        let permission = |case: &guardrail::Case, contact: &Contact| {
            let found = case.permission(contact)?;
            Ok(self.under(json!(found), contact.at))
        };
        self.about(py, contact, permission).map(|told| told.to_string())
    }

    /// Attempts of a contact, or of the one that is proposed, under a plan, as JSON.
    #[pyo3(signature = (plan, contact = None))]
    fn attempts(&self, py: Python<'_>, plan: &str, contact: Option<&str>) -> PyResult<String> {
        let attempts = |case: &guardrail::Case, contact: &Contact| {
            let plan = AttemptPlan::from_json(plan).map_err(|troubles| within("plan", troubles))?;
            let found = case.attempts(contact, &plan)?;
            let at = found.attempts.first().map_or(contact.at, |first| first.at);
            let mut told = self.under(json!(found), at);
            if let Value::Object(fields) = &mut told {
                fields.insert("answer".to_owned(), json!(found.answer()));
            }
            Ok(told)
        };
        self.about(py, contact, attempts).map(|told| told.to_string())
    }

    /// Whether a contact may be made, and nothing else.
    #[pyo3(signature = (contact = None))]
    fn answer(&self, py: Python<'_>, contact: Option<&str>) -> PyResult<String> {
        let answer = |case: &guardrail::Case, contact: &Contact| case.answer(contact).map(|answer| json!(answer));
        let answer = self.about(py, contact, answer)?;
        Ok(answer.as_str().unwrap_or_default().to_owned())
    }

    /// What is said of a contact on each of some days, as JSON.
    #[pyo3(signature = (days, contact = None))]
    fn days(&self, py: Python<'_>, days: u16, contact: Option<&str>) -> PyResult<String> {
        let found = self.about(py, contact, |case, contact| case.permitted_days(contact, days))?;
        let days = found.iter().map(|day| {
            let periods =
                day.periods.iter().map(|(from, to, answer)| json!({ "from": from, "to": to, "answer": answer }));
            let periods: Vec<Value> = periods.collect();
            json!({ "date": day.date, "holidays": self.holidays(day.date), "periods": periods })
        });
        Ok(Value::from(days.collect::<Vec<_>>()).to_string())
    }

    /// Where each of some facts that are not known is told, as JSON.
    fn how_to_tell(&self, missing: Vec<String>) -> String {
        json!(self.case.how_to_tell(&missing)).to_string()
    }
}

impl Case {
    /// What was said, with the packs that are in force and their rules that are not enabled.
    fn under(&self, mut told: Value, at: DateTime<FixedOffset>) -> Value {
        if let Value::Object(fields) = &mut told {
            let names = self.case.in_force(at).map(|pack| json!(pack.head().name));
            fields.insert("packs".to_owned(), names.collect());
            let idle = self.law.not_enabled(self.case.in_force(at));
            let idle = idle.iter().map(|citation| json!({ "rule": citation.rule, "status": citation.status.word() }));
            fields.insert("not_enabled".to_owned(), idle.collect());
        }
        told
    }

    /// The holidays of a date in the calendars of the packs.
    fn holidays(&self, date: NaiveDate) -> BTreeSet<String> {
        let names = self.packs.iter().filter_map(|pack| pack.head().calendar.as_deref());
        let calendars = names.filter_map(|name| self.law.calendar(name));
        calendars
            .filter_map(|calendar| {
                let name = calendar.holiday_name(date).map(|name| format!("{name} ({})", calendar.name()));
                let unknown = || format!("the calendar {} does not know this day", calendar.name());
                name.or_else(|| calendar.holiday(date).is_unknown().then(unknown))
            })
            .collect()
    }

    fn about<T: Send>(
        &self,
        py: Python<'_>,
        contact: Option<&str>,
        ask: impl FnOnce(&guardrail::Case, &Contact) -> Result<T, Vec<Trouble>> + Send,
    ) -> PyResult<T> {
        let told = py.detach(|| {
            let read = contact.map(Contact::from_json).transpose().map_err(|troubles| within("proposed", troubles))?;
            match read.as_ref().or(self.proposed.as_ref()) {
                Some(contact) => ask(&self.case, contact),
                None => {
                    let message = "missing: this case was made without a contact, so one must be given".to_owned();
                    Err(vec![Trouble { path: "proposed".to_owned(), message }])
                }
            }
        });
        told.map_err(|troubles| of_case(py, &troubles))
    }
}

/// A case under the law, and beside it the guardrails of a bank's own policy.
fn made(standing: Standing, now: DateTime<FixedOffset>, under: Read<'_>) -> Result<Case, Vec<Trouble>> {
    let Read { law, policy, nothing_else } = under;
    let standing = if nothing_else { standing.with_nothing_else_on_file(law) } else { standing };
    let case = guardrail::Case::new(law, &standing, now).map_err(|troubles| within("standing", troubles))?;
    let packs = case.packs().cloned().collect();
    let case = match policy.and_then(|policy| policy.policy.house_rules()) {
        Some(house) => case.with_house(house, &standing),
        None => case,
    };
    Ok(Case { case, proposed: None, law: law.clone(), packs })
}

fn moment(text: &str) -> Result<DateTime<FixedOffset>, Trouble> {
    DateTime::parse_from_rfc3339(text).map_err(|_| {
        let expected = "a moment with its offset from UTC, such as \"2026-03-31T10:15:00-04:00\"";
        Trouble { path: "now".to_owned(), message: format!("found {}: expected {expected}", json!(text)) }
    })
}

/// Troubles of a part of a larger document, at their places in it.
fn within(part: &str, troubles: Vec<Trouble>) -> Vec<Trouble> {
    let placed = |Trouble { path, message }| {
        let path = if path.is_empty() { part.to_owned() } else { format!("{part}.{path}") };
        Trouble { path, message }
    };
    troubles.into_iter().map(placed).collect()
}
