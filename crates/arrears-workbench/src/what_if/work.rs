//! What the bank could do: calls, talks, visits, letters, a demand.

use super::follows::Follows;
use super::lever::{ChangeKind, Lever};
use super::trial::Trial;
use arrears::Cell;
use arrears::condition::FactId;

/// Contacts of one kind, as the bank makes them.
struct Contacts {
    /// The facts that count them.
    counts: &'static [&'static str],
    /// The days since them.
    since: &'static [&'static str],
    /// What windows call them.
    what: &'static [&'static str],
    words: (&'static str, &'static str),
}

const CONTACTS: [Contacts; 4] = [
    Contacts {
        counts: &["calls_made", "calls_unanswered", "contacts_7d"],
        since: &["days_since_contact"],
        what: &["phone", "no_answer"],
        words: ("one more call that nobody answers", "# more calls that nobody answers"),
    },
    Contacts {
        counts: &["rpc_count", "calls_made", "contacts_7d"],
        since: &["days_since_contact", "days_since_rpc"],
        what: &["phone", "rpc"],
        words: ("one more talk with the right person", "# more talks with the right person"),
    },
    Contacts {
        counts: &["visits_made", "contacts_7d"],
        since: &["days_since_contact"],
        what: &["visit"],
        words: ("one more visit", "# more visits"),
    },
    Contacts {
        counts: &["letters_sent", "contacts_7d"],
        since: &["days_since_contact"],
        what: &["letter"],
        words: ("one more letter", "# more letters"),
    },
];

/// More contacts of each kind that the policy counts, and a demand of today.
pub(super) fn work<'t>(trial: &'t Trial<'t>, most: i64) -> Vec<Lever<'t>> {
    let mut levers = Vec::new();
    for contacts in &CONTACTS {
        let told = move |size: i64| -> Vec<(FactId, Cell)> {
            let told = Follows::new(trial).add(contacts.counts, size).set(contacts.since, Cell::number(0));
            told.happened(contacts.what, size).done()
        };
        levers.extend(Lever::counted(trial, ChangeKind::Work, most, told, contacts.words));
    }
    let demand = Follows::new(trial).set(&["days_since_demand"], Cell::number(0)).done();
    levers.extend(Lever::once(trial, ChangeKind::Work, demand, "an effective demand being made today"));
    levers
}
