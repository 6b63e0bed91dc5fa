//! What is allowed, but probably not meant.

use super::Checker;
use crate::condition::{Cmp, Cond, CondKind, FactId, Num, NumKind};
use crate::facts::Movement;
use crate::number::{Cell, Kind};
use crate::policy::{DebtorType, EngineFacts, Stage, Treatment, TreatmentId};
use crate::problem::Problem;

impl Checker<'_> {
    /// Warnings over the whole policy.
    pub(crate) fn warnings(
        &mut self,
        stages: &[Stage],
        treatments: &[Treatment],
        by_stage: &[Vec<TreatmentId>],
        types: &[DebtorType],
    ) {
        self.shadowed_types(types);
        self.milder_later(stages, treatments, by_stage);
        for (stage, list) in stages.iter().zip(by_stage).skip(1) {
            if list.is_empty() {
                let problem = Problem::warning("P406", format!("the stage \"{}\" has no treatment", stage.name))
                    .at(stage.span, "accounts here are only reviewed")
                    .help("if that is meant, say so with a treatment that does `note()`");
                self.report(problem);
            }
        }
        for treatment in treatments {
            if let Some(when) = &treatment.when {
                self.without_not_yet(when);
            }
        }
    }

    /// A type whose condition implies that of a type above it.
    fn shadowed_types(&mut self, types: &[DebtorType]) {
        for (index, below) in types.iter().enumerate() {
            let Some(when) = &below.when else { continue };
            let above =
                types.iter().take(index).find(|above| above.when.as_ref().is_some_and(|above| implies(when, above)));
            if let Some(above) = above {
                let first = above.when.as_ref().map_or(above.span, |when| when.span);
                let problem = Problem::warning("P301", format!("debtor type \"{}\" can never be chosen", below.name))
                    .at(when.span, "already taken")
                    .at(first, "every such account stops here")
                    .help(format!("move it above \"{}\", or narrow \"{}\"", above.name, above.name));
                self.report(problem);
            }
        }
    }

    /// The engine's law that missing data never makes an action stronger holds where
    /// treatments do not get milder from stage to stage.
    fn milder_later(&mut self, stages: &[Stage], treatments: &[Treatment], by_stage: &[Vec<TreatmentId>]) {
        let strengths = |list: &[TreatmentId]| -> Vec<u8> {
            list.iter().filter_map(|id| treatments.get(id.index())).map(|treatment| treatment.strength).collect()
        };
        let rungs: Vec<(&Stage, Vec<u8>)> = stages
            .iter()
            .zip(by_stage)
            .filter(|(stage, _)| !stage.beside)
            .map(|(stage, list)| (stage, strengths(list)))
            .filter(|(_, strengths)| !strengths.is_empty())
            .collect();
        for pair in rungs.windows(2) {
            let [(milder, before), (severe, after)] = pair else {
                continue;
            };
            if before.iter().max() > after.iter().max() {
                let problem = Problem::warning(
                    "P404",
                    format!("treatments get milder from \"{}\" to \"{}\"", milder.name, severe.name),
                )
                .at(severe.span, "weaker than the stage before it")
                .at(milder.span, "stronger treatments here")
                .help("a missing fact may keep an account in the milder stage, where more is done");
                self.report(problem);
            }
        }
    }

    /// `days_since(x) >= n` in a treatment, without the half that asks for never.
    fn without_not_yet(&mut self, when: &Cond) {
        let mut asked: Vec<FactId> = Vec::new();
        when.each(&mut |part| match part.kind {
            CondKind::NotYet(id) => asked.push(id),
            CondKind::NotSince(first, second) => asked.extend([first, second]),
            _ => {}
        });
        let mut found: Vec<(FactId, crate::Span)> = Vec::new();
        when.each(&mut |part| {
            if let CondKind::Compare(Cmp::Ge | Cmp::Gt, Num { kind: NumKind::Fact(id), .. }, _) = &part.kind {
                found.push((*id, part.span));
            }
        });
        for (id, span) in found {
            let Some(input) = self.vocabulary.get(id) else {
                continue;
            };
            let counts_up = input.never
                && input.kind == Kind::Days
                && matches!(input.movement, Movement::Up | Movement::Begins | Movement::Ages);
            if counts_up && !asked.contains(&id) {
                let written = input.written.clone();
                let problem = Problem::warning("P403", format!("`{written}` may be never, and then this is false"))
                    .at(span, "false for whom it never happened")
                    .help(format!(
                        "if those are meant too, add `not_yet({written}) ||`; for a gap between contacts use `every`"
                    ));
                self.report(problem);
            }
        }
    }

    /// The facts that the engine itself reads.
    pub(crate) fn engine_facts(&mut self) -> Option<EngineFacts> {
        let state = |checker: &mut Self, name| checker.optional(name, Cell::UNKNOWN);
        let known = EngineFacts {
            closed: self.optional("closed", Cell::FALSE),
            previous_stage: state(self, "previous_stage"),
            days_in_stage: state(self, "days_in_stage"),
            previous_rung: state(self, "previous_rung"),
            days_on_rung: state(self, "days_on_rung"),
            days_since_decision: state(self, "days_since_decision"),
            zones: self.optional("zones", Cell::UNKNOWN),
            stated_from: self.optional("stated_from", Cell::UNKNOWN),
            stated_to: self.optional("stated_to", Cell::UNKNOWN),
            current_stage: self.vocabulary.find("current_stage"),
            action: self.vocabulary.find("action"),
            channel: self.vocabulary.find("channel"),
            treatment: self.vocabulary.find("chosen_treatment"),
            dpd: self.vocabulary.find("dpd"),
            overdue: self.vocabulary.find("overdue"),
            occupation: self.vocabulary.find("occupation"),
            pause_left: self.vocabulary.find("pause_left"),
            callback_in: self.vocabulary.find("callback_in"),
            retry_in: self.vocabulary.find("retry_in"),
            retry_treatment: self.vocabulary.find("retry_treatment"),
        };
        for name in ["previous_type", "last_treatment", "days_since_treatment"] {
            state(self, name);
        }
        let full = self.vocabulary.inputs.len() > usize::from(u16::MAX);
        (!full).then_some(known)
    }
}

