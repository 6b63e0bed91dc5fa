//! The next review of every row: its day is moved on to the first on which the decision may
//! differ, and decided again, until it does.
//!
//! Which days those are the core says; [`super::watched`] finds them and [`super::overnight`]
//! moves rows on. A row of which it is not told every day in question is for the row engine,
//! which knows how far it can be told.

use super::ahead::{Ahead, bits_of, seat, seat_lane};
use super::compile::{self, Layout};
use super::decided::Decided;
use super::kernel::{any, map2, mask, pick, upd1, upd2, upd3};
use super::lane::{Bytes, Lanes, N, Narrow, ROWS};
use super::overnight::{Overnight, Standing, is_left};
use super::program::Program;
use super::run::Chunk;
use super::spare;
use super::times::Times;
use super::told::{Told, untold};
use super::watched::{LATER, Soon, Watched, narrow_into};
use arrears::Cell;
use arrears::condition::FactId;
use arrears::decide::{Foresight, ReviewReason};
use arrears::policy::{ClockPeriod, Need, Policy};
use chrono::{Days, NaiveDate};
use std::cell::RefCell;

/// So often a row is moved on in columns; what needs more is for the row engine.
const MOST_TRIES: u8 = 16;
/// Things that a word of bits tells apart.
const MOST_HOLDS: usize = 64;
const HORIZON: i32 = 366;

/// What is looked at in the order in which the row engine asks.
const REASONS: [ReviewReason; 6] = [
    ReviewReason::Hold,
    ReviewReason::Type,
    ReviewReason::Stage,
    ReviewReason::Treatment,
    ReviewReason::Action,
    ReviewReason::Veto,
];

/// The decisions of later days.
pub(super) struct Later {
    program: Program,
    times: Times,
    foresight: Foresight,
    watched: Watched,
    told: Told,
    overnight: Overnight,
    /// Lanes for what facts are moved by.
    before: (usize, usize, usize),
    /// Where facts are found on the first day, and the lanes in which they are moved on.
    filled: Vec<(N, N)>,
    /// Where facts that must be told are found on the first day, and after a later one.
    needs: Vec<(N, N)>,
    /// Facts that are read after the decision of the first day.
    wants: Vec<FactId>,
    /// Whether a fact is given that later days compute.
    given: bool,
    /// Whether the clock changes on some day up to the horizon.
    clock_changes: bool,
    /// The first day whose times differ from today's in what can be had.
    odd_times: i32,
}

