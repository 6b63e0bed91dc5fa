//! Cases of the kind `procedure_check`: may an address or a number be used?

use super::{at_noon, satisfied};
use crate::comparison::{Comparison, Difference};
use crate::contact::case::{Direction, Entry};
use crate::contact::telling::Telling;
use crate::contact::words::{Channel, Outcome};
use crate::events;
use crate::judge::Asked;
use crate::typed::typed;
use crate::words::words;
use arrears::guardrail::Told;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    procedure: Procedure,
    /// The earlier collectors, the oldest first.
    #[serde(default)]
    collector_chain: Vec<Collector>,
    on: Option<NaiveDate>,
    last_inbound_call_on: Option<NaiveDate>,
    last_inbound_text_on: Option<NaiveDate>,
    consent_on: Option<NaiveDate>,
    not_reassigned_checked_on: Option<NaiveDate>,
    opted_out_on: Option<NaiveDate>,
}

words! {
    /// A procedure.
    Procedure {
        EmailFromPriorCollector = "email_from_prior_collector",
        Text = "text",
    }
}

/// What an earlier collector did with an address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Collector {
    #[serde(default)]
    obtained: bool,
    used: bool,
    #[serde(default)]
    opted_out: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    satisfied: Option<bool>,
}

/// Judges a case.
pub(crate) fn judge(asked: &Asked<'_>) -> Result<Vec<Difference>, String> {
    let given: Given = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let name = given.procedure.engine();
    let on = match given.on {
        Some(on) => on,
        None if given.procedure == Procedure::Text => {
            return Err("given.on: missing, expected the date of the text".to_owned());
        }
        // What earlier collectors did has no date: the law is the one that was last read.
        None => asked.world.last_verified(asked.jurisdiction)?,
    };
    let found = satisfied(asked, name, on, given.calls(), given.events(on), given.facts())?;
    let mut comparison = Comparison::default();
    comparison.same(&format!("for {name}"), "satisfied", expected.satisfied.as_ref(), &found)?;
    comparison.finish()
}

impl Given {
    /// Calls that came in.
    fn calls(&self) -> Vec<arrears::guardrail::Contact> {
        let call = |on: NaiveDate| Entry {
            direction: Direction::In,
            ..Entry::new(at_noon(on), Channel::Phone, Outcome::Conversation)
        };
        self.last_inbound_call_on.map(|on| Telling::default().past(&call(on))).into_iter().collect()
    }

    /// What happened with the number.
    fn events(&self, on: NaiveDate) -> BTreeMap<String, Option<NaiveDate>> {
        let mut events = events::before(on);
        events.extend(
            [
                ("inbound_text", self.last_inbound_text_on),
                ("text_consent", self.consent_on),
                ("number_checked", self.not_reassigned_checked_on),
                ("text_opt_out", self.opted_out_on),
            ]
            .map(|(event, on)| (event.to_owned(), on)),
        );
        events
    }

    /// What happened with the address.
    fn facts(&self) -> BTreeMap<String, Told> {
        let chain = &self.collector_chain;
        [
            ("email_obtained", chain.iter().any(|collector| collector.obtained)),
            ("email_used_last", chain.last().is_some_and(|last| last.used)),
            ("email_opted_out", chain.iter().any(|collector| collector.opted_out)),
        ]
        .map(|(fact, holds)| (fact.to_owned(), Told::Flag(holds)))
        .into()
    }
}
