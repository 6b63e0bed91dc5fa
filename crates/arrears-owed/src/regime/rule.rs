//! A rule of a regime, with where it stands and how it is known.

use arrears::document::{Fault, Fields, Readable, refuse};
use arrears::policy::pack::{Basis, Certainty, Status};
use serde_json::Value;

/// A rule of a regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id: `US-FFIEC-class`.
    pub id: String,
    /// What it says.
    pub says: String,
    /// Where it stands.
    pub cites: String,
    /// How it is known.
    pub basis: Basis,
    /// How sure its reading is.
    pub certainty: Certainty,
    /// Whether it is in force and was verified.
    pub status: Status,
    /// What the source says beyond this and is not covered here.
    pub not_covered: String,
    /// Whether a host enabled it by name.
    pub(super) enabled: bool,
}

impl Rule {
    /// Whether it may be used only because a host enabled it by name.
    pub fn enabled_by_hand(&self) -> bool {
        self.enabled && self.status != Status::InForce
    }

    /// Whether it may be used: it is in force and was verified, or a host enabled it by name.
    pub fn usable(&self) -> bool {
        self.status == Status::InForce || self.enabled
    }
}

impl Readable for Rule {
    const EXPECTED: &str = "a rule, as in {\"rule\": ..., \"says\": ..., \"cites\": ...}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let id: Option<String> = text(&mut fields, "rule");
        let (says, cites) = (text(&mut fields, "says"), text(&mut fields, "cites"));
        let basis: Option<Basis> =
            worded(&mut fields, "basis", &["primary", "secondary", "recalled"], Basis::from_word);
        let certainty = worded(&mut fields, "certainty", &["high", "medium", "low"], Certainty::from_word);
        let status =
            worded(&mut fields, "status", &["in_force", "unverified", "draft", "superseded"], Status::from_word);
        if basis == Some(Basis::Recalled) && status == Some(Status::InForce) {
            let message =
                "a rule that is only recalled is not in force: expected \"unverified\", until its text was read";
            fields.report("status", message);
        }
        let not_covered = text(&mut fields, "not_covered");
        fields.finish();
        Some(Self {
            id: id?,
            says: says?,
            cites: cites?,
            basis: basis?,
            certainty: certainty?,
            status: status?,
            not_covered: not_covered?,
            enabled: false,
        })
    }
}

/// A text that says something.
pub(crate) fn text(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let text: String = fields.required(key)?;
    if text.trim().is_empty() {
        fields.report(key, "empty: expected a text that says something");
        return None;
    }
    Some(text)
}

/// A word of a list, which must be there.
pub(crate) fn worded<T>(
    fields: &mut Fields<'_>,
    key: &'static str,
    words: &[&str],
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    match fields.word(key, words)? {
        Some(word) => read(&word),
        None if fields.has(key) => None,
        None => {
            fields.report(key, format!("missing: expected one of {}", words.join(", ")));
            None
        }
    }
}

/// A number of one or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Positive(pub(crate) u32);

impl Readable for Positive {
    const EXPECTED: &str = "a whole number of one or more, without quotes";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0);
        number.map(Self).or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}
