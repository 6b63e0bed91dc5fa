//! What the contacts of a history teach between two nights.

use super::Case;
use crate::account::{Contact, DayEnd, Event, Happening, Kept};
use crate::decide::{Carried, Done};
use crate::facts::{Channel, ContactPoint, EffectWord, Facts, Value, table};
use crate::policy::RowProblem;
use chrono::{Days, NaiveDate};

impl Case<'_> {
    /// Takes into a state the contacts that count from after one night up to another, as far as they were
    /// known by then: what was really done, and what its results do by the policy's `outcome` statements.
    pub(super) fn learn(&self, carried: &mut Carried, after: NaiveDate, upto: NaiveDate, known_by: NaiveDate) {
        let told = self.told_anyway();
        for event in self.account.events() {
            let Happening::Contact(contact) = &event.happening else { continue };
            let counts = self.counts_from(event);
            if counts > after && counts <= upto && event.known_on <= known_by && !self.is_withdrawn(event, known_by) {
                let done = self.done(event.occurred_on, contact);
                // What the policy cannot take is left out: a history may name work of another policy.
                let _ = self.policy.learn_but(carried, &done, &told);
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
        self.learn(&mut carried, before, as_of, known_by);
        Ok(Some(carried))
    }

    /// The first night that finds a contact: it has happened, and it is known.
    fn counts_from(&self, event: &Event) -> NaiveDate {
        let happened = match self.conventions.day_end {
            DayEnd::Close => event.occurred_on,
            DayEnd::Open => event.occurred_on.checked_add_days(Days::new(1)).unwrap_or(event.occurred_on),
        };
        happened.max(event.known_on)
    }

    fn is_withdrawn(&self, event: &Event, known_by: NaiveDate) -> bool {
        self.account.events().iter().any(|other| {
            other.known_on <= known_by && matches!(&other.happening, Happening::Withdrawn(it) if it.of == event.id)
        })
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
