//! What an overdue configuration says.

use rust_decimal::Decimal;

/// The states in the order of the file: the harshest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Config {
    pub(super) states: Vec<State>,
}

/// One state that an account may be in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// Its name.
    pub(super) name: String,
    /// The line on which it begins.
    pub(super) line: u32,
    /// What must hold, all of it.
    pub(super) conditions: Vec<Condition>,
    /// What the customer is told.
    pub(super) message: Option<String>,
    /// Whether nothing may be changed about the subscriptions.
    pub(super) blocks_changes: bool,
    /// Whether the service stops.
    pub(super) disables: bool,
}

/// One condition of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// At least so many unpaid invoices.
    UnpaidInvoices(u32),
    /// At least so much unpaid.
    Balance(Decimal),
    /// At least so many days since the date of the oldest unpaid invoice.
    Days(u32),
    /// At least so many calendar months since then.
    Months(u32),
    /// The last failed payment was answered with one of these.
    LastFailure(Vec<String>),
    /// The account has the control tag.
    Tagged(String),
    /// The account does not have the control tag.
    Untagged(String),
}

/// What the conditions read of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) unpaid: u32,
    pub(super) balance: Decimal,
    /// Days and calendar months since the date of the oldest unpaid invoice; nothing if none is unpaid.
    pub(super) age: Option<(u32, u32)>,
    pub(super) failure: Option<String>,
    pub(super) tags: Vec<String>,
}

impl Condition {
    /// Whether it holds for an account.
    pub(super) fn holds(&self, account: &Account) -> bool {
        let has = |tag: &String| account.tags.contains(tag);
        match self {
            Self::UnpaidInvoices(count) => account.unpaid >= *count,
            Self::Balance(amount) => account.balance >= *amount,
            Self::Days(days) => account.age.is_some_and(|(age, _)| age >= *days),
            Self::Months(months) => account.age.is_some_and(|(_, age)| age >= *months),
            Self::LastFailure(codes) => account.failure.as_ref().is_some_and(|code| codes.contains(code)),
            Self::Tagged(tag) => has(tag),
            Self::Untagged(tag) => !has(tag),
        }
    }
}

impl Config {
    /// The first state whose conditions hold; none if the account is clear.
    pub(super) fn state_of(&self, account: &Account) -> Option<&State> {
        self.states.iter().find(|state| state.conditions.iter().all(|condition| condition.holds(account)))
    }
}
