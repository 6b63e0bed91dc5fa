//! Random contacts: those that were made, and those that are proposed.

use super::choices::Choices;
use arrears::Channel;
use arrears::guardrail::{Contact, Direction};
use chrono::{DateTime, Days, Duration, FixedOffset, NaiveDate};

/// Identifiers of debts.
pub(super) const DEBTS: [&str; 3] = ["D1", "D2", "D3"];
/// Channels that conditions name.
pub(super) const CHANNELS: [Channel; 5] =
    [Channel::Phone, Channel::Sms, Channel::Email, Channel::Letter, Channel::Visit];

/// Words of contacts, from small sets, so that conditions and contacts meet.
pub(super) const WORDS: [(&str, &[&str]); 12] = [
    ("direction", &["out", "in"]),
    ("channel", &["phone", "sms", "email", "letter", "visit"]),
    ("result", &["conversation", "no_answer", "busy", "sent", "voicemail_left", "third_party"]),
    ("recipient", &["debtor", "spouse", "third_party"]),
    ("purpose", &["demand", "location"]),
    ("content", &["collection", "payment_request", "location_request"]),
    ("number_kind", &["mobile", "work", "home"]),
    ("address_kind", &["personal", "employer"]),
    ("reason", &["none", "required_by_law", "own_offer"]),
    ("repeat_reason", &["none", "requested_by_person"]),
    ("debtor_at", &["home", "work"]),
    ("weekday", &["mon", "sat", "sun", "tue", "fri"]),
];

fn words(fact: &str) -> &'static [&'static str] {
    WORDS.iter().find(|(named, _)| *named == fact).map_or(&[], |(_, words)| words)
}

/// Writes contacts of a person with so many debts.
pub(super) struct Contacts<'c> {
    pub(super) choices: &'c mut Choices,
    pub(super) debts: usize,
    pub(super) now: DateTime<FixedOffset>,
    /// How often, in a hundred times, what may be left out is.
    pub(super) unknown: usize,
}

impl Contacts<'_> {
    /// Earlier contacts, each told once, in any order; some lie ahead.
    pub(super) fn history(&mut self, most: usize) -> Vec<Contact> {
        let mut contacts: Vec<Contact> = Vec::new();
        for _ in 0..self.choices.below(most + 1) {
            let mut contact = self.contact();
            let minutes =
                [60_i64, 5, 0, 1, 200, 600, 1440, 1500, 2900, 4400, 7 * 1440, 8 * 1440, 31 * 1440, 400 * 1440, -60];
            let ago = Duration::minutes(self.choices.pick(&minutes, 60));
            contact.at = self.now - ago - Duration::seconds(self.choices.pick(&[0_i64, 0, 0, 20], 0));
            contact.outcome = self.word("result");
            contact.direction = if self.choices.chance(25) { Direction::In } else { Direction::Out };
            if let Some(other) = contacts.last()
                && self.choices.chance(15)
            {
                contact.at = other.at;
            }
            self.replies(&mut contact, &contacts);
            contact.returned_on = self.returned(contact.at.date_naive());
            if !contacts.contains(&contact) {
                contacts.push(contact);
            }
        }
        self.choices.shuffle(contacts)
    }

    /// A contact that is proposed.
    pub(super) fn proposed(&mut self, history: &[Contact]) -> Contact {
        let mut contact = self.contact();
        let later = self.choices.pick(&[0_i64, 0, 0, 1, 10, 60, 600, 1440, 3000, 6 * 1440], 0);
        contact.at = self.now + Duration::minutes(later);
        contact.direction = if self.choices.chance(3) { Direction::In } else { Direction::Out };
        self.replies(&mut contact, history);
        contact.returned_on = if self.choices.chance(5) { self.returned(contact.at.date_naive()) } else { None };
        contact
    }

    fn contact(&mut self) -> Contact {
        let channel = self.choices.pick(&CHANNELS, Channel::Phone);
        let mut contact = Contact::new(self.now, channel);
        contact.recipient = self.word("recipient");
        contact.person = self.choices.chance(8).then(|| "Anna".to_owned());
        contact.debts = self.some_debts(35, false);
        contact.discussed = self.some_debts(15, true);
        contact.allocated_to = self.some_debts(8, false);
        contact.number = self.one_of(&["n1", "n2"], 70);
        contact.number_kind = self.word("number_kind");
        contact.address = self.one_of(&["a1", "a2"], 70);
        contact.address_kind = self.word("address_kind");
        contact.purpose = self.word("purpose");
        contact.content = self.word("content");
        contact.opt_out_notice = self.flag();
        contact.same_call = self.choices.chance(10);
        contact.reason = self.one_of(words("reason"), 25);
        contact.repeat_reason = self.one_of(words("repeat_reason"), 25);
        contact.debtor_at = self.word("debtor_at");
        contact.active_session = self.flag();
        contact
    }

    fn replies(&mut self, contact: &mut Contact, history: &[Contact]) {
        let came_in: Vec<&Contact> = history.iter().filter(|other| other.direction == Direction::In).collect();
        if came_in.is_empty() || !self.choices.chance(35) {
            return;
        }
        let at = self.choices.below(came_in.len());
        if let Some(other) = came_in.get(at) {
            contact.reply_to = Some(other.at);
            if self.choices.chance(80) {
                contact.channel = other.channel;
            }
        }
    }

    fn returned(&mut self, sent: NaiveDate) -> Option<NaiveDate> {
        let after = self.choices.pick(&[2_u64, 0, 7, 14], 2);
        self.choices.chance(15).then(|| sent + Days::new(after))
    }

    fn word(&mut self, fact: &str) -> Option<String> {
        let known = !self.choices.chance(self.unknown);
        let word = self.choices.text(words(fact));
        known.then(|| word.to_owned())
    }

    fn flag(&mut self) -> Option<bool> {
        let set = self.choices.chance(50);
        (!self.choices.chance(self.unknown)).then_some(set)
    }

    fn one_of(&mut self, words: &[&str], percent: usize) -> Option<String> {
        let word = self.choices.text(words);
        self.choices.chance(percent).then(|| word.to_owned())
    }

    /// Some of the debts every so often; perhaps none of them.
    pub(super) fn some_debts(&mut self, percent: usize, none: bool) -> Option<Vec<String>> {
        let first = self.choices.below(self.debts);
        let second = self.choices.below(self.debts);
        if !self.choices.chance(percent) {
            return None;
        }
        if none && self.choices.chance(40) {
            return Some(Vec::new());
        }
        let mut places = vec![first, second];
        places.dedup();
        Some(places.into_iter().filter_map(|at| DEBTS.get(at)).map(|id| (*id).to_owned()).collect())
    }
}
