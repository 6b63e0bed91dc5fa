//! What is done: treatments that are never chosen, and accounts for which none fits.

use super::analyst::Analyst;
use super::finding::{Kind, Severity, StatementAt};
use crate::proof::domain::Var;
use crate::proof::sat::Lit;
use crate::proof::search::Search;
use arrears::policy::{HoursLeft, StageId, Treatment};
use chrono::Days;

impl Analyst<'_> {
    pub(super) fn treatments(&mut self) {
        for (index, treatment) in self.policy.treatments().iter().enumerate() {
            self.treatment(index, treatment);
        }
    }

    fn treatment(&mut self, index: usize, treatment: &Treatment) {
        let (Some(turn), Some(chosen)) =
            (self.space.turns.turns.get(index).copied(), self.space.turns.chosen.get(index).copied())
        else {
            return;
        };
        let at = self.at("treatment", &treatment.name, treatment.span);
        let name = &treatment.name;
        if self.never_in_hours(treatment) {
            let says = format!("\"{name}\" is never permitted: the hours that rules keep leave no time on any day");
            return self.proved(Kind::NeverPermitted, at, Vec::new(), says, "on no day of the week is time left");
        }
        let from = self.from_somewhere;
        if self.may_be(&[chosen, from]) {
            return;
        }
        let stages: Vec<Lit> = treatment.stages.positions().map(|stage| self.stage(stage)).collect();
        let here = self.space.sat.or(&stages);
        if self.never(&[turn.fits.yes]) {
            let says = format!("\"{name}\" never fits: its condition holds for no account");
            return self.proved(Kind::NeverFires, at, Vec::new(), says, "its condition holds for no account");
        }
        if self.never(&[here, from]) {
            let says = format!("\"{name}\" is never chosen: no account comes to a stage of it");
            let others = self.stages_of(treatment);
            return self.proved(Kind::UnreachableTreatment, at, others, says, "no stage of it is reached");
        }
        if self.never(&[here, from, turn.fits.yes]) {
            let says = format!("\"{name}\" never fits in its stages: its condition holds for no account there");
            let others = self.stages_of(treatment);
            return self.proved(
                Kind::NeverFires,
                at,
                others,
                says,
                "its condition holds for no account in a stage of it",
            );
        }
        let unless = treatment.unless.as_ref().map(|unless| self.space.cond(unless).no);
        if let Some(unless) = unless
            && self.never(&[here, from, turn.fits.yes, unless])
        {
            let says =
                format!("\"{name}\" is never chosen: whenever it fits, what keeps it from going ahead holds too");
            return self.proved(Kind::NeverFires, at, Vec::new(), says, "its `unless` holds whenever it fits");
        }
        let others = self.rules_of(treatment);
        if !others.is_empty()
            && self.may_be(&[here, from, turn.asked])
            && self.never(&[here, from, turn.asked, !turn.guarded])
        {
            let says =
                format!("\"{name}\" is never permitted: a rule stands against it in every case in which it fits");
            return self.proved(
                Kind::NeverPermitted,
                at,
                others,
                says,
                "a rule refuses it, or asks for a person, in every case",
            );
        }
        if self.never(&[here, from, turn.ready]) {
            let holds = self.holds_against(treatment, &[here, from, turn.fits.yes]);
            let says = match holds.as_slice() {
                [] => format!("\"{name}\" is never chosen: it can never be had where it fits"),
                _ => format!("\"{name}\" is never chosen: a hold stops it whenever it fits"),
            };
            return self.proved(Kind::NeverFires, at, holds, says, "in no stage of it can it be had");
        }
        let others = self.taken_first(index, treatment, &[from, turn.ready]);
        let says = format!(
            "\"{name}\" is never chosen: where it could be, an earlier treatment is taken, or keeps it waiting"
        );
        let shows = |_: &arrears::Row, decision: &arrears::Decision| {
            treatment.stages.has(i64::try_from(decision.stage.index()).unwrap_or(-1))
                && decision.treatment.is_some_and(|chosen| chosen.index() != index)
        };
        match self.find(&[here, from, turn.ready], &shows) {
            Search::Shown(judged) => {
                self.shown(Kind::UnreachableTreatment, at, others, says, &judged);
                if let Some(finding) = self.findings.last_mut() {
                    finding.proved = Some("it is chosen for no account".to_owned());
                }
            }
            _ => self.proved(Kind::UnreachableTreatment, at, others, says, "it is chosen for no account"),
        }
    }

    fn stages_of(&self, treatment: &Treatment) -> Vec<StatementAt> {
        let stages = treatment.stages.positions().filter_map(|at| self.policy.stages().get(at));
        stages.filter(|stage| stage.when.is_some()).map(|stage| self.at("stage", &stage.name, stage.span)).collect()
    }

    /// The rules that bear on a treatment, each once.
    fn rules_of(&self, treatment: &Treatment) -> Vec<StatementAt> {
        let mut rules: Vec<u16> = treatment.guards.iter().map(|guard| guard.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let bound = rules.into_iter().filter_map(|rule| self.policy.bound_rules().get(usize::from(rule)));
        bound.map(|rule| self.at("guardrail", &rule.rule, arrears::Span::NONE)).collect()
    }

    /// Whether no day of a week has an hour in which rules let it go out.
    fn never_in_hours(&self, treatment: &Treatment) -> bool {
        !treatment.hours.is_empty()
            && (0..14).all(|days| {
                let day = self.judge.day.checked_add_days(Days::new(days)).unwrap_or(self.judge.day);
                matches!(treatment.hours_on(day), HoursLeft::None(_))
            })
    }

    /// The holds that stop a treatment whenever it fits.
    fn holds_against(&mut self, treatment: &Treatment, wanted: &[Lit]) -> Vec<StatementAt> {
        let mut found = Vec::new();
        for (hold, truths) in self.policy.holds().iter().zip(self.space.turns.holds.clone()) {
            let free: Vec<Lit> = wanted.iter().copied().chain([truths.no]).collect();
            if hold.stops(treatment.class, treatment.purpose) && self.never(&free) {
                found.push(self.at("hold", &hold.name, hold.span));
            }
        }
        found
    }

    /// Earlier treatments of its stages without which it could be chosen; all of them if no one of them is enough.
    fn taken_first(&mut self, index: usize, treatment: &Treatment, wanted: &[Lit]) -> Vec<StatementAt> {
        let mut found = Vec::new();
        for stage in treatment.stages.positions() {
            let turns = self.policy.turns(StageId::at(u8::try_from(stage).unwrap_or(u8::MAX)));
            for id in turns.iter().take_while(|id| id.index() != index) {
                let Some(turn) = self.space.turns.turns.get(id.index()).copied() else { continue };
                let mut passed: Vec<Lit> = wanted.to_vec();
                passed.extend([self.stage(stage), turn.passed]);
                if let Some(earlier) = self.policy.treatments().get(id.index())
                    && self.never(&passed)
                {
                    found.push(self.at("treatment", &earlier.name, earlier.span));
                }
            }
        }
        found.dedup();
        found
    }

    /// Accounts in a stage that has treatments, of which none fits.
    pub(super) fn gaps(&mut self) {
        for (index, stage) in self.policy.stages().iter().enumerate().skip(1) {
            let turns = self.policy.turns(StageId::at(u8::try_from(index).unwrap_or(u8::MAX)));
            if turns.is_empty() || self.reachable.get(index) != Some(&true) {
                continue;
            }
            let (known, plain, from) = (self.space.all_known, self.space.plain, self.from_somewhere);
            let mut wanted = vec![known, plain, from, self.stage(index)];
            for id in turns {
                wanted.extend(self.space.turns.turns.get(id.index()).map(|turn| turn.fits.no));
            }
            wanted.extend(self.space.turns.holds.iter().map(|hold| hold.no));
            let closed = self.policy.engine_facts().closed;
            wanted.push(self.space.is(Var::Fact(closed), 0));
            let at = self.at("stage", &stage.name, stage.span);
            let shows = |_: &arrears::Row, decision: &arrears::Decision| {
                decision.stage.index() == index
                    && !decision.stage_uncertain
                    && decision.action == arrears::Action::Nothing
                    && decision.held_by.is_empty()
            };
            match self.find(&wanted, &shows) {
                Search::Shown(judged) => {
                    let says = format!(
                        "an account can stand in the stage \"{}\" with nothing to be done: {}",
                        stage.name,
                        if turns.len() == 1 {
                            "its one treatment does not fit".to_owned()
                        } else {
                            format!("none of its {} treatments fits", turns.len())
                        }
                    );
                    self.shown(Kind::Gap, at, Vec::new(), says, &judged);
                    if let Some(gap) = self.findings.last_mut().filter(|_| stage.beside) {
                        gap.severity = Severity::Information;
                    }
                }
                Search::None => {}
                Search::Unknown(why) => self.unknown(Kind::Gap, at, &why),
            }
        }
    }
}
