//! From a history to the facts of a day.

use super::arrangements::ArrangementStanding;
use super::contacts::{Made, contacts};
use super::counted::Countable;
use super::flags::next_month;
use super::known::Known;
use super::lateness::{Episode, Lateness};
use super::ledger::{Item, Ledger};
use super::months::{days_between, later};
use super::pauses::Pauses;
use super::payments::{Receipt, receipts};
use super::promises::{PromiseStanding, promises};
use super::telling::{Telling, Told};
use super::{Account, Anchor, Buckets, Conventions, Kept, arrangements, counted, flags};
use crate::facts::{Facts, Value, Wanted, table};
use chrono::{Months, NaiveDate};

/// Days of the window of `paid_30d`.
const PAID_DAYS: u64 = 30;
/// Months of the windows of `times_30dpd_12m` and its like.
const YEAR: u32 = 12;

impl Facts {
    /// The facts of an account on a day, as they were known on another, under a bank's conventions.
    ///
    /// What was recorded after `known_by` does not exist; what happened after `as_of` has not happened. A payment
    /// that was reversed by then never counted. What the history is not complete in is absent, unless an event
    /// says it. Facts with a parameter and a bank's own facts are told by [`Account::told`].
    ///
    /// ```
    /// use arrears::account::{Account, Conventions, Event, Instalment, Payment, Schedule};
    /// use arrears::Facts;
    ///
    /// let day = |text: &str| text.parse::<chrono::NaiveDate>();
    /// let amount = |text: &str| text.parse().map(arrears::account::Amount::new);
    /// let instalment = Instalment::new("1", day("2026-01-12")?, amount("120.00")?);
    /// let account = Account::new("A-1", "EUR".parse()?, day("2025-11-03")?)
    ///     .with([
    ///         Event::new("s", day("2025-11-03")?, Schedule { total: None, instalments: vec![instalment] }),
    ///         Event::new("p", day("2026-01-20")?, Payment { amount: amount("120.00")?, currency: None, item: None })
    ///             .known_on(day("2026-01-22")?),
    ///     ])
    ///     .map_err(|problems| format!("{problems:?}"))?;
    /// let facts = |known_by| Facts::of(&account, "2026-01-21".parse().unwrap(), known_by, &Conventions::default());
    /// // The payment of the 20th became known on the 22nd.
    /// assert_eq!(facts(day("2026-01-21")?).get("dpd").map(ToString::to_string).as_deref(), Some("9"));
    /// assert_eq!(facts(day("2026-01-22")?).get("dpd").map(ToString::to_string).as_deref(), Some("0"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(account: &Account, as_of: NaiveDate, known_by: NaiveDate, conventions: &Conventions) -> Self {
        account.told(as_of, known_by, conventions, &Wanted::default()).facts
    }
}

impl Account {
    /// The facts of a day, with the parametric and own facts that somebody wants, and for how
    /// long they surely move as the fact table says.
    pub fn told(&self, as_of: NaiveDate, known_by: NaiveDate, conventions: &Conventions, wanted: &Wanted) -> Told {
        let known = Known::new(self, as_of, known_by, conventions);
        let mut facts = Facts::new(self.id(), self.currency());
        if let Some(customer) = self.customer() {
            facts = facts.of_customer(customer);
        }
        let mut telling = Telling::new(as_of, facts);
        telling.untold_from(known.next_event());
        let ledger = Ledger::new(&known);
        let lateness = Lateness::new(&ledger.standings, as_of);
        let episodes = lateness.episodes();
        let episode = episodes.last().copied().filter(|episode| episode.cured_on.is_none());
        let receipts = receipts(&known);
        flags::tell(&mut telling, &known, wanted);
        late(&mut telling, &known, &ledger, &lateness, &episodes);
        owed(&mut telling, &known, &ledger);
        paid(&mut telling, &known, &receipts);
        let contacts = contacts(&known);
        if self.is_complete_in(Kept::Contacts) {
            super::contacts::tell(&mut telling, &known, &contacts, episode);
            right_number(&mut telling, &contacts);
        }
        let promises = promises(&known, &receipts);
        if self.is_complete_in(Kept::Promises) {
            promised(&mut telling, &promises, &contacts, episode);
            arranged(&mut telling, &known, &receipts);
        }
        let countable =
            Countable { contacts: &contacts, receipts: &receipts, promises: &promises, episodes: &episodes };
        counted::tell(&mut telling, &known, wanted, &countable);
        delinquent(&mut telling, &known, &ledger);
        telling.finish()
    }
}

