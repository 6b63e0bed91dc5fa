//! Which accounts a cell lets through, as far as two cells of one column can be told apart or one lies within the other.

use arrears::condition::{Cmp, Term, TermKind};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// What a cell lets through.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reach {
    /// Everything: the cell is empty.
    Any,
    /// Numbers in any of these.
    Numbers(Vec<Interval>),
    /// Any of these words.
    Words(BTreeSet<String>),
    /// Any word but these.
    OtherWords(BTreeSet<String>),
    /// Yes, or no.
    Flag(bool),
    /// What only the facts can tell.
    Open(Box<Term>),
}

/// Numbers from one end to the other; an end with `true` belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    from: Option<(Decimal, bool)>,
    to: Option<(Decimal, bool)>,
}

impl Reach {
    /// What the condition of a cell lets through.
    pub(super) fn of(condition: &Term) -> Self {
        let known = match &condition.kind {
            TermKind::Compare(compare, _, value) => compared(*compare, value),
            TermKind::In(_, set) => within(set),
            TermKind::Any(parts) => joined(parts.iter().map(Self::of)),
            TermKind::Not(inner) => match Self::of(inner) {
                Self::Words(words) => Some(Self::OtherWords(words)),
                Self::Flag(flag) => Some(Self::Flag(!flag)),
                _ => None,
            },
            _ if is_subject(condition) => Some(Self::Flag(true)),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Open(Box::new(condition.clone())))
    }

    fn or(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Numbers(mut all), Self::Numbers(more)) => {
                all.extend(more);
                Some(Self::Numbers(all))
            }
            (Self::Words(mut all), Self::Words(more)) => {
                all.extend(more);
                Some(Self::Words(all))
            }
            _ => None,
        }
    }

    /// Whether nothing passes both.
    pub(super) fn is_apart(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Numbers(ours), Self::Numbers(theirs)) => {
                ours.iter().all(|one| theirs.iter().all(|two| one.is_apart(*two)))
            }
            (Self::Words(ours), Self::Words(theirs)) => ours.is_disjoint(theirs),
            (Self::Words(words), Self::OtherWords(but)) | (Self::OtherWords(but), Self::Words(words)) => {
                words.is_subset(but)
            }
            (Self::Flag(ours), Self::Flag(theirs)) => ours != theirs,
            _ => false,
        }
    }

    /// Whether whatever passes `other` passes this one.
    pub(super) fn holds(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (Self::Numbers(ours), Self::Numbers(theirs)) => {
                theirs.iter().all(|two| ours.iter().any(|one| one.holds(*two)))
            }
            (Self::Words(ours), Self::Words(theirs)) => ours.is_superset(theirs),
            (Self::OtherWords(but), Self::Words(theirs)) => but.is_disjoint(theirs),
            (Self::OtherWords(but), Self::OtherWords(theirs)) => but.is_subset(theirs),
            (Self::Flag(ours), Self::Flag(theirs)) => ours == theirs,
            (Self::Open(ours), Self::Open(theirs)) => is_same(ours, theirs),
            _ => false,
        }
    }
}

/// What passes any of these, if it can be told.
fn joined(mut parts: impl Iterator<Item = Reach>) -> Option<Reach> {
    let first = parts.next()?;
    parts.try_fold(first, Reach::or)
}

/// Whether two expressions say the same, wherever they stand.
pub(super) fn is_same(one: &Term, two: &Term) -> bool {
    let alike = match (&one.kind, &two.kind) {
        (TermKind::Compare(one, ..), TermKind::Compare(two, ..)) => one == two,
        (TermKind::Arith(one, ..), TermKind::Arith(two, ..)) => one == two,
        (TermKind::Call(one, _), TermKind::Call(two, _)) => one.text == two.text,
        (TermKind::Range { from: one, inclusive, .. }, TermKind::Range { from: two, inclusive: other, .. }) => {
            inclusive == other && one.is_some() == two.is_some()
        }
        (TermKind::Map(_), _) => false,
        (one, two) if std::mem::discriminant(one) != std::mem::discriminant(two) => false,
        (one, two) => match one {
            TermKind::Name(_) | TermKind::Text(_) | TermKind::Number(_) | TermKind::Flag(_) | TermKind::Script(_) => {
                one == two
            }
            _ => true,
        },
    };
    let (ours, theirs) = (one.parts(), two.parts());
    alike && ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(one, two)| is_same(one, two))
}

