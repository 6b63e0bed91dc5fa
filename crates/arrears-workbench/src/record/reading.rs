//! A record, as it is read from JSON.

use super::{CalendarRecord, FileRecord, LawRecord, PackRecord, PolicyRecord, RUN_FORMAT, RunRecord, SourceRecord};
use arrears::document::{Fault, Fields, OBJECT, Readable, meant, read_whole, refuse};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a file can be to a run.
const ROLES: [&str; 10] =
    ["accounts", "contacts", "payments", "promises", "holds", "state", "columns", "pack", "decisions", "errors"];

impl RunRecord {
    /// Reads a record from its JSON document, as `arrears run --log` writes it.
    ///
    /// ```
    /// use arrears_workbench::record::RunRecord;
    /// let wrong = RunRecord::from_json(r#"{ "format": "arrears-run/2", "asof": "2026-03-31" }"#).unwrap_err();
    /// let told = wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    /// assert!(told.contains("engine: missing: expected a text"), "{told}");
    /// assert!(told.contains("is no format of a record (did you mean `arrears-run/1`?)"), "{told}");
    /// assert!(told.contains("asof: unknown field (did you mean `as_of`?)"), "{told}");
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in the order of the document.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        read_whole(text)
    }
}

impl Readable for RunRecord {
    const EXPECTED: &str = "the record of a run";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let format: Option<Format> = fields.required("format");
        let (engine, time_zones) = (fields.required("engine"), fields.required("time_zones"));
        let (as_of, law) = (fields.required("as_of"), fields.required("law"));
        let (folder, policies) = (fields.required("folder"), fields.required("policies"));
        let set: Option<BTreeMap<String, String>> = fields.required("set");
        let (reviews, keep_going) = (fields.required("reviews"), fields.required("keep_going"));
        let (rows, decisions, errors) =
            (fields.required("rows"), fields.required("decisions"), fields.required("errors"));
        let (read, written) = (fields.required("read"), fields.required("written"));
        fields.finish();
        format?;
        Some(Self {
            engine: engine?,
            time_zones: time_zones?,
            as_of: as_of?,
            law: law?,
            folder: folder?,
            policies: policies?,
            set: set?,
            reviews: reviews?,
            keep_going: keep_going?,
            rows: rows?,
            decisions: decisions?,
            errors: errors?,
            read: read?,
            written: written?,
        })
    }
}

impl Readable for LawRecord {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (stamp, none) = (fields.required("stamp"), fields.optional("none"));
        let (packs, enabled, calendars) =
            (fields.required("packs"), fields.required("enabled"), fields.required("calendars"));
        fields.finish();
        Some(Self { stamp: stamp?, none: none?, packs: packs?, enabled: enabled?, calendars: calendars? })
    }
}

impl Readable for PackRecord {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (pack, version, hash) = (fields.required("pack"), fields.required("version"), fields.required("hash"));
        fields.finish();
        let Sha256(hash) = hash?;
        Some(Self { pack: pack?, version: version?, hash })
    }
}

impl Readable for CalendarRecord {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (calendar, sha256) = (fields.required("calendar"), fields.required("sha256"));
        fields.finish();
        let Sha256(sha256) = sha256?;
        Some(Self { calendar: calendar?, sha256 })
    }
}

impl Readable for PolicyRecord {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (policy, version, hash) = (fields.required("policy"), fields.required("version"), fields.required("hash"));
        let (decisions, files) = (fields.required("decisions"), fields.required("files"));
        fields.finish();
        let Sha256(hash) = hash?;
        Some(Self { policy: policy?, version: version?, hash, decisions: decisions?, files: files? })
    }
}

impl Readable for SourceRecord {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (name, sha256) = (fields.required("name"), fields.required("sha256"));
        fields.finish();
        let Sha256(sha256) = sha256?;
        Some(Self { name: name?, sha256 })
    }
}

impl Readable for FileRecord {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        if !fields.has("what") {
            fields.report("what", format!("missing: expected one of {}", ROLES.join(", ")));
        }
        let (what, path) = (fields.word("what", &ROLES), fields.required("path"));
        let (bytes, sha256) = (fields.required("bytes"), fields.required("sha256"));
        fields.finish();
        let Sha256(sha256) = sha256?;
        Some(Self { what: what??, path: path?, bytes: bytes?, sha256 })
    }
}

/// Sixty-four hexadecimal digits.
struct Sha256(String);

impl Readable for Sha256 {
    const EXPECTED: &str = "a SHA-256: 64 digits and small letters from a to f";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let digits =
            |text: &&str| text.len() == 64 && text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        let found = value.as_str().filter(digits).map(|text| Self(text.to_owned()));
        found.or_else(|| refuse(path, value, Self::EXPECTED, problems))
    }
}

/// The word that says how the document is to be read.
struct Format;

impl Readable for Format {
    const EXPECTED: &str = "\"arrears-run/1\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        match value.as_str() {
            Some(RUN_FORMAT) => Some(Self),
            Some(word) => {
                let meant = meant(word, [RUN_FORMAT]);
                problems.push(Fault::new(
                    path,
                    format!("`{word}` is no format of a record{meant}: expected {}", Self::EXPECTED),
                ));
                None
            }
            None => refuse(path, value, Self::EXPECTED, problems),
        }
    }
}
