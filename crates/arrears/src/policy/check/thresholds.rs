//! Thresholds: their kind by first use, their ranges, values set at load.

use super::{Checker, Overrides};
use crate::condition::{Term, TermKind, ThresholdId};
use crate::draft::{Keyword, Statement};
use crate::number::{Kind, fixed};
use crate::policy::Threshold;
use crate::problem::{Label, Problem, nearest};
use crate::span::Span;
use rust_decimal::Decimal;

/// A threshold whose kind is not known until something uses it.
#[derive(Clone, Debug)]
pub(crate) struct ThresholdDraft {
    pub(crate) name: String,
    pub(crate) value: Option<Decimal>,
    pub(crate) value_span: Span,
    /// Its kind, and where it was first used.
    pub(crate) kind: Option<(Kind, Span)>,
    statement: Statement,
}

impl ThresholdDraft {
    /// The least value that may be set.
    pub(crate) fn least(&self) -> Option<Decimal> {
        self.statement.option("from").and_then(number_of)
    }

    /// Whether it is written without decimals.
    pub(crate) fn is_whole(&self) -> bool {
        self.value.is_none_or(|value| value.scale() == 0)
    }
}

impl Checker<'_> {
    /// Reads the names and values, before anything uses them.
    pub(crate) fn declare_thresholds(&mut self) {
        for statement in self.declared.all(Keyword::Threshold) {
            self.check_options(statement);
            let value = statement.value.as_ref();
            let number = value.and_then(number_of);
            if let (Some(value), None) = (value, number) {
                let problem =
                    Problem::error("P202", format!("the threshold `{}` is not a number", statement.name_text()))
                        .at(value.span, "expected a number")
                        .help("a threshold is one written number; conditions compare facts with it");
                self.report(problem);
            }
            self.thresholds.push(ThresholdDraft {
                name: statement.name_text().to_owned(),
                value: number,
                value_span: value.map_or(statement.span, |value| value.span),
                kind: None,
                statement: statement.clone(),
            });
        }
    }

    /// The position of the threshold called `name`.
    pub(crate) fn threshold(&self, name: &str) -> Option<usize> {
        self.thresholds.iter().position(|threshold| threshold.name == name)
    }

    /// Uses a threshold as a number of a kind; its kind is that of its first use.
    pub(crate) fn use_threshold(&mut self, index: usize, kind: Kind, span: Span) -> Option<ThresholdId> {
        let threshold = self.thresholds.get_mut(index)?;
        match threshold.kind {
            None => threshold.kind = Some((kind, span)),
            Some((first, at)) if first != kind => {
                let name = threshold.name.clone();
                let problem =
                    Problem::error("P212", format!("the threshold `{name}` is used as {first} and as {kind}"))
                        .at(span, format!("used as {kind}"))
                        .at(at, format!("first used as {first}"))
                        .help("declare two thresholds");
                self.report(problem);
                return None;
            }
            Some(_) => {}
        }
        u16::try_from(index).ok().map(ThresholdId)
    }

    /// Thresholds with their kinds, and the values in force.
    pub(crate) fn finish_thresholds(
        &mut self,
        overrides: Overrides<'_>,
        digits: Option<u32>,
    ) -> (Vec<Threshold>, Vec<i64>) {
        let drafts = std::mem::take(&mut self.thresholds);
        let mut finished = Vec::new();
        for draft in drafts {
            if draft.kind.is_none() {
                let problem = Problem::warning("P401", format!("nothing reads the threshold `{}`", draft.name))
                    .at(draft.statement.name_span(), "never used")
                    .help("take it out, or use it");
                self.report(problem);
            }
            let kind = draft.kind.map_or(if draft.is_whole() { Kind::Count } else { Kind::Ratio }, |(kind, _)| kind);
            if let Some(threshold) = self.finish_threshold(&draft, kind) {
                finished.push(threshold);
            }
        }
        let mut values: Vec<i64> = finished.iter().map(|threshold| threshold.written).collect();
        if let Some(digits) = digits {
            // What is set for a threshold that has a mistake of its own waits for that.
            let unfinished = |name: &str| {
                let known = self.declared.names(Keyword::Threshold).contains(&name);
                known && !finished.iter().any(|threshold| threshold.name == name)
            };
            let set_now: Vec<_> = overrides.iter().filter(|(name, _)| !unfinished(name)).cloned().collect();
            let problems = set(&finished, digits, &set_now, &mut values);
            self.problems.extend(problems);
        }
        (finished, values)
    }

    fn finish_threshold(&mut self, draft: &ThresholdDraft, kind: Kind) -> Option<Threshold> {
        let statement = &draft.statement;
        let Some(written) = self.literal(draft.value?, kind, draft.value_span) else {
            // The author may have mistaken the number or the use of it: show both.
            if let (Some((_, used)), Some(problem)) = (draft.kind, self.problems.last_mut()) {
                problem.labels.push(Label { span: used, text: format!("used as {kind}") });
            }
            return None;
        };
        let from = self.bound(statement, "from", kind)?;
        let to = self.bound(statement, "to", kind)?;
        let range = statement.option("from").zip(statement.option("to"));
        let span = range.map_or(statement.span, |(from, to)| from.span.to(to.span));
        if from > to {
            let problem = Problem::error("P307", format!("no value of `{}` lies in its range", draft.name))
                .at(span, "`from` is greater than `to`");
            self.report(problem);
        } else if !(from..=to).contains(&written) {
            let problem = Problem::error("P306", format!("the threshold `{}` lies outside its range", draft.name))
                .at(draft.value_span, "this value")
                .at(span, "its range")
                .help("widen the range only if its owner agrees");
            self.report(problem);
        }
        let text = |key: &str| statement.option(key).and_then(Term::as_text).map(str::to_owned);
        Some(Threshold {
            name: draft.name.clone(),
            kind,
            written,
            from,
            to,
            why: text("why").unwrap_or_default(),
            unit: text("unit"),
            owner: text("owner"),
            span: statement.name_span(),
        })
    }

    fn bound(&mut self, statement: &Statement, key: &str, kind: Kind) -> Option<i64> {
        let term = statement.option(key)?;
        match number_of(term) {
            Some(number) => self.literal(number, kind, term.span),
            None => {
                let problem = Problem::error("P208", format!("`{key}` is not a number"))
                    .at(term.span, format!("expected {kind}"));
                self.report(problem);
                None
            }
        }
    }
}