impl Later {
    /// For a program of the first day; none if reviews of the policy are not found in columns.
    pub(super) fn of(policy: &Policy, first: &Program, as_of: NaiveDate) -> Option<Self> {
        let found = |id: FactId| first.facts.get(id.index()).copied().unwrap_or(N::Const(Cell::UNKNOWN));
        let fixed = |id: FactId| if let N::Const(cell) = found(id) { Some(cell) } else { None };
        let foresight = Foresight::of(policy, &fixed)?;
        if policy.holds().len() > MOST_HOLDS {
            return None;
        }
        let computed = |id: FactId| {
            policy.input(id).is_none_or(|input| matches!(input.need, Need::Derived | Need::Result))
                || policy.engine_facts().current_stage == Some(id)
        };
        let told = |id: FactId| !computed(id) && (fixed(id).is_none() || foresight.moving.contains(&id));
        let layout = Layout { found: policy.fact_ids().map(|id| told(id).then_some(id.index())).collect() };
        let mut program = compile::compile_later(policy, &layout);
        spare::leave_out(&mut program, &foresight.needs);
        spare::share(&mut program, &foresight.needs);
        let mut lanes: Vec<Option<N>> = vec![None; policy.inputs().len()];
        for fill in &program.fills {
            *lanes.get_mut(fill.column)? = Some(fill.lane);
        }
        // Lanes that are read otherwise than by the program.
        let asked = RefCell::new(Vec::new());
        let later = |id: FactId| {
            let number = program.facts.get(id.index()).copied().unwrap_or(N::Const(Cell::UNKNOWN));
            asked.borrow_mut().push(number);
            number
        };
        let filled_at = |id: FactId| {
            let number = lanes.get(id.index()).copied().flatten();
            asked.borrow_mut().extend(number);
            number
        };
        let left = |id: FactId| filled_at(id).filter(|_| is_left(policy, &foresight, id)).unwrap_or_else(|| later(id));
        let watched = Watched::of(policy, &foresight, &left)?;
        let limits = Told::of(policy, &foresight, &left)?;
        let overnight = Overnight::of(policy, &foresight, (&later, &filled_at))?;
        let before = overnight.room();
        let decided = |id: FactId| {
            policy.input(id).is_none_or(|input| input.need == Need::Result)
                || policy.engine_facts().current_stage == Some(id)
        };
        for learned in policy.learned() {
            learned.reads().for_each(|id| {
                later(id);
            });
        }
        let mut read = asked.into_inner();
        program.ops.iter().for_each(|op| op.each_read(&mut |number| read.push(number)));
        program.each_read_besides(&mut |number| read.push(number));
        let (mut filled, mut wants) = (Vec::new(), foresight.needs.clone());
        for fill in program.fills.iter().filter(|fill| read.contains(&fill.lane)) {
            let id = policy.fact_ids().nth(fill.column)?;
            // What was learned is laid over what the table says, on every day anew.
            let table = first.overlaid.iter().find(|(_, over)| *over == found(id)).map(|(table, _)| *table);
            filled.push((table.unwrap_or_else(|| found(id)), fill.lane));
            wants.push(id);
        }
        let needs = foresight.needs.iter().filter(|id| !decided(**id));
        let needs =
            needs.map(|id| (found(*id), program.facts.get(id.index()).copied().unwrap_or(N::Const(Cell::UNKNOWN))));
        let needs =
            needs.filter(|(_, later)| !matches!(later, N::Const(_)) && !filled.iter().any(|(_, lane)| lane == later));
        let needs = needs.collect();
        let times = program.turns.times(policy, as_of);
        let odd = |days: &i64| {
            let day = u64::try_from(*days).ok().and_then(|days| as_of.checked_add_days(Days::new(days)));
            day.is_none_or(|day| !program.turns.times(policy, day).are_had_as(&times))
        };
        let odd_times = (1..=Foresight::HORIZON).find(odd).and_then(|day| i32::try_from(day).ok()).unwrap_or(LATER);
        let whole = ClockPeriod { from: 0, to: 24 * 60 };
        let is_whole = |days: i64| {
            let day = u64::try_from(days).ok().and_then(|days| as_of.checked_add_days(Days::new(days)));
            let slot = day.and_then(|day| policy.slot_on(day, Cell::UNKNOWN, whole));
            slot.is_some_and(|slot| (slot.end - slot.start).num_minutes() == 24 * 60)
        };
        let clock_changes = !(0..=Foresight::HORIZON).all(is_whole);
        Some(Self {
            clock_changes,
            times,
            watched,
            told: limits,
            overnight,
            before,
            filled,
            needs,
            wants,
            given: first.given,
            odd_times,
            program,
            foresight,
        })
    }

    /// The facts that are read after the decision of the first day.
    pub(super) fn wants(&self) -> impl Iterator<Item = FactId> {
        self.wants.iter().copied()
    }

    /// A place for one thread.
    pub(super) fn place(&self) -> Ahead {
        let (bytes, narrow, wide) = self.before;
        Ahead::new(&self.program, Lanes::new(bytes, narrow, wide))
    }

