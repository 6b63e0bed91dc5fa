//! Why an account is looked at again on just that day.

/// Why the next review is on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewReason {
    /// A hold begins, ends, or cannot be read any more.
    Hold,
    /// The debtor type changes.
    Type,
    /// The stage changes.
    Stage,
    /// Another treatment has its turn.
    Treatment,
    /// What is done changes: a wait ends or begins.
    Action,
    /// What is refused, or by what, changes.
    Veto,
    /// The facts do not tell that day: a count over a window may have fallen, a whole month may have passed. The
    /// decision may be the same.
    Untold,
    /// The account is not late and its next due date is not known: it could fall late unseen. The decision may be the
    /// same.
    DueDateUnknown,
    /// Nothing changes the decision within 366 days.
    Horizon,
}

impl ReviewReason {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::Hold,
        Self::Type,
        Self::Stage,
        Self::Treatment,
        Self::Action,
        Self::Veto,
        Self::Untold,
        Self::DueDateUnknown,
        Self::Horizon,
    ];

    /// The word in tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Type => "type",
            Self::Stage => "stage",
            Self::Treatment => "treatment",
            Self::Action => "action",
            Self::Veto => "veto",
            Self::Untold => "untold",
            Self::DueDateUnknown => "due_date_unknown",
            Self::Horizon => "horizon",
        }
    }

    /// The reason that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }

    /// Whether something of the decision surely differs on the day.
    pub const fn is_exact(self) -> bool {
        !matches!(self, Self::Untold | Self::DueDateUnknown | Self::Horizon)
    }

    /// In a few words, behind "next review on such a day".
    pub const fn said(self) -> &'static str {
        match self {
            Self::Hold => "a hold begins or ends",
            Self::Type => "the debtor type changes",
            Self::Stage => "the stage changes",
            Self::Treatment => "another treatment has its turn",
            Self::Action => "what is done changes",
            Self::Veto => "what is refused changes",
            Self::Untold => "the facts do not tell that day",
            Self::DueDateUnknown => "the next due date is not known",
            Self::Horizon => "nothing changes within a year",
        }
    }
}
