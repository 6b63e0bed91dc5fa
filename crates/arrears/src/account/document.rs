//! A history as a JSON document: read whole, or not at all.

use super::problem::HistoryProblem;
use super::unique::repeated_fields;
use super::{Account, Event, Happening, Kept};
use crate::number::Currency;
use crate::problem::nearest;
use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The name and version of the format. A later version that means something else has
/// another number.
pub const FORMAT: &str = "arrears-history/1";

const KEYS: [&str; 7] = ["format", "account_id", "customer_id", "currency", "opened_on", "complete", "events"];
const ENVELOPE: [&str; 5] = ["id", "occurred_on", "known_on", "sequence", "event"];

/// The document of an account, as it is written.
#[derive(Serialize)]
struct Document<'a> {
    format: &'a str,
    account_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_id: Option<&'a str>,
    currency: Currency,
    opened_on: NaiveDate,
    complete: &'a BTreeSet<Kept>,
    events: &'a [Event],
}

impl Account {
    /// Reads a history from its JSON document.
    ///
    /// ```
    /// use arrears::account::Account;
    /// let account = Account::from_json(r#"{
    ///     "format": "arrears-history/1", "account_id": "A-1", "currency": "EUR", "opened_on": "2025-11-03",
    ///     "complete": ["contacts", "promises"],
    ///     "events": [
    ///         {"id": "s", "occurred_on": "2025-11-03", "event": "schedule",
    ///          "instalments": [{"item": "1", "due_on": "2026-01-12", "amount": "120.00"}]},
    ///         {"id": "p", "occurred_on": "2026-01-20", "event": "payment", "amount": "120.00"}
    ///     ]
    /// }"#).map_err(|problems| format!("{problems:?}"))?;
    /// assert_eq!(account.events().len(), 2);
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in the order of the document: a text that is no JSON, a field
    /// that nobody knows, a value that cannot be read, an event that contradicts others. Then nothing
    /// of it is taken.
    pub fn from_json(text: &str) -> Result<Self, Vec<HistoryProblem>> {
        let no_json = |error| vec![HistoryProblem::new("", format!("not a JSON document: {error}"))];
        let mut problems = repeated_fields(text).map_err(no_json)?;
        let Value::Object(fields) = serde_json::from_str(text).map_err(no_json)? else {
            return Err(vec![HistoryProblem::new("", "expected an object with `format`, `account_id`, `events`")]);
        };
        let account = read(fields, &mut problems);
        match account {
            Some(account) if problems.is_empty() => Ok(account),
            _ => Err(problems),
        }
    }

    /// The JSON document of the history: the same text for the same history, whatever the
    /// order in which its events arrived.
    ///
    /// # Errors
    ///
    /// None in practice: every part of a history has a form in JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(&Document {
            format: FORMAT,
            account_id: &self.id,
            customer_id: self.customer.as_deref(),
            currency: self.currency,
            opened_on: self.opened_on,
            complete: &self.complete,
            events: &self.events,
        })
    }
}

fn read(mut fields: Map<String, Value>, problems: &mut Vec<HistoryProblem>) -> Option<Account> {
    unknown_fields(&fields, "", &KEYS, problems);
    match fields.remove("format") {
        Some(Value::String(format)) if format == FORMAT => {}
        Some(other) => problems.push(HistoryProblem::new("format", format!("found {other}, expected \"{FORMAT}\""))),
        None => problems.push(HistoryProblem::new("format", format!("missing: expected \"{FORMAT}\""))),
    }
    let id: Option<String> = field(&mut fields, "", "account_id", problems);
    let customer: Option<String> = optional(&mut fields, "", "customer_id", problems);
    let currency: Option<Currency> = field(&mut fields, "", "currency", problems);
    let opened_on: Option<NaiveDate> = field(&mut fields, "", "opened_on", problems);
    let complete: Option<BTreeSet<Kept>> = field(&mut fields, "", "complete", problems);
    let events = events(fields.remove("events"), problems);
    if id.as_deref() == Some("") {
        problems.push(HistoryProblem::new("account_id", "empty: an account needs a name"));
    }
    let mut account = Account::new(id?, currency?, opened_on?).complete_in(complete?);
    account.customer = customer;
    match account.with_events(events) {
        Ok(account) => Some(account),
        Err(more) => {
            problems.extend(more);
            None
        }
    }
}

