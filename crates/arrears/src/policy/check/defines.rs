//! The words of a policy: each define is checked once, and may be read once everything it needs is decided.

use super::{Checker, DefineState, Phase};
use crate::condition::{Cond, CondKind, FactId, Term, TermKind};
use crate::draft::{Keyword, Statement};
use crate::problem::Problem;
use crate::span::Span;
use std::sync::Arc;

impl Checker<'_> {
    /// The condition of a define and the phase it needs; each is checked once.
    pub(crate) fn define(&mut self, name: &str, at: Span) -> Option<(Arc<Cond>, Phase)> {
        match self.defines.get(name) {
            Some(DefineState::Done(cond, phase)) => return Some((Arc::clone(cond), *phase)),
            Some(DefineState::Broken) => return None,
            Some(DefineState::Open) => {
                let span =
                    self.declared.find(Keyword::Define, name).map_or(Span::NONE, |statement| statement.name_span());
                let problem = Problem::error("P112", format!("the define `{name}` needs itself"))
                    .at(at, "leads back to it")
                    .at(span, "needed here")
                    .help("say one of them in terms of facts");
                self.report(problem);
                return None;
            }
            None => {}
        }
        let statement = self.declared.find(Keyword::Define, name)?;
        self.defines.insert(name.to_owned(), DefineState::Open);
        let value = statement.value.as_ref();
        let cond = value.and_then(|value| self.cond(value, if self.guards { Phase::Contact } else { Phase::Decided }));
        let state = match cond {
            Some(cond) => {
                let phase = self.phase_of(&cond);
                DefineState::Done(Arc::new(cond), phase)
            }
            None => DefineState::Broken,
        };
        let found = match &state {
            DefineState::Done(cond, phase) => Some((Arc::clone(cond), *phase)),
            _ => None,
        };
        self.defines.insert(name.to_owned(), state);
        found
    }

    /// The first phase in which everything that the condition reads is decided.
    pub(crate) fn phase_of(&self, cond: &Cond) -> Phase {
        let mut phase = Phase::Facts;
        cond.each_fact(&mut |id| phase = phase.max(self.fact_phase(id)));
        cond.each(&mut |part| {
            if matches!(part.kind, CondKind::DebtorType(_)) {
                phase = phase.max(Phase::Typed);
            }
        });
        phase
    }

    fn fact_phase(&self, id: FactId) -> Phase {
        match self.vocabulary.get(id).map(|input| input.name.as_str()) {
            Some("willingness" | "ability" | "quadrant") => Phase::Assessed,
            Some("debtor_type") => Phase::Typed,
            Some("current_stage") => Phase::Staged,
            Some("action" | "channel" | "chosen_treatment") => Phase::Decided,
            _ => Phase::Facts,
        }
    }

    /// Defines that no statement reads are checked all the same. One that only another
    /// unread define reads is not reported with it.
    pub(crate) fn remaining_defines(&mut self) {
        let unread: Vec<&Statement> = self
            .statements(Keyword::Define)
            .filter(|statement| !self.defines.contains_key(statement.name_text()))
            .filter(|statement| !self.house.contains(statement.name_text()))
            .collect();
        for statement in &unread {
            let name = statement.name_text();
            self.define(name, statement.span);
            let mut others = unread.iter().filter(|other| other.name_text() != name);
            if !others.any(|other| other.value.as_ref().is_some_and(|value| mentions(value, name))) {
                let problem = Problem::warning("P405", format!("nothing reads the define `{name}`"))
                    .at(statement.name_span(), "never used")
                    .help("take it out, or use it");
                self.report(problem);
            }
        }
    }
}

/// Whether a condition speaks of `name`.
fn mentions(term: &Term, name: &str) -> bool {
    matches!(&term.kind, TermKind::Name(written) if written == name)
        || term.parts().into_iter().any(|part| mentions(part, name))
}
