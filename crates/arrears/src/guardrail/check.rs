//! What may be wrong with what is told of a person or a contact.

use super::known::Known;
use super::{Contact, Edge, Preference, PreferenceKind, Standing, Told, Trouble};
use crate::facts::table::{
    self, ADDRESS_KINDS, CONTACT_PURPOSES, CONTENTS, NUMBER_KINDS, PLACES, REASONS, RECIPIENTS, REPEAT_REASONS,
};
use crate::facts::{LEGAL_EVENTS, Words, outcome_table};
use crate::number::Kind;
use crate::policy::{Law, Pack};
use crate::problem::nearest;
use chrono_tz::Tz;
use std::collections::BTreeMap;
use std::fmt::Arguments;

/// Debts of one person are a set in one machine word.
const MOST_DEBTS: usize = 64;

/// Checks a standing, and reads its zones. Packs may declare events of their own: without a law their names are not checked.
pub(super) fn standing(standing: &Standing, law: Option<&Law>) -> Result<Vec<Tz>, Vec<Trouble>> {
    let mut found = Troubles::default();
    let zones = found.zones(standing);
    found.debts(standing);
    let ids: Vec<&str> = standing.debts.iter().map(|debt| debt.id.as_str()).collect();
    let twice = told_twice(standing.contacts.as_deref().unwrap_or_default());
    for (index, contact) in standing.contacts.iter().flatten().enumerate() {
        found.contact(format_args!("contacts[{index}]"), contact, &ids);
        if let Some(first) = twice.get(&index) {
            let message = format!("the same contact as contacts[{first}]: tell each contact once");
            found.add(format!("contacts[{index}]"), message);
        }
    }
    for (index, preference) in standing.preferences.iter().flatten().enumerate() {
        found.preference(&format!("preferences[{index}]"), preference);
    }
    for (index, consent) in standing.consents.iter().flatten().enumerate() {
        let path = format!("consents[{index}]");
        found.period(&path, consent.from.zip(consent.to).is_some_and(|(from, to)| from >= to));
        if let Some(to) = &consent.given_to {
            found.one_of(format_args!("{path}.given_to"), to, super::reading::GIVEN_TO.iter().copied());
        }
    }
    for (index, spell) in standing.spells.iter().enumerate() {
        let path = format!("spells[{index}]");
        found.flag(&path, &spell.fact);
        found.known_debts(format_args!("{path}.debts"), spell.debts.as_deref(), &ids);
        match (spell.from, spell.to) {
            (Some(Edge::On(from)), Some(Edge::On(to))) if from > to => {
                found.add(path, format!("ends on {to}, before it begins on {from}"));
            }
            (Some(Edge::At(from)), Some(Edge::At(to))) if from > to => {
                found.add(path, format!("ends at {to}, before it begins at {from}"));
            }
            _ => {}
        }
    }
    for name in standing.events.keys() {
        if let Some(law) = law {
            found.event(name, law);
        }
    }
    for (name, told) in &standing.facts {
        found.fact(&format!("facts.{name}"), name, told);
    }
    if found.0.is_empty() { Ok(zones) } else { Err(found.0) }
}

/// Checks a proposed contact.
pub(super) fn proposed(contact: &Contact, known: &Known) -> Result<(), Vec<Trouble>> {
    let mut found = Troubles::default();
    let ids: Vec<&str> = known.debts.iter().map(String::as_str).collect();
    found.contact(format_args!("proposed"), contact, &ids);
    if contact.at.timestamp() < known.now {
        let now = chrono::DateTime::from_timestamp(known.now, 0).unwrap_or_default().with_timezone(contact.at.offset());
        found.add("proposed.at", format!("{} lies before the moment of the case, {now}", contact.at));
    }
    if contact.outcome.is_some() {
        found.add("proposed.outcome", "a contact that is proposed has no outcome yet: leave it out");
    }
    if found.0.is_empty() { Ok(()) } else { Err(found.0) }
}

