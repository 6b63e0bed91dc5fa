//! Arithmetic on lanes: exact, then rounded half-even to its kind; what overflows or divides
//! by zero is unknown. What surely fits 64 bits is computed there.

use super::kernel::{map1, map2};
use super::lane::{Holes, Lanes, N, NEVER_WIDE, NO_WIDE, ROWS, Wide, wide_of};
use super::program::Op;
use arrears::Cell;
use arrears::condition::{NumOp, operate};

/// Numbers whose sums and differences surely fit.
const SUMS_FIT: i64 = 1 << 61;
/// One millionth is the unit of ratios.
const MILLION: i64 = 1_000_000;
/// Numbers whose products with each other surely fit.
const PRODUCTS_FIT: i64 = 1 << 31;
/// Numbers that floating point tells from their neighbours, and whose quotients it guesses to one.
const GUESSED: i64 = 1 << 52;
/// Numbers that surely fit when they are counted in millionths.
const MILLIONTHS_FIT: i64 = 1 << 42;

/// Computes one operation on numbers.
#[inline(always)]
pub(super) fn step(lanes: &mut Lanes, op: &Op) {
    match op {
        Op::Number { op, left, right, out } => number(lanes, *op, (*left, *right), *out),
        Op::Negate { of, out } => {
            by_row(lanes, *out, |lanes, row| {
                let cell = lanes.cell(*of, row);
                cell.get().map_or(cell, |value| Cell::wide(-i128::from(value)))
            });
        }
        Op::Abs { of, out } => by_row(lanes, *out, |lanes, row| {
            let cell = lanes.cell(*of, row);
            cell.get().map_or(cell, |value| Cell::wide(i128::from(value).abs()))
        }),
        Op::NumberOr { first, second, out } => by_row(lanes, *out, |lanes, row| match lanes.cell(*first, row) {
            cell if cell.is_unknown() => lanes.cell(*second, row),
            cell => cell,
        }),
        Op::Widen { of, out } => {
            let holes = lanes.holes(*of);
            match *of {
                N::Narrow(lane) if !holes.some() => {
                    let mut values = lanes.take_wide(*out);
                    map1(&mut values, lanes.narrow(lane), i64::from);
                    lanes.put_wide(*out, values, holes);
                }
                of => by_row(lanes, *out, |lanes, row| lanes.cell(of, row)),
            }
        }
        _ => {}
    }
}

fn by_row(lanes: &mut Lanes, out: usize, cell: impl Fn(&Lanes, usize) -> Cell) {
    let mut values = lanes.take_wide(out);
    let mut holes = Holes::NONE;
    for (row, value) in values.iter_mut().enumerate() {
        let cell = cell(lanes, row);
        holes = holes.or(Holes { unknown: cell.is_unknown(), never: cell.is_never() });
        *value = wide_of(cell);
    }
    lanes.put_wide(out, values, holes);
}

/// The greatest size of the numbers of a side; none where it does not fit, or the lane is
/// another.
#[inline(always)]
fn size(lanes: &Lanes, side: N) -> Option<i64> {
    match side {
        N::Const(cell) => cell.get().and_then(i64::checked_abs),
        N::Wide(lane) => {
            let (least, most) = lanes.wide(lane).iter().fold((0, 0), |(least, most): (i64, i64), value| {
                let number = if *value > NEVER_WIDE { *value } else { 0 };
                (least.min(number), most.max(number))
            });
            Some(most.max(least.checked_neg()?))
        }
        _ => None,
    }
}

/// Each pair of numbers; where one side has none, neither has what is computed.
#[inline(always)]
fn each(lanes: &Lanes, (left, right): (N, N), out: &mut Wide, f: impl Fn(i64, i64) -> i64) {
    let some = lanes.holes(left).or(lanes.holes(right)).some();
    let or_hole = |a: i64, b: i64| {
        let known = (a > NEVER_WIDE) & (b > NEVER_WIDE);
        let hole = if (a == NO_WIDE) | (b == NO_WIDE) { NO_WIDE } else { NEVER_WIDE };
        // What is computed of a hole is not looked at, and 1 divides everything.
        let value = f(if known { a } else { 1 }, if known { b } else { 1 });
        if known { value } else { hole }
    };
    match (left, right) {
        (N::Wide(a), N::Wide(b)) if some => map2(out, lanes.wide(a), lanes.wide(b), or_hole),
        (N::Wide(a), N::Wide(b)) => map2(out, lanes.wide(a), lanes.wide(b), f),
        (N::Wide(a), N::Const(b)) => {
            let b = wide_of(b);
            if some { map1(out, lanes.wide(a), |a| or_hole(a, b)) } else { map1(out, lanes.wide(a), |a| f(a, b)) }
        }
        (N::Const(a), N::Wide(b)) => {
            let a = wide_of(a);
            if some { map1(out, lanes.wide(b), |b| or_hole(a, b)) } else { map1(out, lanes.wide(b), |b| f(a, b)) }
        }
        _ => {}
    }
}

