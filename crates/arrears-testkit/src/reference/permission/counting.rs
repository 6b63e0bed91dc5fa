//! Which earlier contacts count for a contact, and what is known of their number, of the first and of the last.

use super::clock::lies_in;
use super::scene::{Scene, days, same};
use crate::reference::draft::{find, list, option, text, texts};
use crate::reference::exact::Exact;
use crate::reference::value::{Truth, Value, all, any, not};
use arrears::Kind;
use arrears::draft::{Keyword, Statement};
use arrears::guardrail::{Consent, Contact};
use chrono::NaiveDate;

/// How many: surely, and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) sure: i64,
    pub(super) most: i64,
}

/// When something first was: perhaps then, or perhaps never.
pub(super) enum First<'a> {
    At(&'a Contact),
    Never,
}

impl<'a> Scene<'a> {
    fn class(&self, name: &str) -> Option<&'a Statement> {
        find(self.side.draft, Keyword::Contact, name)
    }

    /// Every earlier contact, and whether it counts for this one; not known without a history.
    pub(super) fn counting(&self, class: &str) -> Option<Vec<(&'a Contact, Truth)>> {
        let past = self.side.past()?;
        Some(past.into_iter().map(|contact| (contact, self.counts(class, contact))).collect())
    }

    fn counts(&self, class: &str, contact: &'a Contact) -> Truth {
        let statement = self.class(class)?;
        let shared = match option(&statement.options, "same") {
            Some(shared) => list(shared),
            None => vec!["person"],
        };
        let discussed = text(&statement.options, "about") == Some("discussed");
        let about = self.about(contact, discussed);
        let debts = self.side.standing.debts.iter().enumerate().filter(|(_, debt)| about.contains(&debt.id));
        let of_a_debt = any(debts.map(|(debt, _)| {
            let scene = Scene { contact, at: contact.at.timestamp(), debt, earlier: true, ..*self };
            let belongs = statement.when.as_ref().map_or(Some(true), |when| scene.truth(when));
            let one = if shared.contains(&"debt") { self.one_debt(statement, debt) } else { Some(true) };
            all([belongs, one])
        }));
        let shares = |what: &str, one: Option<&str>, other: Option<&str>| {
            if shared.contains(&what) { same(one, other) } else { Some(true) }
        };
        all([
            of_a_debt,
            shares("person", self.contact.who(), contact.who()),
            shares("number", self.contact.number.as_deref(), contact.number.as_deref()),
            shares("address", self.contact.address.as_deref(), contact.address.as_deref()),
        ])
    }

    /// Whether another debt counts as one with the debt of the scene.
    fn one_debt(&self, class: &Statement, other: usize) -> Truth {
        if other == self.debt {
            return Some(true);
        }
        let products = texts(&class.options, "one_account");
        if products.is_empty() {
            return Some(false);
        }
        let of_product = |debt: usize| {
            let scene = Scene { debt, ..*self };
            scene.told("product").word().map(|product| products.contains(&product))
        };
        let number = |debt: usize| self.side.standing.debts.get(debt).and_then(|debt| debt.account_number.as_deref());
        all([of_product(self.debt), of_product(other), same(number(self.debt), number(other))])
    }

    /// How many contacts of a class lie on some dates, later than a moment.
    pub(super) fn count(&self, class: &str, dates: &Dates, later_than: Option<i64>) -> Option<Count> {
        let mut count = Count { sure: 0, most: 0 };
        for (contact, counts) in self.counting(class)? {
            let at = contact.at.timestamp();
            let date = self.side.date(at)?;
            if !dates.has(date) || later_than.is_some_and(|later| at <= later) {
                continue;
            }
            count.sure += i64::from(counts == Some(true));
            count.most += i64::from(counts != Some(false));
        }
        Some(count)
    }

    /// Each contact of a class that may have been the first.
    pub(super) fn firsts(&self, class: &str) -> Option<Vec<First<'a>>> {
        let counting = self.counting(class)?;
        Some(foremost(&counting, |one, other| one.at < other.at))
    }

    /// What may be said of the last contact of a class, or the first.
    fn since(&self, class: &str, first: bool, say: impl Fn(&Contact) -> Option<Value>) -> Option<Value> {
        let counting = self.counting(class)?;
        let before = |one: &Contact, other: &Contact| if first { one.at < other.at } else { one.at > other.at };
        let mut said: Option<Value> = None;
        for may_be in foremost(&counting, before) {
            let value = match may_be {
                First::Never => Value::Never,
                First::At(contact) => say(contact)?,
            };
            if said.as_ref().is_some_and(|said| *said != value) {
                return None;
            }
            said = Some(value);
        }
        said
    }

    /// Days since the last contact of a class, or the first.
    pub(super) fn days_since(&self, class: &str, first: bool) -> Value {
        let ago = |contact: &Contact| {
            let on = self.side.date(contact.at.timestamp())?;
            Some(days((self.date()? - on).num_days()))
        };
        self.since(class, first, ago).unwrap_or(Value::Unknown)
    }

    /// Whole minutes since the last contact of a class.
    pub(super) fn minutes_since(&self, class: &str) -> Value {
        let ago = |contact: &Contact| {
            let minutes = (self.at - contact.at.timestamp()).div_euclid(60);
            Some(Value::Number(Exact::whole(minutes, Kind::Count)))
        };
        self.since(class, false, ago).unwrap_or(Value::Unknown)
    }

    /// How often, if that is known.
    pub(super) fn times(&self, class: &str, days: i64) -> Value {
        let count = self.date().and_then(|today| self.count(class, &Dates::last(today, days), None));
        match count {
            Some(count) if count.sure == count.most => Value::Number(Exact::whole(count.sure, Kind::Count)),
            _ => Value::Unknown,
        }
    }

    /// Whether the person agreed to this contact.
    pub(super) fn consented(&self, kind: &str) -> Truth {
        let statement = find(self.side.draft, Keyword::Consents, kind)?;
        let consents = self.side.standing.consents.as_ref()?;
        let given = consents
            .iter()
            .filter(|consent| consent.kind == kind && consent.given_at.timestamp() <= self.side.now.min(self.at));
        any(given.map(|consent| self.covered(statement, consent)))
    }

    fn covered(&self, kind: &Statement, consent: &Consent) -> Truth {
        let to = texts(&kind.options, "given_to");
        let given_to = match &consent.given_to {
            _ if to.is_empty() => Some(true),
            Some(given) => Some(to.contains(&given.as_str())),
            None => None,
        };
        let given_at = consent.given_at.timestamp();
        let withdrawn = consent.withdrawn_at.is_some_and(|at| at.timestamp() <= self.side.now.min(self.at));
        let alive = match option(&kind.options, "days") {
            None => Some(true),
            Some(days) => match (self.number(days).whole(), self.side.date(given_at), self.date()) {
                (Some(days), Some(given), Some(today)) => Some(Dates::from(given, days).has(today) || today < given),
                _ => None,
            },
        };
        let on_date = |holds: &dyn Fn(NaiveDate) -> bool| self.date().map(holds);
        let timed = !consent.weekdays.is_empty() || consent.from.is_some() || consent.to.is_some();
        let clocks = self.clocks();
        let inside = clocks.iter().all(|shown| lies_in(*shown, &consent.weekdays, consent.from, consent.to));
        all([
            given_to,
            Some(!withdrawn),
            alive,
            consent.only_on.map_or(Some(true), |only| on_date(&|today| today == only)),
            consent.until.map_or(Some(true), |until| on_date(&|today| today <= until)),
            consent.address.as_ref().map_or(Some(true), |only| same(Some(only), self.contact.address.as_deref())),
            if !timed {
                Some(true)
            } else if clocks.is_empty() {
                None
            } else {
                Some(inside)
            },
            text(&kind.options, "ends_with").map_or(Some(true), |class| not(self.came_after(class, given_at))),
        ])
    }

    /// Whether a contact of a class came after a moment, and before this contact.
    fn came_after(&self, class: &str, moment: i64) -> Truth {
        let counting = self.counting(class)?;
        let since = counting.into_iter().filter(|(contact, _)| {
            let at = contact.at.timestamp();
            at > moment && (at < self.at || at == self.at && !self.earlier)
        });
        any(since.map(|(_, counts)| counts))
    }
}

