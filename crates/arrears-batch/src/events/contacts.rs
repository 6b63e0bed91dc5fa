//! Contacts: which of them count for what.

use super::chunk::{Chunk, Faults, Kinds};
use super::plan::{Op, Plan};
use super::word::{EMPTY, UNKNOWN, Vocabulary, none_of};
use arrears::Channel;
use arrears::facts::{ContactKinds, outcome_group, outcome_table};
use std::collections::BTreeMap;

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

/// Which contacts are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Those that the bank attempted.
    Attempts,
    /// Those in which the right person was spoken to.
    RightParty,
    /// Effective demands.
    Demands,
    /// Calls that the bank attempted.
    Calls,
    /// Calls that nobody answered.
    Unanswered,
    /// Visits, but for those broken off because of a danger.
    Visits,
    /// Letters.
    Letters,
    /// Those with a result.
    Outcome(&'static str),
    /// Those that may belong to a class of a pack of law.
    Class(ContactKinds),
    /// Attempts on a channel of that name, and contacts with a result, by a treatment or with
    /// a text of that name.
    Named(String),
}

impl What {
    /// The columns without which it cannot be told.
    pub(super) const fn columns(&self) -> &'static [&'static str] {
        match self {
            Self::RightParty | Self::Unanswered | Self::Visits | Self::Outcome(_) | Self::Class(_) => &["outcome"],
            Self::Demands => &["demand"],
            Self::Attempts | Self::Calls | Self::Letters | Self::Named(_) => &[],
        }
    }

    /// Whether a contact counts by its channel, its direction and its result.
    fn fits(&self, channel: Channel, inbound: bool, outcome: Option<&str>) -> bool {
        let attempt = |on: Channel| !inbound && channel == on;
        let is = |code: &str| outcome == Some(code);
        match self {
            Self::Attempts => !inbound,
            Self::RightParty => outcome_table().iter().any(|result| result.right_party && is(result.code)),
            Self::Demands => false,
            Self::Calls => attempt(Channel::Phone),
            Self::Unanswered => attempt(Channel::Phone) && UNANSWERED.into_iter().any(is),
            Self::Visits => attempt(Channel::Visit) && !is("visit_refused_for_hazard"),
            Self::Letters => attempt(Channel::Letter),
            Self::Outcome(code) => is(code),
            Self::Class(kinds) => kinds.has(channel, inbound, outcome),
            Self::Named(what) => {
                Channel::from_word(what).is_some_and(attempt) || outcome_group(what).into_iter().any(is)
            }
        }
    }
}

/// What is counted of contacts. Of each contact, a set says what it counts for.
#[derive(Clone, Debug, Default)]
pub(super) struct ContactPlan {
    asked: Vec<(What, Op)>,
    /// Numbers of 64 bits in a set.
    width: usize,
    /// Sets by channel, direction and result.
    by_kind: Vec<u64>,
    demands: Vec<u64>,
    channels: Vocabulary,
    outcomes: Vocabulary,
    treatments: Named,
    texts: Named,
}

/// Sets by the names that a policy asks for.
#[derive(Clone, Debug, Default)]
struct Named {
    names: Vocabulary,
    sets: Vec<u64>,
}

impl ContactPlan {
    pub(super) fn add(&mut self, what: What, op: Op) {
        self.asked.push((what, op));
    }

    /// Makes the sets, once everything was asked.
    pub(super) fn finish(&mut self) {
        self.width = self.asked.len().div_ceil(64);
        self.channels = Vocabulary::of(Channel::ALL.into_iter().map(Channel::word));
        let codes: Vec<&str> = outcome_table().iter().map(|outcome| outcome.code).collect();
        self.outcomes = Vocabulary::of(codes.iter().copied());
        for channel in Channel::ALL {
            for inbound in [false, true] {
                for outcome in codes.iter().copied().map(Some).chain([None]) {
                    let set = self.set(|what| what.fits(channel, inbound, outcome));
                    self.by_kind.extend(set);
                }
            }
        }
        self.demands = self.set(|what| *what == What::Demands);
        let mut named: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (what, _) in &self.asked {
            if let What::Named(name) = what {
                let set = self.set(|other| other == what);
                named.insert(name.clone(), set);
            }
        }
        let names = Vocabulary::of(named.keys().map(String::as_str));
        let sets: Vec<u64> = named.into_values().flatten().collect();
        self.treatments = Named { names: names.clone(), sets: sets.clone() };
        self.texts = Named { names, sets };
    }

