//! What is known of a matter, with some of it forgotten.

use super::choices::Choices;
use super::matter::Matter;
use super::standing::{EVENTS, FLAGS};
use arrears::guardrail::{Contact, Standing};

/// The same matter with some of what is known no longer known, and the contact that is proposed likewise.
///
/// Only what is *not known* where it is left out is forgotten: a contact without a `person` is with
/// whoever has the role, and a consent without an address is for any.
pub fn forget(choices: &mut Choices, matter: &Matter, contact: &Contact) -> (Matter, Contact) {
    let (mut matter, mut contact) = (matter.clone(), contact.clone());
    for _ in 0..1 + choices.below(4) {
        let standing = &mut matter.standing;
        match choices.below(16) {
            0 => standing.zones.clear(),
            1 => standing.contacts = None,
            2 => standing.preferences = None,
            3 => standing.consents = None,
            4 => standing.refusals = None,
            5 => standing.wrong_numbers = None,
            6 => matter.holidays = None,
            7 => standing.jurisdiction.clear(),
            8 => fact(choices, standing),
            9 => {
                standing.events.remove(choices.text(&EVENTS));
            }
            10 => debt(choices, standing),
            11 => {
                let at = choices.below(standing.consents.as_ref().map_or(0, Vec::len).max(1));
                if let Some(consent) = standing.consents.as_mut().and_then(|consents| consents.get_mut(at)) {
                    consent.given_to = None;
                }
            }
            12 | 13 => field(choices, &mut contact),
            _ => {
                let at = choices.below(standing.contacts.as_ref().map_or(0, Vec::len).max(1));
                if let Some(earlier) = standing.contacts.as_mut().and_then(|contacts| contacts.get_mut(at)) {
                    field(choices, earlier);
                }
            }
        }
    }
    (matter, contact)
}

/// A fact, wherever it is told.
fn fact(choices: &mut Choices, standing: &mut Standing) {
    let others = ["dpd", "late_count_12m", "days_since_payment", "collector", "consent_sms", "opted_out_phone"];
    let names: Vec<&str> = FLAGS.into_iter().chain(others).collect();
    let name = choices.text(&names);
    standing.facts.remove(name);
    standing.spells.retain(|spell| spell.fact != name);
    for debt in &mut standing.debts {
        debt.facts.remove(name);
    }
}

/// The product of a debt, or the number of its account.
fn debt(choices: &mut Choices, standing: &mut Standing) {
    let at = choices.below(standing.debts.len());
    let product = choices.chance(50);
    if let Some(debt) = standing.debts.get_mut(at) {
        if product {
            debt.product = None;
        } else {
            debt.account_number = None;
        }
    }
}

/// Something of a contact.
fn field(choices: &mut Choices, contact: &mut Contact) {
    match choices.below(10) {
        0 => contact.outcome = None,
        1 => contact.recipient = None,
        2 => contact.number = None,
        3 => contact.number_kind = None,
        4 => contact.address = None,
        5 => contact.address_kind = None,
        6 => contact.purpose = None,
        7 => contact.content = None,
        8 => contact.opt_out_notice = None,
        _ => {
            contact.debtor_at = None;
            contact.active_session = None;
        }
    }
}
