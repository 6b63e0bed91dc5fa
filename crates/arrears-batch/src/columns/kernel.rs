//! Loops over the rows of a chunk, written so that the compiler turns them into vectors of
//! whatever width the caller was compiled for.

use super::lane::{Bytes, FALSE, NEVER_BYTE, NEVER_NARROW, NEVER_WIDE, NO_BYTE, NO_NARROW, NO_WIDE, UNKNOWN};
use super::lane::{Holes, ROWS};
use arrears::condition::{Cmp, WordSet};

/// A value of a lane, with what stands in its place where there is none.
pub(super) trait Value: Copy + Ord {
    const NO: Self;
    const NEVER: Self;
}

impl Value for u8 {
    const NO: Self = NO_BYTE;
    const NEVER: Self = NEVER_BYTE;
}
impl Value for i32 {
    const NO: Self = NO_NARROW;
    const NEVER: Self = NEVER_NARROW;
}
impl Value for i64 {
    const NO: Self = NO_WIDE;
    const NEVER: Self = NEVER_WIDE;
}

/// True or false, as the byte of a lane.
#[inline(always)]
pub(super) const fn truth(holds: bool) -> u8 {
    (holds as u8) << 1
}

/// 255 where it holds, 0 elsewhere: a mask.
#[inline(always)]
pub(super) const fn mask(holds: bool) -> u8 {
    0_u8.wrapping_sub(holds as u8)
}

/// `yes` where the mask is set, else `no`.
#[inline(always)]
pub(super) const fn pick(mask: u8, yes: u8, no: u8) -> u8 {
    (yes & mask) | (no & !mask)
}

#[inline(always)]
pub(super) fn map1<A: Copy, O>(out: &mut [O; ROWS], a: &[A; ROWS], f: impl Fn(A) -> O) {
    for (out, a) in out.iter_mut().zip(a) {
        *out = f(*a);
    }
}

#[inline(always)]
pub(super) fn map2<A: Copy, B: Copy, O>(out: &mut [O; ROWS], a: &[A; ROWS], b: &[B; ROWS], f: impl Fn(A, B) -> O) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = f(*a, *b);
    }
}

#[inline(always)]
pub(super) fn map3<A: Copy, B: Copy, C: Copy, O>(
    out: &mut [O; ROWS],
    (a, b, c): (&[A; ROWS], &[B; ROWS], &[C; ROWS]),
    f: impl Fn(A, B, C) -> O,
) {
    for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
        *out = f(*a, *b, *c);
    }
}

#[inline(always)]
pub(super) fn upd1<A: Copy, O: Copy>(out: &mut [O; ROWS], a: &[A; ROWS], f: impl Fn(O, A) -> O) {
    for (out, a) in out.iter_mut().zip(a) {
        *out = f(*out, *a);
    }
}

#[inline(always)]
pub(super) fn upd2<A: Copy, B: Copy, O: Copy>(
    out: &mut [O; ROWS],
    a: &[A; ROWS],
    b: &[B; ROWS],
    f: impl Fn(O, A, B) -> O,
) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = f(*out, *a, *b);
    }
}

#[inline(always)]
pub(super) fn upd3<A: Copy, B: Copy, C: Copy, O: Copy>(
    out: &mut [O; ROWS],
    (a, b, c): (&[A; ROWS], &[B; ROWS], &[C; ROWS]),
    f: impl Fn(O, A, B, C) -> O,
) {
    for (((out, a), b), c) in out.iter_mut().zip(a).zip(b).zip(c) {
        *out = f(*out, *a, *b, *c);
    }
}

/// Writes a byte of each pair, and says whether any of them is set.
#[inline(always)]
pub(super) fn mark<A: Copy, B: Copy>(out: &mut Bytes, a: &[A; ROWS], b: &[B; ROWS], f: impl Fn(A, B) -> u8) -> bool {
    let mut any = 0;
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out = f(*a, *b);
        any |= *out;
    }
    any != 0
}

/// Moves what is set in `from` and holds to `to`; whether there is any.
#[inline(always)]
pub(super) fn move_over<A: Copy>(from: &mut Bytes, to: &mut Bytes, a: &[A; ROWS], holds: impl Fn(A) -> bool) -> bool {
    let mut any = 0;
    for ((from, to), a) in from.iter_mut().zip(to.iter_mut()).zip(a) {
        let moved = *from & mask(holds(*a));
        *to = moved;
        *from &= !moved;
        any |= moved;
    }
    any != 0
}

/// Whether any byte is set.
#[inline(always)]
pub(super) fn any(bytes: &Bytes) -> bool {
    bytes.iter().fold(0, |all, byte| all | *byte) != 0
}

/// Whether any truth of a lane is unknown.
#[inline(always)]
pub(super) fn any_unknown(bytes: &Bytes) -> bool {
    bytes.iter().fold(0, |all, byte| all | (*byte & UNKNOWN)) != 0
}

#[inline(always)]
fn against<A: Value>(out: &mut Bytes, a: &[A; ROWS], holes: Holes, holds: impl Fn(A) -> bool) {
    if holes.some() {
        map1(out, a, |a| {
            let known = truth(holds(a));
            let known = pick(mask(a == A::NEVER), FALSE, known);
            pick(mask(a == A::NO), UNKNOWN, known)
        });
    } else {
        map1(out, a, |a| truth(holds(a)));
    }
}

