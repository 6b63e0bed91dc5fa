//! A house: who speaks, in which words, within which limits. One JSON document of a bank or an agency.

mod document;
mod voice;

pub use document::FORMAT;
pub use voice::Voice;

use crate::brief::HouseWords;
use crate::checks::Checks;
use crate::disclosure::Disclosure;
use crate::phrase::PhraseList;
use crate::template::{TemplateKind, Templates};
use crate::told::Told;
use crate::{Language, ReadingRate};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Who speaks, and by which rules of the house.
///
/// It is read by [`House::from_json`]. Templates stand beside it: they are files of their own.
#[derive(Clone, Debug)]
pub struct House {
    /// The language of texts where none is asked for.
    pub language: Language,
    /// Who speaks, by language; at least one.
    pub voices: BTreeMap<Language, Voice>,
    /// How fast a brief is read aloud.
    pub rate: ReadingRate,
    /// Seconds that saying a brief may take.
    pub most_seconds: u64,
    /// Characters after the identity check within which amount and day stand.
    pub opening_within: usize,
    /// Parts of a short message.
    pub sms_parts: usize,
    /// Days that a text of a kind gives where what is overdue is asked for at once; none: it is asked for on its day.
    pub pay_within: BTreeMap<TemplateKind, u32>,
    /// The language of the `say` lists of policies.
    pub policy_language: Language,
    /// What must be disclosed.
    pub disclosures: Vec<Disclosure>,
    /// What the house forbids beside the shipped phrases.
    pub forbidden: Vec<PhraseList>,
    /// The talking points of policies in other languages.
    pub sayings: BTreeMap<Language, BTreeMap<String, String>>,
}

/// A language in which nobody of the house speaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody of the house speaks `{language}`: expected one of {}, or `voices.{language}` in its document",
    .spoken.iter().map(|language| language.tag()).collect::<Vec<_>>().join(", "))]
pub struct NoVoice {
    /// The language that was asked for.
    pub language: Language,
    /// The languages that are spoken.
    pub spoken: Vec<Language>,
}

impl House {
    /// A house of which nothing is known: "the bank" speaks, in every language, and has no telephone. Briefs can
    /// be practised with it; nothing should be sent from it.
    pub fn unnamed() -> Self {
        let voices = [(Language::English, "the bank"), (Language::Chinese, "本行")];
        Self::of(Language::English, voices.map(|(language, name)| (language, Voice::of(name))).into())
    }

    /// A house with the shipped limits: 90 seconds, amount and day within 80 characters, three parts of a short
    /// message, a policy in English.
    pub fn of(language: Language, voices: BTreeMap<Language, Voice>) -> Self {
        Self {
            language,
            voices,
            rate: ReadingRate::default(),
            most_seconds: 90,
            opening_within: 80,
            sms_parts: 3,
            pay_within: BTreeMap::new(),
            policy_language: Language::English,
            disclosures: Vec::new(),
            forbidden: Vec::new(),
            sayings: BTreeMap::new(),
        }
    }

    /// What every account is told by this house: who speaks, and for whom.
    ///
    /// # Errors
    ///
    /// [`NoVoice`] if nobody of the house speaks the language.
    pub fn told(&self, language: Language, today: NaiveDate) -> Result<Told, NoVoice> {
        let voice = self.voices.get(&language);
        let voice = voice.ok_or_else(|| NoVoice { language, spoken: self.voices.keys().copied().collect() })?;
        Ok(voice.told(language, today))
    }

    /// The words of the house with templates: the shipped ones, or its own in their place. What law asks of
    /// messages is added by [`Checks::under`].
    pub fn words(&self, mut templates: Templates) -> HouseWords {
        templates.limits.sms_parts = self.sms_parts;
        let forbidding = |checks: Checks, list: &PhraseList| checks.forbidding(list.clone());
        let checks = self.forbidden.iter().fold(Checks::default(), forbidding);
        HouseWords {
            checks: checks.disclosing(self.disclosures.iter().cloned()),
            rate: self.rate,
            most_seconds: self.most_seconds,
            opening_within: self.opening_within,
            pay_within: self.pay_within.clone(),
            disclosures: self.disclosures.clone(),
            policy_language: self.policy_language,
            sayings: self.sayings.clone(),
            ..HouseWords::of(templates)
        }
    }
}
