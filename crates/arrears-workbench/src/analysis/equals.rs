//! Treatments that do the same in one stage and both fit an account: their order decides.

use super::analyst::Analyst;
use super::finding::Kind;
use crate::proof::sat::Lit;
use crate::proof::search::Search;
use arrears::Class;
use arrears::policy::{StageId, TreatmentId};
use std::collections::BTreeSet;

/// More pairs of treatments than this are not compared.
const MOST_PAIRS: usize = 200;

impl Analyst<'_> {
    pub(super) fn equals(&mut self) {
        let (mut told, mut left) = (BTreeSet::new(), MOST_PAIRS);
        for index in 0..self.policy.stages().len() {
            if self.reachable.get(index) != Some(&true) {
                continue;
            }
            let turns = self.policy.turns(StageId::at(u8::try_from(index).unwrap_or(u8::MAX)));
            for (position, first) in turns.iter().enumerate() {
                for second in turns.iter().skip(position + 1) {
                    if !self.do_the_same(*first, *second) {
                        continue;
                    }
                    let pair = (first.index(), second.index());
                    if told.contains(&pair) {
                        continue;
                    }
                    if left == 0 {
                        let at = self.at("policy", &self.policy.head().name, self.policy.head().span);
                        let why = format!("no more than {MOST_PAIRS} pairs of treatments are compared");
                        self.unknown(Kind::Overlap, at, &why);
                        return self.in_order(&told);
                    }
                    left -= 1;
                    if self.both_fit(index, (*first, *second)) {
                        told.insert(pair);
                    }
                }
            }
        }
        self.in_order(&told);
    }

    /// Whether two treatments do the same to a person or an account, and neither takes everybody.
    fn do_the_same(&self, first: TreatmentId, second: TreatmentId) -> bool {
        let treatment = |id: TreatmentId| self.policy.treatments().get(id.index());
        treatment(first).zip(treatment(second)).is_some_and(|(one, other)| {
            one.verb == other.verb && one.class != Class::Internal && one.when.is_some() && other.when.is_some()
        })
    }

    /// Whether two treatments may both fit in a stage, and neither only where the other does.
    fn both_fit(&mut self, stage: usize, (first, second): (TreatmentId, TreatmentId)) -> bool {
        let turns = &self.space.turns.turns;
        let both = turns.get(first.index()).copied().zip(turns.get(second.index()).copied());
        let Some((one, other)) = both else { return false };
        let here = [self.from_somewhere, self.space.all_known, self.space.plain, self.stage(stage)];
        let mut with = |more: [Lit; 2]| {
            let wanted: Vec<_> = here.iter().copied().chain(more).collect();
            self.may_be(&wanted)
        };
        with([one.ready, other.ready]) && with([one.fits.yes, other.fits.no]) && with([one.fits.no, other.fits.yes])
    }

    fn in_order(&mut self, pairs: &BTreeSet<(usize, usize)>) {
        for (first, second) in pairs {
            self.pair_in_order(*first, *second);
        }
    }

    fn pair_in_order(&mut self, first: usize, second: usize) {
        let treatments = self.policy.treatments();
        let (Some(one), Some(other)) = (treatments.get(first), treatments.get(second)) else { return };
        let turns = &self.space.turns.turns;
        let (Some(fits), Some(chosen)) =
            (turns.get(second).map(|turn| turn.ready), self.space.turns.chosen.get(first).copied())
        else {
            return;
        };
        let judge = self.judge;
        let shows = |row: &arrears::Row, decision: &arrears::Decision| {
            let fits = other.when.as_ref().is_some_and(|when| judge.truth(row, when, decision.types).is_true());
            fits && decision.treatment.is_some_and(|chosen| chosen.index() == first)
                && other.stages.has(i64::try_from(decision.stage.index()).unwrap_or(-1))
        };
        let both = one.stages.positions().filter(|stage| other.stages.has(i64::try_from(*stage).unwrap_or(-1)));
        let stages: Vec<Lit> = both.map(|stage| self.stage(stage)).collect();
        let here = self.space.sat.or(&stages);
        let at = self.at("treatment", &one.name, one.span);
        let others = vec![self.at("treatment", &other.name, other.span)];
        match self.find(&[self.from_somewhere, here, fits, chosen], &shows) {
            Search::Shown(judged) => {
                let says = format!(
                    "an account can fit both \"{}\" and \"{}\", and both do the same: \"{}\" is taken, because it stands first",
                    one.name, other.name, one.name
                );
                self.shown(Kind::Overlap, at, others, says, &judged);
            }
            Search::None => {}
            Search::Unknown(why) => self.unknown(Kind::Overlap, at, &why),
        }
    }
}
