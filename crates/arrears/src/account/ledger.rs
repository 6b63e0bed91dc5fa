//! What is asked for and what was paid of it, event by event.
//!
//! Payments and credits settle the item they name, else the oldest first, in advance too. What
//! is given back or charged back stands open again on the item that it had settled, with its
//! old date. A statement of a revolving account starts anew: what was paid beyond the minimum
//! is in its balance.

use super::known::Known;
use super::months::later;
use super::{Event, FirstDayLate, Happening};
use chrono::NaiveDate;

/// Something that is to be paid by a day.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub(super) name: &'a str,
    pub(super) due_on: NaiveDate,
    /// The last day on which a payment is in time.
    pub(super) in_time: NaiveDate,
    pub(super) invoiced_on: NaiveDate,
    pub(super) asked: i128,
    settled: i128,
    /// The write-offs by which it is no longer asked for.
    written_off: Vec<&'a str>,
}

impl Item<'_> {
    /// What of it is not paid.
    pub(super) fn open(&self) -> i128 {
        if self.written_off.is_empty() { self.unsettled() } else { 0 }
    }

    /// What of it is not paid, written off or not.
    fn unsettled(&self) -> i128 {
        (self.asked - self.settled).max(0)
    }

    /// What of it was paid or credited.
    pub(super) fn settled(&self) -> i128 {
        self.settled
    }
}

/// A part of a payment that settled an item.
#[derive(Clone, Copy, Debug)]
struct Settlement<'a> {
    payment: &'a str,
    item: usize,
    amount: i128,
}

/// Where money of a payment went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// It settled an item.
    Item(usize),
    /// It settles nothing yet.
    Advance,
    /// It is in the balance of the last statement.
    Balance,
}

/// What a chargeback took from where.
struct ChargedBack<'a> {
    chargeback: &'a str,
    payment: &'a str,
    taken: Vec<(Place, i128)>,
}

/// How old the debt is from one day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// The first day on which it is so.
    pub(super) from: NaiveDate,
    /// The last day on which the oldest item that is open beyond the tolerance was in time.
    pub(super) oldest: Option<NaiveDate>,
}