    fn set(&self, counts: impl Fn(&What) -> bool) -> Vec<u64> {
        let mut set = vec![0_u64; self.width];
        for (place, (what, _)) in self.asked.iter().enumerate() {
            if let (true, Some(word)) = (counts(what), set.get_mut(place / 64)) {
                *word |= 1 << (place % 64);
            }
        }
        set
    }

    /// Counts a contact in the places of one account.
    pub(super) fn count(&self, set: &[u64], day: i32, late_from: i32, places: &mut [i32]) {
        for (word, bits) in set.iter().enumerate() {
            let mut left = *bits;
            while left != 0 {
                let place = word * 64 + usize::try_from(left.trailing_zeros()).unwrap_or(0);
                left &= left - 1;
                if let Some((_, op)) = self.asked.get(place) {
                    op.count(day, late_from, places);
                }
            }
        }
    }

    /// What a contact counts for, by row of sets.
    pub(super) fn of<'s>(&self, sets: &'s [u64], row: usize) -> &'s [u64] {
        sets.get(row * self.width..(row + 1) * self.width).unwrap_or_default()
    }
}

/// Reads the contacts of a chunk.
pub(super) fn read(plan: &Plan, chunk: &Chunk<'_>, faults: &mut Faults) -> Kinds {
    let contacts = &plan.contacts;
    let days = chunk.day("on", plan, true, faults);
    let channels = chunk.words("channel", &contacts.channels);
    let outcomes = chunk.words("outcome", &contacts.outcomes);
    let inbound = chunk.flags("inbound", faults);
    let demand = chunk.flags("demand", faults);
    let treatments = chunk.words("treatment", &contacts.treatments.names);
    let texts = chunk.words("text", &contacts.texts.names);
    let results = contacts.outcomes.len() + 1;
    let width = contacts.width;
    let mut sets = vec![0_u64; chunk.rows() * width];
    for row in 0..chunk.rows() {
        let (channel, outcome) = (channels.at(row), outcomes.at(row));
        if outcome == UNKNOWN {
            faults.add(row, chunk.fault("outcome", row, none_of("outcome", &contacts.outcomes, chunk, row)));
        }
        match channel {
            EMPTY => chunk.must("channel", row, "write the channel of the contact", faults),
            UNKNOWN => {
                faults.add(row, chunk.fault("channel", row, none_of("channel", &contacts.channels, chunk, row)));
            }
            _ => {}
        }
        if outcome == UNKNOWN || channel == EMPTY || channel == UNKNOWN {
            continue;
        }
        let channel = usize::from(channel);
        let outcome = if outcome == EMPTY { contacts.outcomes.len() } else { usize::from(outcome) };
        let kind = (channel * 2 + usize::from(inbound.at(row))) * results + outcome;
        let Some(set) = sets.get_mut(row * width..(row + 1) * width) else { continue };
        join(set, contacts.by_kind.get(kind * width..(kind + 1) * width));
        if demand.at(row) {
            join(set, Some(&contacts.demands));
        }
        for (words, named) in [(&treatments, &contacts.treatments), (&texts, &contacts.texts)] {
            let code = usize::from(words.at(row));
            join(set, named.sets.get(code * width..(code + 1) * width));
        }
    }
    Kinds::Contacts { days, sets }
}

fn join(set: &mut [u64], more: Option<&[u64]>) {
    for (word, more) in set.iter_mut().zip(more.unwrap_or_default()) {
        *word |= more;
    }
}
