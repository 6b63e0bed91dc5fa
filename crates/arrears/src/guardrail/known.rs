//! What is told of a person, made ready: names as numbers, moments in order.

use super::moment::{Local, Moment, local};
use super::{Contact, Direction, Edge, Preference, PreferenceKind, Spell, Standing};
use crate::facts::Channel;
use chrono::NaiveDate;
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// What is known of a person as of a moment. Later events have no effect.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) zones: Vec<Tz>,
    pub(super) now: i64,
    pub(super) debts: Vec<String>,
    pub(super) products: Vec<Option<String>>,
    pub(super) accounts: Vec<Option<String>>,
    names: BTreeMap<String, u32>,
    /// Earlier contacts by time; none where they are not known.
    pub(super) past: Option<Vec<Past>>,
    pub(super) preferences: Option<Vec<Preference>>,
    pub(super) consents: Option<Vec<Agreed>>,
    pub(super) refusals: Option<Vec<Refused>>,
    /// Numbers that are not the person's, and since when that is known.
    pub(super) wrong: Option<Vec<(u32, i64)>>,
    pub(super) spells: Vec<Held>,
    pub(super) events: BTreeMap<String, Option<NaiveDate>>,
}

/// An earlier contact.
#[derive(Clone, Debug)]
pub(super) struct Past {
    pub(super) moment: Moment,
    pub(super) person: Option<u32>,
    pub(super) number: Option<u32>,
    pub(super) address: Option<u32>,
    /// The debts it was placed about, or allocated to.
    pub(super) placed: u64,
    /// The debts that were talked about.
    pub(super) discussed: u64,
    pub(super) contact: Contact,
}

/// A consent that was given, and not withdrawn by now.
#[derive(Clone, Debug)]
pub(super) struct Agreed {
    pub(super) kind: String,
    pub(super) given_at: i64,
    pub(super) given_on: Option<NaiveDate>,
    pub(super) given_to: Option<String>,
    /// When it was withdrawn, for the contacts before that.
    pub(super) withdrawn_at: Option<i64>,
    pub(super) times: Times,
    pub(super) only_on: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
    pub(super) address: Option<u32>,
}

/// Days of the week and a period of the day.
#[derive(Clone, Debug)]
pub(super) struct Times {
    weekdays: Vec<chrono::Weekday>,
    from: u16,
    to: u16,
}

/// A refusal that was made.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) channels: Vec<Channel>,
    pub(super) number: Option<u32>,
    pub(super) address: Option<u32>,
}

/// A fact that holds for a time.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) fact: String,
    pub(super) from: Option<Edge>,
    pub(super) to: Option<Edge>,
    pub(super) debts: u64,
}

impl Known {
    /// What a standing that was checked tells, as of a moment.
    pub(super) fn of(standing: &Standing, zones: Vec<Tz>, now: i64) -> Self {
        let product = |debt: &super::Debt| match debt.facts.get("product").or_else(|| standing.facts.get("product")) {
            Some(super::Told::Word(product)) => Some(product.clone()),
            _ => debt.product.clone(),
        };
        let mut known = Self {
            zones,
            now,
            debts: standing.debts.iter().map(|debt| debt.id.clone()).collect(),
            products: standing.debts.iter().map(product).collect(),
            accounts: standing.debts.iter().map(|debt| debt.account_number.clone()).collect(),
            names: BTreeMap::new(),
            past: None,
            preferences: standing.preferences.clone(),
            consents: None,
            refusals: None,
            wrong: None,
            spells: Vec::new(),
            events: standing.events.clone(),
        };
        known.wrong = standing.wrong_numbers.as_ref().map(|wrong| {
            let known_by_now = wrong.iter().filter(|wrong| wrong.learned_at.timestamp() <= now);
            known_by_now.map(|wrong| (known.name(&wrong.number), wrong.learned_at.timestamp())).collect()
        });
        known.refusals = standing.refusals.as_ref().map(|refusals| {
            let made = refusals.iter().filter(|refusal| refusal.at.timestamp() <= now);
            made.map(|refusal| Refused {
                channels: refusal.channels.clone(),
                number: refusal.number.as_ref().map(|number| known.name(number)),
                address: refusal.address.as_ref().map(|address| known.name(address)),
            })
            .collect()
        });
        known.consents = standing.consents.as_ref().map(|consents| {
            let given = consents.iter().filter(|consent| consent.given_at.timestamp() <= now);
            given.map(|consent| known.agreed(consent)).collect()
        });
        known.spells = standing.spells.iter().filter_map(|spell| known.held(spell)).collect();
        known.past = standing.contacts.as_ref().map(|contacts| {
            let made = contacts.iter().filter(|contact| contact.at.timestamp() <= now);
            let mut past: Vec<Past> = made.map(|contact| known.past_contact(contact)).collect();
            past.sort_by_key(|past| past.moment.at);
            past
        });
        known
    }

    fn name(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        *self.names.entry(name.to_owned()).or_insert(next)
    }

    /// The number of a person, number or address that was met before.
    pub(super) fn named(&self, name: &str) -> Option<u32> {
        self.names.get(name).copied()
    }

    fn local_date(&self, at: i64) -> Option<NaiveDate> {
        self.zones.first().and_then(|zone| local(at, *zone)).map(|local| local.date)
    }

    fn agreed(&mut self, consent: &super::Consent) -> Agreed {
        let given_at = consent.given_at.timestamp();
        let withdrawn = consent.withdrawn_at.map(|at| at.timestamp());
        Agreed {
            kind: consent.kind.clone(),
            given_at,
            given_on: self.local_date(given_at),
            given_to: consent.given_to.clone(),
            withdrawn_at: withdrawn.filter(|at| *at <= self.now),
            times: Times::of(&consent.weekdays, consent.from, consent.to),
            only_on: consent.only_on,
            until: consent.until,
            address: consent.address.as_ref().map(|address| self.name(address)),
        }
    }