    /// The rows of a chunk, which begin at `start`, that are looked into, from the first day of
    /// each on which not everything is told; the others are `hard` or have no review.
    pub(super) fn asked(&self, policy: &Policy, first: &Program, today: &mut Chunk, rows: usize) -> Asked {
        let find = |id: Option<FactId>| {
            id.and_then(|id| first.facts.get(id.index()).copied()).unwrap_or(N::Const(Cell::UNKNOWN))
        };
        let mut told: Box<Narrow> = Box::new([0; ROWS]);
        untold(policy, &self.foresight.windows, (&today.lanes, &today.placed.stage), &find, &mut told);
        let mut numbers: Narrow = [0; ROWS];
        let mut due: Narrow = [0; ROWS];
        narrow_into(&mut numbers, &today.lanes, find(self.foresight.dpd));
        narrow_into(&mut due, &today.lanes, find(self.foresight.days_to_due));
        let within = i32::try_from(policy.head().review_within.max(1)).unwrap_or(LATER);
        for ((told, dpd), due) in told.iter_mut().zip(&numbers).zip(&due) {
            let unknown = (*dpd == 0) & (*due == super::lane::NO_NARROW);
            *told = (*told).min(if unknown { within } else { LATER }).min(self.odd_times);
        }
        let mut asked = Vec::with_capacity(rows);
        let closed = find(Some(policy.engine_facts().closed));
        for (row, hard) in today.hard.iter_mut().enumerate().take(rows) {
            if *hard != 0 || today.lanes.cell(closed, row) == Cell::TRUE {
                continue;
            }
            // Days on which a clock changes may have another zone's, or no, time left.
            match today.turned.own.own(row) {
                Some((_, abroad)) if abroad || self.clock_changes => *hard = 255,
                _ => asked.push(u16::try_from(row).unwrap_or(0)),
            }
        }
        Asked { rows: asked, told }
    }

    /// Seats as many of the rows as there are seats for.
    pub(super) fn seat(
        &self,
        (first, today): (&Program, &Chunk),
        (asked, start): (&mut Asked, usize),
        ahead: &mut Ahead,
        hard: &mut Vec<usize>,
    ) {
        let Ahead { chunk, rows, busy, free, day, told, tries, seen, first: was, seats, .. } = ahead;
        seats.clear();
        while let (Some(row), Some(seat)) = (asked.rows.last(), free.last()) {
            seats.push((*row, *seat));
            asked.rows.pop();
            free.pop();
        }
        for (row, seat) in seats.iter() {
            let seat = usize::from(*seat);
            let at = rows.get_mut(seat).zip(busy.get_mut(seat)).zip(day.get_mut(seat)).zip(tries.get_mut(seat));
            if let Some((((of, busy), day), tries)) = at {
                (*of, *busy, *day, *tries) = (start + usize::from(*row), 255, 0, 0);
            }
            if let Some(vetoes) = was.vetoes.get_mut(seat) {
                vetoes.clear();
                vetoes.extend(vetoes_of(today, usize::from(*row)));
            }
        }
        let seats = seats.as_slice();
        let mut fits = true;
        for (from, to) in self.filled.iter().chain(&self.needs) {
            fits &= seat_lane((&today.lanes, *from), (&mut chunk.lanes, *to), seats);
        }
        let mut bits = [0; ROWS];
        bits_of(&today.lanes, first.signs.iter().copied(), &mut bits);
        seat(&bits, &mut **seen, seats);
        bits_of(&today.lanes, (0..).zip(first.holds.iter().copied()), &mut bits);
        seat(&bits, &mut *was.held, seats);
        seat(&*asked.told, &mut **told, seats);
        let kinds = (today.lanes.byte(first.type_lane), self.program.type_lane);
        seat(kinds.0, &mut *was.kind, seats);
        let mut kind = chunk.lanes.take_byte(kinds.1);
        seat(kinds.0, &mut *kind, seats);
        chunk.lanes.put_byte(kinds.1, kind, super::lane::Holes::NONE);
        seat(&*today.placed.stage, &mut *was.stage, seats);
        seat(&*today.placed.stage, &mut *chunk.placed.stage, seats);
        seat(&*today.placed.rung, &mut *chunk.placed.rung, seats);
        seat(&*today.turned.treatment, &mut *was.treatment, seats);
        seat(&*today.turned.action, &mut *was.action, seats);
        if !fits {
            // Some value has no place in its lane: which rows that is of, nobody noted.
            let seats = seats.to_vec();
            for (row, seat) in seats {
                hard.push(start + usize::from(row));
                ahead.leave(usize::from(seat));
            }
        }
    }

