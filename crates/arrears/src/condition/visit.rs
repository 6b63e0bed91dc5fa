//! Going over the parts of a condition without giving them a meaning.

use super::{Cond, CondKind, FactId, Num, NumKind, ThresholdId};
use crate::span::Span;

impl Cond {
    /// Calls `see` with the condition and every condition inside it, outermost first.
    pub fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        match &self.kind {
            CondKind::Not(inner) => inner.each(see),
            CondKind::All(parts) | CondKind::Any(parts) => {
                for part in parts {
                    part.each(see);
                }
            }
            CondKind::Coalesce(first, second) => {
                first.each(see);
                second.each(see);
            }
            CondKind::Define(_, inner) => inner.each(see),
            _ => {}
        }
    }

    /// Calls `see` with every fact that the condition reads.
    pub fn each_fact(&self, see: &mut dyn FnMut(FactId)) {
        self.each_fact_at(&mut |id, _| see(id));
    }

    /// Calls `see` with every fact that the condition reads, and where it reads it.
    pub fn each_fact_at(&self, see: &mut dyn FnMut(FactId, Span)) {
        self.each(&mut |part| match &part.kind {
            CondKind::Flag(id) | CondKind::Known(id) | CondKind::NotYet(id) => see(*id, part.span),
            CondKind::NotSince(first, second) => {
                see(*first, part.span);
                see(*second, part.span);
            }
            CondKind::Compare(_, left, right) => {
                left.each(&mut |num| num.fact(see));
                right.each(&mut |num| num.fact(see));
            }
            CondKind::Within(word, _) => word.each(&mut |num| num.fact(see)),
            _ => {}
        });
    }

    /// Calls `see` with every threshold that the condition reads.
    pub fn each_threshold(&self, see: &mut dyn FnMut(ThresholdId)) {
        self.each(&mut |part| {
            if let CondKind::Compare(_, left, right) = &part.kind {
                for side in [left, right] {
                    side.each(&mut |num| {
                        if let NumKind::Threshold(id) = num.kind {
                            see(id);
                        }
                    });
                }
            }
        });
    }
}

impl Num {
    /// Calls `see` with the number and every number inside it.
    pub fn each<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        match &self.kind {
            NumKind::Op(_, left, right) | NumKind::Coalesce(left, right) => {
                left.each(see);
                right.each(see);
            }
            NumKind::Negate(inner) | NumKind::Abs(inner) => inner.each(see),
            NumKind::Fact(_) | NumKind::Literal(_) | NumKind::Threshold(_) => {}
        }
    }

    fn fact(&self, see: &mut dyn FnMut(FactId, Span)) {
        if let NumKind::Fact(id) = self.kind {
            see(id, self.span);
        }
    }
}
