//! Going over everything that a policy says.

use super::Policy;
use crate::condition::{Cond, FactId};
use crate::draft::Draft;
use crate::number::Cell;
use crate::span::Span;

impl Policy {
    /// The policy as it was written: every statement in the order in which it was read. What is written there and
    /// not kept elsewhere, such as why an `ease` stands or when a threshold is looked at again, is read from here.
    pub fn draft(&self) -> &Draft {
        &self.body.draft
    }

    /// Calls `see` with every condition of every statement, in the order of the decision.
    pub fn each_cond<'a>(&'a self, see: &mut dyn FnMut(&'a Cond)) {
        let body = &self.body;
        body.applies.iter().for_each(&mut *see);
        body.signs.iter().for_each(|sign| see(&sign.when));
        body.holds.iter().for_each(|hold| see(&hold.when));
        body.types.iter().filter_map(|kind| kind.when.as_ref()).for_each(&mut *see);
        body.stages.iter().filter_map(|stage| stage.when.as_ref()).for_each(&mut *see);
        body.eases.iter().for_each(|ease| see(&ease.when));
        body.cures.iter().for_each(|cure| see(&cure.when));
        body.duties.iter().for_each(|duty| see(&duty.when));
        body.acts.iter().for_each(|act| see(&act.when));
        for treatment in &body.treatments {
            treatment.conditions().for_each(&mut *see);
        }
        for invariant in &body.invariants {
            see(&invariant.when);
            invariant.then.iter().for_each(&mut *see);
        }
    }

    /// A condition in the policy's own words, on one line; written out where the policy has no text.
    pub fn words_of(&self, cond: &Cond) -> String {
        super::words::cond(self, cond)
    }

    /// The file and line of something in the policy: `cn-card.rhai:71`; none for what a program built.
    pub fn place_of(&self, span: Span) -> Option<String> {
        super::words::place(self, span)
    }

    /// A cell of a fact as people read it: `31`, `120.00 CNY`, `true`, `valid`, `never`,
    /// `not known`.
    pub fn show_cell(&self, fact: FactId, cell: Cell) -> String {
        let Some(input) = self.input(fact) else {
            return "not known".to_owned();
        };
        if cell.is_never() {
            return "never".to_owned();
        }
        match (input.word_of(cell), cell.get()) {
            (Some(word), _) if input.kind == crate::Kind::Category => word.to_owned(),
            (_, Some(number)) => self.show(number, input.kind),
            (_, None) => "not known".to_owned(),
        }
    }
}
