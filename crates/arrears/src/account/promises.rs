//! Promises to pay: what became of each part of each.

use super::known::Known;
use super::months::later;
use super::payments::{Receipt, receipts_by};
use super::{Happening, Part};
use chrono::NaiveDate;

/// What became of one part of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartStanding {
    /// Its day has not passed and it is not paid yet.
    Open,
    /// It was paid in time, on this day.
    Kept(NaiveDate),
    /// Some of it was paid in time; it broke on this day.
    PartlyKept(NaiveDate),
    /// Nothing of it was paid in time; it broke on this day.
    Broken(NaiveDate),
    /// A later promise took its place on this day.
    Moved(NaiveDate),
}

/// What became of a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromiseStanding {
    /// The id of its event.
    pub id: String,
    /// The day it was made.
    pub made_on: NaiveDate,
    /// Its parts with what became of each, by due date. None: the promise was vague.
    pub parts: Vec<(Part, PartStanding)>,
    /// What is still to be paid under it, in minor units; zero unless it is open.
    pub left: i64,
    /// The day until which the next open part may be paid in time.
    pub next_in_time: Option<NaiveDate>,
}

impl PromiseStanding {
    /// Whether it named no date or no sum.
    pub const fn is_vague(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether it stands: some part is open and none was broken.
    pub const fn is_open(&self) -> bool {
        self.next_in_time.is_some()
    }

    /// The day on which its last part was kept, if all of them were.
    pub fn kept_on(&self) -> Option<NaiveDate> {
        let days: Option<Vec<NaiveDate>> = self
            .parts
            .iter()
            .map(|(_, standing)| match standing {
                PartStanding::Kept(day) => Some(*day),
                _ => None,
            })
            .collect();
        days?.into_iter().max()
    }

    /// The day on which it broke.
    pub fn broken_on(&self) -> Option<NaiveDate> {
        self.parts.iter().find_map(|(_, standing)| match standing {
            PartStanding::PartlyKept(day) | PartStanding::Broken(day) => Some(*day),
            _ => None,
        })
    }

    /// The day on which a later promise took its place.
    pub fn moved_on(&self) -> Option<NaiveDate> {
        self.parts.iter().find_map(|(_, standing)| match standing {
            PartStanding::Moved(day) => Some(*day),
            _ => None,
        })
    }
}

/// Sums that are to be paid by days, and what came in since they were agreed.
pub(super) struct Due<'a> {
    parts: Vec<Part>,
    since: NaiveDate,
    receipts: &'a [Receipt],
}

impl<'a> Due<'a> {
    pub(super) fn new(parts: &[Part], since: NaiveDate, receipts: &'a [Receipt]) -> Self {
        let mut parts = parts.to_vec();
        parts.sort_by_key(|part| part.due_on);
        Self { parts, since, receipts }
    }

