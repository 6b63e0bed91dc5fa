//! What the contacts of a history teach between two nights.

use super::Case;
use crate::account::{Contact, Event, Happening, Kept};
use crate::decide::{Carried, Done, Recorded};
use crate::facts::{Channel, ContactPoint, EffectWord, Facts, Value, table};
use crate::policy::RowProblem;
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// What a night looks at: everything up to a day, as known on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) as_of: NaiveDate,
    pub(super) known_by: NaiveDate,
}

impl Case<'_> {
    /// Takes into a state the contacts that one night finds and the night before did not: what was really done,
    /// and what its results do by the policy's `outcome` statements. `only` says whether nothing but contacts of
    /// the history is in the state.
    pub(super) fn learn(&self, carried: &mut Carried, before: Seen, now: Seen, only: bool) {
        let recorded = Recorded { told: self.told_anyway(), only, past: false };
        let withdrawn = self.withdrawn(now.known_by);
        for event in self.account.events() {
            let Happening::Contact(contact) = &event.happening else { continue };
            let new = self.is_found(event, now) && !self.is_found(event, before);
            if new && !withdrawn.contains(event.id.as_str()) {
                // What was done before the night before is known late: does it belong to these arrears?
                let late = event.occurred_on < before.as_of;
                let past = late && self.counts_anew_from(now).is_some_and(|from| event.occurred_on < from);
                let done = self.done(event.occurred_on, contact);
                self.policy.learn_recorded(carried, &done, &Recorded { past, ..recorded.clone() });
            }
        }
    }

    /// The state of an account that was never decided, after what its history records as done in this episode of
    /// arrears; none where it does not record contacts completely.
    pub(super) fn recorded(
        &self,
        facts: &Facts,
        as_of: NaiveDate,
        known_by: NaiveDate,
    ) -> Result<Option<Carried>, Vec<RowProblem>> {
        if !self.account.is_complete_in(Kept::Contacts) {
            return Ok(None);
        }
        let days = match facts.get(table::DAYS_SINCE_FIRST_MISSED.name()) {
            Some(Value::Days(days)) => days.unsigned_abs(),
            _ => 0,
        };
        let before = as_of.checked_sub_days(Days::new(days.saturating_add(1))).unwrap_or(as_of);
        let mut carried = self.policy.carried_from(before, [])?;
        // Whenever it became known, a contact of before belongs to what was before.
        let earlier = Seen { as_of: before, known_by: NaiveDate::MAX };
        self.learn(&mut carried, earlier, Seen { as_of, known_by }, true);
        Ok(Some(carried))
    }

    /// The first day after `as_of` from which a contact counts that is known already.
    pub(super) fn next_contact(&self, as_of: NaiveDate, known_by: NaiveDate) -> Option<NaiveDate> {
        let withdrawn = self.withdrawn(known_by);
        let contact = |event: &&Event| matches!(event.happening, Happening::Contact(_)) && event.known_on <= known_by;
        let known = self.account.events().iter().filter(contact);
        let counts = known
            .filter(|event| !withdrawn.contains(event.id.as_str()))
            .map(|event| self.conventions.day_end.counts_from(event.occurred_on));
        counts.filter(|day| *day > as_of).min()
    }

    /// The day from which counts of an episode count: its first day late, or the last cure; none where the account
    /// was never late.
    fn counts_anew_from(&self, now: Seen) -> Option<NaiveDate> {
        let facts = Facts::of(self.account, now.as_of, now.known_by, self.conventions);
        let names = [table::DAYS_SINCE_FIRST_MISSED.name(), table::DAYS_SINCE_CURE.name()];
        names.into_iter().find_map(|name| match facts.get(name) {
            Some(Value::Days(days)) => now.as_of.checked_sub_days(Days::new(days.unsigned_abs())),
            _ => None,
        })
    }

    /// Whether a night finds an event: it has happened, and it is known.
    fn is_found(&self, event: &Event, by: Seen) -> bool {
        self.conventions.day_end.counts_from(event.occurred_on) <= by.as_of && event.known_on <= by.known_by
    }

    /// The ids of events that are known never to have happened.
    fn withdrawn(&self, known_by: NaiveDate) -> BTreeSet<&str> {
        let known = self.account.events().iter().filter(|event| event.known_on <= known_by);
        let withdrawn = known.filter_map(|event| match &event.happening {
            Happening::Withdrawn(withdrawn) => Some(withdrawn.of.as_str()),
            _ => None,
        });
        withdrawn.collect()
    }

    /// Effects on facts that the history itself tells.
    fn told_anyway(&self) -> Vec<EffectWord> {
        let told = [
            (Kept::Promises, EffectWord::Promise),
            (Kept::Promises, EffectWord::VaguePromise),
            (Kept::Flags, EffectWord::Mark),
            (Kept::Consents, EffectWord::OptOut),
        ];
        told.into_iter().filter(|(kept, _)| self.account.is_complete_in(*kept)).map(|(_, effect)| effect).collect()
    }

    fn done(&self, on: NaiveDate, contact: &Contact) -> Done {
        let known = |name: &&String| self.policy.treatments().iter().any(|treatment| treatment.name == **name);
        Done {
            treatment: contact.treatment.as_ref().filter(known).cloned(),
            channel: Channel::from_word(&contact.channel),
            point: contact.point.as_deref().and_then(ContactPoint::from_word),
            outcome: contact.outcome.clone(),
            call_back_on: contact.call_back_on,
            ..Done::on(on)
        }
    }
}
