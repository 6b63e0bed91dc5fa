//! True, false and unknown.

/// The truth of a condition, by Kleene's logic: unknown is an ordinary third truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold.
    False,
    /// A value that it needs is missing.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// True or false.
    pub const fn of(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }

    /// The opposite; unknown stays unknown.
    #[must_use]
    pub const fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }

    /// Whether it holds for certain.
    pub const fn is_true(self) -> bool {
        matches!(self, Self::True)
    }

    /// Whether it certainly does not hold.
    pub const fn is_false(self) -> bool {
        matches!(self, Self::False)
    }

    /// Whether a value is missing.
    pub const fn is_unknown(self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// The word: true, false, unknown.
    pub const fn word(self) -> &'static str {
        match self {
            Self::False => "false",
            Self::Unknown => "unknown",
            Self::True => "true",
        }
    }
}
