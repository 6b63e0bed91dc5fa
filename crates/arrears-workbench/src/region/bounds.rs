//! Between which values a fact lies in every account of a move.

use crate::proof::domain::{Domain, Shape, Var};
use crate::proof::pair::Pair;
use crate::proof::sat::Lit;
use crate::proof::space::Space;
use arrears::condition::{FactId, WordSet};
use arrears::policy::Need;
use arrears::{Cell, Kind};
use serde::Serialize;
use std::collections::BTreeSet;

/// Between which values a fact lies: no account outside makes the move. That each account inside makes it is not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bounds {
    /// The fact, by its column name.
    pub fact: String,
    /// The least number that it may be; none where it may be any below.
    pub least: Option<String>,
    /// The greatest number that it may be; none where it may be any above.
    pub most: Option<String>,
    /// The words that it may be, where it has words; `true` or `false` of a flag.
    pub words: Vec<String>,
    /// Whether it may be *never*.
    pub never: bool,
    /// Whether it may be unknown.
    pub unknown: bool,
    /// Whether the quiet account lies between them.
    pub of_quiet: bool,
}

impl Bounds {
    /// The bounds as people read them: `31 to 60`, `2,000.00 CNY or more`, `valid or none`.
    pub fn text(&self) -> String {
        let number = match (&self.least, &self.most) {
            (Some(least), Some(most)) if least == most => least.clone(),
            (Some(least), Some(most)) => format!("{least} to {most}"),
            (Some(least), None) => format!("{least} or more"),
            (None, Some(most)) => format!("{most} or less"),
            (None, None) => String::new(),
        };
        let mut parts: Vec<&str> = self.words.iter().map(String::as_str).collect();
        if !number.is_empty() {
            parts.push(&number);
        }
        parts.extend(self.never.then_some("never"));
        parts.extend(self.unknown.then_some("not known"));
        match parts.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
            None => String::new(),
        }
    }
}

/// A fact whose bounds are looked for, as A has it, or B where A does not read it.
pub(super) struct Looked {
    fact: FactId,
    of_b: bool,
}

