//! Cases of the kind `date_computation`: dates that the law derives from others.

use crate::comparison::{Comparison, Difference};
use crate::judge::Asked;
use crate::typed::typed;
use arrears::guardrail::deadline;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    provided_on: Option<NaiveDate>,
    /// The only holidays to be considered.
    #[serde(default)]
    holidays: Vec<NaiveDate>,
    initial_communication_on: Option<NaiveDate>,
    notice_sent_on: Option<NaiveDate>,
    conversation_on: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    assumed_receipt: Option<NaiveDate>,
    validation_end: Option<NaiveDate>,
    notice_due_by: Option<NaiveDate>,
    earliest_opt_out_deadline: Option<NaiveDate>,
    first_call_on: Option<NaiveDate>,
}

impl Given {
    /// The events, by the engine's names.
    fn events(&self) -> BTreeMap<String, Option<NaiveDate>> {
        [
            ("validation_notice", self.provided_on),
            ("initial_communication", self.initial_communication_on),
            ("creditor_notice", self.notice_sent_on),
            ("conversation", self.conversation_on),
        ]
        .map(|(event, on)| (event.to_owned(), on))
        .into()
    }
}

/// Judges a case.
pub(crate) fn judge(asked: &Asked<'_>) -> Result<Vec<Difference>, String> {
    let given: Given = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    asked.world.binding(asked.jurisdiction)?;
    let law = asked.world.law(&given.holidays);
    let events = given.events();
    // The law is that of the last event.
    let on = events.values().flatten().max().ok_or("given: nothing happened, expected the date of an event")?;
    let mut comparison = Comparison::default();
    for (name, expected) in [
        ("assumed_receipt", expected.assumed_receipt),
        ("validation_end", expected.validation_end),
        ("notice_due_by", expected.notice_due_by),
        ("earliest_opt_out_deadline", expected.earliest_opt_out_deadline),
        ("first_call_on", expected.first_call_on),
    ] {
        let derived = deadline(&law, asked.jurisdiction, name, &events, *on);
        comparison.same(&format!("as of {on}"), name, expected.map(Some).as_ref(), &derived)?;
    }
    comparison.finish()
}
