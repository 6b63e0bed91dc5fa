//! The ways down: cures and eases that lead nobody down, and stages that nothing leaves.

use super::analyst::Analyst;
use super::finding::Kind;
use crate::proof::domain::Var;
use crate::proof::sat::Lit;
use crate::proof::search::Search;
use arrears::condition::FactId;
use arrears::policy::Stage;
use std::collections::BTreeSet;

/// Facts that are zero when all is paid.
const PAID: [&str; 8] =
    ["dpd", "overdue", "balance", "days_delinquent", "cycles_past_due", "bucket", "unpaid_items", "principal"];

/// Facts that are *never* when nothing is unpaid.
const OVER: [&str; 3] = ["days_since_first_missed", "oldest_unpaid_age", "months_since_oldest_unpaid"];

/// What is said of a person or an account, and no payment takes away.
const MARKS: [&str; 14] = [
    "first_payment_default",
    "hardship",
    "vulnerable",
    "deceased",
    "bankrupt",
    "represented",
    "minor",
    "guarantor",
    "secured",
    "segment",
    "product",
    "occupation",
    "language",
    "jurisdiction",
];

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
            self.proved(Kind::NeverFires, at, Vec::new(), says, "its condition holds for no account");
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
        let mut paid = self.paid();
        let Some(before) = self.space.ladder.before.get(index).copied() else { return };
        paid.push(before);
        if !stage.beside {
            paid.extend(self.space.ladder.rung.get(index).copied());
        }
        let mut wanted = paid.clone();
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
            Search::Shown(_) => self.kept_by_marks(index, stage, &paid, &wanted),
            Search::Unknown(why) => self.unknown(Kind::NoExit, at, &why),
        }
    }

    /// Whether what no payment takes away keeps an account in a stage, and at work, though all is paid. `paid` are the
    /// accounts that paid, `leaves` those of them that leave.
    fn kept_by_marks(&mut self, index: usize, stage: &Stage, paid: &[Lit], leaves: &[Lit]) {
        let from = self.from_somewhere;
        let (mut kept, mut shown) = (Vec::new(), None);
        for (fact, value) in self.marks() {
            let mark = self.space.is(Var::Fact(fact), value);
            let leaves: Vec<Lit> = leaves.iter().copied().chain([mark]).collect();
            if !self.never(&leaves) {
                continue;
            }
            let worked: Vec<Lit> = (self.policy.treatments().iter().zip(&self.space.turns.chosen))
                .filter(|(treatment, _)| treatment.stages.has(i64::try_from(index).unwrap_or(-1)))
                .map(|(_, chosen)| *chosen)
                .collect();
            let (here, worked) = (self.stage(index), self.space.sat.or(&worked));
            let stays: Vec<Lit> = paid.iter().copied().chain([from, mark, here, worked]).collect();
            let shows = |_: &arrears::Row, decision: &arrears::Decision| {
                decision.stage.index() == index && decision.treatment.is_some()
            };
            if let Search::Shown(judged) = self.find(&stays, &shows) {
                let name = self.policy.input(fact).map_or("", |input| input.name.as_str());
                kept.push(format!("`{name}` is {}", self.policy.show_cell(fact, arrears::Cell::number(value))));
                shown.get_or_insert(judged);
            }
        }
        let Some(judged) = shown else { return };
        let says = format!(
            "an account in the stage \"{}\" that pays everything stays there, and is worked, as long as {}",
            stage.name,
            kept.join(" or ")
        );
        let at = self.at("stage", &stage.name, stage.span);
        self.shown(Kind::NoExit, at, Vec::new(), says, &judged);
        if let Some(finding) = self.findings.last_mut() {
            finding.proved = Some("no account that is paid up and of which this holds leaves it".to_owned());
        }
    }

    /// What no payment takes away, as far as ways into and out of stages read it: each with the values that it may have.
    fn marks(&mut self) -> Vec<(FactId, i64)> {
        let policy = self.policy;
        let mut read = BTreeSet::new();
        let whens = policy.cures().iter().map(|it| &it.when).chain(policy.eases().iter().map(|it| &it.when));
        let whens = whens.chain(policy.stages().iter().filter_map(|stage| stage.when.as_ref()));
        for when in whens.chain(policy.debtor_types().iter().filter_map(|kind| kind.when.as_ref())) {
            when.each_fact(&mut |id| {
                read.insert(id);
            });
        }
        let mut marks = Vec::new();
        for id in read {
            let Some(input) = policy.input(id).filter(|input| MARKS.contains(&input.name.as_str())) else { continue };
            match input.kind {
                arrears::Kind::Flag => marks.push((id, 1)),
                _ => marks.extend((0..i64::try_from(input.words.len()).unwrap_or(0)).map(|word| (id, word))),
            }
        }
        marks
    }

    /// All is paid, as far as the policy reads it.
    fn paid(&mut self) -> Vec<Lit> {
        let mut wanted = Vec::new();
        for id in OVER.into_iter().filter_map(|name| self.policy.find_input(name)) {
            let (_, never, _) = self.space.state(Var::Fact(id));
            wanted.push(never);
        }
        for id in PAID.into_iter().filter_map(|name| self.policy.find_input(name)) {
            let (_, _, number) = self.space.state(Var::Fact(id));
            let nothing = self.space.at_most(Var::Fact(id), 0);
            wanted.extend([number, nothing]);
        }
        wanted
    }
}
