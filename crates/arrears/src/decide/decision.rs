//! What is decided for one account.

use super::Law;
use super::review_reason::ReviewReason;
use super::slot::Slot;
use crate::condition::{FactId, Truth, WordSet};
use crate::facts::{Channel, Verb};
use crate::policy::{StageId, TreatmentId};
use chrono::NaiveDate;

/// What is decided for one account on one day, as positions in its policy.
///
/// [`Decision::record`] gives it with names, as tables and logs carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The debtor types that the account may have: one, unless facts are missing.
    pub types: WordSet,
    /// The stage.
    pub stage: StageId,
    /// The stage of the last decision; none if this is the first.
    pub stage_before: Option<StageId>,
    /// Why the account is in the stage.
    pub stage_reason: StageReason,
    /// The rung of the ladder, kept while the account is beside it.
    pub rung: StageId,
    /// Whether a missing fact leaves the stage open; it then stays, and nothing goes ahead.
    pub stage_uncertain: bool,
    /// The treatment chosen.
    pub treatment: Option<TreatmentId>,
    /// What is done.
    pub action: Action,
    /// The channel of what is done.
    pub channel: Option<Channel>,
    /// Acts on the account that are due, by position.
    pub acts: Vec<u16>,
    /// What a cure does to the account.
    pub relief: Vec<Verb>,
    /// Duties that are due or cannot be read.
    pub duties: Vec<DutyDue>,
    /// The number to be tried, by position among the treatment's numbers.
    pub contact_point: Option<u8>,
    /// When the contact may be made.
    pub slot: Option<Slot>,
    /// Holds that are not false, by position.
    pub held_by: Vec<(u16, Truth)>,
    /// Treatments that were refused, and by what.
    pub vetoed_by: Vec<(TreatmentId, VetoBy)>,
    /// Facts whose absence mattered.
    pub missing: Vec<FactId>,
    /// The first day on which time alone may change the decision; none if the account is closed.
    pub next_review_on: Option<NaiveDate>,
    /// Whether the decision surely changes on that day; otherwise the day is a safe bound.
    pub review_exact: bool,
    /// Why on that day; none for a closed account, and where no review was asked for.
    pub review_reason: Option<ReviewReason>,
    /// The policy's priority, in its own unit.
    pub priority: Option<i64>,
    /// Marks for people.
    pub flags: Vec<Flag>,
    /// The law under which it was decided.
    pub law: Law,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The verb of the chosen treatment.
    Do(Verb),
    /// Something fits but rests, is blocked by `unless`, or waits for missing facts.
    Wait,
    /// A hold stops what fits.
    Held,
    /// A person must look.
    Review,
    /// Nothing fits.
    Nothing,
}

/// Why an account is in its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StageReason {
    /// The stage's condition.
    Condition,
    /// A cure.
    Cure,
    /// An `ease`.
    Ease,
    /// Nothing moves it.
    Stays,
    /// It moved up as far as one decision may; a more severe stage is open.
    Limited,
    /// A more severe stage waits for its `dwell`.
    Dwell,
    /// A more severe stage waits for the stage it comes after.
    After,
    /// A second decision on one day does not escalate.
    Repeat,
    /// The first decision of the account, placed at once.
    First,
}

impl StageReason {
    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Condition => "condition",
            Self::Cure => "cure",
            Self::Ease => "ease",
            Self::Stays => "stays",
            Self::Limited => "limited",
            Self::Dwell => "dwell",
            Self::After => "after",
            Self::Repeat => "repeat",
            Self::First => "first",
        }
    }
}

/// A duty that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyDue {
    /// The duty, by position.
    pub duty: u16,
    /// Whether it is due or cannot be read.
    pub status: DutyStatus,
    /// Days left until its deadline; below zero: late. None where it names none.
    pub days_left: Option<i64>,
}

/// Whether a duty is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyStatus {
    /// It is owed.
    Due,
    /// A missing fact leaves open whether it is owed: a person must look.
    Review,
}

/// What refused a treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VetoBy {
    /// A hold, by position.
    Hold(u16),
    /// The person has refused the channel.
    OptedOut,
    /// The person has not consented to the channel.
    NoConsent,
    /// No number is valid.
    NoNumber,
    /// No time is left today.
    NoSlot,
    /// A rule of law or of the house, by position among those bound.
    Rule(u16),
    /// A rule may stand against it: a person must look.
    RuleReview(u16),
    /// No law that anybody could name permits it: a person must look.
    NoLaw,
}

/// A mark for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// A second person looks before anything stronger than a letter goes out.
    SecondPerson,
    /// A duty cannot be read.
    DutyUnreadable,
    /// The stage is uncertain for want of a fact.
    StageUncertain,
    /// The account waits for missing facts.
    WaitsForFacts,
    /// The account is closed.
    Closed,
}

impl Flag {
    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SecondPerson => "second_person",
            Self::DutyUnreadable => "duty_unreadable",
            Self::StageUncertain => "stage_uncertain",
            Self::WaitsForFacts => "waits_for_facts",
            Self::Closed => "closed",
        }
    }
}

impl Action {
    /// The word in tables: the verb, or wait, held, review, none.
    pub fn word(self) -> &'static str {
        match self {
            Self::Do(verb) => verb.word(),
            Self::Wait => "wait",
            Self::Held => "held",
            Self::Review => "review",
            Self::Nothing => "none",
        }
    }

    /// How strong it is, from 0 to 6.
    pub fn strength(self) -> u8 {
        match self {
            Self::Do(verb) => verb.def().strength.unwrap_or(0),
            Self::Wait | Self::Held | Self::Review | Self::Nothing => 0,
        }
    }
}

impl Decision {
    /// A decision in which nothing is decided yet: stage `current`, no action, no law stated.
    pub fn empty() -> Self {
        Self {
            types: WordSet(0),
            stage: StageId::CURRENT,
            stage_before: None,
            stage_reason: StageReason::Stays,
            rung: StageId::CURRENT,
            stage_uncertain: false,
            treatment: None,
            action: Action::Nothing,
            channel: None,
            acts: Vec::new(),
            relief: Vec::new(),
            duties: Vec::new(),
            contact_point: None,
            slot: None,
            held_by: Vec::new(),
            vetoed_by: Vec::new(),
            missing: Vec::new(),
            next_review_on: None,
            review_exact: false,
            review_reason: None,
            priority: None,
            flags: Vec::new(),
            law: Law::unstated(),
        }
    }
}
