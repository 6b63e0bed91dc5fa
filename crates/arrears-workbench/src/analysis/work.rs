//! What is done: treatments that are never chosen, and why.

use super::analyst::Analyst;
use super::finding::{Kind, StatementAt};
use crate::proof::domain::Var;
use crate::proof::sat::Lit;
use crate::proof::search::Search;
use arrears::Class;
use arrears::policy::{HoursLeft, Point, StageId, Treatment};
use chrono::Days;

impl Analyst<'_> {
    pub(super) fn treatments(&mut self) {
        let lawless = self.policy.is_lawless();
        if lawless && self.policy.treatments().iter().any(|it| it.class == Class::Contact) {
            let head = self.policy.head();
            let at = self.at("policy", &head.name, head.span);
            let says = "nothing that reaches a person goes out: no pack of law that the host gives binds the policy's jurisdiction on the day";
            let proved = "under no law that is known a person must look at every contact";
            self.proved(Kind::NeverPermitted, at, Vec::new(), says.to_owned(), proved);
        }
        for (index, treatment) in self.policy.treatments().iter().enumerate() {
            if !lawless || treatment.class != Class::Contact {
                self.treatment(index, treatment);
            }
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
        if let Some(unless) = unless.or_else(|| Some(self.space.sat.yes()))
            && self.never_a_number(treatment, &[here, from, turn.fits.yes, unless])
        {
            let says = format!("\"{name}\" is never permitted: rules refuse every number that it may try");
            let others = self.rules_of_numbers(treatment);
            return self.proved(Kind::NeverPermitted, at, others, says, "no valid number is left that no rule refuses");
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
        let (kind, says) = if self.always_taken(index, treatment, &[from, turn.ready]) {
            let says = format!("\"{name}\" is never chosen: whenever it could be, an earlier treatment is taken");
            (Kind::Shadowed, says)
        } else {
            let says = format!(
                "\"{name}\" is never chosen: where it could be, an earlier treatment is taken, or keeps it waiting"
            );
            (Kind::UnreachableTreatment, says)
        };
        let shows = |_: &arrears::Row, decision: &arrears::Decision| {
            treatment.stages.has(i64::try_from(decision.stage.index()).unwrap_or(-1))
                && decision.treatment.is_some_and(|chosen| chosen.index() != index)
        };
        match self.find(&[here, from, turn.ready], &shows) {
            Search::Shown(judged) => {
                self.shown(kind, at, others, says, &judged);
                if let Some(finding) = self.findings.last_mut() {
                    finding.proved = Some("it is chosen for no account".to_owned());
                }
            }
            _ => self.proved(kind, at, others, says, "it is chosen for no account"),
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

    /// Whether rules refuse every number that it may try, though one that it may try is valid.
    fn never_a_number(&mut self, treatment: &Treatment, wanted: &[Lit]) -> bool {
        let (mut valid, mut usable) = (Vec::new(), Vec::new());
        for point in treatment.numbers.iter() {
            let is_valid = self.is_valid(point);
            let refused = point.refused.as_ref().map(|refused| self.space.cond(refused).no);
            valid.push(is_valid);
            usable.push(self.space.sat.and(&[is_valid, refused.unwrap_or_else(|| self.space.sat.yes())]));
        }
        let (valid, usable) = (self.space.sat.or(&valid), self.space.sat.or(&usable));
        let of = |lit: Lit| -> Vec<Lit> { wanted.iter().copied().chain([lit]).collect() };
        treatment.numbers.iter().any(|point| point.refused.is_some())
            && self.may_be(&of(valid))
            && self.never(&of(usable))
    }

    /// Whether a number is valid.
    pub(super) fn is_valid(&mut self, point: &Point) -> Lit {
        let words: Vec<Lit> = point
            .valid
            .positions()
            .filter_map(|word| i64::try_from(word).ok())
            .map(|word| self.space.is(Var::Fact(point.fact), word))
            .collect();
        self.space.sat.or(&words)
    }

    /// The rules that can only bear on numbers: they keep no hours of a treatment, and stand against none as a whole.
    fn rules_of_numbers(&self, treatment: &Treatment) -> Vec<StatementAt> {
        let whole = |rule: u16| {
            let kept = treatment.hours.iter().any(|kept| kept.rule == rule);
            let mut guards = self.policy.treatments().iter().flat_map(|it| &it.guards);
            kept || guards.any(|guard| guard.rule == rule)
        };
        let bound = self.policy.bound_rules().iter().enumerate();
        let bound = bound.filter(|(index, _)| !u16::try_from(*index).is_ok_and(whole));
        bound.map(|(_, rule)| self.at("guardrail", &rule.rule, arrears::Span::NONE)).collect()
    }

    /// Whether in every stage of it, where all is known, an earlier treatment can be had whenever it can.
    fn always_taken(&mut self, index: usize, treatment: &Treatment, wanted: &[Lit]) -> bool {
        let (known, plain) = (self.space.all_known, self.space.plain);
        treatment.stages.positions().all(|stage| {
            let turns = self.policy.turns(StageId::at(u8::try_from(stage).unwrap_or(u8::MAX)));
            let earlier = turns.iter().take_while(|id| id.index() != index);
            let earlier = earlier.filter_map(|id| self.space.turns.turns.get(id.index()));
            let mut none: Vec<Lit> = earlier.map(|turn| !turn.ready).collect();
            none.extend(wanted.iter().copied().chain([known, plain, self.stage(stage)]));
            self.never(&none)
        })
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
}
