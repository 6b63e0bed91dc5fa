//! Which of several things hold in each row of a chunk: a bit for each, eight to a lane.

use super::kernel::{any, mask, upd1};
use super::lane::{Bytes, ROWS};
use std::collections::BTreeMap;

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

    /// Calls for each of the first rows in which something holds, with the number of the list
    /// of what does; a list that is not known yet is numbered by `number`.
    pub(super) fn each_list(
        &self,
        known: &mut KnownLists,
        rows: usize,
        mut number: impl FnMut(&mut dyn Iterator<Item = usize>) -> u32,
        mut found: impl FnMut(usize, u32),
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
        match (lanes.next(), lanes.next()) {
            (None, _) => {}
            (Some(only), None) => each_set(only, rows, |row| found(row, one_of(row, known))),
            (Some(first), Some(second)) => {
                let mut some = *first;
                for lane in [second].into_iter().chain(lanes) {
                    upd1(&mut some, lane, |some, lane| some | lane);
                }
                each_set(&some, rows, |row| found(row, one_of(row, known)));
            }
        }
    }
}

/// Numbers of lists by the bits of what is on them.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownLists {
    /// By the bits of the first eight things; 0: not known.
    few: Vec<u32>,
    many: BTreeMap<u64, u32>,
}

impl KnownLists {
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
    super::kernel::map1(out, truths, |truth| mask(truth == on));
    any(out)
}

#[cfg(test)]
mod tests {
    use super::{Bits, KnownLists, each_set};
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
            let (mut lists, mut found) = (vec![Vec::new()], Vec::new());
            bits.each_list(&mut known, ROWS, |list| {
                lists.push(list.collect::<Vec<_>>());
                u32::try_from(lists.len() - 1).unwrap()
            }, |row, list| found.push((row, list)));
            for (row, list) in &found {
                let wanted: Vec<usize> = set.iter().filter(|(of, at)| at == row && *of < things).map(|(of, _)| *of).collect();
                prop_assert_eq!(&lists[*list as usize], &wanted);
            }
            let rows: std::collections::BTreeSet<usize> = set.iter().filter(|(of, _)| *of < things).map(|(_, row)| *row).collect();
            prop_assert_eq!(found.len(), rows.len());
        }
    }
}
