//! Facts with a parameter: how often something happened, and how long ago.

use super::contacts::{Made, window};
use super::flags::next_month;
use super::known::Known;
use super::lateness::Episode;
use super::payments::Receipt;
use super::promises::PromiseStanding;
use super::telling::Telling;
use super::{Happening, Kept};
use crate::facts::{Channel, ContactKinds, History, Parametric, ParametricKind, Value, Wanted, outcome_group};
use chrono::NaiveDate;

/// Everything that can be counted.
pub(super) struct Countable<'a> {
    pub(super) contacts: &'a [Made<'a>],
    pub(super) receipts: &'a [Receipt],
    pub(super) promises: &'a [PromiseStanding],
    pub(super) episodes: &'a [Episode],
}

pub(super) fn tell(telling: &mut Telling, known: &Known<'_>, wanted: &Wanted, countable: &Countable<'_>) {
    for fact in &wanted.counted {
        let days = match wanted.classes.get(&fact.what) {
            Some(kinds) if known.account.is_complete_in(Kept::Contacts) => Some(countable.of_class(kinds)),
            Some(_) => None,
            None => countable.days(known, fact),
        };
        let Some(days) = days else { continue };
        let column = fact.column();
        match fact.kind {
            ParametricKind::Times => window(telling, known, &column, u64::from(fact.days), days.into_iter()),
            ParametricKind::DaysSince => telling.since(&column, days.into_iter().max()),
            ParametricKind::MonthsSince => match days.into_iter().max() {
                None => telling.value(&column, Value::Never),
                Some(last) => {
                    let months = known.conventions.month_end.between(last, known.as_of);
                    telling.count(&column, usize::try_from(months).unwrap_or(usize::MAX));
                    telling.untold_from(Some(next_month(known, last)));
                }
            },
            ParametricKind::Consent
            | ParametricKind::OptedOut
            | ParametricKind::Tag
            | ParametricKind::DaysSinceFirst
            | ParametricKind::MinutesSince
            | ParametricKind::Consented => {}
        }
    }
}

impl Countable<'_> {
    /// The days on which what a fact counts happened; none where the history does not say.
    fn days(&self, known: &Known<'_>, fact: &Parametric) -> Option<Vec<NaiveDate>> {
        let what = fact.what.as_str();
        let happened = |wanted: fn(&Happening) -> bool| {
            known.happened().filter(|event| wanted(&event.happening)).map(|event| event.occurred_on).collect()
        };
        let promises = |day: fn(&PromiseStanding) -> Option<NaiveDate>| self.promises.iter().filter_map(day).collect();
        let complete = |kept: Kept| known.account.is_complete_in(kept);
        match what {
            "payment" => Some(self.receipts.iter().map(|receipt| receipt.on).collect()),
            "first_missed" => Some(self.first_missed(fact.kind)),
            "cure" => Some(self.episodes.iter().filter_map(|episode| episode.cured_on).collect()),
            "placement" => complete(Kept::Placements).then(|| happened(|it| matches!(it, Happening::Placement(_)))),
            "recall" => complete(Kept::Placements).then(|| happened(|it| matches!(it, Happening::Recall(_)))),
            "statement_seen" => Some(happened(|it| matches!(it, Happening::Seen(seen) if seen.what == "statement"))),
            _ if fact.history() == Some(History::Promises) && !complete(Kept::Promises) => None,
            "promise" => Some(promises(|promise| (!promise.is_vague()).then_some(promise.made_on))),
            "promise_kept" => Some(promises(PromiseStanding::kept_on)),
            "promise_broken" => Some(promises(PromiseStanding::broken_on)),
            _ if !complete(Kept::Contacts) => None,
            _ => self.contacted(fact),
        }
    }

    /// Contacts that may belong to a class of a pack.
    fn of_class(&self, kinds: &ContactKinds) -> Vec<NaiveDate> {
        let belongs = |made: &&Made<'_>| {
            let contact = made.contact;
            Channel::from_word(&contact.channel)
                .is_some_and(|channel| kinds.has(channel, contact.inbound, contact.outcome.as_deref()))
        };
        self.contacts.iter().filter(belongs).map(|made| made.on).collect()
    }

    /// Days since the first day late are those of the episode that lasts; how often is counted over all.
    fn first_missed(&self, kind: ParametricKind) -> Vec<NaiveDate> {
        let counts = |episode: &&Episode| kind == ParametricKind::Times || episode.cured_on.is_none();
        self.episodes.iter().filter(counts).map(|episode| episode.from).collect()
    }

    /// Contacts on a channel, with an outcome, by a treatment or with a text of that name. For a
    /// treatment or a text of which the history knows nothing, the state knows better.
    fn contacted(&self, fact: &Parametric) -> Option<Vec<NaiveDate>> {
        let what = fact.what.as_str();
        let codes = outcome_group(what);
        let is_channel = Channel::from_word(what).is_some();
        let fits = |made: &&Made<'_>| {
            let contact = made.contact;
            (is_channel && contact.channel == what && !contact.inbound)
                || contact.outcome.as_deref().is_some_and(|code| codes.contains(&code))
                || contact.treatment.as_deref() == Some(what)
                || contact.text.as_deref() == Some(what)
        };
        let days: Vec<NaiveDate> = self.contacts.iter().filter(fits).map(|made| made.on).collect();
        let named_by_policy = !is_channel && codes.is_empty();
        (!named_by_policy || !days.is_empty() || fact.kind == ParametricKind::Times).then_some(days)
    }
}
