//! Duties, acts on the account and the relief of a cure, for every row of a chunk.

use super::bits::{Bits, each_set};
use super::build::Build;
use super::kernel::{any, map1, map2, mask, pick, upd1};
use super::lane::{Bytes, Lanes, N, ROWS, T, TRUE};
use arrears::condition::Truth;
use arrears::facts::Verb;
use arrears::policy::{Hold, Policy};

/// Holds that one word of bits tells apart.
const FEW_HOLDS: usize = 64;
/// Of so many rows one may be bound for these to be looked at one by one.
const FEW_OF: usize = 8;

/// Lists of holds that stop something, each once.
#[derive(Debug, Default)]
pub(super) struct Stops {
    lists: Vec<Vec<usize>>,
}

impl Stops {
    /// The place of the list of holds that stop something.
    pub(super) fn of(&mut self, policy: &Policy, stops: impl Fn(&Hold) -> bool) -> usize {
        let list = policy.holds().iter().enumerate().filter(|(_, hold)| stops(hold)).map(|(index, _)| index);
        let list: Vec<usize> = list.collect();
        self.lists.iter().position(|known| *known == list).unwrap_or_else(|| {
            self.lists.push(list);
            self.lists.len() - 1
        })
    }

    /// For each list, one more than the position of the first hold that binds a row; 0: none.
    #[inline(always)]
    pub(super) fn read(&self, lanes: &Lanes, holds: &[T], stopped: &mut Stopped) {
        stopped.forget();
        let Stopped { lanes: out, some, rows, everywhere, .. } = stopped;
        *everywhere =
            holds.len() > FEW_HOLDS || holds.iter().any(|hold| !matches!(hold, T::Lane(_) | T::Const(Truth::False)));
        if !*everywhere {
            let mut bound: Bytes = [0; ROWS];
            for hold in holds {
                if let T::Lane(lane) = hold {
                    upd1(&mut bound, lanes.byte(*lane), |bound, holds| bound | holds);
                }
            }
            each_set(&bound, ROWS, |row| rows.push(row));
            *everywhere = rows.len() > ROWS / FEW_OF;
        }
        if !*everywhere {
            return self.one_by_one(lanes, holds, stopped);
        }
        for ((list, out), some) in self.lists.iter().zip(out).zip(some) {
            for index in list.iter().rev() {
                let number = u8::try_from(index + 1).unwrap_or(u8::MAX);
                match holds.get(*index) {
                    None | Some(T::Const(Truth::False)) => {}
                    Some(T::Const(_)) => out.fill(number),
                    Some(T::Lane(lane)) => {
                        let holds = lanes.byte(*lane);
                        upd1(out, holds, |out, holds| pick(mask(holds != 0), number, out));
                    }
                }
            }
            *some = any(out);
        }
    }

    /// The same where few rows are bound by anything.
    fn one_by_one(&self, lanes: &Lanes, holds: &[T], stopped: &mut Stopped) {
        let Stopped { lanes: out, some, rows, bits, .. } = stopped;
        for row in rows.iter() {
            let bind =
                holds.iter().rev().fold(0_u64, |bind, hold| (bind << 1) | u64::from(lanes.truth(*hold, *row) != 0));
            for ((bits, out), some) in bits.iter().zip(&mut *out).zip(&mut *some) {
                let first = bind & bits;
                if let (true, Some(out)) = (first != 0, out.get_mut(*row)) {
                    *out = u8::try_from(first.trailing_zeros() + 1).unwrap_or(u8::MAX);
                    *some = true;
                }
            }
        }
    }
}

/// What holds stop in each row.
pub(super) struct Stopped {
    lanes: Vec<Bytes>,
    /// By list, whether any row is stopped.
    some: Vec<bool>,
    /// By list, a bit for each of its holds.
    bits: Vec<u64>,
    /// The rows that are bound by anything, if they are few.
    rows: Vec<usize>,
    /// Whether they are not.
    everywhere: bool,
}

impl Stopped {
    /// Room for what lists of holds stop.
    pub(super) fn new(stops: &Stops) -> Self {
        let bit = |hold: &usize| u32::try_from(*hold).ok().and_then(|hold| 1_u64.checked_shl(hold)).unwrap_or(0);
        Self {
            lanes: stops.lists.iter().map(|_| [0; ROWS]).collect(),
            some: vec![false; stops.lists.len()],
            bits: stops.lists.iter().map(|list| list.iter().map(bit).fold(0, |bits, bit| bits | bit)).collect(),
            rows: Vec::with_capacity(ROWS),
            everywhere: false,
        }
    }

    /// Nothing is stopped yet.
    fn forget(&mut self) {
        for out in &mut self.lanes {
            if self.everywhere {
                out.fill(0);
            } else {
                for row in &self.rows {
                    if let Some(out) = out.get_mut(*row) {
                        *out = 0;
                    }
                }
            }
        }
        self.some.fill(false);
        self.rows.clear();
    }

    /// By row, one more than the position of the first hold of a list that binds it; none
    /// where no row is stopped.
    #[inline(always)]
    pub(super) fn by(&self, list: usize) -> Option<&Bytes> {
        self.lanes.get(list).filter(|_| self.some.get(list).copied().unwrap_or(true))
    }
}

