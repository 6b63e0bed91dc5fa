//! What a case gives of a person, told to the engine with everything that it leaves unsaid.

use super::case::{Bankruptcy, Consent, Given, MediaRequest, Medium, Preference, PreferenceKind};
use super::stops;
use crate::contact::case::Proposed;
use crate::contact::debts::Debts;
use crate::contact::local;
use crate::contact::telling::Telling;
use crate::contact::words::Place;
use crate::events;
use arrears::Channel;
use arrears::guardrail::{self, Contact, PreferenceKind as Kind, Refusal, Standing, Told, WrongNumber};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// The person and the contact to be judged.
pub(super) fn told(
    jurisdiction: &str,
    given: &Given,
    debts: &Debts,
    proposed: &Proposed,
    zone: Tz,
) -> (Standing, Contact) {
    let mut telling = Telling::default();
    let on = local::date(proposed.at, zone);
    let mut standing = Standing {
        jurisdiction: jurisdiction.to_owned(),
        zones: given.zones.clone(),
        debts: debts.told(),
        contacts: Some(given.history.iter().map(|entry| telling.past(entry)).collect()),
        preferences: Some(given.preferences.iter().map(preference).collect()),
        consents: Some(given.consents.iter().map(|given| consent(&mut telling, given)).collect()),
        refusals: Some(given.media_requests.iter().map(|request| refusal(&mut telling, request)).collect()),
        wrong_numbers: Some(wrong_numbers(&mut telling, given)),
        spells: stops::spells(given, debts, on),
        events: events::before(on),
        facts: facts(given),
    };
    if let Some(sent) = given.written_notice_sent_on {
        standing.events.insert("written_notice".to_owned(), Some(sent));
    }
    stops::mark(&mut standing.debts, given, zone);
    let contact = telling.proposed(proposed, given.facts.debtor_at, given.facts.active_session);
    (standing, contact)
}

/// Facts of the person. Duties are taken as fulfilled: an identity is verified unless it is said not to be.
fn facts(given: &Given) -> BTreeMap<String, Told> {
    let stated = &given.facts;
    let mut facts: BTreeMap<String, Told> = [
        ("bankrupt", given.bankruptcy == Some(Bankruptcy::Open)),
        ("discharged", given.bankruptcy == Some(Bankruptcy::Discharged)),
        ("deceased", stated.debtor_deceased),
        ("minor", stated.debtor_is_minor),
        ("lost_contact", stated.debtor_lost_contact),
        ("recipient_opted_out", stated.person_opted_out),
        ("identity_verified", stated.identity_verified.unwrap_or(true)),
        ("refuses_as_barred", stated.refuses_as_time_barred),
    ]
    .map(|(name, holds)| (name.to_owned(), Told::Flag(holds)))
    .into();
    facts.insert("collector".to_owned(), Told::Word(given.collector.engine().to_owned()));
    facts.insert("dpd".to_owned(), Told::Number(i64::from(given.days_past_due.unwrap_or(0))));
    facts.insert("arrangement_missed".to_owned(), Told::Number(i64::from(stops::missed(given))));
    facts
}

fn preference(given: &Preference) -> guardrail::Preference {
    guardrail::Preference {
        kind: match (given.kind, given.place) {
            (PreferenceKind::InconvenientTime, _) => Kind::InconvenientTime,
            (PreferenceKind::ConvenientTime, _) => Kind::ConvenientTime,
            (PreferenceKind::InconvenientPlace, Some(Place::Work)) => Kind::InconvenientWork,
            (PreferenceKind::InconvenientPlace, _) => Kind::InconvenientHome,
            (PreferenceKind::EmployerProhibits, _) => Kind::EmployerProhibits,
        },
        weekdays: given.weekdays.clone().unwrap_or_default(),
        from: given.start.map(|clock| clock.0),
        to: given.end.map(|clock| clock.0),
        until: given.until,
    }
}

/// Consent to an address that is not named is to none.
fn consent(telling: &mut Telling, given: &Consent) -> guardrail::Consent {
    let about_address = given.address.is_some() || given.covers == super::case::Covers::Address;
    guardrail::Consent {
        kind: given.covers.engine().to_owned(),
        given_at: given.given_at,
        given_to: Some(given.given_to.engine().to_owned()),
        withdrawn_at: given.withdrawn_at,
        weekdays: given.weekdays.clone().unwrap_or_default(),
        from: given.start.map(|clock| clock.0),
        to: given.end.map(|clock| clock.0),
        only_on: given.only_on,
        until: given.until,
        address: about_address.then(|| telling.name(given.address.as_deref())),
    }
}

fn refusal(telling: &mut Telling, given: &MediaRequest) -> Refusal {
    Refusal {
        at: given.at,
        channels: match given.medium {
            Medium::Phone => vec![Channel::Phone, Channel::RinglessVoicemail, Channel::Ivr],
            Medium::Sms => vec![Channel::Sms],
            Medium::Email => vec![Channel::Email],
            Medium::Mail => vec![Channel::Letter, Channel::Postcard],
        },
        number: given.number.as_deref().map(|number| telling.name(Some(number))),
        address: given.address.as_deref().map(|address| telling.name(Some(address))),
    }
}

fn wrong_numbers(telling: &mut Telling, given: &Given) -> Vec<WrongNumber> {
    let wrong = given.number_facts.iter().filter(|fact| fact.not_debtors);
    wrong.map(|fact| WrongNumber { number: telling.name(Some(&fact.number)), learned_at: fact.learned_at }).collect()
}
