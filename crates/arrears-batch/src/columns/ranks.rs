//! Days and counts that are only held against a few numbers: where a value stands among these
//! is all that matters, and a byte says it.

use super::lane::N;
use super::program::{Op, Program};
use super::spare::of_facts;
use arrears::condition::FactId;

/// The highest rank; what lies above it in a byte stands for what is no number.
const HIGHEST: u8 = 252;
/// Numbers so small that differences of them fit.
const SMALL: i64 = 1 << 20;

/// Values as their distance from one below the least number that they are held against; what
/// lies below that, or far above the greatest, has the rank of the last that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ranks {
    base: i32,
}

impl Ranks {
    /// Ranks for values that are held against these numbers; none if they lie too far apart.
    fn among(numbers: impl Iterator<Item = i64> + Clone) -> Option<Self> {
        let (least, most) = (numbers.clone().min().unwrap_or(0), numbers.max().unwrap_or(0));
        let near = least > -SMALL && most < SMALL && most - least + 2 <= i64::from(HIGHEST);
        i32::try_from(least - 1).ok().filter(|_| near).map(|base| Self { base })
    }

    /// The rank of a value.
    #[inline(always)]
    pub(super) fn of(self, value: i32) -> u8 {
        let top = self.base.wrapping_add(i32::from(HIGHEST));
        low(value.max(self.base).min(top).wrapping_sub(self.base))
    }

    /// The rank of a number that values are held against.
    fn of_number(self, number: i64) -> i64 {
        number - i64::from(self.base)
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
        if !matches!(op, Op::CompareWith { .. } | Op::NotYet { .. } | Op::Known { .. }) {
            op.each_read(&mut |number| exact.push(number));
        }
    }
    for (splat, _) in &program.splats {
        exact.push(*splat);
    }
    let Program { ops, fills, bytes, .. } = program;
    for fill in fills {
        let lane = fill.lane;
        if !matches!(lane, N::Narrow(_)) || exact.contains(&lane) || ops.iter().any(|op| op.writes() == Some(lane)) {
            continue;
        }
        let held_against = ops.iter().filter_map(|op| match op {
            Op::CompareWith { of, with, .. } if *of == lane => Some(*with),
            _ => None,
        });
        let Some(ranks) = Ranks::among(held_against) else { continue };
        let rank = N::Byte(*bytes);
        *bytes += 1;
        (fill.lane, fill.ranks) = (rank, Some(ranks));
        for op in ops.iter_mut() {
            match op {
                Op::CompareWith { of, with, .. } if *of == lane => {
                    *of = rank;
                    *with = ranks.of_number(*with);
                }
                Op::NotYet { of, .. } | Op::Known { of, .. } if *of == lane => *of = rank,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ranks;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_rank_compares_with_each_number_as_its_value_does(
            least in -70_000..70_000_i64, above in prop::collection::vec(0..250_i64, 0..5),
            value in prop_oneof![any::<i32>(), -70_300..70_600_i32],
        ) {
            let numbers: Vec<i64> = above.iter().map(|more| least + more).chain([least]).collect();
            let ranks = Ranks::among(numbers.iter().copied()).unwrap();
            for number in numbers {
                let rank = i64::from(ranks.of(value));
                prop_assert_eq!(rank.cmp(&ranks.of_number(number)), i64::from(value).cmp(&number));
                prop_assert!(rank <= 252 && (1..=251).contains(&ranks.of_number(number)));
            }
        }
    }

    #[test]
    fn numbers_that_lie_far_apart_have_no_ranks() {
        assert_eq!(Ranks::among([0, 251].into_iter()), None);
        assert_eq!(Ranks::among([i64::MAX].into_iter()), None);
        assert!(Ranks::among([5, 255].into_iter()).is_some());
    }
}
