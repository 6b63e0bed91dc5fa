//! The space of accounts that one policy may meet, as clauses.

use super::domain::{Domain, Var};
use super::ladder::Ladder;
use super::linear::Sums;
use super::opaque::Opaque;
use super::sat::{Lit, Sat};
use super::turn::Turns;
use arrears::condition::{FactId, ThresholdId, WordSet};
use arrears::policy::{LearnedForm, Need};
use arrears::trial::quiet_account;
use arrears::{Cell, Policy};
use std::collections::{BTreeMap, BTreeSet};

/// Whether something surely holds, and whether it surely does not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Truths {
    pub(crate) yes: Lit,
    pub(crate) no: Lit,
}

/// Every account that a policy may meet and what is decided of it, as clauses: each condition has two literals,
/// shared by its number.
pub(crate) struct Space<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) sat: Sat,
    pub(crate) domains: BTreeMap<Var, Domain>,
    pub(crate) truths: BTreeMap<u32, Truths>,
    pub(crate) sums: Sums,
    pub(crate) opaques: Vec<Opaque>,
    /// The quiet account, from which examples differ as little as possible.
    pub(crate) quiet: Vec<Cell>,
    /// Assumed: every fact is known.
    pub(crate) all_known: Lit,
    /// Assumed: what can be computed is not given otherwise, and the table says what was learned too.
    pub(crate) plain: Lit,
    /// Assumed: what can be computed is computed, and where it cannot be it is unknown.
    pub(crate) computed: Lit,
    /// Whether thresholds may be any value of their range.
    pub(crate) open_thresholds: bool,
    /// What could not be put into clauses exactly, by place in words.
    pub(crate) loose: BTreeSet<String>,
    /// Facts that results of contacts can teach.
    pub(crate) learned: BTreeSet<FactId>,
    /// Whether the conditions of `applies` are being read: they see the table alone.
    pub(crate) of_table: bool,
    /// For each debtor type, whether the account may be of it; empty before they are read.
    pub(crate) types: Vec<Lit>,
    pub(crate) ladder: Ladder,
    pub(crate) turns: Turns,
}

impl<'p> Space<'p> {
    /// The facts and conditions of a policy, without what is decided.
    pub(crate) fn of_facts(policy: &'p Policy, open_thresholds: bool) -> Self {
        Self::facts_among(Sat::new(), policy, open_thresholds)
    }

    /// The same, among clauses that are there.
    fn facts_among(mut sat: Sat, policy: &'p Policy, open_thresholds: bool) -> Self {
        let (all_known, plain, computed) = (sat.variable(true), sat.variable(true), sat.variable(true));
        sat.implies(&[plain], computed);
        let row = policy.row(quiet_account(policy)).map(|row| row.cells().to_vec());
        let learned = policy.learned();
        let mut space = Self {
            policy,
            domains: BTreeMap::new(),
            truths: BTreeMap::new(),
            sums: Sums::default(),
            opaques: Vec::new(),
            quiet: row.unwrap_or_else(|_| quiet_account(policy)),
            all_known,
            plain,
            computed,
            open_thresholds,
            loose: BTreeSet::new(),
            learned: learned.iter().filter_map(|learned| learned.fact).collect(),
            of_table: false,
            types: Vec::new(),
            ladder: Ladder::default(),
            turns: Turns::default(),
            sat,
        };
        space.applies();
        space.read_types();
        space
    }

    /// All of it: the facts, and what is decided.
    pub(crate) fn of_decisions(policy: &'p Policy) -> Self {
        Self::decisions_among(Sat::new(), policy)
    }

    /// The same, among clauses that are there.
    pub(crate) fn decisions_among(sat: Sat, policy: &'p Policy) -> Self {
        let mut space = Self::facts_among(sat, policy, false);
        space.place();
        space.take_turns();
        space.results();
        space
    }

    fn applies(&mut self) {
        let policy = self.policy;
        if let Some(applies) = policy.applies() {
            self.of_table = true;
            let truths = self.cond(applies);
            self.of_table = false;
            // The table's own facts are others where something was learned.
            if !self.learned.is_empty() {
                self.truths.clear();
            }
            self.sat.clause(&[truths.yes]);
        }
    }

    fn read_types(&mut self) {
        let policy = self.policy;
        let (mut reached, mut types) = (self.sat.yes(), Vec::new());
        for kind in policy.debtor_types() {
            let truths = match &kind.when {
                Some(when) => self.cond(when),
                None => Truths { yes: self.sat.yes(), no: self.sat.no() },
            };
            types.push(self.sat.and(&[reached, !truths.no]));
            reached = self.sat.and(&[reached, !truths.yes]);
        }
        self.types = types;
    }

    /// Whether the account is surely of one of some types, and whether it is surely of none of them.
    pub(crate) fn of_types(&mut self, set: WordSet) -> Truths {
        let mut split = (Vec::new(), Vec::new());
        for (index, lit) in self.types.iter().enumerate() {
            let inside = set.has(i64::try_from(index).unwrap_or(WordSet::OTHER));
            if inside { split.0.push(*lit) } else { split.1.push(*lit) }
        }
        let (inside, outside) = (self.sat.or(&split.0), self.sat.or(&split.1));
        Truths { yes: self.sat.and(&[inside, !outside]), no: self.sat.and(&[outside, !inside]) }
    }

    /// The variable of a fact where conditions read it now.
    pub(crate) fn var(&self, fact: FactId) -> Var {
        if self.of_table && self.learned.contains(&fact) { Var::Table(fact) } else { Var::Fact(fact) }
    }

