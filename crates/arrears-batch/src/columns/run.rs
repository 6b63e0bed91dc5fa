//! One chunk of rows decided: the program's operations in their order.

use super::bits::{Bits, holds_anywhere};
use super::fill::Prepared;
use super::kernel::{self, any_unknown, map1, map2, mask, pick, upd1, upd2};
use super::ladder::Placed;
use super::lane::{Bytes, FALSE, Holes, Lanes, N, ROWS, T, TRUE, UNKNOWN, byte_of};
use super::newcomers::Newcomers;
use super::program::{Op, Part, Program, ResultFact};
use super::times::Times;
use super::turns::{NO_TREATMENT, Turned};
use super::work::{Stopped, Worked};
use super::{arithmetic, derive};
use arrears::Cell;
use arrears::condition::{Truth, compare, not_since};
use arrears::policy::Policy;

/// Everything that the rows of one chunk are decided in. It is made once and used for every
/// chunk: no chunk allocates.
pub(super) struct Chunk {
    pub(super) lanes: Lanes,
    /// Rows that are for the row engine.
    pub(super) hard: Box<Bytes>,
    pub(super) placed: Placed,
    pub(super) turned: Turned,
    pub(super) worked: Worked,
    pub(super) stops: Stopped,
    /// Which holds bind.
    pub(super) held: Bits,
    scratch: Box<Bytes>,
    newcomers: Newcomers,
    /// Room for what refused the treatments of one row.
    pub(super) refusals: Vec<(u16, u16)>,
    /// Room for the duties of one row.
    pub(super) duties: Vec<(u16, bool, Option<i64>)>,
}

impl Chunk {
    pub(super) fn new(program: &Program) -> Self {
        let mut lanes = Lanes::new(program.bytes, program.narrow, program.wide);
        for (lane, cell) in &program.splats {
            derive::splat(&mut lanes, *lane, *cell);
        }
        for (lane, truth) in &program.truths {
            let holes = Holes { unknown: truth.is_unknown(), never: false };
            lanes.put_byte(*lane, Box::new([byte_of(*truth); ROWS]), holes);
        }
        Self {
            lanes,
            hard: Box::new([0; ROWS]),
            placed: Placed::new(),
            turned: Turned::new(&program.turns),
            worked: Worked::new(&program.work),
            stops: Stopped::new(&program.stops),
            held: Bits::new(program.holds.len()),
            scratch: Box::new([0; ROWS]),
            newcomers: Newcomers::default(),
            duties: Vec::new(),
            refusals: Vec::with_capacity(program.turns.turns.len()),
        }
    }

