//! Which of several things hold in each row of a chunk: a bit for each, eight to a lane.

use super::kernel::{mask, upd1};
use super::lane::{Bytes, ROWS};
use super::rare::Rare;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// Things that one word of bits tells apart.
const BITS: usize = 64;
/// Things that one lane tells apart.
const OF_A_LANE: usize = 8;

/// Of each thing whether it holds, by row.
pub(super) struct Bits {
    lanes: Vec<Bytes>,
    /// Lanes in which something may hold.
    used: Vec<bool>,
    things: usize,
}

impl Bits {
    /// Room for so many things.
    pub(super) fn new(things: usize) -> Self {
        let lanes = things.div_ceil(OF_A_LANE);
        Self { lanes: (0..lanes).map(|_| [0; ROWS]).collect(), used: vec![false; lanes], things }
    }

    /// Nothing holds.
    pub(super) fn clear(&mut self) {
        self.used.fill(false);
    }

    /// A thing holds where the mask is set.
    #[inline(always)]
    pub(super) fn set(&mut self, thing: usize, holds: &Bytes) {
        let bit = 1_u8 << (thing % OF_A_LANE);
        let place = thing / OF_A_LANE;
        let (Some(lane), Some(used)) = (self.lanes.get_mut(place), self.used.get_mut(place)) else { return };
        if *used {
            upd1(lane, holds, |bits, holds| bits | (holds & bit));
        } else {
            super::kernel::map1(lane, holds, |holds| holds & bit);
            *used = true;
        }
    }

    /// Whether anything may hold in any row.
    pub(super) fn some(&self) -> bool {
        self.used.iter().any(|used| *used)
    }

    /// The bits of the first things in a row.
    fn word(&self, row: usize) -> u64 {
        let lanes = self.lanes.iter().zip(&self.used).take(BITS / OF_A_LANE).rev();
        lanes.fold(0, |word, (lane, used)| {
            let bits = if *used { lane.get(row).copied().unwrap_or(0) } else { 0 };
            (word << OF_A_LANE) | u64::from(bits)
        })
    }

    /// The things that hold in a row, in order.
    fn things(&self, row: usize) -> impl Iterator<Item = usize> {
        (0..self.things).filter(move |thing| {
            let place = thing / OF_A_LANE;
            let bits = self.lanes.get(place).and_then(|lane| lane.get(row)).copied().unwrap_or(0);
            self.used.get(place).is_some_and(|used| *used) && (bits >> (thing % OF_A_LANE)) & 1 == 1
        })
    }

    /// Puts the number of the list of what holds into each of the first rows of a chunk, which
    /// begins at `start`; a list that is not known yet is numbered by `number`.
    pub(super) fn put_lists(
        &self,
        known: &mut KnownLists,
        mut number: impl FnMut(&mut dyn Iterator<Item = usize>) -> u32,
        (start, rows): (usize, usize),
        out: &mut Rare<u32>,
    ) {
        let mut one_of = |row: usize, known: &mut KnownLists| {
            if self.things > BITS {
                return number(&mut self.things(row));
            }
            let word = self.word(row);
            known.of(word).unwrap_or_else(|| {
                let list = number(&mut self.things(row));
                known.learn(word, list);
                list
            })
        };
        let mut lanes = self.lanes.iter().zip(&self.used).filter(|(_, used)| **used).map(|(lane, _)| lane);
        let (Some(first), second) = (lanes.next(), lanes.next()) else { return };
        let Some(second) = second else {
            if self.lanes.len() == 1 && known.are_bits {
                return out.extend(start, first.iter().take(rows).map(|bits| u32::from(*bits)));
            }
            out.reach(start + rows);
            return each_set(first, rows, |row| out.set(start + row, one_of(row, known)));
        };
        let mut some = *first;
        for lane in [second].into_iter().chain(lanes) {
            upd1(&mut some, lane, |some, lane| some | lane);
        }
        out.reach(start + rows);
        each_set(&some, rows, |row| out.set(start + row, one_of(row, known)));
    }
}

/// Numbers of lists by the bits of what is on them.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownLists {
    /// By the bits of the first eight things; 0: not known.
    few: Vec<u32>,
    /// Whether the number of each list of these is its bits.
    are_bits: bool,
    many: HashMap<u64, u32, FixedState>,
}

