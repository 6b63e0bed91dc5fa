//! Comparisons of numbers in words: `at least 31 days past due`, `the overdue amount is more than 5.00 EUR`.

use super::facts::{Said, said, since};
use super::phrase::{happened, noun};
use super::{Prose, Wording, numbers};
use arrears::Kind;
use arrears::condition::{Cmp, Cond, CondKind, FactId, Num, NumKind};

/// The comparison that holds where this one does not.
pub(super) const fn opposite(cmp: Cmp) -> Cmp {
    match cmp {
        Cmp::Lt => Cmp::Ge,
        Cmp::Le => Cmp::Gt,
        Cmp::Eq => Cmp::Ne,
        Cmp::Ne => Cmp::Eq,
        Cmp::Ge => Cmp::Lt,
        Cmp::Gt => Cmp::Le,
    }
}

/// The same comparison with its sides changed.
const fn turned(cmp: Cmp) -> Cmp {
    match cmp {
        Cmp::Lt => Cmp::Gt,
        Cmp::Le => Cmp::Ge,
        Cmp::Ge => Cmp::Le,
        Cmp::Gt => Cmp::Lt,
        Cmp::Eq | Cmp::Ne => cmp,
    }
}

/// `31 days past due`, `3 call attempts`.
pub(super) fn amount_of(wording: &Wording<'_>, value: i64, kind: Kind, said: &Said) -> Prose {
    let number = Prose::plain(wording.value(value, kind)).and(" ");
    match said {
        Said::Days(tail) => number.and(tail.clone()),
        Said::Since(event) => number.and(since(event)),
        Said::Count(one, many) => number.and(if value == 1 { one.clone() } else { many.clone() }),
        Said::Noun(_) | Said::Flag(..) => number,
    }
}

/// One number against another.
pub(super) fn comparison(wording: &Wording<'_>, cmp: Cmp, left: &Num, right: &Num) -> Prose {
    if numbers::is_fixed(left) && !numbers::is_fixed(right) {
        return comparison(wording, turned(cmp), right, left);
    }
    if let (NumKind::Fact(id), Some(value)) = (&left.kind, numbers::fixed(wording, right)) {
        let fact = said(wording, *id).0;
        if matches!(fact, Said::Days(_) | Said::Since(_) | Said::Count(..)) {
            return measured(wording, cmp, value, right, (*id, &fact));
        }
    }
    let word = match cmp {
        Cmp::Lt => " is less than ",
        Cmp::Le => " is at most ",
        Cmp::Eq => " is ",
        Cmp::Ne => " is not ",
        Cmp::Ge => " is at least ",
        Cmp::Gt => " is more than ",
    };
    numbers::said(wording, left).and(word).and(numbers::said(wording, right))
}

/// `at least 3 call attempts in this episode (visit after calls)`.
fn measured(wording: &Wording<'_>, cmp: Cmp, value: i64, right: &Num, (id, fact): (FactId, &Said)) -> Prose {
    let names = numbers::names(wording, &[right]);
    match (cmp, value, fact) {
        (Cmp::Ge, 0, Said::Since(_)) if names.is_empty() => return happened(wording, id),
        (Cmp::Eq, 0, Said::Count(one, _)) if names.is_empty() => return Prose::plain("no ").and(one.clone()),
        _ => {}
    }
    let bound = match cmp {
        Cmp::Lt if matches!(fact, Said::Count(..)) => "fewer than ",
        Cmp::Lt => "less than ",
        Cmp::Le => "at most ",
        Cmp::Eq => "exactly ",
        Cmp::Ne => "other than ",
        Cmp::Ge => "at least ",
        Cmp::Gt => "more than ",
    };
    Prose::plain(bound).and(amount_of(wording, value, right.unit, fact)).and(names)
}

/// The two ends of one range: `from 31 to 90 days past due`.
pub(super) fn range(wording: &Wording<'_>, parts: &[Cond]) -> Option<Prose> {
    let [low, high] = parts else { return None };
    let (CondKind::Compare(Cmp::Ge, value, from), CondKind::Compare(cmp @ (Cmp::Le | Cmp::Lt), same, to)) =
        (&low.kind, &high.kind)
    else {
        return None;
    };
    let (NumKind::Fact(id), NumKind::Fact(other)) = (&value.kind, &same.kind) else { return None };
    if id != other || !numbers::is_fixed(from) || !numbers::is_fixed(to) {
        return None;
    }
    let end = if *cmp == Cmp::Lt { "below " } else { "" };
    let (first, last) = (numbers::fixed(wording, from)?, numbers::fixed(wording, to)?);
    let names = numbers::names(wording, &[from, to]);
    let fact = said(wording, *id).0;
    let said = match fact {
        Said::Days(_) | Said::Since(_) | Said::Count(..) => {
            let last = amount_of(wording, last, to.unit, &fact);
            Prose::plain(format!("from {first} to {end}")).and(last)
        }
        _ => {
            let (first, last) = (wording.value(first, from.unit), wording.value(last, to.unit));
            noun(wording, *id).and(format!(" is from {first} to {end}{last}"))
        }
    };
    Some(said.and(names))
}
