//! How to tell what is not known, and what it means that nothing else is on file.

use super::case::Case;
use super::reads::{OfContact, Source};
use super::{Standing, Told};
use crate::condition::FactId;
use crate::facts::{Group, LEGAL_EVENTS, table};
use crate::number::Kind;
use crate::policy::{Input, Law, Need};
use serde::Serialize;

/// Where something that is not known is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Telling {
    /// What is missing, as [`super::Permission::missing`] names it.
    pub missing: String,
    /// The field of an inquiry that tells it: `standing.facts.collector`.
    pub path: String,
    /// What stands there.
    pub expected: String,
}

impl Case {
    /// Where each of the facts that a permission found missing is told.
    pub fn how_to_tell<'m>(&self, missing: impl IntoIterator<Item = &'m String>) -> Vec<Telling> {
        missing.into_iter().map(|missing| self.telling(missing)).collect()
    }

    fn telling(&self, missing: &str) -> Telling {
        let (path, expected) = match missing {
            "zones" => zones(),
            "contacts" => self.contacts(),
            "holiday" => calendar(),
            _ => self.of_fact(missing).unwrap_or_else(|| {
                let expected = "a jurisdiction in which a pack of law binds on the day";
                ("standing.jurisdiction".to_owned(), expected.to_owned())
            }),
        };
        Telling { missing: missing.to_owned(), path, expected }
    }

    /// Where a fact that some pack reads is told.
    fn of_fact(&self, written: &str) -> Option<(String, String)> {
        self.packs.iter().find_map(|case| {
            let (index, input) = case.pack.inputs().iter().enumerate().find(|(_, input)| input.written == written)?;
            let source = case.sources.get(index)?;
            let asked = u16::try_from(index).ok().and_then(|index| case.pack.asked(FactId(index)));
            let event = asked.map(|asked| asked.what.as_str()).filter(|what| case.pack.events().contains(what));
            Some(match (source, event) {
                (Source::Fixed | Source::Event(_), Some(event)) => {
                    let expected = "the last day on which it happened, null if it never did";
                    (format!("standing.events.{event}"), expected.to_owned())
                }
                (Source::Contact(fact), _) => self.of_contact(*fact, input),
                (Source::Times(..) | Source::Since(_) | Source::SinceFirst(_) | Source::Minutes(_), _) => {
                    self.contacts()
                }
                (Source::Consented(_) | Source::Unknown, _) if self.known.consents.is_none() => {
                    listed("consents", "what the person agreed to")
                }
                (Source::Consented(_) | Source::Unknown, _) => {
                    ("standing.consents".to_owned(), "to whom each was given, and proposed.address".to_owned())
                }
                (Source::Spell(_), _) => zones(),
                (Source::Fixed | Source::Event(_), None) => (format!("standing.facts.{}", input.name), values(input)),
            })
        })
    }

    /// Earlier contacts, or what is not known of them.
    fn contacts(&self) -> (String, String) {
        if self.known.past.is_none() {
            listed("contacts", "earlier contacts")
        } else if self.known.zones.is_empty() {
            zones()
        } else {
            let expected =
                "of each: channel, recipient, outcome, number, debts; and proposed.recipient, proposed.number";
            ("standing.contacts".to_owned(), expected.to_owned())
        }
    }

    fn of_contact(&self, fact: OfContact, input: &Input) -> (String, String) {
        let unless = |known: bool, list: &str, what: &str, otherwise: (String, String)| {
            if known { otherwise } else { listed(list, what) }
        };
        let proposed = |field: &str, expected: &str| (format!("proposed.{field}"), expected.to_owned());
        match fact {
            OfContact::InconvenientTime
            | OfContact::ConvenientTime
            | OfContact::HomeInconvenient
            | OfContact::WorkInconvenient
            | OfContact::EmployerProhibits => {
                let what = "times and places that the person called convenient or not";
                unless(self.known.preferences.is_some(), "preferences", what, zones())
            }
            OfContact::RefusedMedium => {
                let told = proposed("number", "the number, or proposed.address");
                unless(self.known.refusals.is_some(), "refusals", "what the person asked not to be used", told)
            }
            OfContact::WrongNumber => {
                let told = proposed("number", "the number");
                unless(self.known.wrong.is_some(), "wrong_numbers", "numbers that are not the person's", told)
            }
            OfContact::UsedAddress if self.known.past.is_some() => proposed("address", "the address"),
            OfContact::UsedAddress | OfContact::Replies => self.contacts(),
            OfContact::AnswersInconvenient if self.known.past.is_some() => {
                let what = "times that the person called inconvenient";
                unless(self.known.preferences.is_some(), "preferences", what, zones())
            }
            OfContact::AnswersInconvenient => self.contacts(),
            OfContact::Weekday => zones(),
            OfContact::Holiday => calendar(),
            OfContact::Outcome | OfContact::Conversation => {
                let expected = "what it results in, which nobody knows of a contact that is proposed";
                proposed("outcome", expected)
            }
            _ => proposed(&input.name, &values(input)),
        }
    }
}

