//! The stages of a policy and how accounts move over them.

use crate::condition::{Cond, FactId, Num, WordSet};
use crate::facts::Verb;
use crate::span::Span;
use std::collections::BTreeMap;

/// The place of a stage in order of severity; 0 is `current`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StageId(pub(crate) u8);

impl StageId {
    /// `current`: nothing is late enough to be in a stage.
    pub const CURRENT: Self = Self(0);

    /// The stage at a position; whether a policy has one there is for the policy to say.
    pub const fn at(position: u8) -> Self {
        Self(position)
    }

    /// The position.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The position, as small as it is kept.
    pub const fn position(self) -> u8 {
        self.0
    }
}

/// A stage of collection.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// When an account belongs in it; none for `current`.
    pub when: Option<Cond>,
    /// The stage that must have been reached before.
    pub after: Option<StageId>,
    /// Days in the stage that is left before this one may be entered.
    pub dwell: Option<Num>,
    /// Who must approve what is done in it.
    pub approval: Option<String>,
    /// Whether it stands beside the ladder.
    pub beside: bool,
    /// The name shown to people, by language.
    pub shows: BTreeMap<String, String>,
    /// Talking points.
    pub say: Vec<String>,
    /// What it is for.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// How accounts move up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// One rung after the other, never down.
    Sequential,
    /// To the most severe candidate, never down.
    Skip,
    /// To the most severe candidate, up or down, without memory.
    Free,
}

/// How accounts move over the ladder.
#[derive(Clone, Debug)]
pub struct Escalate {
    /// The mode.
    pub mode: Mode,
    /// Rungs up in one decision.
    pub steps: u32,
    /// Whether an account without state enters its stage at once.
    pub first_skip: bool,
    /// Whether a missed night gives its steps later.
    pub catch_up: bool,
    /// Stages that only a cure leaves.
    pub latches: WordSet,
    /// Where it stands.
    pub span: Span,
}

/// A way down.
#[derive(Clone, Debug)]
pub struct Ease {
    /// The milder stage.
    pub to: StageId,
    /// When.
    pub when: Cond,
    /// Where it stands.
    pub span: Span,
}

/// When arrears are over.
#[derive(Clone, Debug)]
pub struct Cure {
    /// The stage after it.
    pub to: StageId,
    /// When.
    pub when: Cond,
    /// What is then done to the account.
    pub then: Vec<Verb>,
    /// Where it stands.
    pub span: Span,
}

/// State facts of a treatment: how often in this episode, how long ago.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cadence {
    pub(crate) count: Option<FactId>,
    pub(crate) since: Option<FactId>,
    /// Attempts that did not count; they turn to the next number all the same.
    pub(crate) retries: Option<FactId>,
}
