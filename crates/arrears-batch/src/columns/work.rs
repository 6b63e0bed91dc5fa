//! Duties, acts on the account and the relief of a cure, for every row of a chunk.

use super::build::Build;
use super::kernel::{any, map1, mask, pick, upd1};
use super::lane::{Bytes, Lanes, N, ROWS, T, TRUE};
use arrears::condition::Truth;
use arrears::facts::Verb;
use arrears::policy::{Hold, Policy};

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

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.lists.len()
    }

    /// For each list, one more than the position of the first hold that binds a row; 0: none.
    #[inline(always)]
    pub(super) fn read(&self, lanes: &Lanes, holds: &[T], out: &mut [Bytes]) {
        for (list, out) in self.lists.iter().zip(out) {
            out.fill(0);
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
        }
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
#[derive(Debug)]
pub(super) struct Work {
    acts: Vec<Act>,
    duties: Vec<Duty>,
    /// By cure: what it gives back, and what stops that.
    relief: Vec<Vec<(Verb, usize)>>,
}

/// What was found due.
pub(super) struct Worked {
    /// By act, where it is due.
    pub(super) acts: Vec<Bytes>,
    /// By duty, where it is due.
    pub(super) duties: Vec<Bytes>,
    /// Where any act, or any duty, is due.
    pub(super) any_act: Box<Bytes>,
    pub(super) any_duty: Box<Bytes>,
}

impl Worked {
    pub(super) fn new(work: &Work) -> Self {
        let lane = || Box::new([0; ROWS]);
        Self {
            acts: work.acts.iter().map(|_| [0; ROWS]).collect(),
            duties: work.duties.iter().map(|_| [0; ROWS]).collect(),
            any_act: lane(),
            any_duty: lane(),
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
    /// Finds what is due in every row.
    #[inline(always)]
    pub(super) fn find(&self, lanes: &Lanes, stops: &[Bytes], worked: &mut Worked) {
        worked.any_act.fill(0);
        worked.any_duty.fill(0);
        for (act, out) in self.acts.iter().zip(&mut worked.acts) {
            due(lanes, act.when, stops.get(act.stop), out);
            upd1(&mut worked.any_act, out, |any, out| any | out);
        }
        for (duty, out) in self.duties.iter().zip(&mut worked.duties) {
            due(lanes, duty.when, stops.get(duty.stop), out);
            upd1(&mut worked.any_duty, out, |any, out| any | out);
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

    /// What a cure gives back in a row.
    pub(super) fn relief(&self, cure: u8, stops: &[Bytes], row: usize) -> Vec<Verb> {
        let verbs = usize::from(cure).checked_sub(1).and_then(|cure| self.relief.get(cure));
        let stopped = |place: usize| stops.get(place).and_then(|stop| stop.get(row)).is_some_and(|stop| *stop != 0);
        verbs.into_iter().flatten().filter(|(_, stop)| !stopped(*stop)).map(|(verb, _)| *verb).collect()
    }
}

#[inline(always)]
fn due(lanes: &Lanes, when: T, stop: Option<&Bytes>, out: &mut Bytes) {
    match when {
        T::Const(truth) => out.fill(mask(truth.is_true())),
        T::Lane(lane) => map1(out, lanes.byte(lane), |when| mask(when == TRUE)),
    }
    if let Some(stop) = stop.filter(|stop| any(stop)) {
        upd1(out, stop, |out, stop| out & mask(stop == 0));
    }
}