    /// Decides the rows of the chunk, which begins at a row of the columns that are made ready;
    /// a program that `READS` none finds all facts in their lanes.
    #[inline(always)]
    pub(super) fn decide<const READS: bool>(
        &mut self,
        (policy, program, times): (&Policy, &Program, &Times),
        (columns, start): (&[Prepared<'_>], usize),
        watch: &mut dyn FnMut(super::Part),
    ) {
        self.newcomers.begin();
        for (part, ops) in &program.parts {
            for op in program.ops.get(ops.clone()).unwrap_or_default() {
                if let (true, Op::Fill(fill)) = (READS, op) {
                    if let Some(column) = columns.get(fill.column) {
                        column.fill(&mut self.lanes, fill, start, &mut self.hard);
                    }
                } else {
                    self.step(policy, program, times, op);
                }
            }
            watch(*part);
        }
    }

    #[inline(always)]
    fn step(&mut self, policy: &Policy, program: &Program, times: &Times, op: &Op) {
        let Self { lanes, hard, placed, turned, worked, stops, held, scratch, newcomers, .. } = self;
        match op {
            // Only a program that reads columns has these.
            Op::Fill(_) => {}
            Op::Default { of, stage, default, out } => newcomers.fill_in((lanes, *stage), *of, *default, *out),
            Op::CompareWith { cmp, of, with, out } => {
                let mut values = lanes.take_byte(*out);
                let holes = lanes.holes(*of);
                match *of {
                    N::Narrow(lane) => {
                        let with = i32::try_from(*with).unwrap_or(i32::MAX);
                        kernel::compare_with(&mut values, *cmp, lanes.narrow(lane), with, holes);
                    }
                    N::Wide(lane) => kernel::compare_with(&mut values, *cmp, lanes.wide(lane), *with, holes),
                    N::Byte(lane) => {
                        let with = u8::try_from(*with).unwrap_or(u8::MAX);
                        kernel::compare_with(&mut values, *cmp, lanes.byte(lane), with, holes);
                    }
                    N::Const(_) => {}
                }
                lanes.put_byte(*out, values, holes.of_truth());
            }
            Op::Compare { cmp, left, right, out } => {
                let mut values = lanes.take_byte(*out);
                let holes = lanes.holes(*left).or(lanes.holes(*right));
                match (*left, *right) {
                    (N::Narrow(a), N::Narrow(b)) => {
                        kernel::compare(&mut values, *cmp, (lanes.narrow(a), lanes.narrow(b)), holes);
                    }
                    (N::Wide(a), N::Wide(b)) => {
                        kernel::compare(&mut values, *cmp, (lanes.wide(a), lanes.wide(b)), holes);
                    }
                    (N::Byte(a), N::Byte(b)) => {
                        kernel::compare(&mut values, *cmp, (lanes.byte(a), lanes.byte(b)), holes);
                    }
                    (left, right) => {
                        by_row(&mut values, |row| compare(*cmp, lanes.cell(left, row), lanes.cell(right, row)));
                    }
                }
                lanes.put_byte(*out, values, holes.of_truth());
            }
            Op::CompareAny { cmp, left, right, out } => {
                let mut values = lanes.take_byte(*out);
                by_row(&mut values, |row| compare(*cmp, lanes.cell(*left, row), lanes.cell(*right, row)));
                lanes.put_byte(*out, values, Holes::ANY);
            }
            Op::Flag { of, out } => {
                let mut values = lanes.take_byte(*out);
                let holes = lanes.byte_holes(*of);
                kernel::flag(&mut values, lanes.byte(*of), holes);
                lanes.put_byte(*out, values, Holes { unknown: holes.some(), never: false });
            }
            Op::Within { of, set, out } => {
                let mut values = lanes.take_byte(*out);
                let holes = lanes.byte_holes(*of);
                kernel::within(&mut values, lanes.byte(*of), *set, holes);
                lanes.put_byte(*out, values, holes.of_truth());
            }
            Op::WithinAny { of, set, out } => {
                let mut values = lanes.take_byte(*out);
                by_row(&mut values, |row| match lanes.cell(*of, row) {
                    cell if cell.is_never() => Truth::False,
                    cell => cell.get().map_or(Truth::Unknown, |word| Truth::of(set.has(word))),
                });
                lanes.put_byte(*out, values, Holes::ANY);
            }
            Op::Type { set, out } => {
                let mut values = lanes.take_byte(*out);
                kernel::within(&mut values, lanes.byte(program.type_lane), *set, Holes::NONE);
                lanes.put_byte(*out, values, Holes::NONE);
            }
            Op::Known { of, out } => {
                let mut values = lanes.take_byte(*out);
                match *of {
                    N::Byte(lane) => kernel::known(&mut values, lanes.byte(lane)),
                    N::Narrow(lane) => kernel::known(&mut values, lanes.narrow(lane)),
                    N::Wide(lane) => kernel::known(&mut values, lanes.wide(lane)),
                    N::Const(_) => {}
                }
                lanes.put_byte(*out, values, Holes::NONE);
            }
            Op::NotYet { of, out } => {
                let mut values = lanes.take_byte(*out);
                match *of {
                    N::Byte(lane) => kernel::not_yet(&mut values, lanes.byte(lane)),
                    N::Narrow(lane) => kernel::not_yet(&mut values, lanes.narrow(lane)),
                    N::Wide(lane) => kernel::not_yet(&mut values, lanes.wide(lane)),
                    N::Const(_) => {}
                }
                let holes = lanes.holes(*of);
                lanes.put_byte(*out, values, holes.of_truth());
            }
            Op::NotSince { first, second, out } => {
                let mut values = lanes.take_byte(*out);
                if let (N::Narrow(first), N::Narrow(second)) = (*first, *second) {
                    kernel::not_since(&mut values, lanes.narrow(first), lanes.narrow(second));
                } else {
                    by_row(&mut values, |row| not_since(lanes.cell(*first, row), lanes.cell(*second, row)));
                }
                lanes.put_byte(*out, values, Holes::ANY);
            }
            Op::Not { of, out } => {
                let mut values = lanes.take_byte(*out);
                map1(&mut values, lanes.byte(*of), opposite);
                let holes = lanes.byte_holes(*of);
                lanes.put_byte(*out, values, holes);
            }
            Op::All { parts, unknown, out } => {
                let start = if *unknown { UNKNOWN } else { TRUE };
                join(lanes, parts, *unknown, start, *out, u8::min);
            }
            Op::Any { parts, unknown, out } => {
                let start = if *unknown { UNKNOWN } else { FALSE };
                join(lanes, parts, *unknown, start, *out, u8::max);
            }
            Op::TruthOr { first, second, out } => {
                let mut values = lanes.take_byte(*out);
                match *second {
                    T::Const(second) => {
                        let second = byte_of(second);
                        map1(&mut values, lanes.byte(*first), |first| pick(mask(first == UNKNOWN), second, first));
                    }
                    T::Lane(second) => map2(&mut values, lanes.byte(*first), lanes.byte(second), |first, second| {
                        pick(mask(first == UNKNOWN), second, first)
                    }),
                }
                lanes.put_byte(*out, values, Holes::ANY);
            }
            Op::Number { .. } | Op::Negate { .. } | Op::Abs { .. } | Op::NumberOr { .. } | Op::Widen { .. } => {
                arithmetic::step(lanes, op);
            }
            Op::Expire { .. }
            | Op::Given { .. }
            | Op::Bucket { .. }
            | Op::FlagOf { .. }
            | Op::Axis { .. }
            | Op::Quadrant { .. } => derive::step(policy, lanes, hard, op),
            Op::KnownAs { .. } | Op::Over { .. } => super::overlay::step(lanes, op),
            Op::Learned { of, flag } => {
                for (row, hard) in hard.iter_mut().enumerate() {
                    let cell = lanes.cell(*of, row);
                    *hard |= mask(!(cell.is_never() || *flag && cell == Cell::FALSE));
                }
            }
            Op::Sure { truth } => {
                if lanes.byte_holes(*truth).some() {
                    let truth = lanes.byte(*truth);
                    if any_unknown(truth) {
                        upd1(hard, truth, |hard, truth| hard | mask(truth == UNKNOWN));
                    }
                }
            }
            Op::SureNumber { of } => {
                if lanes.holes(*of).unknown {
                    for (row, hard) in hard.iter_mut().enumerate() {
                        *hard |= mask(lanes.cell(*of, row).is_unknown());
                    }
                }
            }
            Op::Types { types } => {
                let mut lane = lanes.take_byte(program.type_lane);
                first_of(lanes, types, &mut lane, hard);
                lanes.put_byte(program.type_lane, lane, Holes::NONE);
            }
            Op::Place => {
                held.clear();
                for (index, hold) in program.holds.iter().enumerate() {
                    match *hold {
                        T::Const(Truth::False) => {}
                        T::Const(_) => {
                            scratch.fill(255);
                            held.set(index, scratch);
                        }
                        T::Lane(lane) => {
                            if holds_anywhere(scratch, lanes.byte(lane), TRUE) {
                                held.set(index, scratch);
                            }
                        }
                    }
                }
                program.stops.read(lanes, &program.holds, stops);
                program.ladder.place(lanes, placed);
            }
            Op::Work => program.work.find(lanes, stops, worked),
            Op::Turn => program.turns.turn(lanes, (policy, &placed.stage, stops, times), turned, hard),
            Op::ResultOf { of, out } => {
                let mut values = lanes.take_byte(*out);
                result(of, placed, turned, &mut values);
                lanes.put_byte(*out, values, Holes::NONE);
            }
            Op::Must { truth } => match *truth {
                T::Const(Truth::True) => {}
                T::Const(_) => hard.fill(255),
                T::Lane(lane) => upd1(hard, lanes.byte(lane), |hard, truth| hard | mask(truth != TRUE)),
            },
        }
    }
}

/// Truths row by row, for what is rare.
fn by_row(out: &mut Bytes, truth: impl Fn(usize) -> Truth) {
    for (row, out) in out.iter_mut().enumerate() {
        *out = byte_of(truth(row));
    }
}

#[inline(always)]
fn join(lanes: &mut Lanes, parts: &[Part], unknown: bool, start: u8, out: usize, pick: impl Fn(u8, u8) -> u8 + Copy) {
    let mut values = lanes.take_byte(out);
    let mut holes = Holes { unknown, never: false };
    for part in parts {
        holes = holes.or(lanes.byte_holes(part.lane));
    }
    let mut parts = parts;
    match (unknown, parts) {
        (false, [first, second, rest @ ..]) => {
            let (a, b) = (lanes.byte(first.lane), lanes.byte(second.lane));
            match (first.not, second.not) {
                (false, false) => map2(&mut values, a, b, pick),
                (false, true) => map2(&mut values, a, b, |a, b| pick(a, opposite(b))),
                (true, false) => map2(&mut values, a, b, |a, b| pick(opposite(a), b)),
                (true, true) => map2(&mut values, a, b, |a, b| pick(opposite(a), opposite(b))),
            }
            parts = rest;
        }
        _ => values.fill(start),
    }
    // Two at a time: what was joined is read and written half as often.
    let (pairs, last) = parts.as_chunks::<2>();
    for [first, second] in pairs {
        let (a, b) = (lanes.byte(first.lane), lanes.byte(second.lane));
        match (first.not, second.not) {
            (false, false) => upd2(&mut values, a, b, |all, a, b| pick(all, pick(a, b))),
            (false, true) => upd2(&mut values, a, b, |all, a, b| pick(all, pick(a, opposite(b)))),
            (true, false) => upd2(&mut values, a, b, |all, a, b| pick(all, pick(opposite(a), b))),
            (true, true) => upd2(&mut values, a, b, |all, a, b| pick(all, pick(opposite(a), opposite(b)))),
        }
    }
    for part in last {
        let lane = lanes.byte(part.lane);
        match part.not {
            false => upd1(&mut values, lane, pick),
            true => upd1(&mut values, lane, |all, part| pick(all, opposite(part))),
        }
    }
    lanes.put_byte(out, values, holes);
}

/// The truth of the opposite.
#[inline(always)]
const fn opposite(truth: u8) -> u8 {
    TRUE.wrapping_sub(truth)
}

/// The first type that fits; a row in which one before it may fit is for the row engine.
#[inline(always)]
fn first_of(lanes: &Lanes, types: &[T], lane: &mut Bytes, hard: &mut Bytes) {
    lane.fill(0);
    for (index, holds) in types.iter().enumerate().rev() {
        let position = u8::try_from(index).unwrap_or(u8::MAX);
        match holds {
            T::Const(Truth::False) => {}
            T::Const(Truth::True) => lane.fill(position),
            // Whether it fits is never known: a later type is one of several.
            T::Const(Truth::Unknown) => hard.fill(255),
            T::Lane(holds) => {
                let truths = lanes.byte(*holds);
                upd1(lane, truths, |lane, holds| pick(mask(holds == TRUE), position, lane));
            }
        }
    }
    for (index, holds) in types.iter().enumerate() {
        let T::Lane(holds) = holds else { continue };
        let truths = lanes.byte(*holds);
        if lanes.byte_holes(*holds).some() && any_unknown(truths) {
            let position = u8::try_from(index).unwrap_or(u8::MAX);
            upd2(hard, truths, lane, |hard, holds, first| hard | mask((holds == UNKNOWN) & (position < first)));
        }
    }
}

/// A result of the decision as a fact.
#[inline(always)]
fn result(of: &ResultFact, placed: &Placed, turned: &Turned, out: &mut Bytes) {
    let word = |words: &[u8], place: usize| words.get(place).copied().unwrap_or(63);
    let by_treatment = |words: &[u8], treatment: u16| {
        let none = words.len().saturating_sub(1);
        word(words, if treatment == NO_TREATMENT { none } else { usize::from(treatment) })
    };
    match of {
        ResultFact::Stage => *out = *placed.stage,
        ResultFact::Action(words) => {
            let verbs = words.len().saturating_sub(4);
            for ((out, treatment), action) in out.iter_mut().zip(turned.treatment.iter()).zip(turned.action.iter()) {
                *out = match *treatment {
                    NO_TREATMENT => word(words, (verbs + usize::from(*action)).saturating_sub(1)),
                    id => word(words, usize::from(id)),
                };
            }
        }
        ResultFact::Channel(words) | ResultFact::Treatment(words) => {
            for (out, treatment) in out.iter_mut().zip(turned.treatment.iter()) {
                *out = by_treatment(words, *treatment);
            }
        }
    }
}
