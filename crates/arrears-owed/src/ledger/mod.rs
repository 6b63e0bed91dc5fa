//! The ledger of lines: what was charged and what settled it, day by day.
//!
//! The ledger runs through the days on which something changes. On each, in this order: interest is booked up
//! to the day, what falls due is charged, what happened is taken in, money that was held is used, and
//! late fees are charged on what is still late.

mod allocate;
mod error;
mod events;
mod grow;
mod item;
mod parts;
mod rates;

pub use error::OwedError;
pub(crate) use parts::Parts;

use crate::interest::InterestError;
use crate::statement::{Line, Reason};
use crate::terms::{Booking, Terms};
use arrears::account::{Account, Component, Conventions, Event, Happening};
use chrono::{Datelike, Days, NaiveDate};
use item::Item;
use rates::Rates;
use std::collections::{BTreeMap, BTreeSet};

/// Money of a payment that settled something.
#[derive(Clone, Debug)]
struct Settled {
    payment: String,
    item: usize,
    component: Component,
    amount: i128,
}

/// The account on a day, with all lines up to then.
pub(crate) struct Ledger<'a> {
    terms: &'a Terms,
    account: &'a Account,
    rates: Rates,
    today: NaiveDate,
    stops: BTreeSet<NaiveDate>,
    items: Vec<Item>,
    /// Items in the order in which they fall due; those that never do come last.
    order: Vec<usize>,
    /// Money that settles nothing yet, by payment.
    held: Vec<(String, i128)>,
    settled: Vec<Settled>,
    /// What each chargeback took.
    charged_back: BTreeMap<String, (String, i128)>,
    /// How much of each payment never counted.
    reversed: BTreeMap<String, i128>,
    /// Principal that was asked for, and what lateness cost by the terms.
    principal: i128,
    lateness: i128,
    /// The item that holds what a statement does not newly ask for.
    rest: Option<usize>,
    pub(crate) lines: Vec<Line>,
}

/// Other terms from the day after one on. What was charged by then stays.
#[derive(Clone, Copy)]
pub(crate) struct Change<'a> {
    pub(crate) after: NaiveDate,
    pub(crate) terms: &'a Terms,
}

/// What is said of a line beside its amount.
#[derive(Default)]
struct About<'s> {
    event: Option<&'s str>,
    why: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    balance: Option<i128>,
    rate: Option<crate::interest::Rate>,
    capped_by: i128,
}

impl<'a> Ledger<'a> {
    /// The ledger at the end of `as_of`, as known on `known_by`.
    pub(crate) fn new(
        account: &'a Account,
        terms: &'a Terms,
        as_of: NaiveDate,
        known_by: NaiveDate,
    ) -> Result<Self, OwedError> {
        Self::changed(account, terms, as_of, known_by, None)
    }

    /// The same, where other terms hold after a day.
    pub(crate) fn changed(
        account: &'a Account,
        terms: &'a Terms,
        as_of: NaiveDate,
        known_by: NaiveDate,
        change: Option<Change<'a>>,
    ) -> Result<Self, OwedError> {
        for terms in [Some(terms), change.map(|change| change.terms)].into_iter().flatten() {
            if account.currency() != terms.currency {
                return Err(OwedError::Currency { account: account.currency(), terms: terms.currency });
            }
            let problems = terms.problems();
            if !problems.is_empty() {
                return Err(OwedError::Terms(problems));
            }
        }
        let conventions = Conventions::default();
        let events = account.happened(as_of, known_by, &conventions);
        let rates = Rates::new(terms, &events)?;
        let mut ledger = Self {
            terms,
            account,
            today: account.opened_on(),
            stops: rates.days(),
            rates,
            items: Vec::new(),
            order: Vec::new(),
            held: Vec::new(),
            settled: Vec::new(),
            charged_back: BTreeMap::new(),
            reversed: BTreeMap::new(),
            principal: 0,
            lateness: 0,
            rest: None,
            lines: Vec::new(),
        };
        ledger.reversals(&events);
        ledger.run(&events, as_of, change)?;
        Ok(ledger)
    }

