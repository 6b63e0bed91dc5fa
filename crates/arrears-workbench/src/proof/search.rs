//! The search for an account that shows something, or for the certainty that there is none.

use super::domain::Var;
use super::judge::{Judge, Judged, Shows};
use super::model::Model;
use super::sat::{Found, Lit};
use super::space::Space;

/// How hard is searched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Conflicts of one search.
    pub(crate) conflicts: u64,
    /// Accounts that are found and do not show it, until the search is given up.
    pub(crate) accounts: u32,
}

/// What was found.
pub(crate) enum Search {
    /// An account that shows it.
    Shown(Box<Judged>),
    /// There is none.
    None,
    /// It is not known, and why.
    Unknown(String),
}

/// Contradictions of numbers, until a search is given up.
const MOST_CONTRADICTIONS: u32 = 2_000;

/// As much work as setting so many literals is what it takes to read one value of an account.
const LITERALS_OF_A_VALUE: u64 = 50;

/// And what it takes to hold one sum against another.
const LITERALS_OF_TWO_SUMS: u64 = 20;

/// What one search came to, before an account is made simple.
enum Round {
    Shown(Box<Judged>),
    None,
    Some,
    Unknown(String),
}

impl Space<'_> {
    /// Searches for an account of which `wanted` hold and that `shows` it. It is first looked for among those of which
    /// everything is known and nothing is given that could be computed.
    pub(crate) fn find(&mut self, wanted: &[Lit], judge: &Judge<'_>, shows: Shows<'_>, effort: Effort) -> Search {
        self.find_best(&[wanted.to_vec()], judge, shows, effort)
    }

    /// As `find`, with several wishes, the last of which every account has that shows it; the first are liked better.
    pub(crate) fn find_best(
        &mut self,
        wishes: &[Vec<Lit>],
        judge: &Judge<'_>,
        shows: Shows<'_>,
        effort: Effort,
    ) -> Search {
        let Some(widest) = wishes.last() else { return Search::None };
        if let Round::None = self.round(widest, judge, shows, Effort { accounts: 0, ..effort }) {
            return Search::None;
        }
        let (known, plain) = (self.all_known, self.plain);
        let mut last = None;
        for wish in wishes {
            for more in [&[known, plain] as &[Lit], &[plain], &[]] {
                let wanted: Vec<Lit> = wish.iter().chain(more).copied().collect();
                match self.round(&wanted, judge, shows, effort) {
                    Round::Shown(judged) => {
                        let edges = |id| self.domains.get(&Var::Fact(id)).map(|it| it.edges()).unwrap_or_default();
                        return Search::Shown(Box::new(judge.simplest(*judged, shows, &edges)));
                    }
                    Round::None => last = Some(Round::None),
                    other => last = Some(other),
                }
            }
        }
        match last {
            Some(Round::None) => Search::None,
            Some(Round::Unknown(why)) => Search::Unknown(why),
            _ => Search::Unknown("no account was found that shows it, and none that rules it out".to_owned()),
        }
    }

    /// Whether there is an account at all of which all of these hold, as far as the clauses tell.
    pub(crate) fn may_be(&mut self, wanted: &[Lit], conflicts: u64) -> Option<bool> {
        for _ in 0..MOST_CONTRADICTIONS {
            match self.sat.solve(wanted, conflicts) {
                Found::No => return Some(false),
                Found::Tired => return None,
                Found::Yes => match self.charged_model() {
                    Model::Impossible(why) => self.deny(&why, None),
                    Model::Account(_) => return Some(true),
                },
            }
        }
        None
    }

    /// The account of the values found last. It takes as much work as many literals.
    fn charged_model(&mut self) -> Model {
        let of = |count: usize, each: u64| u64::try_from(count).unwrap_or(u64::MAX).saturating_mul(each);
        let values = of(self.domains.len(), LITERALS_OF_A_VALUE);
        // Sums are eliminated against each other.
        let sums = of(self.sums.known.len().saturating_pow(2), LITERALS_OF_TWO_SUMS);
        self.sat.charge(values.saturating_add(sums));
        self.model()
    }

    fn round(&mut self, wanted: &[Lit], judge: &Judge<'_>, shows: Shows<'_>, effort: Effort) -> Round {
        // What is ruled out without proof is ruled out for this search only.
        let only_now = self.sat.variable(true);
        let wanted: Vec<Lit> = wanted.iter().copied().chain([only_now]).collect();
        let (mut tried, mut certain) = (0, true);
        for _ in 0..MOST_CONTRADICTIONS {
            match self.sat.solve(&wanted, effort.conflicts) {
                Found::No if certain => return Round::None,
                Found::No => {
                    return Round::Unknown(format!(
                        "{tried} accounts were tried that could have shown it, and none does"
                    ));
                }
                Found::Tired => return Round::Unknown("the search took too long".to_owned()),
                Found::Yes => {}
            }
            let draft = match self.charged_model() {
                Model::Impossible(why) => {
                    self.deny(&why, None);
                    continue;
                }
                Model::Account(draft) => draft,
            };
            if effort.accounts == 0 {
                return Round::Some;
            }
            if let Some(judged) = judge.judge_finished(&draft.cells).filter(|it| shows(&it.row, &it.decision)) {
                return Round::Shown(Box::new(judged));
            }
            tried += 1;
            certain = false;
            if tried >= effort.accounts {
                break;
            }
            let why = draft.doubtful.unwrap_or_else(|| self.gist());
            self.deny(&why, Some(only_now));
        }
        Round::Unknown(format!("{tried} accounts were tried that could have shown it, and none does"))
    }

    /// Rules out that all of these hold.
    fn deny(&mut self, all: &[Lit], only: Option<Lit>) {
        let clause: Vec<Lit> = all.iter().map(|lit| !*lit).chain(only.map(|lit| !lit)).collect();
        self.sat.clause(&clause);
    }

    /// The part of an account's values that bears on its stage and its treatments.
    pub(crate) fn gist(&self) -> Vec<Lit> {
        let mut lits: Vec<Lit> = Vec::new();
        lits.extend(self.ladder.stage.iter().chain(&self.ladder.before).chain(&self.turns.chosen).chain(&self.types));
        for truths in &self.ladder.whens {
            lits.extend([truths.yes, truths.no]);
        }
        for turn in &self.turns.turns {
            lits.extend([turn.ready, turn.passed, turn.fits.yes]);
        }
        if lits.is_empty() {
            for truths in self.truths.values() {
                lits.extend([truths.yes, truths.no]);
            }
        }
        lits.sort_unstable();
        lits.dedup();
        lits.into_iter().map(|lit| if self.sat.holds(lit) { lit } else { !lit }).collect()
    }
}
