//! How a text comes about: written, set, counted and held against the checks.

use super::{Refusal, Said};
use crate::brief::HouseWords;
use crate::checks::{subject_head, texts};
use crate::template::{Place, TemplateFault, TemplateKind, TemplateName};
use crate::told::Told;
use crate::{Language, ShortMessage};
use arrears::document::meant;
use arrears::{Decision, Policy};
use chrono::Days;

/// An account whose texts are written.
pub(super) struct Writing<'a> {
    pub(super) words: &'a HouseWords,
    pub(super) policy: &'a Policy,
    pub(super) decision: &'a Decision,
    pub(super) told: &'a Told,
}

impl Writing<'_> {
    /// The template that is meant by a name, with or without its folder.
    pub(super) fn find(&self, asked: &str) -> Result<(TemplateKind, String), Refusal> {
        let language = self.told.language;
        let written = |template: &TemplateName| {
            template.language == language && !matches!(template.kind, TemplateKind::Brief | TemplateKind::Part)
        };
        let named = |template: &TemplateName| format!("{}/{}", template.kind.word(), template.stem);
        let known = || self.words.templates.all.values().map(|one| &one.name).filter(|name| written(name));
        let found: Vec<&TemplateName> = known().filter(|name| name.stem == asked || named(name) == asked).collect();
        let message = match found.as_slice() {
            [one] => return Ok((one.kind, one.stem.clone())),
            [] => {
                let names: Vec<String> = known().flat_map(|name| [name.stem.clone(), named(name)]).collect();
                let meant = meant(asked, names.iter().map(String::as_str));
                format!("no text of this name in `{language}`{meant}")
            }
            several => {
                let several: Vec<String> = several.iter().map(|name| format!("`{}`", named(name))).collect();
                format!("several texts have this name: expected one of {}", several.join(", "))
            }
        };
        Err(Refusal::Faults(vec![TemplateFault::new(asked, Place::WHOLE, message)]))
    }

    /// The text of a template, or why it is not written.
    pub(super) fn written(&self, by: &str, kind: TemplateKind, stem: &str) -> Result<Said, Refusal> {
        let (templates, language) = (&self.words.templates, self.told.language);
        let name = TemplateName::write(kind, stem, language);
        let held_by = self.decision.record(self.policy, "").held_by;
        let nothing = self.told.amount.is_some_and(|amount| amount.minor() <= 0);
        let rests = !held_by.is_empty() || nothing;
        let withheld = ["`amount` ", "`due_on` ", "`instalment` ", "`instalment_on` "];
        let asks = |fault: &TemplateFault| withheld.iter().any(|of| fault.message.starts_with(of));
        let text = match templates.write_named(&name, &self.told_of(&name, kind, rests)) {
            Ok(text) => text,
            Err(lacks) if rests && lacks.iter().any(asks) => {
                return Err(Refusal::AsksForNothing { template: stem.to_owned(), held_by, lacks });
            }
            Err(faults) => return Err(Refusal::Faults(faults)),
        };
        let (subject, text) = set(kind, language, &text);
        let mut faults = self.words.checks.of_template(templates, &name);
        let whole = subject.iter().map(String::as_str).chain([text.as_str()]).collect::<Vec<_>>().join("\n");
        faults.extend(self.words.checks.of_text(&name, language, &whole));
        let short_message = (kind == TemplateKind::Sms).then(|| ShortMessage::of(&text));
        if let Some(Err(error)) = short_message.as_ref().map(|message| message.within(templates.limits.sms_parts)) {
            faults.push(TemplateFault::new(&name, Place::WHOLE, error.to_string()));
        }
        faults.sort();
        faults.dedup();
        if !faults.is_empty() {
            return Err(Refusal::Faults(faults));
        }
        let held = self.words.disclosures.iter().filter(|one| one.language == language);
        let held = held.filter(|one| one.stands_in([(Place::START, Some(whole.as_str()))]));
        Ok(Said {
            by: by.to_owned(),
            preview: false,
            kind,
            template: stem.to_owned(),
            language,
            subject,
            short_message,
            disclosures: held.map(|one| one.name.clone()).collect(),
            checked: checked(kind),
            approval: None,
            text,
        })
    }

    /// What this text is told: the day that leaves time to pay where payment is asked for at once, what must be disclosed and it does not say by itself, and nothing to ask for where
    /// nothing may be asked for.
    fn told_of(&self, name: &str, kind: TemplateKind, rests: bool) -> Told {
        let parts = self.words.templates.with_included(name);
        let says = |words: &crate::disclosure::Disclosure| {
            parts.iter().any(|(_, template)| words.stands_in(texts(&template.pieces)))
        };
        let wanted = |one: &&crate::disclosure::Disclosure| {
            one.language == self.told.language && one.kinds.contains(&kind) && !says(one)
        };
        let disclosures = self.words.disclosures.iter().filter(wanted).map(|one| one.words.clone()).collect();
        let mut told = Told { disclosures, ..self.told.clone() };
        // What falls due today does so, whatever the house says; what is late already is asked for at once.
        let at_once = told.due_on == Some(told.today) && told.overdue.is_some_and(|overdue| overdue.minor() > 0);
        if let Some(days) = self.words.pay_within.get(&kind).filter(|_| at_once) {
            told.due_on = told.today.checked_add_days(Days::new(u64::from(*days)));
        }
        if rests {
            (told.amount, told.due_on) = (None, None);
            (told.instalment, told.instalment_on) = (None, None);
            told.later.clear();
        }
        told
    }
}

/// A text as it is set: one line for what is short, without lines that hold nothing for the rest; and the subject.
fn set(kind: TemplateKind, language: Language, text: &str) -> (Option<String>, String) {
    if !matches!(kind, TemplateKind::Letter | TemplateKind::Email) {
        return (None, text.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim().lines().map(str::trim_end) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    let subject = match lines.first().and_then(|first| first.strip_prefix(subject_head(language))) {
        Some(subject) if kind == TemplateKind::Email => Some(subject.trim().to_owned()),
        _ => None,
    };
    let body = lines.get(usize::from(subject.is_some())..).unwrap_or_default();
    (subject, body.join("\n").trim().to_owned())
}

/// What a text of a kind is held against.
fn checked(kind: TemplateKind) -> Vec<&'static str> {
    let own = match kind {
        TemplateKind::Sms => Some("length"),
        TemplateKind::Email => Some("subject"),
        TemplateKind::Ivr => Some("identity"),
        kind if kind.is_overheard() => Some("overheard"),
        _ => None,
    };
    ["forbidden_phrases", "disclosures"].into_iter().chain(own).collect()
}
