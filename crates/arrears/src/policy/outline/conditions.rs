//! Conditions part by part.

use super::{Outliner, plain};
use crate::condition::{Cond, CondKind, Num, NumKind};
use crate::policy::words;

/// A condition and its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlinedCond {
    /// Its canonical form.
    pub meaning: String,
    /// The policy's own words.
    pub text: String,
    /// What it is about, where it is a single question: the fact, in canonical form.
    pub subject: Option<String>,
    /// The word of the policy (`define`) within which it stands.
    pub within: Option<String>,
    /// How its parts belong together.
    pub shape: Shape,
    /// Its parts; none of a single question.
    pub parts: Vec<Self>,
}

/// How the parts of a condition belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A single question.
    One,
    /// All of them.
    All,
    /// At least one of them.
    Any,
    /// The opposite of its only part.
    Not,
}

impl Outliner<'_> {
    pub(super) fn cond(&self, cond: &Cond, within: Option<&str>) -> OutlinedCond {
        let each = |parts: &[Cond]| parts.iter().map(|part| self.cond(part, within)).collect::<Vec<_>>();
        let (shape, parts) = match &cond.kind {
            CondKind::Define(name, inner) => return self.cond(inner, Some(name)),
            CondKind::All(parts) if !words::is_range(parts) => (Shape::All, flat(each(parts), Shape::All)),
            CondKind::Any(parts) => (Shape::Any, flat(each(parts), Shape::Any)),
            CondKind::Not(inner) if !is_single(inner) => (Shape::Not, vec![self.cond(inner, within)]),
            _ => (Shape::One, Vec::new()),
        };
        OutlinedCond {
            meaning: plain(&self.canon.cond(cond)),
            text: words::cond(self.policy, cond),
            subject: self.subject(cond),
            within: within.map(str::to_owned),
            shape,
            parts,
        }
    }

    fn subject(&self, cond: &Cond) -> Option<String> {
        match &cond.kind {
            CondKind::Flag(id) | CondKind::Known(id) | CondKind::NotYet(id) | CondKind::NotSince(id, _) => {
                Some(self.canon.fact(*id))
            }
            CondKind::Compare(_, left, right) => {
                Some(plain(&self.canon.num(if is_fixed(left) { right } else { left })))
            }
            CondKind::Within(word, _) => Some(plain(&self.canon.num(word))),
            CondKind::DebtorType(_) => Some("debtor_type".to_owned()),
            CondKind::Not(inner) | CondKind::Coalesce(inner, _) => self.subject(inner),
            CondKind::All(parts) if words::is_range(parts) => self.subject(parts.first()?),
            CondKind::Define(_, inner) => self.subject(inner),
            CondKind::Constant(_) | CondKind::All(_) | CondKind::Any(_) => None,
        }
    }
}

/// The parts, with those of parts that are joined in the same way: brackets say nothing. Those of a word of the policy
/// stay together.
fn flat(parts: Vec<OutlinedCond>, shape: Shape) -> Vec<OutlinedCond> {
    let mut found = Vec::with_capacity(parts.len());
    for part in parts {
        if part.shape == shape { found.extend(part.parts) } else { found.push(part) }
    }
    found
}

fn is_single(cond: &Cond) -> bool {
    match &cond.kind {
        CondKind::All(parts) => words::is_range(parts),
        CondKind::Any(_) => false,
        CondKind::Not(inner) => is_single(inner),
        CondKind::Define(_, inner) => is_single(inner),
        _ => true,
    }
}

const fn is_fixed(num: &Num) -> bool {
    matches!(num.kind, NumKind::Literal(_) | NumKind::Threshold(_))
}
