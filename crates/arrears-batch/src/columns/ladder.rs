//! The stage of every row of a chunk: cure, ease, stages beside the ladder, the way up.

use super::build::Build;
use super::kernel::{any, map1, map2, map3, mask, pick, upd1, upd2, upd3, within};
use super::lane::{Bytes, Holes, Lanes, N, ROWS, T, TRUE};
use super::program::Op;
use arrears::Cell;
use arrears::condition::{Cmp, Reading as _, Truth, WordSet};
use arrears::decide::StageReason;
use arrears::policy::{Mode, Policy};

/// No stage before.
pub(super) const NO_STAGE: u8 = 255;

/// The reasons, by the code that lanes have for them.
pub(super) const REASONS: [StageReason; 9] = [
    StageReason::Condition,
    StageReason::Cure,
    StageReason::Ease,
    StageReason::Stays,
    StageReason::Limited,
    StageReason::Dwell,
    StageReason::After,
    StageReason::Repeat,
    StageReason::First,
];
const CONDITION: u8 = 0;
const CURE: u8 = 1;
const EASE: u8 = 2;
const STAYS: u8 = 3;
const LIMITED: u8 = 4;
const DWELL: u8 = 5;
const AFTER: u8 = 6;
const REPEAT: u8 = 7;
const FIRST: u8 = 8;

/// The code of a reason.
pub(super) fn code_of(reason: StageReason) -> u8 {
    REASONS.iter().position(|known| *known == reason).and_then(|code| u8::try_from(code).ok()).unwrap_or(STAYS)
}

/// A rung, or a stage beside the ladder, by lanes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) position: u8,
    pub(super) holds: usize,
    /// The least rung from which it may be entered.
    pub(super) after: u8,
    /// Whether its dwell is served on the rung before the decision, and where days begin anew.
    pub(super) served: Option<(usize, usize)>,
}

/// A way down.
#[derive(Clone, Copy, Debug)]
struct Down {
    to: u8,
    holds: usize,
}

/// The ladder of a policy, by lanes.
#[derive(Debug)]
pub(super) struct Ladder {
    pub(super) rungs: Vec<Step>,
    beside: Vec<Step>,
    cures: Vec<Down>,
    eases: Vec<Down>,
    latches: WordSet,
    pub(super) mode: Mode,
    first_skip: bool,
    steps: u8,
    catch_up: bool,
    before: N,
    rung_before: N,
    since: N,
    beside_set: WordSet,
}

/// What the ladder finds.
pub(super) struct Placed {
    pub(super) stage: Box<Bytes>,
    pub(super) before: Box<Bytes>,
    pub(super) rung: Box<Bytes>,
    pub(super) reason: Box<Bytes>,
    /// One more than the position of the cure whose relief is due; 0: none.
    pub(super) cure: Box<Bytes>,
    scratch: Vec<Bytes>,
}

impl Placed {
    pub(super) fn new() -> Self {
        let lane = || Box::new([0; ROWS]);
        Self {
            stage: lane(),
            before: lane(),
            rung: lane(),
            reason: lane(),
            cure: lane(),
            scratch: (0..12).map(|_| [0; ROWS]).collect(),
        }
    }
}

/// Reads the ladder's conditions into lanes.
pub(super) fn compile(policy: &Policy, build: &Build<'_>) -> Ladder {
    let known = policy.engine_facts();
    let (mut rungs, mut beside, mut beside_set) = (Vec::new(), Vec::new(), WordSet::default());
    for (index, stage) in policy.stages().iter().enumerate() {
        let (Some(when), Ok(position)) = (&stage.when, u8::try_from(index)) else { continue };
        let holds = when.read(build);
        build.sure(holds);
        let served = stage.dwell.as_ref().filter(|_| !stage.beside).map(|dwell| {
            let dwell = dwell.read(build);
            let days = build.found(known.days_on_rung);
            let served = build.compare(Cmp::Ge, days, dwell);
            let anew = build.compare(Cmp::Ge, N::Const(Cell::number(0)), dwell);
            (build.as_lane(served), build.as_lane(anew))
        });
        let step = Step {
            position,
            holds: build.as_lane(holds),
            after: stage.after.map_or(0, arrears::policy::StageId::position),
            served,
        };
        if stage.beside {
            beside_set = beside_set.or(WordSet::of(index));
            beside.push(step);
        } else if holds != T::Const(Truth::False) {
            rungs.push(step);
        }
    }
    let down = |to: arrears::policy::StageId, when: &arrears::condition::Cond| {
        let holds = when.read(build);
        build.sure(holds);
        Down { to: to.position(), holds: build.as_lane(holds) }
    };
    let escalate = policy.escalate();
    let days = build.found(known.days_on_rung);
    match days {
        N::Const(cell) if cell.is_unknown() => build.emit(Op::Must { truth: T::Const(Truth::Unknown) }),
        N::Const(_) => {}
        of => build.emit(Op::SureNumber { of }),
    }
    let ladder = Ladder {
        rungs,
        beside,
        cures: policy.cures().iter().map(|cure| down(cure.to, &cure.when)).collect(),
        eases: policy.eases().iter().map(|ease| down(ease.to, &ease.when)).collect(),
        latches: escalate.latches,
        mode: escalate.mode,
        first_skip: escalate.first_skip,
        steps: u8::try_from(escalate.steps).unwrap_or(u8::MAX),
        catch_up: escalate.catch_up,
        before: build.found(known.previous_stage),
        rung_before: build.found(known.previous_rung),
        since: build.found(known.days_since_decision),
        beside_set,
    };
    build.emit(Op::Place);
    if let Some(fact) = known.current_stage {
        let out = build.byte();
        build.emit(Op::ResultOf { of: super::program::ResultFact::Stage, out });
        build.put(fact, N::Byte(out));
    }
    ladder
}

