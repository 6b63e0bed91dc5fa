//! The words of a house: its templates, its checks, its reading rate and the limits of a brief.

use crate::checks::Checks;
use crate::disclosure::Disclosure;
use crate::template::{TemplateFault, TemplateKind, Templates, shipped_templates};
use crate::{Language, ReadingRate};
use arrears::document::{Fault, read_whole};
use std::collections::BTreeMap;

/// What briefs are made of and held against.
#[derive(Clone, Debug)]
pub struct HouseWords {
    /// The templates: `brief/identity`, `brief/opening`, `brief/resting`, `brief/type/<debtor type>` (else
    /// `brief/type/otherwise`), `brief/offers`, `brief/close`, `brief/resting_close`, `brief/not_to_say`.
    pub templates: Templates,
    /// What the whole brief is held against.
    pub checks: Checks,
    /// How fast it is read aloud.
    pub rate: ReadingRate,
    /// Seconds that saying it may take.
    pub most_seconds: u64,
    /// Characters after the identity check within which amount and day stand.
    pub opening_within: usize,
    /// Days that a text of a kind gives where what is overdue is asked for at once, so that it can arrive; none: it
    /// is asked for on the day of the text.
    pub pay_within: BTreeMap<TemplateKind, u32>,
    /// What must be said after the opening sentence; only those in the language of the brief are.
    pub disclosures: Vec<Disclosure>,
    /// The language of the `say` lists of the policy.
    pub policy_language: Language,
    /// The policy's talking points in other languages, by the point as the policy has it.
    pub sayings: BTreeMap<Language, BTreeMap<String, String>>,
}

impl HouseWords {
    /// The shipped words: 90 seconds, amount and day within 80 characters, a policy in English.
    ///
    /// # Errors
    ///
    /// None, as long as the shipped templates can be read, which is a test.
    pub fn shipped() -> Result<Self, Vec<TemplateFault>> {
        Ok(Self::of(Templates::read(shipped_templates().iter().copied())?))
    }

    /// The words of a house with templates of its own.
    pub fn of(templates: Templates) -> Self {
        Self {
            templates,
            checks: Checks::default(),
            rate: ReadingRate::default(),
            most_seconds: 90,
            opening_within: 80,
            pay_within: BTreeMap::new(),
            disclosures: Vec::new(),
            policy_language: Language::English,
            sayings: BTreeMap::new(),
        }
    }

    /// Adds the policy's talking points in a language: a JSON object, from the point as the policy has it to
    /// the point in that language.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document.
    pub fn saying(mut self, language: Language, text: &str) -> Result<Self, Vec<Fault>> {
        let read: BTreeMap<String, String> = read_whole(text)?;
        self.sayings.entry(language).or_default().extend(read);
        Ok(self)
    }

    /// A point of the policy in a language; none if nobody put it into that language.
    pub(super) fn said_in(&self, language: Language, point: &str) -> Option<String> {
        if language == self.policy_language {
            return Some(point.to_owned());
        }
        self.sayings.get(&language)?.get(point).cloned()
    }
}
