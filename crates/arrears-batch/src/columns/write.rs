//! What was decided for the rows of a chunk, as columns of codes.

use super::decided::{CLOSED, Decided, SECOND_PERSON};
use super::kernel::{any, upd1};
use super::lane::{Bytes, N, ROWS, T, TRUE};
use super::program::Program;
use super::run::Chunk;
use arrears::Cell;
use arrears::condition::Truth;
use arrears::decide::{DutyDue, DutyStatus};
use arrears::policy::Policy;

impl Chunk {
    /// Adds the decisions of the first rows of the chunk to the others. Of a row for the row
    /// engine they are not to be used.
    pub(super) fn write(&self, policy: &Policy, program: &Program, rows: usize, out: &mut Decided) {
        let Self { lanes, placed, turned, worked, stops, .. } = self;
        let start = out.len();
        let types = lanes.byte(program.type_lane);
        out.debtor_type.extend(types.iter().take(rows));
        out.stage.extend(placed.stage.iter().take(rows));
        out.stage_before.extend(placed.before.iter().take(rows));
        out.rung.extend(placed.rung.iter().take(rows));
        out.stage_reason.extend(placed.reason.iter().take(rows));
        out.treatment.extend(turned.treatment.iter().take(rows));
        out.action.extend(turned.action.iter().take(rows));
        out.point.extend(turned.point.iter().take(rows));
        out.slot.extend(turned.slot.iter().take(rows));
        let end = start + rows;
        out.grow_rest(end);
        match program.priority {
            None => out.priority.resize(end, None),
            Some(priority) => out.priority.extend((0..rows).map(|row| lanes.cell(priority, row).get())),
        }
        self.write_holds(program, start, rows, out);
        self.write_flags(policy, program, start, out);
        if any(&worked.any_act) {
            write_bits(&worked.acts, &worked.any_act, (start, rows), out);
        }
        if any(&worked.any_duty) {
            for (row, due) in worked.any_duty.iter().enumerate().take(rows) {
                if *due != 0 {
                    out.put_duties(start + row, self.duties(program, row));
                }
            }
        }
        if any(&placed.cure) {
            for (row, cure) in placed.cure.iter().enumerate().take(rows) {
                if *cure != 0 {
                    out.put_relief(start + row, program.work.relief(*cure, stops, row));
                }
            }
        }
        self.write_vetoes(start, rows, out);
    }

    fn duties(&self, program: &Program, row: usize) -> Vec<DutyDue> {
        let due = self.worked.duties.iter().enumerate();
        let due = due.filter(|(_, due)| due.get(row).is_some_and(|due| *due != 0));
        due.map(|(index, _)| DutyDue {
            duty: u16::try_from(index).unwrap_or(u16::MAX),
            status: DutyStatus::Due,
            days_left: program.work.days_left(&self.lanes, index, row),
        })
        .collect()
    }

    fn write_holds(&self, program: &Program, start: usize, rows: usize, out: &mut Decided) {
        let mut bits = [0_u64; ROWS];
        let mut some = false;
        for (index, hold) in program.holds.iter().enumerate() {
            let shift = u32::try_from(index % 64).unwrap_or(0);
            match hold {
                T::Const(Truth::False) => {}
                T::Const(_) => {
                    some = true;
                    bits.iter_mut().for_each(|bits| *bits |= 1 << shift);
                }
                T::Lane(lane) => {
                    let holds = self.lanes.byte(*lane);
                    if any(holds) {
                        some = true;
                        upd1(&mut bits, holds, |bits, holds| bits | (u64::from(holds == TRUE) << shift));
                    }
                }
            }
        }
        if !some {
            return;
        }
        let many = program.holds.len() > 64;
        for (row, bits) in bits.iter().enumerate().take(rows) {
            if *bits == 0 {
                continue;
            }
            let known = if many { None } else { out.holds_by_bits.get(bits).copied() };
            let number = known.unwrap_or_else(|| {
                let holds = program.holds.iter().enumerate();
                let holds = holds.filter(|(_, hold)| self.lanes.truth(**hold, row) == TRUE);
                let list: Vec<(u16, Truth)> =
                    holds.map(|(index, _)| (u16::try_from(index).unwrap_or(u16::MAX), Truth::True)).collect();
                let number = out.hold_lists.number(list, Clone::clone);
                out.holds_by_bits.insert(*bits, number);
                number
            });
            super::decided::set(&mut out.held_by, start + row, number);
        }
    }

    fn write_flags(&self, policy: &Policy, program: &Program, start: usize, out: &mut Decided) {
        let types = self.lanes.byte(program.type_lane);
        let looked_at = policy.debtor_types().iter().any(|kind| kind.review);
        let closed = program.facts.get(policy.engine_facts().closed.index()).copied();
        let closed = closed.filter(|closed| *closed != N::Const(Cell::FALSE));
        if !looked_at && closed.is_none() {
            return;
        }
        for (row, (flags, of)) in out.flags.iter_mut().skip(start).zip(types).enumerate() {
            if looked_at && policy.debtor_types().get(usize::from(*of)).is_some_and(|kind| kind.review) {
                *flags |= SECOND_PERSON;
            }
            if closed.is_some_and(|closed| self.lanes.cell(closed, row) == Cell::TRUE) {
                *flags |= CLOSED;
            }
        }
    }

    fn write_vetoes(&self, start: usize, rows: usize, out: &mut Decided) {
        let vetoes = self.turned.vetoes.iter().take(self.turned.refused);
        let mut some = [0_u8; ROWS];
        for (_, codes) in vetoes.clone() {
            upd1(&mut some, codes, |some, code| some | code);
        }
        for (row, some) in some.iter().enumerate().take(rows) {
            if *some == 0 {
                continue;
            }
            let of_row = vetoes.clone().filter_map(|(id, codes)| {
                codes.get(row).filter(|code| **code != 0).map(|code| (*id, u16::from(*code)))
            });
            out.put_vetoes(start + row, of_row.collect());
        }
    }
}

/// The numbers of the lists of acts, from what is due of each.
fn write_bits(acts: &[Bytes], any_act: &Bytes, (start, rows): (usize, usize), out: &mut Decided) {
    let mut bits = [0_u64; ROWS];
    for (index, act) in acts.iter().enumerate() {
        let shift = u32::try_from(index % 64).unwrap_or(0);
        upd1(&mut bits, act, |bits, act| bits | (u64::from(act & 1) << shift));
    }
    for (row, (bits, some)) in bits.iter().zip(any_act).enumerate().take(rows) {
        if *some == 0 {
            continue;
        }
        let known = if acts.len() > 64 { None } else { out.acts_by_bits.get(bits).copied() };
        let number = known.unwrap_or_else(|| {
            let due = acts.iter().enumerate().filter(|(_, act)| act.get(row).is_some_and(|act| *act != 0));
            let list: Vec<u16> = due.map(|(index, _)| u16::try_from(index).unwrap_or(u16::MAX)).collect();
            let number = out.acts_lists.number(list, Clone::clone);
            out.acts_by_bits.insert(*bits, number);
            number
        });
        super::decided::set(&mut out.acts, start + row, number);
    }
}
