//! From day to day.

use super::changes::{Seen, changes};
use super::words::words;
use super::{Day, DayFacts, Happened, Night, Timeline, TimelineError, Window};
use arrears::Facts;
use arrears::account::{Account, Conventions, Event, Happening, Kept};
use arrears::nights::{Case, Nights};
use chrono::NaiveDate;

impl Timeline {
    /// An account on every day of a window, under a bank's conventions.
    ///
    /// # Errors
    ///
    /// [`TimelineError`] if the window has no days, or more than a hundred years of them.
    pub fn of(account: &Account, conventions: &Conventions, window: Window) -> Result<Self, TimelineError> {
        let (from, to) = window.days(account)?;
        let mut days = Vec::new();
        let mut before = seen(account, conventions, from.pred_opt().unwrap_or(from), window);
        for on in from.iter_days().take_while(|on| *on <= to) {
            let now = seen(account, conventions, on, window);
            let (happened, learned) = events(account, on, window);
            let changed =
                if on == from { Vec::new() } else { changes(&before, &now, on, happened.iter().chain(&learned)) };
            days.push(Day { on, happened, learned, changed, facts: now.facts.clone(), night: None });
            before = now;
        }
        Ok(Self {
            account_id: account.id().to_owned(),
            currency: account.currency(),
            known_by: window.known_by,
            days,
            promises: before.standing.promises,
            incomplete: Kept::ALL.into_iter().filter(|kept| !account.is_complete_in(*kept)).collect(),
        })
    }

    /// The same with what a policy decides on every night, the state carried from each to the next.
    ///
    /// # Errors
    ///
    /// [`TimelineError`] as [`Timeline::of`], or if the policy cannot read the history.
    pub fn under(case: Case<'_>, window: Window) -> Result<Self, TimelineError> {
        let (account, policy) = (case.account(), case.policy());
        let mut timeline = Self::of(account, case.conventions(), window)?;
        let (from, to) = window.days(account)?;
        let nights = Nights::new(case, window.known_by, from, to);
        let mut before: Option<Night> = None;
        for (day, decided) in timeline.days.iter_mut().zip(nights) {
            let decided = decided.map_err(TimelineError::Policy)?;
            let night = Night::of(decided.decision.record(policy, account.id()));
            day.changed.extend(night.changes(before.as_ref()));
            before = Some(night.clone());
            day.night = Some(night);
        }
        Ok(timeline)
    }
}

fn seen(account: &Account, conventions: &Conventions, on: NaiveDate, window: Window) -> Seen {
    let known = window.known_on(on);
    let facts = Facts::of(account, on, known, conventions);
    let standing = account.standing(on, known, conventions);
    Seen { facts: DayFacts::of(account, &facts, &standing, conventions), standing }
}

/// What happened on a day, and what was learned of days before.
fn events(account: &Account, on: NaiveDate, window: Window) -> (Vec<Happened>, Vec<Happened>) {
    let known = window.known_on(on);
    let shown =
        |event: &Event| Happened { id: event.id.clone(), occurred_on: event.occurred_on, words: words(account, event) };
    let today = |event: &&Event| event.occurred_on == on && is_shown(account, event, known);
    // What was known in time is shown on its day; the rest on the day on which it became known.
    let late = |event: &&Event| {
        event.known_on == on && event.occurred_on < on && event.known_on > window.known_on(event.occurred_on)
    };
    (
        account.events().iter().filter(today).map(shown).collect(),
        account.events().iter().filter(late).map(shown).collect(),
    )
}

/// Whether an event is known by a day, and not known to have been recorded in error.
pub(crate) fn is_shown(account: &Account, event: &Event, known: NaiveDate) -> bool {
    let withdraws = |other: &Event| matches!(&other.happening, Happening::Withdrawn(it) if it.of == event.id);
    event.known_on <= known && !account.events().iter().any(|other| other.known_on <= known && withdraws(other))
}
