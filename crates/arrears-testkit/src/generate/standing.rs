//! Random people whom one may want to contact: everything about them may be known or not.

use super::choices::Choices;
use super::contact::{CHANNELS, Contacts, DEBTS};
use super::places::Place;
use arrears::Channel;
use arrears::guardrail::{
    Consent, Contact, Debt, Edge, Preference, PreferenceKind, Refusal, Spell, Standing, Told, WrongNumber,
};
use chrono::{DateTime, Days, Duration, FixedOffset, NaiveDate, NaiveTime, Weekday};

/// Kinds of consent that packs name.
pub(super) const CONSENTS: [&str; 3] = ["extra", "hours", "place"];
/// Events of law that packs ask for; the last is one that a pack declares itself.
pub(super) const EVENTS: [&str; 3] = ["written_notice", "inbound_text", "signed"];
/// Flags that spells and facts tell.
pub(super) const FLAGS: [&str; 6] = ["dispute", "moratorium", "cease_contact", "minor", "hardship", "deceased"];
/// Products.
pub(super) const PRODUCTS: [&str; 3] = ["card", "student_loan", "loan"];

/// A random person, and contacts that are proposed. `unknown` says how often, in a hundred times,
/// something is not known.
pub fn standing(choices: &mut Choices, place: &Place, unknown: usize, proposals: usize) -> (Standing, Vec<Contact>) {
    let debts = 1 + choices.pick(&[0, 0, 1, 2], 0);
    let mut person = Person { choices, place, unknown };
    let debts: Vec<Debt> = DEBTS.iter().take(debts).map(|id| person.debt(id)).collect();
    let jurisdiction = person.choices.text(&["US", "US", "US-MA", "US", "US-MA", "UK", ""]);
    let known = |person: &mut Person<'_>| !person.choices.chance(person.unknown);
    let contacts = known(&mut person).then(|| person.contacts(debts.len()).history(7));
    let proposed = (0..proposals)
        .map(|_| person.contacts(debts.len()).proposed(contacts.as_deref().unwrap_or_default()))
        .collect();
    let preferences = known(&mut person).then(|| person.list(3, Person::preference));
    let consents = known(&mut person).then(|| person.list(3, Person::consent));
    let refusals = known(&mut person).then(|| person.list(2, Person::refusal));
    let wrong_numbers = known(&mut person).then(|| person.list(2, Person::wrong_number));
    let count = debts.len();
    let spells = person.list(2, |person| person.spell(count));
    let events = EVENTS.iter().filter_map(|event| person.event(event)).collect();
    let facts = person.facts();
    let standing = Standing {
        jurisdiction: jurisdiction.to_owned(),
        zones: place.zones.clone(),
        debts,
        contacts,
        preferences,
        consents,
        refusals,
        wrong_numbers,
        spells,
        events,
        facts,
    };
    (standing, proposed)
}

struct Person<'c> {
    choices: &'c mut Choices,
    place: &'c Place,
    unknown: usize,
}

