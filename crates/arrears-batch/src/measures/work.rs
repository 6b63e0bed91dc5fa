//! Contacts: attempts, whom they reached, and how many accounts were worked.

use super::read::Reader;
use super::series::Series;
use super::{Declared, Month};
use crate::bind::ACCOUNT;
use crate::cell::Raw;
use crate::events::date;
use crate::names::Names;
use arrears::Channel;
use arrears::facts::outcome_table;
use arrears::problem::nearest;
use std::collections::BTreeMap;

/// Results that reach a person beside those that reach the right one. Someone else who answers is
/// no contact.
pub(super) const CONNECTED: [&str; 3] = ["answered_dropped", "complaint", "represented"];

const INBOUND: &str = "the person contacted the bank: no attempt";
const NO_RESULT: &str = "the result is not known";

/// What contacts with one account came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reached {
    pub(super) attempted: bool,
    pub(super) right_party: bool,
    /// Whether the result of an attempt is not known.
    pub(super) untold: bool,
}

/// What was read of contacts.
#[derive(Clone, Debug, Default)]
pub(super) struct Contacts {
    /// Connected and attempted, by channel; all channels under none.
    pub(super) connected: Series<Option<&'static str>>,
    /// Right-party contacts and attempts.
    pub(super) right_party: Series<Option<&'static str>>,
    /// By the number of the account.
    pub(super) accounts: Vec<Reached>,
    pub(super) attempts: Attempts,
    /// Rows of months that were not asked for.
    pub(super) outside: u64,
    /// Rows that are no attempts, or whose result is not known.
    pub(super) excluded: BTreeMap<&'static str, u64>,
}

/// When each account was attempted: 8 bytes an attempt.
#[derive(Clone, Debug, Default)]
pub(super) struct Attempts(Vec<(u32, i32)>);

impl Attempts {
    /// Puts them in order, once all are there.
    pub(super) fn order(&mut self) {
        self.0.sort_unstable();
    }

    /// How many there are of an account, from a day to a day.
    pub(super) fn between(&self, account: u32, from: i32, to: i32) -> u64 {
        let (low, high) = ((account, from), (account, to));
        let begin = self.0.partition_point(|attempt| *attempt < low);
        let end = self.0.partition_point(|attempt| *attempt <= high);
        u64::try_from(end.saturating_sub(begin)).unwrap_or(0)
    }

    /// Attempts and different accounts, by month and for all months together.
    pub(super) fn intensity(&self) -> (BTreeMap<Month, (u64, u64)>, (u64, u64)) {
        let mut months: BTreeMap<Month, (u64, u64)> = BTreeMap::new();
        let mut all = (0, 0);
        let mut last = None;
        for (account, day) in &self.0 {
            let Some(month) = date(*day).map(Month::of) else { continue };
            let of_month = months.entry(month).or_default();
            of_month.0 += 1;
            all.0 += 1;
            of_month.1 += u64::from(last != Some((*account, month)));
            all.1 += u64::from(last.is_none_or(|(other, _)| other != *account));
            last = Some((*account, month));
        }
        (months, all)
    }
}

/// What an outcome says of whom was reached: anybody that counts, and the right person.
fn reached(code: &str) -> (bool, bool) {
    let right = outcome_table().iter().any(|outcome| outcome.code == code && outcome.right_party);
    (right || CONNECTED.contains(&code), right)
}

impl Contacts {
    fn account(&mut self, number: u32) -> Option<&mut Reached> {
        let place = usize::try_from(number).ok()?;
        if self.accounts.len() <= place {
            self.accounts.resize(place + 1, Reached::default());
        }
        self.accounts.get_mut(place)
    }

    /// Whether an account was attempted.
    pub(super) fn has_attempted(&self, account: u32) -> bool {
        let place = usize::try_from(account).ok();
        place.and_then(|place| self.accounts.get(place)).is_some_and(|reached| reached.attempted)
    }

    fn exclude(&mut self, reason: &'static str) {
        *self.excluded.entry(reason).or_default() += 1;
    }

    /// Takes the rows of a batch.
    pub(super) fn take(&mut self, reader: &mut Reader<'_>, declared: &Declared, has_outcome: bool, names: &mut Names) {
        let accounts = reader.raw(ACCOUNT);
        let days = reader.days("on");
        let inbound = reader.flags("inbound");
        let (channels, outcomes) = (reader.raw("channel"), reader.raw("outcome"));
        for row in 0..reader.rows() {
            let (account, channel, outcome) = (accounts.cell(row), channels.cell(row), outcomes.cell(row));
            let day = days.get(row).copied().flatten();
            for (column, cell) in [(ACCOUNT, &account), ("channel", &channel)] {
                if *cell == Raw::Empty {
                    reader.empty(column, row, "every contact needs one");
                }
            }
            if day.is_none() && !reader.is_bad(row) {
                reader.empty("on", row, "write the day of the contact");
            }
            let word = channel.to_string();
            let known = Channel::from_word(&word);
            if known.is_none() && channel != Raw::Empty {
                reader.fault("channel", row, &channel, none_of(&word, Channel::ALL.into_iter().map(Channel::word)));
            }
            let code = outcome.to_string();
            let codes = || outcome_table().iter().map(|outcome| outcome.code);
            if outcome != Raw::Empty && codes().all(|known| known != code) {
                reader.fault("outcome", row, &outcome, none_of(&code, codes()));
            }
            let (Some(channel), Some(day), false) = (known, day, reader.is_bad(row)) else { continue };
            let Some(month) = date(day).map(Month::of) else { continue };
            if !declared.holds(month) {
                self.outside += 1;
                continue;
            }
            let (number, _) = names.add(&account.to_string());
            if inbound.get(row).copied().flatten() == Some(true) {
                self.exclude(INBOUND);
                continue;
            }
            self.attempts.0.push((number, day));
            let told = (outcome != Raw::Empty).then(|| reached(&code));
            if let Some(account) = self.account(number) {
                account.attempted = true;
                account.untold |= told.is_none();
                account.right_party |= told.is_some_and(|(_, right)| right);
            }
            if told.is_none() && has_outcome {
                self.exclude(NO_RESULT);
            }
            for key in [None, Some(channel.word())] {
                let of = |told: Option<(bool, bool)>| told.map(|(connected, right)| [connected, right]);
                for (series, which) in [(&mut self.connected, 0), (&mut self.right_party, 1)] {
                    let sums = series.at(key, month);
                    match of(told).and_then(|told| told.get(which).copied()) {
                        Some(counts) => {
                            sums.count.0 += u64::from(counts);
                            sums.count.1 += 1;
                        }
                        None => sums.exclude(NO_RESULT, 1),
                    }
                }
            }
        }
    }
}

/// What to say of a word that is none of those that may stand in a column.
pub(super) fn none_of<'a>(found: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let near = nearest(found, known.clone()).map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
    format!("is not known: expected one of {}{near}", known.collect::<Vec<_>>().join(", "))
}
