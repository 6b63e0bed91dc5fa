//! Histories as the tables of events that a bank would hand over.

use arrears::account::{Account, Conventions, Event, Happening};
use arrears::facts::Group;
use arrears::table;
use arrears::{Cell, Policy, Value};
use arrears_batch::{EventSchemas, EventTable, Events, Mapping};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows of one table, each with its cells by column.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

pub(crate) const CONTACTS: &[&str] =
    &["account_id", "on", "channel", "outcome", "inbound", "treatment", "text", "demand"];
pub(crate) const PAYMENTS: &[&str] = &["account_id", "on", "amount", "sequence"];
pub(crate) const PROMISES: &[&str] =
    &["account_id", "made_on", "due_on", "amount", "result", "result_on", "left", "sequence"];
pub(crate) const HOLDS: &[&str] = &["account_id", "what", "from", "until"];

impl Table {
    pub(crate) const fn new(columns: &'static [&'static str]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(crate) fn batch(&self) -> RecordBatch {
        let column = |place: usize| {
            let cells = self.rows.iter().map(|row| Some(row[place].as_str()).filter(|cell| !cell.is_empty()));
            Arc::new(cells.collect::<StringArray>()) as ArrayRef
        };
        let columns = self.columns.iter().enumerate().map(|(place, name)| (*name, column(place), true));
        RecordBatch::try_from_iter_with_nullable(columns).unwrap()
    }
}

/// The four tables.
#[derive(Clone, Debug)]
pub(crate) struct Tables(pub(crate) [(EventTable, Table); 4]);

/// A mapping by which the table of holds records every protection.
fn covers_all() -> Mapping {
    let protections = table::all().filter(|fact| fact.group == Group::Protection);
    let names: Vec<String> = protections.map(|fact| format!("\"{}\"", fact.name)).collect();
    Mapping::parse(&format!("[holds]\ncovers = [{}]\n", names.join(", ")), "map.toml").unwrap()
}

impl Tables {
    pub(crate) fn new() -> Self {
        Self([
            (EventTable::Contacts, Table::new(CONTACTS)),
            (EventTable::Payments, Table::new(PAYMENTS)),
            (EventTable::Promises, Table::new(PROMISES)),
            (EventTable::Holds, Table::new(HOLDS)),
        ])
    }

    fn push(&mut self, table: EventTable, row: Vec<String>) {
        let (_, table) = self.0.iter_mut().find(|(other, _)| *other == table).unwrap();
        assert_eq!(row.len(), table.columns.len());
        table.rows.push(row);
    }

    /// Counts the tables; `late` says of each account since when it is late.
    pub(crate) fn counted(&self, policy: &Policy, as_of: NaiveDate, late: &BTreeMap<String, Cell>) -> Events {
        let batches: Vec<_> = self.0.iter().map(|(table, rows)| (*table, rows.batch())).collect();
        let mut schemas = EventSchemas::default().with_late_since();
        for (table, batch) in &batches {
            schemas = schemas.with(*table, &batch.schema(), table.word());
        }
        let mut events = Events::new(policy, as_of, &schemas, &covers_all()).unwrap();
        for (account, days) in late {
            events.late_since(account, *days);
        }
        for (table, batch) in &batches {
            events.add(*table, batch);
        }
        events
    }

    /// Adds the tables' rows of an account as they are known on a day, and those of later days:
    /// a table may have been written after the day that is decided.
    pub(crate) fn add(&mut self, account: &Account, name: &str, as_of: NaiveDate, conventions: &Conventions) {
        let withdrawn: Vec<&str> = account
            .events()
            .iter()
            .filter(|event| event.known_on <= as_of)
            .filter_map(|event| match &event.happening {
                Happening::Withdrawn(withdrawn) => Some(withdrawn.of.as_str()),
                _ => None,
            })
            .collect();
        let events: Vec<&Event> = account
            .events()
            .iter()
            .filter(|event| event.known_on <= as_of || event.occurred_on > as_of)
            .filter(|event| !withdrawn.contains(&event.id.as_str()))
            .collect();
        self.contacts(&events, name);
        self.payments(&events, name, as_of);
        self.promises(account, name, as_of, conventions);
        self.holds(&events, name);
    }

    fn contacts(&mut self, events: &[&Event], name: &str) {
        for event in events {
            let Happening::Contact(contact) = &event.happening else { continue };
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let flag = |set: bool| if set { "yes".to_owned() } else { String::new() };
            let row = vec![
                name.to_owned(),
                event.occurred_on.to_string(),
                contact.channel.clone(),
                text(&contact.outcome),
                flag(contact.inbound),
                text(&contact.treatment),
                text(&contact.text),
                flag(contact.demand),
            ];
            self.push(EventTable::Contacts, row);
        }
    }

