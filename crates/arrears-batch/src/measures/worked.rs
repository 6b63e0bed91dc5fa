//! Measures of accounts by what was done with them: coverage, penetration, intensity, right-party
//! contacts of accounts.

use super::Month;
use super::coverage::Covered;
use super::panel::{Line, Panel};
use super::place::Standing;
use super::report::Value;
use super::series::{NO_BALANCE, Sums};
use super::work::Contacts;
use std::collections::BTreeMap;

const NOT_IN_PANEL: &str = "not in the panel: counted by number only";

/// The last month end of each account in the panel, by the number of the account.
pub(super) struct Lasts<'a>(Vec<Option<&'a Line>>);

impl<'a> Lasts<'a> {
    pub(super) fn of(panel: &'a Panel) -> Self {
        let mut lasts = Vec::new();
        for line in panel.accounts().filter_map(<[Line]>::last) {
            let Ok(place) = usize::try_from(line.account) else { continue };
            lasts.resize(lasts.len().max(place + 1), None);
            if let Some(slot) = lasts.get_mut(place) {
                *slot = Some(line);
            }
        }
        Self(lasts)
    }

    fn line(&self, account: u32) -> Option<&'a Line> {
        usize::try_from(account).ok().and_then(|place| self.0.get(place).copied().flatten())
    }

    /// Adds an account to a cohort, with its balance.
    fn member(&self, sums: &mut Sums, account: u32, counts: bool) {
        let line = self.line(account);
        let without = if line.is_some() { NO_BALANCE } else { NOT_IN_PANEL };
        sums.member(counts, line.and_then(Line::balance), without);
    }

    fn is_up_to_date(&self, account: u32) -> bool {
        self.line(account).is_some_and(|line| line.standing == Standing::UpToDate)
    }
}

/// A book that was decided in one night.
pub(super) struct Night<'a> {
    pub(super) decided: Vec<(u32, Covered)>,
    pub(super) missing: &'a BTreeMap<String, Vec<u32>>,
    pub(super) lasts: &'a Lasts<'a>,
    pub(super) digits: Option<u32>,
}

impl Night<'_> {
    /// Every class with its share of the book, those of no account too.
    pub(super) fn coverage(&self) -> Vec<Value> {
        let value = |class: Covered| {
            let mut sums = Sums::default();
            for (account, covered) in &self.decided {
                self.lasts.member(&mut sums, *account, *covered == class);
            }
            self.value(&mut sums, class.word())
        };
        Covered::ALL.into_iter().map(value).collect()
    }

    /// Every missing fact with its share of the book.
    pub(super) fn missing(&self) -> Vec<Value> {
        let value = |(fact, waiting): (&String, &Vec<u32>)| {
            let mut waiting = waiting.clone();
            waiting.sort_unstable();
            let mut sums = Sums::default();
            for (account, _) in &self.decided {
                self.lasts.member(&mut sums, *account, waiting.binary_search(account).is_ok());
            }
            self.value(&mut sums, fact)
        };
        self.missing.iter().map(value).collect()
    }

    fn value(&self, sums: &mut Sums, to: &str) -> Value {
        without_money(sums, self.digits);
        sums.value((None, Some(to.to_owned())), None, self.digits)
    }

    /// Of the workable accounts, those that were attempted.
    pub(super) fn penetration(&self, contacts: &Contacts) -> Vec<Value> {
        let mut sums = Sums::default();
        for (account, covered) in &self.decided {
            match covered {
                Covered::Held => sums.exclude("held", 1),
                Covered::VetoedOnly => sums.exclude("vetoed only", 1),
                Covered::Closed => sums.exclude("closed", 1),
                _ if self.lasts.is_up_to_date(*account) => sums.exclude("up to date at the last month end", 1),
                _ => self.lasts.member(&mut sums, *account, contacts.has_attempted(*account)),
            }
        }
        without_money(&mut sums, self.digits);
        vec![sums.value((None, None), None, self.digits)]
    }
}

/// Of the accounts attempted, those of which the right person was reached.
pub(super) fn right_party_of_accounts(contacts: &Contacts, lasts: &Lasts<'_>, digits: Option<u32>) -> Vec<Value> {
    let mut sums = Sums::default();
    for (number, reached) in contacts.accounts.iter().enumerate().filter(|(_, reached)| reached.attempted) {
        let Ok(account) = u32::try_from(number) else { continue };
        if reached.untold && !reached.right_party {
            sums.exclude("the result of an attempt is not known", 1);
        } else {
            lasts.member(&mut sums, account, reached.right_party);
        }
    }
    without_money(&mut sums, digits);
    vec![sums.value((None, None), None, digits)]
}

/// Attempts for each account worked, by month and for all months together.
pub(super) fn intensity(contacts: &Contacts) -> Vec<Value> {
    let (months, all) = contacts.attempts.intensity();
    let value =
        |month: Option<Month>, count: (u64, u64)| Sums { count, ..Sums::default() }.value((None, None), month, None);
    let by_month = months.into_iter().map(|(month, count)| value(Some(month), count));
    by_month.chain([value(None, all)]).collect()
}

/// Where nothing is told by money, nobody is left out of it.
fn without_money(sums: &mut Sums, digits: Option<u32>) {
    if digits.is_none() {
        sums.excluded.remove(NOT_IN_PANEL);
    }
}