/// Each of some contacts that may come before all others.
fn foremost<'a>(counting: &[(&'a Contact, Truth)], before: impl Fn(&Contact, &Contact) -> bool) -> Vec<First<'a>> {
    let sure: Vec<&Contact> =
        counting.iter().filter(|(_, counts)| *counts == Some(true)).map(|(contact, _)| *contact).collect();
    let possible = counting.iter().filter(|(_, counts)| *counts != Some(false)).map(|(contact, _)| *contact);
    let mut found: Vec<First<'a>> =
        possible.filter(|contact| !sure.iter().any(|other| before(other, contact))).map(First::At).collect();
    if sure.is_empty() {
        found.push(First::Never);
    }
    found
}

/// Some dates.
pub(super) enum Dates {
    These(Vec<NaiveDate>),
    All,
}

impl Dates {
    /// So many dates, one of them the last.
    pub(super) fn last(last: NaiveDate, days: i64) -> Self {
        Self::These((0..days).map(|ago| last - chrono::Duration::days(ago)).collect())
    }

    /// So many dates, one of them the first.
    pub(super) fn from(first: NaiveDate, days: i64) -> Self {
        Self::These((0..days).map(|later| first + chrono::Duration::days(later)).collect())
    }

    pub(super) fn has(&self, date: NaiveDate) -> bool {
        match self {
            Self::These(dates) => dates.contains(&date),
            Self::All => true,
        }
    }
}
