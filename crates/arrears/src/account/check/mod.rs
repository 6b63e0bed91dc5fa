//! What must hold of a history as a whole, before any of it is taken.
//!
//! Events are checked in the order in which they were given, and so are their problems.

mod names;
mod particulars;
mod references;

use super::HistoryProblem;
use super::{Amount, Event, Happening};
use crate::number::{Currency, Inexact};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What events are checked against.
pub(super) struct Grounds<'a> {
    /// The account's currency; none where it could not be read.
    pub(super) currency: Option<Currency>,
    /// The day the account was opened; none where it could not be read.
    pub(super) opened_on: Option<NaiveDate>,
    /// The events that the account has already.
    pub(super) recorded: &'a [Event],
    /// What events speak of that could not be read.
    pub(super) unread: Unread,
}

/// Names from events that could not be read. Their mistakes are reported already: what refers to
/// them is not a second one.
#[derive(Debug, Default)]
pub(super) struct Unread {
    ids: BTreeSet<String>,
    items: BTreeSet<String>,
}

impl Unread {
    /// Notes what an event speaks of that could not be read.
    pub(super) fn note(&mut self, event: &Value) {
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        self.ids.extend(text(event, "id"));
        self.items.extend(text(event, "item"));
        let instalments = event.get("instalments").and_then(Value::as_array).into_iter().flatten();
        self.items.extend(instalments.filter_map(|instalment| text(instalment, "item")));
    }
}

/// Events being checked against each other.
struct Checking<'a> {
    grounds: &'a Grounds<'a>,
    /// Every event by id, those recorded before too.
    by_id: BTreeMap<&'a str, &'a Event>,
    /// Each item that is asked for, by which events and where.
    items: BTreeMap<&'a str, Vec<(&'a Event, String)>>,
    /// Since when events are known never to have happened, by their id.
    withdrawn: BTreeMap<&'a str, NaiveDate>,
    /// What was said so far to have been given back of a payment, by the word for it and the payment.
    given_back: BTreeMap<(&'static str, &'a str), Decimal>,
    problems: Vec<HistoryProblem>,
}

/// The events that are new, each given with its place in what was given: all of them, or what is
/// wrong, by event.
pub(super) fn checked(grounds: Grounds<'_>, given: Vec<(usize, Event)>) -> Result<Vec<Event>, Vec<HistoryProblem>> {
    let mut checking = Checking {
        grounds: &grounds,
        by_id: BTreeMap::new(),
        items: BTreeMap::new(),
        withdrawn: BTreeMap::new(),
        given_back: BTreeMap::new(),
        problems: Vec::new(),
    };
    let mut recorded = BTreeSet::new();
    for event in grounds.recorded {
        recorded.insert(event.id.as_str());
        checking.by_id.insert(&event.id, event);
        for (item, _) in asked_for(event, "") {
            checking.items.entry(item).or_default().push((event, "the history".to_owned()));
        }
    }
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, event) in &given {
        checking.by_id.entry(&event.id).or_insert(event);
        first.entry(&event.id).or_insert(*index);
    }
    let mut new = BTreeSet::new();
    for (index, event) in &given {
        if first.get(event.id.as_str()) == Some(index) && !recorded.contains(event.id.as_str()) {
            new.insert(*index);
            for (item, place) in asked_for(event, &format!("events[{index}]")) {
                checking.items.entry(item).or_default().push((event, place));
            }
        }
    }
    checking.withdrawals();
    for event in grounds.recorded {
        checking.gives_back(event);
    }
    for (index, event) in &given {
        let path = format!("events[{index}]");
        if new.contains(index) {
            checking.envelope(&path, event);
            checking.asks(&path, event);
            checking.particulars(&path, event);
            checking.references(&path, event);
        } else {
            let place = first.get(event.id.as_str()).filter(|_| !recorded.contains(event.id.as_str()));
            let place = place.map_or_else(|| "the history".to_owned(), |first| format!("events[{first}]"));
            checking.repeated(&path, event, &place);
        }
    }
    let problems = checking.problems;
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(given.into_iter().filter(|(index, _)| new.contains(index)).map(|(_, event)| event).collect())
}

/// The items that an event asks for, each with its place.
fn asked_for<'a>(event: &'a Event, path: &str) -> Vec<(&'a str, String)> {
    match &event.happening {
        Happening::Schedule(schedule) => {
            let instalments = schedule.instalments.iter().enumerate();
            instalments.map(|(index, it)| (it.item.as_str(), format!("{path}.instalments[{index}].item"))).collect()
        }
        Happening::Invoice(invoice) => vec![(&invoice.item, format!("{path}.item"))],
        Happening::Statement(statement) => vec![(&statement.item, format!("{path}.item"))],
        _ => Vec::new(),
    }
}

