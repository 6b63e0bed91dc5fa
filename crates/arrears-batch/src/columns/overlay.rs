//! What results of contacts taught, laid over the facts of a chunk as the row engine lays it
//! over a row.

use super::build::Build;
use super::derive::by_row;
use super::kernel::{map1, map3, mask, pick, upd1};
use super::lane::{Holes, Lanes, N, NEVER_BYTE, NO_BYTE, NO_NARROW, T, TRUE, UNKNOWN};
use super::program::Op;
use arrears::Cell;
use arrears::condition::{Cmp, FactId, Reading as _, Truth, WordSet};
use arrears::policy::{Learned, LearnedForm, Policy};

/// What is learned of a fact, if the policy lets results of contacts teach it.
pub(super) fn learned(policy: &Policy, fact: FactId) -> Option<&Learned> {
    policy.learned().iter().find(|learned| learned.fact == Some(fact))
}

/// The fact of which the table says `table`, with what was learned laid over it.
pub(super) fn over(build: &Build<'_>, fact: FactId, learned: &Learned, table: N) -> N {
    let is_ahead = |due: FactId| build.compare(Cmp::Ge, build.found(due), N::Const(Cell::number(0)));
    let value = build.found(learned.value);
    match learned.form {
        LearnedForm::Flag => {
            let stands = build.all([lives_on(build, learned), build.flag(learned.value)].into_iter());
            set_over(build, fact, table, stands)
        }
        LearnedForm::Promise(due) => {
            let stands = build.all([build.flag(learned.value), is_ahead(due)].into_iter());
            set_over(build, fact, table, stands)
        }
        LearnedForm::Number(valid) => {
            let position = valid.get().and_then(|word| usize::try_from(word).ok());
            let asked = build.within(table, position.map(WordSet::of).unwrap_or_default());
            let was = build.not(build.not_yet(learned.value));
            let stands = build.all([asked, lives_on(build, learned), was].into_iter());
            let known_as = match value {
                N::Const(cell) => N::Const(known_as(learned, cell)),
                of => {
                    let out = build.lane_for(fact);
                    build.emit(Op::KnownAs { of, words: learned.words.clone().into_boxed_slice(), out });
                    out
                }
            };
            laid(build, fact, (table, stands, known_as))
        }
        LearnedForm::OfPromise(open, due) => {
            let stands = build.all([build.flag(open), is_ahead(due)].into_iter());
            laid(build, fact, (table, stands, value))
        }
    }
}

/// Whether the life of a value has not ended.
fn lives_on(build: &Build<'_>, learned: &Learned) -> T {
    let since = build.found(learned.since);
    let lasts = |life: i64| build.compare(Cmp::Le, since, N::Const(Cell::number(life)));
    if learned.form == LearnedForm::Flag {
        let life = learned.lives.iter().find(|(lasting, _)| *lasting == Cell::TRUE);
        return life.map_or(T::Const(Truth::True), |(_, life)| lasts(*life));
    }
    let each: Vec<T> = learned
        .lives
        .iter()
        .map(|(lasting, life)| {
            let another = build.not(build.compare(Cmp::Eq, build.found(learned.value), N::Const(*lasting)));
            build.any([another, lasts(*life)].into_iter())
        })
        .collect();
    build.all(each.into_iter())
}

/// A flag that the table has set stays set.
fn set_over(build: &Build<'_>, fact: FactId, table: N, stands: T) -> N {
    if stands == T::Const(Truth::False) {
        return table;
    }
    build.put(fact, table);
    build.flag_of(build.any([build.flag(fact), stands].into_iter()))
}

fn laid(build: &Build<'_>, fact: FactId, (table, stands, over): (N, T, N)) -> N {
    match stands {
        T::Const(Truth::False) => table,
        T::Const(Truth::True) => over,
        stands => {
            let out = build.lane_for(fact);
            build.emit(Op::Over { table, stands, over, out });
            out
        }
    }
}

fn known_as(learned: &Learned, value: Cell) -> Cell {
    let position = value.get().and_then(|position| usize::try_from(position).ok());
    position.map_or(value, |position| learned.words.get(position).copied().unwrap_or(Cell::UNKNOWN))
}

/// Computes one step of it.
#[inline(always)]
pub(super) fn step(lanes: &mut Lanes, op: &Op) {
    match op {
        Op::KnownAs { of, words, out } => {
            if let (N::Byte(of), N::Byte(out)) = (*of, *out) {
                words_of(lanes, of, words, out);
                return;
            }
            by_row(lanes, *out, |lanes, row| {
                let cell = lanes.cell(*of, row);
                let position = cell.get().and_then(|position| usize::try_from(position).ok());
                position.map_or(cell, |position| words.get(position).copied().unwrap_or(Cell::UNKNOWN))
            });
        }
        Op::Over { table, stands, over, out } => {
            if let (T::Lane(stands), N::Byte(table), N::Byte(over), N::Byte(out)) = (*stands, *table, *over, *out) {
                bytes_over(lanes, stands, (table, over), out);
                return;
            }
            if let (T::Lane(stands), N::Narrow(table), N::Narrow(over), N::Narrow(out)) = (*stands, *table, *over, *out)
            {
                days_over(lanes, stands, (table, over), out);
                return;
            }
            by_row(lanes, *out, |lanes, row| {
                let (table, over) = (lanes.cell(*table, row), lanes.cell(*over, row));
                match lanes.truth(*stands, row) {
                    TRUE => over,
                    UNKNOWN if table != over => Cell::UNKNOWN,
                    _ => table,
                }
            });
        }
        _ => {}
    }
}

/// Words by positions.
#[inline(always)]
fn words_of(lanes: &mut Lanes, of: usize, words: &[Cell], out: usize) {
    let mut values = lanes.take_byte(out);
    map1(&mut values, lanes.byte(of), |of| pick(mask(of >= NEVER_BYTE), of, NO_BYTE));
    for (position, word) in (0..NEVER_BYTE).zip(words) {
        let word = super::derive::byte_for(*word);
        upd1(&mut values, lanes.byte(of), |value, of| pick(mask(of == position), word, value));
    }
    lanes.put_byte(out, values, Holes::ANY);
}

/// Words over words.
#[inline(always)]
fn bytes_over(lanes: &mut Lanes, stands: usize, (table, over): (usize, usize), out: usize) {
    let mut values = lanes.take_byte(out);
    let truths = lanes.byte(stands);
    for (((value, table), over), stands) in values.iter_mut().zip(lanes.byte(table)).zip(lanes.byte(over)).zip(truths) {
        let known = pick(mask(*stands == TRUE), *over, *table);
        *value = pick(mask((*stands == UNKNOWN) & (table != over)), NO_BYTE, known);
    }
    let holes = lanes.byte_holes(table).or(lanes.byte_holes(over)).or(lanes.byte_holes(stands));
    lanes.put_byte(out, values, holes);
}

/// Days over days.
#[inline(always)]
fn days_over(lanes: &mut Lanes, stands: usize, (table, over): (usize, usize), out: usize) {
    let mut values = lanes.take_narrow(out);
    map3(&mut values, (lanes.narrow(table), lanes.narrow(over), lanes.byte(stands)), |table, over, stands| {
        let known = if stands == TRUE { over } else { table };
        if (stands == UNKNOWN) & (table != over) { NO_NARROW } else { known }
    });
    let holes = lanes.narrow_holes(table).or(lanes.narrow_holes(over)).or(lanes.byte_holes(stands));
    lanes.put_narrow(out, values, holes);
}
