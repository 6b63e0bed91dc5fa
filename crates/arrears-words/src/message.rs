//! Which template a policy means by `text`, and which of them a set does not have.

use crate::Language;
use crate::template::{TemplateKind, Templates, shipped_templates};
use arrears::decide::Action;
use arrears::facts::Verb;
use arrears::policy::Detail;
use arrears::{Channel, Decision, Policy};
use serde::Serialize;
use std::collections::BTreeMap;

/// A template that a policy asks for by the option `text` of a treatment or a duty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Wanted {
    /// The kind of the message.
    pub kind: TemplateKind,
    /// The template's name without folder and language.
    pub text: String,
    /// The treatment or the duty that asks for it.
    pub by: String,
}

/// The template for what a decision does: its kind and name, to be written by [`Templates::write`]. None where
/// nothing is written to anybody, or where the treatment names no text.
///
/// An offer is made by letter: the offers themselves are told as `offers`.
pub fn template_of(policy: &Policy, decision: &Decision) -> Option<(TemplateKind, String)> {
    if !matches!(decision.action, Action::Do(_)) {
        return None;
    }
    let treatment = policy.treatments().get(decision.treatment?.index())?;
    Some((kind_of(treatment.verb)?, text_of(&treatment.details)?))
}

/// Every template that a policy asks for, in its order: treatments, then duties.
pub fn wanted_templates(policy: &Policy) -> Vec<Wanted> {
    let of = |by: &str, verb: Verb, details: &BTreeMap<String, Detail>| {
        Some(Wanted { kind: kind_of(verb)?, text: text_of(details)?, by: by.to_owned() })
    };
    let treatments = policy.treatments().iter().filter_map(|one| of(&one.name, one.verb, &one.details));
    treatments.chain(policy.duties().iter().filter_map(|one| of(&one.name, one.verb, &one.details))).collect()
}

impl Templates {
    /// Whether nobody needs a template of the set: it is as it was shipped, of a kind that policies name, and this
    /// policy does not name it.
    pub fn is_unused(&self, policy: &Policy, name: &str) -> bool {
        let Some(template) = self.all.get(name) else { return false };
        let (kind, stem) = (template.name.kind, &template.name.stem);
        let named =
            [TemplateKind::Sms, TemplateKind::Letter, TemplateKind::Email, TemplateKind::Push, TemplateKind::Ivr];
        let shipped = || shipped_templates().iter().any(|(other, text)| *other == name && *text == template.source);
        let wanted = || wanted_templates(policy).iter().any(|one| one.kind == kind && one.text == *stem);
        named.contains(&kind) && shipped() && !wanted()
    }

    /// The templates that a policy asks for and that the set does not have in a language.
    pub fn lacking(&self, policy: &Policy, language: Language) -> Vec<Wanted> {
        let mut wanted = wanted_templates(policy);
        wanted.retain(|one| !self.has(one.kind, &one.text, language));
        wanted
    }
}

pub(crate) fn kind_of(verb: Verb) -> Option<TemplateKind> {
    if verb == Verb::Offer {
        return Some(TemplateKind::Letter);
    }
    Some(match verb.def().channel? {
        Channel::Sms => TemplateKind::Sms,
        Channel::Email => TemplateKind::Email,
        Channel::Letter | Channel::Branch | Channel::Meeting => TemplateKind::Letter,
        Channel::Push | Channel::InApp | Channel::Chat => TemplateKind::Push,
        Channel::Ivr => TemplateKind::Ivr,
        Channel::RinglessVoicemail => TemplateKind::Voicemail,
        _ => return None,
    })
}

pub(crate) fn text_of(details: &BTreeMap<String, Detail>) -> Option<String> {
    match details.get("text") {
        Some(Detail::Text(text)) => Some(text.clone()),
        _ => None,
    }
}
