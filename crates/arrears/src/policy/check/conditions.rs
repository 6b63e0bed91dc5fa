//! From written conditions to typed ones.

use super::wording::{describe, example};
use super::{Checker, Phase};
use crate::condition::{Cmp, Cond, CondKind, FactId, NumKind, Term, TermKind};
use crate::draft::Keyword;
use crate::facts::table;
use crate::number::Kind;
use crate::problem::Problem;
use crate::span::Span;
use std::sync::Arc;

impl Checker<'_> {
    /// A condition with its number.
    pub(crate) fn numbered(&mut self, kind: CondKind, span: Span) -> Cond {
        self.numbering.cond(kind, span)
    }

    /// Checks a written condition; none if it was reported as wrong.
    pub(crate) fn cond(&mut self, term: &Term, phase: Phase) -> Option<Cond> {
        let span = term.span;
        let kind = match &term.kind {
            TermKind::Flag(holds) => CondKind::Constant(*holds),
            TermKind::Name(name) => return self.named_cond(name, span, phase),
            TermKind::Not(inner) => CondKind::Not(Box::new(self.cond(inner, phase)?)),
            TermKind::All(parts) => CondKind::All(self.conds(parts, phase)?),
            TermKind::Any(parts) => CondKind::Any(self.conds(parts, phase)?),
            TermKind::Compare(cmp, left, right) => {
                return self.comparison(*cmp, left, right, span, phase);
            }
            TermKind::In(value, set) => return self.membership(value, set, span, phase),
            TermKind::Coalesce(first, second) => {
                let first = self.cond(first, phase)?;
                let second = self.cond(second, phase)?;
                CondKind::Coalesce(Box::new(first), Box::new(second))
            }
            TermKind::Call(function, arguments) => {
                return self.called_cond(function, arguments, span, phase);
            }
            _ => return self.not_a_condition(term),
        };
        Some(self.numbered(kind, span))
    }

    fn conds(&mut self, parts: &[Term], phase: Phase) -> Option<Box<[Cond]>> {
        // Every part is checked, so that every problem is reported.
        let parts: Vec<Option<Cond>> = parts.iter().map(|part| self.cond(part, phase)).collect();
        parts.into_iter().collect()
    }

    fn not_a_condition<T>(&mut self, term: &Term) -> Option<T> {
        let what = describe(&term.kind);
        let problem = Problem::error("P201", format!("{what} is not a condition"))
            .at(term.span, "neither true nor false")
            .help("compare it with something, as in `dpd >= 30`");
        self.report(problem);
        None
    }

    fn named_cond(&mut self, name: &str, span: Span, phase: Phase) -> Option<Cond> {
        if let Some(statement) = self.declared.find(Keyword::Define, name) {
            let (cond, needs) = self.define(name, span)?;
            if needs > phase {
                let problem = Problem::error("P115", format!("`{name}` reads what is decided later"))
                    .at(span, "not yet decided here")
                    .at(statement.name_span(), "declared here");
                self.report(problem);
                return None;
            }
            return Some(Cond { number: cond.number, kind: CondKind::Define(Arc::from(name), cond), span });
        }
        if self.declared.is_broken(Keyword::Define, name) {
            return None;
        }
        if self.threshold(name).is_some() {
            let problem = Problem::error("P201", format!("the threshold `{name}` is not a condition"))
                .at(span, "a number")
                .help(format!("compare a fact with it, as in `dpd >= {name}`"));
            self.report(problem);
            return None;
        }
        let id = self.read(name, span, phase)?;
        let kind = self.vocabulary.get(id)?.kind;
        if kind != Kind::Flag {
            let problem = Problem::error("P201", format!("`{name}` is {kind}, not a condition"))
                .at(span, "neither true nor false")
                .help(example(name, kind));
            self.report(problem);
            return None;
        }
        Some(self.numbered(CondKind::Flag(id), span))
    }

    /// A fact that a statement itself reads.
    pub(crate) fn read(&mut self, name: &str, span: Span, phase: Phase) -> Option<FactId> {
        let id = self.fact(name, span, phase)?;
        if table::find(name).is_some() {
            self.read_table(name, span);
        }
        Some(id)
    }

    fn comparison(&mut self, cmp: Cmp, left: &Term, right: &Term, span: Span, phase: Phase) -> Option<Cond> {
        for (one, other) in [(left, right), (right, left)] {
            if let TermKind::Flag(holds) = one.kind {
                return self.flag_comparison(cmp, other, holds, span, phase);
            }
        }
        for (word, text) in [(left, right), (right, left)] {
            if let TermKind::Text(_) = text.kind {
                return self.word_comparison(cmp, word, &[text], span, phase);
            }
        }
        let (left, right) = self.two_numbers(left, right, phase)?;
        Some(self.numbered(CondKind::Compare(cmp, left, right), span))
    }

    fn flag_comparison(&mut self, cmp: Cmp, other: &Term, holds: bool, span: Span, phase: Phase) -> Option<Cond> {
        let inner = self.cond(other, phase)?;
        match (cmp, holds) {
            (Cmp::Eq, true) | (Cmp::Ne, false) => Some(Cond { span, ..inner }),
            (Cmp::Eq, false) | (Cmp::Ne, true) => Some(self.numbered(CondKind::Not(Box::new(inner)), span)),
            _ => {
                let problem = Problem::error("P207", "true and false have no order")
                    .at(span, "compared by size")
                    .help("use the condition itself, or `!` before it");
                self.report(problem);
                None
            }
        }
    }

    fn membership(&mut self, value: &Term, set: &Term, span: Span, phase: Phase) -> Option<Cond> {
        match &set.kind {
            TermKind::List(items) if items.is_empty() => {
                let problem = Problem::error("P211", "nothing is in an empty list").at(set.span, "empty");
                self.report(problem);
                None
            }
            TermKind::List(items) if items.iter().all(|item| item.as_text().is_some()) => {
                let texts: Vec<&Term> = items.iter().collect();
                self.word_comparison(Cmp::Eq, value, &texts, span, phase)
            }
            TermKind::List(items) if items.iter().any(|item| item.as_text().is_some()) => {
                for item in items.iter().filter(|item| item.as_text().is_none()) {
                    let problem = Problem::error("P214", format!("{} is not a word", describe(&item.kind)))
                        .at(item.span, "among words");
                    self.report(problem);
                }
                None
            }
            TermKind::List(items) => {
                let mut parts = Vec::new();
                for item in items {
                    let (left, right) = self.two_numbers(value, item, phase)?;
                    parts.push(self.numbered(CondKind::Compare(Cmp::Eq, left, right), span));
                }
                Some(self.numbered(CondKind::Any(parts.into()), span))
            }
            TermKind::Range { from, to, inclusive } => {
                self.range(value, from.as_deref(), to.as_deref(), *inclusive, span, phase)
            }
            _ => {
                let problem = Problem::error("P202", format!("{} is neither a list nor a range", describe(&set.kind)))
                    .at(set.span, "expected `[a, b]` or `a..=b`");
                self.report(problem);
                None
            }
        }
    }

    fn range(
        &mut self,
        value: &Term,
        from: Option<&Term>,
        to: Option<&Term>,
        inclusive: bool,
        span: Span,
        phase: Phase,
    ) -> Option<Cond> {
        let mut parts = Vec::new();
        if let Some(from) = from {
            let (left, right) = self.two_numbers(value, from, phase)?;
            parts.push(self.numbered(CondKind::Compare(Cmp::Ge, left, right), span));
        }
        let last = if inclusive { Cmp::Le } else { Cmp::Lt };
        if let Some(to) = to {
            let (left, right) = self.two_numbers(value, to, phase)?;
            parts.push(self.numbered(CondKind::Compare(last, left, right), span));
        }
        if let [Cond { kind: CondKind::Compare(_, _, low), .. }, Cond { kind: CondKind::Compare(cmp, _, high), .. }] =
            parts.as_slice()
            && let (NumKind::Literal(low), NumKind::Literal(high)) = (&low.kind, &high.kind)
            && !(if *cmp == Cmp::Lt { low < high } else { low <= high })
        {
            let help = if low == high {
                "`..` leaves out the last value; `..=` keeps it"
            } else {
                "the smaller value comes first"
            };
            let problem = Problem::error("P211", "no value lies in this range")
                .at(from.map_or(span, |from| from.span).to(to.map_or(span, |to| to.span)), "empty")
                .help(help);
            self.report(problem);
            return None;
        }
        if parts.is_empty() {
            let problem = Problem::error("P211", "a range without ends holds everything").at(span, "no end");
            self.report(problem);
            return None;
        }
        if parts.len() == 1 {
            return parts.pop();
        }
        Some(self.numbered(CondKind::All(parts.into()), span))
    }
}
