//! A history as a JSON document: read whole, or not at all.

use super::check::{Grounds, Unread, checked};
use super::{Account, Event, Happening, HistoryProblem, Kept};
use crate::document::{Fields, Readable, Written, meant, refuse};
use crate::number::Currency;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// The name and version of the format. A later version that means something else has
/// another number.
pub const FORMAT: &str = "arrears-history/1";

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
        let written = Written::read(text).map_err(no_json)?;
        let document = serde_json::from_str(text).map_err(no_json)?;
        let mut problems = written.repeated.clone();
        let account = read(&document, &mut problems);
        match account {
            Some(account) if problems.is_empty() => Ok(account),
            _ => Err(written.in_order(problems)),
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

fn read(document: &Value, problems: &mut Vec<HistoryProblem>) -> Option<Account> {
    let Value::Object(_) = document else {
        return refuse("", document, "an object with `format`, `account_id`, `events` and others", problems);
    };
    let mut fields = Fields::of(document, "", problems)?;
    let _: Option<Format> = fields.required("format");
    let id = fields.required::<String>("account_id");
    let customer = fields.optional::<Option<String>>("customer_id");
    for (key, name) in [("account_id", id.as_deref()), ("customer_id", customer.as_ref().and_then(Option::as_deref))] {
        if name == Some("") {
            fields.report(key, "empty: expected a name of its own");
        }
    }
    let currency: Option<Currency> = fields.required("currency");
    let opened_on: Option<NaiveDate> = fields.required("opened_on");
    let complete: Option<Vec<Kept>> = fields.required("complete");
    let written: Option<Events> = fields.required("events");
    fields.finish();
    let Events { read, unread } = written.unwrap_or_default();
    let events = match checked(Grounds { currency, opened_on, recorded: &[], unread }, read) {
        Ok(events) => events,
        Err(more) => {
            problems.extend(more);
            return None;
        }
    };
    let mut account = Account::new(id?, currency?, opened_on?).complete_in(complete?);
    account.customer = customer?;
    account.record(events);
    Some(account)
}

/// The word that says how the document is to be read.
struct Format;

impl Readable for Format {
    const EXPECTED: &str = "\"arrears-history/1\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        if value == FORMAT { Some(Self) } else { refuse(path, value, Self::EXPECTED, problems) }
    }
}

/// The events that could be read, each with its place in the document, and what is known of the others.
#[derive(Default)]
struct Events {
    read: Vec<(usize, Event)>,
    unread: Unread,
}

impl Readable for Events {
    const EXPECTED: &str = "a list of events, which may be empty";
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        let Value::Array(list) = value else {
            return refuse(path, value, Self::EXPECTED, problems);
        };
        let mut events = Self::default();
        for (index, value) in list.iter().enumerate() {
            match event(value, &format!("{path}[{index}]"), problems) {
                Some(event) => events.read.push((index, event)),
                None => events.unread.note(value),
            }
        }
        Some(events)
    }
}

fn event(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Event> {
    let before = problems.len();
    let mut fields = Fields::of(value, path, problems)?;
    let id = fields.required("id");
    let occurred_on = fields.required("occurred_on");
    let known_on = fields.given("known_on");
    let sequence = fields.given("sequence");
    let word: Option<String> = fields.required("event");
    let known = word.as_deref().is_some_and(|word| Happening::WORDS.contains(&word));
    let happening = word.as_deref().filter(|_| known).and_then(|word| Happening::read(word, &mut fields));
    match word {
        Some(word) if !known => {
            let words = Happening::WORDS.join(", ");
            let near = meant(&word, Happening::WORDS.iter().copied());
            fields.report("event", format!("`{word}` is no event{near}: expected one of {words}"));
        }
        Some(_) => fields.finish(),
        None => {}
    }
    let (id, occurred_on, happening) = (id?, occurred_on?, happening?);
    let known_on = known_on.unwrap_or(occurred_on);
    (problems.len() == before).then_some(Event { id, occurred_on, known_on, sequence, happening })
}

impl Readable for Kept {
    const EXPECTED: &str = "the name of a kind of record";
    fn read(value: &Value, path: &str, problems: &mut Vec<HistoryProblem>) -> Option<Self> {
        let word = value.as_str().unwrap_or_default();
        if let Some(kept) = Self::ALL.into_iter().find(|kept| kept.word() == word) {
            return Some(kept);
        }
        let words = Self::ALL.map(Self::word);
        refuse(path, value, &format!("one of {}{}", words.join(", "), meant(word, words)), problems)
    }
}