    /// Moves everybody on to the day on which the decision may differ. Those of whom nothing
    /// may differ any more are written.
    #[inline(always)]
    pub(super) fn step(&self, policy: &Policy, ahead: &mut Ahead, state: &mut Bytes) {
        let Ahead { chunk, before, busy, day, told, tries, seen, .. } = ahead;
        let mut dpd: Narrow = [0; ROWS];
        let mut steady: Bytes = [0; ROWS];
        let mut next: Soon = [0; ROWS];
        let Chunk { lanes, placed, hard, .. } = chunk;
        self.watched.dpd(lanes, &mut dpd);
        let kind = *lanes.byte(self.program.type_lane);
        let standing = Standing { kind: &kind, stage: &placed.stage, rung: &placed.rung, seen };
        self.overnight.leave(lanes, standing, &dpd, &mut steady);
        self.told.drifts(lanes, (&dpd, day, standing.stage), told);
        self.told.signs_end(lanes, (day, seen), told);
        self.watched.next(lanes, (&dpd, standing.stage), &mut next);
        let find = |id: FactId| self.program.facts.get(id.index()).copied().unwrap_or(N::Const(Cell::UNKNOWN));
        self.watched.learned_ends(lanes, busy, &find, &mut next);
        upd1(&mut next, &steady, |next, steady| if steady == 0 { 0 } else { next });
        if self.given {
            upd1(&mut next, day, |next, day| if day == 0 { 0 } else { next });
        }
        // The day itself; what lies beyond the horizon is all the same.
        let mut days: Narrow = [0; ROWS];
        map2(&mut days, &next, day, |next, day| day + next.min(1 << 20).cast_signed() + 1);
        for (((state, days), told), tries) in state.iter_mut().zip(&days).zip(told.iter()).zip(tries.iter()) {
            let beyond = mask((*days > HORIZON) & (*told > HORIZON));
            let is_told = mask((*days < *told) & (*tries < MOST_TRIES));
            *state = pick(beyond, BEYOND, pick(is_told, MOVED, UNTOLD));
        }
        upd1(state, busy, |state, busy| state & busy);
        let mut moved: Bytes = [0; ROWS];
        map2(&mut moved, state, busy, |state, busy| mask(state == MOVED) & busy);
        for (((days, day), moved), tries) in days.iter_mut().zip(day.iter_mut()).zip(&moved).zip(tries.iter_mut()) {
            let to = *days;
            *days = days.wrapping_sub(*day).min(HORIZON);
            *day = if *moved != 0 { to } else { *day };
            *tries = tries.wrapping_add(*moved & 1);
        }
        hard.fill(0);
        self.overnight.carry(policy, (lanes, before), standing, (&days, &moved), hard);
        upd2(state, hard, &moved, |state, hard, moved| pick(hard & moved, UNTOLD, state));
    }