/// Whether `narrow` can hold only where `wide` holds, as far as single comparisons tell.
fn implies(narrow: &Cond, wide: &Cond) -> bool {
    if narrow.number == wide.number {
        return true;
    }
    match (&narrow.kind, &wide.kind) {
        (CondKind::Define(_, inner), _) => implies(inner, wide),
        (_, CondKind::Define(_, inner)) => implies(narrow, inner),
        (_, CondKind::All(parts)) => parts.iter().all(|part| implies(narrow, part)),
        (_, CondKind::Any(parts)) if parts.iter().any(|part| implies(narrow, part)) => true,
        (CondKind::All(parts), _) => parts.iter().any(|part| implies(part, wide)),
        (CondKind::Any(parts), _) => parts.iter().all(|part| implies(part, wide)),
        (CondKind::Compare(a, left, x), CondKind::Compare(b, right, y)) => {
            same_fact(left, right) && tighter(*a, x, *b, y)
        }
        (CondKind::Within(left, few), CondKind::Within(right, many)) => same_fact(left, right) && few.inside(*many),
        _ => false,
    }
}

fn same_fact(left: &Num, right: &Num) -> bool {
    matches!((&left.kind, &right.kind), (NumKind::Fact(a), NumKind::Fact(b)) if a == b)
}

fn tighter(a: Cmp, x: &Num, b: Cmp, y: &Num) -> bool {
    let (NumKind::Literal(x), NumKind::Literal(y)) = (&x.kind, &y.kind) else {
        return false;
    };
    match (a, b) {
        (Cmp::Ge | Cmp::Gt | Cmp::Eq, Cmp::Ge) | (Cmp::Gt, Cmp::Gt) => x >= y,
        (Cmp::Ge | Cmp::Eq, Cmp::Gt) => x > y,
        (Cmp::Le | Cmp::Lt | Cmp::Eq, Cmp::Le) | (Cmp::Lt, Cmp::Lt) => x <= y,
        (Cmp::Le | Cmp::Eq, Cmp::Lt) => x < y,
        (Cmp::Eq, Cmp::Eq) | (Cmp::Ne, Cmp::Ne) => x == y,
        _ => false,
    }
}
