//! What was tried, and what came of it.

use super::known::Known;
use super::lateness::Episode;
use super::months::later;
use super::telling::Telling;
use super::{Contact, Happening};
use crate::facts::{Channel, outcome_table, table};
use chrono::NaiveDate;

/// Days of the window of `contacts_7d`.
const WEEK: u64 = 7;
/// Results of a call that nobody answered.
const UNANSWERED: [&str; 8] = [
    "no_answer",
    "busy",
    "voicemail_left",
    "voicemail_no_message",
    "voicemail_no_ring",
    "limited_content",
    "not_in_service",
    "dead",
];

/// A contact with its day.
#[derive(Clone, Copy)]
pub(super) struct Made<'a> {
    pub(super) on: NaiveDate,
    pub(super) contact: &'a Contact,
}

impl Made<'_> {
    pub(super) fn is(&self, outcome: &str) -> bool {
        self.contact.outcome.as_deref() == Some(outcome)
    }

    /// Whether the right person was spoken to.
    pub(super) fn right_party(&self) -> bool {
        outcome_table().iter().any(|outcome| outcome.right_party && self.is(outcome.code))
    }

    fn through(&self, channel: Channel) -> bool {
        Channel::from_word(&self.contact.channel) == Some(channel)
    }
}

pub(super) fn contacts<'a>(known: &Known<'a>) -> Vec<Made<'a>> {
    let made = known.happened().filter_map(|event| match &event.happening {
        Happening::Contact(contact) => Some(Made { on: event.occurred_on, contact }),
        _ => None,
    });
    made.collect()
}

/// Tells the facts of the contact page.
pub(super) fn tell(telling: &mut Telling, known: &Known<'_>, contacts: &[Made<'_>], episode: Option<Episode>) {
    let attempts = || contacts.iter().filter(|made| !made.contact.inbound);
    let here = |made: &&Made<'_>| episode.is_some_and(|episode| made.on >= episode.from);
    let calls = || attempts().filter(here).filter(|made| made.through(Channel::Phone));
    telling.count(table::CALLS_MADE.name(), calls().count());
    let unanswered = calls().filter(|made| UNANSWERED.iter().any(|code| made.is(code))).count();
    telling.count(table::CALLS_UNANSWERED.name(), unanswered);
    let spoken = || contacts.iter().filter(|made| made.right_party());
    telling.count(table::RPC_COUNT.name(), spoken().filter(here).count());
    telling.since(table::DAYS_SINCE_CONTACT.name(), attempts().map(|made| made.on).max());
    telling.since(table::DAYS_SINCE_RPC.name(), spoken().map(|made| made.on).max());
    let visits = attempts().filter(here).filter(|made| made.through(Channel::Visit));
    telling.count(table::VISITS_MADE.name(), visits.filter(|made| !made.is("visit_refused_for_hazard")).count());
    let letters = attempts().filter(here).filter(|made| made.through(Channel::Letter));
    telling.count(table::LETTERS_SENT.name(), letters.count());
    let demands = contacts.iter().filter(|made| made.contact.demand);
    telling.since(table::DAYS_SINCE_DEMAND.name(), demands.map(|made| made.on).max());
    telling.flag(table::HOSTILE.name(), contacts.iter().filter(here).any(|made| made.is("rpc_hostile")));
    telling.flag(table::REFUSED.name(), contacts.iter().filter(here).any(|made| made.is("rpc_refused")));
    let days = attempts().map(|made| made.on);
    window(telling, known, table::CONTACTS_7D.name(), WEEK, days);
}

/// Tells how often something happened in the last days, today included, and from which day
/// on a window has lost one of them.
pub(super) fn window(
    telling: &mut Telling,
    known: &Known<'_>,
    name: &str,
    days: u64,
    happened: impl Iterator<Item = NaiveDate>,
) {
    let inside: Vec<NaiveDate> = happened.filter(|day| later(*day, days) > known.as_of).collect();
    telling.count(name, inside.len());
    telling.untold_from(inside.iter().min().map(|first| later(*first, days)));
}