/// A lane against one number.
#[inline(always)]
pub(super) fn compare_with<A: Value>(out: &mut Bytes, cmp: Cmp, a: &[A; ROWS], k: A, holes: Holes) {
    match cmp {
        Cmp::Lt => against(out, a, holes, |a| a < k),
        Cmp::Le => against(out, a, holes, |a| a <= k),
        Cmp::Eq => against(out, a, holes, |a| a == k),
        Cmp::Ne => against(out, a, holes, |a| a != k),
        Cmp::Ge => against(out, a, holes, |a| a >= k),
        Cmp::Gt => against(out, a, holes, |a| a > k),
    }
}

#[inline(always)]
fn beside<A: Value>(out: &mut Bytes, (a, b): (&[A; ROWS], &[A; ROWS]), holes: Holes, holds: impl Fn(A, A) -> bool) {
    if holes.some() {
        map2(out, a, b, |a, b| {
            let known = truth(holds(a, b));
            let known = pick(mask(a == A::NO || b == A::NO), UNKNOWN, known);
            pick(mask(a == A::NEVER || b == A::NEVER), FALSE, known)
        });
    } else {
        map2(out, a, b, |a, b| truth(holds(a, b)));
    }
}

/// One lane against another.
#[inline(always)]
pub(super) fn compare<A: Value>(out: &mut Bytes, cmp: Cmp, both: (&[A; ROWS], &[A; ROWS]), holes: Holes) {
    match cmp {
        Cmp::Lt => beside(out, both, holes, |a, b| a < b),
        Cmp::Le => beside(out, both, holes, |a, b| a <= b),
        Cmp::Eq => beside(out, both, holes, |a, b| a == b),
        Cmp::Ne => beside(out, both, holes, |a, b| a != b),
        Cmp::Ge => beside(out, both, holes, |a, b| a >= b),
        Cmp::Gt => beside(out, both, holes, |a, b| a > b),
    }
}

/// A flag: 0 and 1 are false and true.
#[inline(always)]
pub(super) fn flag(out: &mut Bytes, a: &Bytes, holes: Holes) {
    if holes.some() {
        map1(out, a, |a| pick(mask(a >= NEVER_BYTE), UNKNOWN, truth(a != 0)));
    } else {
        map1(out, a, |a| truth(a != 0));
    }
}

/// A word against a set of words.
#[inline(always)]
pub(super) fn within(out: &mut Bytes, a: &Bytes, set: WordSet, holes: Holes) {
    let mut positions = set.positions();
    let first = positions.next().and_then(|position| u8::try_from(position).ok());
    let second = positions.next().and_then(|position| u8::try_from(position).ok());
    match (first, second, positions.next()) {
        (None, ..) => against(out, a, holes, |_| false),
        (Some(only), None, _) => against(out, a, holes, |a| a == only),
        (Some(one), Some(other), None) => against(out, a, holes, |a| (a == one) | (a == other)),
        (Some(low), ..) => {
            let high = set.positions().last().and_then(|last| u8::try_from(last).ok()).unwrap_or(low);
            if u32::from(high - low) + 1 == set.len() {
                against(out, a, holes, |a| (a >= low) & (a <= high));
            } else {
                let bits = bits(set);
                against(out, a, holes, |a| (bits >> u32::from(a & 63)) & 1 == 1);
            }
        }
    }
}

/// A set of words as bits.
pub(super) fn bits(set: WordSet) -> u64 {
    set.positions()
        .fold(0, |bits, position| bits | 1_u64.checked_shl(u32::try_from(position).unwrap_or(64)).unwrap_or(0))
}

/// Whether a value is known; *never* is known.
#[inline(always)]
pub(super) fn known<A: Value>(out: &mut Bytes, a: &[A; ROWS]) {
    map1(out, a, |a| truth(a != A::NO));
}

/// Whether it has never happened.
#[inline(always)]
pub(super) fn not_yet<A: Value>(out: &mut Bytes, a: &[A; ROWS]) {
    map1(out, a, |a| pick(mask(a == A::NO), UNKNOWN, truth(a == A::NEVER)));
}

/// Whether the first has not happened since the second, from days since each.
#[inline(always)]
pub(super) fn not_since<A: Value>(out: &mut Bytes, first: &[A; ROWS], second: &[A; ROWS]) {
    map2(out, first, second, |first, second| {
        let known = pick(mask(second == A::NO), UNKNOWN, pick(mask(second == A::NEVER), FALSE, truth(first > second)));
        pick(mask(first == A::NEVER), truth(true), pick(mask(first == A::NO), UNKNOWN, known))
    });
}

/// A number where the mask is set.
#[inline(always)]
pub(super) fn spread(out: &mut [u16; ROWS], mask: &Bytes, number: u16) {
    upd1(out, mask, |out, mask| {
        let wide = 0_u16.wrapping_sub(u16::from(mask & 1));
        (number & wide) | (out & !wide)
    });
}
