//! The next review of every row of a chunk: its day is moved on to the first on which the
//! decision may differ, and decided again, until it does.
//!
//! Which days those are, and what a night does to a row, the core says. A row of which it
//! does not tell every day in question is for the row engine, which knows how far it can be
//! told.

use super::compile::{self, Layout};
use super::decided::Decided;
use super::derive;
use super::lane::{Lanes, N, ROWS, T, TRUE};
use super::program::Program;
use super::run::Chunk;
use super::times::Times;
use arrears::Cell;
use arrears::condition::{FactId, WordSet};
use arrears::decide::{Foresight, ReviewReason, Standing};
use arrears::policy::{ClockPeriod, Need, Policy, StageId};
use chrono::{Days, NaiveDate};

/// So many days of a row are tried in columns; what needs more is for the row engine.
const MOST_TRIES: usize = 8;

/// The decisions of later days.
pub(super) struct Later {
    program: Program,
    times: Times,
    foresight: Foresight,
    /// The row before anything of it is told: what is the same for all.
    alike: Vec<Cell>,
    /// Facts that no night changes: where they are found on the first day, and for later ones.
    still: Vec<(N, N)>,
    /// Facts that nights may change: the same.
    moving: Vec<(FactId, N, N)>,
    /// Where facts that must be told are found on the first day, and after a later one.
    needs: Vec<(FactId, N, N)>,
    /// Whether a fact is given that later days compute.
    given: bool,
    /// Whether the clock changes on some day up to the horizon.
    clock_changes: bool,
    /// The first day whose times differ from today's in what can be had.
    odd_times: i64,
}

/// What one thread finds reviews in.
pub(super) struct Ahead {
    chunk: Chunk,
    day: Vec<i64>,
    untold: Vec<i64>,
    active: Vec<usize>,
    cells: Vec<Cell>,
    before: Vec<Cell>,
    left: Vec<Cell>,
}

impl Later {
    /// For a program of the first day; none if reviews of the policy are not found in columns.
    pub(super) fn of(policy: &Policy, first: &Program, as_of: NaiveDate) -> Option<Self> {
        let found = |id: FactId| first.facts.get(id.index()).copied().unwrap_or(N::Const(Cell::UNKNOWN));
        let fixed = |id: FactId| if let N::Const(cell) = found(id) { Some(cell) } else { None };
        let foresight = Foresight::of(policy, &fixed)?;
        let result = |id: FactId| {
            policy.input(id).is_none_or(|input| matches!(input.need, Need::Derived | Need::Result))
                || policy.engine_facts().current_stage == Some(id)
        };
        let is_moving = |id: FactId| foresight.moving().contains(&id);
        let told = |id: FactId| !result(id) && (fixed(id).is_none() || is_moving(id));
        let layout = Layout { found: policy.fact_ids().map(|id| told(id).then_some(id.index())).collect() };
        let program = compile::compile_later(policy, &layout);
        let (mut still, mut moving) = (Vec::new(), Vec::new());
        for fill in &program.fills {
            let id = policy.fact_ids().nth(fill.column)?;
            if is_moving(id) {
                moving.push((id, found(id), fill.lane));
            } else {
                still.push((found(id), fill.lane));
            }
        }
        let later = |id: FactId| program.facts.get(id.index()).copied().unwrap_or(N::Const(Cell::UNKNOWN));
        let needs = foresight.needs().iter().filter(|id| !result(**id));
        let needs = needs
            .map(|id| (*id, found(*id), later(*id)))
            .filter(|(_, first, later)| !matches!((first, later), (N::Const(_), N::Const(_))));
        let needs = needs.collect();
        let alike =
            policy.fact_ids().map(|id| if result(id) { Cell::UNKNOWN } else { fixed(id).unwrap_or(Cell::UNKNOWN) });
        let alike = alike.collect();
        let times = program.turns.times(policy, as_of);
        let odd = |days: &i64| {
            let day = u64::try_from(*days).ok().and_then(|days| as_of.checked_add_days(Days::new(days)));
            day.is_none_or(|day| !program.turns.times(policy, day).are_had_as(&times))
        };
        let odd_times = (1..=Foresight::HORIZON).find(odd).unwrap_or(i64::MAX);
        let whole = ClockPeriod { from: 0, to: 24 * 60 };
        let is_whole = |days: i64| {
            let day = u64::try_from(days).ok().and_then(|days| as_of.checked_add_days(Days::new(days)));
            let slot = day.and_then(|day| policy.slot_on(day, Cell::UNKNOWN, whole));
            slot.is_some_and(|slot| (slot.end - slot.start).num_minutes() == 24 * 60)
        };
        let clock_changes = !(0..=Foresight::HORIZON).all(is_whole);
        Some(Self {
            clock_changes,
            program,
            times,
            foresight,
            alike,
            still,
            moving,
            needs,
            given: first.given,
            odd_times,
        })
    }

