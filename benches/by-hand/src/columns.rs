//! Column by column: chunks that stay in cache, a byte for each condition, no branches.

use crate::{ACTIONS, Accounts, FLOORS, Places};

const ROWS: usize = 1024;
type Mask = [u8; ROWS];

/// Decides every account.
///
/// # Panics
///
/// Where a column or the places of a code are not as long as `dpd`.
pub fn decide(accounts: &Accounts<'_>, out: Places<'_>) {
    let n = accounts.len();
    let [kinds, actions, reasons, stages] = out.map(|places| &mut places[..n]);
    let mut masks = [[0; ROWS]; 26];
    let mut start = 0;
    let places = kinds.chunks_mut(ROWS).zip(actions.chunks_mut(ROWS));
    let places = places.zip(reasons.chunks_mut(ROWS).zip(stages.chunks_mut(ROWS)));
    for ((kinds, actions), (reasons, stages)) in places {
        let end = (start + ROWS).min(n);
        if let Some(some) = accounts.part(start..end) {
            chunk(&some, &mut masks, kinds, actions, reasons, stages);
        }
        start = end;
    }
}

#[inline(always)]
fn test<T: Copy>(column: &[T], mask: &mut Mask, holds: impl Fn(T) -> bool) {
    for (mask, value) in mask.iter_mut().zip(column) {
        *mask = u8::from(holds(*value));
    }
}

#[inline(always)]
const fn pick(condition: u8, yes: u8, no: u8) -> u8 {
    let mask = 0_u8.wrapping_sub(condition & 1);
    (yes & mask) | (no & !mask)
}

// The places are arguments of their own and the function stays one: only so does the compiler
// know that none lies over another, and decides sixteen accounts at once.
#[inline(never)]
fn chunk(
    accounts: &Accounts<'_>,
    masks: &mut [Mask; 26],
    kinds: &mut [u8],
    actions: &mut [u8],
    reasons: &mut [u8],
    stages: &mut [u8],
) {
    let n = accounts.len().min(ROWS);
    let [d1, d30, d31, d60, d90, d0, d120, b0, b1, b2, calls3, low, lowest, masks @ ..] = masks;
    let [o5000, o2000, o100, s2, s3, s5, full, promised, money, suable, worth, answers, before] = masks;
    test(accounts.dpd, d1, |days| days >= 1);
    test(accounts.dpd, d30, |days| days <= 30);
    test(accounts.dpd, d31, |days| days >= 31);
    test(accounts.dpd, d60, |days| days <= 60);
    test(accounts.dpd, d90, |days| days <= 90);
    test(accounts.dpd, d0, |days| days <= 0);
    test(accounts.dpd, d120, |days| days > 120);
    test(accounts.broken, b0, |times| times == 0);
    test(accounts.broken, b1, |times| times <= 1);
    test(accounts.broken, b2, |times| times >= 2);
    test(accounts.calls, calls3, |times| times >= 3);
    test(accounts.ability, low, |score| score < 0.3);
    test(accounts.ability, lowest, |score| score < 0.15);
    test(accounts.overdue, o5000, |amount| amount >= 5000.0);
    test(accounts.overdue, o2000, |amount| amount >= 2000.0);
    test(accounts.overdue, o100, |amount| amount < 100.0);
    test(accounts.since, s2, |days| days >= 2);
    test(accounts.since, s3, |days| days >= 3);
    test(accounts.since, s5, |days| days >= 5);
    test(accounts.contacts, full, |times| times >= 7);
    test(accounts.promise, promised, |days| (days >= 0) & (days <= 2));
    for ((mask, inflow), overdue) in money.iter_mut().zip(accounts.inflow).zip(accounts.overdue) {
        *mask = u8::from(*inflow >= 0.5 * *overdue);
    }
    test(accounts.stage, suable, |stage| stage >= 4);
    for (mask, stage) in before.iter_mut().zip(accounts.stage) {
        *mask = *stage as u8;
    }
    test(accounts.worth, worth, |score| score >= 0.6);
    test(accounts.unanswered, answers, |times| times < 5);
    let (hostile, refused, unreachable) = (&accounts.hostile[..n], &accounts.refused[..n], &accounts.unreachable[..n]);
    let (deceased, bankrupt, dispute) = (&accounts.deceased[..n], &accounts.bankrupt[..n], &accounts.dispute[..n]);
    let (hardship, segment) = (&accounts.hardship[..n], &accounts.segment[..n]);
    let (kinds, actions, reasons, stages) = (&mut kinds[..n], &mut actions[..n], &mut reasons[..n], &mut stages[..n]);
    for i in 0..n {
        let angry = u8::from(hostile[i]);
        let mut kind = 5;
        kind = pick((1 ^ d0[i]) & low[i], 4, kind);
        kind = pick((1 ^ d90[i]) & calls3[i] & (u8::from(refused[i]) | u8::from(unreachable[i])), 3, kind);
        kind = pick(d31[i] & d90[i] & ((1 ^ b0[i]) | (1 ^ angry)), 2, kind);
        kind = pick(d31[i] & d60[i] & angry, 1, kind);
        kind = pick(d1[i] & d30[i] & b0[i], 0, kind);
        kinds[i] = kind;
        let is = |code: u8| u8::from(kind == code);
        let (mut reason, mut action, mut floor) = (15, ACTIONS[15], FLOORS[15]);
        macro_rules! rule {
            ($condition:expr, $reason:literal) => {
                let holds = $condition;
                reason = pick(holds, $reason, reason);
                action = pick(holds, ACTIONS[$reason], action);
                floor = pick(holds, FLOORS[$reason], floor);
            };
        }
        rule!(s3[i] & answers[i], 14);
        rule!(is(0) & (o100[i] | u8::from(segment[i] == 0)), 13);
        rule!(is(2) & (b2[i] | s5[i]), 12);
        rule!(is(1) & s2[i], 11);
        rule!(is(4) & (worth[i] | lowest[i]), 10);
        rule!(is(3) | (d120[i] & o2000[i]), 9);
        rule!(is(3) & o5000[i] & suable[i], 8);
        rule!(money[i], 7);
        rule!(promised[i] & b1[i], 6);
        rule!(full[i], 5);
        rule!(d0[i], 4);
        rule!(u8::from(hardship[i]) & d90[i], 3);
        rule!(u8::from(dispute[i]), 2);
        rule!(u8::from(deceased[i]) | u8::from(bankrupt[i]), 1);
        reasons[i] = reason;
        actions[i] = action;
        stages[i] = pick(u8::from(reason == 4), 0, before[i].max(floor));
    }
}
