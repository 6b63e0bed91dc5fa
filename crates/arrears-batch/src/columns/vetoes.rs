//! What refused treatments, by row of a chunk.

use super::kernel::{pick, upd1, upd2};
use super::lane::{Bytes, ROWS};
use super::turns::BY_HOLD;

/// Notes that something refused a treatment in some rows.
pub(super) fn note(vetoes: &mut Vec<(u16, Box<Bytes>)>, used: &mut usize, id: u16, code: u8, hit: &Bytes) {
    with_lane(vetoes, used, id, |codes| upd1(codes, hit, |codes, hit| pick(hit, code, codes)));
}

/// Notes which holds did.
pub(super) fn note_holds(vetoes: &mut Vec<(u16, Box<Bytes>)>, used: &mut usize, id: u16, hit: &Bytes, stop: &Bytes) {
    // A stop is one more than the position of the hold.
    with_lane(vetoes, used, id, |codes| {
        upd2(codes, hit, stop, |codes, hit, stop| pick(hit, stop.wrapping_add(BY_HOLD - 1), codes));
    });
}

/// The lane of what refused a treatment: the last one, if it is of this treatment.
fn with_lane(vetoes: &mut Vec<(u16, Box<Bytes>)>, used: &mut usize, id: u16, write: impl FnOnce(&mut Bytes)) {
    let last = used.checked_sub(1).and_then(|last| vetoes.get(last)).is_some_and(|(known, _)| *known == id);
    if !last {
        *used += 1;
        if vetoes.len() < *used {
            vetoes.push((id, Box::new([0; ROWS])));
        }
        if let Some((known, codes)) = used.checked_sub(1).and_then(|last| vetoes.get_mut(last)) {
            *known = id;
            codes.fill(0);
        }
    }
    if let Some((_, codes)) = used.checked_sub(1).and_then(|last| vetoes.get_mut(last)) {
        write(codes);
    }
}
