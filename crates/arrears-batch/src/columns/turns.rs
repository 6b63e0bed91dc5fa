//! The turn of every row's treatments: whose it is, and what the others wait for.

use super::fits::{doubt, take};
use super::kernel::{any, map1, map2, map3, mask, move_over, pick, spread, upd1, upd2, within};
use super::lane::{Bytes, FALSE, Holes, Lanes, N, ROWS, T, TRUE};
use super::own_times::{Keys, OwnTimes};
use super::times::Times;
use super::vetoes::{note, note_holds};
use super::work::Stopped;
use arrears::Cell;
use arrears::condition::{Truth, WordSet};
use arrears::policy::{ClockPeriod, Policy};

/// No treatment.
pub(super) const NO_TREATMENT: u16 = u16::MAX;
/// No number.
pub(super) const NO_POINT: u8 = u8::MAX;
/// No time of the day.
pub(super) const NO_SLOT: u16 = u16::MAX;

/// No turn was chosen.
const NO_CHOICE: u8 = u8::MAX;

/// What refused a treatment, by the code that lanes have for it; from [`BY_HOLD`] on it is
/// the hold at the place that is left, up to [`BY_RULE`].
pub(super) const OPTED_OUT: u8 = 1;
pub(super) const NO_CONSENT: u8 = 2;
pub(super) const NO_NUMBER: u8 = 3;
pub(super) const NO_TIME: u8 = 4;
pub(super) const BY_HOLD: u8 = 5;
/// From here on it is the rule of law or of the house at the place that is left; what a person must
/// look at is for the row engine.
pub(super) const BY_RULE: u8 = 160;

/// What is done, by its code.
pub(super) const DOES: u8 = 0;
pub(super) const WAITS: u8 = 1;
pub(super) const IS_HELD: u8 = 2;
pub(super) const DOES_NOTHING: u8 = 4;

/// A treatment by lanes.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) id: u16,
    /// The place of its stages among those of all.
    pub(super) place_of_stages: usize,
    pub(super) when: T,
    pub(super) unless: T,
    pub(super) exhausted: T,
    pub(super) opted_out: T,
    pub(super) consent: T,
    /// Whether some number is valid; true where it needs none.
    pub(super) reached: T,
    /// Whether each number is valid.
    pub(super) numbers: Vec<T>,
    /// How often it was used, and tried: the numbers take turns.
    pub(super) used: Vec<N>,
    /// Among the lists of holds that stop something.
    pub(super) stop: usize,
    pub(super) strength: u8,
    pub(super) paused: T,
    /// What rules of law and of the house say, in their order: the code of the rule, whether it stands
    /// against it, and whether time alone can end that.
    pub(super) guards: Vec<(u8, T, bool)>,
    /// What must be known of a rest besides whether it is one.
    pub(super) doubts: Vec<T>,
    pub(super) rests: T,
    pub(super) instead: Option<u16>,
    pub(super) contact: bool,
    /// What it excepts from the ceiling: its place among those that others name.
    pub(super) excepted: Option<usize>,
}

/// The treatments of a policy by lanes.
#[derive(Debug)]
pub(super) struct Turns {
    pub(super) turns: Vec<Turn>,
    /// Whether every row is for the row engine: no law permits contact, or there are more holds and
    /// rules than lanes have codes for.
    pub(super) by_row: bool,
    /// Whether the number and the time of each are asked for.
    pub(super) whole: bool,
    /// The sets of stages in which some treatment may have its turn, each once.
    pub(super) stages: Vec<WordSet>,
    /// Treatments that others name as `instead`.
    pub(super) excepted: Vec<u16>,
    pub(super) closed: T,
    pub(super) own_times: OwnTimes,
    /// The zone and the period of everybody without their own.
    pub(super) zone: Cell,
    pub(super) period: Option<ClockPeriod>,
}

/// What the turn finds.
pub(super) struct Turned {
    pub(super) treatment: Box<[u16; ROWS]>,
    pub(super) action: Box<Bytes>,
    pub(super) point: Box<Bytes>,
    /// Whether any row has a number.
    pub(super) pointed: bool,
    pub(super) slot: Box<[u16; ROWS]>,
    /// Whether any row has a time.
    pub(super) timed: bool,
    /// Treatments that were refused in some row, with what refused them.
    pub(super) vetoes: Vec<(u16, Box<Bytes>)>,
    pub(super) refused: usize,
    pub(super) own: Keys,
    scratch: Vec<Bytes>,
    /// By set of stages, the rows that stand in one of them.
    inside: Vec<Bytes>,
    ceilings: Vec<Bytes>,
}

