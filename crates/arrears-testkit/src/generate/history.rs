//! Random histories: valid, with everything that can happen, and conventions to read them by.

use super::choices::Choices;
use arrears::account::{
    Account, Adjustment, Amount, Anchor, Arrangement, ArrangementEnded, Buckets, Chargeback, ChargebackReversed,
    Consent, Contact, Conventions, Credit, DayEnd, Event, FirstDayLate, Flag, FlagLifted, Grace, Happening, Inflow,
    Instalment, Invoice, Kept, MonthEnd, Note, Noted, Number, OptOut, Part, Pause, PausedDays, PayDay, Payment,
    PaymentFailed, PaymentReversed, Placement, Promise, Recall, Refund, Resume, Schedule, Seen, Statement, TagAdded,
    TagRemoved, WriteOff, WriteOffReversed,
};
use arrears::facts::outcome_table;
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

const CHANNELS: [&str; 6] = ["phone", "sms", "letter", "visit", "email", "ivr"];
const FLAGS: [&str; 6] = ["dispute", "hardship", "deceased", "vulnerable", "hazard", "represented"];
const POINTS: [&str; 3] = ["mobile", "work", "home"];
const STATUSES: [&str; 4] = ["valid", "wrong", "dead", "objected"];
/// Amounts in cents, so that payments often meet instalments exactly, or just miss them.
const AMOUNTS: [i64; 8] = [10_000, 10_000, 5_000, 9_500, 20_000, 12_345, 1, 30_000];
/// How many days later something becomes known.
const LATER: [u64; 6] = [0, 0, 0, 1, 5, 30];

/// The day on which random accounts are opened.
pub fn opened_on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 10, 31).unwrap_or_default()
}

/// Days over which things happen.
pub const SPAN: u64 = 480;

fn day(offset: u64) -> NaiveDate {
    opened_on().checked_add_days(Days::new(offset)).unwrap_or_default()
}

fn amount(choices: &mut Choices) -> Amount {
    Amount::new(Decimal::new(choices.pick(&AMOUNTS, 10_000), 2))
}

fn text(choices: &mut Choices, from: &[&str]) -> String {
    choices.text(from).to_owned()
}

/// Bank conventions, the usual ones first.
pub fn conventions(choices: &mut Choices) -> Conventions {
    let sometimes = |choices: &mut Choices, percent| choices.chance(percent);
    Conventions {
        anchor: if sometimes(choices, 30) { Anchor::InvoiceDate } else { Anchor::DueDate },
        grace_days: choices.pick(&[0, 3, 0, 10], 0),
        grace: if sometimes(choices, 40) { Grace::CountsFromDueDate } else { Grace::CountsAfter },
        tolerance: Amount::new(Decimal::new(choices.pick(&[0, 0, 500, 1000], 0), 2)),
        first_day_late: if sometimes(choices, 25) { FirstDayLate::DueDate } else { FirstDayLate::DayAfterDue },
        paused_days: if sometimes(choices, 15) { PausedDays::Count } else { PausedDays::StopTheCount },
        month_end: if sometimes(choices, 30) { MonthEnd::NextDay } else { MonthEnd::Clamp },
        day_end: if sometimes(choices, 20) { DayEnd::Open } else { DayEnd::Close },
        buckets: if sometimes(choices, 20) { Buckets::Cycles } else { Buckets::default() },
        promise_days: choices.pick(&[0, 1, 0, 3], 0),
        promise_tolerance: Amount::new(Decimal::new(choices.pick(&[0, 1000], 0), 2)),
    }
}

/// The events of a random account, in the order in which they were written.
pub fn events(choices: &mut Choices) -> Vec<Event> {
    let mut history = History::default();
    history.asks(choices);
    let more = choices.below(22);
    for _ in 0..more {
        history.one_more(choices);
    }
    history.events
}

/// A random account, complete in most things.
///
/// # Panics
///
/// Never: what the generator makes is valid.
pub fn account(events: Vec<Event>, choices: &mut Choices) -> Option<Account> {
    let kept: Vec<Kept> = Kept::ALL.into_iter().filter(|_| !choices.chance(8)).collect();
    let currency = "EUR".parse().ok()?;
    Account::new("A-1", currency, opened_on()).complete_in(kept).with(events).ok()
}

/// A history being written.
#[derive(Default)]
struct History {
    events: Vec<Event>,
    items: Vec<String>,
}

