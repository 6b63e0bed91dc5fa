//! On which day a decision may first differ: what the core watches, over the rows of a chunk.

use super::kernel::{any, mask, upd1, upd2, within};
use super::lane::{Bytes, Holes, Lanes, N, NEVER_BYTE, NEVER_NARROW, NO_BYTE, NO_NARROW, NO_WIDE, Narrow, ROWS, TRUE};
use super::told::some_stages;
use arrears::condition::{FactId, WordSet};
use arrears::decide::Foresight;
use arrears::policy::{Learned, LearnedForm, Moves, Policy};

/// Later than every day that is looked at.
pub(super) const LATER: i32 = i32::MAX;

/// In how many days something may change, less one; nothing where no day is.
pub(super) type Soon = [u32; ROWS];

/// What a day adds to a fact that has a number, but for steps on single days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slope {
    Flat,
    Up,
    Down,
    /// One while it is positive.
    Late,
    /// One while the days past due are as many.
    Peak,
}

impl Slope {
    const fn of(moves: Moves) -> Self {
        match moves {
            Moves::Up
            | Moves::OnRung
            | Moves::Begins
            | Moves::Seen
            | Moves::Decided
            | Moves::Ages { months: false } => Self::Up,
            Moves::Down => Self::Down,
            Moves::Late { .. } => Self::Late,
            Moves::Peak { .. } => Self::Peak,
            _ => Self::Flat,
        }
    }

    /// For a number, with the days past due.
    #[inline(always)]
    const fn at(self, value: i32, dpd: i32) -> i32 {
        match self {
            Self::Flat => 0,
            Self::Up => 1,
            Self::Down => -1,
            Self::Late => (value > 0) as i32,
            Self::Peak => (value > 0 && value == dpd) as i32,
        }
    }
}

/// Edges that a fact may cross.
struct Edges {
    lane: usize,
    slope: Slope,
    /// The place of the stages of accounts of which they are asked; none if that is all.
    stages: Option<usize>,
    at: Vec<i32>,
}

/// What is watched, by lanes.
pub(super) struct Watched {
    edges: Vec<Edges>,
    /// Sets of stages of which some edge is asked, but not all stages.
    stages: Vec<WordSet>,
    pairs: Vec<[(N, Slope); 2]>,
    computed: Vec<(usize, Slope)>,
    passes: Vec<usize>,
    waits: Vec<usize>,
    ages: Vec<(N, N, i32)>,
    peaks: Vec<usize>,
    learned: Vec<Learned>,
    dpd: N,
}

/// Whether lanes of this width are watched; those that never change need not be.
pub(super) fn days_of(number: N) -> Option<Option<usize>> {
    match number {
        N::Narrow(lane) => Some(Some(lane)),
        N::Const(_) => Some(None),
        N::Byte(_) | N::Wide(_) => None,
    }
}

impl Watched {
    /// Where facts are found as a night leaves them; none if a fact that moves is no number of
    /// days.
    pub(super) fn of(policy: &Policy, foresight: &Foresight, left: &dyn Fn(FactId) -> N) -> Option<Self> {
        let slope = |id: FactId| Slope::of(policy.moves(id));
        let (mut edges, mut stages) = (Vec::<Edges>::new(), Vec::new());
        for (fact, at) in foresight.edges.iter().filter(|(fact, _)| slope(*fact) != Slope::Flat) {
            let Some(lane) = days_of(left(*fact))? else { continue };
            let first = edges.len();
            for (edge, asked) in at {
                // No day up to the horizon comes near one that does not fit.
                let Ok(edge) = i32::try_from(*edge) else { continue };
                let place = some_stages(policy, *asked).map(|asked| {
                    stages.iter().position(|known| *known == asked).unwrap_or_else(|| {
                        stages.push(asked);
                        stages.len() - 1
                    })
                });
                let known = edges.iter_mut().skip(first).find(|edges| edges.stages == place);
                match known {
                    Some(edges) => edges.at.push(edge),
                    None => edges.push(Edges { lane, slope: slope(*fact), stages: place, at: vec![edge] }),
                }
            }
        }
        let mut pairs = Vec::new();
        for (first, second) in &foresight.pairs {
            let pair = [(left(*first), slope(*first)), (left(*second), slope(*second))];
            if pair.iter().any(|(_, slope)| *slope != Slope::Flat) {
                pair.iter().try_for_each(|(number, _)| days_of(*number).map(|_| ()))?;
                pairs.push(pair);
            }
        }
        let mut computed = Vec::new();
        for fact in foresight.computed.iter().filter(|fact| slope(**fact) != Slope::Flat) {
            computed.extend(days_of(left(*fact))?.map(|lane| (lane, slope(*fact))));
        }
        let lanes = |facts: &[FactId]| {
            let mut lanes = Vec::new();
            for fact in facts {
                // What never changes would pass, or end, on one day for all: it is no fact of such a table.
                lanes.push(days_of(left(*fact))??);
            }
            Some(lanes)
        };
        let moving = |facts: &[FactId]| -> Vec<FactId> {
            facts
                .iter()
                .copied()
                .filter(|fact| !matches!(left(*fact), N::Const(cell) if cell.get().is_none()))
                .collect()
        };
        let ages = foresight.ages.iter().map(|(fact, age, days)| {
            days_of(left(*age))?;
            Some((left(*fact), left(*age), i32::try_from(*days).unwrap_or(i32::MAX / 2)))
        });
        let dpd = foresight.dpd.map_or(N::Const(arrears::Cell::UNKNOWN), left);
        days_of(dpd)?;
        Some(Self {
            edges,
            stages,
            pairs,
            computed,
            passes: lanes(&moving(&foresight.passes))?,
            waits: lanes(&moving(&foresight.waits))?,
            ages: ages.collect::<Option<_>>()?,
            peaks: lanes(&moving(&foresight.peaks))?,
            learned: policy.learned().iter().filter(|learned| learned.fact.is_some()).cloned().collect(),
            dpd,
        })
    }

