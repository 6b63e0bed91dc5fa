//! A fact as one policy reads it.

use crate::condition::{FactId, WordSet};
use crate::facts::{FactDef, History, Movement};
use crate::number::{Cell, Kind};
use crate::span::Span;

/// A fact that rows for a policy have.
#[derive(Clone, Debug)]
pub struct Input {
    /// The column: `dpd`, `times_phone_7`, a fact of the bank's own.
    pub name: String,
    /// As the author writes it: `dpd`, `times("phone", 7)`.
    pub written: String,
    /// What it measures.
    pub kind: Kind,
    /// For a category, the words that the policy knows. A cell holds a word's position.
    pub words: Vec<String>,
    /// Whether a category may hold other words; they are all [`WordSet::OTHER`].
    pub open: bool,
    /// Earlier names of words, with the word that each is now.
    pub formerly: Vec<(String, usize)>,
    /// Whether it may be *never*.
    pub never: bool,
    /// Whether a number below zero is an error.
    pub from_zero: bool,
    /// What a day without events does to it.
    pub movement: Movement,
    /// Where its value comes from and what its absence means.
    pub need: Need,
    /// A column that gives the fact's age in days, and the age beyond which it is unknown.
    pub valid: Option<(FactId, i64)>,
    /// The companion column that tells in how many days a windowed count may fall.
    pub drops_in: Option<FactId>,
    /// For a fact that steps, the fact that runs out on that day.
    pub runs_out: Option<FactId>,
    /// The history from which a fact with a parameter is counted.
    pub counted_from: Option<History>,
    /// What it means.
    pub doc: String,
    /// Where the policy first reads it.
    pub span: Span,
}

/// Where a fact's value comes from, and what it is when its column is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// A table must have the column.
    Required,
    /// The policy assumes this where the column is absent.
    Assumed(Cell),
    /// Carried from the last decision; without state it is this. An empty cell is this
    /// too where the account has no previous stage.
    State(Cell),
    /// Computed, unless the column is there.
    Derived,
    /// Read in order to compute that fact; needed only where its column is absent.
    For(FactId),
    /// Used where it is there; this where it is not.
    Optional(Cell),
    /// Computed by the policy's script before anything else.
    Script,
    /// A result of the decision itself.
    Result,
    /// Of the contact that a guardrail judges; no row has it.
    Contact,
}

impl Input {
    /// The cell for a word; none if the fact's vocabulary is closed and lacks it.
    pub fn word(&self, word: &str) -> Option<Cell> {
        let known = self.words.iter().position(|known| known == word).or_else(|| {
            let renamed = |(old, now): &(String, usize)| (old == word).then_some(*now);
            self.formerly.iter().find_map(renamed)
        });
        match known.and_then(|position| i64::try_from(position).ok()) {
            Some(position) => Some(Cell::number(position)),
            // What has never been decided is carried in the state as this word.
            None if word == "never" && self.need == Need::State(Cell::NEVER) => Some(Cell::NEVER),
            None if self.open && !self.is_elsewhere(word) => Some(Cell::number(WordSet::OTHER)),
            None => None,
        }
    }

    /// Whether a jurisdiction is neither the policy's own nor one below it (`US-MA` in `US`), where
    /// the policy is read under a law.
    fn is_elsewhere(&self, word: &str) -> bool {
        let Need::Optional(own) = self.need else { return false };
        let own = usize::try_from(own.get().unwrap_or(-1)).ok().and_then(|position| self.words.get(position));
        let below = |own: &String| word.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('-'));
        self.name == "jurisdiction" && own.is_some_and(|own| !below(own))
    }

    /// The word in a cell.
    pub fn word_of(&self, cell: Cell) -> Option<&str> {
        let position = usize::try_from(cell.get()?).ok()?;
        match self.words.get(position) {
            Some(word) => Some(word),
            None if self.open => Some("another word"),
            None => None,
        }
    }

    /// The cell when nothing is given.
    pub const fn absent(&self) -> Cell {
        match self.need {
            Need::Assumed(cell) | Need::State(cell) | Need::Optional(cell) => cell,
            Need::Required | Need::Derived | Need::For(_) | Need::Script | Need::Result | Need::Contact => {
                Cell::UNKNOWN
            }
        }
    }

    /// Whether a table may carry it as a column.
    pub const fn is_column(&self) -> bool {
        !matches!(self.need, Need::Result | Need::Script | Need::Contact)
    }

    pub(crate) fn of_table(def: &FactDef, need: Need, span: Span) -> Self {
        Self {
            name: def.name.to_owned(),
            written: def.name.to_owned(),
            kind: def.kind,
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: def.never,
            from_zero: def.counts_from_zero(),
            movement: def.movement,
            need,
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: def.history,
            doc: def.doc.to_owned(),
            span,
        }
    }
}
