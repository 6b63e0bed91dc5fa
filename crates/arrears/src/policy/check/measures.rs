//! What a written number measures, as far as it says, and which measures go together.

use super::Checker;
use super::thresholds::ThresholdDraft;
use crate::condition::{Arith, NumOp, Term, TermKind};
use crate::facts::ParametricKind;
use crate::number::Kind;

/// What a written number measures, as far as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// It is of this kind.
    Is(Kind),
    /// A literal, or a threshold not yet used: it takes the other side's kind.
    Free {
        /// Whether it is written without decimals.
        whole: bool,
        /// Whether it is a written number, not a threshold.
        literal: bool,
    },
    /// It cannot be told; checking the number reports why.
    Wrong,
}

impl Measure {
    /// The kind of a number where nothing else decides: a whole number counts, a
    /// decimal is a ratio.
    pub(crate) const fn settled(self) -> Option<Kind> {
        match self {
            Self::Is(kind) => Some(kind),
            Self::Free { whole: true, .. } => Some(Kind::Count),
            Self::Free { whole: false, .. } => Some(Kind::Ratio),
            Self::Wrong => None,
        }
    }
}

impl Checker<'_> {
    /// What a term measures, without reporting anything.
    pub(crate) fn measure(&self, term: &Term) -> Measure {
        match &term.kind {
            TermKind::Number(number) => Measure::Free { whole: number.scale() == 0, literal: true },
            TermKind::Name(name) => self.measure_name(name),
            TermKind::Negate(inner) | TermKind::Abs(inner) => self.measure(inner),
            TermKind::Coalesce(first, second) => match self.measure(first) {
                Measure::Free { .. } => self.measure(second),
                known => known,
            },
            TermKind::Call(function, _) => ParametricKind::from_word(&function.text)
                .map(ParametricKind::measures)
                .filter(|kind| kind.is_number())
                .map_or(Measure::Wrong, Measure::Is),
            TermKind::Arith(sign, left, right) => {
                let (left, right) = (self.measure(left), self.measure(right));
                match kinds_for(*sign, left, right, None) {
                    Some((a, b)) => NumOp::of(*sign, a, b).map_or(Measure::Wrong, |(_, kind)| Measure::Is(kind)),
                    None => match (left, right) {
                        (Measure::Free { whole: a, literal: x }, Measure::Free { whole: b, literal: y }) => {
                            Measure::Free { whole: a && b, literal: x && y }
                        }
                        _ => Measure::Wrong,
                    },
                }
            }
            _ => Measure::Wrong,
        }
    }

    fn measure_name(&self, name: &str) -> Measure {
        if let Some(index) = self.threshold(name) {
            let threshold = self.thresholds.get(index);
            return match threshold.and_then(|threshold| threshold.kind) {
                Some((kind, _)) => Measure::Is(kind),
                None => Measure::Free { whole: threshold.is_none_or(ThresholdDraft::is_whole), literal: false },
            };
        }
        self.fact_kind(name).filter(|kind| kind.is_number()).map_or(Measure::Wrong, Measure::Is)
    }

    /// The kind of a fact by name, without adding it to the inputs.
    pub(crate) fn fact_kind(&self, name: &str) -> Option<Kind> {
        let of_contact = crate::facts::table::find_of_contact(name).filter(|_| self.guards);
        of_contact
            .or_else(|| crate::facts::table::find(name))
            .map(|def| def.kind)
            .or_else(|| self.vocabulary.own.get(name).map(|own| own.kind))
            .or_else(|| self.own_work(name).map(|(kind, _)| kind))
    }
}

/// The kinds that the two sides of an operation take, if they go together. Free sides
/// take the only kind that fits; where two fit, a whole number counts and a decimal is
/// a ratio. `wanted` is the result that is needed, if that is known.
pub(crate) fn kinds_for(sign: Arith, left: Measure, right: Measure, wanted: Option<Kind>) -> Option<(Kind, Kind)> {
    let mut fits = Vec::new();
    for a in candidates(sign, left, right) {
        for b in candidates(sign, right, left) {
            let result = NumOp::of(sign, a, b).map(|(_, result)| result);
            if result.is_some_and(|result| wanted.is_none_or(|wanted| wanted == result)) {
                fits.push((a, b));
            }
        }
    }
    let free = |side| matches!(side, Measure::Free { .. });
    if fits.len() > 1 && wanted.is_none() && free(left) && free(right) {
        return None;
    }
    let score = |(a, b): &(Kind, Kind)| natural(left, *a, wanted) + natural(right, *b, wanted);
    let best = fits.iter().map(score).max()?;
    fits.into_iter().find(|fit| score(fit) == best)
}

/// The kinds that one side may take. A written number beside a count is no money: nobody
/// means two pounds by `calls_made * 2`. A threshold may be so much a call.
fn candidates(sign: Arith, side: Measure, other: Measure) -> Vec<Kind> {
    let mut kinds = match side {
        Measure::Is(kind) => vec![kind],
        Measure::Free { whole: true, .. } => vec![Kind::Days, Kind::Count, Kind::Money, Kind::Ratio],
        Measure::Free { whole: false, .. } => vec![Kind::Money, Kind::Ratio],
        Measure::Wrong => Vec::new(),
    };
    let literal = matches!(side, Measure::Free { literal: true, .. });
    if literal && sign == Arith::Mul && other == Measure::Is(Kind::Count) {
        kinds.retain(|kind| *kind != Kind::Money);
    }
    kinds
}

/// How well a kind suits a side: a written number counts or is a ratio; a threshold
/// rather is what is wanted.
fn natural(side: Measure, kind: Kind, wanted: Option<Kind>) -> u8 {
    let Measure::Free { whole, literal } = side else {
        return 0;
    };
    let by_form = kind == if whole { Kind::Count } else { Kind::Ratio };
    match (literal, by_form) {
        (true, true) => 4,
        (false, _) if Some(kind) == wanted => 3,
        (false, true) => 2,
        _ => 0,
    }
}
