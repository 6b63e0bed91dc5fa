//! What stands of an account on a day because it was once said: flags, notes, numbers,
//! consents, tags, placements, pay days.

use super::known::Known;
use super::months::{MonthEnd, days_between, later};
use super::noted::{Notable, notable};
use super::telling::Telling;
use super::{Happening, Kept};
use crate::facts::{Channel, FactDef, Movement, Role, Value, Wanted, age_column, table};
use crate::number::Kind;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// Days of the window of `inflow_3d`.
const INFLOW_DAYS: u64 = 3;
/// Flags that a history computes: nobody says them.
const COMPUTED: [&str; 6] =
    ["first_payment_default", "promise_open", "promise_vague", "arrangement_active", "hostile", "refused"];
/// The telephone numbers, and the facts that tell of them.
pub(super) const POINTS: [(&str, &str); 3] =
    [("mobile", "number_mobile"), ("work", "number_work"), ("home", "number_home")];

/// The flag of that name, if a history can say it.
pub(super) fn flag_fact(name: &str) -> Option<&'static FactDef> {
    let sayable = |fact: &&FactDef| fact.kind == Kind::Flag && fact.role == Role::Input;
    table::find(name).filter(sayable).filter(|fact| !COMPUTED.contains(&fact.name))
}

/// Every flag that a history can say.
pub(super) fn flag_facts() -> impl Iterator<Item = &'static FactDef> {
    table::all().filter(|fact| flag_fact(fact.name).is_some())
}

pub(super) fn tell(telling: &mut Telling, known: &Known<'_>, wanted: &Wanted) {
    flags(telling, known);
    notes(telling, known, wanted);
    numbers(telling, known);
    consents(telling, known);
    tags(telling, known, wanted);
    placement(telling, known);
    cash(telling, known);
}

/// A flag is set from the day it was said until its last day, or until it was lifted.
fn flags(telling: &mut Telling, known: &Known<'_>) {
    let mut said: BTreeMap<&str, Vec<Option<NaiveDate>>> = BTreeMap::new();
    for event in known.happened() {
        match &event.happening {
            Happening::Flag(flag) => said.entry(&flag.flag).or_default().push(flag.until),
            Happening::FlagLifted(lifted) => said.entry(&lifted.flag).or_default().clear(),
            _ => {}
        }
    }
    let complete = known.account.is_complete_in(Kept::Flags);
    for fact in flag_facts() {
        let Some(until) = said.get(fact.name) else {
            if complete {
                telling.flag(fact.name, false);
            }
            continue;
        };
        let stands: Vec<_> = until.iter().filter(|until| until.is_none_or(|last| last >= known.as_of)).collect();
        telling.flag(fact.name, !stands.is_empty());
        for last in stands.into_iter().flatten() {
            telling.untold_from(Some(later(*last, 1)));
        }
    }
}

/// The last note of each fact, moved on to the day; not known once it is no longer valid.
fn notes(telling: &mut Telling, known: &Known<'_>, wanted: &Wanted) {
    let mut last = BTreeMap::new();
    for event in known.happened() {
        if let Happening::Note(note) = &event.happening {
            last.insert(note.fact.as_str(), (event.occurred_on, note));
        }
    }
    for (name, (on, note)) in last {
        let Some(fact) = notable(name, wanted) else { continue };
        let expired = note.until.is_some_and(|until| until < known.as_of);
        let value = note.value.value(name, fact.kind, known.account.currency);
        let value = value.ok().filter(|_| !expired).unwrap_or(Value::Unknown);
        let moved = moved(&fact, value, on, known);
        telling.value(name, moved);
        telling.untold_from(note.until.map(|until| later(until, 1)));
        if fact.movement == Movement::Rises {
            telling.untold_from(Some(next_month(known, on)));
        }
        if wanted.own.get(name).is_some_and(|own| own.aged) {
            telling.since(&age_column(name), Some(on));
        }
    }
}

/// A noted value some days later. One that has run out, or grown beyond all numbers, is not known.
fn moved(fact: &Notable, value: Value, on: NaiveDate, known: &Known<'_>) -> Value {
    let days = days_between(on, known.as_of);
    match (fact.movement, value) {
        (Movement::Up, Value::Days(value)) => value.checked_add(days).map_or(Value::Unknown, Value::Days),
        (Movement::Down, Value::Days(value)) if value >= days => Value::Days(value - days),
        (Movement::Down, Value::Days(_)) => Value::Unknown,
        (Movement::Late, Value::Days(value)) if value > 0 => {
            value.checked_add(days).map_or(Value::Unknown, Value::Days)
        }
        (Movement::Rises, Value::Count(value)) => {
            let months = i64::from(known.conventions.month_end.between(on, known.as_of));
            value.checked_add(months).map_or(Value::Unknown, Value::Count)
        }
        (_, value) => value,
    }
}