/// Every event that can be read, with its place in the document.
fn events(value: Option<Value>, problems: &mut Vec<HistoryProblem>) -> Vec<(usize, Event)> {
    let list = match value {
        Some(Value::Array(list)) => list,
        Some(_) => {
            problems.push(HistoryProblem::new("events", "expected a list of events"));
            return Vec::new();
        }
        None => {
            problems.push(HistoryProblem::new("events", "missing: expected a list of events, which may be empty"));
            return Vec::new();
        }
    };
    let read = list.into_iter().enumerate().filter_map(|(index, value)| {
        let path = format!("events[{index}]");
        let Value::Object(fields) = value else {
            problems.push(HistoryProblem::new(path, "expected an object"));
            return None;
        };
        event(fields, &path, problems).map(|event| (index, event))
    });
    read.collect()
}

fn event(mut fields: Map<String, Value>, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Event> {
    let before = problems.len();
    let id: Option<String> = field(&mut fields, path, "id", problems);
    let occurred_on: Option<NaiveDate> = field(&mut fields, path, "occurred_on", problems);
    let known_on: Option<NaiveDate> = optional(&mut fields, path, "known_on", problems);
    let sequence: Option<u32> = optional(&mut fields, path, "sequence", problems);
    let word: Option<String> = field(&mut fields, path, "event", problems);
    let happening = word.and_then(|word| happening(&word, fields, path, problems));
    let (id, occurred_on, happening) = (id?, occurred_on?, happening?);
    (problems.len() == before).then_some(Event {
        id,
        occurred_on,
        known_on: known_on.unwrap_or(occurred_on),
        sequence,
        happening,
    })
}

fn happening(
    word: &str,
    particulars: Map<String, Value>,
    path: &str,
    problems: &mut Vec<HistoryProblem>,
) -> Option<Happening> {
    let Some(read) = Happening::read(word, Value::Object(particulars)) else {
        let near = nearest(word, Happening::WORDS.iter().copied());
        let near = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
        let known = Happening::WORDS.join(", ");
        let message = format!("`{word}` is no event{near}: expected one of {known}");
        problems.push(HistoryProblem::new(format!("{path}.event"), message));
        return None;
    };
    match read {
        Ok(happening) => Some(happening),
        Err(error) => {
            let inner = error.path().to_string();
            let place = if inner == "." { path.to_owned() } else { format!("{path}.{inner}") };
            let mut message = error.into_inner().to_string();
            if message.starts_with("unknown field") && !ENVELOPE.iter().any(|key| message.contains(key)) {
                message.push_str(&format!(" (an event also has {})", ENVELOPE.join(", ")));
            }
            problems.push(HistoryProblem::new(place, message));
            None
        }
    }
}

/// A field that must be there.
fn field<T: DeserializeOwned>(
    fields: &mut Map<String, Value>,
    path: &str,
    key: &str,
    problems: &mut Vec<HistoryProblem>,
) -> Option<T> {
    if fields.contains_key(key) {
        return optional(fields, path, key, problems);
    }
    problems.push(HistoryProblem::new(join(path, key), "missing"));
    None
}

/// A field that may be there.
fn optional<T: DeserializeOwned>(
    fields: &mut Map<String, Value>,
    path: &str,
    key: &str,
    problems: &mut Vec<HistoryProblem>,
) -> Option<T> {
    let value = fields.remove(key)?;
    let found = value.to_string();
    match serde_json::from_value(value) {
        Ok(read) => Some(read),
        Err(error) => {
            problems.push(HistoryProblem::new(join(path, key), format!("found {found}: {error}")));
            None
        }
    }
}

fn unknown_fields(fields: &Map<String, Value>, path: &str, known: &[&str], problems: &mut Vec<HistoryProblem>) {
    for key in fields.keys().filter(|key| !known.contains(&key.as_str())) {
        let near = nearest(key, known.iter().copied()).map(|near| format!(" (did you mean `{near}`?)"));
        let message = format!("unknown field{}: expected one of {}", near.unwrap_or_default(), known.join(", "));
        problems.push(HistoryProblem::new(join(path, key), message));
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
