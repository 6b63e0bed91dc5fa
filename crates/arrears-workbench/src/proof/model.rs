//! From values of literals to an account: whole numbers inside their bounds that keep to every sum.

use super::domain::{Bound, Var};
use super::elimination::{Limit, Numbers, numbers};
use super::sat::Lit;
use super::space::Space;
use arrears::Cell;
use arrears::condition::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// A ratio of one in millionths, and twice that: a share is rounded to the nearest.
const TWO_MILLION: i128 = 2_000_000;

/// What the values that were found last say of an account.
pub(crate) enum Model {
    /// An account; its finished cells, and the thresholds.
    Account(Draft),
    /// No account has these values: the literals contradict each other.
    Impossible(Vec<Lit>),
}

/// An account as the literals describe it.
pub(crate) struct Draft {
    pub(crate) cells: Vec<Cell>,
    /// Literals that together may not describe an account: comparisons that it does not keep to.
    pub(crate) doubtful: Option<Vec<Lit>>,
}

impl Space<'_> {
    /// An account of the values found last.
    pub(crate) fn model(&self) -> Model {
        let limits = self.limits();
        let usual = |var: Var| match var {
            Var::Fact(fact) | Var::Table(fact) => self.quiet.get(fact.index()).and_then(|cell| cell.get()).unwrap_or(0),
            Var::Threshold(index) => self.policy.threshold_values().nth(index).map_or(0, |(_, value)| value),
        };
        let (found, mut doubtful) = match numbers(limits.clone(), &usual) {
            Numbers::Some(found) => (found, None),
            Numbers::None(why) => return Model::Impossible(why),
            Numbers::Unknown => {
                let why: BTreeSet<Lit> = limits.iter().flat_map(|limit| limit.why.iter().copied()).collect();
                (BTreeMap::new(), Some(why.into_iter().collect()))
            }
        };
        let mut cells = self.quiet.clone();
        for (var, domain) in &self.domains {
            let Var::Fact(fact) = var else { continue };
            if self.is_of_learning(*fact) {
                continue;
            }
            let cell = match found.get(var) {
                Some(value) if self.sat.holds(domain.number) => Cell::number(*value),
                _ => domain.cell(&self.sat),
            };
            if let Some(slot) = cells.get_mut(fact.index()) {
                *slot = cell;
            }
        }
        if let Some(why) = self.mend(&mut cells, &limits) {
            doubtful.get_or_insert(why);
        }
        Model::Account(Draft { cells, doubtful })
    }

    /// Everything that the literals say of sums of numbers.
    fn limits(&self) -> Vec<Limit> {
        let (mut limits, mut vars) = (Vec::new(), BTreeSet::new());
        for (terms, edges) in &self.sums.known {
            let Some(mut numbers) = self.all_numbers(terms.iter().map(|(var, _)| *var)) else { continue };
            let holds = |lit: &Lit| self.sat.holds(*lit);
            let most = edges.iter().find(|(_, lit)| holds(lit));
            let least = edges.iter().rev().find(|(_, lit)| !holds(lit));
            numbers.dedup();
            for (edge, lit, sign) in most
                .map(|(edge, lit)| (*edge, *lit, 1))
                .into_iter()
                .chain(least.map(|(edge, lit)| (edge.saturating_neg().saturating_sub(1), !*lit, -1)))
            {
                let why = numbers.iter().copied().chain([lit]).collect();
                limits.push(Limit {
                    terms: terms.iter().map(|(var, times)| (*var, times * sign)).collect(),
                    most: edge,
                    why,
                });
            }
            vars.extend(terms.iter().map(|(var, _)| *var));
        }
        self.limits_of_shares(&mut limits, &mut vars);
        for var in vars {
            let Some((low, high)) = self.domains.get(&var).and_then(|domain| domain.bounds(&self.sat)) else {
                continue;
            };
            for ((edge, lit), sign) in [(low, -1_i128), (high, 1)] {
                let most = i128::from(edge) * sign;
                limits.push(Limit { terms: BTreeMap::from([(var, sign)]), most, why: lit.into_iter().collect() });
            }
        }
        limits
    }

    /// The literals that say that all of these are numbers; none if one is not.
    fn all_numbers(&self, vars: impl Iterator<Item = Var>) -> Option<Vec<Lit>> {
        vars.map(|var| self.domains.get(&var).map(|domain| domain.number).filter(|number| self.sat.holds(*number)))
            .map(|number| number.map(|number| (number, self.sat.yes())))
            .collect::<Option<Vec<_>>>()
            .map(|numbers| {
                numbers.into_iter().filter(|(number, yes)| number != yes).map(|(number, _)| number).collect()
            })
    }

    /// The bounds of a share, as limits of the two amounts.
    fn limits_of_shares(&self, limits: &mut Vec<Limit>, vars: &mut BTreeSet<Var>) {
        for share in &self.ladder.shares {
            let (share, of, whole) = (Var::Fact(share.share), Var::Fact(share.of), Var::Fact(share.whole));
            let Some(numbers) = self.all_numbers([share, of, whole].into_iter()) else { continue };
            let bounds = |var: Var| self.domains.get(&var).and_then(|domain| domain.bounds(&self.sat));
            let (Some((low, high)), Some((least, most))) = (bounds(share), bounds(whole)) else { continue };
            let (sign, why): (i128, Bound) = match (least, most) {
                ((1.., why), _) => (1, (1, why)),
                (_, (..=-1, why)) => (-1, (-1, why)),
                _ => continue,
            };
            let mut add = |edge: i64, half: i128, direction: i128, lit: Lit| {
                let factor = i128::from(edge) * 2 + half;
                let terms = BTreeMap::from([(of, -direction * sign * TWO_MILLION), (whole, direction * sign * factor)]);
                let why = numbers.iter().copied().chain(why.1).chain([lit]).collect();
                limits.push(Limit { terms, most: 0, why });
            };
            if let (edge, Some(lit)) = low {
                add(edge, -1, 1, lit);
            }
            if let (edge, Some(lit)) = high {
                add(edge, 1, -1, lit);
            }
            vars.extend([of, whole]);
        }
    }

    /// Moves numbers so that the comparisons of products come out as the literals say; those literals that could
    /// not be kept to.
    fn mend(&self, cells: &mut Vec<Cell>, limits: &[Limit]) -> Option<Vec<Lit>> {
        let thresholds: Vec<i64> = self.policy.threshold_values().map(|(_, value)| value).collect();
        let mut left = None;
        for _ in 0..2 {
            left = None;
            for opaque in &self.opaques {
                let wanted = Truth::of(self.sat.holds(opaque.lit));
                if [wanted, Truth::Unknown].contains(&opaque.truth(cells, &thresholds)) {
                    continue;
                }
                let mended = opaque.reads(false).into_iter().find_map(|var| {
                    let Var::Fact(fact) = var else { return None };
                    let ((low, _), (high, _)) = self.domains.get(&var)?.bounds(&self.sat)?;
                    candidates(low, high).into_iter().find_map(|value| {
                        let mut tried = cells.clone();
                        *tried.get_mut(fact.index())? = Cell::number(value);
                        (opaque.truth(&tried, &thresholds) == wanted && keeps(&tried, limits)).then_some(tried)
                    })
                });
                match mended {
                    Some(mended) => *cells = mended,
                    None => left = Some(self.reasons_of(opaque)),
                }
            }
        }
        left
    }

    fn reasons_of(&self, opaque: &super::opaque::Opaque) -> Vec<Lit> {
        let mut why = vec![if self.sat.holds(opaque.lit) { opaque.lit } else { !opaque.lit }];
        for var in opaque.reads(self.open_thresholds) {
            if let Some((low, high)) = self.domains.get(&var).and_then(|domain| domain.bounds(&self.sat)) {
                why.extend(low.1.into_iter().chain(high.1));
            }
        }
        why
    }
}

/// Numbers between two bounds, from small to large steps.
fn candidates(low: i64, high: i64) -> Vec<i64> {
    let mut found = vec![0, low, high];
    let mut step = 1_i64;
    while step < 1_000_000_000_000 {
        found.extend([step, step * 5, -step, low.saturating_add(step), high.saturating_sub(step)]);
        step *= 10;
    }
    found.retain(|value| (low..=high).contains(value));
    found
}

/// Whether an account keeps to all limits of its facts.
fn keeps(cells: &[Cell], limits: &[Limit]) -> bool {
    limits.iter().all(|limit| {
        let terms = limit.terms.iter().map(|(var, times)| match var {
            Var::Fact(fact) => {
                cells.get(fact.index()).and_then(|cell| cell.get()).map(|value| i128::from(value) * times)
            }
            _ => None,
        });
        terms.sum::<Option<i128>>().is_none_or(|sum| sum <= limit.most)
    })
}
