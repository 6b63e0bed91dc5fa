//! One contact, about one debt, at one moment: what is known of it.

use super::clock::{dates_on_earth, lies_in, shown, weekday};
use crate::generate::Holidays;
use crate::reference::exact::Exact;
use crate::reference::value::{Truth, Value, all, any};
use arrears::Kind;
use arrears::draft::{Draft, Keyword};
use arrears::facts::{outcome_table, table};
use arrears::guardrail::{Contact, Direction, Edge, PreferenceKind, Spell, Standing, Told};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

/// What everybody in the matter knows.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) draft: &'a Draft,
    pub(super) standing: &'a Standing,
    pub(super) holidays: Option<&'a Holidays>,
    /// The moment as of which everything is known.
    pub(super) now: i64,
}

/// One contact, about one debt, at one moment.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) side: Side<'a>,
    pub(super) contact: &'a Contact,
    pub(super) at: i64,
    /// The position of the debt.
    pub(super) debt: usize,
    /// Whether it was made, and is not proposed.
    pub(super) earlier: bool,
}

fn flag(truth: Truth) -> Value {
    truth.map_or(Value::Unknown, Value::Flag)
}

fn word(word: Option<&String>) -> Value {
    word.map_or(Value::Unknown, |word| Value::Word(word.clone()))
}

/// Whether two names are the same; not known if one of them is not.
pub(super) fn same(one: Option<&str>, other: Option<&str>) -> Truth {
    Some(one? == other?)
}

impl<'a> Side<'a> {
    pub(super) fn zones(&self) -> Vec<Tz> {
        self.standing.zones.iter().filter_map(|zone| zone.parse().ok()).collect()
    }

    /// Earlier contacts, as far as they are known; none if nobody knows.
    pub(super) fn past(&self) -> Option<Vec<&'a Contact>> {
        let contacts = self.standing.contacts.as_ref()?;
        Some(contacts.iter().filter(|contact| contact.at.timestamp() <= self.now).collect())
    }

    /// The local date of a moment, in the first zone.
    pub(super) fn date(&self, at: i64) -> Option<NaiveDate> {
        self.zones().first().map(|zone| shown(at, *zone).date())
    }

    /// Whether something holds on the local date: where no zone is known, on each that it may be.
    pub(super) fn on_date(&self, at: i64, holds: impl Fn(NaiveDate) -> bool) -> Truth {
        match self.date(at) {
            Some(date) => Some(holds(date)),
            None => {
                let dates = dates_on_earth(at);
                let holding = dates.iter().filter(|date| holds(**date)).count();
                if holding == dates.len() {
                    Some(true)
                } else if holding == 0 {
                    Some(false)
                } else {
                    None
                }
            }
        }
    }

    /// Whether a day is a holiday of the pack's calendar.
    pub(super) fn holiday(&self, date: NaiveDate) -> Truth {
        let head = self.draft.statements.iter().find(|statement| statement.keyword == Keyword::Pack)?;
        head.option("calendar")?;
        let holidays = self.holidays?;
        (holidays.from <= date && date <= holidays.to).then(|| holidays.days.contains(&date))
    }

    /// Whether a time lies in one that the person named.
    fn named(&self, kind: PreferenceKind, shown: NaiveDateTime, today: NaiveDate) -> bool {
        self.standing.preferences.iter().flatten().any(|preference| {
            preference.kind == kind
                && preference.until.is_none_or(|until| today <= until)
                && lies_in(shown, &preference.weekdays, preference.from, preference.to)
        })
    }
}

impl<'a> Scene<'a> {
    pub(super) fn date(&self) -> Option<NaiveDate> {
        self.side.date(self.at)
    }

    /// What each clock shows.
    pub(super) fn clocks(&self) -> Vec<NaiveDateTime> {
        self.side.zones().into_iter().map(|zone| shown(self.at, zone)).collect()
    }

