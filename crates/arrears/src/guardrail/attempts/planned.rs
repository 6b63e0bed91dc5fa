//! What a dialler runs, and why it leaves a number out.

use crate::guardrail::{Answer, Decisive};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;

/// What a dialler runs: attempts in order, each permitted although all before it were made in vain.
///
/// It holds as long as every attempt was made at its moment and ended with `goes_on_after`. After any
/// other result, or an attempt that was made late or not at all, the case is another: plan again, with
/// what happened in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempts {
    /// The attempts, in order; none: nothing may be attempted in the plan.
    pub attempts: Vec<Attempt>,
    /// The numbers of the plan, in its order.
    pub numbers: Vec<NumberPlanned>,
    /// The one result after which the next attempt is still permitted: `no_answer`.
    pub goes_on_after: &'static str,
    /// Under which law.
    pub law: String,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// When it is made, by the clock of the first zone.
    pub at: DateTime<FixedOffset>,
    /// The number.
    pub number: String,
    /// What number it is.
    pub kind: String,
}

/// What a plan makes of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberPlanned {
    /// The number.
    pub number: String,
    /// What number it is.
    pub kind: String,
    /// How many attempts are made.
    pub attempts: u32,
    /// Why none is made; none if some are.
    pub left_out: Option<LeftOut>,
}

/// Why no attempt of a number is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum LeftOut {
    /// The zones or the earlier contacts are not known, so that nobody can count or tell the time.
    NotKnown {
        /// What is not known.
        missing: Vec<String>,
    },
    /// Attempts of the history ended often enough with a result that ends it.
    Result {
        /// The result.
        result: String,
        /// After so many the number is left out.
        after: u32,
        /// So many there surely were.
        at_least: u32,
        /// So many there were if all those did of which the number or the result is not known.
        at_most: u32,
    },
    /// The rules permit none at any moment of the plan.
    Rules {
        /// The first moment of the plan.
        at: DateTime<FixedOffset>,
        /// What they say of that moment.
        answer: Answer,
        /// Those that stand against it then.
        rules: Vec<Decisive>,
        /// Facts that are not known and would matter then.
        missing: Vec<String>,
        /// When they first permit it, whatever the plan says; none: no moment within a year can be named.
        earliest: Option<DateTime<FixedOffset>>,
    },
    /// The plan has no moment left: its days are over, its times passed, or the attempts of its days made.
    Over,
    /// The rules would permit it, but attempts of the numbers before it use up the plan or the law's counts.
    Taken,
}

impl LeftOut {
    /// Whether a person may find that it may be made after all, or not.
    pub const fn answer(&self) -> Answer {
        match self {
            Self::NotKnown { .. } => Answer::Review,
            Self::Result { after, at_least, .. } if *at_least < *after => Answer::Review,
            Self::Rules { answer, .. } => *answer,
            Self::Result { .. } | Self::Over | Self::Taken => Answer::Block,
        }
    }
}

impl Attempts {
    /// Whether something may be attempted: `Allow` if there is an attempt, `Review` if there is none and a
    /// person must look for some number, `Block` otherwise.
    pub fn answer(&self) -> Answer {
        if !self.attempts.is_empty() {
            return Answer::Allow;
        }
        let reasons = self.numbers.iter().filter_map(|number| number.left_out.as_ref());
        reasons.map(LeftOut::answer).min().unwrap_or(Answer::Block)
    }
}