/// The contacts that were told before, each with where it was told first.
fn told_twice(contacts: &[Contact]) -> BTreeMap<usize, usize> {
    let mut by_time: Vec<(usize, &Contact)> = contacts.iter().enumerate().collect();
    by_time.sort_by_key(|(_, contact)| contact.at);
    let mut twice = BTreeMap::new();
    for then in by_time.chunk_by(|(_, one), (_, another)| one.at == another.at).filter(|then| then.len() > 1) {
        for (place, (index, contact)) in then.iter().enumerate() {
            let mut before = then.iter().take(place);
            if let Some((first, _)) = before.find(|(_, before)| before == contact) {
                twice.insert(*index, *first);
            }
        }
    }
    twice
}

#[derive(Default)]
struct Troubles(Vec<Trouble>);

impl Troubles {
    fn add(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.0.push(Trouble::new(path, message));
    }

    fn zones(&mut self, standing: &Standing) -> Vec<Tz> {
        let mut zones = Vec::new();
        for (index, name) in standing.zones.iter().enumerate() {
            match name.parse() {
                Ok(zone) => zones.push(zone),
                Err(_) => {
                    let names = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
                    let near = nearest(name, names).map(|near| format!("did you mean `{near}`?"));
                    let help = near.unwrap_or_else(|| "expected an IANA name such as `America/New_York`".to_owned());
                    self.add(format!("zones[{index}]"), format!("`{name}` is not a time zone: {help}"));
                }
            }
        }
        zones
    }

