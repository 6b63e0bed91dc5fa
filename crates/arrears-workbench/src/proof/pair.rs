//! Two policies and one account: the clauses of both, in which every fact that both read is one.

use super::domain::Var;
use super::judge::{Judge, Judged, cell};
use super::model::Model;
use super::sat::{Found, Lit, Sat};
use super::search::Effort;
use super::space::Space;
use arrears::condition::{FactId, WordSet};
use arrears::policy::Need;
use arrears::{Cell, Input, Kind, Policy};
use std::collections::BTreeMap;

/// The clauses of two policies. Those of the second are kept with those of the first.
pub(crate) struct Pair<'p> {
    pub(crate) a: Space<'p>,
    /// Its own clauses are empty but while something is asked of it.
    pub(crate) b: Space<'p>,
    /// The facts of one name and kind that are given, in A and in B.
    pub(crate) shared: Vec<(FactId, FactId)>,
    /// Facts of one name that are not one fact, in words.
    pub(crate) apart: Vec<String>,
    /// Assumed: every fact that is given is known, and the stage can be told under both.
    pub(crate) told: Lit,
}

/// An account, decided under both.
pub(crate) struct Both {
    pub(crate) a: Judged,
    pub(crate) b: Judged,
}

/// What both must show.
pub(crate) type ShowsBoth<'s> = &'s dyn Fn(&Judged, &Judged) -> bool;

/// What a search for one account found.
pub(crate) enum Sought {
    Shown(Box<Both>),
    None,
    Unknown,
}

/// Contradictions of numbers, until a search is given up.
const MOST_CONTRADICTIONS: u32 = 2_000;

impl<'p> Pair<'p> {
    pub(crate) fn new(a: &'p Policy, b: &'p Policy) -> Self {
        let mut first = Space::of_decisions(a);
        let clauses = std::mem::replace(&mut first.sat, Sat::new());
        let mut second = Space::decisions_among(clauses, b);
        std::mem::swap(&mut first.sat, &mut second.sat);
        let told = first.sat.variable(true);
        let mut pair = Self { a: first, b: second, shared: Vec::new(), apart: Vec::new(), told };
        pair.share();
        pair.tie();
        pair.tell();
        pair
    }

    /// Asks something of B among all clauses.
    pub(crate) fn of_b<R>(&mut self, ask: impl FnOnce(&mut Space<'p>) -> R) -> R {
        std::mem::swap(&mut self.a.sat, &mut self.b.sat);
        let answer = ask(&mut self.b);
        std::mem::swap(&mut self.a.sat, &mut self.b.sat);
        answer
    }

    /// Assumed of every account: all that is given is known, and what can be computed is not given otherwise.
    pub(crate) fn assumed(&self) -> [Lit; 3] {
        [self.a.plain, self.b.plain, self.told]
    }

    /// Says what `told` assumes.
    fn tell(&mut self) {
        let unknown = |space: &Space<'_>| -> Vec<Lit> {
            let given = space.domains.iter().filter(|(var, _)| match var {
                Var::Fact(fact) => space.policy.input(*fact).is_some_and(is_given),
                Var::Table(_) | Var::Threshold(_) => false,
            });
            given.map(|(_, domain)| domain.unknown).chain(space.ladder.open).chain(space.ladder.elsewhere).collect()
        };
        for lit in unknown(&self.a).into_iter().chain(unknown(&self.b)) {
            self.a.sat.clause(&[!self.told, !lit]);
        }
    }

    /// Finds the facts that are one.
    fn share(&mut self) {
        let (a, b) = (self.a.policy, self.b.policy);
        let ids: BTreeMap<&str, (FactId, &Input)> =
            b.fact_ids().zip(b.inputs()).map(|(id, input)| (input.name.as_str(), (id, input))).collect();
        for (id, input) in a.fact_ids().zip(a.inputs()) {
            let Some((other, its)) = ids.get(input.name.as_str()).copied() else { continue };
            if !is_given(input) || !is_given(its) {
                if input.need == Need::Script || its.need == Need::Script {
                    self.apart.push(format!("`{}` is computed by a script", input.name));
                }
            } else if input.kind == Kind::Money && a.head().currency != b.head().currency {
                self.apart.push(format!("`{}` is in another currency in each", input.name));
            } else if input.kind == its.kind {
                self.shared.push((id, other));
            } else {
                self.apart.push(format!("`{}` is of another kind in each", input.name));
            }
        }
    }

    /// Whether there is an account at all of which all of these hold, as far as the clauses tell; none if that took
    /// too long.
    pub(crate) fn may_be(&mut self, wanted: &[Lit], conflicts: u64) -> Option<bool> {
        for _ in 0..MOST_CONTRADICTIONS {
            match self.a.sat.solve(wanted, conflicts) {
                Found::No => return Some(false),
                Found::Tired => return None,
                Found::Yes => {}
            }
            if self.drafts().is_ok() {
                return Some(true);
            }
        }
        None
    }