    /// A place for one thread.
    pub(super) fn place(&self) -> Ahead {
        Ahead {
            chunk: Chunk::new(&self.program),
            day: vec![0; ROWS],
            untold: vec![0; ROWS],
            active: Vec::with_capacity(ROWS),
            cells: self.alike.clone(),
            before: Vec::new(),
            left: Vec::new(),
        }
    }

    /// Begins with the rows of a chunk that has been decided and written from `start` on. Rows
    /// of which the review is not found are `hard`.
    pub(super) fn begin(
        &self,
        policy: &Policy,
        first: &Program,
        today: &mut Chunk,
        (rows, ahead): (usize, &mut Ahead),
    ) {
        let closed = first.facts.get(policy.engine_facts().closed.index()).copied();
        ahead.active.clear();
        for row in 0..rows {
            let is_hard = today.hard.get(row).is_none_or(|hard| *hard != 0);
            let is_closed = closed.is_some_and(|closed| today.lanes.cell(closed, row) == Cell::TRUE);
            // What was learned ends on a day of its own.
            let is_taught = first
                .overlaid
                .iter()
                .any(|(table, over)| today.lanes.cell(*table, row) != today.lanes.cell(*over, row));
            // Days on which a clock changes may have another zone's, or no, time left.
            let (abroad, own) = today.turned.own.own(row).map_or((false, false), |(_, abroad)| (abroad, true));
            let is_taught = is_taught || abroad || own && self.clock_changes;
            if is_taught && let Some(hard) = today.hard.get_mut(row) {
                *hard = 255;
            }
            if !is_hard && !is_closed && !is_taught {
                ahead.active.push(row);
            }
        }
        ahead.day.fill(0);
        ahead.chunk.hard.fill(0);
        for (from, to) in self.still.iter().copied().chain(self.moving.iter().map(|(_, from, to)| (*from, *to))) {
            derive::copy_from(&today.lanes, from, &mut ahead.chunk.lanes, to);
        }
    }

    /// Moves every row that is still looked into to its next day. Rows of which nothing may
    /// differ any more are written; whether some are left.
    pub(super) fn step(
        &self,
        policy: &Policy,
        today: &mut Chunk,
        first: &Program,
        ahead: &mut Ahead,
        (start, tries): (usize, usize),
        out: &mut Decided,
    ) -> bool {
        let Ahead { chunk, day, untold, active, cells, before, left } = ahead;
        active.retain(|row| {
            let row = *row;
            let on_first = tries == 0;
            // What is the same for all rows stands in it; the rest is told of each row.
            let (lanes, program) = if on_first { (&today.lanes, first) } else { (&chunk.lanes, &self.program) };
            for (id, first, later) in &self.needs {
                if let Some(cell) = cells.get_mut(id.index()) {
                    *cell = lanes.cell(if on_first { *first } else { *later }, row);
                }
            }
            let of = if on_first { &today.placed } else { &chunk.placed };
            let at = |lane: &[u8]| lane.get(row).copied().unwrap_or(0);
            let standing = Standing {
                types: WordSet::of(usize::from(at(lanes.byte(program.type_lane)))),
                stage: StageId::at(at(of.stage.as_slice())),
                rung: StageId::at(at(of.rung.as_slice())),
                seen: program.seen(lanes, row),
            };
            let (Some(on), Some(told)) = (day.get_mut(row), untold.get_mut(row)) else { return false };
            if on_first {
                *told = self.foresight.untold(policy, cells).min(self.odd_times);
            }
            let mut next = self.foresight.leave(policy, cells, before, (*on, standing), told);
            if on_first && self.given {
                next = 1;
            }
            if next.min(*told) > Foresight::HORIZON {
                put(out, start + row, Foresight::HORIZON, ReviewReason::Horizon);
                return false;
            }
            let fits = next < *told && tries < MOST_TRIES;
            if fits {
                left.clone_from(cells);
                self.foresight.carry(policy, cells, left, next - *on, standing.seen);
            }
            let moved = fits
                && self.moving.iter().all(|(id, _, lane)| {
                    let cell = cells.get(id.index()).copied().unwrap_or(Cell::UNKNOWN);
                    chunk.lanes.set(*lane, row, cell)
                });
            if !moved && let Some(hard) = today.hard.get_mut(row) {
                *hard = 255;
            }
            *on = next;
            moved
        });
        !active.is_empty()
    }

