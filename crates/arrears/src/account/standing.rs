//! The books of an account on a day, item by item, for statements and pictures.

use super::arrangements::{ArrangementStanding, arrangements};
use super::known::Known;
use super::ledger::Ledger;
use super::months::{days_between, later};
use super::pauses::Pauses;
use super::payments::receipts;
use super::promises::{PromiseStanding, promises};
use super::{Account, Conventions};
use crate::number::Money;
use chrono::NaiveDate;

/// An item that was asked for, as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemStanding {
    /// Its name within the account.
    pub item: String,
    /// When it falls due.
    pub due_on: NaiveDate,
    /// What was asked for.
    pub asked: Money,
    /// What of it was paid or credited, and not given back.
    pub settled: Money,
    /// What of it is not paid. Zero too if it was written off.
    pub open: Money,
    /// Its own days past due; zero if it is not late or no more than the tolerance is open.
    pub dpd: i64,
    /// Those days less its own paused days, without grace.
    pub unpaused_days: i64,
}

/// The books of an account on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Every item, by due date.
    pub items: Vec<ItemStanding>,
    /// Every promise, in the order in which they were made.
    pub promises: Vec<PromiseStanding>,
    /// Every arrangement, in the order in which they were made.
    pub arrangements: Vec<ArrangementStanding>,
    /// The first day that counts as delinquent, less one: the last day in time of the oldest item
    /// that is late (its due date, by most conventions), moved on by the grace. None: nothing is late.
    pub delinquent_since: Option<NaiveDate>,
    /// Whether ageing stands still on this day.
    pub paused: bool,
}

impl Account {
    /// The books on a day, as known on another, under a bank's conventions.
    pub fn standing(&self, as_of: NaiveDate, known_by: NaiveDate, conventions: &Conventions) -> Standing {
        let known = Known::new(self, as_of, known_by, conventions);
        let ledger = Ledger::new(&known);
        let pauses = Pauses::new(&known);
        let money = |minor: i128| Money::from_minor(i64::try_from(minor).unwrap_or(i64::MAX), self.currency());
        let tolerance = known.tolerance();
        let items = ledger.items.iter().map(|item| {
            let late = item.open() > tolerance && item.in_time < as_of;
            let dpd = if late { days_between(item.in_time, as_of) } else { 0 };
            let paused = if late { pauses.days(item.in_time, as_of) } else { 0 };
            ItemStanding {
                item: item.name.to_owned(),
                due_on: item.due_on,
                asked: money(item.asked),
                settled: money(item.settled()),
                open: money(item.open()),
                dpd,
                unpaused_days: dpd - paused,
            }
        });
        let oldest = ledger.items.iter().filter(|item| item.open() > tolerance && item.in_time < as_of);
        let grace = u64::from(conventions.grace_days);
        let received = receipts(&known);
        Standing {
            items: items.collect(),
            promises: promises(&known, &received),
            arrangements: arrangements(&known, &received),
            delinquent_since: oldest.map(|item| item.in_time).min().map(|day| later(day, grace)),
            paused: pauses.days(as_of, later(as_of, 1)) > 0,
        }
    }
}
