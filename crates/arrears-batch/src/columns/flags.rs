//! Flags of a table, which stand there as bits, into lanes of bytes.

use super::lane::{Bytes, ROWS};
use arrow_buffer::{BooleanBuffer, NullBuffer};

/// Flags from `start` on, each as 0 or 1.
#[inline(always)]
pub(super) fn flags_into(flags: &BooleanBuffer, start: usize, out: &mut Bytes) {
    let first = flags.offset() + start;
    if first.is_multiple_of(8) {
        let bytes = flags.values().get(first / 8..).unwrap_or_default();
        for (out, byte) in out.as_chunks_mut::<8>().0.iter_mut().zip(bytes) {
            *out = SPREAD.get(usize::from(*byte)).copied().unwrap_or_default();
        }
        return;
    }
    for (out, set) in out.iter_mut().zip(flags.iter().skip(start)) {
        *out = u8::from(set);
    }
}

/// Puts what stands for nothing where a cell is empty; whether one is.
#[inline(always)]
pub(super) fn empty<V: Copy>(nulls: Option<(&NullBuffer, usize)>, out: &mut [V; ROWS], nothing: V) -> bool {
    let Some((nulls, start)) = nulls else { return false };
    let rows = nulls.len().saturating_sub(start).min(ROWS);
    let filled = nulls.inner().slice(start, rows);
    let words = filled.bit_chunks();
    let rest = words.remainder_len();
    let mut full = true;
    let (blocks, last) = out.as_chunks_mut::<BLOCK>();
    for (block, filled) in blocks.iter_mut().zip(words.iter()) {
        if filled != u64::MAX {
            full = false;
            let mut empty = !filled;
            if empty.count_ones() > FEW {
                blank(block, filled, nothing);
                continue;
            }
            while empty != 0 {
                let place = usize::try_from(empty.trailing_zeros()).unwrap_or(0);
                if let Some(value) = block.get_mut(place) {
                    *value = nothing;
                }
                empty &= empty.wrapping_sub(1);
            }
        }
    }
    if rest > 0 {
        let place = rows / BLOCK;
        // What is beyond the last row is filled.
        let bits = words.remainder_bits() | (u64::MAX << rest);
        let block = blocks.get_mut(place).map(<[V; BLOCK]>::as_mut_slice).unwrap_or(last);
        if bits != u64::MAX {
            full = false;
            for (bit, value) in block.iter_mut().enumerate() {
                *value = if (bits >> bit) & 1 == 0 { nothing } else { *value };
            }
        }
    }
    !full
}

/// So many rows have one word of bits.
const BLOCK: usize = 64;
/// So few empty cells of them are looked at one by one.
const FEW: u32 = 6;

#[inline(always)]
fn blank<V: Copy>(block: &mut [V; BLOCK], filled: u64, nothing: V) {
    let mut flags = [0_u8; BLOCK];
    for (out, byte) in flags.as_chunks_mut::<8>().0.iter_mut().zip(filled.to_le_bytes()) {
        *out = SPREAD.get(usize::from(byte)).copied().unwrap_or_default();
    }
    for (value, filled) in block.iter_mut().zip(&flags) {
        *value = if *filled == 0 { nothing } else { *value };
    }
}

/// The eight flags of every byte.
static SPREAD: [[u8; 8]; 256] = {
    let mut all = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "a byte has 256 values")]
        {
            all[byte] = spread(byte as u8);
        }
        byte += 1;
    }
    all
};

/// The eight flags of a byte, the lowest bit first, each as 0 or 1.
#[inline(always)]
const fn spread(byte: u8) -> [u8; 8] {
    let copies = (byte as u64).wrapping_mul(0x0101_0101_0101_0101);
    // In copy n only bit n is left; adding 127 brings it to the top of the copy.
    let bits = copies & 0x8040_2010_0804_0201;
    let tops = bits.wrapping_add(0x7F7F_7F7F_7F7F_7F7F) & 0x8080_8080_8080_8080;
    (tops >> 7).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::{empty, flags_into, spread};
    use crate::columns::lane::ROWS;
    use arrow_buffer::{BooleanBuffer, NullBuffer};

    #[test]
    fn a_byte_is_eight_flags_the_lowest_bit_first() {
        for byte in 0..=u8::MAX {
            let flags: Vec<u8> = (0..8).map(|bit| (byte >> bit) & 1).collect();
            assert_eq!(spread(byte).to_vec(), flags);
        }
    }

    #[test]
    fn flags_are_read_from_wherever_a_table_begins() {
        let set = |row: usize| row.is_multiple_of(3) || row % 7 == 2;
        let all = BooleanBuffer::collect_bool(3 * ROWS, set);
        for offset in [0, 1, 5, 8, 13, 64] {
            let flags = all.slice(offset, 2 * ROWS);
            let mut out = [9; ROWS];
            flags_into(&flags, ROWS, &mut out);
            let wanted: Vec<u8> = (0..ROWS).map(|row| u8::from(set(offset + ROWS + row))).collect();
            assert_eq!(out.to_vec(), wanted, "offset {offset}");
        }
    }

    #[test]
    fn empty_cells_are_found_wherever_they_stand_and_however_many_they_are() {
        for often in [1, 2, 7, 64, 100, 5000] {
            let filled = |row: usize| !(row * row + row / 3).is_multiple_of(often);
            let all = NullBuffer::new(BooleanBuffer::collect_bool(3 * ROWS, filled));
            for (offset, start, rows) in [(0, 0, 3 * ROWS), (5, ROWS, 2 * ROWS), (13, 0, 100), (64, ROWS, ROWS + 17)] {
                let nulls = all.slice(offset, rows);
                let mut out = [1_i32; ROWS];
                let some = empty(Some((&nulls, start)), &mut out, -1);
                let here = rows.saturating_sub(start).min(ROWS);
                let wanted = |row: usize| if row >= here || filled(offset + start + row) { 1 } else { -1 };
                let wanted: Vec<i32> = (0..ROWS).map(wanted).collect();
                assert_eq!(out.to_vec(), wanted, "one in {often}, from {offset} and {start}");
                assert_eq!(some, wanted.contains(&-1));
            }
        }
    }
}