    /// What came in since the sums were agreed and up to a day. Receipts are in the order of their days.
    fn within<'r>(&self, receipts: &'r [Receipt], by: NaiveDate) -> &'r [Receipt] {
        let first = receipts.partition_point(|receipt| receipt.on < self.since);
        let end = receipts.partition_point(|receipt| receipt.on <= by);
        receipts.get(first..end).unwrap_or_default()
    }

    fn received(&self, receipts: &[Receipt], by: NaiveDate) -> i128 {
        self.within(receipts, by).iter().map(|receipt| receipt.amount).sum()
    }

    /// The first day, up to one, on which at least so much had come in.
    fn received_on(&self, receipts: &[Receipt], amount: i128, by: NaiveDate) -> Option<NaiveDate> {
        let mut sum = 0;
        self.within(receipts, by).iter().find_map(|receipt| {
            sum += receipt.amount;
            (sum >= amount).then_some(receipt.on)
        })
    }

    /// For each part: its last day in time, what came due up to it and what came due before it.
    pub(super) fn parts(&self, known: &Known<'_>) -> Vec<PartDue> {
        let tolerance = known.promise_tolerance();
        let mut before = 0;
        let mut found = Vec::new();
        for part in &self.parts {
            let upto = before + known.minor(part.amount);
            let in_time = later(part.due_on, u64::from(known.conventions.promise_days));
            let by = in_time.min(known.as_of);
            // What was given back only later was there in time: the promise was kept.
            let then = known.gives_back_after(by).then(|| receipts_by(known, by));
            let then = then.as_deref().unwrap_or(self.receipts);
            let kept_on = self.received_on(self.receipts, upto.saturating_sub(tolerance), by);
            let kept_on = kept_on.or_else(|| self.received_on(then, upto.saturating_sub(tolerance), by));
            let some = self.received(self.receipts, by).max(self.received(then, by)) > before;
            let paid_by_now = self.received(self.receipts, known.as_of) >= upto.saturating_sub(tolerance);
            found.push(PartDue { part: part.clone(), in_time, kept_on, some, paid_by_now });
            before = upto;
        }
        found
    }

    /// What is still to be paid of all parts.
    pub(super) fn left(&self, known: &Known<'_>) -> i128 {
        let all: i128 = self.parts.iter().map(|part| known.minor(part.amount)).sum();
        (all - self.received(self.receipts, known.as_of)).max(0)
    }
}

/// A part of what is due, and how far it was paid.
pub(super) struct PartDue {
    pub(super) part: Part,
    pub(super) in_time: NaiveDate,
    pub(super) kept_on: Option<NaiveDate>,
    /// Whether something of it came in in time.
    pub(super) some: bool,
    /// Whether it is paid today, in time or not.
    pub(super) paid_by_now: bool,
}

/// Every promise with what became of it, in the order in which they were made.
pub(super) fn promises(known: &Known<'_>, receipts: &[Receipt]) -> Vec<PromiseStanding> {
    let made: Vec<(&str, NaiveDate, &[Part])> = known
        .happened()
        .filter_map(|event| match &event.happening {
            Happening::Promise(promise) => Some((event.id.as_str(), event.occurred_on, promise.parts.as_slice())),
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for (index, (id, made_on, parts)) in made.iter().enumerate() {
        let replaced = made.iter().skip(index + 1).find(|(_, _, parts)| !parts.is_empty());
        let due = Due::new(parts, *made_on, receipts);
        found.push(standing(known, id, *made_on, &due, replaced.map(|(_, on, _)| *on)));
    }
    found
}

fn standing(
    known: &Known<'_>,
    id: &str,
    made_on: NaiveDate,
    due: &Due<'_>,
    replaced_on: Option<NaiveDate>,
) -> PromiseStanding {
    let mut parts = Vec::new();
    let mut next_in_time = None;
    let mut broken = false;
    for part in due.parts(known) {
        // At the opening of that day too all of the day before has happened.
        let breaks_on = later(part.in_time, 1);
        let standing = match (part.kept_on, replaced_on) {
            (Some(kept_on), replaced) if replaced.is_none_or(|day| kept_on <= day) => PartStanding::Kept(kept_on),
            (_, Some(day)) if day < breaks_on => PartStanding::Moved(day),
            _ if breaks_on <= known.as_of && part.some => PartStanding::PartlyKept(breaks_on),
            _ if breaks_on <= known.as_of => PartStanding::Broken(breaks_on),
            _ => PartStanding::Open,
        };
        broken |= matches!(standing, PartStanding::PartlyKept(_) | PartStanding::Broken(_));
        if standing == PartStanding::Open && next_in_time.is_none() {
            next_in_time = Some(part.in_time);
        }
        parts.push((part.part, standing));
    }
    let next_in_time = next_in_time.filter(|_| !broken);
    let left = if next_in_time.is_some() { due.left(known) } else { 0 };
    PromiseStanding { id: id.to_owned(), made_on, parts, left: i64::try_from(left).unwrap_or(i64::MAX), next_in_time }
}
