//! Values that are only held against a few numbers: where a value stands among these is all
//! that matters, and a byte says it.

use super::lane::N;
use super::program::{Op, Program};
use super::spare::of_facts;
use arrears::Cell;
use arrears::condition::{Cmp, FactId};
use std::collections::BTreeSet;

/// The highest rank; what lies above it in a byte stands for what is no number.
const HIGHEST: u8 = 252;
/// The most steps that are looked at in one pass over the values.
const MOST_STEPS: usize = 4;
/// Numbers so small that differences of them fit.
const SMALL: i64 = 1 << 20;

/// What stands in a lane of bytes for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ranks {
    /// Whole numbers near to each other.
    Near(Near),
    /// Money and ratios: how many of these steps a value has reached.
    Steps(Steps),
}

impl Ranks {
    /// The rank of a value; of what no narrow lane holds, that of the nearest it does.
    fn of(self, value: i64) -> i64 {
        match self {
            Self::Near(near) => {
                let held = value.clamp(i64::from(i32::MIN), i64::from(i32::MAX));
                i64::from(near.of(i32::try_from(held).unwrap_or(i32::MAX)))
            }
            Self::Steps(steps) => i64::from(steps.of(value)),
        }
    }
}

/// Values as their distance from one below the least number that they are held against; what
/// lies below that, or far above the greatest, has the rank of the last that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    base: i32,
}

impl Near {
    /// Ranks for values that are held against these numbers; none if they lie too far apart.
    fn among(numbers: impl Iterator<Item = i64> + Clone) -> Option<Self> {
        let (least, most) = (numbers.clone().min().unwrap_or(0), numbers.max().unwrap_or(0));
        let near = least > -SMALL && most < SMALL && most - least + 2 <= i64::from(HIGHEST);
        i32::try_from(least - 1).ok().filter(|_| near).map(|base| Self { base })
    }

    /// The rank of a value.
    #[inline(always)]
    pub(super) fn of(self, value: i32) -> u8 {
        low(self.rank(value))
    }

    /// The same, as wide as the value.
    #[inline(always)]
    pub(super) fn rank(self, value: i32) -> i32 {
        let top = self.base.wrapping_add(i32::from(HIGHEST));
        value.max(self.base).min(top).wrapping_sub(self.base)
    }

    /// The rank of a number that values are held against.
    fn of_number(self, number: i64) -> i64 {
        number - i64::from(self.base)
    }
}

/// Steps in ascending order, each of them a least value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Steps {
    steps: [i64; MOST_STEPS],
    count: usize,
}

impl Steps {
    /// Steps that tell apart what these comparisons do; none if they are too many.
    fn among(comparisons: impl Iterator<Item = (Cmp, i64)>) -> Option<Self> {
        let mut all = BTreeSet::new();
        for (cmp, with) in comparisons {
            // The sides of the number at which the comparison changes.
            let (from, above) = match cmp {
                Cmp::Lt | Cmp::Ge => (true, false),
                Cmp::Le | Cmp::Gt => (false, true),
                Cmp::Eq | Cmp::Ne => (true, true),
            };
            all.extend(from.then_some(with));
            if above {
                all.insert(with.checked_add(1)?);
            }
        }
        if all.len() > MOST_STEPS {
            return None;
        }
        let mut steps = [i64::MAX; MOST_STEPS];
        steps.iter_mut().zip(&all).for_each(|(slot, step)| *slot = *step);
        Some(Self { steps, count: all.len() })
    }

    /// The steps, if they are so many.
    #[inline(always)]
    pub(super) fn exactly<const COUNT: usize>(&self) -> Option<&[i64; COUNT]> {
        self.steps.get(..self.count)?.try_into().ok()
    }

    /// How many steps a value has reached.
    pub(super) fn of(&self, value: i64) -> u8 {
        self.steps.iter().take(self.count).map(|step| u8::from(value >= *step)).sum()
    }

