//! Accounts of which nobody takes care: none of the treatments of their stage fits, or the one that does would call a
//! number that they have not, or no stage takes their days.

use super::analyst::Analyst;
use super::finding::{Kind, Severity};
use crate::proof::domain::Var;
use crate::proof::sat::Lit;
use crate::proof::search::Search;
use arrears::condition::FactId;
use arrears::policy::{Mode, Point, Stage, StageId, Treatment, TreatmentId};
use arrears::{Cell, Decision, Row};

/// Facts along which a ladder climbs.
const CLIMBED: [&str; 5] = ["dpd", "days_delinquent", "bucket", "cycles_past_due", "oldest_unpaid_age"];

/// More parts of such a fact than this are not told apart.
const MOST_PARTS: usize = 200;

/// Whether an account stands in a stage with nothing done, and nothing that stops it.
fn idle(stage: usize, decision: &Decision) -> bool {
    decision.stage.index() == stage
        && !decision.stage_uncertain
        && decision.action == arrears::Action::Nothing
        && decision.held_by.is_empty()
}

/// Whether an account has a valid number.
fn has(row: &Row, point: &Point) -> bool {
    row.cell(point.fact).get().is_some_and(|word| point.valid.has(word))
}

impl Analyst<'_> {
    /// Accounts in a stage that has treatments, of which none fits.
    pub(super) fn gaps(&mut self) {
        for (index, stage) in self.policy.stages().iter().enumerate().skip(1) {
            let turns = self.policy.turns(StageId::at(u8::try_from(index).unwrap_or(u8::MAX)));
            if turns.is_empty() || self.reachable.get(index) != Some(&true) {
                continue;
            }
            self.gap_of_numbers(index, stage, turns);
            let mut wanted = self.at_work(index);
            for id in turns {
                wanted.extend(self.space.turns.turns.get(id.index()).map(|turn| turn.fits.no));
            }
            let at = self.at("stage", &stage.name, stage.span);
            let shows = |_: &Row, decision: &Decision| idle(index, decision);
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

    /// Accounts in a stage of which all is known and nothing stops work.
    fn at_work(&mut self, stage: usize) -> Vec<Lit> {
        let (known, plain, from) = (self.space.all_known, self.space.plain, self.from_somewhere);
        let mut wanted = vec![known, plain, from, self.stage(stage)];
        wanted.extend(self.space.turns.holds.iter().map(|hold| hold.no));
        let closed = self.policy.engine_facts().closed;
        wanted.push(self.space.is(Var::Fact(closed), 0));
        wanted
    }

    /// Accounts that the treatment which is chosen for people like them cannot call, though they have a number at which
    /// others of the stage are called. A treatment that asks for nothing but days is for everybody in turn.
    fn gap_of_numbers(&mut self, index: usize, stage: &Stage, turns: &[TreatmentId]) {
        let policy = self.policy;
        let treatments: Vec<&Treatment> = turns.iter().filter_map(|id| policy.treatments().get(id.index())).collect();
        let (mut wanted, mut callable, mut tries) = (self.at_work(index), Vec::new(), Vec::new());
        for (id, treatment) in turns.iter().zip(&treatments) {
            let Some(fits) = self.space.turns.turns.get(id.index()).map(|turn| turn.fits) else { continue };
            let mut valid = Vec::new();
            for point in treatment.numbers.iter() {
                let is_valid = self.is_valid(point);
                let refused = point.refused.as_ref().map(|refused| self.space.cond(refused).no);
                callable.push(self.space.sat.and(&[is_valid, refused.unwrap_or_else(|| self.space.sat.yes())]));
                valid.push(is_valid);
            }
            if let Some(opted_out) = treatment.opted_out {
                wanted.push(self.space.is(Var::Fact(opted_out), 0));
            }
            if let Some(consent) = treatment.consent {
                wanted.push(self.space.is(Var::Fact(consent), 1));
            }
            let some = self.space.sat.or(&valid);
            let in_vain = self.space.sat.and(&[fits.yes, self.space.sat.constant(!valid.is_empty()), !some]);
            wanted.push(self.space.sat.or(&[fits.no, in_vain]));
            if treatment.when.as_ref().is_some_and(|when| self.lateness_of(when).is_none()) {
                tries.push((in_vain, *treatment));
            }
        }
        let in_vain: Vec<Lit> = tries.iter().map(|(in_vain, _)| *in_vain).collect();
        wanted.extend([self.space.sat.or(&callable), self.space.sat.or(&in_vain)]);
        let judge = self.judge;
        let of_no_use = |row: &Row, decision: &Decision, treatment: &Treatment| {
            let fits = treatment.when.as_ref().is_some_and(|when| judge.truth(row, when, decision.types).is_true());
            fits && !treatment.numbers.iter().any(|point| has(row, point))
        };
        let shows = |row: &Row, decision: &Decision| {
            let told = |fact: Option<FactId>, wanted: Cell| fact.is_none_or(|fact| row.cell(fact) == wanted);
            idle(index, decision)
                && treatments.iter().all(|it| told(it.opted_out, Cell::FALSE) && told(it.consent, Cell::TRUE))
                && treatments.iter().any(|it| it.numbers.iter().any(|point| has(row, point)))
                && tries.iter().any(|(_, it)| of_no_use(row, decision, it))
        };
        let at = self.at("stage", &stage.name, stage.span);
        match self.find(&wanted, &shows) {
            Search::Shown(judged) => {
                let in_vain = tries.iter().filter(|(_, it)| of_no_use(&judged.row, &judged.decision, it));
                let others = in_vain.map(|(_, it)| self.at("treatment", &it.name, it.span)).collect();
                let says = format!(
                    "an account can stand in the stage \"{}\" with nothing to be done: what fits it calls none of the numbers that it has, and others are called there",
                    stage.name
                );
                self.shown(Kind::Gap, at, others, says, &judged);
            }
            Search::None => {}
            Search::Unknown(why) => self.unknown(Kind::Gap, at, &why),
        }
    }

    /// Days, or buckets, on which no account fits any stage of the ladder, between some on which accounts do.
    pub(super) fn holes(&mut self) {
        for id in CLIMBED.into_iter().filter_map(|name| self.policy.find_input(name)) {
            self.holes_of(id);
        }
    }

    fn holes_of(&mut self, fact: FactId) {
        let policy = self.policy;
        let mut read = false;
        policy.stages().iter().filter_map(|stage| stage.when.as_ref()).for_each(|when| {
            when.each_fact(&mut |id| read |= id == fact);
        });
        let Some(domain) = self.space.domains.get(&Var::Fact(fact)).filter(|_| read) else { return };
        let edges: Vec<i64> = domain.edges().into_iter().filter(|edge| *edge >= 1).collect();
        if edges.len() > MOST_PARTS {
            let at = self.at("policy", &policy.head().name, policy.head().span);
            let why = format!("more than {MOST_PARTS} parts of the days are not told apart");
            return self.unknown(Kind::Gap, at, &why);
        }
        // A stage below the first day is before the account is late.
        let starts = std::iter::once(1).chain(edges.iter().map(|edge| edge.saturating_add(1)));
        let parts: Vec<(i64, i64)> = starts.zip(edges.iter().copied().chain([i64::MAX])).collect();
        let rungs: Vec<usize> =
            (1..policy.stages().len()).filter(|at| policy.stages().get(*at).is_some_and(|it| !it.beside)).collect();
        let mut taken = Vec::new();
        for part in &parts {
            let inside = self.inside(fact, *part);
            let fits: Vec<Lit> =
                rungs.iter().filter_map(|at| self.space.ladder.whens.get(*at)).map(|when| when.yes).collect();
            let some = self.space.sat.or(&fits);
            taken.push(self.may_be(&[inside, some, self.space.computed]));
        }
        let Some(last) = taken.iter().rposition(|taken| *taken) else { return };
        let mut before = None;
        for (at, part) in parts.iter().enumerate().take(last) {
            if taken.get(at) == Some(&true) {
                before = Some(*part);
                continue;
            }
            let after = parts.iter().zip(&taken).skip(at).find(|(_, taken)| **taken);
            if let (Some(before), Some((after, _))) = (before, after) {
                self.hole((fact, *part), (before, *after), &rungs);
            }
        }
    }

    fn hole(&mut self, (fact, part): (FactId, (i64, i64)), around: ((i64, i64), (i64, i64)), rungs: &[usize]) {
        let policy = self.policy;
        let (below, above) = (self.inside(fact, around.0), self.inside(fact, around.1));
        let fits = |analyst: &mut Self, at: usize, inside: Lit| {
            let when = analyst.space.ladder.whens.get(at).map(|when| when.yes);
            when.is_some_and(|when| analyst.may_be(&[when, inside, analyst.space.computed]))
        };
        let milder = rungs.iter().rev().copied().find(|at| fits(self, *at, below));
        let severer = rungs.iter().copied().find(|at| fits(self, *at, above));
        let stage = |at: Option<usize>| at.and_then(|at| policy.stages().get(at));
        let (Some(milder), Some(severer)) = (stage(milder), stage(severer)) else { return };
        let (known, plain, from) = (self.space.all_known, self.space.plain, self.from_somewhere);
        let mut wanted = vec![self.inside(fact, part), known, plain, from, self.stage(0)];
        if policy.escalate().mode != Mode::Free {
            wanted.push(self.space.before_none());
        }
        let shows = |_: &Row, decision: &Decision| decision.stage == StageId::CURRENT;
        let at = self.at("stage", &milder.name, milder.span);
        let others = vec![self.at("stage", &severer.name, severer.span)];
        match self.find(&wanted, &shows) {
            Search::Shown(judged) => {
                let name = policy.input(fact).map_or("", |input| input.name.as_str());
                let (from, to) = part;
                let span = if from == to { format!("{from}") } else { format!("from {from} to {to}") };
                let says = format!(
                    "no stage takes an account of which `{name}` is {span}: \"{}\" ends before and \"{}\" begins after",
                    milder.name, severer.name
                );
                self.shown(Kind::Gap, at, others, says, &judged);
                // Else only an account that is seen for the first time stands in no stage there.
                if policy.escalate().mode != Mode::Free {
                    self.for_information();
                }
            }
            Search::None => {}
            Search::Unknown(why) => self.unknown(Kind::Gap, at, &why),
        }
    }

    /// Whether a fact is a number in a part.
    fn inside(&mut self, fact: FactId, (low, high): (i64, i64)) -> Lit {
        let (_, _, number) = self.space.state(Var::Fact(fact));
        let (below, up_to) =
            (self.space.at_most(Var::Fact(fact), low.saturating_sub(1)), self.space.at_most(Var::Fact(fact), high));
        self.space.sat.and(&[number, !below, up_to])
    }
}
