//! Counting calls, section 7.

use super::reads::{Scene, day, list, person, role, seconds, text};
use chrono::Days;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const PROFESSIONAL: [&str; 5] =
    ["debtor_attorney", "credit_bureau", "creditor", "creditor_attorney", "collector_attorney"];

const CALLS: [&str; 2] = ["phone", "ringless_voicemail"];

/// What the counts say of a proposed call.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// The most over its debts, the call included if it counts.
    pub(super) counted: usize,
    pub(super) too_many: bool,
    pub(super) too_soon: bool,
    /// Whether it is left out by consent, for every debt.
    pub(super) consented: bool,
    /// Whether without consent it would be too many or too soon.
    pub(super) needs_consent: bool,
    pub(super) on_one_date: usize,
    pub(super) just_before: bool,
}

impl<'v> Scene<'v> {
    pub(super) fn is_call(&self) -> bool {
        self.by(&CALLS) && self.proposed["same_call"] != true
    }

    pub(super) fn counts(&self) -> Counts {
        let mut all = Counts { consented: true, ..Counts::default() };
        for debt in self.debts(&self.proposed["debts"]) {
            let one = self.particular(debt);
            let consented = self.excluded(self.at, &one);
            let earlier = self.calls(&one, 7).count();
            let soon = self.conversations(&one, 7) > 0;
            let too_many = earlier >= 7;
            all.counted = all.counted.max(earlier + usize::from(!consented));
            all.too_many |= too_many && !consented;
            all.too_soon |= soon && !consented;
            all.consented &= consented;
            all.needs_consent |= consented && (too_many || soon);
            all.on_one_date = all.on_one_date.max(self.calls(&one, 1).count() + usize::from(!consented));
            all.just_before |= self.calls(&one, 2).any(|call| {
                call["outcome"] != "conversation"
                    && self.proposed["number"].is_string()
                    && call["number"] == self.proposed["number"]
                    && (0..=300).contains(&(self.at - seconds(&call["at"]).unwrap()))
            });
        }
        all
    }

    /// Calls and conversations about each debt on the seven dates.
    pub(super) fn by_debt(&self) -> [BTreeMap<&'v str, usize>; 2] {
        let each = |count: &dyn Fn(&BTreeSet<&'v str>) -> usize| {
            self.debts(&Value::Null).into_iter().map(|debt| (debt, count(&self.particular(debt)))).collect()
        };
        [each(&|one| self.calls(one, 7).count()), each(&|one| self.conversations(one, 7))]
    }

    /// The debts that are one with a debt.
    fn particular(&self, debt: &'v str) -> BTreeSet<&'v str> {
        let find = |id: &str| list(&self.given["debts"]).iter().find(|debt| debt["id"] == id);
        let account = |debt: &'v Value| text(debt, "account_at_acquisition").filter(|_| debt["type"] == "student_loan");
        let number = find(debt).and_then(account);
        let others = list(&self.given["debts"]).iter().filter(|other| number.is_some() && account(other) == number);
        others.map(|other| text(other, "id").unwrap()).chain([debt]).collect()
    }

    /// The counted calls about a debt on so many dates that end with the proposed one.
    fn calls(&self, one: &BTreeSet<&'v str>, dates: u64) -> impl Iterator<Item = &'v Value> {
        self.sent_since(self.first(dates)).filter(move |entry| {
            let at = seconds(&entry["at"]).unwrap();
            CALLS.contains(&text(entry, "channel").unwrap())
                && person(entry) == person(self.proposed)
                && !PROFESSIONAL.contains(&role(entry))
                && entry["outcome"] != "busy"
                && entry["outcome"] != "not_in_service"
                && !self.misdirected(entry)
                && self.placed(entry).iter().any(|debt| one.contains(debt))
                && !self.excluded(at, one)
        })
    }

    fn placed(&self, entry: &'v Value) -> Vec<&'v str> {
        self.debts(if entry["allocated_to"].is_array() { &entry["allocated_to"] } else { &entry["debts"] })
    }

    fn discussed(&self, entry: &'v Value) -> Vec<&'v str> {
        match entry["discussed"].as_array() {
            None => self.debts(&entry["debts"]),
            Some(none) if none.is_empty() => self.placed(entry),
            Some(_) => self.debts(&entry["discussed"]),
        }
    }

    /// Whether its number was later learned to be wrong.
    fn misdirected(&self, entry: &Value) -> bool {
        list(&self.given["number_facts"]).iter().any(|fact| {
            fact["not_debtors"] == true
                && fact["number"] == entry["number"]
                && self.known(&fact["learned_at"])
                && seconds(&entry["at"]) < seconds(&fact["learned_at"])
        })
    }

    fn talks(&self, one: &BTreeSet<&'v str>) -> impl Iterator<Item = i64> {
        let about = move |entry: &&'v Value| {
            entry["channel"] == "phone"
                && entry["outcome"] == "conversation"
                && person(entry) == person(self.proposed)
                && self.discussed(entry).iter().any(|debt| one.contains(debt))
        };
        self.history().filter(about).map(|entry| seconds(&entry["at"]).unwrap())
    }

    /// Conversations about a debt on so many dates that end with the proposed one.
    fn conversations(&self, one: &BTreeSet<&'v str>, dates: u64) -> usize {
        self.talks(one).filter(|at| self.first(dates) <= self.date_of(*at)).count()
    }

    /// Whether a call at a moment is left out by consent.
    fn excluded(&self, at: i64, one: &BTreeSet<&'v str>) -> bool {
        list(&self.given["consents"]).iter().any(|consent| {
            let given = seconds(&consent["given_at"]).unwrap();
            let (first, on) = (self.date_of(given), self.date_of(at));
            consent["covers"] == "extra_calls"
                && consent["given_to"] == "collector"
                && self.known(&consent["given_at"])
                && given <= at
                && on <= first + Days::new(6)
                && !(self.known(&consent["withdrawn_at"]) && seconds(&consent["withdrawn_at"]) <= Some(at))
                && day(&consent["only_on"]).is_none_or(|only| on == only)
                && day(&consent["until"]).is_none_or(|until| on <= until)
                && !self.talks(one).any(|talk| given < talk && talk < at)
        })
    }
}
