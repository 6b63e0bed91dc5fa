//! What was found of a condition: met, not met, or not known.

use serde::Serialize;
use std::fmt;

/// Whether a condition is met, as far as is known.
///
/// What is not known is never taken as met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// It is met.
    Met,
    /// It is not met.
    NotMet,
    /// What it needs was not given.
    Unknown,
}

impl Met {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::Unknown => "unknown",
        }
    }

    /// All of several: not met as soon as one is not met, unknown as soon as one is unknown.
    ///
    /// ```
    /// use arrears_owed::finding::Met;
    /// assert_eq!(Met::all([Met::Met, Met::Unknown]), Met::Unknown);
    /// assert_eq!(Met::all([Met::Unknown, Met::NotMet]), Met::NotMet);
    /// ```
    pub fn all(of: impl IntoIterator<Item = Self>) -> Self {
        of.into_iter().fold(Self::Met, |so_far, next| match (so_far, next) {
            (Self::NotMet, _) | (_, Self::NotMet) => Self::NotMet,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Met, Self::Met) => Self::Met,
        })
    }
}

impl From<bool> for Met {
    fn from(met: bool) -> Self {
        if met { Self::Met } else { Self::NotMet }
    }
}

/// None: not known.
impl From<Option<bool>> for Met {
    fn from(met: Option<bool>) -> Self {
        met.map_or(Self::Unknown, Self::from)
    }
}

impl fmt::Display for Met {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One condition of a rule, with what was found of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding<T> {
    /// The condition.
    pub of: T,
    /// Whether it is met.
    pub met: Met,
    /// Why: the numbers and days that were compared, or what was not given.
    pub why: String,
}

impl<T> Finding<T> {
    pub(crate) fn new(of: T, met: impl Into<Met>, why: impl Into<String>) -> Self {
        Self { of, met: met.into(), why: why.into() }
    }
}
