//! A person's case and a contact that is proposed, as one document.

use super::known::Known;
use super::{Case, Contact, Standing, Trouble, check};
use crate::document::{Fields, Readable, Written, meant, refuse};
use crate::policy::Law;
use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde_json::Value;

/// The name and version of the format. A later version that means something else has another number.
pub const CASE_FORMAT: &str = "arrears-case/1";

/// What somebody asks who means to contact a person: what is known of the person, and the contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(deny_unknown_fields))]
pub struct Inquiry {
    /// What is known of the person.
    pub standing: Standing,
    /// The contact that is proposed.
    pub proposed: Contact,
    /// The moment as of which everything is known; that of the contact where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<DateTime<FixedOffset>>,
}

impl Inquiry {
    /// Reads an inquiry from its JSON document: an object with `standing`, `proposed`, and if
    /// wanted `now` and `format`.
    ///
    /// ```
    /// use arrears::guardrail::Inquiry;
    /// let inquiry = Inquiry::from_json(r#"{
    ///     "standing": { "jurisdiction": "US-NY", "zones": ["America/New_York"], "debts": [{ "id": "A-1" }], "contacts": [] },
    ///     "proposed": { "at": "2026-03-03T10:15:00-05:00", "channel": "phone", "recipient": "debtor" }
    /// }"#).map_err(|wrong| format!("{wrong:?}"))?;
    /// assert_eq!(inquiry.standing.contacts, Some(vec![]), "there were none");
    /// assert_eq!(inquiry.standing.consents, None, "nobody said");
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in the order of the document: a text that is no JSON, a field
    /// that nobody knows or that stands twice, a value that cannot be, a time that ends before it begins.
    pub fn from_json(text: &str) -> Result<Self, Vec<Trouble>> {
        let no_json = |error| vec![Trouble::new("", format!("not a JSON document: {error}"))];
        let written = Written::read(text).map_err(no_json)?;
        let document = serde_json::from_str(text).map_err(no_json)?;
        let mut troubles = written.repeated.clone();
        let inquiry = read(&document, &mut troubles);
        match inquiry {
            Some(inquiry) if troubles.is_empty() => Ok(inquiry),
            _ => Err(written.in_order(troubles)),
        }
    }

    /// The moment as of which everything is known.
    pub fn now(&self) -> DateTime<FixedOffset> {
        self.now.unwrap_or(self.proposed.at)
    }

    /// The person's case under a law.
    ///
    /// # Errors
    ///
    /// As [`Case::new`], with the paths of the document.
    pub fn case(&self, law: &Law) -> Result<Case, Vec<Trouble>> {
        Case::new(law, &self.standing, self.now()).map_err(|troubles| troubles.into_iter().map(within).collect())
    }

    /// Everything that is wrong with it.
    ///
    /// # Errors
    ///
    /// What [`Case::new`] and [`Case::permission`] would refuse, with the paths of the document.
    pub fn check(&self) -> Result<(), Vec<Trouble>> {
        let zones = check::standing(&self.standing, None);
        let known = Known::of(&self.standing, zones.clone().unwrap_or_default(), self.now().timestamp());
        let mut troubles: Vec<Trouble> = zones.err().into_iter().flatten().map(within).collect();
        troubles.extend(check::proposed(&self.proposed, &known).err().into_iter().flatten());
        if troubles.is_empty() { Ok(()) } else { Err(troubles) }
    }
}

/// A trouble of the standing, at its place in the document.
fn within(trouble: Trouble) -> Trouble {
    Trouble { path: format!("standing.{}", trouble.path), ..trouble }
}

fn read(document: &Value, troubles: &mut Vec<Trouble>) -> Option<Inquiry> {
    let Value::Object(_) = document else {
        return refuse("", document, "an object with `standing` and `proposed`", troubles);
    };
    let mut fields = Fields::of(document, "", troubles)?;
    let _: Option<Option<Format>> = fields.optional("format");
    let (standing, proposed) = (fields.required::<Standing>("standing"), fields.required::<Contact>("proposed"));
    let now = fields.optional("now");
    fields.finish();
    match (&standing, proposed, now) {
        (Some(standing), Some(proposed), Some(now)) => {
            let inquiry = Inquiry { standing: standing.clone(), proposed, now };
            troubles.extend(inquiry.check().err().into_iter().flatten());
            Some(inquiry)
        }
        // What can be read is checked beside what cannot.
        (Some(standing), ..) => {
            troubles.extend(check::standing(standing, None).err().into_iter().flatten().map(within));
            None
        }
        _ => None,
    }
}

/// The word that says how the document is to be read.
struct Format;

impl Readable for Format {
    const EXPECTED: &str = "\"arrears-case/1\"";
    fn read(value: &Value, path: &str, troubles: &mut Vec<Trouble>) -> Option<Self> {
        match value.as_str() {
            Some(CASE_FORMAT) => Some(Self),
            Some(word) => {
                let message = format!(
                    "`{word}` is no format of a case{}: expected {}",
                    meant(word, [CASE_FORMAT]),
                    Self::EXPECTED
                );
                troubles.push(Trouble::new(path, message));
                None
            }
            None => refuse(path, value, Self::EXPECTED, troubles),
        }
    }
}
