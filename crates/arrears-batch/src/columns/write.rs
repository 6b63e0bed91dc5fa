//! What was decided for the rows of a chunk, as columns of codes.

use super::bits::each_set;
use super::decided::{CLOSED, Decided, SECOND_PERSON};
use super::kernel::{any, mask, upd1, within};
use super::lane::{Holes, N, NEVER_WIDE, NO_WIDE, ROWS, TRUE};
use super::lists::Lists;
use super::program::Program;
use super::run::Chunk;
use super::times::Times;
use super::turns::{NO_SLOT, Turned};
use arrears::Cell;
use arrears::condition::{Truth, WordSet};
use arrears::policy::Policy;

impl Chunk {
    /// Adds the decisions of the first rows of the chunk to the others. Of a row for the row
    /// engine they are not to be used.
    pub(super) fn write(
        &mut self,
        policy: &Policy,
        (program, times): (&Program, &Times),
        rows: usize,
        out: &mut Decided,
    ) {
        self.name_slots(times, out);
        let Self { lanes, placed, turned, worked, stops, .. } = &*self;
        let start = out.len();
        let types = lanes.byte(program.type_lane);
        out.debtor_type.extend_from_slice(first(types, rows));
        out.stage.extend_from_slice(first(&placed.stage, rows));
        out.stage_before.extend_from_slice(first(&placed.before, rows));
        out.rung.extend_from_slice(first(&placed.rung, rows));
        out.stage_reason.extend_from_slice(first(&placed.reason, rows));
        out.treatment.extend_from_slice(first(&turned.treatment, rows));
        out.action.extend_from_slice(first(&turned.action, rows));
        if turned.pointed {
            out.point.put(start, first(&turned.point, rows));
        }
        if turned.timed {
            out.slot.put(start, first(&turned.slot, rows));
        }
        if let Some(priority) = program.priority {
            let cell = |row| lanes.cell(priority, row).get().unwrap_or(NO_WIDE);
            match priority {
                N::Wide(lane) => {
                    let known = |number: &i64| if *number == NEVER_WIDE { NO_WIDE } else { *number };
                    out.priority.extend(start, first(lanes.wide(lane), rows).iter().map(known));
                }
                _ => out.priority.extend(start, (0..rows).map(cell)),
            }
        }
        self.write_holds(start, rows, out);
        self.write_flags(policy, program, (start, rows), out);
        if worked.acts.some() {
            let Decided { acts, acts_lists, known_acts, .. } = out;
            worked.acts.put_lists(known_acts, |list| acts_number(acts_lists, list), (start, rows), acts);
        }
        if program.work.gives_back() && any(&placed.cure) {
            each_set(&placed.cure, rows, |row| {
                let cure = placed.cure.get(row).copied().unwrap_or(0);
                out.put_relief(start + row, program.work.relief(cure, stops, row));
            });
        }
        let mut duties = std::mem::take(&mut self.duties);
        if any(&self.worked.any_duty) {
            each_set(&self.worked.any_duty, rows, |row| {
                duties.clear();
                duties.extend(self.duties_of(program, row));
                out.put_duties(start + row, &duties);
            });
        }
        self.duties = duties;
        let mut refusals = std::mem::take(&mut self.refusals);
        self.write_vetoes((start, rows), &mut refusals, out);
        self.refusals = refusals;
    }

    /// Calls slots of people's own what the table of decisions calls them.
    fn name_slots(&mut self, times: &Times, out: &mut Decided) {
        let Turned { own, slot, .. } = &mut self.turned;
        if !own.call(&mut out.slots) {
            return;
        }
        let everybody = times.slots.len();
        for slot in slot.iter_mut().filter(|slot| **slot != NO_SLOT) {
            let named = usize::from(*slot).checked_sub(everybody).and_then(|place| own.called.get(place));
            *slot = named.copied().unwrap_or(*slot);
        }
    }

