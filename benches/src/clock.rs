//! The one place where time is read.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// One stretch of time.
#[derive(Debug)]
pub(crate) struct Lap(Instant);

impl Lap {
    pub(crate) fn begin() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}

/// How long one thing took, over several rounds.
#[derive(Clone, Debug)]
pub(crate) struct Measure {
    /// What was done.
    pub(crate) name: String,
    /// How often a round does it.
    pub(crate) times: usize,
    /// The time of each round, the shortest first.
    rounds: Vec<Duration>,
}

/// How often something is done before it is measured, and how often it is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rounds {
    pub(crate) warm_up: usize,
    pub(crate) measured: usize,
}

impl Rounds {
    /// For what takes milliseconds.
    pub(crate) const MANY: Self = Self { warm_up: 10, measured: 50 };
    /// For what takes a good part of a second.
    pub(crate) const FEW: Self = Self { warm_up: 2, measured: 11 };
}

impl Measure {
    /// Measures `work`, which does the same thing `times` times.
    pub(crate) fn of<T>(name: impl Into<String>, times: usize, rounds: Rounds, mut work: impl FnMut() -> T) -> Self {
        for _ in 0..rounds.warm_up {
            black_box(work());
        }
        let mut taken: Vec<Duration> = (0..rounds.measured)
            .map(|_| {
                let begun = Instant::now();
                let done = black_box(work());
                let taken = begun.elapsed();
                drop(done);
                taken
            })
            .collect();
        taken.sort_unstable();
        Self { name: name.into(), times, rounds: taken }
    }

    /// Nanoseconds for doing it once, in the fastest round.
    pub(crate) fn min(&self) -> f64 {
        self.once(self.rounds.first())
    }

    /// Nanoseconds for doing it once, in the round in the middle.
    pub(crate) fn median(&self) -> f64 {
        self.once(self.rounds.get(self.rounds.len() / 2))
    }

    /// Nanoseconds for doing it once, in the slowest round.
    pub(crate) fn max(&self) -> f64 {
        self.once(self.rounds.last())
    }

    fn once(&self, round: Option<&Duration>) -> f64 {
        round.map_or(f64::NAN, |round| round.as_secs_f64() * 1e9 / self.times.max(1) as f64)
    }
}

/// What `one` costs as a multiple of what `other` costs: the median of so many rounds in
/// which the two take turns, so that a busy machine slows both.
pub(crate) fn paired<T>(rounds: usize, mut one: impl FnMut() -> T, mut other: impl FnMut() -> T) -> f64 {
    let timed = |work: &mut dyn FnMut() -> T| {
        let begun = Instant::now();
        black_box(work());
        begun.elapsed().as_secs_f64()
    };
    let mut ratios: Vec<f64> = (0..rounds).map(|_| timed(&mut one) / timed(&mut other)).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(rounds / 2).copied().unwrap_or(f64::NAN)
}