    /// A spell as it is known now: one that begins later is not, one that ends later is open.
    fn held(&self, spell: &Spell) -> Option<Held> {
        let later = |edge: &Option<Edge>| matches!(edge, Some(Edge::At(at)) if at.timestamp() > self.now);
        if later(&spell.from) {
            return None;
        }
        Some(Held {
            fact: spell.fact.clone(),
            from: spell.from,
            to: spell.to.filter(|_| !later(&spell.to)),
            debts: self.mask(spell.debts.as_deref()),
        })
    }

    /// The debts of a list; all of them where there is none.
    pub(super) fn mask(&self, debts: Option<&[String]>) -> u64 {
        let all = self.debts.iter().enumerate();
        let listed = all.filter(|(_, id)| debts.is_none_or(|debts| debts.contains(id)));
        listed.fold(0, |mask, (index, _)| mask | bit(index))
    }

    fn past_contact(&mut self, contact: &Contact) -> Past {
        let at = contact.at.timestamp();
        let placed = self.mask(contact.allocated_to.as_deref().or(contact.debts.as_deref()));
        let discussed = match &contact.discussed {
            Some(debts) if debts.is_empty() => placed,
            Some(debts) => self.mask(Some(debts)),
            None => self.mask(contact.debts.as_deref()),
        };
        Past {
            moment: Moment::new(at, &self.zones),
            person: contact.who().map(|who| self.name(who)),
            number: contact.number.as_deref().map(|number| self.name(number)),
            address: contact.address.as_deref().map(|address| self.name(address)),
            placed,
            discussed,
            contact: contact.clone(),
        }
    }

    /// Adds a contact that was made after all that are known, and says where it stands; nothing where
    /// earlier contacts are not known.
    pub(super) fn add(&mut self, contact: &Contact) -> Option<usize> {
        self.past.as_ref()?;
        let past = self.past_contact(contact);
        let all = self.past.as_mut()?;
        all.push(past);
        all.len().checked_sub(1)
    }

    /// The contact that came in at a moment on a channel, if nothing that went out has answered it yet,
    /// or had not by another moment.
    pub(super) fn unanswered(&self, channel: Channel, at: i64, by: Option<i64>) -> Option<&Past> {
        let past = self.past.as_ref()?;
        let inbound = past.iter().filter(|past| by.is_none_or(|by| past.moment.at <= by)).find(|past| {
            past.moment.at == at && past.contact.direction == Direction::In && past.contact.channel == channel
        })?;
        let answered = past.iter().filter(|past| by.is_none_or(|by| past.moment.at < by)).any(|past| {
            past.contact.direction == Direction::Out
                && past.contact.channel == channel
                && past.contact.reply_to.is_some_and(|reply| reply.timestamp() == at)
        });
        (!answered).then_some(inbound)
    }

    /// Whether the local time lies in a time of this kind.
    pub(super) fn prefers(&self, kind: PreferenceKind, local: Local, today: NaiveDate) -> bool {
        let preferences = self.preferences.iter().flatten();
        let mut named = preferences
            .filter(|preference| preference.kind == kind && preference.until.is_none_or(|until| today <= until));
        named.any(|preference| Times::of(&preference.weekdays, preference.from, preference.to).has(local))
    }
}

impl Times {
    fn of(weekdays: &[chrono::Weekday], from: Option<chrono::NaiveTime>, to: Option<chrono::NaiveTime>) -> Self {
        use chrono::Timelike;
        let minute = |time: chrono::NaiveTime| u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(0);
        Self { weekdays: weekdays.to_vec(), from: from.map_or(0, minute), to: to.map_or(24 * 60, minute) }
    }

    /// Whether a local time lies in them.
    pub(super) fn has(&self, local: Local) -> bool {
        use chrono::Datelike;
        let day = self.weekdays.is_empty() || self.weekdays.contains(&local.date.weekday());
        day && self.from <= local.minute && local.minute < self.to
    }

    /// Whether they are all of every day.
    pub(super) fn is_whole(&self) -> bool {
        self.weekdays.is_empty() && self.from == 0 && self.to == 24 * 60
    }

    /// The minutes of the day at which they begin and end.
    pub(super) const fn edges(&self) -> [u16; 2] {
        [self.from, self.to]
    }
}

impl Preference {
    /// The minutes of the day at which it begins and ends.
    pub(super) fn edges(&self) -> [u16; 2] {
        Times::of(&self.weekdays, self.from, self.to).edges()
    }
}

impl Held {
    /// Whether it holds of a debt at a moment; unknown where that needs a local date and no zone is known.
    pub(super) fn holds(&self, debt: usize, at: i64, date: Option<NaiveDate>) -> crate::condition::Truth {
        use crate::condition::Truth;
        if self.debts & bit(debt) == 0 {
            return Truth::False;
        }
        let begun = match self.from {
            None => Truth::True,
            Some(Edge::At(from)) => Truth::of(from.timestamp() <= at),
            Some(Edge::On(from)) => date.map_or(Truth::Unknown, |date| Truth::of(from <= date)),
        };
        let lasts = match self.to {
            None => Truth::True,
            Some(Edge::At(to)) => Truth::of(at < to.timestamp()),
            Some(Edge::On(to)) => date.map_or(Truth::Unknown, |date| Truth::of(date <= to)),
        };
        begun.min(lasts)
    }
}

/// The mask of one debt.
pub(super) fn bit(debt: usize) -> u64 {
    u32::try_from(debt).ok().and_then(|shift| 1_u64.checked_shl(shift)).unwrap_or(0)
}