impl History {
    fn push(&mut self, on: NaiveDate, later: u64, happening: impl Into<Happening>) {
        let id = format!("e{}", self.events.len());
        let known = on.checked_add_days(Days::new(later)).unwrap_or(on);
        self.events.push(Event::new(id, on, happening).known_on(known));
    }

    fn item(&mut self) -> String {
        let name = format!("i{}", self.items.len());
        self.items.push(name.clone());
        name
    }

    /// Instalments, invoices or statements.
    fn asks(&mut self, choices: &mut Choices) {
        let count = choices.pick(&[5, 3, 8, 1, 0], 5);
        let first = u64::try_from(choices.below(90)).unwrap_or(0);
        match choices.pick(&[0, 0, 1, 2], 0) {
            0 if count > 0 => {
                let instalments = (0..count).map(|month| {
                    let due_on = MonthEnd::Clamp.after(day(first), month);
                    let invoiced_on = choices.chance(30).then(|| due_on - Days::new(14));
                    Instalment {
                        item: self.item(),
                        due_on,
                        amount: amount(choices),
                        invoiced_on,
                        principal: None,
                        interest: None,
                        fees: None,
                    }
                });
                let schedule = Schedule { total: None, instalments: instalments.collect() };
                self.push(opened_on(), 0, schedule);
            }
            1 => {
                for month in 0..count {
                    let on = MonthEnd::Clamp.after(day(first), month);
                    let due_on = choices.chance(60).then(|| on + Days::new(20));
                    let invoice = Invoice {
                        item: self.item(),
                        due_on,
                        amount: amount(choices),
                        draft: choices.chance(8),
                        of: None,
                        why: None,
                    };
                    self.push(on, 0, invoice);
                }
            }
            _ => {
                for month in 0..count {
                    let on = MonthEnd::Clamp.after(day(first), month);
                    let balance = Amount::new(Decimal::new(choices.pick(&[50_000, -500, 120_000], 50_000), 2));
                    let minimum_payment = amount(choices);
                    let statement =
                        Statement { item: self.item(), due_on: on + Days::new(20), balance, minimum_payment };
                    self.push(on, 0, statement);
                }
            }
        }
    }

    /// An earlier event of a kind, and a day not before it.
    fn earlier(&self, choices: &mut Choices, word: &str) -> Option<(String, NaiveDate)> {
        let fits = self.events.iter().filter(|event| event.happening.word() == word);
        let fits: Vec<&Event> = fits.collect();
        let event = fits.get(choices.below(fits.len().max(1)))?;
        let later = u64::try_from(choices.below(60)).unwrap_or(0);
        Some((event.id.clone(), event.occurred_on + Days::new(later)))
    }

    fn parts(choices: &mut Choices, on: NaiveDate, most: usize) -> Vec<Part> {
        let count = choices.below(most + 1);
        (0..count)
            .map(|index| {
                let days = u64::try_from(choices.below(12) + index * 14).unwrap_or(0);
                Part { due_on: on + Days::new(days), amount: amount(choices) }
            })
            .collect()
    }

    fn one_more(&mut self, choices: &mut Choices) {
        let on = day(u64::try_from(choices.below(usize::try_from(SPAN).unwrap_or(1))).unwrap_or(0));
        let later = choices.pick(&LATER, 0);
        let item = choices.chance(20).then(|| self.items.first().cloned()).flatten();
        match choices.below(16) {
            0..4 => self.push(on, later, Payment { amount: amount(choices), currency: None, item }),
            4 | 5 => self.contact(choices, on, later),
            6 => {
                let parts = Self::parts(choices, on, 3);
                self.push(on, later, Promise { parts });
            }
            7 => self.undo(choices, later),
            8 => self.protect(choices, on, later),
            9 => {
                let from = on + Days::new(u64::try_from(choices.below(20)).unwrap_or(0));
                let to = from + Days::new(u64::try_from(choices.below(40)).unwrap_or(0));
                self.push(on, later, Pause { from, to });
            }
            10 => self.push(on, later, Resume {}),
            11 => self.person(choices, on, later),
            12 => self.money(choices, on, later),
            13 => self.hands(choices, on, later),
            14 => {
                let instalments = Self::parts(choices, on, 4);
                if !instalments.is_empty() {
                    self.push(on, later, Arrangement { instalments });
                }
            }
            _ => self.say(choices, on, later),
        }
    }

