//! A condition in words: sentences that are joined by *and* and *or*.

use super::Prose;
use serde::Serialize;

/// A condition in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Clause {
    /// One sentence.
    Says(Prose),
    /// All of these hold.
    All(Vec<Self>),
    /// At least one of these holds.
    Any(Vec<Self>),
    /// None of these holds.
    None(Vec<Self>),
    /// Not all of these hold.
    NotAll(Vec<Self>),
}

impl Clause {
    /// One sentence.
    pub fn says(text: impl Into<Prose>) -> Self {
        Self::Says(text.into())
    }

    /// The whole condition as one sentence: `a, and (b or c)`.
    pub fn sentence(&self) -> Prose {
        match self {
            Self::Says(prose) => prose.clone(),
            Self::All(parts) => Prose::joined(parts.iter().map(Self::inside), ", and "),
            Self::Any(parts) => {
                let between = if parts.iter().all(Self::is_short) { " or " } else { ", or " };
                Prose::joined(parts.iter().map(Self::inside), between)
            }
            Self::None(parts) => Prose::plain("none of these holds: ").and(row(parts)),
            Self::NotAll(parts) => Prose::plain("not all of these hold: ").and(row(parts)),
        }
    }

    /// What stands before its parts where these are listed one below the other.
    pub const fn lead(&self) -> &'static str {
        match self {
            Self::Says(_) => "",
            Self::All(_) => "all of these hold:",
            Self::Any(_) => "at least one of these holds:",
            Self::None(_) => "none of these holds:",
            Self::NotAll(_) => "not all of these hold:",
        }
    }

    /// Its parts; none of a sentence.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Says(_) => &[],
            Self::All(parts) | Self::Any(parts) | Self::None(parts) | Self::NotAll(parts) => parts,
        }
    }

    /// How many letters it has as one sentence.
    pub fn length(&self) -> usize {
        self.sentence().length()
    }

    /// The same condition denied.
    #[must_use]
    pub fn denied(self) -> Self {
        match self {
            Self::Says(prose) => Self::Says(Prose::plain("it is not so that ").and(prose)),
            Self::All(parts) => Self::NotAll(parts),
            Self::Any(parts) => Self::None(parts),
            Self::None(parts) => Self::Any(parts),
            Self::NotAll(parts) => Self::All(parts),
        }
    }

    fn is_short(&self) -> bool {
        matches!(self, Self::Says(prose) if prose.length() <= 40)
    }

    /// Inside another sentence: in brackets where it has parts.
    fn inside(&self) -> Prose {
        match self {
            Self::Says(prose) => prose.clone(),
            _ => Prose::plain("(").and(self.sentence()).and(")"),
        }
    }
}

fn row(parts: &[Clause]) -> Prose {
    Prose::joined(parts.iter().map(Clause::inside), "; ")
}