/// Lateness, and the ladder of ageing.
fn late(telling: &mut Telling, known: &Known<'_>, ledger: &Ledger<'_>, lateness: &Lateness<'_>, episodes: &[Episode]) {
    let as_of = known.as_of;
    let dpd = lateness.dpd(as_of);
    telling.days(table::DPD.name(), dpd);
    let tolerance = known.tolerance();
    let open = || ledger.items.iter().filter(|item| item.open() > tolerance);
    let next = open().map(|item| item.in_time).filter(|day| *day >= as_of).min();
    telling.until(table::DAYS_TO_DUE.name(), next);
    telling.untold_from(ledger.falls_late_after(as_of));
    let mut cycles: Vec<NaiveDate> = open().map(|item| item.in_time).filter(|day| *day < as_of).collect();
    cycles.dedup();
    telling.count(table::CYCLES_PAST_DUE.name(), cycles.len());
    roll_in(telling, known, dpd, next);
    first_payment(telling, known, ledger, lateness);
    for (name, days) in [
        (table::TIMES_30DPD_12M.name(), 30),
        (table::TIMES_60DPD_12M.name(), 60),
        (table::TIMES_90DPD_12M.name(), 90),
        (table::LATE_COUNT_12M.name(), 1),
    ] {
        let mut reached = lateness.reached(days);
        reached.retain(|day| year_after(known, *day) > as_of);
        telling.count(name, reached.len());
        telling.untold_from(reached.first().map(|first| year_after(known, *first)));
    }
    let (most, last) = lateness.most_after(year_before(known));
    telling.days(table::MAX_DPD_12M.name(), most);
    telling.untold_from(last.filter(|day| *day < as_of).map(|day| year_after(known, day)));
    let opened = known.account.opened_on();
    let months = known.conventions.month_end.between(opened, as_of);
    telling.count(table::MONTHS_ON_BOOK.name(), usize::try_from(months).unwrap_or(usize::MAX));
    telling.untold_from(Some(next_month(known, opened)));
    telling.since(table::DAYS_SINCE_CURE.name(), episodes.iter().filter_map(|episode| episode.cured_on).max());
    let missed = episodes.last().filter(|episode| episode.cured_on.is_none()).map(|episode| episode.from);
    telling.since(table::DAYS_SINCE_FIRST_MISSED.name(), missed);
    let anchor = |item: &Item<'_>| match known.conventions.anchor {
        Anchor::DueDate => item.due_on,
        Anchor::InvoiceDate => item.invoiced_on,
    };
    let oldest = open().map(anchor).min().filter(|day| *day <= as_of);
    telling.since(table::OLDEST_UNPAID_AGE.name(), oldest);
    telling.untold_from(open().map(anchor).filter(|day| *day > as_of).min());
    match oldest {
        None => telling.value(table::MONTHS_SINCE_OLDEST_UNPAID.name(), Value::Never),
        Some(oldest) => {
            let months = known.conventions.month_end.between(oldest, as_of);
            let months = usize::try_from(months).unwrap_or(usize::MAX);
            telling.count(table::MONTHS_SINCE_OLDEST_UNPAID.name(), months);
            telling.untold_from(Some(next_month(known, oldest)));
        }
    }
}

/// The day on which a year has passed since another.
fn year_after(known: &Known<'_>, day: NaiveDate) -> NaiveDate {
    known.conventions.month_end.after(day, YEAR)
}

/// The last day that lies a year back.
fn year_before(known: &Known<'_>) -> NaiveDate {
    let about = known.as_of.checked_sub_months(Months::new(YEAR)).unwrap_or(NaiveDate::MIN);
    let mut day = later(about, 3);
    while year_after(known, day) > known.as_of {
        match day.pred_opt() {
            Some(before) => day = before,
            None => break,
        }
    }
    day
}

fn roll_in(telling: &mut Telling, known: &Known<'_>, dpd: i64, next: Option<NaiveDate>) {
    let as_of = known.as_of;
    let rolls_on = match &known.conventions.buckets {
        Buckets::Cycles => next.map(|day| later(day, 1)),
        Buckets::FirstDays(edges) => {
            let edge = edges.iter().copied().find(|edge| i64::from(*edge) > dpd);
            let zero = if dpd > 0 { as_of.checked_sub_days(chrono::Days::new(dpd.unsigned_abs())) } else { next };
            edge.zip(zero).map(|(edge, zero)| later(zero, u64::from(edge)))
        }
    };
    let days = rolls_on.map_or(Value::Never, |day| Value::Days(days_between(as_of, day)));
    telling.value(table::ROLL_IN.name(), days);
    telling.untold_from(rolls_on);
}

/// Whether the very first payment was missed. An item that asks for nothing is no payment.
fn first_payment(telling: &mut Telling, known: &Known<'_>, ledger: &Ledger<'_>, lateness: &Lateness<'_>) {
    let missed_on = ledger.items.iter().filter(|item| item.asked > 0).map(|item| later(item.in_time, 1)).min();
    let missed = missed_on.is_some_and(|day| day <= known.as_of && lateness.dpd(day) > 0);
    telling.flag(table::FIRST_PAYMENT_DEFAULT.name(), missed);
    telling.untold_from(missed_on);
}

