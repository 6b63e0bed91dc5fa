//! Single facts of a chunk moved on by days on which nothing happens, as the core moves them.

use super::kernel::mask;
use super::lane::{Bytes, Holes, Lanes, NEVER_NARROW, NO_NARROW, Narrow, TRUE};
use arrears::policy::Moves;

/// Numbers beyond this are for the row engine: they may come not to fit.
const FAR: i32 = 1 << 30;

/// One more each day.
#[inline(always)]
pub(super) fn add(lanes: &mut Lanes, lane: usize, days: &Narrow, hard: &mut Bytes) {
    let mut values = lanes.take_narrow(lane);
    for ((value, days), hard) in values.iter_mut().zip(days).zip(hard) {
        *hard |= mask(*value > FAR);
        *value = if *value > NEVER_NARROW { value.wrapping_add(*days) } else { *value };
    }
    let holes = lanes.narrow_holes(lane);
    lanes.put_narrow(lane, values, holes);
}

/// What had never begun begins on the day on which the account falls late.
#[inline(always)]
pub(super) fn begin(lanes: &mut Lanes, lane: usize, moves: Moves, (dpd, due, days): (&Narrow, &Narrow, &Narrow)) {
    let mut values = lanes.take_narrow(lane);
    let begins = matches!(moves, Moves::Begins);
    for (((value, dpd), due), days) in values.iter_mut().zip(dpd).zip(due).zip(days) {
        let falls = ((*dpd == 0) | (*dpd <= NEVER_NARROW)) & (*due >= 0) & (*due < *days);
        let known = begins & (*dpd > NEVER_NARROW);
        let first = if known { days.wrapping_sub(*due).wrapping_sub(1) } else { NO_NARROW };
        *value = if (*value == NEVER_NARROW) & falls { first } else { *value };
    }
    let holes = lanes.narrow_holes(lane);
    lanes.put_narrow(lane, values, holes.or(Holes { unknown: holes.never, never: false }));
}

/// One more each day while it is late, and from the day on which it falls late.
#[inline(always)]
pub(super) fn late(lanes: &mut Lanes, lane: usize, (due, days): (&Narrow, &Narrow), hard: &mut Bytes) {
    let mut values = lanes.take_narrow(lane);
    for (((value, due), days), hard) in values.iter_mut().zip(due).zip(days).zip(hard) {
        *hard |= mask(*value > FAR);
        let passes = (*due >= 0) & (*due < *days);
        let since = if *value == 0 { days.wrapping_sub(*due) } else { value.wrapping_add(1) };
        let still = if passes & (*value > NEVER_NARROW) { since } else { *value };
        *value = if *value > 0 { value.wrapping_add(*days) } else { still };
    }
    let holes = lanes.narrow_holes(lane);
    lanes.put_narrow(lane, values, holes);
}

/// Days that run down.
#[inline(always)]
pub(super) fn run_down(lanes: &mut Lanes, lane: usize, days: &Narrow, hard: &mut Bytes) {
    let mut values = lanes.take_narrow(lane);
    for ((value, days), hard) in values.iter_mut().zip(days).zip(hard) {
        let known = *value > NEVER_NARROW;
        *hard |= mask(known & (*value < -FAR));
        *value = if known { value.wrapping_sub(*days) } else { *value };
    }
    let holes = lanes.narrow_holes(lane);
    lanes.put_narrow(lane, values, holes);
}

/// Days that stand still while the account stands beside the ladder.
#[inline(always)]
pub(super) fn on_rung(lanes: &mut Lanes, lane: usize, (days, beside): (&Narrow, &Bytes), hard: &mut Bytes) {
    let mut values = lanes.take_narrow(lane);
    for (((value, days), beside), hard) in values.iter_mut().zip(days).zip(beside).zip(hard) {
        *hard |= mask(*value > FAR);
        let more = value.wrapping_add(*days);
        *value = if (*value > NEVER_NARROW) & (*beside != TRUE) { more } else { *value };
    }
    let holes = lanes.narrow_holes(lane);
    lanes.put_narrow(lane, values, holes);
}
