//! The ways down: cures and eases that lead nobody down, and stages that nothing leaves.

use super::analyst::Analyst;
use super::finding::Kind;
use crate::proof::domain::Var;
use crate::proof::sat::Lit;
use crate::proof::search::Search;

/// Facts that are zero when all is paid.
const PAID: [&str; 8] =
    ["dpd", "overdue", "balance", "days_delinquent", "cycles_past_due", "bucket", "unpaid_items", "principal"];

impl Analyst<'_> {
    pub(super) fn ways_down(&mut self) {
        let policy = self.policy;
        let stage =
            |id: arrears::policy::StageId| policy.stages().get(id.index()).map_or("", |stage| stage.name.as_str());
        for (index, cure) in policy.cures().iter().enumerate() {
            let leads = self.space.ladder.cures.get(index).copied();
            self.way_down("cure", stage(cure.to), cure.span, (&cure.when, leads));
        }
        for (index, ease) in policy.eases().iter().enumerate() {
            let leads = self.space.ladder.eases.get(index).copied();
            self.way_down("ease", stage(ease.to), ease.span, (&ease.when, leads));
        }
        for index in 1..policy.stages().len() {
            if self.reachable.get(index) == Some(&true) {
                self.exit(index);
            }
        }
    }

    fn way_down(
        &mut self,
        statement: &'static str,
        to: &str,
        span: arrears::Span,
        (when, leads): (&arrears::condition::Cond, Option<Lit>),
    ) {
        let truths = self.space.cond(when);
        let at = self.at(statement, to, span);
        if self.never(&[truths.yes]) {
            let says =
                format!("the {statement} to \"{to}\" never happens: `{}` holds for no account", self.words(when));
            self.proved(Kind::CureImpossible, at, Vec::new(), says, "its condition holds for no account");
            return;
        }
        let Some(leads) = leads else { return };
        let from = self.from_somewhere;
        if self.never(&[leads, from]) {
            let says = format!(
                "the {statement} to \"{to}\" leads nobody down: where its condition holds, no account stands above \"{to}\", or another takes it first"
            );
            self.proved(
                Kind::CureImpossible,
                at,
                Vec::new(),
                says,
                "no account that comes to a stage is led down by it",
            );
        }
    }

    /// Whether anything leads out of a stage when all is paid.
    fn exit(&mut self, index: usize) {
        let policy = self.policy;
        let Some(stage) = policy.stages().get(index) else { return };
        let mut wanted = self.paid();
        let Some(before) = self.space.ladder.before.get(index).copied() else { return };
        wanted.push(before);
        if !stage.beside {
            wanted.extend(self.space.ladder.rung.get(index).copied());
        }
        let left: Vec<Lit> = if stage.beside {
            vec![!self.stage(index)]
        } else {
            let milder: Vec<Lit> = (0..index).map(|lower| self.stage(lower)).collect();
            vec![self.space.sat.or(&milder)]
        };
        wanted.extend(left);
        let open = self.space.ladder.open.unwrap_or_else(|| self.space.sat.no());
        wanted.push(!open);
        let at = self.at("stage", &stage.name, stage.span);
        let shows = |_: &arrears::Row, decision: &arrears::Decision| {
            let here = decision.stage.index();
            if stage.beside { here != index } else { here < index }
        };
        match self.find(&wanted, &shows) {
            Search::None => {
                let says = format!(
                    "nothing leads out of the stage \"{}\", not even when all is paid: no cure, no ease, and the mode keeps accounts there",
                    stage.name
                );
                self.proved(Kind::NoExit, at, Vec::new(), says, "no account that is paid up leaves it");
            }
            Search::Shown(_) => {}
            Search::Unknown(why) => self.unknown(Kind::NoExit, at, &why),
        }
    }

    /// All is paid, as far as the policy reads it.
    fn paid(&mut self) -> Vec<Lit> {
        let mut wanted = Vec::new();
        for id in PAID.into_iter().filter_map(|name| self.policy.find_input(name)) {
            let (_, _, number) = self.space.state(Var::Fact(id));
            let nothing = self.space.at_most(Var::Fact(id), 0);
            wanted.extend([number, nothing]);
        }
        wanted
    }
}
