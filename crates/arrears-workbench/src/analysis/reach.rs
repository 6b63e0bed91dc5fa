//! Which stages accounts can come to, from their first decision on.

use super::analyst::Analyst;
use super::finding::Kind;
use crate::proof::domain::Var;
use crate::proof::sat::Lit;
use arrears::policy::{Mode, Stage};

impl Analyst<'_> {
    /// Finds the stages that accounts can come to, one decision after another, and reports the others.
    pub(super) fn reach(&mut self) {
        let count = self.policy.stages().len();
        let mut reached = vec![false; count];
        loop {
            let from = self.from(&reached);
            let mut more = false;
            for index in 0..count {
                if reached.get(index) == Some(&true) {
                    continue;
                }
                let stage = self.stage(index);
                let settled = self.space.ladder.open.map_or_else(|| self.space.sat.yes(), |open| !open);
                if self.may_be(&[from, stage, settled])
                    && let Some(slot) = reached.get_mut(index)
                {
                    *slot = true;
                    more = true;
                }
            }
            if !more {
                break;
            }
        }
        self.from_somewhere = self.from(&reached);
        self.reachable = reached;
        self.report_unreached();
    }

    /// Whether an account comes from one of these stages, or has not been decided before; for the first time today, and with
    /// nothing given that could be computed.
    fn from(&mut self, reached: &[bool]) -> Lit {
        let first = self.first_decision();
        let mut ways = vec![first];
        let stages = self.policy.stages();
        let rungs: Vec<Lit> = stages
            .iter()
            .zip(reached)
            .zip(self.space.ladder.rung.clone())
            .enumerate()
            .filter(|(index, ((stage, reached), _))| !stage.beside && (**reached || *index == 0))
            .map(|(_, (_, rung))| rung)
            .collect();
        let rung = self.space.sat.or(&rungs);
        for (index, stage) in stages.iter().enumerate().filter(|(index, _)| reached.get(*index) == Some(&true)) {
            let Some(before) = self.space.ladder.before.get(index).copied() else { continue };
            let stood = if stage.beside {
                rung
            } else {
                self.space.ladder.rung.get(index).copied().unwrap_or_else(|| self.space.sat.no())
            };
            ways.push(self.space.sat.and(&[before, stood]));
        }
        let repeat = self.space.is(Var::Fact(self.policy.engine_facts().days_since_decision), 0);
        let (computed, way) = (self.space.computed, self.space.sat.or(&ways));
        self.space.sat.and(&[way, computed, !repeat])
    }

    /// An account that has not been decided before has no days in any stage.
    fn first_decision(&mut self) -> Lit {
        let known = self.policy.engine_facts();
        let none = self.space.before_none();
        let days = self.space.is(Var::Fact(known.days_on_rung), 0);
        let (_, since, _) = self.space.state(Var::Fact(known.days_since_decision));
        self.space.sat.and(&[none, days, since])
    }

    fn report_unreached(&mut self) {
        for (index, stage) in self.policy.stages().iter().enumerate().skip(1) {
            let Some(truths) = self.space.ladder.whens.get(index).copied() else { continue };
            let at = self.at("stage", &stage.name, stage.span);
            if self.never(&[truths.yes]) {
                let says = format!("no account fits the stage \"{}\": its condition never holds", stage.name);
                self.proved(Kind::NeverFires, at, Vec::new(), says, "its condition holds for no account");
                continue;
            }
            let nested = self.nested(index);
            if let Some(above) = nested {
                let Some(more) = self.policy.stages().get(above) else { continue };
                let other = self.at("stage", &more.name, more.span);
                let for_long = match self.policy.escalate().mode {
                    Mode::Sequential => " for more than a night",
                    Mode::Skip | Mode::Free => "",
                };
                let says = format!(
                    "nobody stays in the stage \"{}\"{for_long}: every account that fits it fits the more severe \"{}\" too",
                    stage.name, more.name
                );
                self.proved(Kind::NestedStage, at, vec![other], says, "no account fits the one and not the other");
            } else if self.reachable.get(index) == Some(&false) {
                let says =
                    format!("no account can come to the stage \"{}\", though its condition can hold", stage.name);
                let others = self.barred_by(index);
                let proved = "no decision leads to it, from the first decision of an account on";
                self.proved(Kind::UnreachableStage, at, others, says, proved);
            }
        }
    }

    /// A more severe rung to which everybody goes who fits this one.
    fn nested(&mut self, index: usize) -> Option<usize> {
        if self.policy.stages().get(index)?.beside {
            return None;
        }
        let (fits, computed) = (self.space.ladder.whens.get(index)?.yes, self.space.computed);
        let follows = |stage: &Stage| {
            let after = stage.after.is_none_or(|after| after.index() <= index);
            after && stage.dwell.is_none() && !stage.beside
        };
        let stages = self.policy.stages().iter().zip(&self.space.ladder.whens).enumerate().skip(index + 1);
        let above: Vec<(usize, Lit)> =
            stages.filter(|(_, (stage, _))| follows(stage)).map(|(above, (_, when))| (above, when.yes)).collect();
        // An account that fits none of them is in none alone either.
        let none: Vec<Lit> = [fits, computed].into_iter().chain(above.iter().map(|(_, more)| !*more)).collect();
        if self.may_be(&none) {
            return None;
        }
        above.into_iter().find(|(_, more)| self.never(&[fits, computed, !*more])).map(|(above, _)| above)
    }

    /// What keeps accounts from a stage, where one statement does.
    fn barred_by(&self, index: usize) -> Vec<super::finding::StatementAt> {
        let stages = self.policy.stages();
        let after = stages.get(index).and_then(|stage| stages.get(stage.after?.index()));
        after.map(|after| self.at("stage", &after.name, after.span)).into_iter().collect()
    }
}
