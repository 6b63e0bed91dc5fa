//! Facts that hold words, against the words they may be.

use super::names::one_of;
use super::wording::{describe, example};
use super::{Checker, Phase};
use crate::condition::{Cmp, Cond, CondKind, FactId, Num, NumKind, Term, TermKind, WordSet};
use crate::draft::Keyword;
use crate::number::Kind;
use crate::policy::Input;
use crate::problem::Problem;
use crate::span::Span;

/// A set of words is one machine word; the last position stands for any other word.
pub(crate) const MOST_WORDS: usize = 62;

impl Checker<'_> {
    /// `product == "card"`, `cause in ["illness", "unemployment"]`.
    pub(crate) fn word_comparison(
        &mut self,
        cmp: Cmp,
        word: &Term,
        texts: &[&Term],
        span: Span,
        phase: Phase,
    ) -> Option<Cond> {
        if !matches!(cmp, Cmp::Eq | Cmp::Ne) {
            let problem = Problem::error("P207", "words have no order")
                .at(span, "compared by size")
                .help("use `==`, `!=` or `in [...]`");
            self.report(problem);
            return None;
        }
        let (value, id) = self.word_value(word, phase, texts)?;
        let mut set = WordSet::default();
        for text in texts {
            set = set.or(self.word_position(id, text)?);
        }
        let set = if cmp == Cmp::Ne { set.complement() } else { set };
        let kind = if self.vocabulary.get(id)?.name == "debtor_type" {
            if let TermKind::Coalesce(..) = word.kind {
                let problem = Problem::error("P214", "`debtor_type` takes no `??`")
                    .at(word.span, "decided, though perhaps not for certain")
                    .help("an account whose type is not certain may be of several types at once");
                self.report(problem);
                return None;
            }
            CondKind::DebtorType(set)
        } else {
            CondKind::Within(value, set)
        };
        Some(self.numbered(kind, span))
    }

    /// The fact behind a word, or the words of a `??` over it.
    fn word_value(&mut self, term: &Term, phase: Phase, against: &[&Term]) -> Option<(Num, FactId)> {
        match &term.kind {
            TermKind::Name(name)
                if self.threshold(name).is_none() && self.declared.find(Keyword::Define, name).is_none() =>
            {
                let id = self.read(name, term.span, phase)?;
                let kind = self.vocabulary.get(id)?.kind;
                if kind != Kind::Category {
                    let mut problem = Problem::error("P214", format!("`{name}` is {kind}, not a word"))
                        .at(term.span, format!("{kind}"));
                    if let Some(text) = against.first() {
                        problem = problem.at(text.span, "a word");
                    }
                    self.report(problem.help(example(name, kind)));
                    return None;
                }
                let num = Num { kind: NumKind::Fact(id), unit: Kind::Category, span: term.span };
                Some((num, id))
            }
            TermKind::Coalesce(first, second) => {
                let (first, id) = self.word_value(first, phase, against)?;
                let position = self.word_position(id, second)?.positions().next()?;
                let second = Num {
                    kind: NumKind::Literal(i64::try_from(position).unwrap_or(WordSet::OTHER)),
                    unit: Kind::Category,
                    span: second.span,
                };
                let num = Num {
                    kind: NumKind::Coalesce(Box::new(first), Box::new(second)),
                    unit: Kind::Category,
                    span: term.span,
                };
                Some((num, id))
            }
            _ => {
                let mut problem = Problem::error("P214", format!("{} is not a word", describe(&term.kind)))
                    .at(term.span, "not a word");
                if let Some(text) = against.first() {
                    problem = problem.at(text.span, "a word");
                }
                self.report(problem);
                None
            }
        }
    }

    /// The position of a written word in a fact's vocabulary; reports a word that the
    /// fact cannot be.
    fn word_position(&mut self, id: FactId, text: &Term) -> Option<WordSet> {
        let Some(word) = text.as_text() else {
            let problem = Problem::error("P214", format!("{} is not a word", describe(&text.kind)))
                .at(text.span, "expected a text");
            self.report(problem);
            return None;
        };
        if let Some(position) = self.vocabulary.word(id, word) {
            if position >= MOST_WORDS {
                let problem = Problem::error("P314", "more than 62 words of one fact").at(text.span, "one too many");
                self.report(problem);
                return None;
            }
            return Some(WordSet::of(position));
        }
        let input = self.vocabulary.get(id)?.clone();
        self.never_that(&input, word, text.span)
    }

    /// Reports a word that a fact cannot be.
    pub(crate) fn never_that<T>(&mut self, input: &Input, word: &str, span: Span) -> Option<T> {
        let keyword = match input.name.as_str() {
            "previous_stage" | "previous_rung" | "current_stage" => Keyword::Stage,
            "debtor_type" | "previous_type" => Keyword::Debtor,
            "last_treatment" | "chosen_treatment" => Keyword::Treatment,
            _ => {
                let words: Vec<&str> = input.words.iter().map(String::as_str).collect();
                let message = format!("`{}` is never \"{word}\"", input.written);
                let problem = Problem::error("P106", message).at(span, "not one of its words");
                self.report(one_of(problem, span, word, &words));
                return None;
            }
        };
        self.unknown_name(keyword, word, span)
    }
}
