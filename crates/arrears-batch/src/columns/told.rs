//! From which day on a row does not tell what a decision could look at, over the rows of a
//! chunk.

use super::kernel::{compare_with, flag, map1, mask, upd1, upd2, within};
use super::lane::{
    Bytes, FALSE, Holes, Lanes, N, NEVER_BYTE, NEVER_NARROW, NEVER_WIDE, NO_BYTE, NO_NARROW, NO_WIDE, Narrow, ROWS,
    TRUE, UNKNOWN, byte_of,
};
use super::watched::{LATER, days_of, narrow_into};
use arrears::Cell;
use arrears::condition::{FactId, Truth, WordSet, compare};
use arrears::decide::{Asking, Foresight, Guard, Window};
use arrears::policy::{Hidden, Moves, Policy};

/// What limits how far a row tells, by lanes.
pub(super) struct Told {
    drifting: Vec<(N, Moves, Option<WordSet>)>,
    /// Signs that last, by position: days since each was seen, and for how long it counts.
    signs: Vec<(u32, usize, i32)>,
    due: N,
}

/// The stages of which something is asked; none if it is asked of all.
pub(super) fn some_stages(policy: &Policy, stages: WordSet) -> Option<WordSet> {
    let all = (0..policy.stages().len()).all(|stage| i64::try_from(stage).is_ok_and(|stage| stages.has(stage)));
    (!all).then_some(stages)
}

impl Told {
    /// Where facts are found as a night leaves them; none if a fact that drifts is no number of
    /// days.
    pub(super) fn of(policy: &Policy, foresight: &Foresight, left: &dyn Fn(FactId) -> N) -> Option<Self> {
        let mut drifting = Vec::new();
        for (fact, stages) in &foresight.drifting {
            days_of(left(*fact))?;
            if matches!(left(*fact), N::Const(cell) if cell.is_unknown()) {
                continue;
            }
            drifting.push((left(*fact), policy.moves(*fact), some_stages(policy, *stages)));
        }
        let mut signs = Vec::new();
        for (sign, index) in policy.signs().iter().zip(0_u32..) {
            let Some(since) = sign.since else { continue };
            let lasts = i32::try_from(sign.lasts).unwrap_or(i32::MAX / 2);
            signs.extend(days_of(left(since))?.map(|lane| (index, lane, lasts)));
        }
        let due = foresight.days_to_due.map_or(N::Const(arrears::Cell::UNKNOWN), left);
        days_of(due)?;
        Some(Self { drifting, signs, due })
    }

    /// Brings the first day that is not told nearer, for facts that may rise unseen, in the
    /// stages of which they are asked.
    #[inline(always)]
    pub(super) fn drifts(&self, lanes: &Lanes, (dpd, day, stage): (&Narrow, &Narrow, &Bytes), told: &mut Narrow) {
        let (mut due, mut values): (Narrow, Narrow) = ([0; ROWS], [0; ROWS]);
        let mut inside: Bytes = [TRUE; ROWS];
        narrow_into(&mut due, lanes, self.due);
        for (fact, moves, stages) in &self.drifting {
            narrow_into(&mut values, lanes, *fact);
            match stages {
                None => inside.fill(TRUE),
                Some(stages) => within(&mut inside, stage, *stages, Holes::NONE),
            }
            // In how many days; nothing: it does not.
            let days = |value: i32, dpd: i32, due: i32| match moves {
                Moves::Ages { .. } if value == NEVER_NARROW => {
                    if due >= 0 {
                        due.wrapping_add(1)
                    } else {
                        LATER
                    }
                }
                Moves::Ages { months: true } | Moves::Rises if value > NEVER_NARROW => 1,
                Moves::Late { hidden, .. } if (value > NEVER_NARROW) & (value <= 0) => match hidden {
                    Hidden::Never => LATER,
                    Hidden::WhileLate => {
                        if dpd == 0 {
                            LATER
                        } else {
                            1
                        }
                    }
                    Hidden::Always => 1,
                },
                Moves::Reaches { .. } | Moves::Peak { .. } if (value > NEVER_NARROW) & (dpd <= NEVER_NARROW) => 1,
                _ => LATER,
            };
            let each = told.iter_mut().zip(&values).zip(dpd).zip(&due).zip(day).zip(&inside);
            for (((((told, value), dpd), due), day), inside) in each {
                let first = day.saturating_add(days(*value, *dpd, *due));
                *told = if *inside == TRUE { (*told).min(first) } else { *told };
            }
        }
    }

    /// Brings it nearer for signs that are no longer seen: whether they were seen meanwhile
    /// depends on whether anybody decided.
    #[inline(always)]
    pub(super) fn signs_end(&self, lanes: &Lanes, (day, seen): (&Narrow, &[u64; ROWS]), told: &mut Narrow) {
        for (index, since, lasts) in &self.signs {
            let each = told.iter_mut().zip(lanes.narrow(*since)).zip(day).zip(seen);
            for (((told, since), day), seen) in each {
                let counts = ((seen >> index) & 1 == 0) & (*since > NEVER_NARROW) & (*since <= *lasts);
                // One that was seen after the first day is followed by the row engine.
                let left = if *since >= *day { lasts.wrapping_sub(*since).wrapping_add(1) } else { 0 };
                *told = if counts { (*told).min(day.wrapping_add(left)) } else { *told };
            }
        }
    }

