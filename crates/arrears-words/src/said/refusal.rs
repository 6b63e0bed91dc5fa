//! Why nothing is written.

use crate::template::TemplateFault;
use arrears::{Action, Decision, Policy};
use serde::{Serialize, Serializer};

/// A text that is not written, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unsaid {
    /// What would ask for it: `treatment afternoon_call`, `duty formal_demand`, `the decision`.
    pub by: String,
    /// Why it is not written.
    pub why: Refusal,
}

/// Why a text is not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The decision makes no contact.
    #[error("`{decided}`: no contact is made{}", joined(.because))]
    NoContact {
        /// What is decided: wait, held, review, none.
        decided: &'static str,
        /// Why, as far as the decision says.
        because: Vec<String>,
    },
    /// It is not done in writing.
    #[error("`{verb}` is not done in writing{}", instead_of_writing(.verb))]
    NotWritten {
        /// The verb.
        verb: &'static str,
    },
    /// It names no text.
    #[error("its `{verb}` names no text: expected `text: \"...\"` in the policy")]
    NamesNoText {
        /// The verb.
        verb: &'static str,
    },
    /// A missing fact leaves open whether a duty is due.
    #[error("a missing fact leaves open whether it is due: a person must look")]
    DutyUnclear,
    /// Offers are to be made, and none is told.
    #[error("`{template}` offers a way out and none is told: expected `offers`")]
    NoOffers {
        /// The template.
        template: String,
    },
    /// It asks for money that must not be asked for now.
    #[error("`{template}` asks for money, and {}: {}", asks_for_nothing(.held_by), listed(.lacks))]
    AsksForNothing {
        /// The template.
        template: String,
        /// The holds that may bind. Empty: the amount is zero.
        held_by: Vec<String>,
        /// What the template needs that is therefore not told.
        lacks: Vec<TemplateFault>,
    },
    /// It cannot be written, or says what it must not.
    #[error("{}", listed(.0))]
    Faults(Vec<TemplateFault>),
}

impl Refusal {
    pub(super) fn no_contact(policy: &Policy, decision: &Decision) -> Self {
        let record = decision.record(policy, "");
        let mut because = Vec::new();
        if !record.held_by.is_empty() {
            because.push(format!("held by {}", record.held_by.join(", ")));
        }
        because.extend(record.vetoed_by);
        if !record.missing.is_empty() {
            because.push(format!("not known: {}", record.missing.join(", ")));
        }
        because.extend(record.next_review_on.map(|day| format!("looked at again on {day}")));
        Self::NoContact { decided: decision.action.word(), because }
    }

    /// Whether a person must look before anything is written.
    pub fn asks_for_a_person(&self) -> bool {
        match self {
            Self::DutyUnclear => true,
            Self::NoContact { decided: word, .. } | Self::NotWritten { verb: word } => *word == Action::Review.word(),
            _ => false,
        }
    }

    /// Whether something must be mended: a template, the house, the policy, or what is told.
    pub const fn is_a_mistake(&self) -> bool {
        matches!(self, Self::Faults(_) | Self::NamesNoText { .. } | Self::NoOffers { .. })
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn instead_of_writing(verb: &str) -> &'static str {
    match verb {
        "phone" | "visit" => ": a brief says what to say",
        "review" => ": a person must look",
        _ => "",
    }
}

fn joined(because: &[String]) -> String {
    if because.is_empty() { String::new() } else { format!(" ({})", because.join("; ")) }
}

fn listed(faults: &[TemplateFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn asks_for_nothing(held_by: &[String]) -> String {
    if held_by.is_empty() { "nothing is asked for".to_owned() } else { format!("it is held by {}", held_by.join(", ")) }
}