    /// In how many days something that is watched may change, as far as days alone do it.
    #[inline(always)]
    pub(super) fn next(&self, lanes: &Lanes, (dpd, stage): (&Narrow, &Bytes), out: &mut Soon) {
        out.fill(u32::MAX);
        self.crosses(lanes, (dpd, stage), out);
        for lane in &self.passes {
            upd1(out, lanes.narrow(*lane), |out, days| out.min(days.cast_unsigned()));
        }
        for lane in &self.waits {
            upd1(out, lanes.narrow(*lane), |out, days| out.min(days.wrapping_sub(1).cast_unsigned()));
        }
        for lane in &self.peaks {
            upd2(out, lanes.narrow(*lane), dpd, |out, peak, dpd| {
                let days = peak.wrapping_sub(dpd).max(0).cast_unsigned();
                if (peak > NEVER_NARROW) & (dpd > 0) { out.min(days) } else { out }
            });
        }
        for (lane, slope) in &self.computed {
            upd2(out, lanes.narrow(*lane), dpd, |out, value, dpd| {
                if (value > NEVER_NARROW) & (slope.at(value, dpd) != 0) { 0 } else { out }
            });
        }
        let (mut first, mut second): (Narrow, Narrow) = ([0; ROWS], [0; ROWS]);
        for [(a, rises), (b, gains)] in &self.pairs {
            narrow_into(&mut first, lanes, *a);
            narrow_into(&mut second, lanes, *b);
            for (((out, a), b), dpd) in out.iter_mut().zip(&first).zip(&second).zip(dpd) {
                let closing = gains.at(*b, *dpd) - rises.at(*a, *dpd);
                *out = (*out).min(meet(*a, *b, closing));
            }
        }
        let mut known: Bytes = [0; ROWS];
        for (fact, age, days) in &self.ages {
            is_known(&mut known, lanes, *fact);
            narrow_into(&mut first, lanes, *age);
            upd2(out, &known, &first, |out, known, age| {
                let left = if age > NEVER_NARROW { days.saturating_sub(age).max(0).cast_unsigned() } else { 0 };
                if known != 0 { out.min(left) } else { out }
            });
        }
    }

    /// The same for edges: those that are asked of all accounts, then, by set of stages, those that
    /// are asked of accounts that stand there.
    #[inline(always)]
    fn crosses(&self, lanes: &Lanes, (dpd, stage): (&Narrow, &Bytes), out: &mut Soon) {
        for edges in self.edges.iter().filter(|edges| edges.stages.is_none()) {
            edges.cross(lanes.narrow(edges.lane), dpd, out);
        }
        let (mut inside, mut soon): (Bytes, Soon) = ([0; ROWS], [0; ROWS]);
        for (place, stages) in self.stages.iter().enumerate() {
            within(&mut inside, stage, *stages, Holes::NONE);
            if !any(&inside) {
                continue;
            }
            soon.fill(u32::MAX);
            for edges in self.edges.iter().filter(|edges| edges.stages == Some(place)) {
                edges.cross(lanes.narrow(edges.lane), dpd, &mut soon);
            }
            upd2(out, &soon, &inside, |out, soon, inside| if inside == TRUE { out.min(soon) } else { out });
        }
    }