    /// Unsets those of which it is not told which signs count on the day: one that was seen
    /// after the first day counts although it is no longer seen.
    #[inline(always)]
    pub(super) fn sure(&self, lanes: &Lanes, (day, seen): (&Narrow, &[u64; ROWS]), told: &mut Bytes) {
        for (index, since, lasts) in &self.signs {
            for (((told, since), day), seen) in told.iter_mut().zip(lanes.narrow(*since)).zip(day).zip(seen) {
                let is_seen = (seen >> index) & 1 == 1;
                *told &= mask(is_seen | (*since <= NEVER_NARROW) | (*since > *lasts) | (*since >= *day));
            }
        }
    }
}

/// The first day of which today's row does not tell every count over a window that is asked in
/// its stage; `find` says where facts of today are found.
#[inline(always)]
pub(super) fn untold(
    policy: &Policy,
    windows: &[Window],
    (lanes, stage): (&Lanes, &Bytes),
    find: &dyn Fn(Option<FactId>) -> N,
    out: &mut Narrow,
) {
    out.fill(LATER);
    let (mut counts, mut falls): (Narrow, Narrow) = ([0; ROWS], [0; ROWS]);
    for window in windows {
        if matches!(find(Some(window.fact)), N::Const(cell) if cell.get().is_none()) {
            continue;
        }
        narrow_into(&mut falls, lanes, find(window.drops));
        for asking in &window.askings {
            some_into(&mut counts, lanes, find(Some(window.fact)), asking.edge.unwrap_or(1).max(1));
            let asked = asked(policy, (lanes, stage), asking, find);
            for (((out, count), falls), asked) in out.iter_mut().zip(&counts).zip(&falls).zip(&asked) {
                let told = *falls > NEVER_NARROW;
                // Of nothing, nothing falls, unless it may rise before the day that is told.
                let may = (*count > NEVER_NARROW) & ((*count != 0) | (told & window.rises));
                let day = if told { (*falls).max(1) } else { 1 };
                let counts = may & (told | (*falls == NO_NARROW)) & (*asked != 0);
                *out = if counts { (*out).min(day) } else { *out };
            }
        }
    }
}

/// Where a count may matter: in stages in which it is asked, unless something beside it
/// decides for good.
#[inline(always)]
fn asked(
    policy: &Policy,
    (lanes, stage): (&Lanes, &Bytes),
    asking: &Asking,
    find: &dyn Fn(Option<FactId>) -> N,
) -> Bytes {
    let mut asked: Bytes = [TRUE; ROWS];
    if let Some(stages) = some_stages(policy, asking.stages) {
        within(&mut asked, stage, stages, Holes::NONE);
    }
    let mut answer: Bytes = [UNKNOWN; ROWS];
    for Guard { fact, than, decides, while_zero } in asking.guards.iter().copied() {
        let found = find(Some(fact));
        let holes = lanes.holes(found);
        let with = than.map(|(cmp, with)| (cmp, with, i32::try_from(with).ok()));
        match (found, with) {
            (N::Narrow(lane), Some((cmp, _, Some(with)))) => {
                compare_with(&mut answer, cmp, lanes.narrow(lane), with, holes);
            }
            (N::Wide(lane), Some((cmp, with, _))) => compare_with(&mut answer, cmp, lanes.wide(lane), with, holes),
            (N::Byte(lane), None) => flag(&mut answer, lanes.byte(lane), holes),
            (N::Const(cell), Some((cmp, with, _))) => answer.fill(byte_of(compare(cmp, cell, Cell::number(with)))),
            (N::Const(cell), None) => {
                answer.fill(byte_of(cell.get().map_or(Truth::Unknown, |set| Truth::of(set != 0))))
            }
            _ => continue,
        }
        let decided = if decides { TRUE } else { FALSE };
        match (while_zero, found) {
            (false, _) => upd1(&mut asked, &answer, |asked, answer| asked & mask(answer != decided)),
            (true, N::Narrow(lane)) => upd2(&mut asked, &answer, lanes.narrow(lane), |asked, answer, count| {
                asked & mask((answer != decided) | (count != 0))
            }),
            (true, N::Wide(lane)) => upd2(&mut asked, &answer, lanes.wide(lane), |asked, answer, count| {
                asked & mask((answer != decided) | (count != 0))
            }),
            (true, N::Const(cell)) if cell == Cell::number(0) => {
                upd1(&mut asked, &answer, |asked, answer| asked & mask(answer != decided));
            }
            _ => {}
        }
    }
    asked
}

/// Whether a count is at least so much, as 1, or known, or not, whatever it counts: money comes
/// in wide lanes.
#[inline(always)]
fn some_into(out: &mut Narrow, lanes: &Lanes, number: N, least: i64) {
    let narrow = i32::try_from(least).unwrap_or(i32::MAX);
    match number {
        N::Wide(lane) => map1(out, lanes.wide(lane), |value| match value {
            NO_WIDE => NO_NARROW,
            NEVER_WIDE => NEVER_NARROW,
            // One so large that it may come not to fit is looked at on every day.
            value => i32::from(value >= least || !(0..=i64::MAX / 2).contains(&value)),
        }),
        N::Byte(lane) => map1(out, lanes.byte(lane), |value| match value {
            NO_BYTE => NO_NARROW,
            NEVER_BYTE => NEVER_NARROW,
            value => i32::from(i64::from(value) >= least),
        }),
        number => {
            narrow_into(out, lanes, number);
            for value in out.iter_mut() {
                *value = if *value <= NEVER_NARROW { *value } else { i32::from((*value >= narrow) | (*value < 0)) };
            }
        }
    }
}
