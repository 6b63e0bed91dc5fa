//! Contacts of a case, told to the engine.

use super::case::{Direction, Entry, Proposed};
use super::words::{AddressType, Channel, Content, NumberType, Place, Purpose, Role};
use arrears::guardrail::{Contact, Direction as Engine};

/// Tells contacts, and keeps the numbers and addresses apart that a case does not name.
///
/// A number that is not named is one that nothing else names: no request, no wrong number and no
/// other call is about it. The same goes for addresses.
#[derive(Debug, Default)]
pub(crate) struct Telling {
    unnamed: u32,
}

impl Telling {
    /// A number or an address.
    pub(crate) fn name(&mut self, named: Option<&str>) -> String {
        if let Some(named) = named {
            return format!("named {named}");
        }
        self.unnamed += 1;
        format!("unnamed {}", self.unnamed)
    }

    /// An earlier contact. What it said is not told in cases.
    pub(crate) fn past(&mut self, entry: &Entry) -> Contact {
        let Entry { at, direction, channel, outcome, role, person, debts, discussed, allocated_to, number, .. } = entry;
        let purpose = entry.purpose.unwrap_or(Purpose::Collection);
        // What is allocated to nothing is not allocated.
        let allocated = allocated_to.clone().filter(|debts| !debts.is_empty());
        Contact {
            direction: match direction {
                Direction::Out => Engine::Out,
                Direction::In => Engine::In,
            },
            outcome: word(outcome.engine()),
            recipient: word(role.unwrap_or(Role::Debtor).engine()),
            person: person.clone(),
            debts: match debts {
                // About none in particular: about those it is allocated to.
                Some(none) if none.is_empty() && allocated.is_some() => allocated.clone(),
                debts => debts.clone(),
            },
            discussed: discussed.clone(),
            allocated_to: allocated,
            number: Some(self.name(number.as_deref())),
            number_kind: number_kind(*channel, entry.number_type),
            address: Some(self.name(entry.address.as_deref())),
            address_kind: address_kind(*channel, None),
            purpose: word(purpose.engine()),
            content: word(Content::of(purpose).engine()),
            reply_to: entry.reply_to,
            ..unrestricted(Contact::new(*at, channel.of_engine()))
        }
    }

    /// The contact to be judged, with where the debtor is known to be and what they are doing.
    pub(crate) fn proposed(&mut self, proposed: &Proposed, at: Option<Place>, in_session: bool) -> Contact {
        let contact = unrestricted(Contact::new(proposed.at, proposed.channel.of_engine()));
        let purpose = proposed.purpose.unwrap_or(Purpose::Collection);
        Contact {
            recipient: word(proposed.role.unwrap_or(Role::Debtor).engine()),
            person: proposed.person.clone(),
            debts: proposed.debts.clone(),
            number: Some(self.name(proposed.number.as_deref())),
            number_kind: number_kind(proposed.channel, proposed.number_type),
            address: Some(self.name(proposed.address.as_deref())),
            address_kind: address_kind(proposed.channel, proposed.address_type),
            purpose: word(purpose.engine()),
            content: word(proposed.content.unwrap_or_else(|| Content::of(purpose)).engine()),
            opt_out_notice: Some(proposed.opt_out_notice.unwrap_or(true)),
            reply_to: proposed.reply_to,
            same_call: proposed.same_call == Some(true),
            reason: word(proposed.reason.map_or("none", super::words::Reason::engine)),
            repeat_reason: word(proposed.repeat_reason.map_or("none", super::words::RepeatReason::engine)),
            debtor_at: word(at.map_or(ELSEWHERE, Place::engine)),
            active_session: Some(in_session),
            ..contact
        }
    }
}

/// Where the debtor is if nothing is said.
const ELSEWHERE: &str = "elsewhere";

/// A contact of which nothing is told that could restrict it.
fn unrestricted(contact: Contact) -> Contact {
    Contact {
        opt_out_notice: Some(true),
        reason: word("none"),
        repeat_reason: word("none"),
        debtor_at: word(ELSEWHERE),
        active_session: Some(false),
        ..contact
    }
}

fn word(word: &str) -> Option<String> {
    Some(word.to_owned())
}

fn number_kind(channel: Channel, kind: Option<NumberType>) -> Option<String> {
    let kind = kind.or_else(|| channel.has_number().then_some(NumberType::Mobile));
    word(kind.map_or("none", NumberType::engine))
}

fn address_kind(channel: Channel, kind: Option<AddressType>) -> Option<String> {
    let kind = kind.or_else(|| channel.has_address().then_some(AddressType::Personal));
    word(kind.map_or("none", AddressType::engine))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_case_leaves_unsaid_of_a_contact_is_said_and_does_not_restrict() {
        let call = json!({ "at": "2026-11-10T10:00:00-05:00", "channel": "phone" });
        let told = Telling::default().proposed(&serde_json::from_value(call).unwrap(), None, false);
        let said = serde_json::to_value(told).unwrap();
        assert_eq!(
            said,
            json!({
                "at": "2026-11-10T10:00:00-05:00", "direction": "out", "channel": "phone", "recipient": "debtor",
                "number": "unnamed 1", "number_kind": "mobile", "address": "unnamed 2", "address_kind": "none",
                "purpose": "demand", "content": "collection", "opt_out_notice": true, "same_call": false,
                "reason": "none", "repeat_reason": "none", "debtor_at": "elsewhere", "active_session": false
            })
        );
    }

    #[test]
    fn words_are_translated_and_lists_are_kept() {
        let entry = json!({
            "at": "2026-11-10T10:00:00-05:00", "direction": "in", "channel": "phone", "outcome": "voicemail_message",
            "role": "relative", "person": "T1", "debts": ["A", "B"], "discussed": [], "allocated_to": ["B"],
            "number": "N1", "number_type": "home_landline", "purpose": "location"
        });
        let told = Telling::default().past(&serde_json::from_value(entry).unwrap());
        assert_eq!(told.direction, Engine::In);
        assert_eq!((told.who(), told.recipient.as_deref()), (Some("T1"), Some("relative")));
        assert_eq!(told.outcome.as_deref(), Some("voicemail_left"));
        assert_eq!((told.number.as_deref(), told.number_kind.as_deref()), (Some("named N1"), Some("home")));
        assert_eq!(told.purpose.as_deref(), Some("location"));
        assert_eq!((told.discussed, told.allocated_to), (Some(vec![]), Some(vec!["B".to_owned()])));
    }

    #[test]
    fn a_contact_about_no_debt_in_particular_is_about_those_it_is_allocated_to() {
        let told = |debts: serde_json::Value, allocated: serde_json::Value| {
            let entry = json!({
                "at": "2026-11-10T10:00:00-05:00", "direction": "out", "channel": "phone", "outcome": "no_answer",
                "debts": debts, "allocated_to": allocated
            });
            let told = Telling::default().past(&serde_json::from_value(entry).unwrap());
            (told.debts, told.allocated_to)
        };
        let one = || Some(vec!["A".to_owned()]);
        assert_eq!(told(json!([]), json!(["A"])), (one(), one()));
        assert_eq!(told(json!(null), json!(["A"])), (None, one()));
        assert_eq!(told(json!(["A"]), json!([])), (one(), None));
    }

    #[test]
    fn numbers_that_are_not_named_are_different_numbers() {
        let mut telling = Telling::default();
        assert_ne!(telling.name(None), telling.name(None));
        assert_eq!(telling.name(Some("unnamed 1")), telling.name(Some("unnamed 1")));
        assert_ne!(telling.name(Some("unnamed 1")), "unnamed 1");
    }
}