/// The heading itself stands for a flag.
const fn is_subject(term: &Term) -> bool {
    matches!(term.kind, TermKind::Name(_) | TermKind::Call(..))
}

fn compared(compare: Cmp, value: &Term) -> Option<Reach> {
    match &value.kind {
        TermKind::Number(number) => {
            let (open, closed) = (Some((*number, false)), Some((*number, true)));
            let interval = match compare {
                Cmp::Lt => Interval { from: None, to: open },
                Cmp::Le => Interval { from: None, to: closed },
                Cmp::Eq => Interval { from: closed, to: closed },
                Cmp::Ge => Interval { from: closed, to: None },
                Cmp::Gt => Interval { from: open, to: None },
                Cmp::Ne => return None,
            };
            Some(Reach::Numbers(vec![interval]))
        }
        TermKind::Text(word) => {
            let words = BTreeSet::from([word.clone()]);
            match compare {
                Cmp::Eq => Some(Reach::Words(words)),
                Cmp::Ne => Some(Reach::OtherWords(words)),
                _ => None,
            }
        }
        _ => None,
    }
}

fn within(set: &Term) -> Option<Reach> {
    match &set.kind {
        TermKind::Range { from, to, inclusive } => {
            let end = |end: &Option<Box<Term>>, belongs| match end.as_deref() {
                None => Some(None),
                Some(Term { kind: TermKind::Number(number), .. }) => Some(Some((*number, belongs))),
                Some(_) => None,
            };
            Some(Reach::Numbers(vec![Interval { from: end(from, true)?, to: end(to, *inclusive)? }]))
        }
        TermKind::List(items) => {
            let items: Option<Vec<Reach>> = items.iter().map(|item| compared(Cmp::Eq, item)).collect();
            joined(items?.into_iter())
        }
        _ => None,
    }
}

impl Interval {
    fn is_apart(self, other: Self) -> bool {
        ends_before(self.to, other.from) || ends_before(other.to, self.from)
    }

    fn holds(self, other: Self) -> bool {
        let from = match (self.from, other.from) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some((ours, closed)), Some((theirs, theirs_closed))) => {
                ours < theirs || ours == theirs && (closed || !theirs_closed)
            }
        };
        let to = match (self.to, other.to) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some((ours, closed)), Some((theirs, theirs_closed))) => {
                ours > theirs || ours == theirs && (closed || !theirs_closed)
            }
        };
        from && to
    }
}

fn ends_before(to: Option<(Decimal, bool)>, from: Option<(Decimal, bool)>) -> bool {
    match (to, from) {
        (Some((to, to_closed)), Some((from, from_closed))) => to < from || to == from && !(to_closed && from_closed),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrears::Span;

    fn term(kind: TermKind) -> Term {
        Term::new(kind, Span::NONE)
    }

    fn dpd(compare: Cmp, days: i64) -> Reach {
        let (fact, days) = (term(TermKind::Name("dpd".to_owned())), term(TermKind::Number(Decimal::from(days))));
        Reach::of(&term(TermKind::Compare(compare, Box::new(fact), Box::new(days))))
    }

    #[test]
    fn bands_that_meet_at_a_number_are_apart_only_if_one_leaves_it_out() {
        assert!(dpd(Cmp::Lt, 31).is_apart(&dpd(Cmp::Ge, 31)));
        assert!(!dpd(Cmp::Le, 31).is_apart(&dpd(Cmp::Ge, 31)));
        assert!(!dpd(Cmp::Ge, 31).is_apart(&dpd(Cmp::Gt, 60)));
    }

    #[test]
    fn a_wider_band_holds_a_narrower_one_and_not_the_other_way_round() {
        assert!(dpd(Cmp::Ge, 31).holds(&dpd(Cmp::Gt, 31)));
        assert!(!dpd(Cmp::Gt, 31).holds(&dpd(Cmp::Ge, 31)));
        assert!(Reach::Any.holds(&dpd(Cmp::Ge, 31)));
        assert!(!dpd(Cmp::Ge, 31).holds(&Reach::Any));
    }
}