    /// A fact by its name.
    pub(super) fn fact(&self, name: &str) -> Value {
        let contact = self.contact;
        match name {
            "direction" => Value::Word(if contact.direction == Direction::Out { "out" } else { "in" }.to_owned()),
            "channel" => Value::Word(contact.channel.word().to_owned()),
            "result" => word(contact.outcome.as_ref()),
            "conversation" => flag(contact.outcome.as_deref().map(spoke)),
            "recipient" => word(contact.recipient.as_ref()),
            "purpose" => word(contact.purpose.as_ref()),
            "content" => word(contact.content.as_ref()),
            "number_kind" => word(contact.number_kind.as_ref()),
            "address_kind" => word(contact.address_kind.as_ref()),
            "opt_out_notice" => flag(contact.opt_out_notice),
            "same_call" => Value::Flag(contact.same_call),
            "reason" => word(Some(contact.reason.as_ref().unwrap_or(&"none".to_owned()))),
            "repeat_reason" => word(Some(contact.repeat_reason.as_ref().unwrap_or(&"none".to_owned()))),
            "debtor_at" => word(contact.debtor_at.as_ref()),
            "active_session" => flag(contact.active_session),
            "weekday" => self.date().map_or(Value::Unknown, |date| Value::Word(weekday(date).to_owned())),
            "holiday" => flag(self.date().and_then(|date| self.side.holiday(date))),
            "returned_after" => match (contact.returned_on, self.date()) {
                (None, _) => Value::Never,
                (Some(on), Some(sent)) => days((on - sent).num_days()),
                (Some(_), None) => Value::Unknown,
            },
            "replies" => flag(self.answered().map(|answered| answered.is_some())),
            "answers_inconvenient" => flag(self.answers_inconvenient()),
            "inconvenient_time" => flag(self.preferred(PreferenceKind::InconvenientTime, false)),
            "convenient_time" => flag(self.preferred(PreferenceKind::ConvenientTime, true)),
            "home_inconvenient" => flag(self.place(PreferenceKind::InconvenientHome)),
            "work_inconvenient" => flag(self.place(PreferenceKind::InconvenientWork)),
            "employer_prohibits" => flag(self.place(PreferenceKind::EmployerProhibits)),
            "refused_medium" => flag(self.refused()),
            "used_address" => flag(self.used_address()),
            "wrong_number" => flag(self.wrong_number()),
            _ => self.told(name),
        }
    }

    /// A fact that the host tells of the debt or of the person, or that holds for a time.
    pub(super) fn told(&self, name: &str) -> Value {
        let debt = self.side.standing.debts.get(self.debt);
        let told = debt.and_then(|debt| debt.facts.get(name)).or_else(|| self.side.standing.facts.get(name));
        let product = debt.and_then(|debt| debt.product.as_ref()).filter(|_| name == "product");
        let told = match told {
            Some(Told::Flag(set)) => Value::Flag(*set),
            Some(Told::Number(number)) => match table::find(name).map(|fact| fact.kind) {
                Some(Kind::Count) => Value::Number(Exact::whole(*number, Kind::Count)),
                _ => days(*number),
            },
            Some(Told::Word(word)) if word == "never" => Value::Never,
            Some(Told::Word(word)) => Value::Word(word.clone()),
            None => word(product),
        };
        let spells: Vec<&Spell> = self.side.standing.spells.iter().filter(|spell| spell.fact == name).collect();
        if spells.is_empty() {
            return told;
        }
        let mut holds: Vec<Truth> = spells.into_iter().map(|spell| self.holds(spell)).collect();
        holds.push(Some(told == Value::Flag(true)));
        flag(any(holds))
    }

    fn holds(&self, spell: &Spell) -> Truth {
        let id = self.side.standing.debts.get(self.debt).map(|debt| &debt.id);
        let concerned = spell.debts.as_ref().is_none_or(|debts| id.is_some_and(|id| debts.contains(id)));
        let begun = match spell.from {
            None => Some(true),
            Some(Edge::At(from)) => Some(from.timestamp() <= self.side.now && from.timestamp() <= self.at),
            Some(Edge::On(from)) => self.date().map(|date| from <= date),
        };
        let lasts = match spell.to {
            // Nobody knows yet that it will end.
            Some(Edge::At(to)) if to.timestamp() <= self.side.now => Some(self.at < to.timestamp()),
            None | Some(Edge::At(_)) => Some(true),
            Some(Edge::On(to)) => self.date().map(|date| date <= to),
        };
        all([Some(concerned), begun, lasts])
    }

