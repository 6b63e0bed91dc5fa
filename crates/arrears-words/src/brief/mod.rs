//! Call briefs: what to say, in a fixed order, and what to record.

mod making;
mod problem;
mod record;
mod text;
mod words;

pub use problem::BriefProblem;
pub use record::{Recording, recordings};
pub use words::HouseWords;

use crate::Language;
use serde::Serialize;

/// A brief for one contact with one person, in the order in which it is used.
///
/// A brief is for whoever speaks to the person, and never shown outside: it names the debtor type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The language.
    pub language: Language,
    /// The debtor type as people are shown it; several, where missing facts leave it open.
    pub debtor_type: String,
    /// The stage as people are shown it.
    pub stage: String,
    /// The tone that the policy asks for.
    pub tone: Option<String>,
    /// What stops contact. Where there is any, the brief asks for nothing.
    pub held_by: Vec<String>,
    /// What is decided: a verb, or wait, held, review, none.
    pub decided: &'static str,
    /// Whether that is a talk. Where it is not, nobody calls now, and the brief is for a person who calls us.
    pub in_person: bool,
    /// Whether it asks for payment: nothing stops contact, and more than nothing is asked for.
    pub asks: bool,
    /// The identity check; nothing of the debt is in it.
    pub identity: String,
    /// What is said first to the person: amount and day, or that nothing is asked for.
    pub opening: String,
    /// What must be said after it.
    pub disclosures: Vec<String>,
    /// What to say to this type of debtor, from templates.
    pub points: Vec<String>,
    /// What the policy says for the type, the stage and the treatment.
    pub policy_points: Vec<String>,
    /// Points of the policy that nobody put into this language. They are left out.
    pub untranslated: Vec<String>,
    /// What to offer; empty while contact is stopped.
    pub offers: Vec<String>,
    /// Offers that are told and not said, because saying them would take too long: the last of them. A person who
    /// asks for more choices is told of them from the list of what can be arranged.
    pub offers_left_out: usize,
    /// The last words.
    pub close: String,
    /// What to leave on a voicemail, and nothing else: where the law in force says what such a message holds, the
    /// decision is a call, and all that it needs is told. It is not counted in the seconds.
    pub voicemail: Option<String>,
    /// What not to say.
    pub not_to_say: Vec<String>,
    /// What to record.
    pub record: Vec<Recording>,
    /// Seconds that saying it takes.
    pub seconds: u64,
    /// Seconds that it may take.
    pub most_seconds: u64,
}

impl Brief {
    /// Everything that is said aloud, in order.
    pub fn spoken(&self) -> Vec<&str> {
        let mut all = vec![self.identity.as_str(), self.opening.as_str()];
        for part in [&self.disclosures, &self.points, &self.policy_points, &self.offers] {
            all.extend(part.iter().map(String::as_str));
        }
        all.push(self.close.as_str());
        all
    }
}
