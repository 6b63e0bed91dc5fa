//! What a policy does: duties, acts, treatments.

use super::ladder::Cadence;
use crate::condition::{Cond, FactId, Num, WordSet};
use crate::facts::{Class, Verb};
use crate::number::Kind;
use crate::span::Span;
use std::collections::BTreeMap;

/// The place of a treatment in a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TreatmentId(pub(crate) u16);

impl TreatmentId {
    /// The treatment at a position; whether a policy has one there is for the policy to say.
    pub const fn at(position: u16) -> Self {
        Self(position)
    }

    /// The position, as small as it is kept.
    pub const fn position(self) -> u16 {
        self.0
    }

    /// The position.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a contact is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To ask for payment.
    Demand,
    /// To inform.
    Information,
    /// To state the account.
    Statement,
    /// A notice that law or contract requires.
    RequiredNotice,
    /// To answer.
    Reply,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 5] = [Self::Demand, Self::Information, Self::Statement, Self::RequiredNotice, Self::Reply];

    /// The word in policies.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Information => "information",
            Self::Statement => "statement",
            Self::RequiredNotice => "required_notice",
            Self::Reply => "reply",
        }
    }

    /// The purpose that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }
}

/// A period of a day in minutes after midnight; the end is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockPeriod {
    /// First minute.
    pub from: u16,
    /// One past the last minute.
    pub to: u16,
}

/// A number at which a person may be called.
#[derive(Clone, Debug)]
pub struct Point {
    /// `mobile`, `work` or `home`.
    pub name: String,
    /// The fact that tells what is known of it.
    pub fact: FactId,
    /// The position of `valid` among its words.
    pub valid: WordSet,
    /// When a rule refuses this number.
    pub refused: Option<Cond>,
}

/// An option of a verb, kept as it was written.
#[derive(Clone, Debug, PartialEq)]
pub enum Detail {
    /// A text.
    Text(String),
    /// A number in its smallest unit, with its kind.
    Number(i64, Kind),
    /// Yes or no.
    Flag(bool),
    /// A list.
    List(Vec<Detail>),
    /// A map.
    Map(BTreeMap<String, Detail>),
    /// A threshold, by name.
    Threshold(String),
}

/// A treatment: what to do in a stage.
#[derive(Clone, Debug)]
pub struct Treatment {
    /// Its name.
    pub name: String,
    /// The stages it belongs to.
    pub stages: WordSet,
    /// When it fits; always if it does not say.
    pub when: Option<Cond>,
    /// What keeps it from going ahead.
    pub unless: Option<Cond>,
    /// What is done.
    pub verb: Verb,
    /// How strong that is.
    pub strength: u8,
    /// What holds take it for.
    pub class: Class,
    /// What the contact is for.
    pub purpose: Purpose,
    /// Days of rest before it may be repeated.
    pub every: Option<Num>,
    /// Times in one episode of arrears.
    pub at_most: Option<Num>,
    /// Preferred time.
    pub at: Option<ClockPeriod>,
    /// Numbers to be tried, in turn.
    pub numbers: Vec<Point>,
    /// Whether the person has refused the channel.
    pub opted_out: Option<FactId>,
    /// Whether the person has consented to the channel, where that is asked for.
    pub consent: Option<FactId>,
    /// The one stronger treatment that may take the turn after a known rest or refusal.
    pub instead: Option<TreatmentId>,
    /// When rules of law and of the house stand against it, in their order.
    pub guards: Vec<super::Guard>,
    /// The hours that rules keep.
    pub hours: Vec<super::KeptHours>,
    /// Who must approve it.
    pub approval: Option<String>,
    /// Every option of the verb as written: text, tone, points to be made, what is needed.
    pub details: BTreeMap<String, Detail>,
    /// Why it is done.
    pub why: String,
    /// Where it stands.
    pub span: Span,
    pub(crate) cadence: Cadence,
}

/// An obligation with a deadline.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Its name.
    pub name: String,
    /// When it is owed.
    pub when: Cond,
    /// What is done.
    pub verb: Verb,
    /// Days within which it must be done.
    pub within: Option<Num>,
    /// Days since the event from which the days count; from the first decision that finds it due, if none.
    pub from: Option<FactId>,
    /// Every option of the verb as written.
    pub details: BTreeMap<String, Detail>,
    /// Where it comes from.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// Something done to the account.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its name.
    pub name: String,
    /// When it is due.
    pub when: Cond,
    /// What is done.
    pub verb: Verb,
    /// What holds take it for.
    pub class: Class,
    /// Every option of the verb as written.
    pub details: BTreeMap<String, Detail>,
    /// Why it is done.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// When people of an occupation may be found at home.
#[derive(Clone, Debug)]
pub struct Hours {
    /// The occupation.
    pub occupation: String,
    /// Its position among the words of `occupation`.
    pub word: i64,
    /// The period.
    pub period: ClockPeriod,
    /// Where it stands.
    pub span: Span,
}

impl Treatment {
    /// Days since it was last chosen, if the policy keeps that.
    pub const fn since(&self) -> Option<FactId> {
        self.cadence.since
    }

    /// Times it was chosen in this episode, if the policy keeps that.
    pub const fn count(&self) -> Option<FactId> {
        self.cadence.count
    }

    /// Attempts that did not count, if the policy keeps them; they turn to the next number
    /// all the same.
    pub const fn retries(&self) -> Option<FactId> {
        self.cadence.retries
    }
}
