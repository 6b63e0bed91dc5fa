//! What is written to a person for a decision: its text, counted and checked, or why nothing is written.

mod refusal;
mod writing;

pub use refusal::{Refusal, Unsaid};

use crate::brief::HouseWords;
use crate::message::{kind_of, text_of};
use crate::template::TemplateKind;
use crate::told::Told;
use crate::{Language, ShortMessage};
use arrears::decide::DutyStatus;
use arrears::{Action, Decision, Policy};
use serde::Serialize;
use writing::Writing;

/// A text as it goes out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// What asks for it: `treatment courtesy_text`, `duty overdue_notice`, or `preview`.
    pub by: String,
    /// Whether it is only shown: the decision does not send it.
    pub preview: bool,
    /// The kind of the message.
    pub kind: TemplateKind,
    /// The name of its template, without folder and language.
    pub template: String,
    /// The language.
    pub language: Language,
    /// The subject; only e-mails have one.
    pub subject: Option<String>,
    /// The text, without the subject.
    pub text: String,
    /// How a network carries it; only for short messages.
    pub short_message: Option<ShortMessage>,
    /// The disclosures of the house that it holds, by name.
    pub disclosures: Vec<String>,
    /// What it was held against, and passed: `forbidden_phrases`, `disclosures`, `overheard`, `identity`,
    /// `subject`, `length`.
    pub checked: Vec<&'static str>,
    /// Who must approve it before it goes out.
    pub approval: Option<String>,
}

/// All that a decision writes to a person: the text of its treatment, and of every duty that is due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Texts {
    /// What is written.
    pub said: Vec<Said>,
    /// What is not, and why.
    pub unsaid: Vec<Unsaid>,
}

impl Texts {
    /// The texts for an account as it was decided, of what is told of it.
    ///
    /// Only a decision that makes the contact writes: one that waits, is held, or asks for a person says why
    /// instead. A duty that is due is written beside it. While a hold may bind, or the amount is zero, no text is
    /// told `amount`, `due_on`, `instalment` and `later`, so that nothing that asks for money can be written; what only states
    /// or answers still is.
    pub fn of(words: &HouseWords, policy: &Policy, decision: &Decision, told: &Told) -> Self {
        let writing = Writing { words, policy, decision, told };
        let mut texts = Self::default();
        let mut take = |by: String, written: Result<Said, Refusal>| match written {
            Ok(said) => texts.said.push(said),
            Err(why) => texts.unsaid.push(Unsaid { by, why }),
        };
        let treatment = decision.treatment.and_then(|id| policy.treatments().get(id.index()));
        match (decision.action, treatment) {
            (Action::Do(verb), Some(treatment)) => {
                let by = format!("treatment {}", treatment.name);
                let written = writing
                    .wanted(&by, verb, text_of(&treatment.details))
                    .map(|said| Said { approval: decision.approval(policy), ..said });
                take(by, written);
            }
            _ => take("the decision".to_owned(), Err(Refusal::no_contact(policy, decision))),
        }
        for due in &decision.duties {
            let Some(duty) = policy.duties().get(usize::from(due.duty)) else { continue };
            let by = format!("duty {}", duty.name);
            let written = match due.status {
                DutyStatus::Due => writing.wanted(&by, duty.verb, text_of(&duty.details)),
                DutyStatus::Review => Err(Refusal::DutyUnclear),
            };
            take(by, written);
        }
        texts
    }
}

impl Said {
    /// One template as this account would read it, whatever is decided: a preview. `asked` is its name, with its
    /// folder where two kinds have it (`sms/gentle`). An account that a hold may bind gets no demand here either.
    ///
    /// # Errors
    ///
    /// [`Refusal`], with everything that is wrong.
    pub fn preview(
        words: &HouseWords,
        policy: &Policy,
        decision: &Decision,
        told: &Told,
        asked: &str,
    ) -> Result<Self, Refusal> {
        let writing = Writing { words, policy, decision, told };
        let (kind, template) = writing.find(asked)?;
        let said = writing.written("preview", kind, &template)?;
        Ok(Self { preview: true, ..said })
    }

    /// The text as a page shows it: subject, text, and for a short message its parts.
    pub fn page(&self) -> String {
        let mut out = String::new();
        if let Some(subject) = &self.subject {
            out.push_str(&format!("{subject}\n\n"));
        }
        out.push_str(&self.text);
        out.push('\n');
        out
    }
}

impl Writing<'_> {
    /// The text that a treatment or a duty names.
    fn wanted(&self, by: &str, verb: arrears::Verb, text: Option<String>) -> Result<Said, Refusal> {
        let kind = kind_of(verb).ok_or_else(|| Refusal::NotWritten { verb: verb.word() })?;
        let template = text.ok_or(Refusal::NamesNoText { verb: verb.word() })?;
        if verb == arrears::Verb::Offer && self.told.offers.is_empty() {
            return Err(Refusal::NoOffers { template });
        }
        self.written(by, kind, &template)
    }
}
