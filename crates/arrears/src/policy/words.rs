//! The policy's own words: its text where it has one, the tree written out where not.

use super::Policy;
use crate::condition::{Cond, CondKind, Num, NumKind, WordSet};
use crate::span::Span;

/// A condition in the policy's words.
pub(crate) fn cond(policy: &Policy, cond: &Cond) -> String {
    text(policy, cond.span).unwrap_or_else(|| written(policy, cond))
}

/// A number in the policy's words.
pub(crate) fn number(policy: &Policy, number: &Num) -> String {
    text(policy, number.span).unwrap_or_else(|| num(policy, number))
}

/// The text of a span, on one line.
pub(crate) fn text(policy: &Policy, span: Span) -> Option<String> {
    if !span.is_some() || span.start >= span.end {
        return None;
    }
    let source = policy.sources().get(usize::from(span.file))?;
    let start = usize::try_from(span.start).ok()?;
    let end = usize::try_from(span.end).ok()?;
    let words: Vec<&str> = source.text.get(start..end)?.split_whitespace().collect();
    Some(words.join(" "))
}

/// The file and line of a span: `cn-card.rhai:71`.
pub(crate) fn place(policy: &Policy, span: Span) -> Option<String> {
    if !span.is_some() {
        return None;
    }
    let source = policy.sources().get(usize::from(span.file))?;
    let before = source.text.get(..usize::try_from(span.start).ok()?)?;
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let name = source.name.rsplit(['/', '\\']).next().unwrap_or(&source.name);
    Some(format!("{name}:{line}"))
}

/// Whether the parts are the two ends of one range.
pub(crate) fn is_range(parts: &[Cond]) -> bool {
    matches!(parts, [a, b] if a.span == b.span && a.span.is_some()
        && matches!((&a.kind, &b.kind), (CondKind::Compare(..), CondKind::Compare(..))))
}

/// The tree written out.
fn written(policy: &Policy, part: &Cond) -> String {
    let name = |id| policy.input(id).map(|input| input.written.clone()).unwrap_or_default();
    let joined = |parts: &[Cond], sign: &str| {
        let parts: Vec<String> = parts.iter().map(|part| cond(policy, part)).collect();
        parts.join(sign)
    };
    match &part.kind {
        CondKind::Constant(holds) => holds.to_string(),
        CondKind::Flag(id) => name(*id),
        CondKind::Compare(cmp, left, right) => {
            format!("{} {} {}", num(policy, left), cmp.sign(), num(policy, right))
        }
        CondKind::Within(word, set) => format!("{} in {}", num(policy, word), set_words(policy, word, *set)),
        CondKind::DebtorType(set) => {
            let types = policy.debtor_types().iter().enumerate();
            let has = |index: usize| set.has(i64::try_from(index).unwrap_or(WordSet::OTHER));
            let names: Vec<String> =
                types.filter(|(index, _)| has(*index)).map(|(_, kind)| format!("\"{}\"", kind.name)).collect();
            format!("debtor_type in [{}]", names.join(", "))
        }
        CondKind::Known(id) => format!("known({})", name(*id)),
        CondKind::NotYet(id) => format!("not_yet({})", name(*id)),
        CondKind::NotSince(a, b) => format!("not_since({}, {})", name(*a), name(*b)),
        CondKind::Not(inner) => format!("!({})", cond(policy, inner)),
        CondKind::All(parts) => joined(parts, " && "),
        CondKind::Any(parts) => format!("({})", joined(parts, " || ")),
        CondKind::Coalesce(a, b) => format!("{} ?? {}", cond(policy, a), cond(policy, b)),
        CondKind::Define(name, _) => name.to_string(),
    }
}

fn set_words(policy: &Policy, word: &Num, set: WordSet) -> String {
    let mut words = Vec::new();
    word.each(&mut |part| {
        if let NumKind::Fact(id) = part.kind
            && let Some(input) = policy.input(id)
        {
            let known = input.words.iter().enumerate();
            words.extend(
                known
                    .filter(|(index, _)| set.has(i64::try_from(*index).unwrap_or(-1)))
                    .map(|(_, word)| format!("\"{word}\"")),
            );
        }
    });
    format!("[{}]", words.join(", "))
}

fn num(policy: &Policy, number: &Num) -> String {
    match &number.kind {
        NumKind::Fact(id) => policy.input(*id).map(|input| input.written.clone()).unwrap_or_default(),
        NumKind::Literal(value) => policy.show(*value, number.unit),
        NumKind::Threshold(id) => {
            policy.thresholds().get(id.index()).map(|threshold| threshold.name.clone()).unwrap_or_default()
        }
        NumKind::Op(op, a, b) if matches!(op.sign(), "min" | "max") => {
            format!("{}({}, {})", op.sign(), num(policy, a), num(policy, b))
        }
        NumKind::Op(op, a, b) => format!("({} {} {})", num(policy, a), op.sign(), num(policy, b)),
        NumKind::Negate(a) => format!("-{}", num(policy, a)),
        NumKind::Abs(a) => format!("abs({})", num(policy, a)),
        NumKind::Coalesce(a, b) => format!("({} ?? {})", num(policy, a), num(policy, b)),
    }
}
