//! Which rows a treatment's turn may take, and which number each tries.

use super::bits::each_set;
use super::kernel::{any, map2, mark, mask, move_over, upd1, upd2};
use super::lane::{Bytes, Lanes, ROWS, T, TRUE, UNKNOWN};
use super::turns::Turn;
use arrears::condition::Truth;

/// Rows in which a truth is unknown are for the row engine.
#[inline(always)]
pub(super) fn doubt(lanes: &Lanes, truth: T, fit: &Bytes, hard: &mut Bytes) {
    match truth {
        T::Const(Truth::Unknown) => upd1(hard, fit, |hard, fit| hard | fit),
        T::Const(_) => {}
        T::Lane(lane) if !lanes.byte_holes(lane).some() => {}
        T::Lane(lane) => upd2(hard, fit, lanes.byte(lane), |hard, fit, truth| hard | (fit & mask(truth == UNKNOWN))),
    }
}

/// Takes the rows out of `fit` in which a truth is `on`; whether there are any. Rows in
/// which it is unknown are for the row engine.
#[inline(always)]
pub(super) fn take(lanes: &Lanes, truth: T, on: u8, (fit, hit, hard): (&mut Bytes, &mut Bytes, &mut Bytes)) -> bool {
    match truth {
        T::Const(truth) if super::lane::byte_of(truth) == on => {
            *hit = *fit;
            fit.fill(0);
            any(hit)
        }
        T::Const(Truth::Unknown) => {
            upd1(hard, fit, |hard, fit| hard | fit);
            false
        }
        T::Const(_) => false,
        T::Lane(lane) => {
            doubt(lanes, T::Lane(lane), fit, hard);
            move_over(fit, hit, lanes.byte(lane), |truth| truth == on)
        }
    }
}

impl Turn {
    /// The rows among `active` that stand in its stages and whose turn it may be; whether there
    /// are any. Where that is unknown, the row engine decides.
    #[inline(always)]
    pub(super) fn fits(
        &self,
        lanes: &Lanes,
        (active, inside): (&Bytes, &Bytes),
        fit: &mut Bytes,
        hard: &mut Bytes,
    ) -> bool {
        match self.when {
            T::Const(when) => {
                let some = mark(fit, active, inside, |active, inside| active & mask(inside == TRUE));
                if when.is_unknown() {
                    upd1(hard, fit, |hard, fit| hard | fit);
                }
                some
            }
            T::Lane(lane) => {
                let when = lanes.byte(lane);
                if lanes.byte_holes(lane).some() {
                    map2(fit, active, inside, |active, inside| active & mask(inside == TRUE));
                    doubt(lanes, self.when, fit, hard);
                }
                let mut some = 0;
                for (((fit, active), inside), when) in fit.iter_mut().zip(active).zip(inside).zip(when) {
                    *fit = active & mask((*inside == TRUE) & (*when == TRUE));
                    some |= *fit;
                }
                some != 0
            }
        }
    }

    /// The number that each chosen row tries: the valid ones in turn, one further each time.
    #[inline(always)]
    pub(super) fn numbers_of(&self, lanes: &Lanes, chosen: &Bytes, point: &mut Bytes) {
        let valid = |number: &T, row: usize| lanes.truth(*number, row) == TRUE;
        each_set(chosen, ROWS, |row| {
            let usable = self.numbers.iter().map(|number| u64::from(valid(number, row))).sum();
            let made = self.used.iter().filter_map(|used| lanes.cell(*used, row).get());
            let made = u64::try_from(made.fold(0_i64, i64::saturating_add)).unwrap_or(0);
            // None is left over where none is usable.
            let (Some(mut skip), Some(point)) = (made.checked_rem(usable), point.get_mut(row)) else { return };
            for (place, number) in (0..).zip(&self.numbers) {
                if !valid(number, row) {
                    continue;
                }
                if skip == 0 {
                    *point = place;
                    return;
                }
                skip -= 1;
            }
        });
    }
}