/// An act by lanes.
#[derive(Debug)]
struct Act {
    when: T,
    stop: usize,
}

/// A duty by lanes.
#[derive(Debug)]
struct Duty {
    when: T,
    stop: usize,
    within: Option<N>,
    since: Option<N>,
}

/// What a policy does besides its treatments, by lanes.
#[derive(Debug, Default)]
pub(super) struct Work {
    acts: Vec<Act>,
    duties: Vec<Duty>,
    /// By cure: what it gives back, and what stops that.
    relief: Vec<Vec<(Verb, usize)>>,
}

/// What was found due.
pub(super) struct Worked {
    /// Which acts are due.
    pub(super) acts: Bits,
    /// By duty, where it is due.
    pub(super) duties: Vec<Bytes>,
    /// Where any duty is due.
    pub(super) any_duty: Box<Bytes>,
    due: Box<Bytes>,
}

impl Worked {
    pub(super) fn new(work: &Work) -> Self {
        let lane = || Box::new([0; ROWS]);
        Self {
            acts: Bits::new(work.acts.len()),
            duties: work.duties.iter().map(|_| [0; ROWS]).collect(),
            any_duty: lane(),
            due: lane(),
        }
    }
}

/// Reads duties and acts into lanes.
pub(super) fn compile(policy: &Policy, build: &Build<'_>, stops: &mut Stops) -> Work {
    let mut duties = Vec::new();
    for duty in policy.duties() {
        let when = duty.when.read(build);
        build.sure(when);
        duties.push(Duty {
            when,
            stop: stops.of(policy, |hold| hold.stops_duty(&duty.name)),
            within: duty.within.as_ref().map(|within| within.read(build)),
            since: duty.from.map(|from| build.found(from)),
        });
    }
    let mut acts = Vec::new();
    for act in policy.acts() {
        let when = act.when.read(build);
        build.sure(when);
        acts.push(Act { when, stop: stops.of(policy, |hold| hold.stops.classes.contains(&act.class)) });
    }
    let mut relief = Vec::new();
    for cure in policy.cures() {
        let mut verbs = Vec::new();
        for verb in &cure.then {
            verbs.push((*verb, stops.of(policy, |hold| hold.stops.classes.contains(&verb.def().class))));
        }
        relief.push(verbs);
    }
    Work { acts, duties, relief }
}

impl Work {
    /// Calls for everything that the work reads.
    pub(super) fn each_read(&self, read: &mut dyn FnMut(N)) {
        self.acts.iter().for_each(|act| super::reads::truth(act.when, read));
        for duty in &self.duties {
            super::reads::truth(duty.when, read);
            [duty.within, duty.since].into_iter().flatten().for_each(&mut *read);
        }
    }

    /// Finds what is due in every row.
    #[inline(always)]
    pub(super) fn find(&self, lanes: &Lanes, stops: &Stopped, worked: &mut Worked) {
        let Worked { acts, duties, any_duty, due: out } = worked;
        acts.clear();
        any_duty.fill(0);
        for (index, act) in self.acts.iter().enumerate() {
            due(lanes, act.when, stops.by(act.stop), out);
            if any(out) {
                acts.set(index, out);
            }
        }
        for (duty, out) in self.duties.iter().zip(duties) {
            due(lanes, duty.when, stops.by(duty.stop), out);
            upd1(any_duty, out, |any, out| any | out);
        }
    }

    /// Days left until the deadline of a duty in a row.
    pub(super) fn days_left(&self, lanes: &Lanes, duty: usize, row: usize) -> Option<i64> {
        let duty = self.duties.get(duty)?;
        let within = duty.within.and_then(|within| lanes.cell(within, row).get());
        match (within, duty.since.map(|since| lanes.cell(since, row))) {
            (Some(within), Some(since)) => since.get().map(|since| within.wrapping_sub(since)),
            (within, None) => within,
            (None, Some(_)) => None,
        }
    }

    /// Whether any cure gives something back.
    pub(super) fn gives_back(&self) -> bool {
        self.relief.iter().any(|verbs| !verbs.is_empty())
    }

    /// What a cure gives back in a row.
    pub(super) fn relief(&self, cure: u8, stops: &Stopped, row: usize) -> Vec<Verb> {
        let verbs = usize::from(cure).checked_sub(1).and_then(|cure| self.relief.get(cure));
        let stopped = |place: usize| stops.by(place).and_then(|stop| stop.get(row)).is_some_and(|stop| *stop != 0);
        verbs.into_iter().flatten().filter(|(_, stop)| !stopped(*stop)).map(|(verb, _)| *verb).collect()
    }
}

#[inline(always)]
fn due(lanes: &Lanes, when: T, stop: Option<&Bytes>, out: &mut Bytes) {
    match (when, stop) {
        (T::Lane(lane), None) => map1(out, lanes.byte(lane), |when| mask(when == TRUE)),
        (T::Lane(lane), Some(stop)) => {
            map2(out, lanes.byte(lane), stop, |when, stop| mask((when == TRUE) & (stop == 0)));
        }
        (T::Const(Truth::True), Some(stop)) => map1(out, stop, |stop| mask(stop == 0)),
        (T::Const(truth), _) => out.fill(mask(truth.is_true())),
    }
}