    /// Decides the day to which each row was moved, and says in what the decision differs from
    /// the first.
    #[inline(always)]
    pub(super) fn decide(&self, policy: &Policy, ahead: &mut Ahead, state: &mut Bytes) {
        let Ahead { chunk, busy, day, seen, sure, first, .. } = ahead;
        chunk.hard.fill(0);
        chunk.decide::<false>((policy, &self.program, &self.times), (&[], 0), &mut |_| {});
        bits_of(&chunk.lanes, self.program.signs.iter().copied(), seen);
        let mut held = [0; ROWS];
        bits_of(&chunk.lanes, (0..).zip(self.program.holds.iter().copied()), &mut held);
        // What differs first, from the last that is asked to the first.
        state.fill(0);
        let put = |number: u8, differs: bool, state: u8| pick(mask(differs), number, state);
        upd2(state, &chunk.turned.action, &first.action, |state, now, was| put(5, now != was, state));
        upd2(state, &chunk.turned.treatment, &first.treatment, |state, now, was| put(4, now != was, state));
        upd2(state, &chunk.placed.stage, &first.stage, |state, now, was| put(3, now != was, state));
        upd2(state, chunk.lanes.byte(self.program.type_lane), &first.kind, |state, now, was| put(2, now != was, state));
        upd2(state, &held, &first.held, |state, now, was| put(1, now != was, state));
        sure.fill(255);
        self.told.sure(&chunk.lanes, (day, seen), sure);
        upd3(state, (&chunk.hard, sure, busy), |state, hard, sure, busy| {
            let state = pick(mask((hard != 0) | (state != 0) & (sure == 0)), UNTOLD, state);
            state & busy
        });
    }

    /// Writes the reviews of those that are done, who leave; the others stay.
    pub(super) fn finish(ahead: &mut Ahead, state: &Bytes, (out, hard): (&mut Decided, &mut Vec<usize>)) {
        let refused = ahead.chunk.turned.refused > 0;
        if !any(state) && !refused && ahead.first.vetoes.iter().all(Vec::is_empty) {
            return;
        }
        for (seat, state) in state.iter().enumerate() {
            let (Some(row), true) = (ahead.rows.get(seat).copied(), *ahead.busy.get(seat).unwrap_or(&0) != 0) else {
                continue;
            };
            match *state {
                0 => {
                    let was = ahead.first.vetoes.get(seat).map_or(&[][..], Vec::as_slice);
                    if (refused || !was.is_empty()) && !vetoes_of(&ahead.chunk, seat).eq(was.iter().copied()) {
                        if ahead.sure.get(seat).is_some_and(|sure| *sure != 0) {
                            put(out, row, *ahead.day.get(seat).unwrap_or(&0), ReviewReason::Veto);
                        } else {
                            hard.push(row);
                        }
                        ahead.leave(seat);
                    }
                }
                MOVED => {}
                BEYOND => {
                    put(out, row, HORIZON, ReviewReason::Horizon);
                    ahead.leave(seat);
                }
                UNTOLD => {
                    hard.push(row);
                    ahead.leave(seat);
                }
                differs => {
                    let reason = REASONS.get(usize::from(differs).wrapping_sub(1)).copied();
                    put(out, row, *ahead.day.get(seat).unwrap_or(&0), reason.unwrap_or(ReviewReason::Veto));
                    ahead.leave(seat);
                }
            }
        }
    }
}

/// What becomes of a row when it is moved on: nothing differs up to the horizon, it is moved,
/// it is for the row engine.
const BEYOND: u8 = 250;
const MOVED: u8 = 251;
const UNTOLD: u8 = 252;

/// The rows of a chunk that are looked into.
pub(super) struct Asked {
    pub(super) rows: Vec<u16>,
    told: Box<Narrow>,
}

/// What was refused in a row, and by what.
fn vetoes_of(chunk: &Chunk, row: usize) -> impl Iterator<Item = (u16, u8)> {
    let of = chunk.turned.vetoes.iter().take(chunk.turned.refused);
    of.filter_map(move |(id, codes)| codes.get(row).filter(|code| **code != 0).map(|code| (*id, *code)))
}

fn put(out: &mut Decided, row: usize, days: i32, reason: ReviewReason) {
    out.review.set(row, i16::try_from(days).unwrap_or(super::decided::NO_REVIEW));
    out.review_exact.set(row, reason.is_exact());
    out.review_reason.set(row, Some(reason));
}
