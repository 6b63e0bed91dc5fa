//! The way up the ladder, for every row of a chunk.

use super::kernel::{mask, pick, upd2, upd3};
use super::ladder::Ladder;
use super::lane::{Bytes, Lanes, TRUE};
use arrears::policy::Mode;

impl Ladder {
    /// The most severe rung that may be entered.
    #[inline(always)]
    pub(super) fn top(&self, lanes: &Lanes, (base, by): (&Bytes, &Bytes), out: &mut Bytes) {
        if self.mode == Mode::Free {
            out.fill(0);
        } else {
            *out = *base;
        }
        let free = mask(self.mode == Mode::Free);
        for step in &self.rungs {
            let holds = lanes.byte(step.holds);
            match step.served {
                None => upd2(out, base, holds, |out, base, holds| {
                    let may = mask((holds == TRUE) & (base >= step.after)) & (free | mask(step.position > base));
                    pick(may, step.position, out)
                }),
                Some((served, anew)) => {
                    let (served, anew) = (lanes.byte(served), lanes.byte(anew));
                    for ((((out, base), holds), by), (served, anew)) in
                        out.iter_mut().zip(base).zip(holds).zip(by).zip(served.iter().zip(anew))
                    {
                        let served = pick(mask(*by != 0), *anew, *served) == TRUE;
                        let above = step.position > *base;
                        let may = (*holds == TRUE) & (*base >= step.after) & (served | !above);
                        *out = pick(mask(may) & (free | mask(above)), step.position, *out);
                    }
                }
            }
        }
    }

    /// Up over the rungs that may be entered, at most so many.
    #[inline(always)]
    pub(super) fn walk(
        &self,
        lanes: &Lanes,
        (base, by): (&Bytes, &Bytes),
        steps: Option<&Bytes>,
        (at, left): (&mut Bytes, &mut Bytes),
    ) {
        *at = *base;
        match steps {
            Some(steps) => *left = *steps,
            None => left.fill(u8::MAX),
        }
        for step in &self.rungs {
            let holds = lanes.byte(step.holds);
            let (served, anew) = match step.served {
                None => (None, None),
                Some((served, anew)) => (Some(lanes.byte(served)), Some(lanes.byte(anew))),
            };
            let rows = at.iter_mut().zip(left.iter_mut()).zip(base).zip(holds);
            match (served, anew) {
                (Some(served), Some(anew)) => {
                    for ((((at, left), base), holds), (by, (served, anew))) in
                        rows.zip(by.iter().zip(served.iter().zip(anew)))
                    {
                        let begins = (*by != 0) | (*at != *base);
                        let served = pick(mask(begins), *anew, *served) == TRUE;
                        let may = mask(
                            (*holds == TRUE) & (*base >= step.after) & (step.position > *base) & (*left > 0) & served,
                        );
                        *at = pick(may, step.position, *at);
                        *left = left.wrapping_add(may);
                    }
                }
                _ => {
                    for (((at, left), base), holds) in rows {
                        let may =
                            mask((*holds == TRUE) & (*base >= step.after) & (step.position > *base) & (*left > 0));
                        *at = pick(may, step.position, *at);
                        *left = left.wrapping_add(may);
                    }
                }
            }
        }
    }

    /// Whether a more severe rung waits for its dwell, or for the stage it comes after.
    #[inline(always)]
    pub(super) fn above(
        &self,
        lanes: &Lanes,
        (base, by, rung): (&Bytes, &Bytes, &Bytes),
        (dwells, afters): (&mut Bytes, &mut Bytes),
    ) {
        dwells.fill(0);
        afters.fill(0);
        for step in &self.rungs {
            let holds = lanes.byte(step.holds);
            if let Some((served, anew)) = step.served {
                let (served, anew) = (lanes.byte(served), lanes.byte(anew));
                let rows = dwells.iter_mut().zip(base).zip(by).zip(rung).zip(holds).zip(served.iter().zip(anew));
                for (((((dwells, base), by), rung), holds), (served, anew)) in rows {
                    let served = pick(mask(*by != 0), *anew, *served) == TRUE;
                    let waits = (step.position > *rung) & (*holds == TRUE) & (*base >= step.after) & !served;
                    *dwells |= mask(waits);
                }
            }
            if step.after > 0 {
                upd3(afters, (base, rung, holds), |afters, base, rung, holds| {
                    afters | mask((step.position > rung) & (holds == TRUE) & (base < step.after))
                });
            }
        }
    }
}
