//! The reference policy by hand, account by account: what a developer would write.

use super::accounts::Accounts;
use super::answers::{ACTIONS, Answers, FLOORS};

/// The columns that are read, of one length.
struct Read<'a> {
    dpd: &'a [i64],
    broken: &'a [i64],
    calls: &'a [i64],
    unanswered: &'a [i64],
    contacts: &'a [i64],
    since: &'a [i64],
    promise: &'a [i64],
    stage: &'a [i64],
    overdue: &'a [f64],
    inflow: &'a [f64],
    ability: &'a [f64],
    worth: &'a [f64],
    flags: [&'a [bool]; 7],
    segment: &'a [u8],
}

/// Decides every account.
#[expect(clippy::indexing_slicing, reason = "a loop by hand is written so; every column has the same length")]
pub(crate) fn decide(accounts: &Accounts, out: &mut Answers) {
    let n = accounts.len();
    let c = Read {
        dpd: &accounts.dpd[..n],
        broken: &accounts.broken_promises[..n],
        calls: &accounts.calls_made[..n],
        unanswered: &accounts.calls_unanswered[..n],
        contacts: &accounts.contacts_7d[..n],
        since: &accounts.days_since_contact[..n],
        promise: &accounts.promise_due_in[..n],
        stage: &accounts.stage[..n],
        overdue: &accounts.overdue[..n],
        inflow: &accounts.inflow[..n],
        ability: &accounts.ability[..n],
        worth: &accounts.worth[..n],
        flags: [
            &accounts.hostile[..n],
            &accounts.refused[..n],
            &accounts.unreachable[..n],
            &accounts.dispute[..n],
            &accounts.bankrupt[..n],
            &accounts.deceased[..n],
            &accounts.hardship[..n],
        ],
        segment: &accounts.segment[..n],
    };
    let [hostile, refused, unreachable, dispute, bankrupt, deceased, hardship] = c.flags;
    let (kinds, actions, reasons, stages) =
        (&mut out.kind[..n], &mut out.action[..n], &mut out.reason[..n], &mut out.stage[..n]);
    for i in 0..n {
        let (dpd, broken) = (c.dpd[i], c.broken[i]);
        let kind = if dpd >= 1 && dpd <= 30 && broken == 0 {
            0
        } else if dpd >= 31 && dpd <= 60 && hostile[i] {
            1
        } else if dpd >= 31 && dpd <= 90 && (broken >= 1 || !hostile[i]) {
            2
        } else if dpd > 90 && c.calls[i] >= 3 && (refused[i] || unreachable[i]) {
            3
        } else if dpd > 0 && c.ability[i] < 0.3 {
            4
        } else {
            5
        };
        let (overdue, since) = (c.overdue[i], c.since[i]);
        let reason: u8 = if deceased[i] || bankrupt[i] {
            1
        } else if dispute[i] {
            2
        } else if hardship[i] && dpd <= 90 {
            3
        } else if dpd <= 0 {
            4
        } else if c.contacts[i] >= 7 {
            5
        } else if c.promise[i] >= 0 && c.promise[i] <= 2 && broken <= 1 {
            6
        } else if c.inflow[i] >= 0.5 * overdue {
            7
        } else if kind == 3 && overdue >= 5000.0 && c.stage[i] >= 4 {
            8
        } else if kind == 3 || (dpd > 120 && overdue >= 2000.0) {
            9
        } else if kind == 4 && (c.worth[i] >= 0.6 || c.ability[i] < 0.15) {
            10
        } else if kind == 1 && since >= 2 {
            11
        } else if kind == 2 && (broken >= 2 || since >= 5) {
            12
        } else if kind == 0 && (overdue < 100.0 || c.segment[i] == 0) {
            13
        } else if since >= 3 && c.unanswered[i] < 5 {
            14
        } else {
            15
        };
        kinds[i] = kind;
        reasons[i] = reason;
        actions[i] = ACTIONS[usize::from(reason)];
        stages[i] = if reason == 4 { 0 } else { (c.stage[i] as u8).max(FLOORS[usize::from(reason)]) };
    }
}
