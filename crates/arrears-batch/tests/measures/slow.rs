//! A slow recount, account by account and month by month, that shares nothing with the measures.

use crate::book::{ENDS, Row};
use std::collections::BTreeMap;

/// Where a row stands, by the buckets that begin at days 1, 31 and so on to 181.
pub(crate) fn place(row: &Row) -> Option<String> {
    if row.charged_off? {
        return Some("charged_off".to_owned());
    }
    if row.on_plan? {
        return Some("plan".to_owned());
    }
    if row.re_aged? {
        return Some("re_aged".to_owned());
    }
    Some(match row.dpd? {
        0 => "M0".to_owned(),
        dpd if dpd > 180 => "M7".to_owned(),
        dpd => format!("M{}", (dpd + 29) / 30),
    })
}

/// The only row of an account in a month; none where there is none or more than one.
fn only<'a>(rows: &'a [Row], account: &str, month: usize) -> Option<&'a Row> {
    let mut found = rows.iter().filter(|row| row.account == account && row.as_of == ENDS[month]);
    match (found.next(), found.next()) {
        (Some(row), None) => Some(row),
        _ => None,
    }
}

/// Whether an account has a row in a month, or several.
fn is_there(rows: &[Row], account: &str, month: usize) -> bool {
    rows.iter().any(|row| row.account == account && row.as_of == ENDS[month])
}

/// Accounts and their balance before, by the later month and from where to where.
pub(crate) type Moves = BTreeMap<(usize, String, String), (u64, i64)>;

/// Every account of a month end at the next one, where both months have a row of anybody.
pub(crate) fn moves(rows: &[Row], accounts: &[&str]) -> Moves {
    let mut moves = Moves::new();
    for later in 1..ENDS.len() {
        let has_rows = |month: usize| accounts.iter().any(|account| is_there(rows, account, month));
        if !has_rows(later) || !has_rows(later - 1) {
            continue;
        }
        for account in accounts {
            let Some(before) = only(rows, account, later - 1) else { continue };
            let Some(from) = place(before) else { continue };
            let to = match only(rows, account, later) {
                Some(row) => place(row),
                // Several rows say several things: the account is there, and nobody knows where.
                None if is_there(rows, account, later) => None,
                None => Some("absent".to_owned()),
            };
            let Some(to) = to else { continue };
            let cell = moves.entry((later, from, to)).or_default();
            cell.0 += 1;
            cell.1 += before.balance.unwrap_or(0);
        }
    }
    moves
}

/// Accounts of a bucket at each month end.
pub(crate) fn stock(rows: &[Row], accounts: &[&str]) -> BTreeMap<(usize, String), u64> {
    let mut stock = BTreeMap::new();
    for month in 0..ENDS.len() {
        for row in accounts.iter().filter_map(|account| only(rows, account, month)) {
            if let Some(place) = place(row) {
                *stock.entry((month, place)).or_default() += 1;
            }
        }
    }
    stock
}

/// Whether a row is late, up to date, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    UpToDate,
    Late,
    Apart,
}

fn standing(row: &Row) -> Option<Standing> {
    if row.charged_off? {
        return Some(Standing::Apart);
    }
    let restructured =
        if row.on_plan == Some(true) || row.re_aged == Some(true) { true } else { row.on_plan? || row.re_aged? };
    let late = row.dpd? > 0;
    Some(match (restructured, late) {
        (true, _) => Standing::Apart,
        (false, true) => Standing::Late,
        (false, false) => Standing::UpToDate,
    })
}

/// By month: members of a cohort that did what is asked for, all members, and those left out.
pub(crate) type Cohort = BTreeMap<usize, (u64, u64, u64)>;

/// Who went from one standing to another, and of them those that are found in a standing at one of
/// the next so many month ends.
fn cohort(
    rows: &[Row],
    accounts: &[&str],
    (from, to): (Standing, Standing),
    ahead: usize,
    wanted: &[Standing],
) -> Cohort {
    let at = |account: &str, month: usize| if month < ENDS.len() { only(rows, account, month) } else { None };
    let has_rows = |month: &usize| accounts.iter().any(|account| is_there(rows, account, *month));
    let last = (0..ENDS.len()).rev().find(has_rows).unwrap_or(0);
    let mut cohort = Cohort::new();
    for account in accounts {
        for month in 1..ENDS.len() {
            let is = |month: usize, wanted: Standing| at(account, month).and_then(standing) == Some(wanted);
            if !is(month - 1, from) || !is(month, to) {
                continue;
            }
            let cell = cohort.entry(month).or_default();
            let seen: Vec<Option<Standing>> =
                (month + 1..=month + ahead).map(|later| at(account, later).and_then(standing)).collect();
            let found = seen.iter().flatten().any(|seen| wanted.contains(seen));
            if month + ahead > last || (!found && seen.contains(&None)) {
                cell.2 += 1;
            } else {
                cell.0 += u64::from(found);
                cell.1 += 1;
            }
        }
    }
    cohort
}

/// Who fell late, and who of them is up to date at the next month end.
pub(crate) fn cures(rows: &[Row], accounts: &[&str]) -> Cohort {
    cohort(rows, accounts, (Standing::UpToDate, Standing::Late), 1, &[Standing::UpToDate])
}

/// Who was cured, and who of them is late or apart at one of the next three month ends.
pub(crate) fn redefaults(rows: &[Row], accounts: &[&str]) -> Cohort {
    cohort(rows, accounts, (Standing::Late, Standing::UpToDate), 3, &[Standing::Late, Standing::Apart])
}