    /// What came in and is answered by this contact, before any other answer; not known without a history.
    fn answered(&self) -> Option<Option<&'a Contact>> {
        let Some(to) = self.contact.reply_to else { return Some(None) };
        let past = self.side.past()?;
        let channel = self.contact.channel;
        let came_in = past.iter().find(|other| {
            other.at == to
                && other.direction == Direction::In
                && other.channel == channel
                && other.at.timestamp() <= self.at
        });
        let answered = past.iter().any(|other| {
            let before = other.at.timestamp() < self.at || !self.earlier;
            before && other.direction == Direction::Out && other.channel == channel && other.reply_to == Some(to)
        });
        Some(came_in.copied().filter(|_| !answered))
    }

    fn answers_inconvenient(&self) -> Truth {
        let Some(came_in) = self.answered()? else { return Some(false) };
        self.side.standing.preferences.as_ref()?;
        let at = came_in.at.timestamp();
        let (today, then) = (self.date()?, self.side.date(at)?);
        let clocks = self.side.zones().into_iter().map(|zone| shown(at, zone));
        let inconvenient =
            clocks.into_iter().any(|shown| self.side.named(PreferenceKind::InconvenientTime, shown, then));
        Some(today == then && inconvenient)
    }

    /// Whether every clock, or any, shows a time of a kind that the person named.
    fn preferred(&self, kind: PreferenceKind, every: bool) -> Truth {
        let preferences = self.side.standing.preferences.as_ref()?;
        if preferences.iter().all(|preference| preference.kind != kind) {
            return Some(false);
        }
        let today = self.date()?;
        let clocks = self.clocks();
        let inside: Vec<bool> = clocks.iter().map(|shown| self.side.named(kind, *shown, today)).collect();
        Some(if every { !inside.contains(&false) } else { inside.contains(&true) })
    }

    fn place(&self, kind: PreferenceKind) -> Truth {
        let preferences = self.side.standing.preferences.as_ref()?;
        let of_kind = preferences.iter().filter(|preference| preference.kind == kind);
        any(of_kind.map(|preference| match preference.until {
            None => Some(true),
            Some(until) => self.date().map(|today| today <= until),
        }))
    }

    fn refused(&self) -> Truth {
        let refusals = self.side.standing.refusals.as_ref()?;
        let made = refusals.iter().filter(|refusal| {
            refusal.at.timestamp() <= self.side.now && refusal.channels.contains(&self.contact.channel)
        });
        any(made.map(|refusal| {
            let number = refusal.number.as_ref().map(|number| same(Some(number), self.contact.number.as_deref()));
            let address = refusal.address.as_ref().map(|address| same(Some(address), self.contact.address.as_deref()));
            all([number.unwrap_or(Some(true)), address.unwrap_or(Some(true))])
        }))
    }

    fn used_address(&self) -> Truth {
        let past = self.side.past()?;
        let address = self.contact.address.as_ref()?;
        let id = &self.side.standing.debts.get(self.debt)?.id;
        let came_in = past.iter().filter(|other| {
            let at = other.at.timestamp();
            other.direction == Direction::In
                && (at < self.at || at == self.at && !self.earlier)
                && self.about(other, true).contains(id)
        });
        any(came_in.map(|other| match &other.address {
            Some(used) => Some(used == address),
            // It came from some address.
            None if ["email", "letter"].contains(&other.channel.word()) => None,
            None => Some(false),
        }))
    }

    fn wrong_number(&self) -> Truth {
        let wrong = self.side.standing.wrong_numbers.as_ref()?;
        let learned = wrong.iter().filter(|wrong| wrong.learned_at.timestamp() <= self.side.now);
        any(learned.map(|wrong| {
            let is = same(Some(&wrong.number), self.contact.number.as_deref());
            // Of an earlier contact, only what was learned after it.
            if self.contact.number.is_some() && self.earlier && wrong.learned_at.timestamp() <= self.at {
                Some(false)
            } else {
                is
            }
        }))
    }

    /// The debts that a contact is about: placed or counted, or talked about.
    pub(super) fn about(&self, contact: &Contact, discussed: bool) -> Vec<String> {
        let every: Vec<String> = self.side.standing.debts.iter().map(|debt| debt.id.clone()).collect();
        let about = contact.debts.clone().unwrap_or(every);
        let counted = contact.allocated_to.clone().unwrap_or_else(|| about.clone());
        match (&contact.discussed, discussed) {
            (Some(debts), true) if debts.is_empty() => counted,
            (Some(debts), true) => debts.clone(),
            (None, true) => about,
            (_, false) => counted,
        }
    }
}

/// A number of days.
pub(super) fn days(number: i64) -> Value {
    Value::Number(Exact::whole(number, Kind::Days))
}

/// Whether an outcome says that somebody was spoken to.
fn spoke(outcome: &str) -> bool {
    let right_party = outcome_table().iter().any(|known| known.code == outcome && known.right_party);
    right_party || outcome == "third_party"
}
