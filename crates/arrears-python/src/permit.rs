//! One person's case under a law, and what it says of proposed contacts.

use crate::failure::of_case;
use crate::law::Law;
use crate::policy::Policy;
use arrears::guardrail::{self, Contact, Inquiry, Standing, Trouble};
use chrono::{DateTime, FixedOffset};
use pyo3::prelude::*;
use serde_json::json;

/// What is known of a person, made ready to judge contacts; with the contact that is proposed, if one is.
#[pyclass(frozen, module = "arrears._arrears")]
pub(crate) struct Case {
    case: guardrail::Case,
    proposed: Option<Contact>,
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
            Ok(Self { case, proposed: Some(proposed) })
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
                (Ok(standing), Ok(now)) => Ok(Self { case: made(standing, now, under)?, proposed: None }),
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
        self.about(py, contact, |case, contact| {
            case.permission(contact).map(|permission| json!(permission).to_string())
        })
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
        self.about(py, contact, |case, contact| case.permitted_days(contact, days).map(|days| json!(days).to_string()))
    }

    /// Where each of some facts that are not known is told, as JSON.
    fn how_to_tell(&self, missing: Vec<String>) -> String {
        json!(self.case.how_to_tell(&missing)).to_string()
    }
}

impl Case {
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
fn made(standing: Standing, now: DateTime<FixedOffset>, under: Read<'_>) -> Result<guardrail::Case, Vec<Trouble>> {
    let Read { law, policy, nothing_else } = under;
    let standing = if nothing_else { standing.with_nothing_else_on_file(law) } else { standing };
    let case = guardrail::Case::new(law, &standing, now).map_err(|troubles| within("standing", troubles))?;
    let house = policy.and_then(|policy| policy.policy.house_rules());
    Ok(match house {
        Some(house) => case.with_house(house, &standing),
        None => case,
    })
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
