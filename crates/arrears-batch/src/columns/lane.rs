//! Lanes: one value of every row of a chunk, in a form as narrow as its fact allows.

use arrears::condition::Truth;
use arrears::{Cell, Kind};

/// Rows of a chunk: so few that the lanes of a policy stay in cache.
pub(super) const ROWS: usize = 2048;

/// Truths, flags, words, and whatever else is small.
pub(super) type Bytes = [u8; ROWS];
/// Days and counts.
pub(super) type Narrow = [i32; ROWS];
/// Money and ratios.
pub(super) type Wide = [i64; ROWS];

/// Truths of a lane, in the order of Kleene's logic: *and* is the least, *or* the greatest.
pub(super) const FALSE: u8 = 0;
pub(super) const UNKNOWN: u8 = 1;
pub(super) const TRUE: u8 = 2;

/// What a lane holds for a cell that is not known, or *never*.
pub(super) const NO_BYTE: u8 = 255;
pub(super) const NEVER_BYTE: u8 = 254;
pub(super) const NO_NARROW: i32 = i32::MIN;
pub(super) const NEVER_NARROW: i32 = i32::MIN + 1;
pub(super) const NO_WIDE: i64 = i64::MIN;
pub(super) const NEVER_WIDE: i64 = i64::MIN + 1;

/// The most words of a fact whose lane is of bytes.
const MOST_WORDS: usize = 200;

/// What a lane of a fact may hold besides values, in one chunk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Holes {
    pub(super) unknown: bool,
    pub(super) never: bool,
}

impl Holes {
    pub(super) const NONE: Self = Self { unknown: false, never: false };
    pub(super) const ANY: Self = Self { unknown: true, never: true };

    pub(super) const fn some(self) -> bool {
        self.unknown || self.never
    }

    /// Those of what is asked of a lane, where *never* has an answer.
    pub(super) const fn of_truth(self) -> Self {
        Self { unknown: self.unknown, never: false }
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self { unknown: self.unknown || other.unknown, never: self.never || other.never }
    }
}

/// How wide the lane of a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Byte,
    Narrow,
    Wide,
}

impl Width {
    /// The width for a fact of a kind, with so many words.
    pub(super) const fn of(kind: Kind, words: usize) -> Self {
        match kind {
            Kind::Category if words > MOST_WORDS => Self::Narrow,
            Kind::Flag | Kind::Category => Self::Byte,
            Kind::Days | Kind::Count => Self::Narrow,
            Kind::Money | Kind::Ratio => Self::Wide,
        }
    }
}

/// A truth of a program: the same for every row, or a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum T {
    Const(Truth),
    Lane(usize),
}

/// A number or a word of a program: the same for every row, or a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum N {
    Const(Cell),
    Byte(usize),
    Narrow(usize),
    Wide(usize),
}

/// The byte of a truth.
pub(super) const fn byte_of(truth: Truth) -> u8 {
    match truth {
        Truth::False => FALSE,
        Truth::Unknown => UNKNOWN,
        Truth::True => TRUE,
    }
}

/// The lanes of one chunk. A lane is taken out while it is written, so that others can be
/// read meanwhile.
pub(super) struct Lanes {
    bytes: Vec<Option<Box<Bytes>>>,
    narrow: Vec<Option<Box<Narrow>>>,
    wide: Vec<Option<Box<Wide>>>,
    byte_holes: Vec<Holes>,
    narrow_holes: Vec<Holes>,
    wide_holes: Vec<Holes>,
}

static EMPTY_BYTES: Bytes = [0; ROWS];
static EMPTY_NARROW: Narrow = [0; ROWS];
static EMPTY_WIDE: Wide = [0; ROWS];

macro_rules! lanes_of {
    ($lanes:ident, $holes:ident, $kind:ty, $empty:ident, $read:ident, $take:ident, $put:ident, $holes_of:ident) => {
        #[inline(always)]
        pub(super) fn $read(&self, lane: usize) -> &$kind {
            self.$lanes.get(lane).and_then(Option::as_deref).unwrap_or(&$empty)
        }
        #[inline(always)]
        pub(super) fn $take(&mut self, lane: usize) -> Box<$kind> {
            self.$lanes.get_mut(lane).and_then(Option::take).unwrap_or_else(|| Box::new($empty))
        }
        #[inline(always)]
        pub(super) fn $put(&mut self, lane: usize, values: Box<$kind>, holes: Holes) {
            if let Some(slot) = self.$lanes.get_mut(lane) {
                *slot = Some(values);
            }
            if let Some(slot) = self.$holes.get_mut(lane) {
                *slot = holes;
            }
        }
        #[inline(always)]
        pub(super) fn $holes_of(&self, lane: usize) -> Holes {
            self.$holes.get(lane).copied().unwrap_or(Holes::ANY)
        }
    };
}