/// A stage fact as a lane of positions, [`NO_STAGE`] where there is none.
#[inline(always)]
fn positions(out: &mut Bytes, lanes: &Lanes, number: N) {
    match number {
        N::Byte(lane) => map1(out, lanes.byte(lane), |word| pick(mask(word >= 63), NO_STAGE, word)),
        N::Const(cell) => out.fill(cell.get().and_then(|word| u8::try_from(word).ok()).unwrap_or(NO_STAGE)),
        other => {
            for (row, out) in out.iter_mut().enumerate() {
                *out = lanes.cell(other, row).get().and_then(|word| u8::try_from(word).ok()).unwrap_or(NO_STAGE);
            }
        }
    }
}

impl Ladder {
    /// Calls for everything that the ladder reads.
    pub(super) fn each_read(&self, read: &mut dyn FnMut(N)) {
        for step in self.rungs.iter().chain(&self.beside) {
            read(N::Byte(step.holds));
            if let Some((served, anew)) = step.served {
                [served, anew].into_iter().for_each(|lane| read(N::Byte(lane)));
            }
        }
        for way in self.cures.iter().chain(&self.eases) {
            read(N::Byte(way.holds));
        }
        [self.before, self.rung_before, self.since].into_iter().for_each(read);
    }

    /// Finds the stage of every row.
    #[inline(always)]
    pub(super) fn place(&self, lanes: &Lanes, placed: &mut Placed) {
        let Placed { stage, before, rung, reason, cure, scratch } = placed;
        let [start, base, by, steps, repeat, at, left, most, limited, dwells, afters, eased] = scratch.as_mut_slice()
        else {
            return;
        };
        positions(before, lanes, self.before);
        self.start(lanes, (start, at), before);
        self.nights(lanes, steps, repeat);
        // Down: a cure first, then an ease.
        *base = *start;
        by.fill(0);
        cure.fill(0);
        for (index, way) in self.cures.iter().enumerate() {
            let number = u8::try_from(index + 1).unwrap_or(u8::MAX);
            upd3(cure, (start, lanes.byte(way.holds), by), |cure, start, holds, _| {
                pick(mask((cure == 0) & (start > way.to) & (holds == TRUE)), number, cure)
            });
            upd2(base, cure, start, |base, cure, _| pick(mask(cure == number), way.to, base));
        }
        upd1(by, cure, |_, cure| pick(mask(cure != 0), CURE + 1, 0));
        within(eased, base, self.latches, Holes::NONE);
        for way in &self.eases {
            // What is eased, or latched, is not eased again.
            map3(at, (base, lanes.byte(way.holds), eased), |base, holds, eased| {
                mask((eased == 0) & (base > way.to) & (holds == TRUE))
            });
            upd1(base, at, |base, now| pick(now, way.to, base));
            upd2(by, at, base, |by, now, _| pick(now & mask(by == 0), EASE + 1, by));
            upd1(eased, at, |eased, now| eased | now);
        }
        // Up.
        let walks = self.mode == Mode::Sequential;
        let enters = walks && self.first_skip;
        limited.fill(0);
        if walks {
            self.walk(lanes, (base, by), Some(steps), (rung, left));
            self.walk(lanes, (base, by), None, (most, left));
            map2(limited, most, rung, |most, rung| mask(most > rung));
        }
        if !walks || enters {
            self.top(lanes, (base, by), most);
            if walks {
                // An account without state enters the most severe rung at once.
                upd2(rung, most, before, |rung, most, before| pick(mask(before == NO_STAGE), most, rung));
                upd1(limited, before, |limited, before| pick(mask(before == NO_STAGE), 0, limited));
            } else {
                **rung = *most;
            }
        }
        self.above(lanes, (base, by, rung), (dwells, afters));
        // Why, the strongest reason last.
        let first = mask(self.first_skip);
        map3(reason, (dwells, afters, limited), |dwells, afters, limited| {
            let reason = pick(limited, LIMITED, STAYS);
            let reason = pick(afters, AFTER, reason);
            pick(dwells, DWELL, reason)
        });
        // Where it came from, `current` if there was no decision before.
        upd2(reason, before, rung, |reason, before, rung| {
            let from = pick(mask(before == NO_STAGE), 0, before);
            pick(mask(from != rung), CONDITION, reason)
        });
        upd3(reason, (rung, start, limited), |reason, rung, start, limited| {
            pick(mask(rung > start), pick(limited, LIMITED, CONDITION), reason)
        });
        upd3(reason, (rung, start, by), |reason, rung, start, by| {
            let down = pick(mask(by == 0), CONDITION, by.wrapping_sub(1));
            pick(mask(rung < start), down, reason)
        });
        upd2(reason, before, rung, |reason, before, rung| {
            pick(first & mask((before == NO_STAGE) & (rung > 0)), FIRST, reason)
        });
        map3(at, (repeat, rung, start), |repeat, rung, start| repeat & mask(rung > start));
        upd1(reason, at, |reason, capped| pick(capped, REPEAT, reason));
        upd2(rung, at, start, |rung, capped, start| pick(capped, start, rung));
        // The relief of a cure is due only where it leads below the last rung.
        upd3(cure, (reason, rung, start), |cure, reason, rung, start| cure & mask((reason == CURE) & (rung < start)));
        **stage = **rung;
        self.beside(lanes, (start, before), (stage, rung, reason, cure), at);
    }

