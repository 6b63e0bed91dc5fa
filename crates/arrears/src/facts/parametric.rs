//! Families of facts with a parameter, such as `times("phone", 7)`.

use super::{Channel, History, Movement, is_outcome};
use crate::number::Kind;

/// A family of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParametricKind {
    /// `times(what, days)`: how often in the last *days* days, today included.
    Times,
    /// `days_since(what)`: days since it last happened, or *never*.
    DaysSince,
    /// `months_since(what)`: whole calendar months since it last happened, or *never*.
    MonthsSince,
    /// `consent(channel)`: whether the person has consented to the channel.
    Consent,
    /// `opted_out(channel)`: whether the person has refused the channel.
    OptedOut,
    /// `tag(name)`: whether the account carries the tag.
    Tag,
    /// `days_since_first(class)`: days since the first contact of a class, or *never*. In guardrails only.
    DaysSinceFirst,
    /// `minutes_since(class)`: whole minutes since the last contact of a class, or *never*. In guardrails only.
    MinutesSince,
    /// `consented(kind)`: whether the person has consented to this contact. In guardrails only.
    Consented,
}

/// One fact of a family: `times("phone", 7)` is the column `times_phone_7`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Parametric {
    /// The family.
    pub kind: ParametricKind,
    /// What it is about: a channel, an outcome, a text, a treatment, a duty, an event, a tag.
    pub what: String,
    /// The window of `times`, in days.
    pub days: u32,
}

impl ParametricKind {
    /// Every family.
    pub const ALL: [Self; 9] = [
        Self::Times,
        Self::DaysSince,
        Self::MonthsSince,
        Self::Consent,
        Self::OptedOut,
        Self::Tag,
        Self::DaysSinceFirst,
        Self::MinutesSince,
        Self::Consented,
    ];

    /// Whether only guardrails may read its facts: they are facts of a contact, not of an account.
    pub const fn is_of_contact(self) -> bool {
        matches!(self, Self::DaysSinceFirst | Self::MinutesSince | Self::Consented)
    }

    /// The function's name in policies.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Times => "times",
            Self::DaysSince => "days_since",
            Self::MonthsSince => "months_since",
            Self::Consent => "consent",
            Self::OptedOut => "opted_out",
            Self::Tag => "tag",
            Self::DaysSinceFirst => "days_since_first",
            Self::MinutesSince => "minutes_since",
            Self::Consented => "consented",
        }
    }

    /// The family that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What its facts measure.
    pub const fn measures(self) -> Kind {
        match self {
            Self::Times | Self::MonthsSince | Self::MinutesSince => Kind::Count,
            Self::DaysSince | Self::DaysSinceFirst => Kind::Days,
            Self::Consent | Self::OptedOut | Self::Tag | Self::Consented => Kind::Flag,
        }
    }
}

/// A name as part of a column name: letters and digits kept, everything else an underscore.
pub(crate) fn column_part(name: &str) -> String {
    name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect()
}

/// The column of a tag.
pub(crate) fn tag_column(tag: &str) -> String {
    format!("tag_{}", column_part(tag))
}

impl Parametric {
    /// How what is counted begins, where it is a class of contacts of a pack: `contact:us-regf/counted_call`.
    pub const CLASS: &'static str = "contact:";

    /// The column that holds the fact: `times_phone_7`, `days_since_home_visit`, `opted_out_sms`.
    pub fn column(&self) -> String {
        let what = column_part(&self.what);
        match self.kind {
            ParametricKind::Times => format!("times_{what}_{}", self.days),
            ParametricKind::DaysSince => format!("days_since_{what}"),
            ParametricKind::MonthsSince => format!("months_since_{what}"),
            ParametricKind::Consent => format!("consent_{what}"),
            ParametricKind::OptedOut => format!("opted_out_{what}"),
            ParametricKind::Tag => tag_column(&self.what),
            kind => format!("{}_{what}", kind.word()),
        }
    }

    /// As the author writes it: `times("phone", 7)`.
    pub fn written(&self) -> String {
        match self.kind {
            ParametricKind::Times => format!("times(\"{}\", {})", self.what, self.days),
            kind => format!("{}(\"{}\")", kind.word(), self.what),
        }
    }

    /// The history from which it is counted: contacts for channels, outcomes and
    /// texts, payments and promises for their events.
    pub fn history(&self) -> Option<History> {
        if !matches!(self.kind, ParametricKind::Times | ParametricKind::DaysSince | ParametricKind::MonthsSince) {
            return None;
        }
        match self.what.as_str() {
            "payment" => Some(History::Payments),
            "promise" | "promise_kept" | "promise_broken" => Some(History::Promises),
            "first_missed" | "cure" | "placement" | "recall" | "statement_seen" => None,
            what if what.starts_with(Self::CLASS) => Some(History::Contacts),
            what if is_outcome(what) || Channel::from_word(what).is_some() => Some(History::Contacts),
            _ => None,
        }
    }

    /// What a day without events does to it.
    pub const fn movement(&self) -> Movement {
        match self.kind {
            ParametricKind::Times => Movement::Expires,
            ParametricKind::DaysSince | ParametricKind::DaysSinceFirst => Movement::Up,
            ParametricKind::MonthsSince => Movement::Rises,
            ParametricKind::Consent
            | ParametricKind::OptedOut
            | ParametricKind::Tag
            | ParametricKind::MinutesSince
            | ParametricKind::Consented => Movement::Still,
        }
    }

    /// Whether it may be *never*.
    pub const fn may_be_never(&self) -> bool {
        matches!(
            self.kind,
            ParametricKind::DaysSince
                | ParametricKind::MonthsSince
                | ParametricKind::DaysSinceFirst
                | ParametricKind::MinutesSince
        )
    }
}
