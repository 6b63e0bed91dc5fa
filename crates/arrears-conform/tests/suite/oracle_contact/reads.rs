//! A case as `FORMAT.md` reads it: clocks, dates, lists, defaults.

use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike};
use chrono_tz::Tz;
use serde_json::Value;

/// A case, at a moment that is judged. Only what happened by the proposed moment is known.
#[derive(Clone, Debug)]
pub(super) struct Scene<'v> {
    pub(super) given: &'v Value,
    pub(super) proposed: &'v Value,
    pub(super) zones: Vec<Tz>,
    pub(super) at: i64,
    known: i64,
}

/// What a clock shows: a date, and minutes after midnight.
pub(super) type Local = (NaiveDate, u32);

pub(super) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value[key].as_str()
}

pub(super) fn is(value: &Value, key: &str) -> bool {
    value[key] == true
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(super) fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().map(|text| text.parse().unwrap())
}

pub(super) fn seconds(value: &Value) -> Option<i64> {
    value.as_str().map(|text| DateTime::parse_from_rfc3339(text).unwrap().timestamp())
}

fn minutes(value: &Value) -> Option<u32> {
    let (hours, minutes) = value.as_str()?.split_once(':').unwrap();
    Some(hours.parse::<u32>().unwrap() * 60 + minutes.parse::<u32>().unwrap())
}

pub(super) fn local(at: i64, zone: Tz) -> Local {
    let there = DateTime::from_timestamp(at, 0).unwrap().with_timezone(&zone);
    (there.date_naive(), there.hour() * 60 + there.minute())
}

/// Whether a local time lies in `weekdays` and [`start`, `end`).
pub(super) fn within(period: &Value, (date, minute): Local) -> bool {
    let weekdays = list(&period["weekdays"]);
    (weekdays.is_empty() || weekdays.iter().any(|word| *word == date.weekday().to_string().as_str()))
        && minutes(&period["start"]).is_none_or(|start| start <= minute)
        && minutes(&period["end"]).is_none_or(|end| minute < end)
}

/// A role, and the person behind it.
pub(super) fn role(contact: &Value) -> &str {
    text(contact, "role").unwrap_or("debtor")
}

pub(super) fn person(contact: &Value) -> &str {
    text(contact, "person").unwrap_or(role(contact))
}

impl<'v> Scene<'v> {
    pub(super) fn of(case: &'v Value) -> Self {
        let (given, proposed) = (&case["given"], &case["proposed"]);
        let zones = list(&given["zones"]).iter().map(|zone| zone.as_str().unwrap().parse().unwrap()).collect();
        let at = seconds(&proposed["at"]).unwrap();
        Self { given, proposed, zones, at, known: at }
    }

    /// The same at another moment.
    pub(super) fn at(&self, at: i64) -> Self {
        Self { at, ..self.clone() }
    }

    pub(super) fn known(&self, value: &Value) -> bool {
        seconds(value).is_some_and(|at| at <= self.known)
    }

    pub(super) fn date_of(&self, at: i64) -> NaiveDate {
        local(at, self.zones[0]).0
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.date_of(self.at)
    }

    /// The date of the proposed moment.
    pub(super) fn known_date(&self) -> NaiveDate {
        self.date_of(self.known)
    }

    pub(super) fn locals(&self) -> impl Iterator<Item = Local> {
        self.zones.iter().map(|zone| local(self.at, *zone))
    }

    /// The first of so many dates that end today.
    pub(super) fn first(&self, dates: u64) -> NaiveDate {
        self.today() - Days::new(dates - 1)
    }

    /// Earlier contacts.
    pub(super) fn history(&self) -> impl Iterator<Item = &'v Value> {
        list(&self.given["history"]).iter().filter(|entry| self.known(&entry["at"]))
    }

    /// Earlier contacts that went out, on dates from the first on.
    pub(super) fn sent_since(&self, first: NaiveDate) -> impl Iterator<Item = &'v Value> {
        self.history()
            .filter(move |entry| entry["direction"] == "out" && first <= self.date_of(seconds(&entry["at"]).unwrap()))
    }

    pub(super) fn channel(&self) -> &'v str {
        text(self.proposed, "channel").unwrap()
    }

    pub(super) fn by(&self, channels: &[&str]) -> bool {
        channels.contains(&self.channel())
    }

    pub(super) fn content(&self) -> &'v str {
        text(self.proposed, "content").unwrap_or("collection")
    }

    pub(super) fn collecting(&self) -> bool {
        ["collection", "payment_request"].contains(&self.content())
    }

    fn all_debts(&self) -> Vec<&'v str> {
        match list(&self.given["debts"]) {
            [] => vec!["D1"],
            debts => debts.iter().map(|debt| text(debt, "id").unwrap()).collect(),
        }
    }

    /// The debts of a list; all where there is none.
    pub(super) fn debts(&self, named: &'v Value) -> Vec<&'v str> {
        match named.as_array() {
            None => self.all_debts(),
            Some(named) => named.iter().map(|debt| debt.as_str().unwrap()).collect(),
        }
    }

    /// The debts of the contact that a list of debts touches.
    pub(super) fn touches(&self, named: &'v Value) -> bool {
        let concerned = self.debts(named);
        self.debts(&self.proposed["debts"]).iter().any(|debt| concerned.contains(debt))
    }

    /// Whether a debt of the contact has a mark.
    pub(super) fn any_debt(&self, marked: impl Fn(&Value) -> bool) -> bool {
        let about = self.debts(&self.proposed["debts"]);
        list(&self.given["debts"]).iter().any(|debt| about.contains(&text(debt, "id").unwrap()) && marked(debt))
    }

    /// Whether consent given to the collector covers the time, by every clock.
    pub(super) fn consents_to_time(&self) -> bool {
        list(&self.given["consents"]).iter().any(|consent| {
            consent["covers"] == "contact_time"
                && consent["given_to"] == "collector"
                && self.known(&consent["given_at"])
                && !self.known(&consent["withdrawn_at"])
                && day(&consent["until"]).is_none_or(|until| self.today() <= until)
                && self.locals().all(|local| within(consent, local))
        })
    }

    /// Whether a moment lies in a time of a kind that the person named, by some clock.
    pub(super) fn prefers(&self, kind: &str, at: i64) -> bool {
        self.zones.iter().any(|zone| self.preferred(kind, at, *zone))
    }

    pub(super) fn preferred(&self, kind: &str, at: i64, zone: Tz) -> bool {
        list(&self.given["preferences"]).iter().any(|preference| {
            preference["kind"] == kind
                && day(&preference["until"]).is_none_or(|until| self.date_of(at) <= until)
                && within(preference, local(at, zone))
        })
    }

    pub(super) fn holiday(&self, date: NaiveDate) -> bool {
        list(&self.given["holidays"]).iter().any(|holiday| day(holiday) == Some(date))
    }

    /// The inbound event that it answers, on the same channel, to which nothing has replied yet.
    pub(super) fn answered(&self) -> Option<i64> {
        let to = seconds(&self.proposed["reply_to"])?;
        let same = |entry: &&Value| entry["channel"] == self.channel();
        let came =
            self.history().filter(same).any(|entry| entry["direction"] == "in" && seconds(&entry["at"]) == Some(to));
        let replied = self
            .history()
            .filter(same)
            .any(|entry| entry["direction"] == "out" && seconds(&entry["reply_to"]) == Some(to));
        (came && !replied).then_some(to)
    }
}
