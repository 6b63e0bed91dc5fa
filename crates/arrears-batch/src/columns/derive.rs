//! Facts of a chunk as the row engine finishes them: what has grown too old, what is computed from
//! other facts.

use super::bits::each_set;
use super::kernel::{map1, map2, mask, pick, upd1, upd2};
use super::lane::{
    Bytes, Holes, Lanes, N, NEVER_BYTE, NEVER_NARROW, NO_BYTE, NO_NARROW, NO_WIDE, ROWS, TRUE, UNKNOWN, Width, wide_of,
};
use super::program::{Op, SignLane};
use arrears::Cell;
use arrears::condition::Truth;
use arrears::policy::{Axis, Policy};

/// Words of an axis: low, medium, high, not yet known.
const LOW: u8 = 0;
const MEDIUM: u8 = 1;
const HIGH: u8 = 2;
const NOT_YET_KNOWN: u8 = 3;

/// Computes one step towards finished facts.
#[inline(always)]
pub(super) fn step(policy: &Policy, lanes: &mut Lanes, hard: &mut Bytes, op: &Op) {
    match op {
        Op::Expire { of, age, days, out } => {
            if let N::Narrow(age) = *age
                && expired(lanes, *of, (age, *days), *out)
            {
                return;
            }
            let fresh = |age: Cell| age.get().is_some_and(|age| age <= *days);
            by_row(lanes, *out, |lanes, row| match fresh(lanes.cell(*age, row)) {
                true => lanes.cell(*of, row),
                false => Cell::UNKNOWN,
            });
        }
        Op::Given { given, computed, check, out } => {
            if given_or(lanes, (*given, *computed), *check, *out, hard) {
                return;
            }
            by_row(lanes, *out, |lanes, row| match lanes.cell(*given, row) {
                cell if cell.is_unknown() => lanes.cell(*computed, row),
                cell => cell,
            });
            if *check {
                for (row, hard) in hard.iter_mut().enumerate() {
                    let (given, computed) = (lanes.cell(*given, row), lanes.cell(*computed, row));
                    *hard |= mask(!given.is_unknown() && !computed.is_unknown() && given != computed);
                }
            }
        }
        Op::Bucket { dpd, out } => bucket(policy, lanes, *dpd, *out),
        Op::FlagOf { truth, out } => {
            let mut values = lanes.take_byte(*out);
            let holes = lanes.byte_holes(*truth);
            map1(&mut values, lanes.byte(*truth), |truth| pick(mask(truth == UNKNOWN), NO_BYTE, truth >> 1));
            lanes.put_byte(*out, values, holes);
        }
        Op::Axis { axis, signs, out } => assess(policy, lanes, (*axis, signs), *out),
        Op::Quadrant { willing: N::Byte(willing), able: N::Byte(able), out } => {
            let mut values = lanes.take_byte(*out);
            let holes = lanes.byte_holes(*willing).or(lanes.byte_holes(*able));
            map2(&mut values, lanes.byte(*willing), lanes.byte(*able), |willing, able| {
                // Rows: willing, unwilling, unclear; columns: able, unable, unclear.
                let column = pick(mask(able == HIGH), 0, pick(mask(able == LOW), 1, 2));
                let row = pick(mask(willing == HIGH), 0, pick(mask(willing == LOW), 3, 6));
                pick(mask((able >= NEVER_BYTE) | (willing >= NEVER_BYTE)), NO_BYTE, row + column)
            });
            lanes.put_byte(*out, values, Holes { unknown: holes.some(), never: false });
        }
        _ => {}
    }
}

/// Unknown where the age is not known or too high; whether the lanes are of one width.
#[inline(always)]
fn expired(lanes: &mut Lanes, of: N, (age, days): (usize, i64), out: N) -> bool {
    let days = i32::try_from(days).unwrap_or(if days < 0 { NEVER_NARROW } else { i32::MAX });
    let never = lanes.holes(of).never;
    macro_rules! put {
        ($take:ident, $read:ident, $put:ident, $of:expr, $out:expr, $no:expr) => {{
            let mut values = lanes.$take($out);
            map2(&mut values, lanes.$read($of), lanes.narrow(age), |of, age| {
                if (age > NEVER_NARROW) & (age <= days) { of } else { $no }
            });
            let unknown = values.iter().fold(0, |any, value| any | u8::from(*value == $no)) != 0;
            lanes.$put($out, values, Holes { unknown, never });
            true
        }};
    }
    match (of, out) {
        (N::Byte(of), N::Byte(out)) => put!(take_byte, byte, put_byte, of, out, NO_BYTE),
        (N::Narrow(of), N::Narrow(out)) => put!(take_narrow, narrow, put_narrow, of, out, NO_NARROW),
        (N::Wide(of), N::Wide(out)) => put!(take_wide, wide, put_wide, of, out, NO_WIDE),
        _ => false,
    }
}

