//! The history of one account: what happened, when, and since when the bank knew.
//!
//! An [`Account`] holds dated events and nothing that was computed from them. What a policy can
//! see on a day is made by [`Facts::of`](crate::Facts::of): the facts of any day, past or
//! future, as they were known on any day, under the bank's [`Conventions`].

mod amount;
mod arrangements;
mod check;
mod component;
mod contacts;
mod conventions;
mod conventions_document;
mod counted;
mod document;
mod event;
mod facts_of;
mod flags;
mod happening;
mod known;
mod lateness;
mod ledger;
mod months;
mod new_rate;
mod noted;
mod pauses;
mod payments;
mod promises;
mod reading;
#[cfg(test)]
mod schema;
mod standing;
mod telling;

pub use amount::Amount;
pub use arrangements::{ArrangementStanding, InstalmentKept};
pub use component::Component;
pub use conventions::{Anchor, Buckets, Conventions, DayEnd, FirstDayLate, Grace, PausedDays};
pub use document::FORMAT;
pub use event::Event;
pub use happening::*;
pub use months::MonthEnd;
pub use new_rate::NewRate;
pub use noted::{Noted, NotedError};
pub use promises::{PartStanding, PromiseStanding};
pub use standing::{ItemStanding, Standing};
pub use telling::Told;

pub use crate::document::Fault as HistoryProblem;
use crate::number::Currency;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The history of one account.
///
/// Events are kept in one order (day, the source's sequence, kind, id), never that of their
/// arrival: two accounts with the same events are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    id: String,
    customer: Option<String>,
    currency: Currency,
    opened_on: NaiveDate,
    complete: BTreeSet<Kept>,
    events: Vec<Event>, // INVARIANT: in the order of Event::order, ids unique, checked as a whole.
}

/// A kind of record that a history may hold completely. Payments and what is asked for always
/// are; of the others a history must say so, because what is not recorded did not happen only
/// where everything is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Contacts with their outcomes. Where incomplete, facts counted from them are absent.
    Contacts,
    /// Promises and arrangements.
    Promises,
    /// Flags: protections, and other yes-or-no facts.
    Flags,
    /// Consents and refusals of channels.
    Consents,
    /// Tags.
    Tags,
    /// Money that arrives in the person's accounts with the bank.
    Cash,
    /// Placements with others who work the account.
    Placements,
}

impl Kept {
    /// Every kind of record.
    pub const ALL: [Self; 7] =
        [Self::Contacts, Self::Promises, Self::Flags, Self::Consents, Self::Tags, Self::Cash, Self::Placements];

    /// The word for it in `complete`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Promises => "promises",
            Self::Flags => "flags",
            Self::Consents => "consents",
            Self::Tags => "tags",
            Self::Cash => "cash",
            Self::Placements => "placements",
        }
    }
}

impl Account {
    /// An account without events, complete in nothing but payments.
    pub fn new(id: impl Into<String>, currency: Currency, opened_on: NaiveDate) -> Self {
        Self { id: id.into(), customer: None, currency, opened_on, complete: BTreeSet::new(), events: Vec::new() }
    }

    /// Says which kinds of record the history holds completely.
    #[must_use]
    pub fn complete_in(mut self, kept: impl IntoIterator<Item = Kept>) -> Self {
        self.complete.extend(kept);
        self
    }

    /// Names the person to whom the account belongs.
    #[must_use]
    pub fn of_customer(mut self, customer: impl Into<String>) -> Self {
        self.customer = Some(customer.into());
        self
    }

    /// The account with more events: all of them, or none.
    ///
    /// An event that is there already, with the same content, changes nothing.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the events, by their place in what is given.
    pub fn with(&self, events: impl IntoIterator<Item = Event>) -> Result<Self, Vec<HistoryProblem>> {
        let (currency, opened_on) = (Some(self.currency), Some(self.opened_on));
        let grounds = check::Grounds { currency, opened_on, recorded: &self.events, unread: check::Unread::default() };
        let new = check::checked(grounds, events.into_iter().enumerate().collect())?;
        let mut account = self.clone();
        account.record(new);
        Ok(account)
    }

    /// Takes events that were checked.
    fn record(&mut self, events: Vec<Event>) {
        self.events.extend(events);
        self.events.sort_by(Event::order);
    }

    /// The account's identifier.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The person's identifier.
    pub fn customer(&self) -> Option<&str> {
        self.customer.as_deref()
    }

    /// The currency of every amount.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The day it was opened.
    pub const fn opened_on(&self) -> NaiveDate {
        self.opened_on
    }

    /// Whether the history holds every record of a kind.
    pub fn is_complete_in(&self, kept: Kept) -> bool {
        self.complete.contains(&kept)
    }

    /// Every event, in order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The events that have happened by `as_of`, as known on `known_by`, in order. What was
    /// withdrawn by then is left out. A reversal is an event of its own: what it takes back never
    /// counted.
    pub fn happened<'a>(
        &'a self,
        as_of: NaiveDate,
        known_by: NaiveDate,
        conventions: &'a Conventions,
    ) -> Vec<&'a Event> {
        known::Known::new(self, as_of, known_by, conventions).happened().collect()
    }
}