impl Turned {
    pub(super) fn new(turns: &Turns) -> Self {
        let lane = || Box::new([0; ROWS]);
        Self {
            treatment: Box::new([NO_TREATMENT; ROWS]),
            action: lane(),
            point: Box::new([NO_POINT; ROWS]),
            pointed: false,
            slot: Box::new([NO_SLOT; ROWS]),
            timed: false,
            vetoes: Vec::new(),
            refused: 0,
            own: Keys::new(&turns.turns),
            scratch: (0..8).map(|_| [0; ROWS]).collect(),
            inside: turns.stages.iter().map(|_| [0; ROWS]).collect(),
            ceilings: (0..=turns.excepted.len()).map(|_| [0; ROWS]).collect(),
        }
    }
}

impl Turns {
    /// Gives every row its treatment.
    #[inline(always)]
    pub(super) fn turn(
        &self,
        lanes: &Lanes,
        (policy, stage, stops, times): (&Policy, &Bytes, &Stopped, &Times),
        turned: &mut Turned,
        hard: &mut Bytes,
    ) {
        turned.begin();
        if self.by_row {
            hard.fill(255);
            return;
        }
        let Turned { treatment, action, point, pointed, slot, timed, vetoes, refused, own, scratch, inside, ceilings } =
            turned;
        self.own_times.find((lanes, policy), (&self.turns, times), own, hard);
        let [active, fit, hit, waiting, held, waits, strong, choice] = scratch.as_mut_slice() else { return };
        held.fill(0);
        waits.fill(0);
        choice.fill(NO_CHOICE);
        match self.closed {
            T::Const(Truth::True) => active.fill(0),
            T::Const(_) => active.fill(255),
            T::Lane(lane) => map1(active, lanes.byte(lane), |closed| mask(closed != TRUE)),
        }
        for (inside, stages) in inside.iter_mut().zip(&self.stages) {
            within(inside, stage, *stages, Holes::NONE);
        }
        let few = self.turns.len() < usize::from(NO_CHOICE);
        let mut lowered = false;
        for (place, turn) in self.turns.iter().enumerate() {
            let Some(inside) = inside.get(turn.place_of_stages) else { continue };
            if !turn.fits(lanes, (active, inside), fit, hard) {
                continue;
            }
            take(lanes, turn.exhausted, TRUE, (fit, hit, hard));
            let mut veto = |code: u8, hit: &Bytes| note(vetoes, refused, turn.id, code, hit);
            if take(lanes, turn.opted_out, TRUE, (fit, hit, hard)) {
                veto(OPTED_OUT, hit);
            }
            if take(lanes, turn.consent, FALSE, (fit, hit, hard)) {
                veto(NO_CONSENT, hit);
            }
            if take(lanes, turn.reached, FALSE, (fit, hit, hard)) {
                veto(NO_NUMBER, hit);
            }
            // Rows that wait for it; the lane means nothing before the first does.
            let mut some_wait = false;
            let mut wait = |waiting: &mut Bytes, hit: &Bytes| {
                if std::mem::replace(&mut some_wait, true) {
                    upd1(waiting, hit, |waiting, hit| waiting | hit);
                } else {
                    *waiting = *hit;
                }
            };
            if let Some(stop) = stops.by(turn.stop)
                && move_over(fit, hit, stop, |stop| stop != 0)
            {
                upd1(held, hit, |held, hit| held | hit);
                wait(waiting, hit);
                note_holds(vetoes, refused, turn.id, hit, stop);
            }
            if take(lanes, turn.unless, TRUE, (fit, hit, hard)) {
                wait(waiting, hit);
            }
            // What is not known of a rest is not covered by what is.
            for rest in &turn.doubts {
                doubt(lanes, *rest, fit, hard);
            }
            // A known rest or refusal may except one treatment from the ceiling: `hit` has these rows.
            let mut except = false;
            if take(lanes, turn.rests, TRUE, (fit, hit, hard)) {
                if turn.instead.is_none() {
                    wait(waiting, hit);
                } else {
                    except = true;
                    // Rows whose demand rests except nobody.
                    match turn.paused {
                        T::Const(Truth::True) => map1(strong, hit, |hit| hit),
                        T::Const(_) => strong.fill(0),
                        T::Lane(lane) => map2(strong, hit, lanes.byte(lane), |hit, paused| hit & mask(paused == TRUE)),
                    }
                    wait(waiting, strong);
                    upd1(hit, waiting, |hit, waiting| hit & !waiting);
                }
            }
            // A rule that may stand is for the row engine: the rules behind it do not change that.
            for (code, against, ends) in &turn.guards {
                if !take(lanes, *against, TRUE, (fit, strong, hard)) {
                    continue;
                }
                note(vetoes, refused, turn.id, *code, strong);
                if !ends {
                    continue;
                }
                if turn.instead.is_none() {
                    wait(waiting, strong);
                } else if std::mem::replace(&mut except, true) {
                    upd1(hit, strong, |hit, gone| hit | gone);
                } else {
                    *hit = *strong;
                }
            }
            let time = times.by_turn.get(place).copied().flatten();
            if own.refused((place, time.is_none()), fit, strong) {
                note(vetoes, refused, turn.id, times.refusal(place), strong);
                if turn.instead.is_none() {
                    wait(waiting, strong);
                } else if except {
                    upd1(hit, strong, |hit, gone| hit | gone);
                } else {
                    except = true;
                    *hit = *strong;
                }
                upd1(fit, strong, |fit, gone| fit & !gone);
            }
            if lowered {
                let ceiling = turn.excepted.map_or(0, |place| place + 1);
                if let Some(ceiling) = ceilings.get(ceiling) {
                    // What is too strong waits too.
                    map2(strong, fit, ceiling, |fit, ceiling| fit & mask(turn.strength > ceiling));
                    upd1(waits, strong, |waits, strong| waits | strong);
                    upd1(fit, strong, |fit, strong| fit & !strong);
                }
            }
            if any(fit) {
                if few {
                    let place = u8::try_from(place).unwrap_or(NO_CHOICE);
                    upd1(choice, fit, |choice, fit| pick(fit, place, choice));
                } else {
                    upd1(choice, fit, |choice, fit| choice & !fit);
                    spread(treatment, fit, turn.id);
                }
                upd1(active, fit, |active, fit| active & !fit);
                if let Some(time) = time.filter(|time| self.whole && *time != NO_SLOT) {
                    *timed = true;
                    spread(slot, fit, time);
                }
                if !turn.numbers.is_empty() {
                    *pointed = true;
                    turn.numbers_of(lanes, fit, point);
                }
            }
            if !some_wait && !except {
                continue;
            }
            if !std::mem::replace(&mut lowered, true) {
                ceilings.iter_mut().for_each(|ceiling| ceiling.fill(u8::MAX));
            }
            if !some_wait {
                waiting.fill(0);
            }
            if except {
                upd1(waits, hit, |waits, hit| waits | hit);
            }
            upd1(waits, waiting, |waits, waiting| waits | waiting);
            for (index, ceiling) in ceilings.iter_mut().enumerate() {
                let names = index.checked_sub(1).and_then(|index| self.excepted.get(index));
                let spared = turn.instead.as_ref() == names && names.is_some();
                let strength = turn.strength;
                if except && !spared {
                    upd2(ceiling, waiting, hit, |ceiling, waiting, hit| {
                        pick(waiting | hit, ceiling.min(strength), ceiling)
                    });
                } else if some_wait {
                    upd1(ceiling, waiting, |ceiling, waiting| pick(waiting, ceiling.min(strength), ceiling));
                }
            }
        }
        map3(action, (choice, held, waits), |choice, held, waits| {
            let idle = pick(held, IS_HELD, pick(waits, WAITS, DOES_NOTHING));
            pick(mask(choice != NO_CHOICE), DOES, idle)
        });
        if few {
            self.choose(treatment, choice);
        }
        *timed |= self.whole && own.slots(treatment, slot);
    }

    /// The treatments of turns that were chosen.
    #[inline(always)]
    fn choose(&self, treatment: &mut [u16; ROWS], choice: &Bytes) {
        // Mostly every treatment has its turn.
        let in_order = self.turns.iter().enumerate().all(|(place, turn)| usize::from(turn.id) == place);
        if in_order {
            return map1(treatment, choice, |choice| {
                u16::from(choice) | 0_u16.wrapping_sub(u16::from(choice == NO_CHOICE))
            });
        }
        let mut ids = [NO_TREATMENT; 256];
        ids.iter_mut().zip(&self.turns).for_each(|(id, turn)| *id = turn.id);
        map1(treatment, choice, |choice| ids.get(usize::from(choice)).copied().unwrap_or(NO_TREATMENT));
    }
}

impl Turned {
    /// Nothing is found yet.
    fn begin(&mut self) {
        self.treatment.fill(NO_TREATMENT);
        if std::mem::take(&mut self.pointed) {
            self.point.fill(NO_POINT);
        }
        if std::mem::take(&mut self.timed) {
            self.slot.fill(NO_SLOT);
        }
        self.refused = 0;
    }
}