    fn reversals(&mut self, events: &[&Event]) {
        for event in events {
            if let Happening::PaymentReversed(reversal) = &event.happening {
                let amount = reversal.amount.map_or(i128::MAX, |amount| self.minor(amount));
                let sum = self.reversed.entry(reversal.payment.clone()).or_insert(0);
                *sum = sum.saturating_add(amount);
            }
        }
    }

    fn run(&mut self, events: &[&Event], as_of: NaiveDate, change: Option<Change<'a>>) -> Result<(), OwedError> {
        let happened = events;
        self.stops.extend(events.iter().map(|event| event.occurred_on));
        self.stops.insert(as_of);
        self.stops.extend(change.map(|change| change.after));
        self.stops.retain(|day| *day >= self.today);
        if as_of < self.today {
            self.today = as_of;
        }
        self.mark_booking_days(as_of);
        let moving = self.moving_days(happened);
        let mut events = events.iter().peekable();
        while let Some(day) = self.stops.pop_first().filter(|day| *day <= as_of) {
            self.today = day;
            let changes = change.filter(|change| change.after == day);
            let everything = moving.contains(&day)
                || changes.is_some()
                || day == as_of
                || self.books_on(day)
                || self.rates.days().contains(&day);
            self.grow(everything)?;
            self.fall_due()?;
            while let Some(event) = events.next_if(|event| event.occurred_on <= day) {
                self.take(event)?;
            }
            self.use_held()?;
            self.late_fees()?;
            if let Some(change) = changes {
                self.switch(change.terms, happened, as_of)?;
            }
        }
        Ok(())
    }

    /// Other terms hold from now on.
    fn switch(&mut self, terms: &'a Terms, events: &[&Event], as_of: NaiveDate) -> Result<(), OwedError> {
        self.terms = terms;
        self.rates = Rates::new(terms, events)?;
        self.stops.extend(self.rates.days().into_iter().filter(|day| *day > self.today));
        let days: Vec<NaiveDate> = self.items.iter().filter_map(|item| item.due_on).collect();
        days.into_iter().for_each(|due_on| self.mark(due_on));
        self.mark_booking_days(as_of);
        Ok(())
    }

    /// The days on which something changes with what falls due on one.
    fn mark(&mut self, due_on: NaiveDate) {
        let grace = u64::from(self.terms.grace_days);
        let fees = self.terms.late_fees.iter().map(|fee| u64::from(fee.after_days).max(grace + 1));
        for days in fees.chain([0, grace]) {
            self.stops.extend(due_on.checked_add_days(Days::new(days)).filter(|day| *day > self.today));
        }
    }

    /// The days on which what interest runs on changes. A payment that never counted changes nothing.
    fn moving_days(&self, events: &[&Event]) -> BTreeSet<NaiveDate> {
        let moves = |event: &&&Event| match &event.happening {
            Happening::Payment(payment) => self.effective(&event.id, payment.amount) > 0,
            Happening::Credit(_)
            | Happening::Adjustment(_)
            | Happening::Refund(_)
            | Happening::Chargeback(_)
            | Happening::ChargebackReversed(_)
            | Happening::WriteOff(_)
            | Happening::WriteOffReversed(_)
            | Happening::Statement(_) => true,
            _ => false,
        };
        events.iter().filter(moves).map(|event| event.occurred_on).collect()
    }

    /// What a payment brought in, less what of it never counted.
    fn effective(&self, id: &str, amount: arrears::account::Amount) -> i128 {
        let reversed = self.reversed.get(id).copied().unwrap_or(0);
        self.minor(amount).saturating_sub(reversed).max(0)
    }

    /// Whether interest is booked on a day for the days before it.
    fn books_on(&self, day: NaiveDate) -> bool {
        match self.terms.booking {
            Booking::Change => false,
            Booking::Month => day.day() == 1,
            Booking::Day => true,
        }
    }

