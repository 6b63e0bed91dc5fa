//! What results of contacts do, and the facts that they can set.

use crate::condition::{FactId, Num};
use crate::facts::{Channel, EffectWord};
use crate::number::Cell;
use crate::span::Span;

/// What one result of a contact does to what the next decision knows.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The code or group of codes, as written.
    pub name: String,
    /// The codes that it stands for.
    pub codes: Vec<&'static str>,
    /// What it does.
    pub effect: Effect,
    /// Why it does that.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// What a result does.
#[derive(Clone, Debug)]
pub enum Effect {
    /// The attempt does not count, and its treatment may be used again after so many days.
    Retry(Num),
    /// The person is called again, so many days on where no day was noted.
    CallBack(Num),
    /// Demand rests so many days.
    Pause(Num),
    /// The number that was used is known as this word; for so many days, else for good.
    RetirePoint(&'static str, Option<i64>),
    /// The person refuses this channel, else the one that was used.
    OptOut(Option<Channel>),
    /// A flag of this name is taken as set; for so many days, else for good.
    Mark(String, Option<i64>),
    /// No promise stands; `promise_vague` is set, for so many days, else for good.
    VaguePromise(Option<i64>),
    /// A promise stands with the day and amount that were noted.
    Promise,
}

impl Effect {
    /// The word of the effect.
    pub const fn word(&self) -> EffectWord {
        match self {
            Self::Retry(_) => EffectWord::Retry,
            Self::CallBack(_) => EffectWord::CallBack,
            Self::Pause(_) => EffectWord::Pause,
            Self::RetirePoint(..) => EffectWord::RetirePoint,
            Self::OptOut(_) => EffectWord::OptOut,
            Self::Mark(..) => EffectWord::Mark,
            Self::VaguePromise(_) => EffectWord::VaguePromise,
            Self::Promise => EffectWord::Promise,
        }
    }
}

/// A fact that results of contacts can set. What they taught travels in the state and
/// wins over the table until its life ends.
#[derive(Clone, Debug)]
pub struct Learned {
    /// The fact; none if the policy does not read it.
    pub fact: Option<FactId>,
    /// The state fact with the learned value: `learned_hazard`.
    pub value: FactId,
    /// The state fact with the days since it was learned: `learned_days_hazard`.
    pub since: FactId,
    /// What kind of value is learned.
    pub form: LearnedForm,
    /// How many days each learned value lasts, for those that do not last for good.
    pub lives: Vec<(Cell, i64)>,
    /// For a learned word, by its position, the cell of the fact that it stands for.
    pub words: Vec<Cell>,
}

/// What kind of value is learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LearnedForm {
    /// A flag that is set. A flag that the table has set stays set.
    Flag,
    /// What is known of a number that the table takes for valid. One that the table knows
    /// not to be valid stays so, and one that it does not know stays unknown: neither is
    /// tried. The cell is the word `valid`.
    Number(Cell),
    /// Whether a promise stands, until the day of the second fact has passed.
    Promise(FactId),
    /// The day or the amount of the promise that the second fact says is open, until the
    /// day of the third has passed.
    OfPromise(FactId, FactId),
}

impl super::Policy {
    /// What results of contacts do.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.body.outcomes
    }

    /// The facts that results of contacts can set.
    pub fn learned(&self) -> &[Learned] {
        &self.body.learned
    }

    /// The facts that travel from decision to decision, in the order of the inputs.
    pub fn state_facts(&self) -> &[FactId] {
        &self.body.state
    }
}
