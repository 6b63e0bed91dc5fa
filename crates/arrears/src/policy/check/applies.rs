//! Which accounts the policy is for: `applies when`, read from the table alone.

use super::{Checker, Phase};
use crate::condition::{Cond, FactId};
use crate::draft::Keyword;
use crate::policy::Need;
use crate::problem::Problem;
use crate::span::Span;

impl Checker<'_> {
    /// `applies when ...`.
    pub(crate) fn applies(&mut self) -> Option<Cond> {
        let mut all = self.statements(Keyword::Applies);
        let first = all.next()?;
        for again in all {
            self.once(again, first);
        }
        self.cond(first.when.as_ref()?, Phase::Facts)
    }

    /// Reports what `applies when` reads beyond the table. Whose account it is must not depend on what a policy
    /// did to it before, or an account could slip away from every policy by being decided.
    pub(crate) fn reads_the_table_only(&mut self, applies: &Cond) {
        let mut reads: Vec<(FactId, Span)> = Vec::new();
        applies.each_fact_at(&mut |id, span| reads.push((id, span)));
        for (id, span) in reads {
            let Some(input) = self.vocabulary.get(id) else { continue };
            let why = match input.need {
                Need::State(_) => "left by the last decision",
                Need::Script => "computed by a script, which may fail",
                _ if input.name == "reachable" => "follows from what results of contacts taught",
                _ => continue,
            };
            let problem = Problem::error("P123", format!("`applies when` must not read `{}`", input.written))
                .at(span, why)
                .help("which policy an account belongs to is read from its table: its product, its book, its marks");
            self.report(problem);
        }
    }
}
