//! Packs of law: limits on contact as data, with where they come from and from when they hold.

mod canonical;
mod citation;
mod class;
mod legal;
mod rule;
mod wording;

pub use citation::{Basis, Certainty, Citation, Status, Strength};
pub use class::{About, ConsentKind, ContactClass, Same};
pub use legal::{Deadline, DeadlineSpan, Meaning, MessageForm, Procedure, Remark};
pub use rule::{After, DayHours, Exception, Limit, Rule, WeekHours, Window};

use super::{Duty, Input, PolicyHash, Threshold};
use crate::condition::FactId;
use crate::draft::Source;
use crate::facts::Parametric;
use crate::span::Span;
use chrono::NaiveDate;
use std::sync::Arc;

/// A pack of rules, read once and never changed. Cloning it is cheap.
///
/// The guardrails that a bank writes into its own policy are a pack too, the *house pack*
/// ([`super::Policy::house_rules`]); it binds beside the law and can only add to it.
#[derive(Clone, Debug)]
pub struct Pack {
    pub(crate) body: Arc<PackBody>,
    pub(crate) values: Arc<[i64]>,
    pub(crate) hash: PolicyHash,
}

/// What the pack says, but for the values of its thresholds.
#[derive(Debug)]
pub(crate) struct PackBody {
    pub(crate) head: PackHead,
    pub(crate) sources: Vec<Source>,
    pub(crate) inputs: Vec<Input>,
    /// Facts with a parameter, and what each asks.
    pub(crate) asked: Vec<(FactId, Parametric)>,
    pub(crate) thresholds: Vec<Threshold>,
    pub(crate) classes: Vec<ContactClass>,
    pub(crate) consents: Vec<ConsentKind>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) remarks: Vec<Remark>,
    pub(crate) deadlines: Vec<Deadline>,
    pub(crate) messages: Vec<MessageForm>,
    pub(crate) procedures: Vec<Procedure>,
    pub(crate) duties: Vec<(Duty, Citation)>,
    pub(crate) meanings: Vec<Meaning>,
    pub(crate) events: Vec<String>,
}

/// The head of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackHead {
    /// The pack's name: `us-regf`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// A label for people.
    pub version: String,
    /// Whose law it is; empty for the house pack, which binds wherever its policy does.
    pub jurisdiction: String,
    /// The first day on which it is in force.
    pub from: Option<NaiveDate>,
    /// The last day on which it is in force.
    pub to: Option<NaiveDate>,
    /// The calendar that says what a holiday is.
    pub calendar: Option<String>,
    /// When the source was last read.
    pub verified_on: Option<NaiveDate>,
    /// The text that the rules come from.
    pub source: String,
    /// What it is for and whom it binds.
    pub why: String,
    /// Where the head stands.
    pub span: Span,
}

impl PackHead {
    /// Whether it binds accounts of a jurisdiction: its own, and those below it (`US` binds `US-MA`).
    ///
    /// The house pack binds everywhere.
    pub fn binds(&self, jurisdiction: &str) -> bool {
        self.jurisdiction.is_empty()
            || jurisdiction
                .strip_prefix(self.jurisdiction.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// Whether it is in force on a day.
    pub fn in_force(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}

impl Pack {
    /// The head: name, jurisdiction, days in force.
    pub fn head(&self) -> &PackHead {
        &self.body.head
    }

    /// The files from which it was read.
    pub fn sources(&self) -> &[Source] {
        &self.body.sources
    }

    /// The facts that its conditions read.
    pub fn inputs(&self) -> &[Input] {
        &self.body.inputs
    }

    /// What a fact with a parameter asks, if the fact is one.
    pub fn asked(&self, fact: FactId) -> Option<&Parametric> {
        self.body.asked.iter().find(|(id, _)| *id == fact).map(|(_, asked)| asked)
    }

    /// The thresholds.
    pub fn thresholds(&self) -> &[Threshold] {
        &self.body.thresholds
    }

    /// The values of the thresholds in force, by position.
    pub fn threshold_values(&self) -> &[i64] {
        &self.values
    }

    /// The classes of contacts, in the order written.
    pub fn classes(&self) -> &[ContactClass] {
        &self.body.classes
    }

    /// How long consents of each kind live.
    pub fn consents(&self) -> &[ConsentKind] {
        &self.body.consents
    }

    /// The rules, in the order written.
    pub fn rules(&self) -> &[Rule] {
        &self.body.rules
    }

    /// What lifts rules.
    pub fn exceptions(&self) -> &[Exception] {
        &self.body.exceptions
    }

    /// What is said beside an answer.
    pub fn remarks(&self) -> &[Remark] {
        &self.body.remarks
    }

    /// Dates that follow from others.
    pub fn deadlines(&self) -> &[Deadline] {
        &self.body.deadlines
    }

    /// Forms of messages.
    pub fn messages(&self) -> &[MessageForm] {
        &self.body.messages
    }

    /// What satisfies procedures.
    pub fn procedures(&self) -> &[Procedure] {
        &self.body.procedures
    }

    /// What the law obliges, with where that stands.
    pub fn duties(&self) -> &[(Duty, Citation)] {
        &self.body.duties
    }

    /// Rules that are the meaning of classes, words or limits of the pack.
    pub fn meanings(&self) -> &[Meaning] {
        &self.body.meanings
    }

    /// The events that the pack declares itself.
    pub fn own_events(&self) -> impl Iterator<Item = &str> {
        self.body.events.iter().map(String::as_str)
    }

    /// The events whose dates the pack asks for, its own and those that every host knows, each once.
    pub fn events(&self) -> Vec<&str> {
        let asked = self.body.asked.iter().map(|(_, asked)| asked);
        let dated = asked.filter(|asked| asked.kind == crate::facts::ParametricKind::DaysSince);
        let named = dated.map(|asked| asked.what.as_str());
        let mut events: Vec<&str> = named
            .filter(|what| crate::facts::LEGAL_EVENTS.contains(what) || self.body.events.iter().any(|own| own == what))
            .collect();
        events.sort_unstable();
        events.dedup();
        events
    }

    /// Where each of its rules stands: limits, exceptions, remarks, dates, forms, procedures, duties
    /// and meanings, in that order.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        let body = &self.body;
        let limits = body.rules.iter().map(|rule| &rule.citation);
        let exceptions = body.exceptions.iter().map(|exception| &exception.citation);
        let remarks = body.remarks.iter().map(|remark| &remark.citation);
        let deadlines = body.deadlines.iter().map(|deadline| &deadline.citation);
        let messages = body.messages.iter().map(|message| &message.citation);
        let procedures = body.procedures.iter().map(|procedure| &procedure.citation);
        let duties = body.duties.iter().map(|(_, citation)| citation);
        let meanings = body.meanings.iter().map(|meaning| &meaning.citation);
        limits
            .chain(exceptions)
            .chain(remarks)
            .chain(deadlines)
            .chain(messages)
            .chain(procedures)
            .chain(duties)
            .chain(meanings)
    }

    /// SHA-256 over what the pack says: its statements and the values of its thresholds.
    pub fn hash(&self) -> PolicyHash {
        self.hash
    }
}
