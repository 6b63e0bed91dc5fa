//! Columns of a table into lanes: read as they are where every value surely means what it
//! says, cell by cell otherwise.

use super::flags::{empty, flags_into};
use super::kernel::{Value, mask};
use super::lane::{Bytes, Holes, Lanes, N, NEVER_NARROW, NEVER_WIDE, NO_BYTE, NO_WIDE, ROWS, wide_of};
use super::program::Fill;
use super::ranks::Ranks;
use super::ratios::millionths;
use super::whole::{Laid, Whole};
use super::words::{Words, codes_into, few_words, words};
use crate::bind::BoundFact;
use crate::cell::{Meaning, RawColumn};
use arrears::{Cell, Kind};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal64Type, Decimal128Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::DataType;
use std::borrow::Cow;

/// A byte that stands for a word or a flag that cannot be read.
pub(super) const BAD_BYTE: u8 = 253;
/// What stands for a cell that cannot be read.
const BAD_WIDE: i64 = i64::MIN + 2;
/// The smallest unit in which ratios are kept.
const RATIO_DECIMALS: i8 = 6;

/// A column of a batch, ready to be read into lanes.
pub(super) struct Prepared<'a> {
    values: Values<'a>,
    nulls: Option<&'a NullBuffer>,
    /// The number that stands for *never*, where there is one.
    never: Option<i64>,
    /// The least and the greatest number that may stand there.
    least: i64,
    most: i64,
}

