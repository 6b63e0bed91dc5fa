//! Numbers for conditions: equal numbers, equal meaning.

use crate::condition::{Cond, CondKind, Num, NumKind};
use crate::span::Span;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Gives every different condition a number of its own.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    seen: BTreeMap<String, u32>,
}

impl Numbering {
    /// A condition with its number. Parts of `&&` and `||` that are alike are one.
    pub(crate) fn cond(&mut self, kind: CondKind, span: Span) -> Cond {
        let text = key(&kind);
        let next = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
        let number = *self.seen.entry(text).or_insert(next);
        Cond { kind, span, number }
    }

    /// How many different conditions there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.seen.len()).unwrap_or(u32::MAX)
    }
}

/// What a condition says, in terms of the numbers of its parts.
fn key(kind: &CondKind) -> String {
    match kind {
        CondKind::Constant(holds) => format!("{holds}"),
        CondKind::Flag(id) => format!("f{}", id.index()),
        CondKind::Compare(cmp, left, right) => {
            format!("({}{}{})", num(left), cmp.sign(), num(right))
        }
        CondKind::Within(word, set) => format!("({} in {:x})", num(word), set.0),
        CondKind::DebtorType(set) => format!("type {:x}", set.0),
        CondKind::Known(id) => format!("known {}", id.index()),
        CondKind::NotYet(id) => format!("not_yet {}", id.index()),
        CondKind::NotSince(a, b) => format!("not_since {} {}", a.index(), b.index()),
        CondKind::Not(inner) => format!("not #{}", inner.number),
        CondKind::All(parts) => list("all", parts),
        CondKind::Any(parts) => list("any", parts),
        CondKind::Coalesce(a, b) => format!("#{} ?? #{}", a.number, b.number),
        CondKind::Define(_, inner) => key(&inner.kind),
    }
}

fn list(word: &str, parts: &[Cond]) -> String {
    let mut numbers: Vec<u32> = parts.iter().map(|part| part.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut text = word.to_owned();
    for number in numbers {
        let _ = write!(text, " #{number}");
    }
    text
}

fn num(number: &Num) -> String {
    match &number.kind {
        NumKind::Fact(id) => format!("f{}", id.index()),
        NumKind::Literal(value) => format!("{value}"),
        NumKind::Threshold(id) => format!("t{}", id.index()),
        NumKind::Op(op, a, b) => format!("({op:?} {} {})", num(a), num(b)),
        NumKind::Negate(a) => format!("-{}", num(a)),
        NumKind::Abs(a) => format!("abs {}", num(a)),
        NumKind::Coalesce(a, b) => format!("({} ?? {})", num(a), num(b)),
    }
}
