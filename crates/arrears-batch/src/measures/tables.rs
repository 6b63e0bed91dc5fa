//! The tables that a report is made from, and their columns.

use arrow_schema::Schema;
use serde::Serialize;

/// A table that a report is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureTable {
    /// A row for each account and month end.
    Panel,
    /// Calls, messages, letters and visits, in the layout of event tables.
    Contacts,
    /// Promises to pay, in the layout of event tables.
    Promises,
    /// Decisions of one night, as a run writes them.
    Decisions,
}

/// What the cells of a column are.
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
    /// A whole number of days.
    Days,
}

/// A column of a table.
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

const ACCOUNT: Column = must(crate::bind::ACCOUNT, Holds::Name, "the account");

#[rustfmt::skip]
const PANEL: &[Column] = &[
    ACCOUNT,
    must("as_of", Holds::Day, "the month end at which the row was true"),
    must("dpd", Holds::Days, "days past due on that day"),
    may("balance", Holds::Amount, "what was owed on that day"),
    may("overdue", Holds::Amount, "what of it was due and not paid"),
    may("paid", Holds::Amount, "what was paid since the month end before"),
    may("due", Holds::Amount, "what fell due since the month end before"),
    may("on_plan", Holds::Flag, "whether it was on a plan"),
    may("re_aged", Holds::Flag, "whether it had been set current without full payment"),
    may("charged_off", Holds::Flag, "whether it had been charged off"),
];

#[rustfmt::skip]
const CONTACTS: &[Column] = &[
    ACCOUNT,
    must("on", Holds::Day, "the day of the contact"),
    must("channel", Holds::Word, "the channel"),
    may("outcome", Holds::Word, "the code of the result"),
    may("inbound", Holds::Flag, "whether the person contacted the bank"),
];

#[rustfmt::skip]
const PROMISES: &[Column] = &[
    ACCOUNT,
    must("due_on", Holds::Day, "the day for which it was promised"),
    must("amount", Holds::Amount, "what was promised"),
    must("result", Holds::Word, "what became of it: open, kept, broken or moved"),
    may("left", Holds::Amount, "what is still to be paid under it"),
];

#[rustfmt::skip]
const DECISIONS: &[Column] = &[
    ACCOUNT,
    must("action", Holds::Word, "the verb, or wait, held, review, none"),
    must("type_possible", Holds::Word, "the types that the account may have, where it is not certain"),
    must("vetoed_by", Holds::Word, "treatments that were refused, and by what"),
    must("missing", Holds::Word, "facts whose absence mattered"),
    must("next_review_on", Holds::Day, "the next review"),
    must("rides_with", Holds::Name, "the account whose contact this one rides with"),
    must("flags", Holds::Word, "marks for people"),
];

impl MeasureTable {
    /// Every table.
    pub const ALL: [Self; 4] = [Self::Panel, Self::Contacts, Self::Promises, Self::Decisions];

    /// The word for it: the option of the command.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Panel => "panel",
            Self::Contacts => "contacts",
            Self::Promises => "promises",
            Self::Decisions => "decisions",
        }
    }

    pub(super) const fn columns(self) -> &'static [Column] {
        match self {
            Self::Panel => PANEL,
            Self::Contacts => CONTACTS,
            Self::Promises => PROMISES,
            Self::Decisions => DECISIONS,
        }
    }
}

/// The columns of the tables that there are, and what messages call each table.
#[derive(Clone, Debug, Default)]
pub struct MeasureSchemas {
    pub(super) tables: Vec<(MeasureTable, Schema, String)>,
}

impl MeasureSchemas {
    /// Adds a table.
    #[must_use]
    pub fn with(mut self, table: MeasureTable, schema: &Schema, called: impl Into<String>) -> Self {
        self.tables.retain(|(other, _, _)| *other != table);
        self.tables.push((table, schema.clone(), called.into()));
        self
    }
}