/// The account's items on a day, and how old its debt was on every day before.
pub(super) struct Ledger<'a> {
    known: &'a Known<'a>,
    /// In the order in which money settles them.
    pub(super) items: Vec<Item<'a>>,
    settlements: Vec<Settlement<'a>>,
    /// So many items at the beginning are surely not open: long histories need not look at them again.
    closed: usize,
    /// Money that settles nothing yet, by payment.
    advance: Vec<(&'a str, i128)>,
    /// Money that settled nothing and is in the balance of a statement, by payment.
    in_balance: Vec<(&'a str, i128)>,
    charged_back: Vec<ChargedBack<'a>>,
    /// The balance of the last statement, moved on by what was paid since.
    revolving: Option<i128>,
    pub(super) standings: Vec<Standing>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(known: &'a Known<'a>) -> Self {
        let mut ledger = Self {
            known,
            items: Vec::new(),
            settlements: Vec::new(),
            closed: 0,
            advance: Vec::new(),
            in_balance: Vec::new(),
            charged_back: Vec::new(),
            revolving: None,
            standings: Vec::new(),
        };
        let mut events = known.happened().peekable();
        while let Some(event) = events.next() {
            ledger.take(event);
            if events.peek().is_none_or(|next| next.occurred_on != event.occurred_on) {
                ledger.stand(known.counts_from(event.occurred_on));
            }
        }
        ledger
    }

    fn stand(&mut self, from: NaiveDate) {
        let tolerance = self.known.tolerance();
        let oldest =
            self.items.iter().skip(self.closed).filter(|item| item.open() > tolerance).map(|item| item.in_time).min();
        if self.standings.last().map(|last| last.oldest) != Some(oldest) {
            self.standings.push(Standing { from, oldest });
        }
    }

    /// All that is owed, due or not; below zero: the bank owes the customer.
    pub(super) fn balance(&self) -> i128 {
        let advance: i128 = self.advance.iter().map(|(_, amount)| amount).sum();
        match self.revolving {
            Some(balance) => balance,
            None => self.items.iter().map(Item::open).sum::<i128>() - advance,
        }
    }

    fn take(&mut self, event: &'a Event) {
        let id = event.id.as_str();
        match &event.happening {
            Happening::Schedule(schedule) => {
                for instalment in &schedule.instalments {
                    let invoiced_on = instalment.invoiced_on.unwrap_or(instalment.due_on);
                    self.ask(&instalment.item, instalment.due_on, invoiced_on, instalment.amount);
                }
            }
            Happening::Invoice(invoice) if !invoice.draft => {
                let due_on = invoice.due_on.unwrap_or(event.occurred_on);
                self.ask(&invoice.item, due_on, event.occurred_on, invoice.amount);
            }
            Happening::Statement(statement) => {
                self.in_balance.append(&mut self.advance);
                // What is charged back just now is in no balance: undone, it is money that comes in.
                let taken = self.charged_back.iter_mut().flat_map(|back| &mut back.taken);
                taken.filter(|(place, _)| *place == Place::Balance).for_each(|(place, _)| *place = Place::Advance);
                self.revolving = Some(self.known.minor(statement.balance));
                self.ask(&statement.item, statement.due_on, event.occurred_on, statement.minimum_payment);
            }
            Happening::Payment(payment) => {
                let amount = self.known.effective(id, payment.amount);
                self.receive(id, amount, payment.item.as_deref());
            }
            Happening::Credit(credit) => {
                let amount = self.known.minor(credit.amount);
                self.receive(id, amount, credit.item.as_deref());
            }
            Happening::Adjustment(adjustment) => self.adjust(&adjustment.item, self.known.minor(adjustment.amount)),
            Happening::Refund(refund) => {
                let amount = refund.amount.map_or(i128::MAX, |amount| self.known.minor(amount));
                let taken: i128 = self.give_back(&refund.payment, amount).iter().map(|(_, part)| part).sum();
                self.keep_back(&refund.payment, amount - taken);
            }
            Happening::Chargeback(chargeback) => {
                let taken = self.give_back(&chargeback.payment, i128::MAX);
                self.charged_back.push(ChargedBack { chargeback: id, payment: &chargeback.payment, taken });
            }
            Happening::ChargebackReversed(reversal) => self.restore(&reversal.chargeback),
            Happening::WriteOff(write_off) => {
                // An item that is named is written off though nothing of it is open just now: what
                // is given back of it later is not asked for either.
                let wanted = |item: &Item<'_>| match write_off.item.as_deref() {
                    Some(name) => item.name == name,
                    None => item.open() > 0,
                };
                for item in self.items.iter_mut().filter(|item| wanted(item)) {
                    item.written_off.push(id);
                }
            }
            Happening::WriteOffReversed(reversal) => {
                self.closed = 0;
                for item in &mut self.items {
                    item.written_off.retain(|write_off| *write_off != reversal.write_off);
                }
                self.use_advance();
            }
            _ => {}
        }
    }

    /// A new item, settled from what was paid in advance.
    fn ask(&mut self, name: &'a str, due_on: NaiveDate, invoiced_on: NaiveDate, amount: super::Amount) {
        let in_time = match self.known.conventions.first_day_late {
            FirstDayLate::DayAfterDue => due_on,
            FirstDayLate::DueDate => due_on.pred_opt().unwrap_or(due_on),
        };
        let asked = self.known.minor(amount);
        let item = Item { name, due_on, in_time, invoiced_on, asked, settled: 0, written_off: Vec::new() };
        let place = self.items.partition_point(|other| other.due_on <= due_on);
        self.items.insert(place, item);
        self.closed = self.closed.min(place);
        // Most items fall due behind all others: then nothing moves.
        if place + 1 == self.items.len() {
            self.use_advance();
            return;
        }
        let moved = |item: &mut usize| {
            if *item >= place {
                *item += 1;
            }
        };
        self.settlements.iter_mut().for_each(|settlement| moved(&mut settlement.item));
        let taken = self.charged_back.iter_mut().flat_map(|back| &mut back.taken);
        let items = taken.filter_map(|(place, _)| match place {
            Place::Item(item) => Some(item),
            Place::Advance | Place::Balance => None,
        });
        items.for_each(moved);
        self.use_advance();
    }

    fn use_advance(&mut self) {
        for (payment, amount) in std::mem::take(&mut self.advance) {
            self.settle(payment, amount, None);
        }
    }

    /// Money comes in.
    fn receive(&mut self, payment: &'a str, amount: i128, item: Option<&str>) {
        if amount == 0 {
            return;
        }
        if let Some(balance) = &mut self.revolving {
            *balance -= amount;
        }
        self.settle(payment, amount, item);
    }

    /// Settles the item named, written off or not, then the oldest; what is left over is kept
    /// as an advance.
    fn settle(&mut self, payment: &'a str, amount: i128, named: Option<&str>) {
        let mut left = amount;
        if let Some(first) = named.and_then(|name| self.items.iter().position(|item| item.name == name)) {
            left -= self.settle_item(payment, left, first);
        }
        while self.items.get(self.closed).is_some_and(|item| item.open() == 0) {
            self.closed += 1;
        }
        for place in self.closed..self.items.len() {
            if left == 0 {
                return;
            }
            if self.items.get(place).is_some_and(|item| item.open() > 0) {
                left -= self.settle_item(payment, left, place);
            }
        }
        if left > 0 {
            self.advance.push((payment, left));
        }
    }

    /// Settles one item as far as the money goes, and says how far.
    fn settle_item(&mut self, payment: &'a str, money: i128, place: usize) -> i128 {
        let Some(item) = self.items.get_mut(place) else {
            return 0;
        };
        let amount = item.unsettled().min(money);
        if amount > 0 {
            item.settled += amount;
            self.settlements.push(Settlement { payment, item: place, amount });
        }
        amount
    }

    /// Takes back money of a payment: what settled nothing first, then what settled the
    /// youngest items. Says what was taken from where.
    fn give_back(&mut self, payment: &str, amount: i128) -> Vec<(Place, i128)> {
        let mut left = amount;
        let mut taken = Vec::new();
        for (money, place) in [(&mut self.advance, Place::Advance), (&mut self.in_balance, Place::Balance)] {
            for (_, held) in money.iter_mut().filter(|(owner, _)| *owner == payment) {
                let part = left.min(*held);
                *held -= part;
                left -= part;
                taken.push((place, part));
            }
            money.retain(|(_, held)| *held > 0);
        }
        for settlement in self.settlements.iter_mut().rev().filter(|settlement| settlement.payment == payment) {
            let part = left.min(settlement.amount);
            settlement.amount -= part;
            left -= part;
            if let Some(item) = self.items.get_mut(settlement.item) {
                item.settled -= part;
                self.closed = self.closed.min(settlement.item);
            }
            taken.push((Place::Item(settlement.item), part));
        }
        self.settlements.retain(|settlement| settlement.amount > 0);
        if let Some(balance) = &mut self.revolving {
            *balance += taken.iter().map(|(_, part)| part).sum::<i128>();
        }
        self.use_advance();
        taken
    }

    /// Money of a payment that is refunded while it is charged back: it does not count again
    /// when the chargeback is undone.
    fn keep_back(&mut self, payment: &str, amount: i128) {
        let mut left = amount;
        let back = self.charged_back.iter_mut().filter(|back| back.payment == payment);
        for (_, part) in back.flat_map(|back| &mut back.taken) {
            let kept = left.min(*part);
            *part -= kept;
            left -= kept;
        }
    }

    /// Money that was charged back counts again, where it had gone; while another chargeback of
    /// the same payment stands, it stays charged back by that one.
    fn restore(&mut self, chargeback: &str) {
        let found = self.charged_back.iter().position(|back| back.chargeback == chargeback);
        let Some(place) = found else { return };
        let ChargedBack { payment, taken, .. } = self.charged_back.remove(place);
        if let Some(other) = self.charged_back.iter_mut().find(|back| back.payment == payment) {
            other.taken.extend(taken);
            return;
        }
        for (place, amount) in taken.into_iter().rev().filter(|(_, amount)| *amount > 0) {
            if let Some(balance) = &mut self.revolving {
                *balance -= amount;
            }
            let settled = match place {
                Place::Item(item) => self.settle_item(payment, amount, item),
                Place::Advance => 0,
                Place::Balance => {
                    self.in_balance.push((payment, amount));
                    amount
                }
            };
            if amount > settled {
                self.settle(payment, amount - settled, None);
            }
        }
    }

    /// Asks for another amount; what was settled beyond it settles something else, and what was
    /// paid in advance settles what it asks for more.
    fn adjust(&mut self, name: &str, asked: i128) {
        let Some(place) = self.items.iter().position(|item| item.name == name) else {
            return;
        };
        let mut beyond = 0;
        self.closed = self.closed.min(place);
        if let Some(item) = self.items.get_mut(place) {
            item.asked = asked;
            beyond = (item.settled - asked).max(0);
            item.settled -= beyond;
        }
        let mut freed = Vec::new();
        for settlement in self.settlements.iter_mut().rev().filter(|settlement| settlement.item == place) {
            let part = beyond.min(settlement.amount);
            settlement.amount -= part;
            beyond -= part;
            freed.push((settlement.payment, part));
        }
        self.settlements.retain(|settlement| settlement.amount > 0);
        for (payment, amount) in freed.into_iter().filter(|(_, amount)| *amount > 0) {
            self.settle(payment, amount, None);
        }
        self.use_advance();
    }

    /// The first day after `day` on which an item that is open falls late.
    pub(super) fn falls_late_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        let open = self.items.iter().filter(|item| item.open() > 0);
        open.map(|item| later(item.in_time, 1)).filter(|first| *first > day).min()
    }
}