    /// The account of the values found last, as either policy has it; what contradicts itself is ruled out.
    fn drafts(&mut self) -> Result<[Vec<Cell>; 2], ()> {
        let (a, b) = (self.a.model(), self.of_b(|space| space.model()));
        let mut cells = Vec::new();
        for model in [a, b] {
            match model {
                Model::Account(draft) => cells.push(draft.cells),
                Model::Impossible(why) => self.deny(&why),
            }
        }
        cells.try_into().map_err(|_| ())
    }

    /// Rules out that all of these hold.
    pub(crate) fn deny(&mut self, all: &[Lit]) {
        let clause: Vec<Lit> = all.iter().map(|lit| !*lit).collect();
        self.a.sat.clause(&clause);
    }

    /// Searches for an account of which all of `wanted` hold and that both policies show.
    pub(crate) fn find(
        &mut self,
        wanted: &[Lit],
        judges: [&Judge<'_>; 2],
        shows: ShowsBoth<'_>,
        effort: Effort,
    ) -> Sought {
        match self.may_be(wanted, effort.conflicts) {
            Some(false) => return Sought::None,
            None => return Sought::Unknown,
            Some(true) => {}
        }
        let only_now = self.a.sat.variable(true);
        let wanted: Vec<Lit> = wanted.iter().copied().chain([only_now]).collect();
        for _ in 0..effort.accounts {
            if self.may_be(&wanted, effort.conflicts) != Some(true) {
                break;
            }
            let Ok([a, b]) = self.drafts() else { continue };
            if let Some(both) = self.judge(&a, &b, judges).filter(|both| shows(&both.a, &both.b)) {
                return Sought::Shown(Box::new(self.simplest(both, judges, shows)));
            }
            let mut why = self.gist();
            why.push(only_now);
            self.deny(&why);
        }
        Sought::Unknown
    }

    /// Decides one account under both. What only B reads is as in `of_b`.
    fn judge(&self, of_a: &[Cell], of_b: &[Cell], judges: [&Judge<'_>; 2]) -> Option<Both> {
        let a = judges[0].judge_finished(of_a)?;
        let b = judges[1].judge_finished(&self.as_b(a.row.cells(), of_b))?;
        Some(Both { a, b })
    }

    /// The account of A as B reads it.
    fn as_b(&self, of_a: &[Cell], of_b: &[Cell]) -> Vec<Cell> {
        let mut cells = of_b.to_vec();
        for (one, other) in &self.shared {
            let (Some(input), Some(theirs)) = (self.a.policy.input(*one), self.b.policy.input(*other)) else {
                continue;
            };
            let value = cell(of_a, *one);
            let word = value.get().and_then(|at| usize::try_from(at).ok()).and_then(|at| input.words.get(at));
            let Some(slot) = cells.get_mut(other.index()) else { continue };
            *slot = match word {
                Some(word) => match position_of(theirs, word) {
                    Some(place) => Cell::number(place),
                    None => Cell::number(WordSet::OTHER),
                },
                // Another word of A may be one that B knows.
                None if value.get() == Some(WordSet::OTHER) && !input.words.is_empty() => *slot,
                None => value,
            };
        }
        cells
    }

    /// The same on an account that differs from the quiet one as little as one change at a time can find.
    fn simplest(&self, both: Both, judges: [&Judge<'_>; 2], shows: ShowsBoth<'_>) -> Both {
        let edges = |id: FactId| {
            let of_a = self.a.domains.get(&Var::Fact(id)).map(|it| it.edges()).unwrap_or_default();
            let other = self.shared.iter().find(|(one, _)| *one == id).map(|(_, other)| *other);
            let of_b = other.and_then(|id| self.b.domains.get(&Var::Fact(id))).map(|it| it.edges()).unwrap_or_default();
            of_a.into_iter().chain(of_b).collect()
        };
        let base = both.b.row.cells().to_vec();
        let of_b = |cells: &[Cell]| judges[1].judge_finished(&self.as_b(cells, &base));
        let a = judges[0].simplest_of(
            both.a.clone(),
            &|judged| of_b(judged.row.cells()).is_some_and(|theirs| shows(judged, &theirs)),
            &edges,
        );
        match of_b(a.row.cells()) {
            Some(b) => Both { a, b },
            None => both,
        }
    }

    /// What bears on the stages and the treatments, as the values found last have it.
    fn gist(&mut self) -> Vec<Lit> {
        let mut lits = self.a.gist();
        lits.extend(self.of_b(|space| space.gist()));
        lits
    }
}

/// Whether a fact is given by a table or by the state: neither computed nor a result.
pub(crate) fn is_given(input: &Input) -> bool {
    !matches!(input.need, Need::Derived | Need::Script | Need::Result | Need::Contact)
}

pub(crate) fn position_of(input: &Input, word: &str) -> Option<i64> {
    input.words.iter().position(|known| known == word).and_then(|at| i64::try_from(at).ok())
}