impl Looked {
    /// Every fact that conditions of either policy read and that is no result.
    pub(super) fn all(pair: &Pair<'_>) -> Vec<Self> {
        let facts = |space: &Space<'_>| -> Vec<FactId> {
            let of_row = space.domains.keys().filter_map(|var| match var {
                Var::Fact(fact) => Some(*fact),
                Var::Table(_) | Var::Threshold(_) => None,
            });
            let told = |fact: &FactId| {
                let need = space.policy.input(*fact).map(|input| input.need);
                !need.is_none_or(|need| matches!(need, Need::Result | Need::Contact)) && !space.is_of_learning(*fact)
            };
            of_row.filter(told).collect()
        };
        let of_a = facts(&pair.a);
        let known: BTreeSet<FactId> = of_a.iter().copied().collect();
        let shared: BTreeSet<FactId> =
            pair.shared.iter().filter(|(one, _)| known.contains(one)).map(|(_, other)| *other).collect();
        let of_b = facts(&pair.b).into_iter().filter(|fact| !shared.contains(fact));
        let ours = of_a.into_iter().map(|fact| Self { fact, of_b: false });
        ours.chain(of_b.map(|fact| Self { fact, of_b: true })).collect()
    }

    /// Its bounds in the accounts in which `within` holds; none where it may be anything.
    pub(super) fn bounds(&self, pair: &mut Pair<'_>, within: &[Lit], conflicts: u64) -> Option<Bounds> {
        let (unknown, never, number) = self.ask(pair, |space, var| space.state(var));
        let mut may = |more: &[Lit]| {
            let wanted: Vec<Lit> = within.iter().chain(more).copied().collect();
            pair.may_be(&wanted, conflicts).unwrap_or(true)
        };
        let (may_unknown, may_never, may_number) = (may(&[unknown]), may(&[never]), may(&[number]));
        let cuts = self.cuts(pair);
        let mut free = true;
        let (mut words, mut least, mut most) = (Vec::new(), None, None);
        match cuts {
            Cuts::Words(lits) => {
                for (word, lit) in lits {
                    let may = may_number && {
                        let wanted: Vec<Lit> = within.iter().copied().chain([lit]).collect();
                        pair.may_be(&wanted, conflicts).unwrap_or(true)
                    };
                    free &= may;
                    words.extend(may.then_some(word));
                }
            }
            Cuts::Edges { low, high, edges } => {
                let mut may = |lit: Lit| {
                    let wanted: Vec<Lit> = within.iter().copied().chain([number, lit]).collect();
                    pair.may_be(&wanted, conflicts).unwrap_or(true)
                };
                if may_number {
                    // The first edge at or below which it may lie, and the last above which it may.
                    let first = edges.partition_point(|(_, up_to)| !may(*up_to));
                    let last = edges.partition_point(|(_, up_to)| may(!*up_to));
                    least = first.checked_sub(1).and_then(|at| edges.get(at)).map(|(edge, _)| edge.saturating_add(1));
                    most = edges.get(last).map(|(edge, _)| *edge);
                    free = least.is_none_or(|least| least <= low) && most.is_none_or(|most| most >= high);
                } else {
                    free = false;
                }
            }
        }
        // That a fact must be known is worth nothing by itself.
        if free && (may_number || !may_never) {
            return None;
        }
        Some(self.told(pair, (words, least, most), (may_never, may_unknown)))
    }

    fn ask<'p, R>(&self, pair: &mut Pair<'p>, ask: impl FnOnce(&mut Space<'p>, Var) -> R) -> R {
        let var = Var::Fact(self.fact);
        if self.of_b { pair.of_b(|space| ask(space, var)) } else { ask(&mut pair.a, var) }
    }

    /// What tells its values apart.
    fn cuts(&self, pair: &mut Pair<'_>) -> Cuts {
        let other = pair.shared.iter().find(|(one, _)| !self.of_b && *one == self.fact).map(|(_, other)| *other);
        let of_b = other.and_then(|other| pair.b.domains.get(&Var::Fact(other))).map(Domain::edges).unwrap_or_default();
        self.ask(pair, |space, var| {
            let input = space.policy.input(self.fact);
            let kind = input.map_or(Kind::Count, |input| input.kind);
            let names = input.map(|input| input.words.clone()).unwrap_or_default();
            let Some(domain) = space.domains.get(&var) else {
                return Cuts::Words(Vec::new());
            };
            let (low, high) = match &domain.shape {
                Shape::Words(lits) => {
                    let word = |at: i64| match usize::try_from(at).ok().and_then(|at| names.get(at)) {
                        Some(word) if at != WordSet::OTHER => word.clone(),
                        _ => "another word".to_owned(),
                    };
                    return Cuts::Words(lits.iter().map(|(at, lit)| (word(*at), *lit)).collect());
                }
                Shape::Number(numbers) => (numbers.low, numbers.high),
            };
            if kind == Kind::Flag {
                let (no, yes) = (space.is(var, 0), space.is(var, 1));
                return Cuts::Words(vec![("false".to_owned(), no), ("true".to_owned(), yes)]);
            }
            let mut edges: BTreeSet<i64> = domain.edges().into_iter().chain(of_b).collect();
            edges.retain(|edge| *edge >= low && *edge < high);
            Cuts::Edges { low, high, edges: edges.into_iter().map(|edge| (edge, space.at_most(var, edge))).collect() }
        })
    }

    fn told(
        &self,
        pair: &Pair<'_>,
        (words, least, most): (Vec<String>, Option<i64>, Option<i64>),
        (never, unknown): (bool, bool),
    ) -> Bounds {
        let space = if self.of_b { &pair.b } else { &pair.a };
        let show = |value: i64| space.policy.show_cell(self.fact, Cell::number(value));
        let quiet = space.quiet.get(self.fact.index()).copied().unwrap_or(Cell::UNKNOWN);
        let of_quiet = match quiet.get() {
            _ if quiet.is_never() => never,
            None => unknown,
            Some(_) if !words.is_empty() => words.contains(&space.policy.show_cell(self.fact, quiet)),
            Some(value) => {
                (least.is_some() || most.is_some())
                    && least.is_none_or(|least| value >= least)
                    && most.is_none_or(|most| value <= most)
            }
        };
        Bounds {
            fact: space.policy.input(self.fact).map(|input| input.name.clone()).unwrap_or_default(),
            least: least.map(show),
            most: most.map(show),
            words,
            never,
            unknown,
            of_quiet,
        }
    }
}

/// What tells the values of a fact apart.
enum Cuts {
    /// Words, or the two of a flag.
    Words(Vec<(String, Lit)>),
    /// Numbers at which something turns, each with whether the value is at most that.
    Edges { low: i64, high: i64, edges: Vec<(i64, Lit)> },
}
