//! The times of a plan: its dates and slots, by the clock of the person's first zone.

use super::plan::{AttemptPlan, Slot};
use crate::guardrail::earliest::Edges;
use crate::guardrail::moment::{Moment, local};
use crate::guardrail::{Answer, Case, Contact};
use chrono::{Days, NaiveDate, NaiveTime, Timelike};
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// When attempts may be made, so far as the plan says.
#[derive(Debug)]
pub(super) struct Times {
    zone: Tz,
    first: NaiveDate,
    last: NaiveDate,
    /// First minutes of the day, and those at which they have ended; none: all day.
    slots: Option<Vec<(u16, u16)>>,
}

/// From when on a moment is looked for, before when, and on which dates no attempt is left.
pub(super) struct Span<'s> {
    pub(super) from: i64,
    pub(super) before: Option<i64>,
    pub(super) full: &'s dyn Fn(NaiveDate) -> bool,
}

impl Times {
    /// The times of a plan that begins with the date of a moment.
    pub(super) fn of(plan: &AttemptPlan, zone: Tz, begins: i64) -> Option<Self> {
        let first = local(begins, zone)?.date;
        let last = first.checked_add_days(Days::new(u64::from(plan.days.saturating_sub(1))))?;
        let slots = plan.slots.as_ref().map(|slots| slots.iter().map(minutes).collect());
        Some(Self { zone, first, last, slots })
    }

    /// The local date of a moment.
    pub(super) fn date(&self, at: i64) -> Option<NaiveDate> {
        local(at, self.zone).map(|local| local.date)
    }

    /// The first moment of the plan, whatever the rules say.
    pub(super) fn first(&self, case: &Case, contact: &Contact, span: &Span<'_>) -> Option<i64> {
        self.moments(case, contact, span).next()
    }

    /// The first moment of the plan at which the rules permit the contact.
    pub(super) fn first_permitted(&self, case: &Case, contact: &Contact, span: &Span<'_>) -> Option<i64> {
        let mut contact = contact.clone();
        let mut refused = false;
        for at in self.moments(case, &contact.clone(), span) {
            let moment = Moment::new(at, &case.known.zones);
            if case.judge(&contact, &moment, false).answer == Answer::Allow {
                return Some(at);
            }
            if !refused {
                refused = true;
                contact.at = case.shown(at, &contact);
                if !case.may_change(&contact) {
                    return None;
                }
            }
        }
        None
    }

    /// The moments of a span inside the plan at which something begins or ends, and its first. What the
    /// rules and the slots say changes at no other.
    fn moments<'t>(&'t self, case: &'t Case, contact: &Contact, span: &'t Span<'_>) -> impl Iterator<Item = i64> + 't {
        let from = Contact { at: case.shown(span.from, contact), ..contact.clone() };
        let mut edges = Edges::of(case, &from);
        edges.add_minutes(self.slots.iter().flatten().map(|(from, _)| *from));
        // A clock that goes back over midnight shows a date again when the next has begun: of every moment
        // its own date counts.
        let end = self.last.succ_opt().unwrap_or(self.last);
        let dates = self.date(span.from).map(|first| first.iter_days().take_while(move |date| *date <= end));
        let begins = |date| (Some(date) == self.date(span.from)).then_some(span.from);
        let all = dates.into_iter().flatten().flat_map(move |date| {
            let mut moments: BTreeSet<i64> = edges.on(case, date);
            moments.extend(begins(date));
            moments
        });
        let before = |at: &i64| span.before.is_none_or(|before| *at < before);
        let has_room = |at: &i64| {
            self.date(*at).is_some_and(|date| (self.first..=self.last).contains(&date) && !(span.full)(date))
        };
        all.take_while(before).filter(move |at| *at >= span.from && has_room(at) && self.holds(*at))
    }

    /// Whether a moment lies in a slot by the clock on the wall.
    fn holds(&self, at: i64) -> bool {
        let Some(slots) = &self.slots else { return true };
        let minute = local(at, self.zone).map(|local| local.minute);
        minute.is_some_and(|minute| slots.iter().any(|(from, to)| *from <= minute && minute < *to))
    }
}

fn minutes(slot: &Slot) -> (u16, u16) {
    let minute = |time: NaiveTime| u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(u16::MAX);
    (minute(slot.from), slot.to.map_or(24 * 60, minute))
}
