//! What a written number measures, as far as it says, and which measures go together.

use super::Checker;
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
            Self::Free { whole: true } => Some(Kind::Count),
            Self::Free { whole: false } => Some(Kind::Ratio),
            Self::Wrong => None,
        }
    }
}

impl Checker<'_> {
    /// What a term measures, without reporting anything.
    pub(crate) fn measure(&self, term: &Term) -> Measure {
        match &term.kind {
            TermKind::Number(number) => Measure::Free {
                whole: number.scale() == 0,
            },
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
                    Some((a, b)) => {
                        NumOp::of(*sign, a, b).map_or(Measure::Wrong, |(_, kind)| Measure::Is(kind))
                    }
                    None => match (left, right) {
                        (Measure::Free { whole: a }, Measure::Free { whole: b }) => {
                            Measure::Free { whole: a && b }
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
                None => Measure::Free {
                    whole: threshold.is_none_or(super::thresholds::ThresholdDraft::is_whole),
                },
            };
        }
        self.fact_kind(name)
            .filter(|kind| kind.is_number())
            .map_or(Measure::Wrong, Measure::Is)
    }

    /// The kind of a fact by name, without adding it to the inputs.
    pub(crate) fn fact_kind(&self, name: &str) -> Option<Kind> {
        crate::facts::table::find(name)
            .map(|def| def.kind)
            .or_else(|| self.vocabulary.own.get(name).map(|own| own.kind))
    }
}

/// The kinds that the two sides of an operation take, if they go together. Free sides
/// take the only kind that fits; where two fit, a whole number counts and a decimal is
/// a ratio. `wanted` is the result that is needed, if that is known.
pub(crate) fn kinds_for(
    sign: Arith,
    left: Measure,
    right: Measure,
    wanted: Option<Kind>,
) -> Option<(Kind, Kind)> {
    const NUMBERS: [Kind; 4] = [Kind::Days, Kind::Count, Kind::Money, Kind::Ratio];
    let candidates = |side: Measure| -> Vec<Kind> {
        match side {
            Measure::Is(kind) => vec![kind],
            Measure::Free { whole: true } => NUMBERS.to_vec(),
            Measure::Free { whole: false } => vec![Kind::Money, Kind::Ratio],
            Measure::Wrong => Vec::new(),
        }
    };
    let mut fits = Vec::new();
    for a in candidates(left) {
        for b in candidates(right) {
            if let Some((_, result)) = NumOp::of(sign, a, b)
                && wanted.is_none_or(|wanted| wanted == result)
            {
                fits.push((a, b));
            }
        }
    }
    match fits.as_slice() {
        [] => None,
        [only] => Some(*only),
        many => {
            if wanted.is_none()
                && matches!((left, right), (Measure::Free { .. }, Measure::Free { .. }))
            {
                return None;
            }
            let natural = |side: Measure, kind: Kind| match side {
                Measure::Is(_) => true,
                Measure::Free { whole: true } => kind == Kind::Count,
                Measure::Free { whole: false } => kind == Kind::Ratio,
                Measure::Wrong => false,
            };
            many.iter()
                .find(|(a, b)| natural(left, *a) && natural(right, *b))
                .or_else(|| many.first())
                .copied()
        }
    }
}