    fn debts(&mut self, standing: &Standing) {
        if standing.debts.is_empty() {
            self.add("debts", "the list is empty: a contact is about at least one debt");
        }
        if standing.debts.len() > MOST_DEBTS {
            self.add("debts", format!("{} debts, at most {MOST_DEBTS} can be judged together", standing.debts.len()));
        }
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, debt) in standing.debts.iter().enumerate() {
            if debt.id.is_empty() {
                self.add(format!("debts[{index}].id"), "the identifier is empty");
            }
            if let Some(first) = seen.insert(&debt.id, index) {
                self.add(format!("debts[{index}].id"), format!("`{}` is debts[{first}] already", debt.id));
            }
            for (name, told) in &debt.facts {
                self.fact(&format!("debts[{index}].facts.{name}"), name, told);
            }
        }
    }

    fn contact(&mut self, path: Arguments<'_>, contact: &Contact, debts: &[&str]) {
        let words: [(&str, &Option<String>, &[&str]); 8] = [
            ("recipient", &contact.recipient, RECIPIENTS),
            ("number_kind", &contact.number_kind, NUMBER_KINDS),
            ("address_kind", &contact.address_kind, ADDRESS_KINDS),
            ("purpose", &contact.purpose, CONTACT_PURPOSES),
            ("content", &contact.content, CONTENTS),
            ("reason", &contact.reason, REASONS),
            ("repeat_reason", &contact.repeat_reason, REPEAT_REASONS),
            ("debtor_at", &contact.debtor_at, PLACES),
        ];
        for (field, word, known) in words {
            if let Some(word) = word {
                self.one_of(format_args!("{path}.{field}"), word, known.iter().copied());
            }
        }
        if let Some(outcome) = &contact.outcome {
            let codes = outcome_table().iter().map(|outcome| outcome.code);
            self.one_of(format_args!("{path}.outcome"), outcome, codes);
        }
        let lists =
            [("debts", &contact.debts), ("discussed", &contact.discussed), ("allocated_to", &contact.allocated_to)];
        for (field, list) in lists {
            self.known_debts(format_args!("{path}.{field}"), list.as_deref(), debts);
        }
        if contact.debts.as_ref().is_some_and(Vec::is_empty) {
            self.add(format!("{path}.debts"), "the list is empty: leave it out if the contact is about all debts");
        }
        if contact.allocated_to.as_ref().is_some_and(Vec::is_empty) {
            let help = "leave it out if the contact counts for the debts that it is about";
            self.add(format!("{path}.allocated_to"), format!("the list is empty: {help}"));
        }
    }

    fn known_debts(&mut self, path: Arguments<'_>, list: Option<&[String]>, debts: &[&str]) {
        for id in list.unwrap_or_default() {
            if !debts.contains(&id.as_str()) {
                self.add(path.to_string(), format!("`{id}` is none of the person's debts: {}", debts.join(", ")));
            }
        }
    }

    fn preference(&mut self, path: &str, preference: &Preference) {
        self.period(path, preference.from.zip(preference.to).is_some_and(|(from, to)| from >= to));
        let timed = preference.from.is_some() || preference.to.is_some() || !preference.weekdays.is_empty();
        let is_time = matches!(preference.kind, PreferenceKind::ConvenientTime | PreferenceKind::InconvenientTime);
        if timed && !is_time {
            self.add(path, "a place has no times of the day: leave out `weekdays`, `from` and `to`");
        }
    }

    fn period(&mut self, path: &str, backwards: bool) {
        if backwards {
            self.add(path, "the time ends before it begins: a time over midnight is two, to 24:00 and from 00:00");
        }
    }

    fn one_of<'k>(&mut self, path: Arguments<'_>, word: &str, mut known: impl Iterator<Item = &'k str> + Clone) {
        let all = known.clone();
        if known.any(|known| known == word) {
            return;
        }
        let help = match nearest(word, all.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("expected one of {}", all.collect::<Vec<_>>().join(", ")),
        };
        self.add(path.to_string(), format!("`{word}` is not known here: {help}"));
    }

    fn flag(&mut self, path: &str, name: &str) {
        match table::find(name) {
            Some(def) if def.kind == Kind::Flag => {}
            Some(_) => self.add(path, format!("`{name}` is no flag: only a flag holds for a time")),
            None => self.unknown(path, name),
        }
    }

    /// An event that is nearly one that is known. Another may be one of a pack that this law does not have.
    fn event(&mut self, name: &str, law: &Law) {
        let own = law.packs().iter().flat_map(Pack::own_events);
        let known: Vec<&str> = LEGAL_EVENTS.into_iter().chain(own).collect();
        if let (false, Some(near)) = (known.contains(&name), nearest(name, known.iter().copied())) {
            self.add(format!("events.{name}"), format!("no event is called `{name}`: did you mean `{near}`?"));
        }
    }

    fn unknown(&mut self, path: &str, name: &str) {
        let near = nearest(name, table::all().map(|fact| fact.name)).map(|near| format!(": did you mean `{near}`?"));
        self.add(path, format!("no fact is called `{name}`{}", near.unwrap_or_default()));
    }

    /// A fact of the table must be told in its kind. Other names are facts of the bank's own, and columns
    /// that a pack may ask for, unless they are nearly one of the table.
    fn fact(&mut self, path: &str, name: &str, told: &Told) {
        let Some(def) = table::find(name) else {
            let column = ["times_", "since_", "opted_out_", "consent_", "tag_"].iter().any(|part| name.contains(part));
            if !column && nearest(name, table::all().map(|fact| fact.name)).is_some() {
                self.unknown(path, name);
            }
            return;
        };
        let fits = match (told, def.kind) {
            (Told::Flag(_), Kind::Flag) => true,
            (Told::Number(number), Kind::Count) => *number >= 0,
            (Told::Number(_), Kind::Days) => true,
            (Told::Word(word), _) if word == "never" => def.never,
            (Told::Word(word), Kind::Category) => match def.words {
                Words::Closed(words) => words.contains(&word.as_str()),
                _ => true,
            },
            _ => false,
        };
        if !fits {
            let shown = serde_json::to_string(told).unwrap_or_default();
            let expected = match def.words {
                Words::Closed(words) => format!("one of {}", words.join(", ")),
                _ => def.kind.to_string(),
            };
            self.add(path, format!("found {shown}, expected {expected}"));
        }
    }
}