    /// What came in and stayed: less what was reversed, refunded or charged back by the day.
    fn payments(&mut self, events: &[&Event], name: &str, as_of: NaiveDate) {
        let happened = || events.iter().filter(|event| event.occurred_on <= as_of);
        let undone = |chargeback: &str| {
            happened().any(|event| {
                matches!(&event.happening, Happening::ChargebackReversed(undone) if undone.chargeback == chargeback)
            })
        };
        for (sequence, event) in events.iter().enumerate() {
            let Happening::Payment(payment) = &event.happening else { continue };
            let mut left = payment.amount.decimal();
            for other in happened() {
                let back = match &other.happening {
                    Happening::PaymentReversed(reversed) if reversed.payment == event.id => reversed.amount,
                    Happening::Refund(refund) if refund.payment == event.id => refund.amount,
                    Happening::Chargeback(back) if back.payment == event.id && !undone(&other.id) => None,
                    _ => continue,
                };
                left -= back.map_or(left, |amount| amount.decimal());
            }
            let left = left.max(Decimal::ZERO);
            let on = event.occurred_on.to_string();
            self.push(EventTable::Payments, vec![name.to_owned(), on, left.to_string(), sequence.to_string()]);
        }
    }

    fn promises(&mut self, account: &Account, name: &str, as_of: NaiveDate, conventions: &Conventions) {
        for (sequence, promise) in account.standing(as_of, as_of, conventions).promises.iter().enumerate() {
            let (result, on) = match (promise.broken_on(), promise.moved_on(), promise.kept_on()) {
                (Some(day), _, _) => ("broken", Some(day)),
                (_, Some(day), _) => ("moved", Some(day)),
                (_, _, Some(day)) if !promise.is_vague() => ("kept", Some(day)),
                _ => ("", None),
            };
            let due = promise.next_in_time.or_else(|| promise.parts.iter().map(|(part, _)| part.due_on).max());
            let sum: Decimal = promise.parts.iter().map(|(part, _)| part.amount.decimal()).sum();
            let vague = promise.is_vague();
            let open = if promise.is_open() { "open" } else { result };
            let row = vec![
                name.to_owned(),
                promise.made_on.to_string(),
                due.map(|day| day.to_string()).unwrap_or_default(),
                if vague { String::new() } else { sum.to_string() },
                open.to_owned(),
                on.map(|day| day.to_string()).unwrap_or_default(),
                Decimal::new(promise.left, account.currency().digits()).to_string(),
                sequence.to_string(),
            ];
            self.push(EventTable::Promises, row);
        }
        for event in account.events().iter().filter(|event| event.occurred_on > as_of) {
            let Happening::Promise(promise) = &event.happening else { continue };
            let Some(part) = promise.parts.first() else { continue };
            let (on, due) = (event.occurred_on.to_string(), part.due_on.max(event.occurred_on).to_string());
            let amount = part.amount.decimal().to_string();
            let row = [name, &on, &due, &amount, "open", "", &amount, ""].map(str::to_owned);
            self.push(EventTable::Promises, row.to_vec());
        }
    }

    fn holds(&mut self, events: &[&Event], name: &str) {
        let protects = |flag: &str| table::find(flag).is_some_and(|fact| fact.group == Group::Protection);
        for (place, event) in events.iter().enumerate() {
            let Happening::Flag(flag) = &event.happening else { continue };
            if !protects(&flag.flag) {
                continue;
            }
            let lifted = events[place..].iter().find_map(|other| match &other.happening {
                Happening::FlagLifted(lifted) if lifted.flag == flag.flag => Some(other.occurred_on - Days::new(1)),
                _ => None,
            });
            let until = match (flag.until, lifted) {
                (Some(until), Some(lifted)) => Some(until.min(lifted)),
                (until, lifted) => until.or(lifted),
            };
            if until.is_some_and(|until| until < event.occurred_on) {
                continue;
            }
            let until = until.map(|day| day.to_string()).unwrap_or_default();
            self.push(
                EventTable::Holds,
                vec![name.to_owned(), flag.flag.clone(), event.occurred_on.to_string(), until],
            );
        }
    }
}

/// What `days_since_first_missed` holds for an account.
pub(crate) fn late_since(value: Option<&Value>) -> Cell {
    match value {
        Some(Value::Days(days)) => Cell::number(*days),
        Some(Value::Never) => Cell::NEVER,
        _ => Cell::UNKNOWN,
    }
}