    /// The variable of a threshold whose value is open.
    pub(crate) fn threshold(&self, id: ThresholdId) -> Option<Var> {
        self.open_thresholds.then_some(Var::Threshold(id.index()))
    }

    /// The literals of a value: unknown, never, number.
    pub(crate) fn state(&mut self, var: Var) -> (Lit, Lit, Lit) {
        self.ensure(var);
        let no = self.sat.no();
        self.domains.get(&var).map_or((no, no, no), |domain| (domain.unknown, domain.never, domain.number))
    }

    /// Whether a value is at most a number, where it is one.
    pub(crate) fn at_most(&mut self, var: Var, edge: i64) -> Lit {
        self.ensure(var);
        match self.domains.get_mut(&var) {
            Some(domain) => domain.at_most(&mut self.sat, edge),
            None => self.sat.no(),
        }
    }

    /// Whether a fact is this number or this word.
    pub(crate) fn is(&mut self, var: Var, value: i64) -> Lit {
        self.ensure(var);
        match self.domains.get_mut(&var) {
            Some(domain) => domain.is(&mut self.sat, value),
            None => self.sat.no(),
        }
    }

    /// Whether a flag is surely set, and surely not.
    pub(crate) fn flag(&mut self, fact: FactId) -> Truths {
        let var = self.var(fact);
        Truths { yes: self.is(var, 1), no: self.is(var, 0) }
    }

    fn ensure(&mut self, var: Var) {
        if self.domains.contains_key(&var) {
            return;
        }
        let (fact, of_table) = match var {
            Var::Fact(fact) => (fact, false),
            Var::Table(fact) => (fact, true),
            Var::Threshold(index) => {
                let known = self.policy.threshold_values().nth(index);
                let (low, high, value) = known.map_or((0, 0, 0), |(known, value)| (known.from, known.to, value));
                let domain = Domain::of_range(&self.sat, low, high, value);
                self.domains.insert(var, domain);
                return;
            }
        };
        let Some(input) = self.policy.input(fact) else {
            let domain = Domain { unknown: self.sat.yes(), ..Domain::of_range(&self.sat, 0, 0, 0) };
            self.domains.insert(var, domain);
            return;
        };
        let usual = self.quiet.get(fact.index()).copied().unwrap_or(Cell::UNKNOWN);
        let domain = Domain::of_input(&mut self.sat, input, usual);
        let unknown = domain.unknown;
        self.domains.insert(var, domain);
        self.sat.clause(&[!self.all_known, !unknown]);
        if of_table {
            // Nothing was learned: the table says what is known.
            self.state(Var::Fact(fact));
            self.same_value(var, Var::Fact(fact));
            return;
        }
        self.bounds_of_sense(fact);
        if let Some((age, days)) = input.valid {
            let (_, _, dated) = self.state(Var::Fact(age));
            let fresh = self.at_most(Var::Fact(age), days);
            self.sat.clause(&[dated, unknown]);
            self.sat.clause(&[fresh, unknown]);
        }
        if matches!(input.need, Need::State(_)) {
            let before = self.policy.engine_facts().previous_stage;
            if fact == before {
                self.sat.clause(&[!unknown]);
            } else {
                let (_, _, known) = self.state(Var::Fact(before));
                self.sat.implies(&[unknown], known);
            }
        }
        if let Some((_, formula)) = self.policy.derived_facts().find(|(id, _)| *id == fact) {
            self.derive(fact, formula);
        }
    }

    /// Where what a table says is not given otherwise, two values are one.
    fn same_value(&mut self, one: Var, other: Var) {
        let (first, second) = (self.state(one), self.state(other));
        for (a, b) in [(first.0, second.0), (first.1, second.1)] {
            self.sat.implies(&[self.plain, a], b);
            self.sat.implies(&[self.plain, b], a);
        }
        let (Var::Fact(fact) | Var::Table(fact)) = other else { return };
        let Some(input) = self.policy.input(fact) else { return };
        let values: Vec<i64> = match input.kind {
            arrears::Kind::Category => (0..i64::try_from(input.words.len()).unwrap_or(0)).collect(),
            arrears::Kind::Flag => vec![0],
            _ => return,
        };
        for value in values {
            let (a, b) = (self.is(one, value), self.is(other, value));
            self.sat.implies(&[self.plain, a], b);
            self.sat.implies(&[self.plain, b], a);
        }
    }

    /// Facts of the engine's own state that cannot be below zero, whatever a table says of others.
    fn bounds_of_sense(&mut self, fact: FactId) {
        let known = self.policy.engine_facts();
        if [known.days_in_stage, known.days_on_rung, known.days_since_decision].contains(&fact) {
            let below = self.at_most(Var::Fact(fact), -1);
            let (_, _, number) = self.state(Var::Fact(fact));
            self.sat.clause(&[!number, !below]);
        }
    }

    /// The facts in which what was learned is kept, and which stay as they are without any.
    pub(crate) fn is_of_learning(&self, fact: FactId) -> bool {
        self.policy.learned().iter().any(|learned| {
            let more = match learned.form {
                LearnedForm::Promise(due) => [Some(due), None],
                LearnedForm::OfPromise(open, due) => [Some(open), Some(due)],
                LearnedForm::Flag | LearnedForm::Number(_) => [None, None],
            };
            [Some(learned.value), Some(learned.since)].into_iter().chain(more).flatten().any(|id| id == fact)
        })
    }
}
