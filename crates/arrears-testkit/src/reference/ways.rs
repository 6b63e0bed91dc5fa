//! Where the account is: every way in which the conditions that cannot be read might
//! turn out is tried, one after the other.

use super::draft::{all, flag, text, texts};
use super::ladder::{Base, CURRENT, Ladder, Question, Rung, Stood};
use super::value::Truth;
use arrears::condition::Term;
use arrears::draft::{Keyword, Statement};
use std::collections::BTreeSet;

/// Where the account is placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// The stage.
    pub(super) stage: String,
    /// The rung, kept while the account is beside the ladder.
    pub(super) rung: String,
    /// Why.
    pub(super) reason: &'static str,
    /// Whether missing facts leave the stage open.
    pub(super) uncertain: bool,
    /// Every rung on which the account might stand if the missing facts were known.
    pub(super) possible: BTreeSet<String>,
    /// What a cure does to the account.
    pub(super) relief: Vec<String>,
    /// The facts for want of which a stage cannot be read.
    pub(super) missing: BTreeSet<String>,
}

impl<'a> Ladder<'_, 'a> {
    /// Places the account.
    pub(super) fn place(&self) -> Placed {
        let settled = self.descend();
        let mut stages = BTreeSet::new();
        self.each_way(&mut || {
            stages.insert(self.descend().0);
        });
        let uncertain = stages.len() > 1;
        let mut missing = BTreeSet::new();
        if uncertain {
            for when in self.open.borrow().values().copied().flatten() {
                self.reading.missing(when, &mut missing);
            }
        }
        let (stage, rung, reason) = if uncertain {
            (self.before().unwrap_or_else(|| CURRENT.to_owned()), self.name(self.standing()), "stays")
        } else {
            settled
        };
        for above in self.rungs().into_iter().filter(|above| above.severity > self.severity(&rung)) {
            if let Some(when) = &above.statement.when {
                self.reading.missing(when, &mut missing);
            }
        }
        let on_the_ladder = !uncertain && stage == rung;
        let possible = if on_the_ladder { self.possible() } else { BTreeSet::new() };
        let relief = if reason == "cure" { self.relief() } else { Vec::new() };
        Placed { stage, rung, reason, uncertain, possible, relief, missing }
    }

    /// Runs `see` for every way in which open questions may be answered. More questions
    /// may open while the first are answered.
    fn each_way(&self, see: &mut dyn FnMut()) {
        let mut known = usize::MAX;
        while self.open.borrow().len() != known {
            known = self.open.borrow().len();
            let questions: Vec<Question> = self.open.borrow().keys().copied().collect();
            for way in 0..1_u64 << questions.len() {
                let answers = questions.iter().enumerate().map(|(at, question)| (*question, way >> at & 1 == 1));
                *self.way.borrow_mut() = answers.collect();
                see();
            }
        }
        self.way.borrow_mut().clear();
    }

    /// The answer to a question; if there is none, the one that is being tried, or no.
    fn ask(&self, question: Question, answer: Truth, when: Option<&'a Term>) -> bool {
        answer.unwrap_or_else(|| {
            self.open.borrow_mut().insert(question, when);
            self.way.borrow().get(&question).copied().unwrap_or(false)
        })
    }

    pub(super) fn holds(&self, statement: &'a Statement) -> bool {
        self.ask((self.place_of(statement), "when"), self.truth(statement), statement.when.as_ref())
    }

    /// The stage, the rung and the reason, unknown ways down and aside taken as they are
    /// being tried, unknown rungs not stood on.
    fn descend(&self) -> (String, String, &'static str) {
        let standing = self.standing();
        for stage in all(self.draft, Keyword::Stage).into_iter().filter(|stage| flag(&stage.options, "beside")) {
            if self.holds(stage) {
                let stays = self.before().as_deref() == Some(stage.name_text());
                let reason = if stays { "stays" } else { "condition" };
                return (stage.name_text().to_owned(), self.name(standing), reason);
            }
        }
        let (rung, reason) = self.climb(self.base());
        (self.name(rung), self.name(rung), reason)
    }

    /// The same with every open question answered.
    fn would_enter(&self, rung: Rung<'a>, base: Base, stood: Stood) -> bool {
        if !self.comes_after(rung, base) || !self.holds(rung.statement) {
            return false;
        }
        let served = if rung.severity > base.severity { self.served(rung, stood) } else { Some(true) };
        self.ask((rung.severity, "dwell"), served, None)
    }

    /// The rungs on which the account would stand, over all the ways in which open
    /// questions might be answered.
    fn possible(&self) -> BTreeSet<String> {
        self.open.borrow_mut().clear();
        let mut possible = BTreeSet::new();
        self.each_way(&mut || {
            let base = self.base();
            let reached = self.would_climb(base);
            let capped = if self.repeats() { reached.min(self.standing()) } else { reached };
            possible.insert(self.name(capped));
        });
        possible
    }

    fn would_climb(&self, base: Base) -> usize {
        let free = self.mode() == "free";
        let floor = if free { 0 } else { base.severity };
        let above = self.rungs().into_iter().filter(|rung| rung.severity > floor);
        if free || self.mode() == "skip" || self.enters() {
            let since = Self::stood(base, base.severity);
            let open = above.filter(|rung| self.would_enter(*rung, base, since));
            return open.map(|rung| rung.severity).max().unwrap_or(floor);
        }
        let (mut at, mut left) = (base.severity, self.steps());
        for rung in above {
            if left > 0 && self.would_enter(rung, base, Self::stood(base, at)) {
                at = rung.severity;
                left -= 1;
            }
        }
        at
    }

    /// What the cure that holds does to the account.
    fn relief(&self) -> Vec<String> {
        let standing = self.standing();
        let cure = all(self.draft, Keyword::Cure).into_iter().find(|cure| {
            let to = self.severity(text(&cure.options, "to").unwrap_or(CURRENT));
            standing > to && self.truth(cure) == Some(true)
        });
        cure.map(|cure| texts(&cure.options, "then")).unwrap_or_default().into_iter().map(str::to_owned).collect()
    }
}