enum Values<'a> {
    I64(&'a [i64]),
    I32(&'a [i32]),
    I16(&'a [i16]),
    I8(&'a [i8]),
    U8(&'a [u8]),
    U16(&'a [u16]),
    U32(&'a [u32]),
    /// Numbers that are so many times larger in the smallest unit.
    Scaled(&'a [i64], i64),
    ScaledWide(&'a [i128], i64),
    /// Ratios as floating-point numbers.
    Floats(&'a [f64]),
    Flags(&'a BooleanBuffer),
    /// Words behind a dictionary.
    Words(Words<'a>),
    /// Bytes as lanes have them.
    Codes(Vec<u8>),
    /// Cells as wide lanes have them.
    Cells(Cow<'a, [i64]>),
}

/// Makes a column ready. Every row that is not read as it stands is read with the column's
/// own meaning, as the row engine reads it.
pub(super) fn prepare<'a>(bound: &BoundFact<'_>, array: &'a ArrayRef) -> Prepared<'a> {
    let meaning = &bound.meaning;
    let input = meaning.input();
    let counts = matches!(input.kind, Kind::Days | Kind::Count);
    let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0);
    let never = (input.never && counts).then_some(crate::cell::NEVER);
    let least = if counts && input.from_zero { 0 } else { i64::MIN + 3 };
    let most = if meaning.is_clock() { crate::cell::MINUTES } else { i64::MAX };
    let plain = |values| Prepared { values, nulls, never, least, most };
    if let Some(minutes) = whole(array).filter(|_| meaning.is_clock() && counts) {
        return plain(minutes);
    }
    if meaning.is_plain() {
        let read = if counts { whole(array) } else { exact(array, input.kind, meaning.digits()) };
        if let Some(values) = read {
            return plain(values);
        }
        match (input.kind, array.data_type()) {
            (Kind::Flag, DataType::Boolean) => {
                if let Some(flags) = array.as_boolean_opt() {
                    return plain(Values::Flags(flags.values()));
                }
            }
            (Kind::Category | Kind::Flag, DataType::Dictionary(..)) if input.words.len() < 64 => {
                if let Some((words, nulls)) = few_words(meaning, array) {
                    return Prepared { values: Values::Words(words), nulls, never: None, least, most };
                }
                if let Some(codes) = words(meaning, array) {
                    return Prepared { values: Values::Codes(codes), nulls: None, never: None, least, most };
                }
            }
            _ => {}
        }
    }
    Prepared { values: Values::Cells(cells(meaning, array).into()), nulls: None, never: None, least, most }
}

/// Makes cells ready that stand as wide lanes have them.
pub(super) fn ready(cells: &[i64]) -> Prepared<'_> {
    Prepared { values: Values::Cells(cells.into()), nulls: None, never: None, least: i64::MIN, most: i64::MAX }
}

fn whole(array: &ArrayRef) -> Option<Values<'_>> {
    Some(match array.data_type() {
        DataType::Int64 => Values::I64(array.as_primitive_opt::<Int64Type>()?.values()),
        DataType::Int32 => Values::I32(array.as_primitive_opt::<Int32Type>()?.values()),
        DataType::Int16 => Values::I16(array.as_primitive_opt::<Int16Type>()?.values()),
        DataType::Int8 => Values::I8(array.as_primitive_opt::<Int8Type>()?.values()),
        DataType::UInt8 => Values::U8(array.as_primitive_opt::<UInt8Type>()?.values()),
        DataType::UInt16 => Values::U16(array.as_primitive_opt::<UInt16Type>()?.values()),
        DataType::UInt32 => Values::U32(array.as_primitive_opt::<UInt32Type>()?.values()),
        _ => return None,
    })
}

/// Money and ratios that need no rounding.
fn exact(array: &ArrayRef, kind: Kind, digits: u32) -> Option<Values<'_>> {
    let decimals = match kind {
        Kind::Money => i8::try_from(digits).ok()?,
        Kind::Ratio => RATIO_DECIMALS,
        _ => return None,
    };
    let times = |scale: i8| {
        let more = u32::try_from(decimals.checked_sub(scale)?).ok()?;
        10_i64.checked_pow(more)
    };
    Some(match array.data_type() {
        DataType::Int64 => Values::Scaled(array.as_primitive_opt::<Int64Type>()?.values(), times(0)?),
        DataType::Decimal64(_, scale) => {
            Values::Scaled(array.as_primitive_opt::<Decimal64Type>()?.values(), times(*scale)?)
        }
        DataType::Decimal128(_, scale) => {
            Values::ScaledWide(array.as_primitive_opt::<Decimal128Type>()?.values(), times(*scale)?)
        }
        DataType::Float64 if kind == Kind::Ratio => Values::Floats(array.as_primitive_opt::<Float64Type>()?.values()),
        _ => return None,
    })
}

/// Cells one by one, as the row engine reads them.
fn cells(meaning: &Meaning<'_>, array: &ArrayRef) -> Vec<i64> {
    match RawColumn::of(array) {
        None => vec![BAD_WIDE; array.len()],
        Some(column) => (0..array.len()).map(|row| meaning.cell(&column.cell(row)).map_or(BAD_WIDE, wide_of)).collect(),
    }
}

impl Prepared<'_> {
    /// Reads rows from `start` on into a lane; rows that cannot be read so are for the row
    /// engine.
    #[inline(always)]
    pub(super) fn fill(&self, lanes: &mut Lanes, fill: &Fill, start: usize, hard: &mut Bytes) {
        let nulls = self.nulls.map(|nulls| (nulls, start));
        macro_rules! whole {
            ($values:expr) => {
                match (fill.lane, fill.ranks) {
                    (N::Narrow(lane), _) => {
                        let mut out = lanes.take_narrow(lane);
                        let holes = self.whole(from($values, start), nulls, (&mut out, hard), |value| value);
                        lanes.put_narrow(lane, out, holes);
                    }
                    (N::Byte(lane), Some(Ranks::Near(near))) => {
                        let mut out = lanes.take_byte(lane);
                        let holes = self.whole(from($values, start), nulls, (&mut out, hard), |value| near.rank(value));
                        lanes.put_byte(lane, out, holes);
                    }
                    // No lane has another width than its fact's kind.
                    _ => hard.fill(255),
                }
            };
        }
        match (&self.values, fill.lane) {
            (Values::I64(values), _) => whole!(values),
            (Values::I32(values), _) => whole!(values),
            (Values::I16(values), _) => whole!(values),
            (Values::I8(values), _) => whole!(values),
            (Values::U8(values), _) => whole!(values),
            (Values::U16(values), _) => whole!(values),
            (Values::U32(values), _) => whole!(values),
            (Values::Scaled(values, 1), _) => {
                // As they stand; those that stand for something else are not amounts.
                let each = |value: i64| (value, value > i64::MIN + 2);
                exactly(lanes, fill, (from(values, start), nulls), hard, each);
            }
            (Values::Scaled(values, times), _) => {
                let most = i64::MAX / times;
                let each = |value: i64| (value.wrapping_mul(*times), (value <= most) & (value > -most));
                exactly(lanes, fill, (from(values, start), nulls), hard, each);
            }
            (Values::ScaledWide(values, times), _) => {
                let most = i128::from(i64::MAX / times);
                let each = |value: i128| (low(value).wrapping_mul(*times), (value <= most) & (value > -most));
                exactly(lanes, fill, (from(values, start), nulls), hard, each);
            }
            (Values::Floats(values), _) => exactly(lanes, fill, (from(values, start), nulls), hard, millionths),
            (Values::Flags(flags), N::Byte(lane)) => {
                let mut out = lanes.take_byte(lane);
                flags_into(flags, start, &mut out);
                let holes = blank(nulls, &mut out);
                lanes.put_byte(lane, out, holes);
            }
            (Values::Words(words), N::Byte(lane)) => {
                let mut out = lanes.take_byte(lane);
                let holes = words.fill(start, &mut out, hard, nulls);
                lanes.put_byte(lane, out, holes);
            }
            (Values::Codes(codes), N::Byte(lane)) => {
                let mut out = lanes.take_byte(lane);
                let holes = codes_into(from(codes, start), (&mut out, hard));
                lanes.put_byte(lane, out, holes);
            }
            (Values::Cells(cells), _) => cells_into(lanes, fill, from(cells, start), hard),
            // No lane has another width than its fact's kind.
            _ => hard.fill(255),
        }
    }

    /// Whole numbers into a lane; `lay` makes of a number what stands in the lane. All of it is
    /// done in the width of a narrow lane, and only what is found is made narrower.
    #[inline(always)]
    fn whole<V: Whole, L: Laid>(
        &self,
        values: &[V],
        nulls: Option<(&NullBuffer, usize)>,
        (out, hard): (&mut [L; ROWS], &mut Bytes),
        lay: impl Fn(i32) -> i32,
    ) -> Holes {
        let (least, most) = (self.least.max(i64::from(NEVER_NARROW) + 1), self.most.min(i64::from(i32::MAX)));
        // What fits sets no bit above those of its width, moved up where it may be negative.
        let (up, above) = if least == 0 { (0, !0x7FFF_FFFF) } else { (1 << 31, !0xFFFF_FFFF) };
        let (mut bits, mut lowest, mut nevers) = (0_i64, i32::MAX, 0_i32);
        match self.never.and_then(|never| i32::try_from(never).ok()) {
            None => {
                for (out, value) in out.iter_mut().zip(values) {
                    if !V::FITS {
                        bits |= value.whole().wrapping_add(up);
                    }
                    let value = value.narrowed();
                    lowest = lowest.min(value);
                    *out = L::of(lay(value));
                }
            }
            Some(never) => {
                for (out, value) in out.iter_mut().zip(values) {
                    if !V::FITS {
                        bits |= value.whole().wrapping_add(up);
                    }
                    let value = value.narrowed();
                    lowest = lowest.min(value);
                    nevers |= i32::from(value == never);
                    *out = L::of(if value == never { L::NOT_YET } else { lay(value) });
                }
            }
        }
        let above_most = |value: &V| u8::from(value.whole() > most);
        let high = most < i64::from(i32::MAX) && values.iter().fold(0, |high, value| high | above_most(value)) != 0;
        let bad = bits & above != 0 || i64::from(lowest) < least || high;
        let unknown = empty(nulls, out, L::NO);
        if bad {
            for (row, (value, hard)) in values.iter().zip(hard.iter_mut()).enumerate() {
                let value = value.whole();
                let known = nulls.is_none_or(|(nulls, start)| nulls.is_valid(start + row));
                *hard |= mask(known & ((value < least) | (value > most)));
            }
        }
        Holes { unknown: unknown | bad, never: nevers != 0 || bad }
    }
}

/// The rows of a chunk that begins there.
#[inline(always)]
fn from<V>(values: &[V], start: usize) -> &[V] {
    let rest = values.get(start..).unwrap_or_default();
    rest.get(..ROWS).unwrap_or(rest)
}

#[expect(clippy::cast_possible_truncation, reason = "a number that does not fit is found beside this")]
#[inline(always)]
const fn low(value: i128) -> i64 {
    value as i64
}

/// Money or ratios into a lane; `each` gives a number in the smallest unit, and whether it is
/// sure.
#[inline(always)]
fn exactly<V: Copy>(
    lanes: &mut Lanes,
    fill: &Fill,
    from: (&[V], Option<(&NullBuffer, usize)>),
    hard: &mut Bytes,
    each: impl Fn(V) -> (i64, bool) + Copy,
) {
    match (fill.lane, &fill.ranks) {
        (N::Wide(lane), _) => {
            let mut out = lanes.take_wide(lane);
            let holes = laid(from, (&mut out, hard), each, |number| number);
            lanes.put_wide(lane, out, holes);
        }
        (N::Byte(lane), Some(Ranks::Steps(steps))) => {
            let mut out = lanes.take_byte(lane);
            macro_rules! reached {
                ($($count:literal),*) => {
                    match steps {
                        $(steps if let Some(steps) = steps.exactly::<$count>() => {
                            let reached = |number: i64| {
                                steps.iter().fold(0_u8, |reached, step| reached.wrapping_add(u8::from(number >= *step)))
                            };
                            laid(from, (&mut out, hard), each, reached)
                        })*
                        steps => laid(from, (&mut out, hard), each, |number| steps.of(number)),
                    }
                };
            }
            let holes = reached!(0, 1, 2, 3, 4);
            lanes.put_byte(lane, out, holes);
        }
        // No lane has another width than its fact's kind.
        _ => hard.fill(255),
    }
}

/// Numbers into a lane; `lay` makes of a number what stands in the lane.
#[inline(always)]
fn laid<V: Copy, L: Value>(
    (values, nulls): (&[V], Option<(&NullBuffer, usize)>),
    (out, hard): (&mut [L; ROWS], &mut Bytes),
    each: impl Fn(V) -> (i64, bool),
    lay: impl Fn(i64) -> L,
) -> Holes {
    let mut sure = true;
    for (out, value) in out.iter_mut().zip(values) {
        let (number, is_sure) = each(*value);
        sure &= is_sure;
        *out = lay(number);
    }
    if !sure {
        for (row, (value, hard)) in values.iter().zip(hard.iter_mut()).enumerate() {
            let known = nulls.is_none_or(|(nulls, start)| nulls.is_valid(start + row));
            *hard |= mask(known & !each(*value).1);
        }
    }
    let unknown = empty(nulls, out, L::NO);
    Holes { unknown: unknown | !sure, never: !sure }
}

#[inline(always)]
fn blank(nulls: Option<(&NullBuffer, usize)>, out: &mut Bytes) -> Holes {
    Holes { unknown: empty(nulls, out, NO_BYTE), never: false }
}

/// Cells that were read one by one.
fn cells_into(lanes: &mut Lanes, fill: &Fill, cells: &[i64], hard: &mut Bytes) {
    let cell = |row: usize| match cells.get(row).copied() {
        None | Some(NO_WIDE | BAD_WIDE) => Cell::UNKNOWN,
        Some(NEVER_WIDE) => Cell::NEVER,
        Some(value) => Cell::number(match fill.ranks {
            Some(Ranks::Near(near)) => i32::try_from(value).map_or(0, |value| i64::from(near.of(value))),
            Some(Ranks::Steps(steps)) => i64::from(steps.of(value)),
            None => value,
        }),
    };
    let fits = |value: i64| match (fill.lane, fill.ranks) {
        (N::Byte(_), None) => (0..i64::from(BAD_BYTE)).contains(&value),
        (N::Narrow(_), _) | (N::Byte(_), Some(Ranks::Near(_))) => {
            i32::try_from(value).is_ok_and(|value| value > NEVER_NARROW)
        }
        (N::Byte(_), Some(Ranks::Steps(_))) | (N::Wide(_) | N::Const(_), _) => true,
    };
    for (value, hard) in cells.iter().zip(hard.iter_mut()) {
        let blank = matches!(*value, NO_WIDE | NEVER_WIDE);
        *hard |= mask(*value == BAD_WIDE || !(blank || fits(*value)));
    }
    super::derive::by_row(lanes, fill.lane, |_, row| cell(row));
}