/// A written number, its sign included.
pub(crate) fn number_of(term: &Term) -> Option<Decimal> {
    match &term.kind {
        TermKind::Number(number) => Some(*number),
        TermKind::Negate(inner) => number_of(inner).map(|number| -number),
        _ => None,
    }
}

/// Sets values for thresholds, each inside its range; returns what cannot be set.
pub(crate) fn set(thresholds: &[Threshold], digits: u32, overrides: Overrides<'_>, values: &mut [i64]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, value) in overrides {
        let Some(index) = thresholds.iter().position(|threshold| threshold.name == *name) else {
            let mut problem = Problem::error("P113", format!("the policy has no threshold `{name}`"));
            problem = match nearest(name, thresholds.iter().map(|threshold| threshold.name.as_str())) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem,
            };
            problems.push(problem);
            continue;
        };
        let (Some(threshold), Some(slot)) = (thresholds.get(index), values.get_mut(index)) else {
            continue;
        };
        let decimals = threshold.kind.decimals(digits);
        match fixed(*value, decimals) {
            Ok(number) if (threshold.from..=threshold.to).contains(&number) => *slot = number,
            Ok(_) => {
                let show = |value| crate::number::show_fixed(value, decimals);
                let message = format!(
                    "`{name}` cannot be {value}: it may lie from {} to {}",
                    show(threshold.from),
                    show(threshold.to)
                );
                problems.push(Problem::error("P306", message).at(threshold.span, "its range is declared here"));
            }
            Err(error) => {
                let message = format!("`{name}` cannot be {value}: {error} for {}", threshold.kind);
                problems.push(Problem::error("P204", message).at(threshold.span, "declared here"));
            }
        }
    }
    problems
}
