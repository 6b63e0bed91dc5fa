//! What is told of a person and a contact, as it is read from JSON.

use super::{
    Consent, Contact, Debt, Direction, Edge, Preference, PreferenceKind, Refusal, Spell, Standing, Told, WrongNumber,
};
use crate::document::{Fault, Fields, OBJECT, Readable, meant, refuse};
use crate::facts::table::{
    ADDRESS_KINDS, CONTACT_PURPOSES, CONTENTS, NUMBER_KINDS, PLACES, REASONS, RECIPIENTS, REPEAT_REASONS,
};
use crate::facts::{Channel, outcome_table};
use chrono::{NaiveTime, Weekday};
use serde_json::Value;

/// To whom consent is given.
pub(super) const GIVEN_TO: &[&str] = &["collector", "creditor", "prior_collector"];

/// Reads a value field by field; all of its fields are read before one that cannot be ends it.
macro_rules! readable {
    ($( $kind:ident { $( $field:ident: $how:ident $(($with:expr))? ),* $(,)? } )*) => { $(
        impl Readable for $kind {
            const EXPECTED: &str = OBJECT;
            fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
                let mut fields = Fields::of(value, path, problems)?;
                $( let $field = fields.$how(stringify!($field) $(, $with)?); )*
                fields.finish();
                Some(Self { $( $field: $field? ),* })
            }
        }
    )* };
}

readable! {
    Standing {
        jurisdiction: optional, zones: optional, debts: optional, contacts: optional, preferences: optional,
        consents: optional, refusals: optional, wrong_numbers: optional, spells: optional, events: optional,
        facts: optional,
    }
    Debt { id: required, product: optional, account_number: optional, facts: optional }
    Contact {
        at: required, direction: optional, channel: required, outcome: word(&outcomes()),
        recipient: word(RECIPIENTS), person: optional, debts: optional, discussed: optional, allocated_to: optional,
        number: optional, number_kind: word(NUMBER_KINDS), address: optional, address_kind: word(ADDRESS_KINDS),
        purpose: word(CONTACT_PURPOSES), content: word(CONTENTS), opt_out_notice: optional, reply_to: optional,
        same_call: optional, reason: word(REASONS), repeat_reason: word(REPEAT_REASONS), debtor_at: word(PLACES),
        active_session: optional, returned_on: optional,
    }
    Spell { fact: required, from: optional, to: optional, debts: optional }
    Preference { kind: required, weekdays: weekdays, from: begins, to: ends, until: optional }
    Consent {
        kind: required, given_at: required, given_to: word(GIVEN_TO), withdrawn_at: optional, weekdays: weekdays,
        from: begins, to: ends, only_on: optional, until: optional, address: optional,
    }
    Refusal { at: required, channels: required, number: optional, address: optional }
    WrongNumber { number: required, learned_at: required }
}

pub(super) fn outcomes() -> Vec<&'static str> {
    outcome_table().iter().map(|outcome| outcome.code).collect()
}

impl Fields<'_> {
    /// Days of the week; every day where none is given.
    fn weekdays(&mut self, key: &'static str) -> Option<Vec<Weekday>> {
        let days: Vec<Day> = self.optional(key)?;
        Some(days.into_iter().map(|Day(day)| day).collect())
    }

    /// When something begins on a day.
    fn begins(&mut self, key: &'static str) -> Option<Option<NaiveTime>> {
        match self.optional::<Option<Clock>>(key)? {
            None => Some(None),
            Some(Clock(Some(time))) => Some(Some(time)),
            Some(Clock(None)) => {
                self.report(key, "found \"24:00\": nothing begins at the end of the day");
                None
            }
        }
    }

    /// When something ends on a day: `24:00`, at its end, is the same as not saying so.
    fn ends(&mut self, key: &'static str) -> Option<Option<NaiveTime>> {
        let time: Option<Clock> = self.optional(key)?;
        Some(time.and_then(|Clock(time)| time))
    }
}

/// A clock time; none: the end of the day.
pub(super) struct Clock(pub(super) Option<NaiveTime>);

impl Readable for Clock {
    const EXPECTED: &str = "a clock time from \"00:00\" to \"24:00\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let text = value.as_str().filter(|text| text.len() == 5);
        match text {
            Some("24:00") => Some(Self(None)),
            text => match text.and_then(|text| NaiveTime::parse_from_str(text, "%H:%M").ok()) {
                Some(time) => Some(Self(Some(time))),
                None => refuse(path, value, Self::EXPECTED, problems),
            },
        }
    }
}

struct Day(Weekday);

impl Readable for Day {
    const EXPECTED: &str = "a day of the week: mon, tue, wed, thu, fri, sat, sun";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let day = value.as_str().and_then(|text| text.parse().ok()).map(Self);
        day.or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

impl Readable for Channel {
    const EXPECTED: &str = "a channel, such as \"phone\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let Some(word) = value.as_str() else { return refuse(path, value, Self::EXPECTED, problems) };
        let channel = Self::from_word(word);
        if channel.is_none() {
            let words = Self::ALL.map(Self::word);
            let message = format!("`{word}` is no channel{}: expected one of {}", meant(word, words), words.join(", "));
            problems.push(Fault::new(path, message));
        }
        channel
    }
}

impl Readable for Direction {
    const EXPECTED: &str = "\"out\" or \"in\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        match value.as_str() {
            Some("out") => Some(Self::Out),
            Some("in") => Some(Self::In),
            _ => refuse(path, value, Self::EXPECTED, problems),
        }
    }
}

impl Readable for PreferenceKind {
    const EXPECTED: &str =
        "convenient_time, inconvenient_time, inconvenient_home, inconvenient_work or employer_prohibits";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        match value.as_str() {
            Some("convenient_time") => Some(Self::ConvenientTime),
            Some("inconvenient_time") => Some(Self::InconvenientTime),
            Some("inconvenient_home") => Some(Self::InconvenientHome),
            Some("inconvenient_work") => Some(Self::InconvenientWork),
            Some("employer_prohibits") => Some(Self::EmployerProhibits),
            _ => refuse(path, value, Self::EXPECTED, problems),
        }
    }
}

impl Readable for Edge {
    const EXPECTED: &str = "a day, such as \"2026-03-31\", or a moment, such as \"2026-03-31T10:15:00-04:00\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut aside = Vec::new();
        let day = Readable::read(value, path, &mut aside).map(Self::On);
        let edge = day.or_else(|| Readable::read(value, path, &mut aside).map(Self::At));
        edge.or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

impl Readable for Told {
    const EXPECTED: &str = "true, false, a whole number or a word; what is not known is left out";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let told = match value {
            Value::Bool(set) => Some(Self::Flag(*set)),
            Value::Number(number) => number.as_i64().map(Self::Number),
            Value::String(word) => Some(Self::Word(word.clone())),
            _ => None,
        };
        told.or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}
