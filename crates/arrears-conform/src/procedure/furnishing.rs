//! Cases of the kind `furnishing_permission`: may a debt be reported to a credit bureau?

use super::{at_noon, satisfied};
use crate::comparison::{Comparison, Difference};
use crate::contact::case::Entry;
use crate::contact::telling::Telling;
use crate::contact::words::{Channel, Outcome};
use crate::events;
use crate::judge::Asked;
use crate::typed::typed;
use arrears::guardrail::Contact;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The procedure that permits it.
const PROCEDURE: &str = "furnishing";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    sends: Vec<Send>,
    spoke_on: Option<NaiveDate>,
    furnish_on: NaiveDate,
}

/// A letter or an electronic message.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Send {
    on: NaiveDate,
    /// When a notice came that it could not be delivered.
    undeliverable_on: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    allowed: Option<bool>,
}

/// Judges a case.
pub(crate) fn judge(asked: &Asked<'_>) -> Result<Vec<Difference>, String> {
    let given: Given = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let on = given.furnish_on;
    let found = satisfied(asked, PROCEDURE, on, given.contacts(), events::before(on), BTreeMap::new())?;
    let mut comparison = Comparison::default();
    comparison.same(&format!("on {on}"), "allowed", expected.allowed.as_ref(), &found)?;
    comparison.finish()
}

impl Given {
    /// Letters, and the call in which the debtor was spoken to. Who called makes no difference.
    fn contacts(&self) -> Vec<Contact> {
        let mut telling = Telling::default();
        let letters = self.sends.iter().map(|send| {
            let letter = telling.past(&Entry::new(at_noon(send.on), Channel::Mail, Outcome::Sent));
            Contact { returned_on: send.undeliverable_on, ..letter }
        });
        let mut contacts: Vec<Contact> = letters.collect();
        let call = self.spoke_on.map(|on| Entry::new(at_noon(on), Channel::Phone, Outcome::Conversation));
        contacts.extend(call.map(|call| telling.past(&call)));
        contacts
    }
}
