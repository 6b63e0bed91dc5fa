//! What must hold of a history as a whole, before any of it is taken.

mod names;
mod particulars;
mod references;

use super::problem::HistoryProblem;
use super::{Account, Amount, Event, Happening};
use std::collections::BTreeMap;

/// Events being checked against each other.
pub(super) struct Checking<'a> {
    account: &'a Account,
    /// Every event by id, those recorded before too.
    by_id: BTreeMap<&'a str, &'a Event>,
    /// The place of each item that is asked for: the path of the event that asks.
    items: BTreeMap<&'a str, String>,
    problems: Vec<HistoryProblem>,
}

impl Account {
    /// Takes events, each with its place in what was given: all of them, or none.
    pub(super) fn with_events(mut self, given: Vec<(usize, Event)>) -> Result<Self, Vec<HistoryProblem>> {
        let mut problems = Vec::new();
        let mut places: BTreeMap<String, String> = BTreeMap::new();
        let mut new: Vec<(String, Event)> = Vec::new();
        for (index, event) in given {
            let path = format!("events[{index}]");
            let same_id = |other: &&Event| other.id == event.id;
            let before = self.events.iter().find(same_id).or_else(|| new.iter().map(|(_, other)| other).find(same_id));
            match before {
                Some(before) if *before == event => {}
                Some(_) => {
                    let first = places.get(&event.id).cloned().unwrap_or_else(|| "the history".to_owned());
                    let message = format!("`{}` is the id of another event in {first}, with other content", event.id);
                    problems.push(HistoryProblem::new(format!("{path}.id"), message));
                }
                None => {
                    places.insert(event.id.clone(), path.clone());
                    new.push((path, event));
                }
            }
        }
        let mut checking =
            Checking { account: &self, by_id: BTreeMap::new(), items: BTreeMap::new(), problems: Vec::new() };
        for event in self.events.iter().chain(new.iter().map(|(_, event)| event)) {
            checking.by_id.insert(&event.id, event);
        }
        for event in &self.events {
            checking.ask(event, "the history");
        }
        for (path, event) in &new {
            checking.ask(event, path);
        }
        for (path, event) in &new {
            checking.envelope(path, event);
            checking.particulars(path, event);
            checking.references(path, event);
        }
        problems.append(&mut checking.problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        self.events.extend(new.into_iter().map(|(_, event)| event));
        self.events.sort_by(Event::order);
        Ok(self)
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

    /// Notes the items that an event asks for; a second of one name is reported.
    fn ask(&mut self, event: &'a Event, path: &str) {
        let mut item = |name: &'a str, place: String| {
            if let Some(first) = self.items.get(name) {
                let message = format!("the item `{name}` is asked for in {first} already");
                self.problems.push(HistoryProblem::new(place, message));
            } else {
                self.items.insert(name, path.to_owned());
            }
        };
        match &event.happening {
            Happening::Schedule(schedule) => {
                for (index, instalment) in schedule.instalments.iter().enumerate() {
                    item(&instalment.item, format!("{path}.instalments[{index}].item"));
                }
            }
            Happening::Invoice(invoice) => item(&invoice.item, format!("{path}.item")),
            Happening::Statement(statement) => item(&statement.item, format!("{path}.item")),
            _ => {}
        }
    }

    fn envelope(&mut self, path: &str, event: &Event) {
        if event.id.is_empty() {
            self.report(format!("{path}.id"), "empty: an event needs an id");
        }
        let opened = self.account.opened_on;
        if event.occurred_on < opened {
            let message = format!("{} is before the account was opened on {opened}", event.occurred_on);
            self.report(format!("{path}.occurred_on"), message);
        }
        if event.known_on < event.occurred_on && is_of_its_day(&event.happening) {
            let message =
                format!("{} is before it happened on {}: nobody can have known", event.known_on, event.occurred_on);
            self.report(format!("{path}.known_on"), message);
        }
    }

    /// An amount of at least so many minor units that the currency can hold.
    fn amount(&mut self, path: String, amount: Amount, least: i64) {
        let currency = self.account.currency;
        match amount.minor(currency) {
            Err(error) => self.report(path, format!("`{amount}` does not fit {currency}: {error}")),
            Ok(minor) if minor < least => {
                let wanted = if least > 0 { "more than zero" } else { "zero or more" };
                self.report(path, format!("`{amount}`: expected {wanted}"));
            }
            Ok(_) => {}
        }
    }
}