#[inline(always)]
fn number(lanes: &mut Lanes, op: NumOp, both: (N, N), out: usize) {
    let first = size(lanes, both.0);
    let sizes = first.zip(if both.1 == both.0 { first } else { size(lanes, both.1) });
    let fits = |limit: i64| sizes.is_some_and(|(a, b)| a < limit && b < limit);
    let divides = |limit: i64| sizes.is_some_and(|(a, b)| a < limit && b < GUESSED);
    let mut values = lanes.take_wide(out);
    let mut holes = lanes.holes(both.0).or(lanes.holes(both.1));
    match op {
        NumOp::Add if fits(SUMS_FIT) => each(lanes, both, &mut values, i64::wrapping_add),
        NumOp::Sub if fits(SUMS_FIT) => each(lanes, both, &mut values, i64::wrapping_sub),
        NumOp::Min if fits(i64::MAX) => each(lanes, both, &mut values, i64::min),
        NumOp::Max if fits(i64::MAX) => each(lanes, both, &mut values, i64::max),
        NumOp::Times if fits(PRODUCTS_FIT) => each(lanes, both, &mut values, i64::wrapping_mul),
        NumOp::TimesRatio if fits(PRODUCTS_FIT) => {
            each(lanes, both, &mut values, |a, b| divide(a.wrapping_mul(b), MILLION));
        }
        NumOp::RatioOf if divides(GUESSED / MILLION) => {
            each(lanes, both, &mut values, |a, b| divide_small(a.wrapping_mul(MILLION), b));
            holes.unknown = values.contains(&NO_WIDE);
        }
        NumOp::RatioOf if fits(MILLIONTHS_FIT) => {
            each(lanes, both, &mut values, |a, b| divide(a.wrapping_mul(MILLION), b));
            holes.unknown = values.contains(&NO_WIDE);
        }
        NumOp::Over if divides(GUESSED) => {
            each(lanes, both, &mut values, divide_small);
            holes.unknown = values.contains(&NO_WIDE);
        }
        NumOp::Over if fits(i64::MAX >> 1) => {
            each(lanes, both, &mut values, divide);
            holes.unknown = values.contains(&NO_WIDE);
        }
        _ => {
            holes = Holes::NONE;
            for (row, value) in values.iter_mut().enumerate().take(ROWS) {
                let cell = operate(op, lanes.cell(both.0, row), lanes.cell(both.1, row));
                *value = wide_of(cell);
                holes.unknown |= *value == NO_WIDE;
                holes.never |= *value == NEVER_WIDE;
            }
        }
    }
    lanes.put_wide(out, values, holes);
}

/// Division rounded half-even; by zero it is unknown. Neither side is beyond half of what
/// 64 bits hold.
#[inline(always)]
fn divide(numerator: i64, denominator: i64) -> i64 {
    let (Some(quotient), Some(remainder)) =
        (numerator.checked_div_euclid(denominator), numerator.checked_rem_euclid(denominator))
    else {
        return NO_WIDE;
    };
    half_even(quotient, remainder, denominator)
}

/// The same of numbers below [`GUESSED`]: the quotient is guessed in floating point, which is
/// quicker, and is at most one off; the remainder in whole numbers tells by how much.
#[inline(always)]
fn divide_small(numerator: i64, denominator: i64) -> i64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "both have a number of their own in floating point, and what is lost of their quotient is found beside this"
    )]
    let guess = (numerator as f64 / denominator as f64) as i64;
    let (size, sign) = (denominator.wrapping_abs(), denominator.signum());
    let remainder = numerator.wrapping_sub(guess.wrapping_mul(denominator));
    let below = remainder < 0;
    let guess = guess.wrapping_sub(if below { sign } else { 0 });
    let remainder = remainder.wrapping_add(if below { size } else { 0 });
    let above = remainder >= size;
    let guess = guess.wrapping_add(if above { sign } else { 0 });
    let remainder = remainder.wrapping_sub(if above { size } else { 0 });
    if denominator == 0 { NO_WIDE } else { half_even(guess, remainder, denominator) }
}

/// A quotient whose remainder is not below zero, rounded half-even.
#[inline(always)]
const fn half_even(quotient: i64, remainder: i64, denominator: i64) -> i64 {
    let size = denominator.wrapping_abs();
    let twice = remainder.wrapping_mul(2);
    let up = twice > size || (twice == size && quotient & 1 == 1);
    if up { quotient.wrapping_add(denominator.signum()) } else { quotient }
}

#[cfg(test)]
mod tests {
    use super::{GUESSED, divide, divide_small, wide_of};
    use arrears::Cell;
    use arrears::condition::{NumOp, operate};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn division_in_64_bits_rounds_as_it_does_in_128(a in -(1_i64 << 61)..(1 << 61), b in prop_oneof![-9_i64..9, any::<i32>().prop_map(i64::from)]) {
            let exact = operate(NumOp::Over, Cell::number(a), Cell::number(b));
            prop_assert_eq!(divide(a, b), wide_of(exact));
        }

        #[test]
        fn a_quotient_that_is_guessed_is_put_right(
            (a, b) in (1 - GUESSED..GUESSED, prop_oneof![-9_i64..9, any::<i32>().prop_map(i64::from), 1 - GUESSED..GUESSED]),
            whole in any::<bool>(),
        ) {
            // Quotients that are whole, or a half off, are those at which a guess may slip.
            let a = if whole && b != 0 { a / b * b + (b & 1) * (b / 2) } else { a };
            let exact = operate(NumOp::Over, Cell::number(a), Cell::number(b));
            prop_assert_eq!(divide_small(a, b), wide_of(exact));
        }
    }
}