/// What is owed.
fn owed(telling: &mut Telling, known: &Known<'_>, ledger: &Ledger<'_>) {
    let overdue = || ledger.items.iter().filter(|item| item.in_time < known.as_of && item.open() > 0);
    telling.money(table::OVERDUE.name(), overdue().map(Item::open).sum());
    telling.count(table::UNPAID_ITEMS.name(), overdue().count());
    telling.money(table::BALANCE.name(), ledger.balance());
    let ahead = || ledger.items.iter().filter(|item| item.in_time >= known.as_of && item.open() > 0);
    let next = ahead().map(|item| item.in_time).min();
    telling.money(table::MIN_PAYMENT.name(), ahead().filter(|item| Some(item.in_time) == next).map(Item::open).sum());
    let failure = known.happened().filter_map(|event| match &event.happening {
        super::Happening::PaymentFailed(failed) => Some(failed.code.as_str()),
        _ => None,
    });
    if let Some(code) = failure.last() {
        telling.value(table::LAST_FAILURE.name(), Value::Word(code.into()));
    }
}

/// What was paid.
fn paid(telling: &mut Telling, known: &Known<'_>, receipts: &[Receipt]) {
    telling.since(table::DAYS_SINCE_PAYMENT.name(), receipts.last().map(|receipt| receipt.on));
    telling.money(table::LAST_PAYMENT.name(), receipts.last().map_or(0, |receipt| receipt.amount));
    let leaves = |receipt: &Receipt| later(receipt.on, PAID_DAYS);
    let recent = || receipts.iter().filter(|receipt| leaves(receipt) > known.as_of);
    telling.money(table::PAID_30D.name(), recent().map(|receipt| receipt.amount).sum());
    telling.untold_from(recent().map(leaves).min());
}

/// A number is proven by a conversation with the right person over it.
fn right_number(telling: &mut Telling, contacts: &[Made<'_>]) {
    if contacts.iter().any(|made| made.right_party() && made.contact.point.is_some()) {
        telling.flag(table::RIGHT_NUMBER.name(), true);
    }
}

/// Promises made, and what became of them in this episode.
fn promised(telling: &mut Telling, promises: &[PromiseStanding], contacts: &[Made<'_>], episode: Option<Episode>) {
    let dated = || promises.iter().filter(|promise| !promise.is_vague());
    let here = |day: &NaiveDate| episode.is_some_and(|episode| *day >= episode.from);
    let count = |day: fn(&PromiseStanding) -> Option<NaiveDate>| dated().filter_map(day).filter(here).count();
    telling.count(table::PROMISES_MADE.name(), count(|promise| Some(promise.made_on)));
    telling.count(table::PROMISES_KEPT.name(), count(PromiseStanding::kept_on));
    telling.count(table::PROMISES_BROKEN.name(), count(PromiseStanding::broken_on));
    telling.count(table::PROMISES_MOVED.name(), count(PromiseStanding::moved_on));
    let open = dated().next_back().filter(|promise| promise.is_open());
    telling.flag(table::PROMISE_OPEN.name(), open.is_some());
    telling.money(table::PROMISE_AMOUNT.name(), open.map_or(0, |promise| i128::from(promise.left)));
    telling.until(table::PROMISE_DUE_IN.name(), open.and_then(|promise| promise.next_in_time));
    let said = contacts.iter().filter(|made| made.is("rpc_vague_promise")).map(|made| made.on).max();
    let vague = promises.iter().filter(|promise| promise.is_vague()).map(|promise| promise.made_on).max().max(said);
    let named = dated().map(|promise| promise.made_on).max();
    telling.flag(table::PROMISE_VAGUE.name(), vague.is_some() && vague > named);
}

fn arranged(telling: &mut Telling, known: &Known<'_>, receipts: &[Receipt]) {
    let standing = arrangements::arrangement(known, receipts);
    telling.flag(table::ARRANGEMENT_ACTIVE.name(), standing.is_some());
    let missed = standing.as_ref().map_or(0, ArrangementStanding::missed);
    telling.count(table::ARRANGEMENT_MISSED.name(), missed);
    telling.untold_from(standing.and_then(|standing| standing.next_missed_on));
}

/// Delinquent days, which stand still in grace and while paused: told last, so that only the days
/// that are certain otherwise are tried.
fn delinquent(telling: &mut Telling, known: &Known<'_>, ledger: &Ledger<'_>) {
    let oldest = ledger.standings.last().and_then(|standing| standing.oldest);
    let pauses = Pauses::new(known);
    telling.days(table::DAYS_DELINQUENT.name(), pauses.delinquent(known, oldest, known.as_of));
    telling.untold_from(pauses.turns(known, oldest, telling.untold()));
}
