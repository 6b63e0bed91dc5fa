//! The words of limits: what stands behind the `do` of a guardrail.

/// A kind of limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LimitWord {
    /// `refuse()`: not at all.
    Refuse,
    /// `keep_hours(...)`: only at these hours.
    KeepHours,
    /// `at_most(...)`: only so often.
    AtMost,
    /// `rest(...)`: not for some days after a contact of a class.
    Rest,
}

impl LimitWord {
    /// Every kind of limit, in the order of the handbook.
    pub const ALL: [Self; 4] = [Self::Refuse, Self::KeepHours, Self::AtMost, Self::Rest];

    /// The word in policy files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::KeepHours => "keep_hours",
            Self::AtMost => "at_most",
            Self::Rest => "rest",
        }
    }

    /// The kind of limit that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|limit| limit.word() == word)
    }

    /// What it does, for the handbook.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Refuse => "no contact at all while the condition holds",
            Self::KeepHours => "contact only at these hours, by the clock of every zone in which the person may be",
            Self::AtMost => "contact only so often within some days",
            Self::Rest => "no contact for some days after a contact of a class",
        }
    }
}