/// The given value, or the computed one where none is given; whether the lanes are of one
/// width. With `check`, rows in which both are known and differ are for the row engine.
#[inline(always)]
fn given_or(lanes: &mut Lanes, (given, computed): (N, N), check: bool, out: N, hard: &mut Bytes) -> bool {
    let never = lanes.holes(given).never | lanes.holes(computed).never;
    macro_rules! put {
        ($take:ident, $read:ident, $put:ident, $given:expr, $computed:expr, $out:expr, $no:expr) => {{
            let mut values = lanes.$take($out);
            let (given, computed) = (lanes.$read($given), lanes.$read($computed));
            map2(&mut values, given, computed, |given, computed| if given == $no { computed } else { given });
            if check {
                upd2(hard, given, computed, |hard, given, computed| {
                    hard | mask((given != $no) & (computed != $no) & (given != computed))
                });
            }
            let unknown = values.iter().fold(0, |any, value| any | u8::from(*value == $no)) != 0;
            lanes.$put($out, values, Holes { unknown, never });
            true
        }};
    }
    match (given, computed, out) {
        (N::Byte(given), N::Byte(computed), N::Byte(out)) => {
            put!(take_byte, byte, put_byte, given, computed, out, NO_BYTE)
        }
        (N::Narrow(given), N::Narrow(computed), N::Narrow(out)) => {
            put!(take_narrow, narrow, put_narrow, given, computed, out, NO_NARROW)
        }
        (N::Wide(given), N::Wide(computed), N::Wide(out)) => {
            put!(take_wide, wide, put_wide, given, computed, out, NO_WIDE)
        }
        _ => false,
    }
}

pub(super) const fn width(number: N) -> Width {
    match number {
        N::Byte(_) => Width::Byte,
        N::Narrow(_) => Width::Narrow,
        N::Wide(_) | N::Const(_) => Width::Wide,
    }
}

/// A lane that holds one cell in every row.
pub(super) fn splat(lanes: &mut Lanes, lane: N, cell: Cell) {
    by_row(lanes, lane, |_, _| cell);
}

pub(super) fn copy(lanes: &mut Lanes, of: N, out: N) {
    let holes = lanes.holes(of);
    match (of, out) {
        (N::Byte(of), N::Byte(out)) => {
            let mut values = lanes.take_byte(out);
            *values = *lanes.byte(of);
            lanes.put_byte(out, values, holes);
        }
        (N::Narrow(of), N::Narrow(out)) => {
            let mut values = lanes.take_narrow(out);
            *values = *lanes.narrow(of);
            lanes.put_narrow(out, values, holes);
        }
        (N::Wide(of), N::Wide(out)) => {
            let mut values = lanes.take_wide(out);
            *values = *lanes.wide(of);
            lanes.put_wide(out, values, holes);
        }
        _ => {}
    }
}

/// A lane of other lanes, of the same fact and so of the same width.
pub(super) fn copy_from(from: &Lanes, of: N, lanes: &mut Lanes, out: N) {
    let holes = from.holes(of);
    match (of, out) {
        (N::Byte(of), N::Byte(out)) => {
            let mut values = lanes.take_byte(out);
            *values = *from.byte(of);
            lanes.put_byte(out, values, holes);
        }
        (N::Narrow(of), N::Narrow(out)) => {
            let mut values = lanes.take_narrow(out);
            *values = *from.narrow(of);
            lanes.put_narrow(out, values, holes);
        }
        (N::Wide(of), N::Wide(out)) => {
            let mut values = lanes.take_wide(out);
            *values = *from.wide(of);
            lanes.put_wide(out, values, holes);
        }
        (of, out) => by_row(lanes, out, |_, row| from.cell(of, row)),
    }
}

/// Cells row by row into a lane of whatever width. What does not fit its lane is unknown.
pub(super) fn by_row(lanes: &mut Lanes, out: N, cell: impl Fn(&Lanes, usize) -> Cell) {
    let mut holes = Holes::NONE;
    let mut see = |cell: Cell| holes = holes.or(Holes { unknown: cell.is_unknown(), never: cell.is_never() });
    match out {
        N::Byte(out) => {
            let mut values = lanes.take_byte(out);
            for (row, value) in values.iter_mut().enumerate() {
                let cell = cell(lanes, row);
                see(cell);
                *value = byte_for(cell);
            }
            lanes.put_byte(out, values, holes);
        }
        N::Narrow(out) => {
            let mut values = lanes.take_narrow(out);
            for (row, value) in values.iter_mut().enumerate() {
                let cell = cell(lanes, row);
                see(cell);
                *value = narrow_for(cell);
            }
            lanes.put_narrow(out, values, holes);
        }
        N::Wide(out) => {
            let mut values = lanes.take_wide(out);
            for (row, value) in values.iter_mut().enumerate() {
                let cell = cell(lanes, row);
                see(cell);
                *value = wide_of(cell);
            }
            lanes.put_wide(out, values, holes);
        }
        N::Const(_) => {}
    }
}

