//! Defaults of a state: of an account that had no stage before, what is unknown has the default
//! of whoever was never decided.

use super::bits::each_set;
use super::derive::{by_row, byte_for, copy, narrow_for, width};
use super::kernel::{map1, mask, upd1};
use super::lane::{Bytes, Holes, Lanes, N, NEVER_BYTE, NO_BYTE, NO_NARROW, NO_WIDE, ROWS, wide_of};
use arrears::Cell;

/// So few rows of a chunk are looked at one by one.
const FEW: usize = ROWS / 32;

/// The rows of a chunk that had no stage before.
#[derive(Debug, Default)]
pub(super) struct Newcomers {
    /// The lane of the stage in which they were found; none if they were not yet.
    of: Option<usize>,
    rows: Vec<usize>,
}

/// Which rows these are.
enum Who<'a> {
    /// These, which are few.
    Few(&'a [usize]),
    /// Those without a stage in this lane.
    Many(usize),
    Everybody,
}

impl Newcomers {
    /// Nobody was looked for yet.
    pub(super) fn begin(&mut self) {
        self.of = None;
    }

    /// Who they are.
    #[inline(always)]
    fn among(&mut self, lanes: &Lanes, stage: N) -> Option<Who<'_>> {
        let stage = match stage {
            N::Const(stage) => return Some(if stage.get().is_some() { Who::Few(&[]) } else { Who::Everybody }),
            N::Byte(stage) => stage,
            N::Narrow(_) | N::Wide(_) => return None,
        };
        if self.of != Some(stage) {
            self.of = Some(stage);
            self.rows.clear();
            if lanes.byte_holes(stage).some() {
                let mut new: Bytes = [0; ROWS];
                map1(&mut new, lanes.byte(stage), |stage| mask(stage >= NEVER_BYTE));
                each_set(&new, ROWS, |row| self.rows.push(row));
            }
        }
        Some(if self.rows.len() <= FEW { Who::Few(&self.rows) } else { Who::Many(stage) })
    }

    /// Puts the default where a fact is unknown and there was no stage before.
    #[inline(always)]
    pub(super) fn fill_in(&mut self, (lanes, stage): (&mut Lanes, N), of: N, default: Cell, out: N) {
        let (Some(who), true) = (self.among(lanes, stage), width(of) == width(out)) else {
            return by_row(lanes, out, |lanes, row| match lanes.cell(of, row) {
                cell if cell.is_unknown() && lanes.cell(stage, row).get().is_none() => default,
                cell => cell,
            });
        };
        if of != out {
            copy(lanes, of, out);
        }
        let holes = lanes.holes(out);
        if !holes.unknown {
            return;
        }
        macro_rules! put {
            ($take:ident, $put:ident, $out:expr, $no:expr, $default:expr) => {{
                let mut values = lanes.$take($out);
                match who {
                    Who::Few(rows) => {
                        for row in rows {
                            if let Some(value) = values.get_mut(*row).filter(|value| **value == $no) {
                                *value = $default;
                            }
                        }
                    }
                    Who::Many(stage) => upd1(&mut values, lanes.byte(stage), |of, stage| {
                        if (of == $no) & (stage >= NEVER_BYTE) { $default } else { of }
                    }),
                    Who::Everybody => {
                        values.iter_mut().for_each(|of| *of = if *of == $no { $default } else { *of });
                    }
                }
                // What is unknown where there was a stage stays so.
                let unknown = values.iter().fold(0, |any, value| any | u8::from(*value == $no)) != 0;
                lanes.$put($out, values, Holes { unknown, never: holes.never | default.is_never() });
            }};
        }
        match out {
            N::Byte(out) => put!(take_byte, put_byte, out, NO_BYTE, byte_for(default)),
            N::Narrow(out) => put!(take_narrow, put_narrow, out, NO_NARROW, narrow_for(default)),
            N::Wide(out) => put!(take_wide, put_wide, out, NO_WIDE, wide_of(default)),
            N::Const(_) => {}
        }
    }
}
