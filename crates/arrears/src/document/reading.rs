//! Values of a JSON document, each read by itself, so that one mistake does not hide the next.

use super::Fault;
use crate::number::Currency;
use crate::problem::nearest;
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The longest text that a problem repeats in full.
const SHOWN: usize = 60;

/// What is expected of a value that must be an object.
pub const OBJECT: &str = "an object, as in {\"name\": ...}";

/// What can be read from a JSON value. What is wrong with it is reported with its path.
pub trait Readable: Sized {
    /// What is expected.
    const EXPECTED: &str;
    /// Reads the value that stands at `path`; none if something is wrong with it, which is then reported.
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self>;
}

/// The fields of an object, taken one by one. What nobody asked for is unknown.
#[derive(Debug)]
pub struct Fields<'a> {
    object: &'a Map<String, Value>,
    path: &'a str,
    asked: Vec<&'static str>,
    problems: &'a mut Vec<Fault>,
}

impl<'a> Fields<'a> {
    /// The fields of an object; none if the value is no object, which is then reported.
    pub fn of(value: &'a Value, path: &'a str, problems: &'a mut Vec<Fault>) -> Option<Self> {
        match value {
            Value::Object(object) => Some(Self { object, path, asked: Vec::new(), problems }),
            other => refuse(path, other, OBJECT, problems),
        }
    }

    /// A field that must be there.
    pub fn required<T: Readable>(&mut self, key: &'static str) -> Option<T> {
        let read = self.given(key);
        if !self.object.contains_key(key) {
            self.report(key, format!("missing: expected {}", T::EXPECTED));
        }
        read
    }

    /// A field that may be absent, and then says what `T` is by default.
    pub fn optional<T: Readable + Default>(&mut self, key: &'static str) -> Option<T> {
        if self.object.contains_key(key) {
            self.given(key)
        } else {
            self.asked.push(key);
            Some(T::default())
        }
    }

    /// A field that may be absent; none too if it cannot be read.
    pub fn given<T: Readable>(&mut self, key: &'static str) -> Option<T> {
        self.asked.push(key);
        T::read(self.object.get(key)?, &join(self.path, key), self.problems)
    }

    /// A word of a list, which may be absent.
    pub fn word(&mut self, key: &'static str, words: &[&str]) -> Option<Option<String>> {
        let word: Option<String> = self.optional(key)?;
        match word {
            Some(word) if !words.contains(&word.as_str()) => {
                let meant = meant(&word, words.iter().copied());
                let found = shown(&Value::from(word));
                self.report(key, format!("found {found}{meant}: expected one of {}", words.join(", ")));
                // Refused; what stands around the word is still checked.
                Some(None)
            }
            word => Some(word),
        }
    }

    /// Whether a field is there.
    pub fn has(&self, key: &str) -> bool {
        self.object.contains_key(key)
    }

    /// Reports that something is wrong with a field.
    pub fn report(&mut self, key: &str, message: impl Into<String>) {
        self.problems.push(Fault::new(join(self.path, key), message));
    }

    /// Reports every field that nobody asked for.
    pub fn finish(self) {
        for key in self.object.keys().filter(|key| !self.asked.contains(&key.as_str())) {
            let known = self.asked.join(", ");
            let message = format!("unknown field{}: expected one of {known}", meant(key, self.asked.iter().copied()));
            self.problems.push(Fault::new(join(self.path, key), message));
        }
    }
}

/// The name that was probably meant, in brackets; nothing if none is near.
pub fn meant<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(found, known).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Reports a value that is not what was expected.
pub fn refuse<T>(path: &str, found: &Value, expected: &str, problems: &mut Vec<Fault>) -> Option<T> {
    problems.push(Fault::new(path, format!("found {}: expected {expected}", shown(found))));
    None
}

/// Reads a value that serde knows how to read.
pub(crate) fn by_serde<T: DeserializeOwned>(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<T> {
    match T::deserialize(value) {
        Ok(read) => Some(read),
        Err(error) => {
            problems.push(Fault::new(path, format!("found {}: {error}", shown(value))));
            None
        }
    }
}

/// A value as it was written, where it is short enough to be repeated.
fn shown(value: &Value) -> String {
    match value {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::String(text) if text.chars().count() > SHOWN => {
            format!("\"{}...\"", text.chars().take(SHOWN).collect::<String>().escape_debug())
        }
        other => other.to_string(),
    }
}

impl Readable for String {
    const EXPECTED: &str = "a text";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        match value {
            Value::String(text) => Some(text.clone()),
            other => refuse(path, other, Self::EXPECTED, problems),
        }
    }
}

impl Readable for bool {
    const EXPECTED: &str = "true or false, without quotes";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        value.as_bool().or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

impl Readable for u32 {
    const EXPECTED: &str = "a whole number of zero or more, without quotes";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let number = value.as_u64().and_then(|number| Self::try_from(number).ok());
        number.or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

impl Readable for u64 {
    const EXPECTED: &str = "a whole number of zero or more, without quotes";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        value.as_u64().or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

impl Readable for NaiveDate {
    const EXPECTED: &str = "a day of the calendar as year, month and day, such as \"2026-03-31\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let day = |text: &str| {
            text.parse().ok().filter(|_| text.len() == 10 && text.starts_with(|c: char| c.is_ascii_digit()))
        };
        value.as_str().and_then(day).or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

impl Readable for Currency {
    const EXPECTED: &str = "a currency code of three capital letters, such as \"CNY\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let code = value.as_str().and_then(|text| text.parse().ok());
        code.or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

impl<T: Readable> Readable for Option<T> {
    const EXPECTED: &str = T::EXPECTED;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value, path, problems).map(Some) }
    }
}

impl<T: Readable> Readable for Vec<T> {
    const EXPECTED: &str = "a list, as in [ ... ]";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let Value::Array(items) = value else {
            return refuse(path, value, Self::EXPECTED, problems);
        };
        // Every item is read before the first bad one ends the list.
        let read: Vec<Option<T>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| T::read(item, &format!("{path}[{index}]"), problems))
            .collect();
        read.into_iter().collect()
    }
}

impl Readable for DateTime<FixedOffset> {
    const EXPECTED: &str = "a moment with its offset from UTC, such as \"2026-03-31T10:15:00-04:00\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let moment = value.as_str().and_then(|text| Self::parse_from_rfc3339(text).ok());
        moment.or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

impl<T: Readable> Readable for BTreeMap<String, T> {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let Value::Object(object) = value else {
            return refuse(path, value, Self::EXPECTED, problems);
        };
        let read: Vec<Option<(String, T)>> = object
            .iter()
            .map(|(key, value)| Some((key.clone(), T::read(value, &join(path, key), problems)?)))
            .collect();
        read.into_iter().collect()
    }
}
