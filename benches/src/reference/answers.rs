//! What the reference policy decides, from a slow and obvious reading of its fifteen rules in
//! exact numbers.

use super::accounts::Accounts;
use crate::Failure;
pub(crate) use arrears_by_hand::{ACTIONS, FLOORS};

/// Four codes for each account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answers {
    pub(crate) kind: Vec<u8>,
    pub(crate) action: Vec<u8>,
    pub(crate) reason: Vec<u8>,
    pub(crate) stage: Vec<u8>,
}

/// The words of [`Answers::kind`].
pub(crate) const KINDS: [&str; 6] = ["forgetful", "bluffing", "stalling", "malicious", "hardship", "standard"];
/// The holds of the policy: the first is rule 1.
pub(crate) const HOLDS: [&str; 3] = ["shielded", "dispute", "in trouble"];
/// The treatments of the policy, with the rule that each is.
pub(crate) const TREATMENTS: [(&str, u8); 11] = [
    ("wait, the week is full", 5),
    ("wait for the promise", 6),
    ("wait for the debit", 7),
    ("legal", 8),
    ("field visit", 9),
    ("restructure", 10),
    ("senior call", 11),
    ("formal letter", 12),
    ("text", 13),
    ("call", 14),
    ("wait", 15),
];

const FORGETFUL: u8 = 0;
const BLUFFING: u8 = 1;
const STALLING: u8 = 2;
const MALICIOUS: u8 = 3;
const HARDSHIP: u8 = 4;
const STANDARD: u8 = 5;

fn at<T: Copy + Default>(column: &[T], row: usize) -> T {
    column.get(row).copied().unwrap_or_default()
}

fn kind(accounts: &Accounts, row: usize) -> u8 {
    let dpd = at(&accounts.dpd, row);
    let broken = at(&accounts.broken_promises, row);
    let hostile = at(&accounts.hostile, row);
    if (1..=30).contains(&dpd) && broken == 0 {
        return FORGETFUL;
    }
    if (31..=60).contains(&dpd) && hostile {
        return BLUFFING;
    }
    if (31..=90).contains(&dpd) && (broken >= 1 || !hostile) {
        return STALLING;
    }
    let avoids = at(&accounts.refused, row) || at(&accounts.unreachable, row);
    if dpd > 90 && at(&accounts.calls_made, row) >= 3 && avoids {
        return MALICIOUS;
    }
    if dpd > 0 && at(&accounts.ability_parts, row) < 3_000 { HARDSHIP } else { STANDARD }
}

fn reason(accounts: &Accounts, row: usize, kind: u8) -> u8 {
    let dpd = at(&accounts.dpd, row);
    let broken = at(&accounts.broken_promises, row);
    let overdue = at(&accounts.overdue_cents, row);
    let since = at(&accounts.days_since_contact, row);
    let promise = at(&accounts.promise_due_in, row);
    let rules: [&dyn Fn() -> bool; 14] = [
        &|| at(&accounts.deceased, row) || at(&accounts.bankrupt, row),
        &|| at(&accounts.dispute, row),
        &|| at(&accounts.hardship, row) && dpd <= 90,
        &|| dpd <= 0,
        &|| at(&accounts.contacts_7d, row) >= 7,
        &|| (0..=2).contains(&promise) && broken <= 1,
        &|| 2 * at(&accounts.inflow_cents, row) >= overdue,
        &|| kind == MALICIOUS && overdue >= 500_000 && at(&accounts.stage, row) >= 4,
        &|| kind == MALICIOUS || (dpd > 120 && overdue >= 200_000),
        &|| kind == HARDSHIP && (at(&accounts.worth_parts, row) >= 6_000 || at(&accounts.ability_parts, row) < 1_500),
        &|| kind == BLUFFING && since >= 2,
        &|| kind == STALLING && (broken >= 2 || since >= 5),
        &|| kind == FORGETFUL && (overdue < 10_000 || at(&accounts.segment, row) == 0),
        &|| since >= 3 && at(&accounts.calls_unanswered, row) < 5,
    ];
    rules.iter().position(|rule| rule()).map_or(15, |rule| rule as u8 + 1)
}

impl Answers {
    /// The answers for all accounts.
    pub(crate) fn of(accounts: &Accounts) -> Self {
        let mut answers = Self::default();
        for row in 0..accounts.len() {
            let kind = kind(accounts, row);
            let reason = reason(accounts, row, kind);
            let floor = at(&FLOORS, usize::from(reason));
            answers.kind.push(kind);
            answers.reason.push(reason);
            answers.action.push(at(&ACTIONS, usize::from(reason)));
            answers.stage.push(if reason == 4 { 0 } else { floor.max(at(&accounts.stage, row) as u8) });
        }
        answers
    }

    /// So many answers, to be filled in: none of them is a code, so what stays is found.
    pub(crate) fn blank(count: usize) -> Self {
        let column = || vec![u8::MAX; count];
        Self { kind: column(), action: column(), reason: column(), stage: column() }
    }

    /// Makes every answer blank, in its place.
    pub(crate) fn erase(&mut self) {
        for column in [&mut self.kind, &mut self.action, &mut self.reason, &mut self.stage] {
            column.fill(u8::MAX);
        }
    }

    /// Compares every answer of another engine with these, as far as it decided.
    pub(crate) fn compare(&self, name: &str, found: &Self) -> Result<(), Failure> {
        let columns = [
            ("type", &self.kind, &found.kind),
            ("action", &self.action, &found.action),
            ("reason", &self.reason, &found.reason),
            ("stage", &self.stage, &found.stage),
        ];
        for (output, wanted, found) in columns {
            if found.is_empty() || found.len() > wanted.len() {
                return Err(format!("{name}: {} answers for {} accounts", found.len(), wanted.len()).into());
            }
            if let Some(row) = wanted.iter().zip(found).position(|(wanted, found)| wanted != found) {
                let (wanted, found) = (at(wanted, row), at(found, row));
                return Err(format!("{name}: account {row}: {output} {found}, expected {wanted}").into());
            }
        }
        Ok(())
    }
}