    /// Decides the day to which each row was moved, and writes the reviews of those whose
    /// decision differs from the first.
    #[inline(always)]
    pub(super) fn decide(&self, policy: &Policy, ahead: &mut Ahead) {
        ahead.chunk.hard.fill(0);
        ahead.chunk.decide(policy, &self.program, &self.times, &mut |_| {});
    }

    pub(super) fn compare(
        &self,
        policy: &Policy,
        today: &mut Chunk,
        first: &Program,
        ahead: &mut Ahead,
        (start, out): (usize, &mut Decided),
    ) {
        let Ahead { chunk, day, active, .. } = ahead;
        active.retain(|row| {
            let row = *row;
            if chunk.hard.get(row).is_none_or(|hard| *hard != 0) {
                if let Some(hard) = today.hard.get_mut(row) {
                    *hard = 255;
                }
                return false;
            }
            let differs = difference((&*today, first), (&*chunk, &self.program), row);
            let Some(reason) = differs else { return true };
            let on = day.get(row).copied().unwrap_or(0);
            if self.is_told(policy, chunk, (on, row)) {
                put(out, start + row, on, reason);
            } else if let Some(hard) = today.hard.get_mut(row) {
                *hard = 255;
            }
            false
        });
    }
}

fn put(out: &mut Decided, row: usize, days: i64, reason: ReviewReason) {
    out.review.set(row, i16::try_from(days).unwrap_or(super::decided::NO_REVIEW));
    out.review_exact.set(row, reason.is_exact());
    out.review_reason.set(row, Some(reason));
}

impl Later {
    /// Whether it is told which signs count on the day: not of one that was seen after the
    /// first day, and counts although it is no longer seen.
    fn is_told(&self, policy: &Policy, chunk: &Chunk, (day, row): (i64, usize)) -> bool {
        let seen = self.program.seen(&chunk.lanes, row);
        policy.signs().iter().zip(0_u32..).all(|(sign, index)| {
            let Some(since) = sign.since.and_then(|since| self.program.facts.get(since.index())) else { return true };
            let days = chunk.lanes.cell(*since, row).get();
            seen.checked_shr(index).is_some_and(|bits| bits & 1 == 1)
                || days.is_none_or(|days| days > sign.lasts || days >= day)
        })
    }
}

/// In what the decisions of two days differ first, in the order in which the row engine asks.
fn difference((one, of): (&Chunk, &Program), (other, by): (&Chunk, &Program), row: usize) -> Option<ReviewReason> {
    let holds = |lanes: &Lanes, hold: T| lanes.truth(hold, row) == TRUE;
    let mut pairs = of.holds.iter().zip(&by.holds);
    if pairs.any(|(first, later)| holds(&one.lanes, *first) != holds(&other.lanes, *later)) {
        return Some(ReviewReason::Hold);
    }
    let types = (one.lanes.byte(of.type_lane).get(row), other.lanes.byte(by.type_lane).get(row));
    if types.0 != types.1 {
        return Some(ReviewReason::Type);
    }
    if one.placed.stage.get(row) != other.placed.stage.get(row) {
        return Some(ReviewReason::Stage);
    }
    if one.turned.treatment.get(row) != other.turned.treatment.get(row) {
        return Some(ReviewReason::Treatment);
    }
    if one.turned.action.get(row) != other.turned.action.get(row) {
        return Some(ReviewReason::Action);
    }
    let refused = |chunk: &Chunk| chunk.turned.refused > 0;
    if refused(one) || refused(other) {
        let vetoes = |chunk: &Chunk| -> Vec<(u16, u8)> {
            let of = chunk.turned.vetoes.iter().take(chunk.turned.refused);
            of.filter_map(|(id, codes)| codes.get(row).filter(|code| **code != 0).map(|code| (*id, *code))).collect()
        };
        if vetoes(one) != vetoes(other) {
            return Some(ReviewReason::Veto);
        }
    }
    None
}

impl Program {
    /// The signs that are seen in a row, by position.
    fn seen(&self, lanes: &Lanes, row: usize) -> u64 {
        let mut seen = 0;
        for (index, when) in &self.signs {
            if lanes.truth(*when, row) == TRUE {
                seen |= 1_u64.checked_shl(*index).unwrap_or(0);
            }
        }
        seen
    }
}