    /// The comparison of ranks that stands for one of values.
    fn compared(&self, cmp: Cmp, with: i64) -> (Cmp, i64) {
        let reached = |value: i64| i64::from(self.of(value));
        match cmp {
            Cmp::Ge | Cmp::Lt | Cmp::Eq | Cmp::Ne => (cmp, reached(with)),
            Cmp::Gt => (Cmp::Ge, reached(with.saturating_add(1))),
            Cmp::Le => (Cmp::Lt, reached(with.saturating_add(1))),
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the highest rank")]
#[inline(always)]
const fn low(rank: i32) -> u8 {
    rank as u8
}

/// Gives ranks to the facts of which nothing but ranks is read; kept facts stay as they are.
pub(super) fn narrow(program: &mut Program, kept: &[FactId]) {
    let mut exact = of_facts(program, kept);
    program.each_read_besides(&mut |number| exact.push(number));
    for op in &program.ops {
        match op {
            Op::CompareWith { .. } | Op::NotYet { .. } | Op::Known { .. } => {}
            // What stands there is handed on as it is.
            Op::Default { stage, .. } => exact.push(*stage),
            Op::Expire { age, .. } => exact.push(*age),
            op => op.each_read(&mut |number| exact.push(number)),
        }
    }
    for (splat, _) in &program.splats {
        exact.push(*splat);
    }
    let Program { ops, fills, bytes, .. } = program;
    for fill in fills {
        let same = handed_on(ops, fill.lane);
        let written = |op: &Op| op.writes() == Some(fill.lane);
        if same.iter().any(|lane| exact.contains(lane)) || ops.iter().any(written) {
            continue;
        }
        let held_against = ops.iter().filter_map(|op| match op {
            Op::CompareWith { cmp, of, with, .. } if same.contains(of) => Some((*cmp, *with)),
            _ => None,
        });
        let ranks = match fill.lane {
            N::Narrow(_) => Near::among(held_against.map(|(_, with)| with)).map(Ranks::Near),
            N::Wide(_) => Steps::among(held_against).map(Ranks::Steps),
            N::Byte(_) | N::Const(_) => None,
        };
        let Some(ranks) = ranks else { continue };
        let first = *bytes;
        *bytes += same.len();
        let rank = |lane: N| same.iter().position(|of| *of == lane).map(|place| N::Byte(first + place));
        fill.ranks = Some(ranks);
        fill.lane = rank(fill.lane).unwrap_or(fill.lane);
        for op in ops.iter_mut() {
            ranked(op, ranks, &rank);
        }
    }
}

/// The lane and those to which what stands in it is handed on.
fn handed_on(ops: &[Op], lane: N) -> Vec<N> {
    let mut same = vec![lane];
    for op in ops {
        if let Op::Default { of, out, .. } | Op::Expire { of, out, .. } = op
            && same.contains(of)
        {
            same.push(*out);
        }
    }
    same
}

/// Makes an operation read the ranks of what it read, where that has any.
fn ranked(op: &mut Op, ranks: Ranks, rank: &dyn Fn(N) -> Option<N>) {
    match op {
        Op::CompareWith { cmp, of, with, .. } => {
            let Some(rank) = rank(*of) else { return };
            *of = rank;
            (*cmp, *with) = match ranks {
                Ranks::Near(near) => (*cmp, near.of_number(*with)),
                Ranks::Steps(steps) => steps.compared(*cmp, *with),
            };
        }
        Op::NotYet { of, .. } | Op::Known { of, .. } => *of = rank(*of).unwrap_or(*of),
        Op::Default { of, default, out, .. } => {
            let (Some(rank_of), Some(rank_out)) = (rank(*of), rank(*out)) else { return };
            (*of, *out) = (rank_of, rank_out);
            *default = default.get().map_or(*default, |value| Cell::number(ranks.of(value)));
        }
        Op::Expire { of, out, .. } => {
            if let (Some(rank_of), Some(rank_out)) = (rank(*of), rank(*out)) {
                (*of, *out) = (rank_of, rank_out);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Near, Steps};
    use arrears::Cell;
    use arrears::condition::{Cmp, compare};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_rank_compares_with_each_number_as_its_value_does(
            least in -70_000..70_000_i64, above in prop::collection::vec(0..250_i64, 0..5),
            value in prop_oneof![any::<i32>(), -70_300..70_600_i32],
        ) {
            let numbers: Vec<i64> = above.iter().map(|more| least + more).chain([least]).collect();
            let ranks = Near::among(numbers.iter().copied()).unwrap();
            for number in numbers {
                let rank = i64::from(ranks.of(value));
                prop_assert_eq!(rank.cmp(&ranks.of_number(number)), i64::from(value).cmp(&number));
                prop_assert!(rank <= 252 && (1..=251).contains(&ranks.of_number(number)));
            }
        }
    }

    proptest! {
        #[test]
        fn steps_compare_as_their_values_do(
            comparisons in prop::collection::vec((prop::sample::select(vec![Cmp::Lt, Cmp::Le, Cmp::Eq, Cmp::Ne, Cmp::Ge, Cmp::Gt]), -4..5_i64), 0..4),
            value in prop_oneof![-6..7_i64, any::<i32>().prop_map(i64::from)],
        ) {
            let Some(steps) = Steps::among(comparisons.iter().copied()) else { return Ok(()) };
            for (cmp, with) in comparisons {
                let (by_rank, rank) = steps.compared(cmp, with);
                let told = compare(by_rank, Cell::number(i64::from(steps.of(value))), Cell::number(rank));
                prop_assert_eq!(told, compare(cmp, Cell::number(value), Cell::number(with)));
            }
        }
    }

    #[test]
    fn numbers_that_lie_far_apart_have_no_ranks() {
        assert_eq!(Near::among([0, 251].into_iter()), None);
        assert_eq!(Near::among([i64::MAX].into_iter()), None);
        assert!(Near::among([5, 255].into_iter()).is_some());
    }
}
