//! What a decision says of itself: its stage, its action, its channel, its treatment.

use super::domain::Var;
use super::sat::Lit;
use super::space::Space;
use arrears::condition::{FactId, WordSet};

impl Space<'_> {
    /// Binds the results that `never` and `always` read to what is decided.
    pub(crate) fn results(&mut self) {
        let policy = self.policy;
        let known = policy.engine_facts();
        if let Some(fact) = known.current_stage {
            for (index, stage) in self.ladder.stage.clone().into_iter().enumerate() {
                let word = self.is(Var::Fact(fact), i64::try_from(index).unwrap_or(-1));
                self.sat.same(word, stage);
            }
        }
        if let Some(fact) = known.treatment {
            let names: Vec<(String, Lit)> = self.of_treatments(|treatment| treatment.name.clone());
            self.words(fact, names);
        }
        if let Some(fact) = known.channel {
            let mut channels =
                self.of_treatments(|it| it.verb.def().channel.map_or("none", arrears::Channel::word).to_owned());
            let nothing = self.nothing();
            channels.push(("none".to_owned(), nothing));
            self.words(fact, channels);
        }
        if let Some(fact) = known.action {
            let mut actions = self.of_treatments(|treatment| treatment.verb.word().to_owned());
            actions.extend(self.waiting());
            self.words(fact, actions);
        }
    }

    /// Whether no treatment is chosen.
    pub(crate) fn nothing(&mut self) -> Lit {
        let chosen = self.turns.chosen.clone();
        !self.sat.or(&chosen)
    }

    fn of_treatments(&self, word: impl Fn(&arrears::policy::Treatment) -> String) -> Vec<(String, Lit)> {
        let chosen = self.turns.chosen.iter().copied();
        self.policy.treatments().iter().map(word).zip(chosen).collect()
    }

    /// What is decided where no treatment is chosen: held, review, wait, or none.
    pub(crate) fn waiting(&mut self) -> Vec<(String, Lit)> {
        let policy = self.policy;
        let nothing = self.nothing();
        let (mut held, mut doubt, mut waits) = (Vec::new(), Vec::new(), Vec::new());
        for (index, treatment) in policy.treatments().iter().enumerate() {
            let Some(turn) = self.turns.turns.get(index).copied() else { continue };
            let stages: Vec<Lit> =
                treatment.stages.positions().filter_map(|at| self.ladder.stage.get(at).copied()).collect();
            let here = self.sat.or(&stages);
            held.push(self.sat.and(&[here, turn.held]));
            doubt.push(self.sat.and(&[here, turn.doubtful]));
            waits.push(self.sat.and(&[here, !turn.passed]));
        }
        let open = self.ladder.open.unwrap_or_else(|| self.sat.no());
        let (unknown, _, _) = self.state(Var::Fact(policy.engine_facts().closed));
        waits.extend([open, unknown]);
        let is_closed = self.turns.closed.map_or_else(|| self.sat.no(), |closed| closed.yes);
        let (held, doubt, waits) = (self.sat.or(&held), self.sat.or(&doubt), self.sat.or(&waits));
        let goes = self.sat.and(&[nothing, !is_closed]);
        vec![
            ("held".to_owned(), self.sat.and(&[goes, held])),
            ("review".to_owned(), self.sat.and(&[goes, doubt, !held])),
            ("wait".to_owned(), self.sat.and(&[goes, waits, !doubt, !held])),
        ]
    }

    /// Binds a word to what it is said of. What nothing says of it is the word `none`, else another word.
    fn words(&mut self, fact: FactId, said: Vec<(String, Lit)>) {
        let Some(input) = self.policy.input(fact) else { return };
        let words = input.words.clone();
        let mut named: Vec<Vec<Lit>> = vec![Vec::new(); words.len()];
        let mut other = Vec::new();
        for (word, lit) in &said {
            match words.iter().position(|known| known == word).and_then(|at| named.get_mut(at)) {
                Some(lits) => lits.push(*lit),
                None => other.push(*lit),
            }
        }
        let all: Vec<Lit> = said.iter().map(|(_, lit)| *lit).collect();
        let unsaid = !self.sat.or(&all);
        match words.iter().position(|known| known == "none").and_then(|at| named.get_mut(at)) {
            Some(lits) => lits.push(unsaid),
            None => other.push(unsaid),
        }
        for (position, lits) in (0_i64..).zip(named).chain([(WordSet::OTHER, other)]) {
            let (word, any) = (self.is(Var::Fact(fact), position), self.sat.or(&lits));
            self.sat.same(word, any);
        }
    }
}