/// Happenings that nobody can record before their day.
const fn is_of_its_day(happening: &Happening) -> bool {
    matches!(
        happening,
        Happening::Payment(_)
            | Happening::Credit(_)
            | Happening::Contact(_)
            | Happening::Seen(_)
            | Happening::PaymentFailed(_)
            | Happening::PaymentReversed(_)
            | Happening::Refund(_)
            | Happening::Chargeback(_)
            | Happening::ChargebackReversed(_)
            | Happening::Promise(_)
            | Happening::Inflow(_)
    )
}

impl<'a> Checking<'a> {
    fn report(&mut self, path: impl Into<String>, message: impl Into<String>) {
        self.problems.push(HistoryProblem::new(path, message));
    }

    /// An event that is there already: the same content changes nothing, another is a contradiction.
    fn repeated(&mut self, path: &str, event: &Event, first: &str) {
        if self.by_id.get(event.id.as_str()).is_some_and(|other| **other != *event) {
            let message = format!(
                "`{}` is the id of another event in {first}, with other content: give this one an id of its own, or withdraw the first",
                event.id
            );
            self.report(format!("{path}.id"), message);
        }
    }

    /// Notes since when which events are known never to have happened.
    fn withdrawals(&mut self) {
        for event in self.by_id.values() {
            if let Happening::Withdrawn(withdrawn) = &event.happening {
                let known = self.withdrawn.entry(&withdrawn.of).or_insert(event.known_on);
                *known = (*known).min(event.known_on);
            }
        }
    }

    /// Every item is asked for once, but for an event that was withdrawn by the time another was known.
    fn asks(&mut self, path: &str, event: &Event) {
        let gone = |event: &Event, by: &Event| {
            event.id != by.id && self.withdrawn.get(event.id.as_str()).is_some_and(|day| *day <= by.known_on)
        };
        for (item, place) in asked_for(event, path) {
            let asked = self.items.get(item).into_iter().flatten();
            let mut before = asked.take_while(|(_, other)| *other != place);
            if let Some((_, first)) = before.find(|(other, _)| !gone(other, event) && !gone(event, other)) {
                let message = format!("the item `{item}` is asked for in {first} already: give this one another name");
                self.problems.push(HistoryProblem::new(place, message));
            }
        }
    }

    fn envelope(&mut self, path: &str, event: &Event) {
        if event.id.is_empty() {
            self.report(format!("{path}.id"), "empty: an event needs an id");
        }
        if let Some(opened) = self.grounds.opened_on.filter(|opened| event.occurred_on < *opened) {
            let message = format!(
                "{} is before the account was opened on {opened}: mend this day, or `opened_on`",
                event.occurred_on
            );
            self.report(format!("{path}.occurred_on"), message);
        }
        if event.known_on < event.occurred_on && is_of_its_day(&event.happening) {
            let message = format!(
                "{} is before it happened: nobody can have known, expected {} or later",
                event.known_on, event.occurred_on
            );
            self.report(format!("{path}.known_on"), message);
        }
    }

    /// An amount that the currency can hold, and that is not below the least.
    fn amount(&mut self, path: String, amount: Amount, least: Least) {
        let misfit = self.grounds.currency.and_then(|currency| Some((currency, amount.minor(currency).err()?)));
        if let Some((currency, error)) = misfit {
            let message = match error {
                Inexact::TooManyDecimals(most) => {
                    format!("`{amount}` has more decimals than {currency}: expected at most {most}")
                }
                Inexact::TooLarge => format!("`{amount}` is larger than any amount that can be held: look for a slip"),
            };
            self.report(path, message);
            return;
        }
        let (wanted, why) = match least {
            Least::Nothing if amount < Amount::ZERO => ("zero or more", ""),
            Least::Something if amount == Amount::ZERO => ("more than zero", ""),
            Least::Something if amount < Amount::ZERO => {
                ("more than zero", ": what goes the other way is an event of its own, such as `refund`")
            }
            _ => return,
        };
        self.report(path, format!("`{amount}`: expected {wanted}{why}"));
    }
}

/// The least that an amount may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Least {
    /// Below zero too.
    Any,
    /// Zero.
    Nothing,
    /// More than zero.
    Something,
}
