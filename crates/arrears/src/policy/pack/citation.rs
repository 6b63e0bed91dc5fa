//! Where a rule stands, how we know it, and whether it holds.

use chrono::NaiveDate;

/// Where a rule stands, how we know it, and from when to when it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// The rule that it belongs to: `US-REGF-6b1i-hours`.
    pub rule: String,
    /// Where it stands: `12 CFR 1006.6(b)(1)(i)`. Empty for a rule of the house.
    pub cites: String,
    /// How we know it.
    pub basis: Basis,
    /// How sure the reading is.
    pub certainty: Certainty,
    /// Whether it holds.
    pub status: Status,
    /// Whether it must be kept.
    pub strength: Strength,
    /// What it says, in a sentence.
    pub says: String,
    /// What this entry leaves out, and what the host must bring.
    pub not_covered: String,
    /// The first day on which it is in force; that of the pack if absent.
    pub from: Option<NaiveDate>,
    /// The last day on which it is in force; that of the pack if absent.
    pub to: Option<NaiveDate>,
}

/// How a rule is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Its text was read.
    Primary,
    /// A report of it was read.
    Secondary,
    /// It is recalled; its text was not at hand.
    Recalled,
    /// It is the bank's own.
    #[default]
    House,
}

/// How sure a reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// There is little room for another.
    #[default]
    High,
    /// Another reading is possible.
    Medium,
    /// It is doubtful.
    Low,
}

/// Whether a rule holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It is in force, and was verified.
    #[default]
    InForce,
    /// It is a draft of a law.
    Draft,
    /// Another rule took its place.
    Superseded,
    /// It was not verified. It binds nobody until a host enables it by name.
    Unverified,
    /// The law gives no number: the bank sets one. It binds nobody until a host enables it by name.
    Policy,
}

/// Whether a rule must be kept. Softer rules block as well; they say that they are softer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// It must.
    #[default]
    Must,
    /// It should: a soft norm.
    ShouldNot,
    /// A regulator's guideline.
    Guideline,
    /// The bank's own choice.
    Policy,
}

macro_rules! words {
    ($kind:ident { $($variant:ident: $word:literal),* $(,)? }) => {
        impl $kind {
            /// The word in packs.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// What `word` names.
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

words!(Basis { Primary: "primary", Secondary: "secondary", Recalled: "recalled", House: "house" });
words!(Certainty { High: "high", Medium: "medium", Low: "low" });
words!(Status {
    InForce: "in_force",
    Draft: "draft",
    Superseded: "superseded",
    Unverified: "unverified",
    Policy: "policy",
});
words!(Strength { Must: "must", ShouldNot: "should_not", Guideline: "guideline", Policy: "policy" });

impl Citation {
    /// Whether it is in force on a day, as far as its own days say.
    pub fn in_days(&self, on: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= on) && self.to.is_none_or(|to| on <= to)
    }
}