impl Lanes {
    /// Lanes of each width, all of them zero.
    pub(super) fn new(bytes: usize, narrow: usize, wide: usize) -> Self {
        Self {
            bytes: (0..bytes).map(|_| Some(Box::new(EMPTY_BYTES))).collect(),
            narrow: (0..narrow).map(|_| Some(Box::new(EMPTY_NARROW))).collect(),
            wide: (0..wide).map(|_| Some(Box::new(EMPTY_WIDE))).collect(),
            byte_holes: vec![Holes::ANY; bytes],
            narrow_holes: vec![Holes::ANY; narrow],
            wide_holes: vec![Holes::ANY; wide],
        }
    }

    lanes_of!(bytes, byte_holes, Bytes, EMPTY_BYTES, byte, take_byte, put_byte, byte_holes);
    lanes_of!(narrow, narrow_holes, Narrow, EMPTY_NARROW, narrow, take_narrow, put_narrow, narrow_holes);
    lanes_of!(wide, wide_holes, Wide, EMPTY_WIDE, wide, take_wide, put_wide, wide_holes);

    /// What the lane of a number may hold besides values.
    #[inline(always)]
    pub(super) fn holes(&self, number: N) -> Holes {
        match number {
            N::Const(cell) => Holes { unknown: cell.is_unknown(), never: cell.is_never() },
            N::Byte(lane) => self.byte_holes(lane),
            N::Narrow(lane) => self.narrow_holes(lane),
            N::Wide(lane) => self.wide_holes(lane),
        }
    }

    /// The cell of a row.
    #[inline(always)]
    pub(super) fn cell(&self, number: N, row: usize) -> Cell {
        match number {
            N::Const(cell) => cell,
            N::Byte(lane) => match self.byte(lane).get(row).copied() {
                None | Some(NO_BYTE) => Cell::UNKNOWN,
                Some(NEVER_BYTE) => Cell::NEVER,
                Some(value) => Cell::number(i64::from(value)),
            },
            N::Narrow(lane) => match self.narrow(lane).get(row).copied() {
                None | Some(NO_NARROW) => Cell::UNKNOWN,
                Some(NEVER_NARROW) => Cell::NEVER,
                Some(value) => Cell::number(i64::from(value)),
            },
            N::Wide(lane) => match self.wide(lane).get(row).copied() {
                None | Some(NO_WIDE) => Cell::UNKNOWN,
                Some(NEVER_WIDE) => Cell::NEVER,
                Some(value) => Cell::number(value),
            },
        }
    }

    /// Puts a cell in a row; whether it fits the lane.
    pub(super) fn set(&mut self, number: N, row: usize, cell: Cell) -> bool {
        let seen = Holes { unknown: cell.is_unknown(), never: cell.is_never() };
        let wide = wide_of(cell);
        match number {
            N::Const(known) => known == cell,
            N::Byte(lane) => {
                let value = if seen.unknown { NO_BYTE } else { NEVER_BYTE };
                let value =
                    if seen.some() { Some(value) } else { u8::try_from(wide).ok().filter(|it| *it < NEVER_BYTE) };
                put_in(&mut self.bytes, &mut self.byte_holes, lane, (row, value), seen)
            }
            N::Narrow(lane) => {
                let value = if seen.unknown { NO_NARROW } else { NEVER_NARROW };
                let fitting = i32::try_from(wide).ok().filter(|it| *it > NEVER_NARROW);
                let value = if seen.some() { Some(value) } else { fitting };
                put_in(&mut self.narrow, &mut self.narrow_holes, lane, (row, value), seen)
            }
            N::Wide(lane) => {
                let value = Some(wide).filter(|it| seen.some() || *it > NEVER_WIDE);
                put_in(&mut self.wide, &mut self.wide_holes, lane, (row, value), seen)
            }
        }
    }

    /// The truth of a row, as its byte.
    #[inline(always)]
    pub(super) fn truth(&self, truth: T, row: usize) -> u8 {
        match truth {
            T::Const(truth) => byte_of(truth),
            T::Lane(lane) => self.byte(lane).get(row).copied().unwrap_or(UNKNOWN),
        }
    }
}

fn put_in<V: Copy>(
    lanes: &mut [Option<Box<[V; ROWS]>>],
    holes: &mut [Holes],
    lane: usize,
    (row, value): (usize, Option<V>),
    seen: Holes,
) -> bool {
    let slot = lanes.get_mut(lane).and_then(Option::as_deref_mut).and_then(|values| values.get_mut(row));
    let (Some(slot), Some(value), Some(holes)) = (slot, value, holes.get_mut(lane)) else { return false };
    *slot = value;
    *holes = holes.or(seen);
    true
}

/// What stands in a wide lane for a cell.
#[inline(always)]
pub(super) fn wide_of(cell: Cell) -> i64 {
    match cell.get() {
        Some(value) => value,
        None if cell.is_never() => NEVER_WIDE,
        None => NO_WIDE,
    }
}