impl KnownLists {
    /// Makes the lists of so many things before the first is asked for, if they are few: then,
    /// where there are no others yet, a list's number is the bits of what is on it.
    pub(super) fn begin(&mut self, things: usize, mut number: impl FnMut(&mut dyn Iterator<Item = usize>) -> u32) {
        if !self.few.is_empty() || things == 0 || things > OF_A_LANE {
            return;
        }
        self.are_bits = true;
        for bits in 1..1_u64 << things {
            let list = number(&mut (0..things).filter(|thing| (bits >> thing) & 1 == 1));
            self.are_bits &= u64::from(list) == bits;
            self.learn(bits, list);
        }
    }

    fn of(&self, word: u64) -> Option<u32> {
        match usize::try_from(word) {
            Ok(few) if few < 1 << OF_A_LANE => self.few.get(few).copied().filter(|number| *number != 0),
            _ => self.many.get(&word).copied(),
        }
    }

    fn learn(&mut self, word: u64, number: u32) {
        match usize::try_from(word) {
            Ok(few) if few < 1 << OF_A_LANE => {
                self.few.resize(1 << OF_A_LANE, 0);
                if let Some(slot) = self.few.get_mut(few) {
                    *slot = number;
                }
            }
            _ => {
                self.many.insert(word, number);
            }
        }
    }
}

/// Calls for each of the first rows whose byte is set, in order.
pub(super) fn each_set(bytes: &Bytes, rows: usize, mut row: impl FnMut(usize)) {
    const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
    for (index, part) in bytes.as_chunks::<64>().0.iter().enumerate() {
        if part.iter().fold(0, |all, byte| all | *byte) == 0 {
            continue;
        }
        for (word, eight) in part.as_chunks::<8>().0.iter().enumerate() {
            let bytes = u64::from_le_bytes(*eight);
            // The top bit of each byte that is not zero.
            let mut set = (((bytes & LOW) + LOW) | bytes) & !LOW;
            while set != 0 {
                let place = index * 64 + word * 8 + usize::try_from(set.trailing_zeros() / 8).unwrap_or(0);
                if place >= rows {
                    return;
                }
                row(place);
                set &= set.wrapping_sub(1);
            }
        }
    }
}

/// The mask of where something holds, if it does anywhere.
#[inline(always)]
pub(super) fn holds_anywhere(out: &mut Bytes, truths: &Bytes, on: u8) -> bool {
    let mut any = 0;
    for (out, truth) in out.iter_mut().zip(truths) {
        *out = mask(*truth == on);
        any |= *out;
    }
    any != 0
}

#[cfg(test)]
mod tests {
    use super::{Bits, KnownLists, Rare, each_set};
    use crate::columns::lane::ROWS;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_row_is_found_in_which_something_holds_and_no_other(
            set in prop::collection::btree_map(0..ROWS, 1..=255_u8, 0..60), rows in 0..=ROWS,
        ) {
            let mut bytes = [0; ROWS];
            set.iter().for_each(|(row, byte)| bytes[*row] = *byte);
            let mut found = Vec::new();
            each_set(&bytes, rows, |row| found.push(row));
            let wanted: Vec<usize> = set.keys().copied().filter(|row| *row < rows).collect();
            prop_assert_eq!(found, wanted);
        }

        #[test]
        fn each_row_has_the_list_of_what_holds_in_it(
            things in 1..90_usize, set in prop::collection::btree_set((0..90_usize, 0..300_usize), 0..80),
            begun: bool, others: bool,
        ) {
            let mut bits = Bits::new(things);
            bits.clear();
            for thing in 0..things {
                let mut lane = [0; ROWS];
                let rows = set.iter().filter(|(of, _)| *of == thing);
                rows.for_each(|(_, row)| lane[*row] = 255);
                if lane.contains(&255) {
                    bits.set(thing, &lane);
                }
            }
            let mut known = KnownLists::default();
            let mut lists = vec![Vec::new()];
            if others {
                lists.push(vec![1_000]);
            }
            if begun {
                known.begin(things, |list| {
                    lists.push(list.collect());
                    u32::try_from(lists.len() - 1).unwrap()
                });
            }
            // The second time every list is known.
            for start in [0, ROWS] {
                let mut found = Rare::new(0);
                let number = |list: &mut dyn Iterator<Item = usize>| {
                    lists.push(list.collect::<Vec<_>>());
                    u32::try_from(lists.len() - 1).unwrap()
                };
                bits.put_lists(&mut known, number, (start, ROWS), &mut found);
                for row in 0..ROWS {
                    let of_row = set.iter().filter(|(of, at)| *at == row && *of < things);
                    let wanted: Vec<usize> = of_row.map(|(of, _)| *of).collect();
                    prop_assert_eq!(&lists[usize::try_from(found.get(start + row)).unwrap()], &wanted);
                }
            }
        }
    }
}
