//! What is known of a person whom one may want to contact.

use super::Contact;
use crate::facts::Channel;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of a person whom one may want to contact: debts, earlier contacts, what the
/// person asked for and agreed to, what protects them.
///
/// Lists that are not given are *not known*; an empty list says that there is nothing. A rule that
/// needs what is not known calls for a person's look; it never lets the contact go out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Standing {
    /// Whose law binds contact with the person: `US-MA`. Empty: not known.
    pub jurisdiction: String,
    /// Every zone in which the person may be, by IANA name. Empty: not known.
    pub zones: Vec<String>,
    /// The debts, at least one.
    pub debts: Vec<Debt>,
    /// Earlier contacts, in any order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<Contact>>,
    /// Times and places that the person called convenient or inconvenient.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferences: Option<Vec<Preference>>,
    /// What the person agreed to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consents: Option<Vec<Consent>>,
    /// Channels, numbers and addresses that the person asked not to be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusals: Option<Vec<Refusal>>,
    /// Numbers that turned out not to be the person's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong_numbers: Option<Vec<WrongNumber>>,
    /// Facts that hold for a time: a dispute, a moratorium, a notice to cease.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spells: Vec<Spell>,
    /// The last day on which each event of law happened, by its name; `null`: it never did.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<String, Option<NaiveDate>>,
    /// Facts of the person and of all debts, by name: `true`, `12`, `"third_party"`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Told>,
}

/// A debt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Debt {
    /// Its identifier.
    pub id: String,
    /// The product: `student_loan`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The account number under which it is, or was when it was acquired, serviced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_number: Option<String>,
    /// Facts of this debt, by name; they go before those of the person.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Told>,
}

/// A fact as it is told: yes or no, a whole number (days, counts), a word, or *never*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Told {
    /// Yes or no.
    Flag(bool),
    /// A number of days or of things.
    Number(i64),
    /// A word; `never` says that it never happened.
    Word(String),
}

/// A fact that holds for a time. Outside the time it does not hold, unless it is told to hold as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Spell {
    /// The flag: `dispute`, `moratorium`, `cease_contact`.
    pub fact: String,
    /// From this moment on, or this local date; without it from ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Edge>,
    /// Up to this moment (not included), or this local date (included); without it for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Edge>,
    /// The debts it concerns; without it all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debts: Option<Vec<String>>,
}

/// A moment, or a local date in the person's first zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Edge {
    /// A moment.
    At(DateTime<FixedOffset>),
    /// A local date.
    On(NaiveDate),
}

/// A time or a place that the person called convenient or inconvenient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// What it says.
    pub kind: PreferenceKind,
    /// For times, the days of the week; without it every day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<chrono::Weekday>,
    /// For times, from when; without it from midnight.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "clock")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub from: Option<NaiveTime>,
    /// For times, until when, not included; without it to the end of the day.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "clock_end")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub to: Option<NaiveTime>,
    /// The last local date on which it holds; without it for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// What a preference says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PreferenceKind {
    /// Contact is welcome then.
    ConvenientTime,
    /// Contact is not welcome then.
    InconvenientTime,
    /// Contact at home is not welcome.
    InconvenientHome,
    /// Contact at work is not welcome.
    InconvenientWork,
    /// The employer prohibits such contact.
    EmployerProhibits,
}

/// What the person agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// The kind, as packs name it: `contact_time`, `extra_calls`, `address`.
    pub kind: String,
    /// When it was given.
    pub given_at: DateTime<FixedOffset>,
    /// To whom: `collector`, `creditor`, `prior_collector`; without it not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_to: Option<String>,
    /// When it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<DateTime<FixedOffset>>,
    /// The days of the week for which it was given; without it every day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<chrono::Weekday>,
    /// From when on a day; without it from midnight.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "clock")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub from: Option<NaiveTime>,
    /// Until when on a day, not included; without it to the end of the day.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "clock_end")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub to: Option<NaiveTime>,
    /// The one local date for which it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_on: Option<NaiveDate>,
    /// The last local date for which it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// The address for which it was given; without it any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// What the person asked not to be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// The channels, by their words.
    #[serde(with = "channel_words")]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub channels: Vec<Channel>,
    /// Only this number; without it the channels altogether.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Only this address; without it the channels altogether.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// A number that turned out not to be the person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WrongNumber {
    /// The number.
    pub number: String,
    /// When that became known.
    pub learned_at: DateTime<FixedOffset>,
}

/// Clock times as people write them: `08:00`.
mod clock {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::ref_option, reason = "the form that serde asks for")]
    pub(super) fn serialize<S: Serializer>(time: &Option<NaiveTime>, serializer: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => serializer.serialize_str(&time.format("%H:%M").to_string()),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
        match Option::<String>::deserialize(deserializer)? {
            Some(text) if text == "24:00" => Err(D::Error::custom("no time begins at 24:00: that is where a day ends")),
            Some(text) => read(&text).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn read<E: Error>(text: &str) -> Result<NaiveTime, E> {
        let time = NaiveTime::parse_from_str(text, "%H:%M").ok().filter(|_| text.len() == 5);
        time.ok_or_else(|| E::custom(format!("`{text}` is not a clock time, expected \"08:00\"")))
    }
}

/// The same where a time ends: `24:00` is the end of the day, where a time without an end ends.
mod clock_end {
    use chrono::NaiveTime;
    use serde::{Deserialize, Deserializer};

    pub(super) use super::clock::serialize;

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveTime>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?.filter(|text| text != "24:00");
        text.map(|text| super::clock::read(&text)).transpose()
    }
}

mod channel_words {
    use crate::facts::Channel;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(channels: &[Channel], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(channels.iter().map(|channel| channel.word()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Channel>, D::Error> {
        let words = Vec::<String>::deserialize(deserializer)?;
        let read = |word: String| {
            Channel::from_word(&word).ok_or_else(|| D::Error::custom(format!("`{word}` is not a channel")))
        };
        words.into_iter().map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preference(times: &str) -> Result<Preference, String> {
        let text = format!("{{\"kind\": \"convenient_time\", {times}}}");
        serde_json::from_str(&text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_time_may_end_where_the_day_ends() {
        let evening = preference("\"from\": \"18:00\", \"to\": \"24:00\"").unwrap();
        assert_eq!((evening.from, evening.to), (NaiveTime::from_hms_opt(18, 0, 0), None));
    }

    #[test]
    fn no_time_begins_where_the_day_ends() {
        let error = preference("\"from\": \"24:00\"").unwrap_err();
        assert!(error.contains("no time begins at 24:00"), "{error}");
    }

    #[test]
    fn a_time_is_written_with_two_digits_each() {
        let error = preference("\"from\": \"8:00\"").unwrap_err();
        assert!(error.contains("`8:00` is not a clock time, expected \"08:00\""), "{error}");
    }
}
