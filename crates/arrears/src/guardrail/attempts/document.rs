//! A plan of attempts, as it is read from JSON.

use super::plan::{AttemptPlan, Dialled, Slot};
use crate::document::{Fault, Fields, OBJECT, Readable, Written, meant, refuse};
use crate::guardrail::Trouble;
use crate::guardrail::reading::Clock;
use serde_json::Value;

/// The name and version of the format. A later version that means something else has another number.
pub const ATTEMPTS_FORMAT: &str = "arrears-attempts/1";

impl AttemptPlan {
    /// Reads a plan from its JSON document: an object with `numbers`, `a_day`, `days`, and if wanted
    /// `apart`, `slots`, `drop_after` and `format`. Without `apart` attempts are a minute apart.
    ///
    /// ```
    /// use arrears::guardrail::AttemptPlan;
    /// let wrong = AttemptPlan::from_json(r#"{
    ///     "numbers": [{ "number": "+12125550101", "kind": "mobil" }], "a_day": 3, "days": 5, "slots": []
    /// }"#).unwrap_err();
    /// let paths: Vec<&str> = wrong.iter().map(|wrong| wrong.path.as_str()).collect();
    /// assert_eq!(paths, ["numbers[0].kind", "slots"]);
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in the order of the document: a text that is no JSON, a field
    /// that nobody knows or that stands twice, a value that cannot be, and what [`AttemptPlan::check`] finds.
    pub fn from_json(text: &str) -> Result<Self, Vec<Trouble>> {
        let no_json = |error| vec![Trouble::new("", format!("not a JSON document: {error}"))];
        let written = Written::read(text).map_err(no_json)?;
        let document: Value = serde_json::from_str(text).map_err(no_json)?;
        let mut troubles = written.repeated.clone();
        let plan = Self::read(&document, "", &mut troubles);
        match plan {
            Some(plan) if troubles.is_empty() => Ok(plan),
            _ => Err(written.in_order(troubles)),
        }
    }
}

impl Readable for AttemptPlan {
    const EXPECTED: &str = "an object with `numbers`, `a_day` and `days`";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let Value::Object(_) = value else { return refuse(path, value, Self::EXPECTED, problems) };
        let mut fields = Fields::of(value, path, problems)?;
        let _: Option<Option<Format>> = fields.optional("format");
        let (numbers, a_day, days) = (fields.required("numbers"), fields.required("a_day"), fields.required("days"));
        let apart: Option<Option<u32>> = fields.optional("apart");
        let (slots, drop_after) = (fields.optional("slots"), fields.optional("drop_after"));
        fields.finish();
        let whole = numbers.is_some() && a_day.is_some() && days.is_some();
        let whole = whole && apart.is_some() && slots.is_some() && drop_after.is_some();
        // What cannot be read is in order here, so that the rest is checked beside it.
        let any = || vec![Dialled { number: "0".to_owned(), kind: "home".to_owned() }];
        let plan = Self {
            numbers: numbers.unwrap_or_else(any),
            a_day: a_day.unwrap_or(1),
            days: days.unwrap_or(1),
            apart: apart.flatten().unwrap_or(1),
            slots: slots.unwrap_or_default(),
            drop_after: drop_after.unwrap_or_default(),
        };
        problems.extend(plan.check().err().into_iter().flatten());
        whole.then_some(plan)
    }
}

impl Readable for Dialled {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (number, kind) = (fields.required("number"), fields.required("kind"));
        fields.finish();
        Some(Self { number: number?, kind: kind? })
    }
}

impl Readable for Slot {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (from, to): (Option<Clock>, Option<Clock>) = (fields.required("from"), fields.required("to"));
        if matches!(from, Some(Clock(None))) {
            fields.report("from", "found \"24:00\": nothing begins at the end of the day");
        }
        fields.finish();
        let (Clock(from), Clock(to)) = (from?, to?);
        Some(Self { from: from?, to })
    }
}

/// The word that says how the document is to be read.
struct Format;

impl Readable for Format {
    const EXPECTED: &str = "\"arrears-attempts/1\"";
    fn read(value: &Value, path: &str, troubles: &mut Vec<Trouble>) -> Option<Self> {
        match value.as_str() {
            Some(ATTEMPTS_FORMAT) => Some(Self),
            Some(word) => {
                let meant = meant(word, [ATTEMPTS_FORMAT]);
                let message = format!("`{word}` is no format of a plan{meant}: expected {}", Self::EXPECTED);
                troubles.push(Trouble::new(path, message));
                None
            }
            None => refuse(path, value, Self::EXPECTED, troubles),
        }
    }
}
