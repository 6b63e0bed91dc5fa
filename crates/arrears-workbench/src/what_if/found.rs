//! What was found: changes, and what they lead to.

use super::lever::ChangeKind;
use super::turned::Turned;
use chrono::NaiveDate;
use serde::Serialize;

/// What would change a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// The format: [`super::FORMAT`].
    pub format: &'static str,
    /// The day of the decision.
    pub as_of: NaiveDate,
    /// The policy's name and version.
    pub policy: String,
    /// What is decided.
    pub now: Outcome,
    /// Changes that lead to a milder decision: by kind, the smaller first.
    pub milder: Vec<Change>,
    /// Changes that lead to a harsher decision: by kind, the smaller first.
    pub harsher: Vec<Change>,
    /// Facts that the decision rests on and that no change here moves: for information.
    pub given: Vec<Given>,
}

/// What a decision comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The verb, or wait, held, review, none.
    pub action: String,
    /// How strong the action is, from 0 to 6.
    pub strength: u8,
    /// The treatment; none if nothing is done.
    pub treatment: Option<String>,
    /// The stage.
    pub stage: String,
    /// The debtor type; none where it may be one of several.
    pub debtor_type: Option<String>,
}

/// A change, and what it leads to. One unit less (a cent, a day, a call) does not lead as far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// What it is, in words: `paying 1240.00 EUR today`.
    pub what: String,
    /// Its size as people write it: `1240.00 EUR`, `12`; none for what is so or not.
    pub size: Option<String>,
    /// The day of the decision that it leads to.
    pub on: NaiveDate,
    /// What is decided then.
    pub leads_to: Outcome,
    /// Statements that bind now and no longer bind then: `hold dispute`, `stage firm`.
    pub no_longer: Vec<String>,
    /// Statements that bind only then.
    pub then: Vec<String>,
    /// Treatments that are refused only then, and by what: `gentle text: opted out of the channel`.
    pub refused: Vec<String>,
    /// The conditions that turned.
    pub turned: Vec<Turned>,
    /// Every fact that differs then, those that follow included, but for the state.
    pub facts: Vec<MovedFact>,
}

/// A fact before and after a change, as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MovedFact {
    /// The fact's column.
    pub fact: String,
    /// What it is now.
    pub from: String,
    /// What it is then.
    pub to: String,
}

/// A fact that the decision rests on and that no change here moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Given {
    /// The fact's column.
    pub fact: String,
    /// What it is.
    pub value: String,
}