    /// The rung before this decision: the one that was kept, else the stage, else `current`.
    #[inline(always)]
    fn start(&self, lanes: &Lanes, (start, kept): (&mut Bytes, &mut Bytes), before: &Bytes) {
        positions(kept, lanes, self.rung_before);
        if self.beside_set == WordSet::default() {
            let rung = |stage: u8| mask(stage < 63);
            return map2(start, kept, before, |kept, before| {
                pick(rung(kept) & mask(before != NO_STAGE), kept, pick(rung(before), before, 0))
            });
        }
        let bits = super::kernel::bits(self.beside_set);
        let rung = move |stage: u8| (stage < 63) & ((bits >> u32::from(stage & 63)) & 1 == 0);
        map2(start, kept, before, |kept, before| {
            let stage = pick(mask(rung(before)), before, 0);
            pick(mask(rung(kept)) & mask(before != NO_STAGE), kept, stage)
        });
    }

    /// How many steps up the decision has, and whether it is the second of one day.
    #[inline(always)]
    fn nights(&self, lanes: &Lanes, steps: &mut Bytes, repeat: &mut Bytes) {
        match self.since {
            N::Const(since) => {
                let (some, again) = self.nights_of(since);
                steps.fill(some);
                repeat.fill(again);
            }
            N::Narrow(lane) => {
                let since = lanes.narrow(lane);
                map1(repeat, since, |since| mask(since == 0));
                if !self.catch_up {
                    return steps.fill(self.steps);
                }
                let a_night = i32::from(self.steps);
                map1(steps, since, |since| {
                    let nights = since.clamp(1, 256);
                    let most = if nights > 255 { 255 } else { (a_night * nights).min(255) };
                    most.to_le_bytes()[0]
                });
            }
            of => {
                for (row, (steps, repeat)) in steps.iter_mut().zip(repeat.iter_mut()).enumerate() {
                    (*steps, *repeat) = self.nights_of(lanes.cell(of, row));
                }
            }
        }
    }

    fn nights_of(&self, since: Cell) -> (u8, u8) {
        let nights = since.get().filter(|_| self.catch_up).unwrap_or(1).max(1);
        let steps = u8::try_from(nights).map_or(u8::MAX, |nights| self.steps.saturating_mul(nights));
        (steps, mask(since == Cell::number(0)))
    }

    /// Stages beside the ladder are taken by their own condition; the rung is kept.
    #[inline(always)]
    fn beside(
        &self,
        lanes: &Lanes,
        (start, before): (&Bytes, &Bytes),
        (stage, rung, reason, cure): (&mut Bytes, &mut Bytes, &mut Bytes, &mut Bytes),
        taken: &mut Bytes,
    ) {
        if self.beside.is_empty() {
            return;
        }
        taken.fill(0);
        for step in &self.beside {
            let holds = lanes.byte(step.holds);
            if !any(holds) {
                continue;
            }
            upd3(reason, (before, holds, taken), |reason, before, holds, taken| {
                let why = pick(mask(before == step.position), STAYS, CONDITION);
                pick(mask(holds == TRUE) & !taken, why, reason)
            });
            upd2(stage, holds, taken, |stage, holds, taken| pick(mask(holds == TRUE) & !taken, step.position, stage));
            upd1(taken, holds, |taken, holds| taken | mask(holds == TRUE));
        }
        upd2(rung, taken, start, |rung, taken, start| pick(taken, start, rung));
        upd1(cure, taken, |cure, taken| cure & !taken);
    }
}