    fn mark_booking_days(&mut self, as_of: NaiveDate) {
        if self.terms.booking == Booking::Change {
            return;
        }
        let mut day = self.today;
        while day <= as_of {
            if day > self.today && self.books_on(day) {
                self.stops.insert(day);
            }
            let Some(next) = day.succ_opt() else { return };
            day = next;
        }
    }

    /// A new item: the days on which something changes with it are looked at.
    fn add(&mut self, item: Item) -> usize {
        if let Some(due_on) = item.due_on {
            self.mark(due_on);
        }
        let place = self.items.len();
        let due = |item: &Item| item.due_on.unwrap_or(NaiveDate::MAX);
        let at =
            self.order.partition_point(|other| self.items.get(*other).is_some_and(|other| due(other) <= due(&item)));
        self.order.insert(at, place);
        self.items.push(item);
        place
    }

    fn item(&self, place: usize) -> Option<&Item> {
        self.items.get(place)
    }

    /// Changes what is owed of an item, and writes the line.
    fn change(
        &mut self,
        place: usize,
        component: Component,
        amount: i128,
        reason: Reason,
        about: About<'_>,
    ) -> Result<(), OwedError> {
        if amount == 0 && about.capped_by == 0 {
            return Ok(());
        }
        let Some(item) = self.items.get_mut(place) else { return Ok(()) };
        let open = item.open.of(component);
        *open = open.checked_add(amount).ok_or(InterestError::SumTooLarge)?;
        let name = (!item.name.is_empty()).then(|| item.name.clone());
        self.write(Some(component), amount, reason, name, about)
    }

    fn write(
        &mut self,
        component: Option<Component>,
        amount: i128,
        reason: Reason,
        item: Option<String>,
        about: About<'_>,
    ) -> Result<(), OwedError> {
        let line = Line {
            on: self.today,
            component,
            amount: self.narrow(amount)?,
            reason,
            item,
            event: about.event.map(str::to_owned),
            why: about.why,
            from: about.from,
            to: about.to,
            balance: about.balance.map(|balance| self.narrow(balance)).transpose()?,
            rate: about.rate,
            capped_by: self.narrow(about.capped_by)?,
        };
        self.lines.push(line);
        Ok(())
    }

    pub(crate) fn narrow(&self, amount: i128) -> Result<i64, OwedError> {
        i64::try_from(amount).map_err(|_| OwedError::TooLarge(self.account.id().to_owned()))
    }

    /// An amount of the history, which was checked to fit.
    fn minor(&self, amount: arrears::account::Amount) -> i128 {
        amount.minor(self.terms.currency).map_or(0, i128::from)
    }

    /// Whole days since the oldest item that is late fell due; zero if none is late.
    pub(crate) fn days_past_due(&self) -> i64 {
        let tolerance = i128::from(self.terms.tolerance);
        let late = self.items.iter().filter(|item| item.unpaid() > tolerance);
        let oldest = late.filter_map(|item| item.due_on).filter(|due_on| *due_on < self.today).min();
        oldest.map_or(0, |due_on| self.today.signed_duration_since(due_on).num_days())
    }

    /// What fell due before today, by component.
    pub(crate) fn overdue(&self) -> Parts {
        let mut sum = Parts::default();
        for item in self.items.iter().filter(|item| item.due_on.is_some_and(|due_on| due_on < self.today)) {
            for component in Component::ALL {
                *sum.of(component) += item.open.get(component);
            }
        }
        sum
    }

    /// Money that settles nothing yet.
    pub(crate) fn held(&self) -> i128 {
        self.held.iter().map(|(_, amount)| amount).sum()
    }

    /// What falls due next, today or later, and what of it falls due today.
    pub(crate) fn next_due(&self) -> Option<(NaiveDate, i128)> {
        let left = |item: &Item| item.open.sum() + item.coming.iter().map(|coming| coming.amount).sum::<i128>();
        let open = || self.items.iter().filter(|item| left(item) > 0);
        let next = open().filter_map(|item| item.due_on).filter(|due_on| *due_on >= self.today).min()?;
        Some((next, open().filter(|item| item.due_on == Some(next)).map(left).sum()))
    }
}