/// What a lane of bytes holds for a cell.
pub(super) fn byte_for(cell: Cell) -> u8 {
    match cell.get() {
        Some(value) => u8::try_from(value).unwrap_or(NO_BYTE),
        None if cell.is_never() => NEVER_BYTE,
        None => NO_BYTE,
    }
}

/// What a narrow lane holds for a cell.
pub(super) fn narrow_for(cell: Cell) -> i32 {
    match cell.get() {
        Some(value) => i32::try_from(value).unwrap_or(NO_NARROW),
        None if cell.is_never() => NEVER_NARROW,
        None => NO_NARROW,
    }
}

#[inline(always)]
fn bucket(policy: &Policy, lanes: &mut Lanes, dpd: N, out: usize) {
    let edges = &policy.head().buckets;
    let holes = lanes.holes(dpd);
    if let N::Narrow(lane) = dpd {
        let mut values = lanes.take_narrow(out);
        values.fill(0);
        for edge in edges {
            let edge = i32::try_from(*edge).unwrap_or(i32::MAX);
            upd1(&mut values, lanes.narrow(lane), |bucket, dpd| bucket + i32::from(dpd >= edge));
        }
        if holes.some() {
            upd1(&mut values, lanes.narrow(lane), |bucket, dpd| if dpd <= NEVER_NARROW { NO_NARROW } else { bucket });
        }
        lanes.put_narrow(out, values, Holes { unknown: holes.some(), never: false });
        return;
    }
    by_row(lanes, N::Narrow(out), |lanes, row| {
        lanes.cell(dpd, row).get().map_or(Cell::UNKNOWN, |dpd| {
            let passed = edges.partition_point(|first| *first <= dpd);
            i64::try_from(passed).map_or(Cell::UNKNOWN, Cell::number)
        })
    });
}

/// An axis of the assessment. Where a sign is not known, the row is assessed by the policy's
/// own rule for that.
#[inline(always)]
fn assess(policy: &Policy, lanes: &mut Lanes, (axis, signs): (Axis, &[SignLane]), out: usize) {
    let mut values = lanes.take_byte(out);
    let mut unsure: Bytes = [0; ROWS];
    for sign in signs {
        if lanes.byte_holes(sign.counts).some() {
            upd1(&mut unsure, lanes.byte(sign.counts), |unsure, counts| unsure | (counts & UNKNOWN));
        }
    }
    // Points of which all together are few enough are added in bytes.
    let all: u64 = signs.iter().map(|sign| u64::from(sign.points.unsigned_abs())).sum();
    if all <= 127 && signs.len() <= 127 {
        level::<i8>(lanes, signs, &mut values);
    } else {
        level::<i32>(lanes, signs, &mut values);
    }
    let mut holes = Holes::NONE;
    each_set(&unsure, ROWS, |row| {
        let of = |lane: usize| lanes.byte(lane).get(row).copied().unwrap_or(UNKNOWN);
        let cell = policy.axis(axis, |index, _| {
            match signs.iter().find(|sign| sign.index == index).map(|sign| of(sign.counts)) {
                Some(TRUE) => Truth::True,
                Some(UNKNOWN) => Truth::Unknown,
                _ => Truth::False,
            }
        });
        holes.unknown |= cell.is_unknown();
        if let Some(value) = values.get_mut(row) {
            *value = byte_for(cell);
        }
    });
    lanes.put_byte(out, values, holes);
}

/// A width in which points are added.
trait Points: Copy + Ord {
    const NONE: Self;
    fn of(points: i32) -> Self;
    /// With the points added where something counts, which is so often 2.
    fn with(self, points: Self, counts: u8) -> Self;
}

macro_rules! points {
    ($($width:ty),*) => {$(
        impl Points for $width {
            const NONE: Self = 0;
            #[inline(always)]
            fn of(points: i32) -> Self {
                Self::try_from(points).unwrap_or(0)
            }
            #[inline(always)]
            fn with(self, points: Self, counts: u8) -> Self {
                self.wrapping_add(if counts == TRUE { points } else { 0 })
            }
        }
    )*};
}
points!(i8, i32);

/// The level of an axis in each row, as if what is unknown did not count.
#[inline(always)]
fn level<P: Points>(lanes: &Lanes, signs: &[SignLane], out: &mut Bytes) {
    let (mut many, mut points) = ([P::NONE; ROWS], [P::NONE; ROWS]);
    let (one, two, low) = (P::of(1), P::of(2), P::of(-2));
    for sign in signs {
        let counts = lanes.byte(sign.counts);
        let worth = P::of(sign.points);
        upd1(&mut many, counts, |many: P, counts| many.with(one, counts));
        upd1(&mut points, counts, |points: P, counts| points.with(worth, counts));
    }
    map2(out, &many, &points, |many, points| {
        let level = pick(mask(points >= two), HIGH, pick(mask(points <= low), LOW, MEDIUM));
        pick(mask(many < two), NOT_YET_KNOWN, level)
    });
}
