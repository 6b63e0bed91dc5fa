//! Conditions after their checks: typed, with every name resolved.

use super::{Arith, Cmp};
use crate::number::Kind;
use crate::span::Span;
use std::sync::Arc;

/// The place of a fact in a policy's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub(crate) u16);

/// The place of a threshold in a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThresholdId(pub(crate) u16);

/// A set of words of one vocabulary, by position; at most 63 words and "any other".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordSet(pub(crate) u64);

/// A condition, with the text it was read from.
#[derive(Clone, Debug)]
pub struct Cond {
    /// What it asks.
    pub kind: CondKind,
    /// Where it stands.
    pub span: Span,
    /// Its number in the policy: equal numbers, equal meaning.
    pub number: u32,
}

/// What a condition asks.
#[derive(Clone, Debug)]
pub enum CondKind {
    /// The same for every account.
    Constant(bool),
    /// A yes-or-no fact.
    Flag(FactId),
    /// One number against another of the same kind.
    Compare(Cmp, Num, Num),
    /// A word against a set of words.
    Within(Num, WordSet),
    /// Whether the account's debtor type is one of these: true if every type it may
    /// have is, false if none is.
    DebtorType(WordSet),
    /// Whether the fact is known; *never* is known.
    Known(FactId),
    /// Whether it has never happened.
    NotYet(FactId),
    /// Whether the first never happened, or last happened before the second last did.
    NotSince(FactId, FactId),
    /// The opposite; unknown stays unknown.
    Not(Box<Cond>),
    /// All of them.
    All(Box<[Cond]>),
    /// At least one of them.
    Any(Box<[Cond]>),
    /// The first, or the second where the first is unknown.
    Coalesce(Box<Cond>, Box<Cond>),
    /// A word of the policy (`define`), with what it stands for.
    Define(Arc<str>, Arc<Cond>),
}

/// A number or a word, with the text it was read from.
#[derive(Clone, Debug)]
pub struct Num {
    /// How it is found.
    pub kind: NumKind,
    /// What it measures.
    pub unit: Kind,
    /// Where it stands.
    pub span: Span,
}

/// How a number is found.
#[derive(Clone, Debug)]
pub enum NumKind {
    /// A fact of the row.
    Fact(FactId),
    /// A written number in its unit's smallest part, or a word's position.
    Literal(i64),
    /// A threshold of the policy, by name.
    Threshold(ThresholdId),
    /// An operation on two numbers.
    Op(NumOp, Box<Num>, Box<Num>),
    /// The number with the other sign.
    Negate(Box<Num>),
    /// The number without its sign.
    Abs(Box<Num>),
    /// The first, or the second where the first is unknown.
    Coalesce(Box<Num>, Box<Num>),
}

/// An operation on fixed-point numbers. Each is exact in 128 bits, then rounded
/// half-even to its kind; what overflows or divides by zero is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumOp {
    /// Sum of two numbers of one kind.
    Add,
    /// Difference of two numbers of one kind.
    Sub,
    /// The smaller of two numbers of one kind.
    Min,
    /// The greater of two numbers of one kind.
    Max,
    /// Money times a count.
    Times,
    /// Money or a ratio times a ratio.
    TimesRatio,
    /// Two numbers of one kind, as a ratio.
    RatioOf,
    /// Money over a count.
    Over,
}

impl FactId {
    /// The position in the row.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl ThresholdId {
    /// The position in the policy's list of thresholds.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl WordSet {
    /// The position that stands for every word the policy does not name.
    pub const OTHER: i64 = 63;

    /// The set of one word.
    pub fn of(position: usize) -> Self {
        Self(1_u64.checked_shl(u32::try_from(position).unwrap_or(63)).unwrap_or(0))
    }

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Every word that is not in it.
    #[must_use]
    pub const fn complement(self) -> Self {
        Self(!self.0)
    }

    /// Whether the word at `position` is in it.
    pub fn has(self, position: i64) -> bool {
        u32::try_from(position).is_ok_and(|shift| self.0.checked_shr(shift).unwrap_or(0) & 1 == 1)
    }

    /// Whether every word of it is in `other`.
    pub const fn inside(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether the two have no word in common.
    pub const fn apart(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }

    /// How many words it has.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether it has none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The positions in it, lowest first.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let lowest = usize::try_from(left.trailing_zeros()).ok().filter(|_| left != 0)?;
            left &= left - 1;
            Some(lowest)
        })
    }
}

impl NumOp {
    /// The operation for written signs and kinds, with the kind of its result; none if
    /// the two kinds do not go together.
    pub fn of(sign: Arith, left: Kind, right: Kind) -> Option<(Self, Kind)> {
        use Kind::{Count, Money, Ratio};
        if !left.is_number() || !right.is_number() {
            return None;
        }
        match sign {
            Arith::Add if left == right => Some((Self::Add, left)),
            Arith::Sub if left == right => Some((Self::Sub, left)),
            Arith::Min if left == right => Some((Self::Min, left)),
            Arith::Max if left == right => Some((Self::Max, left)),
            Arith::Mul => match (left, right) {
                (Money, Count) | (Count, Money) => Some((Self::Times, Money)),
                (Money, Ratio) | (Ratio, Money) => Some((Self::TimesRatio, Money)),
                (Ratio, Ratio) => Some((Self::TimesRatio, Ratio)),
                _ => None,
            },
            Arith::Div => match (left, right) {
                (Money, Money) | (Count, Count) => Some((Self::RatioOf, Ratio)),
                (Money, Count) => Some((Self::Over, Money)),
                _ => None,
            },
            Arith::Add | Arith::Sub | Arith::Min | Arith::Max => None,
        }
    }

    /// The sign, for explanations and canonical form.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Min => "min",
            Self::Max => "max",
            Self::Times | Self::TimesRatio => "*",
            Self::RatioOf | Self::Over => "/",
        }
    }
}
