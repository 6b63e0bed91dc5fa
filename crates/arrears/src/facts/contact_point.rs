//! The numbers at which a person may be called.

/// A number of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactPoint {
    /// The mobile number.
    Mobile,
    /// The office number.
    Work,
    /// The number at home.
    Home,
}

impl ContactPoint {
    /// Every number.
    pub const ALL: [Self; 3] = [Self::Mobile, Self::Work, Self::Home];

    /// The word in policies and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::Work => "work",
            Self::Home => "home",
        }
    }

    /// The number that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|point| point.word() == word)
    }
}
