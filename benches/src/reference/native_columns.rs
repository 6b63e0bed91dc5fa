//! The reference policy by hand, column by column: chunks that stay in cache, a byte for each
//! condition, no branches.

use super::accounts::Accounts;
use super::answers::{ACTIONS, FLOORS};
use std::array;
use std::ops::Range;

const ROWS: usize = 1024;
type Mask = [u8; ROWS];

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

/// Decides the accounts of a range; `out` has their places.
#[expect(clippy::indexing_slicing, reason = "a loop by hand is written so; every column has the same length")]
pub(crate) fn decide(accounts: &Accounts, range: Range<usize>, out: [&mut [u8]; 4]) {
    let [kinds, actions, reasons, stages] = out;
    let mut masks: [Mask; 26] = array::from_fn(|_| [0; ROWS]);
    let mut start = range.start;
    while start < range.end {
        let end = (start + ROWS).min(range.end);
        let (n, first) = (end - start, start - range.start);
        macro_rules! column {
            ($name:ident) => {
                &accounts.$name[start..end]
            };
        }
        let [
            d1,
            d30,
            d31,
            d60,
            d90,
            d0,
            d120,
            b0,
            b1,
            b2,
            calls3,
            low,
            lowest,
            o5000,
            o2000,
            o100,
            s2,
            s3,
            s5,
            full,
            promised,
            money,
            suable,
            worth,
            answers,
            before,
        ] = &mut masks;
        test(column!(dpd), d1, |days| days >= 1);
        test(column!(dpd), d30, |days| days <= 30);
        test(column!(dpd), d31, |days| days >= 31);
        test(column!(dpd), d60, |days| days <= 60);
        test(column!(dpd), d90, |days| days <= 90);
        test(column!(dpd), d0, |days| days <= 0);
        test(column!(dpd), d120, |days| days > 120);
        test(column!(broken_promises), b0, |times| times == 0);
        test(column!(broken_promises), b1, |times| times <= 1);
        test(column!(broken_promises), b2, |times| times >= 2);
        test(column!(calls_made), calls3, |times| times >= 3);
        test(column!(ability), low, |score| score < 0.3);
        test(column!(ability), lowest, |score| score < 0.15);
        test(column!(overdue), o5000, |amount| amount >= 5000.0);
        test(column!(overdue), o2000, |amount| amount >= 2000.0);
        test(column!(overdue), o100, |amount| amount < 100.0);
        test(column!(days_since_contact), s2, |days| days >= 2);
        test(column!(days_since_contact), s3, |days| days >= 3);
        test(column!(days_since_contact), s5, |days| days >= 5);
        test(column!(contacts_7d), full, |times| times >= 7);
        test(column!(promise_due_in), promised, |days| (0..=2).contains(&days));
        for ((mask, inflow), overdue) in money.iter_mut().zip(column!(inflow)).zip(column!(overdue)) {
            *mask = u8::from(*inflow >= 0.5 * *overdue);
        }
        test(column!(stage), suable, |stage| stage >= 4);
        for (mask, stage) in before.iter_mut().zip(column!(stage)) {
            *mask = *stage as u8;
        }
        test(column!(worth), worth, |score| score >= 0.6);
        test(column!(calls_unanswered), answers, |times| times < 5);
        let (hostile, refused, unreachable) = (column!(hostile), column!(refused), column!(unreachable));
        let (deceased, bankrupt, dispute) = (column!(deceased), column!(bankrupt), column!(dispute));
        let (hardship, segment) = (column!(hardship), column!(segment));
        let rows = first..first + n;
        let (kinds, actions) = (&mut kinds[rows.clone()], &mut actions[rows.clone()]);
        let (reasons, stages) = (&mut reasons[rows.clone()], &mut stages[rows]);
        for i in 0..n {
            let angry = u8::from(hostile[i]);
            let mut kind = 5;
            kind = pick((1 ^ d0[i]) & low[i], 4, kind);
            kind = pick((1 ^ d90[i]) & calls3[i] & u8::from(refused[i] | unreachable[i]), 3, kind);
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
            rule!(u8::from(deceased[i] | bankrupt[i]), 1);
            reasons[i] = reason;
            actions[i] = action;
            stages[i] = if reason == 4 { 0 } else { before[i].max(floor) };
        }
        start = end;
    }
}