    fn contact(&mut self, choices: &mut Choices, on: NaiveDate, later: u64) {
        let codes: Vec<&str> = outcome_table().iter().map(|outcome| outcome.code).collect();
        let contact = Contact {
            channel: text(choices, &CHANNELS),
            outcome: choices.chance(70).then(|| text(choices, &codes)),
            inbound: choices.chance(10),
            point: choices.chance(40).then(|| text(choices, &POINTS)),
            treatment: choices.chance(30).then(|| "t1".to_owned()),
            text: choices.chance(30).then(|| "gentle".to_owned()),
            demand: choices.chance(15),
            call_back_on: None,
        };
        self.push(on, later, contact);
    }

    /// What an earlier event did is undone.
    fn undo(&mut self, choices: &mut Choices, later: u64) {
        let kinds = ["payment", "payment", "payment", "chargeback", "write_off", "arrangement"];
        let word = choices.text(&kinds);
        let Some((id, on)) = self.earlier(choices, word) else { return };
        match (word, choices.below(3)) {
            ("payment", 0) => self.push(on, later, PaymentReversed { payment: id, amount: None }),
            ("payment", 1) => self.push(on, later, Refund { payment: id, amount: None }),
            ("payment", _) => self.push(on, later, Chargeback { payment: id }),
            ("chargeback", _) => self.push(on, later, ChargebackReversed { chargeback: id }),
            ("write_off", _) => self.push(on, later, WriteOffReversed { write_off: id }),
            _ => self.push(on, later, ArrangementEnded { arrangement: id }),
        }
    }

    fn protect(&mut self, choices: &mut Choices, on: NaiveDate, later: u64) {
        let flag = text(choices, &FLAGS);
        if choices.chance(25) {
            self.push(on, later, FlagLifted { flag });
        } else {
            let until = choices.chance(50).then(|| on + Days::new(u64::try_from(choices.below(90)).unwrap_or(0)));
            self.push(on, later, Flag { flag, until });
        }
    }

    fn person(&mut self, choices: &mut Choices, on: NaiveDate, later: u64) {
        let channel = text(choices, &CHANNELS);
        match choices.below(4) {
            0 => self.push(on, later, Consent { channel, given: choices.chance(60) }),
            1 => self.push(on, later, OptOut { channel, lifted: choices.chance(30) }),
            2 => {
                let (point, status) = (text(choices, &POINTS), text(choices, &STATUSES));
                self.push(on, later, Number { point, status });
            }
            _ => self.push(on, later, Seen { what: "statement".into() }),
        }
    }

    fn money(&mut self, choices: &mut Choices, on: NaiveDate, later: u64) {
        let item = self.items.get(choices.below(self.items.len().max(1))).cloned();
        match (choices.below(6), item) {
            (0, Some(item)) => {
                let amount = Amount::new(Decimal::new(choices.pick(&[0, 5_000, 15_000], 0), 2));
                self.push(on, later, Adjustment { item, amount });
            }
            (1, item) => {
                let item = item.filter(|_| choices.chance(60));
                self.push(on, later, WriteOff { item });
            }
            (2, item) => self.push(on, later, PaymentFailed { code: "no_funds".into(), item }),
            (3, _) => self.push(on, later, Credit { amount: amount(choices), currency: None, item: None, of: None }),
            (4, _) => self.push(on, later, PayDay { day: choices.pick(&[15, 31, 1], 15) }),
            _ => self.push(on, later, Inflow { amount: amount(choices) }),
        }
    }

    fn hands(&mut self, choices: &mut Choices, on: NaiveDate, later: u64) {
        if choices.chance(30) {
            self.push(on, later, Recall {});
        } else {
            let until = choices.chance(60).then(|| on + Days::new(u64::try_from(choices.below(120)).unwrap_or(0)));
            self.push(on, later, Placement { hand: "agency".into(), until });
        }
    }

    fn say(&mut self, choices: &mut Choices, on: NaiveDate, later: u64) {
        let until = choices.chance(40).then(|| on + Days::new(u64::try_from(choices.below(90)).unwrap_or(0)));
        match choices.below(5) {
            0 => self.push(on, later, TagAdded { tag: "vip".into() }),
            1 => self.push(on, later, TagRemoved { tag: "vip".into() }),
            2 => {
                let value = Noted::Text(text(choices, &["illness", "forgot", "unknown"]));
                self.push(on, later, Note { fact: "cause".into(), value, until });
            }
            3 => {
                let value = Noted::Whole(i64::try_from(choices.below(40)).unwrap_or(0));
                self.push(on, later, Note { fact: "tenure_months".into(), value, until });
            }
            _ => {
                let value = Noted::Text("250.00".into());
                self.push(on, later, Note { fact: "affordable_monthly".into(), value, until });
            }
        }
    }
}
