//! What the fact table says of each fact.

use crate::number::Kind;

/// One fact: what it is called, what it measures, how time moves it, what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactDef {
    /// The name in policies and the column in tables.
    pub name: &'static str,
    /// What it measures.
    pub kind: Kind,
    /// The words of a category.
    pub words: Words,
    /// What a day without events does to it.
    pub movement: Movement,
    /// Whether it may be *never*.
    pub never: bool,
    /// Which history it is counted from, so that `assume contacts = "none"` can settle it.
    pub history: Option<History>,
    /// Whether it is given, computed, or carried from the last decision.
    pub role: Role,
    /// Which page of the handbook it stands on.
    pub group: Group,
    /// What it means; what zero and missing mean.
    pub doc: &'static str,
}

/// The words that a category may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// Not a category.
    None,
    /// Only these.
    Closed(&'static [&'static str]),
    /// Any, unless the policy closes it with `values`.
    Open,
    /// The policy's stages and `current`.
    Stages,
    /// The policy's debtor types.
    DebtorTypes,
    /// The policy's treatments.
    Treatments,
    /// The verbs, and wait, held, review, none.
    Actions,
    /// The channels, and none.
    Channels,
    /// The outcome codes.
    Outcomes,
}

/// What a day on which nothing happens does to a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// Nothing.
    Still,
    /// One more each day; *never* stays never.
    Up,
    /// One less each day; *never* stays never.
    Down,
    /// One more each day while positive; zero becomes one on the day after the next
    /// due date (`days_to_due`).
    Late,
    /// Changes on the day on which another fact passes from 0 to -1.
    Steps(Step),
    /// Counted over a window that moves on: it can only fall, on a day that a flat row
    /// does not tell unless a companion column `NAME_drops_in` does.
    Expires,
    /// Counted over a window like [`Movement::Expires`], and one more on the day on which
    /// `dpd` reaches this many days.
    Reaches(i64),
    /// The most of `dpd` over a window: it rises with `dpd`, and may fall like
    /// [`Movement::Expires`].
    Peak,
    /// Counted in calendar months: it can only rise, on a day that a flat row does not tell.
    Rises,
    /// One more each day; *never* becomes zero days on the day on which the account falls
    /// late, the day after the next due date (`days_to_due`).
    Begins,
    /// One more each day, or each calendar month; *never* becomes unknown on the day after
    /// the next due date (`days_to_due`): something is unpaid then, and a flat row does not
    /// tell since when it counts.
    Ages,
    /// Computed from other facts each day.
    Derived,
}

/// A change on the day on which another fact passes from 0 to -1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The fact that runs out.
    pub when: &'static str,
    /// What happens then.
    pub effect: StepEffect,
}

/// What happens to a fact that steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepEffect {
    /// One more.
    AddOne,
    /// Another fact's value more; unknown if that is unknown.
    Add(&'static str),
    /// The flag is no longer set, the amount is nothing.
    Clear,
    /// One more if this flag was set.
    AddOneIf(&'static str),
    /// Not known from then on.
    Unknown,
}

/// An account's histories, each of which a table may carry or a policy assume empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum History {
    /// Calls, messages, letters and visits with their outcomes.
    Contacts,
    /// Payments received.
    Payments,
    /// Promises to pay.
    Promises,
}

/// Where a fact's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The host gives it.
    Input,
    /// Computed from other facts by the one definition of this crate, unless given.
    Derived,
    /// Carried from the last decision; without state it has this default.
    State(StateDefault),
    /// A result of the decision itself, readable by later statements.
    Result,
    /// Of one contact; only guardrails read it.
    Contact,
}

/// What a state fact is when no decision has been made yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateDefault {
    /// Zero, or `current` for a stage.
    Zero,
    /// It has never happened; of a stage, a type or a treatment: there was none.
    Never,
}

/// A page of the handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// How late the account is.
    Lateness,
    /// What is owed and paid.
    Money,
    /// What the person did and promised.
    Behaviour,
    /// What has been tried.
    Contact,
    /// Who the person is to the bank.
    Person,
    /// All accounts of the person together.
    Customer,
    /// Money that has arrived or will.
    Cash,
    /// What protects the person or the account.
    Protection,
    /// What the last decision left.
    State,
    /// What this decision has found so far.
    Result,
    /// Numbers and times at which the person may be reached.
    Points,
    /// One contact, past or proposed.
    Contacted,
    /// What ladders of ageing are built on.
    Ladder,
    /// A family of facts with a parameter.
    Parametric,
    /// A fact of the bank's own.
    Own,
}

impl History {
    /// Every history.
    pub const ALL: [Self; 3] = [Self::Contacts, Self::Payments, Self::Promises];

    /// The word in `assume contacts = "none"`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Payments => "payments",
            Self::Promises => "promises",
        }
    }

    /// The history that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|history| history.word() == word)
    }
}

impl Group {
    /// The page's title.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Lateness => "lateness",
            Self::Money => "money",
            Self::Behaviour => "behaviour",
            Self::Contact => "contact",
            Self::Person => "person",
            Self::Customer => "customer",
            Self::Cash => "cash",
            Self::Protection => "protection",
            Self::State => "state",
            Self::Result => "results",
            Self::Points => "points",
            Self::Contacted => "one contact",
            Self::Ladder => "ladder basis",
            Self::Parametric => "with a parameter",
            Self::Own => "the bank's own",
        }
    }
}