impl Person<'_> {
    fn contacts(&mut self, debts: usize) -> Contacts<'_> {
        Contacts { choices: self.choices, debts, now: self.place.now, unknown: self.unknown }
    }

    fn list<T>(&mut self, most: usize, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.choices.below(most + 1)).map(|_| one(self)).collect()
    }

    fn debt(&mut self, id: &str) -> Debt {
        let product = self.choices.text(&PRODUCTS).to_owned();
        let number = self.choices.text(&["A1", "A2"]).to_owned();
        let facts = FLAGS.iter().filter(|_| self.choices.chance(15)).collect::<Vec<_>>();
        let facts = facts.into_iter().map(|fact| ((*fact).to_owned(), Told::Flag(self.choices.chance(50)))).collect();
        Debt {
            id: id.to_owned(),
            product: (!self.choices.chance(self.unknown)).then_some(product),
            account_number: (!self.choices.chance(self.unknown)).then_some(number),
            facts,
        }
    }

    fn facts(&mut self) -> std::collections::BTreeMap<String, Told> {
        let mut facts = std::collections::BTreeMap::new();
        let flag = |person: &mut Self| Told::Flag(person.choices.chance(40));
        let flags = FLAGS.into_iter().chain(["consent_sms", "opted_out_phone"]);
        for fact in flags {
            let told = flag(self);
            if !self.choices.chance(self.unknown) {
                facts.insert(fact.to_owned(), told);
            }
        }
        for (fact, numbers) in
            [("dpd", [0, 1, 30, 31]), ("late_count_12m", [0, 1, 2, 3]), ("days_since_payment", [0, 2, 7, -1])]
        {
            let told = match self.choices.pick(&numbers, 0) {
                -1 => Told::Word("never".to_owned()),
                number => Told::Number(number),
            };
            if !self.choices.chance(self.unknown) {
                facts.insert(fact.to_owned(), told);
            }
        }
        if !self.choices.chance(self.unknown) {
            let collector = self.choices.text(&["third_party", "first_party"]);
            facts.insert("collector".to_owned(), Told::Word(collector.to_owned()));
        }
        if self.choices.chance(5) {
            facts.insert("product".to_owned(), Told::Word(self.choices.text(&PRODUCTS).to_owned()));
        }
        facts
    }

    /// A moment near now.
    fn near(&mut self) -> DateTime<FixedOffset> {
        let ago = self.choices.pick(&[1440_i64, 60, 0, 10 * 1440, 300, 3 * 1440, -120, -3000, 7 * 1440], 60);
        self.place.now - Duration::minutes(ago)
    }

    /// A date near today.
    fn day(&mut self) -> NaiveDate {
        let days = self.choices.pick(&[0_i64, 1, -1, 2, -3, 7, -8, 30, -40], 0);
        self.place.today + Duration::days(days)
    }

    /// From when to when on a day, if that is said.
    fn times(&mut self) -> (Option<NaiveTime>, Option<NaiveTime>) {
        let times = [
            ("", ""),
            ("09:00", "17:00"),
            ("00:00", "08:00"),
            ("12:00", ""),
            ("", "12:00"),
            ("01:30", "02:30"),
            ("00:30", "01:00"),
            ("20:15", "23:59"),
            ("02:15", "03:00"),
        ];
        let (from, to) = self.choices.pick(&times, ("", ""));
        let read = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
        (read(from), read(to))
    }

    fn weekdays(&mut self) -> Vec<Weekday> {
        let all = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
        if self.choices.chance(50) { Vec::new() } else { all.into_iter().filter(|_| self.choices.chance(50)).collect() }
    }

    fn preference(&mut self) -> Preference {
        use PreferenceKind as P;
        let kinds = [
            P::InconvenientTime,
            P::ConvenientTime,
            P::InconvenientTime,
            P::InconvenientHome,
            P::InconvenientWork,
            P::EmployerProhibits,
        ];
        let kind = self.choices.pick(&kinds, P::InconvenientTime);
        let timed = matches!(kind, P::InconvenientTime | P::ConvenientTime);
        let ((from, to), weekdays) = (self.times(), self.weekdays());
        let (from, to, weekdays) = if timed { (from, to, weekdays) } else { (None, None, Vec::new()) };
        let until = self.day();
        Preference { kind, weekdays, from, to, until: self.choices.chance(30).then_some(until) }
    }

    fn consent(&mut self) -> Consent {
        let kind = self.choices.text(&CONSENTS).to_owned();
        let given_to = self.choices.text(&["collector", "creditor"]).to_owned();
        let (given_at, withdrawn_at) = (self.near(), self.near());
        let ((from, to), weekdays) = (self.times(), self.weekdays());
        let (only_on, until) = (self.day(), self.day());
        let address = self.choices.text(&["a1", "a2"]).to_owned();
        let timed = self.choices.chance(40);
        Consent {
            kind,
            given_at,
            given_to: (!self.choices.chance(self.unknown)).then_some(given_to),
            withdrawn_at: self.choices.chance(15).then_some(withdrawn_at),
            weekdays: if timed { weekdays } else { Vec::new() },
            from: from.filter(|_| timed),
            to: to.filter(|_| timed),
            only_on: self.choices.chance(15).then_some(only_on),
            until: self.choices.chance(25).then_some(until),
            address: self.choices.chance(20).then_some(address),
        }
    }

    fn refusal(&mut self) -> Refusal {
        let first = self.choices.pick(&CHANNELS, Channel::Phone);
        let second = self.choices.pick(&CHANNELS, Channel::Phone);
        let (number, address) = (self.choices.text(&["n1", "n2"]), self.choices.text(&["a1", "a2"]));
        Refusal {
            at: self.near(),
            channels: if first == second { vec![first] } else { vec![first, second] },
            number: self.choices.chance(30).then(|| number.to_owned()),
            address: self.choices.chance(20).then(|| address.to_owned()),
        }
    }

    fn wrong_number(&mut self) -> WrongNumber {
        WrongNumber { number: self.choices.text(&["n1", "n2"]).to_owned(), learned_at: self.near() }
    }

    fn edge(&mut self) -> Edge {
        let (moment, date) = (self.near(), self.day());
        if self.choices.chance(50) { Edge::At(moment) } else { Edge::On(date) }
    }

    fn spell(&mut self, debts: usize) -> Spell {
        let fact = self.choices.text(&FLAGS).to_owned();
        let (from, to) = (self.edge(), self.edge());
        let from = self.choices.chance(70).then_some(from);
        let to = self.choices.chance(50).then_some(to);
        let backwards = match (from, to) {
            (Some(Edge::On(from)), Some(Edge::On(to))) => from > to,
            (Some(Edge::At(from)), Some(Edge::At(to))) => from > to,
            _ => false,
        };
        let (from, to) = if backwards { (to, from) } else { (from, to) };
        let debts = self.contacts(debts).some_debts(40, false);
        Spell { fact, from, to, debts }
    }

    fn event(&mut self, event: &str) -> Option<(String, Option<NaiveDate>)> {
        let day = self.place.today - Days::new(self.choices.pick(&[0, 1, 5, 7, 30], 0));
        let day = if self.choices.chance(10) { self.place.today + Days::new(2) } else { day };
        let happened = self.choices.chance(60).then_some(day);
        (!self.choices.chance(self.unknown)).then(|| (event.to_owned(), happened))
    }
}