/// The next day on which another whole month has passed since a day.
pub(super) fn next_month(known: &Known<'_>, since: NaiveDate) -> NaiveDate {
    let end: MonthEnd = known.conventions.month_end;
    end.after(since, end.between(since, known.as_of) + 1)
}

fn numbers(telling: &mut Telling, known: &Known<'_>) {
    let mut last = BTreeMap::new();
    for event in known.happened() {
        if let Happening::Number(number) = &event.happening {
            last.insert(number.point.as_str(), number.status.as_str());
        }
    }
    let mut valid = 0;
    for (point, fact) in POINTS {
        if let Some(status) = last.get(point) {
            telling.value(fact, Value::Word((*status).into()));
            valid += usize::from(*status == "valid");
        }
    }
    if last.len() == POINTS.len() {
        telling.count(table::VALID_NUMBERS.name(), valid);
    }
}

fn consents(telling: &mut Telling, known: &Known<'_>) {
    let (mut consents, mut refusals) = (BTreeMap::new(), BTreeMap::new());
    if known.account.is_complete_in(Kept::Consents) {
        for channel in Channel::ALL {
            consents.insert(channel.word(), false);
            refusals.insert(channel.word(), false);
        }
    }
    for event in known.happened() {
        match &event.happening {
            Happening::Consent(consent) => {
                consents.insert(&consent.channel, consent.given);
            }
            Happening::OptOut(refusal) => {
                refusals.insert(&refusal.channel, !refusal.lifted);
            }
            _ => {}
        }
    }
    for (channel, given) in consents {
        telling.flag(&format!("consent_{channel}"), given);
    }
    for (channel, refused) in refusals {
        telling.flag(&format!("opted_out_{channel}"), refused);
    }
}

fn tags(telling: &mut Telling, known: &Known<'_>, wanted: &Wanted) {
    let mut tags: BTreeMap<&str, bool> = BTreeMap::new();
    if known.account.is_complete_in(Kept::Tags) {
        tags.extend(wanted.tags().map(|tag| (tag, false)));
    }
    for event in known.happened() {
        match &event.happening {
            Happening::TagAdded(added) => tags.insert(&added.tag, true),
            Happening::TagRemoved(removed) => tags.insert(&removed.tag, false),
            _ => None,
        };
    }
    for (tag, set) in tags {
        telling.flag(&crate::facts::tag_column(tag), set);
    }
}

fn placement(telling: &mut Telling, known: &Known<'_>) {
    let mut placed = None;
    let mut any = known.account.is_complete_in(Kept::Placements);
    for event in known.happened() {
        match &event.happening {
            Happening::Placement(placement) => placed = Some(placement),
            Happening::Recall(_) => placed = None,
            _ => continue,
        }
        any = true;
    }
    if !any {
        return;
    }
    let placed = placed.filter(|placement| placement.until.is_none_or(|until| until >= known.as_of));
    let hand = placed.map_or("bank", |placement| placement.hand.as_str());
    telling.value(table::WORKED_BY.name(), Value::Word(hand.into()));
    telling.until(table::PLACEMENT_DAYS_LEFT.name(), placed.and_then(|placement| placement.until));
}

fn cash(telling: &mut Telling, known: &Known<'_>) {
    let mut pay_day = None;
    let mut inflows = Vec::new();
    for event in known.happened() {
        match &event.happening {
            Happening::PayDay(day) => pay_day = Some(day.day),
            Happening::Inflow(inflow) => inflows.push((event.occurred_on, known.minor(inflow.amount))),
            _ => {}
        }
    }
    if let Some(day) = pay_day {
        telling.until(table::DAYS_TO_PAYDAY.name(), next_pay_day(known.as_of, day));
    }
    if known.account.is_complete_in(Kept::Cash) {
        inflows.retain(|(on, _)| later(*on, INFLOW_DAYS) > known.as_of);
        telling.money(table::INFLOW_3D.name(), inflows.iter().map(|(_, amount)| amount).sum());
        telling.untold_from(inflows.iter().map(|(on, _)| later(*on, INFLOW_DAYS)).min());
    }
}

/// The next pay day, today included; in a month without that day its last one.
fn next_pay_day(as_of: NaiveDate, day: u32) -> Option<NaiveDate> {
    let first = as_of.with_day(1)?;
    (0..2).find_map(|month| {
        let begin = MonthEnd::Clamp.after(first, month);
        let days = u32::try_from(days_between(begin, MonthEnd::Clamp.after(begin, 1))).ok()?;
        begin.with_day(day.min(days)).filter(|day| *day >= as_of)
    })
}