fn listed(list: &str, what: &str) -> (String, String) {
    (format!("standing.{list}"), format!("{what}; [] where there is nothing"))
}

fn zones() -> (String, String) {
    ("standing.zones".to_owned(), "every time zone in which the person may be".to_owned())
}

fn calendar() -> (String, String) {
    ("the calendar of the pack".to_owned(), "whether the day is a holiday".to_owned())
}

/// What a fact may be told to be.
fn values(input: &Input) -> String {
    match input.kind {
        Kind::Flag => "true or false".to_owned(),
        Kind::Category if input.open || input.words.is_empty() => "a word".to_owned(),
        Kind::Category => input.words.join(", "),
        kind if input.never => format!("{kind}, or \"never\""),
        kind => kind.to_string(),
    }
}

impl Standing {
    /// The same person, of whom nothing else is on file: no contacts, preferences, consents, refusals
    /// or wrong numbers that are not told; no flag that packs of the law read is set unless it is told
    /// to be, no count of what the person did is above zero, and no event has happened. What does not
    /// follow from an empty file, such as who collects or how late the debt is, stays unknown.
    #[must_use]
    pub fn with_nothing_else_on_file(mut self, law: &Law) -> Self {
        self.contacts.get_or_insert_default();
        self.preferences.get_or_insert_default();
        self.consents.get_or_insert_default();
        self.refusals.get_or_insert_default();
        self.wrong_numbers.get_or_insert_default();
        let own = law.packs().iter().flat_map(|pack| pack.events());
        for event in LEGAL_EVENTS.into_iter().chain(own) {
            self.events.entry(event.to_owned()).or_insert(None);
        }
        for pack in law.packs() {
            for (id, input) in (0..).map(FactId).zip(pack.inputs()) {
                let event = pack.asked(id).is_some_and(|asked| self.events.contains_key(&asked.what));
                if let Some(nothing) = nothing(input).filter(|_| !event && !self.tells(&input.name)) {
                    self.facts.insert(input.name.clone(), nothing);
                }
            }
        }
        self
    }

    fn tells(&self, fact: &str) -> bool {
        let of_each = !self.debts.is_empty() && self.debts.iter().all(|debt| debt.facts.contains_key(fact));
        of_each || self.facts.contains_key(fact) || self.spells.iter().any(|spell| spell.fact == fact)
    }
}

/// What a fact is of whom nothing is on file; none where an empty file does not say.
fn nothing(input: &Input) -> Option<Told> {
    let group = table::find(&input.name).map(|def| def.group);
    let happens = matches!(group, None | Some(Group::Behaviour | Group::Contact | Group::Protection));
    match input.kind {
        _ if input.need == Need::Contact => None,
        Kind::Flag => Some(Told::Flag(false)),
        Kind::Days | Kind::Count if happens && input.never => Some(Told::Word("never".to_owned())),
        Kind::Days | Kind::Count if happens => Some(Told::Number(0)),
        _ => None,
    }
}