    /// The duties that are due in a row, each with the days left.
    fn duties_of(&self, program: &Program, row: usize) -> impl Iterator<Item = (u16, bool, Option<i64>)> {
        let due = self.worked.duties.iter().enumerate();
        let due = due.filter(move |(_, due)| due.get(row).is_some_and(|due| *due != 0));
        due.map(move |(index, _)| {
            (u16::try_from(index).unwrap_or(u16::MAX), true, program.work.days_left(&self.lanes, index, row))
        })
    }

    fn write_holds(&self, start: usize, rows: usize, out: &mut Decided) {
        if !self.held.some() {
            return;
        }
        let Decided { held_by, hold_lists, known_holds, .. } = out;
        self.held.put_lists(known_holds, |list| holds_number(hold_lists, list), (start, rows), held_by);
    }

    fn write_flags(&self, policy: &Policy, program: &Program, (start, rows): (usize, usize), out: &mut Decided) {
        let of_type = policy.debtor_types().iter().enumerate().filter(|(_, kind)| kind.review);
        let looked_at = of_type.fold(WordSet::default(), |all, (place, _)| all.or(WordSet::of(place)));
        let mut flags = [0_u8; ROWS];
        within(&mut flags, self.lanes.byte(program.type_lane), looked_at, Holes::NONE);
        upd1(&mut flags, &[0; ROWS], |flags, _: u8| mask(flags == TRUE) & SECOND_PERSON);
        match program.facts.get(program.closed.index()).copied() {
            None | Some(N::Const(Cell::FALSE)) => {}
            Some(N::Byte(lane)) => {
                upd1(&mut flags, self.lanes.byte(lane), |flags, closed| flags | (mask(closed == 1) & CLOSED));
            }
            Some(closed) => {
                for (row, flags) in flags.iter_mut().enumerate() {
                    *flags |= mask(self.lanes.cell(closed, row) == Cell::TRUE) & CLOSED;
                }
            }
        }
        out.flags.put(start, first(&flags, rows));
    }

    fn write_vetoes(&self, (start, rows): (usize, usize), of_row: &mut Vec<(u16, u16)>, out: &mut Decided) {
        let vetoes = self.turned.vetoes.iter().take(self.turned.refused);
        if self.turned.refused == 0 {
            return;
        }
        let mut some = [0_u8; ROWS];
        for (_, codes) in vetoes.clone() {
            upd1(&mut some, codes, |some, code| some | code);
        }
        each_set(&some, rows, |row| {
            of_row.clear();
            of_row.extend(vetoes.clone().filter_map(|(id, codes)| {
                codes.get(row).filter(|code| **code != 0).map(|code| (*id, u16::from(*code)))
            }));
            out.put_vetoes(start + row, of_row);
        });
    }
}

/// Before the first row: the lists of a policy with few holds, and few acts, are made at once.
pub(super) fn begin(policy: &Policy, out: &mut Decided) {
    let Decided { hold_lists, known_holds, acts_lists, known_acts, .. } = out;
    known_holds.begin(policy.holds().len(), |list| holds_number(hold_lists, list));
    known_acts.begin(policy.acts().len(), |list| acts_number(acts_lists, list));
}

type HoldLists = Lists<(u16, Truth), (u16, Truth)>;

/// The number of a list of holds that surely bind.
fn holds_number(lists: &mut HoldLists, list: &mut dyn Iterator<Item = usize>) -> u32 {
    let key: Vec<(u16, Truth)> = list.map(|hold| (place(hold), Truth::True)).collect();
    lists.number(&key, <[(u16, Truth)]>::to_vec)
}

/// The number of a list of acts.
fn acts_number(lists: &mut Lists<u16, u16>, list: &mut dyn Iterator<Item = usize>) -> u32 {
    let key: Vec<u16> = list.map(place).collect();
    lists.number(&key, <[u16]>::to_vec)
}

/// The first rows of a lane.
fn first<V>(lane: &[V; ROWS], rows: usize) -> &[V] {
    lane.get(..rows).unwrap_or(lane)
}

/// The position of a hold or an act.
fn place(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