    /// The same for the ends of what was learned.
    pub(super) fn learned_ends(&self, lanes: &Lanes, busy: &Bytes, find: &dyn Fn(FactId) -> N, out: &mut Soon) {
        let mut may: Bytes = [0; ROWS];
        for learned in &self.learned {
            may.copy_from_slice(busy);
            let (tells, nothing) = match learned.form {
                LearnedForm::Flag | LearnedForm::Promise(_) => (learned.value, 0),
                LearnedForm::Number(_) => (learned.value, NEVER_BYTE),
                LearnedForm::OfPromise(open, _) => (open, 0),
            };
            // A flag that is not set, or a word that nobody was told, ends nothing.
            match find(tells) {
                N::Byte(lane) => upd1(&mut may, lanes.byte(lane), |may, value| may & mask(value != nothing)),
                N::Const(cell) if super::derive::byte_for(cell) == nothing => continue,
                _ => {}
            }
            if !any(&may) {
                continue;
            }
            for (row, (may, out)) in may.iter().zip(out.iter_mut()).enumerate() {
                if *may == 0 {
                    continue;
                }
                let ends = learned.ends_in(&|id| lanes.cell(find(id), row));
                if let Some(days) = ends.filter(|days| *days >= 1) {
                    *out = (*out).min(u32::try_from(days - 1).unwrap_or(u32::MAX));
                }
            }
        }
    }

    /// The days past due as a night leaves them.
    #[inline(always)]
    pub(super) fn dpd(&self, lanes: &Lanes, out: &mut Narrow) {
        narrow_into(out, lanes, self.dpd);
    }
}

impl Edges {
    #[inline(always)]
    fn cross(&self, values: &Narrow, dpd: &Narrow, out: &mut Soon) {
        match self.slope {
            // An edge that is passed is farther away than every day.
            Slope::Up => crossed(out, &self.at, values, |edge, value| edge.wrapping_sub(value).wrapping_sub(1)),
            Slope::Down => crossed(out, &self.at, values, |edge, value| value.wrapping_sub(edge)),
            slope @ (Slope::Late | Slope::Peak) => {
                for edge in &self.at {
                    upd2(out, values, dpd, |out, value, dpd| {
                        let days = edge.wrapping_sub(value).wrapping_sub(1).cast_unsigned();
                        if slope.at(value, dpd) == 1 { out.min(days) } else { out }
                    });
                }
            }
            Slope::Flat => {}
        }
    }
}

/// In how many days the order of two numbers may change, less one.
#[inline(always)]
const fn meet(a: i32, b: i32, closing: i32) -> u32 {
    let apart = a.wrapping_sub(b);
    let known = (a > NEVER_NARROW) & (b > NEVER_NARROW);
    let towards = (closing > 0) == (apart > 0);
    let apart = apart.unsigned_abs();
    // They close in by one or two days a day.
    let days = if closing.unsigned_abs() == 2 { apart.div_ceil(2) } else { apart };
    match (known & (closing != 0), apart) {
        (false, _) => u32::MAX,
        (true, 0) => 0,
        (true, _) if towards => days - 1,
        (true, _) => u32::MAX,
    }
}

#[inline(always)]
fn crossed(out: &mut Soon, edges: &[i32], values: &Narrow, days: impl Fn(i32, i32) -> i32) {
    let (pairs, last) = edges.as_chunks::<2>();
    for [first, second] in pairs {
        upd1(out, values, |out, value| {
            let nearer = days(*first, value).cast_unsigned().min(days(*second, value).cast_unsigned());
            out.min(nearer)
        });
    }
    for edge in last {
        upd1(out, values, |out, value| out.min(days(*edge, value).cast_unsigned()));
    }
}

/// Days, wherever they are found.
#[inline(always)]
pub(super) fn narrow_into(out: &mut Narrow, lanes: &Lanes, number: N) {
    match number {
        N::Narrow(lane) => *out = *lanes.narrow(lane),
        N::Const(cell) => out.fill(super::derive::narrow_for(cell)),
        N::Byte(_) | N::Wide(_) => out.fill(NO_NARROW),
    }
}

/// Where a fact is known, *never* included.
#[inline(always)]
fn is_known(out: &mut Bytes, lanes: &Lanes, number: N) {
    match number {
        N::Const(cell) => out.fill(mask(!cell.is_unknown())),
        N::Byte(lane) => super::kernel::map1(out, lanes.byte(lane), |value| mask(value != NO_BYTE)),
        N::Narrow(lane) => super::kernel::map1(out, lanes.narrow(lane), |value| mask(value != NO_NARROW)),
        N::Wide(lane) => super::kernel::map1(out, lanes.wide(lane), |value| mask(value != NO_WIDE)),
    }
}
