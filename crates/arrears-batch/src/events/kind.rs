//! The tables of events that may stand beside the table of accounts, and their columns.

use arrears::facts::History;
use serde::Serialize;

/// A table of events: a row for each thing that happened to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventTable {
    /// Calls, messages, letters and visits, one to a row.
    Contacts,
    /// Payments that were received.
    Payments,
    /// Promises to pay, with what became of each.
    Promises,
    /// What protects an account or a person, from a day until a day.
    Holds,
}

/// What the cells of a column of events are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// An identifier: text or whole numbers.
    Name,
    /// A day, or a point in time.
    Day,
    /// A word.
    Word,
    /// True or false.
    Flag,
    /// An amount of money.
    Amount,
    /// A whole number.
    Number,
}

/// A column of a table of events.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    /// Whether the table must have it.
    pub(super) required: bool,
    /// What it says.
    pub(super) doc: &'static str,
}

const fn must(name: &'static str, holds: Holds, doc: &'static str) -> Column {
    Column { name, holds, required: true, doc }
}

const fn may(name: &'static str, holds: Holds, doc: &'static str) -> Column {
    Column { name, holds, required: false, doc }
}

const ACCOUNT: Column = must(super::ACCOUNT, Holds::Name, "the account to which it happened");

#[rustfmt::skip]
const CONTACTS: &[Column] = &[
    ACCOUNT,
    must("on", Holds::Day, "the day of the contact"),
    must("channel", Holds::Word, "the channel"),
    may("outcome", Holds::Word, "the code of the result"),
    may("inbound", Holds::Flag, "whether the person contacted the bank"),
    may("treatment", Holds::Word, "the policy's treatment or duty that was carried out"),
    may("text", Holds::Word, "the text that was sent or spoken"),
    may("demand", Holds::Flag, "whether it was an effective demand"),
];

#[rustfmt::skip]
const PAYMENTS: &[Column] = &[
    ACCOUNT,
    must("on", Holds::Day, "the day on which it was received"),
    must("amount", Holds::Amount, "what was received and stayed"),
    may("sequence", Holds::Number, "its place among the payments of its day"),
];

#[rustfmt::skip]
const PROMISES: &[Column] = &[
    ACCOUNT,
    must("made_on", Holds::Day, "the day on which it was made"),
    must("due_on", Holds::Day, "the day for which it was promised"),
    must("amount", Holds::Amount, "what was promised"),
    may("result", Holds::Word, "what became of it: open, kept, broken or moved"),
    may("result_on", Holds::Day, "the day on which it was kept, broke or was moved"),
    may("left", Holds::Amount, "what is still to be paid under it"),
    may("sequence", Holds::Number, "its place among the promises of its day"),
];

#[rustfmt::skip]
const HOLDS: &[Column] = &[
    ACCOUNT,
    must("what", Holds::Word, "what protects: dispute, bankrupt, deceased and so on"),
    must("from", Holds::Day, "the first day on which it holds"),
    may("until", Holds::Day, "the last day on which it holds"),
];

impl EventTable {
    /// The names of its columns.
    pub(crate) fn column_names(self) -> Vec<&'static str> {
        self.columns().iter().map(|column| column.name).collect()
    }

    /// Every table of events.
    pub const ALL: [Self; 4] = [Self::Contacts, Self::Payments, Self::Promises, Self::Holds];

    /// The word for it: the section of a mapping file, the option of the command.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Payments => "payments",
            Self::Promises => "promises",
            Self::Holds => "holds",
        }
    }

    /// The table that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.word() == word)
    }

    /// The history that it records; none for holds, which no policy assumes as a whole.
    pub const fn history(self) -> Option<History> {
        match self {
            Self::Contacts => Some(History::Contacts),
            Self::Payments => Some(History::Payments),
            Self::Promises => Some(History::Promises),
            Self::Holds => None,
        }
    }

    pub(super) const fn columns(self) -> &'static [Column] {
        match self {
            Self::Contacts => CONTACTS,
            Self::Payments => PAYMENTS,
            Self::Promises => PROMISES,
            Self::Holds => HOLDS,
        }
    }
}
