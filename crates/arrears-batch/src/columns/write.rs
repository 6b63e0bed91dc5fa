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
        let point = turned.point.get(..rows).unwrap_or_default();
        out.point.put(start, point);
        out.slot.put(start, turned.slot.get(..rows).unwrap_or_default());
        if let Some(priority) = program.priority {
            for row in 0..rows {
                out.priority.set(start + row, lanes.cell(priority, row).get());
            }
        }
        self.write_holds(program, start, rows, out);
        self.write_flags(policy, program, (start, rows), out);
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
        let mut some = [0_u8; ROWS];
        for (index, hold) in program.holds.iter().enumerate() {
            let shift = u32::try_from(index % 64).unwrap_or(0);
            match hold {
                T::Const(Truth::False) => {}
                T::Const(_) => {
                    some.fill(TRUE);
                    bits.iter_mut().for_each(|bits| *bits |= 1 << shift);
                }
                T::Lane(lane) => {
                    let holds = self.lanes.byte(*lane);
                    if any(holds) {
                        upd1(&mut some, holds, |some, holds| some | (holds & TRUE));
                        each_set(holds, |row| {
                            if let (Some(bits), Some(TRUE)) = (bits.get_mut(row), holds.get(row).copied()) {
                                *bits |= 1 << shift;
                            }
                        });
                    }
                }
            }
        }
        let many = program.holds.len() > 64;
        each_set(&some, |row| {
            let bits = bits.get(row).copied().unwrap_or(0);
            if row >= rows {
                return;
            }
            let known = if many { None } else { out.holds_by_bits.get(&bits).copied() };
            let number = known.unwrap_or_else(|| {
                let holds = program.holds.iter().enumerate();
                let holds = holds.filter(|(_, hold)| self.lanes.truth(**hold, row) == TRUE);
                let list: Vec<(u16, Truth)> =
                    holds.map(|(index, _)| (u16::try_from(index).unwrap_or(u16::MAX), Truth::True)).collect();
                let number = out.hold_lists.number(list, Clone::clone);
                out.holds_by_bits.insert(bits, number);
                number
            });
            out.held_by.set(start + row, number);
        });
    }

    fn write_flags(&self, policy: &Policy, program: &Program, (start, rows): (usize, usize), out: &mut Decided) {
        let types = self.lanes.byte(program.type_lane);
        let looked_at = policy.debtor_types().iter().any(|kind| kind.review);
        let closed = program.facts.get(policy.engine_facts().closed.index()).copied();
        let closed = closed.filter(|closed| *closed != N::Const(Cell::FALSE));
        if !looked_at && closed.is_none() {
            return;
        }
        for (row, of) in types.iter().enumerate().take(rows) {
            let mut flags = 0;
            if looked_at && policy.debtor_types().get(usize::from(*of)).is_some_and(|kind| kind.review) {
                flags |= SECOND_PERSON;
            }
            if closed.is_some_and(|closed| self.lanes.cell(closed, row) == Cell::TRUE) {
                flags |= CLOSED;
            }
            out.flags.set(start + row, flags);
        }
    }

    fn write_vetoes(&self, start: usize, rows: usize, out: &mut Decided) {
        let vetoes = self.turned.vetoes.iter().take(self.turned.refused);
        let mut some = [0_u8; ROWS];
        for (_, codes) in vetoes.clone() {
            upd1(&mut some, codes, |some, code| some | code);
        }
        each_set(&some, |row| {
            if row >= rows {
                return;
            }
            let of_row = vetoes.clone().filter_map(|(id, codes)| {
                codes.get(row).filter(|code| **code != 0).map(|code| (*id, u16::from(*code)))
            });
            out.put_vetoes(start + row, of_row.collect());
        });
    }
}

/// Calls for every row whose byte is set, in order; chunks in which none is are passed over.
fn each_set(bytes: &Bytes, mut row: impl FnMut(usize)) {
    for (index, some) in bytes.chunks_exact(8).enumerate() {
        if some.iter().fold(0, |all, byte| all | *byte) == 0 {
            continue;
        }
        for (place, byte) in some.iter().enumerate() {
            if *byte != 0 {
                row(index * 8 + place);
            }
        }
    }
}

/// The numbers of the lists of acts, from what is due of each.
fn write_bits(acts: &[Bytes], any_act: &Bytes, (start, rows): (usize, usize), out: &mut Decided) {
    each_set(any_act, |row| {
        if row >= rows {
            return;
        }
        let due = || acts.iter().enumerate().filter(|(_, act)| act.get(row).is_some_and(|act| *act != 0));
        let bits = due().fold(0_u64, |bits, (index, _)| bits | (1 << (index % 64)));
        let known = if acts.len() > 64 { None } else { out.acts_by_bits.get(&bits).copied() };
        let number = known.unwrap_or_else(|| {
            let list: Vec<u16> = due().map(|(index, _)| u16::try_from(index).unwrap_or(u16::MAX)).collect();
            let number = out.acts_lists.number(list, Clone::clone);
            out.acts_by_bits.insert(bits, number);
            number
        });
        out.acts.set(start + row, number);
    });
}
