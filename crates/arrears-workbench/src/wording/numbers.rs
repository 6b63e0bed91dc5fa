//! Numbers of conditions in words.

use super::{Prose, Wording, human, phrase};
use arrears::condition::{Num, NumKind, NumOp};
use arrears::draft::Keyword;

/// A number: `30 days (demand wait)`, `the larger of the overdue amount and the minimum payment`.
pub(super) fn said(wording: &Wording<'_>, num: &Num) -> Prose {
    match &num.kind {
        NumKind::Fact(id) => phrase::noun(wording, *id),
        NumKind::Literal(value) => Prose::plain(wording.value(*value, num.unit)),
        NumKind::Threshold(_) => value(wording, num).and(names(wording, &[num])),
        NumKind::Op(op, left, right) => operation(wording, *op, left, right),
        NumKind::Negate(inner) => Prose::plain("minus ").and(inside(wording, inner)),
        NumKind::Abs(inner) => Prose::plain("the size, without its sign, of ").and(inside(wording, inner)),
        NumKind::Coalesce(first, second) => {
            said(wording, first).and(" (where that is not known, ").and(said(wording, second)).and(")")
        }
    }
}

fn operation(wording: &Wording<'_>, op: NumOp, left: &Num, right: &Num) -> Prose {
    let both = |word: &str| inside(wording, left).and(word).and(inside(wording, right));
    match op {
        NumOp::Add => both(" plus "),
        NumOp::Sub => both(" less "),
        NumOp::Min => Prose::plain("the smaller of ").and(both(" and ")),
        NumOp::Max => Prose::plain("the larger of ").and(both(" and ")),
        NumOp::Times | NumOp::TimesRatio => both(" times "),
        NumOp::RatioOf | NumOp::Over => both(" divided by "),
    }
}

/// A number inside another one: in brackets where it is reckoned.
fn inside(wording: &Wording<'_>, num: &Num) -> Prose {
    match num.kind {
        NumKind::Op(..) => Prose::plain("(").and(said(wording, num)).and(")"),
        _ => said(wording, num),
    }
}

/// Whether a number is the same for every account.
pub(super) const fn is_fixed(num: &Num) -> bool {
    matches!(num.kind, NumKind::Literal(_) | NumKind::Threshold(_))
}

/// The value of a number that is the same for every account.
pub(super) fn fixed(wording: &Wording<'_>, num: &Num) -> Option<i64> {
    match num.kind {
        NumKind::Literal(value) => Some(value),
        NumKind::Threshold(id) => wording.threshold(id).map(|(_, value)| value),
        _ => None,
    }
}

fn value(wording: &Wording<'_>, num: &Num) -> Prose {
    fixed(wording, num).map_or_else(Prose::default, |value| Prose::plain(wording.value(value, num.unit)))
}

/// The names of the thresholds among numbers, in brackets: ` (demand wait)`.
pub(super) fn names(wording: &Wording<'_>, nums: &[&Num]) -> Prose {
    let names: Vec<Prose> = nums.iter().filter_map(|num| name(wording, num)).collect();
    if names.is_empty() { Prose::default() } else { Prose::plain(" (").and(Prose::joined(names, ", ")).and(")") }
}

fn name(wording: &Wording<'_>, num: &Num) -> Option<Prose> {
    let NumKind::Threshold(id) = num.kind else { return None };
    let (threshold, _) = wording.threshold(id)?;
    let anchor = wording.anchors.and_then(|anchors| anchors.of(Keyword::Threshold, &threshold.name));
    let said = human(&threshold.name);
    Some(anchor.map_or_else(|| Prose::plain(said.clone()), |anchor| Prose::link(said.clone(), anchor)))
}
