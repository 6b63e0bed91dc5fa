//! Account by account: what a developer would write.

use crate::{ACTIONS, Accounts, FLOORS, Places};

/// Decides every account.
///
/// # Panics
///
/// Where a column or the places of a code are not as long as `dpd`.
#[expect(clippy::manual_range_contains, reason = "the conditions stand as a developer writes them")]
pub fn decide(accounts: &Accounts<'_>, out: Places<'_>) {
    let n = accounts.len();
    let Accounts { dpd, overdue, broken, calls, unanswered, contacts, since, inflow, promise, .. } = *accounts;
    let Accounts { ability, worth, stage, hostile, refused, unreachable, segment, .. } = *accounts;
    let Accounts { dispute, bankrupt, deceased, hardship, .. } = *accounts;
    // Lengths that are seen to be the same need not be looked at row by row.
    let (dpd, broken, calls, unanswered) = (&dpd[..n], &broken[..n], &calls[..n], &unanswered[..n]);
    let (contacts, since, promise, stage) = (&contacts[..n], &since[..n], &promise[..n], &stage[..n]);
    let (overdue, inflow, ability, worth) = (&overdue[..n], &inflow[..n], &ability[..n], &worth[..n]);
    let (hostile, refused, unreachable) = (&hostile[..n], &refused[..n], &unreachable[..n]);
    let (dispute, bankrupt, deceased, hardship) = (&dispute[..n], &bankrupt[..n], &deceased[..n], &hardship[..n]);
    let segment = &segment[..n];
    let [kinds, actions, reasons, stages] = out;
    let (kinds, actions, reasons, stages) = (&mut kinds[..n], &mut actions[..n], &mut reasons[..n], &mut stages[..n]);
    for i in 0..n {
        let (dpd, broken) = (dpd[i], broken[i]);
        let kind = if dpd >= 1 && dpd <= 30 && broken == 0 {
            0
        } else if dpd >= 31 && dpd <= 60 && hostile[i] {
            1
        } else if dpd >= 31 && dpd <= 90 && (broken >= 1 || !hostile[i]) {
            2
        } else if dpd > 90 && calls[i] >= 3 && (refused[i] || unreachable[i]) {
            3
        } else if dpd > 0 && ability[i] < 0.3 {
            4
        } else {
            5
        };
        let (overdue, since) = (overdue[i], since[i]);
        let reason: u8 = if deceased[i] || bankrupt[i] {
            1
        } else if dispute[i] {
            2
        } else if hardship[i] && dpd <= 90 {
            3
        } else if dpd <= 0 {
            4
        } else if contacts[i] >= 7 {
            5
        } else if promise[i] >= 0 && promise[i] <= 2 && broken <= 1 {
            6
        } else if inflow[i] >= 0.5 * overdue {
            7
        } else if kind == 3 && overdue >= 5000.0 && stage[i] >= 4 {
            8
        } else if kind == 3 || (dpd > 120 && overdue >= 2000.0) {
            9
        } else if kind == 4 && (worth[i] >= 0.6 || ability[i] < 0.15) {
            10
        } else if kind == 1 && since >= 2 {
            11
        } else if kind == 2 && (broken >= 2 || since >= 5) {
            12
        } else if kind == 0 && (overdue < 100.0 || segment[i] == 0) {
            13
        } else if since >= 3 && unanswered[i] < 5 {
            14
        } else {
            15
        };
        kinds[i] = kind;
        reasons[i] = reason;
        actions[i] = ACTIONS[usize::from(reason)];
        stages[i] = if reason == 4 { 0 } else { (stage[i] as u8).max(FLOORS[usize::from(reason)]) };
    }
}
