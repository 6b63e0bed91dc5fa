//! Rows whose next reviews are looked for: those of many chunks, in one in which they are
//! decided again.

use super::kernel::{any, map1, mask, upd1};
use super::lane::{Bytes, Lanes, N, Narrow, ROWS, T, TRUE};
use super::program::Program;
use super::run::Chunk;

/// What one thread finds reviews in.
pub(super) struct Ahead {
    pub(super) chunk: Chunk,
    /// What facts were before days moved them.
    pub(super) before: Lanes,
    /// By seat, the row that sits there.
    pub(super) rows: Box<[usize; ROWS]>,
    /// Where somebody sits.
    pub(super) busy: Box<Bytes>,
    /// Seats where nobody does.
    pub(super) free: Vec<u16>,
    /// The day that was decided last.
    pub(super) day: Box<Narrow>,
    /// The first day of which the row does not tell everything.
    pub(super) told: Box<Narrow>,
    /// How often the row was moved on.
    pub(super) tries: Box<Bytes>,
    /// The signs that are seen on the day.
    pub(super) seen: Box<[u64; ROWS]>,
    /// Where it is told which signs count on the day.
    pub(super) sure: Box<Bytes>,
    pub(super) first: First,
    /// Pairs of a row of a chunk and the seat that it takes.
    pub(super) seats: Vec<(u16, u16)>,
}

/// What the first decisions were.
pub(super) struct First {
    pub(super) held: Box<[u64; ROWS]>,
    pub(super) kind: Box<Bytes>,
    pub(super) stage: Box<Bytes>,
    pub(super) treatment: Box<[u16; ROWS]>,
    pub(super) action: Box<Bytes>,
    pub(super) vetoes: Vec<Vec<(u16, u8)>>,
}

impl Ahead {
    pub(super) fn new(program: &Program, before: Lanes) -> Self {
        let lane = || Box::new([0; ROWS]);
        Self {
            chunk: Chunk::new(program),
            before,
            rows: Box::new([0; ROWS]),
            busy: lane(),
            free: (0..).take(ROWS).collect(),
            day: Box::new([0; ROWS]),
            told: Box::new([0; ROWS]),
            tries: lane(),
            seen: Box::new([0; ROWS]),
            sure: lane(),
            first: First {
                held: Box::new([0; ROWS]),
                kind: lane(),
                stage: lane(),
                treatment: Box::new([0; ROWS]),
                action: lane(),
                vetoes: vec![Vec::new(); ROWS],
            },
            seats: Vec::with_capacity(ROWS),
        }
    }

    /// How many are looked into.
    pub(super) fn count(&self) -> usize {
        ROWS - self.free.len()
    }

    /// Lets everybody go who is left: those rows are for the row engine.
    pub(super) fn give_up(&mut self, hard: &mut Vec<usize>) {
        for seat in 0..ROWS {
            if self.busy.get(seat).is_some_and(|busy| *busy != 0) {
                hard.extend(self.rows.get(seat));
                self.leave(seat);
            }
        }
    }

    /// Lets whoever sits there go.
    pub(super) fn leave(&mut self, seat: usize) {
        if let (Some(busy), Ok(place)) = (self.busy.get_mut(seat), u16::try_from(seat)) {
            *busy = 0;
            self.free.push(place);
        }
    }
}

/// Copies values of rows to the seats that these take.
pub(super) fn seat<V: Copy>(from: &[V], to: &mut [V], seats: &[(u16, u16)]) {
    for (row, seat) in seats {
        if let (Some(from), Some(to)) = (from.get(usize::from(*row)), to.get_mut(usize::from(*seat))) {
            *to = *from;
        }
    }
}

/// The same of a lane; whether every value fits.
pub(super) fn seat_lane((from, of): (&Lanes, N), (to, out): (&mut Lanes, N), seats: &[(u16, u16)]) -> bool {
    let holes = from.holes(of);
    match (of, out) {
        (N::Byte(of), N::Byte(out)) => {
            let holes = holes.or(to.byte_holes(out));
            let mut values = to.take_byte(out);
            seat(from.byte(of), &mut *values, seats);
            to.put_byte(out, values, holes);
        }
        (N::Narrow(of), N::Narrow(out)) => {
            let holes = holes.or(to.narrow_holes(out));
            let mut values = to.take_narrow(out);
            seat(from.narrow(of), &mut *values, seats);
            to.put_narrow(out, values, holes);
        }
        (N::Wide(of), N::Wide(out)) => {
            let holes = holes.or(to.wide_holes(out));
            let mut values = to.take_wide(out);
            seat(from.wide(of), &mut *values, seats);
            to.put_wide(out, values, holes);
        }
        (_, N::Const(_)) => {}
        (of, out) => {
            let fits = |(row, seat): &(u16, u16)| to.set(out, usize::from(*seat), from.cell(of, usize::from(*row)));
            return seats.iter().map(fits).fold(true, |all, fits| all & fits);
        }
    }
    true
}

/// A bit for each of up to 64 truths that hold, by row.
#[inline(always)]
pub(super) fn bits_of(lanes: &Lanes, truths: impl Iterator<Item = (u32, T)>, out: &mut [u64; ROWS]) {
    out.fill(0);
    let mut holds: Bytes = [0; ROWS];
    for (index, truth) in truths {
        match truth {
            T::Const(truth) if !truth.is_true() => continue,
            T::Const(_) => holds.fill(1),
            T::Lane(lane) => map1(&mut holds, lanes.byte(lane), |truth| mask(truth == TRUE) & 1),
        }
        if any(&holds) {
            upd1(out, &holds, |bits, holds| bits | (u64::from(holds) << index));
        }
    }
}
