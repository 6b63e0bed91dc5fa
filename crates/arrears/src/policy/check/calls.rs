//! The functions of conditions, and the facts that they name.

use super::wording::describe;
use super::{Checker, Phase};
use crate::condition::{Cond, CondKind, FUNCTIONS, FactId, Named, Term, TermKind};
use crate::draft::Keyword;
use crate::facts::ParametricKind;
use crate::number::Kind;
use crate::policy::Need;
use crate::problem::Problem;
use crate::span::Span;

impl Checker<'_> {
    pub(crate) fn called_cond(
        &mut self,
        function: &Named,
        arguments: &[Term],
        span: Span,
        phase: Phase,
    ) -> Option<Cond> {
        match function.text.as_str() {
            "known" => {
                let id = self.fact_argument(function, arguments, 1, 0, phase)?;
                if self.vocabulary.get(id)?.need == Need::Result {
                    let problem = Problem::error("P210", "a result of the decision is not asked whether it is known")
                        .at(span, "always decided");
                    self.report(problem);
                    return None;
                }
                Some(self.numbered(CondKind::Known(id), span))
            }
            "not_yet" => {
                let id = self.fact_argument(function, arguments, 1, 0, phase)?;
                self.may_be_never(id, span)?;
                Some(self.numbered(CondKind::NotYet(id), span))
            }
            "not_since" => {
                let first = self.fact_argument(function, arguments, 2, 0, phase);
                let second = self.fact_argument(function, arguments, 2, 1, phase);
                let (first, second) = (first?, second?);
                self.may_be_never(first, span)?;
                self.may_be_never(second, span)?;
                Some(self.numbered(CondKind::NotSince(first, second), span))
            }
            name => match ParametricKind::from_word(name) {
                Some(kind) if kind.measures() == Kind::Flag => {
                    let id = self.family(kind, function, arguments, span)?;
                    Some(self.numbered(CondKind::Flag(id), span))
                }
                Some(_) => {
                    let problem = Problem::error("P201", format!("`{name}(...)` is a number, not a condition"))
                        .at(span, "neither true nor false")
                        .help(format!("compare it, as in `{name}(...) >= 1`"));
                    self.report(problem);
                    None
                }
                None if FUNCTIONS.contains(&name) => self.wrong_arguments(function, arguments),
                None => self.unknown_function(function),
            },
        }
    }

    pub(crate) fn unknown_function<T>(&mut self, function: &Named) -> Option<T> {
        let problem = Problem::error("P107", format!("unknown function `{}`", function.text))
            .at(function.span, "conditions have no such function")
            .nearest(function.span, &function.text, FUNCTIONS);
        let problem = if problem.help.is_none() {
            problem.help(format!("conditions know {}", FUNCTIONS.join(", ")))
        } else {
            problem
        };
        self.report(problem);
        None
    }

    /// `min`, `max` and `abs` with another number of arguments than they take.
    pub(crate) fn wrong_arguments<T>(&mut self, function: &Named, arguments: &[Term]) -> Option<T> {
        let wanted = if function.text == "abs" { "one number" } else { "two numbers" };
        let problem = Problem::error("P210", format!("`{}` takes {wanted}", function.text))
            .at(function.span, format!("{} given", arguments.len()));
        self.report(problem);
        None
    }

    fn may_be_never(&mut self, id: FactId, span: Span) -> Option<()> {
        let input = self.vocabulary.get(id)?;
        if input.never {
            return Some(());
        }
        let problem = Problem::error("P213", format!("`{}` always has a value", input.written))
            .at(span, "asks whether it never happened")
            .help("`not_yet` and `not_since` take facts such as `days_since_demand`");
        self.report(problem);
        None
    }

    /// An argument that is a fact: by name, or an event as text (`"demand"`).
    fn fact_argument(
        &mut self,
        function: &Named,
        arguments: &[Term],
        count: usize,
        which: usize,
        phase: Phase,
    ) -> Option<FactId> {
        let argument = match arguments.get(which) {
            Some(argument) if arguments.len() == count => argument,
            _ => {
                if which == 0 {
                    let plural = if count == 1 { "one fact" } else { "two facts" };
                    let problem = Problem::error("P210", format!("`{}` takes {plural}", function.text))
                        .at(function.span, format!("{} given", arguments.len()));
                    self.report(problem);
                }
                return None;
            }
        };
        match &argument.kind {
            TermKind::Name(name) if self.is_own_word(name) => {
                let problem = Problem::error("P210", format!("`{}` takes facts", function.text))
                    .at(argument.span, format!("`{name}` is a word of this policy, not a fact"));
                self.report(problem);
                None
            }
            TermKind::Name(name) => self.read(name, argument.span, phase),
            TermKind::Text(text) => {
                let what = Named::new(text.clone(), argument.span);
                self.parametric(ParametricKind::DaysSince, &what, 0, argument.span)
            }
            TermKind::Call(inner, arguments) => match ParametricKind::from_word(&inner.text) {
                Some(kind) => self.family(kind, inner, arguments, argument.span),
                None => self.unknown_function(inner),
            },
            _ => {
                let problem = Problem::error("P210", format!("`{}` takes facts", function.text))
                    .at(argument.span, format!("{} is not a fact", describe(&argument.kind)));
                self.report(problem);
                None
            }
        }
    }

    /// A fact of a family, from its written arguments.
    pub(crate) fn family(
        &mut self,
        kind: ParametricKind,
        function: &Named,
        arguments: &[Term],
        span: Span,
    ) -> Option<FactId> {
        let wants_days = kind == ParametricKind::Times;
        let (what, days) = match arguments {
            [what] if !wants_days => (what, None),
            [what, days] if wants_days => (what, Some(days)),
            _ => {
                let form =
                    if wants_days { "a name and a number of days: times(\"phone\", 7)" } else { "one name in quotes" };
                let problem = Problem::error("P210", format!("`{}` takes {form}", function.text))
                    .at(span, format!("{} given", arguments.len()));
                self.report(problem);
                return None;
            }
        };
        let Some(text) = what.as_text() else {
            let problem = Problem::error("P210", format!("`{}` takes a name in quotes", function.text))
                .at(what.span, "not a text");
            self.report(problem);
            return None;
        };
        let window = match days.map(|days| (&days.kind, days.span)) {
            None => 0,
            Some((TermKind::Number(number), span)) => match u32::try_from(*number) {
                Ok(days) if number.is_integer() && (1..=3_660).contains(&days) => days,
                _ => return self.bad_window(span),
            },
            Some((_, span)) => return self.bad_window(span),
        };
        let what = Named::new(text, what.span);
        self.parametric(kind, &what, window, span)
    }

    /// Whether a threshold or a define has the name.
    fn is_own_word(&self, name: &str) -> bool {
        [Keyword::Threshold, Keyword::Define]
            .into_iter()
            .any(|keyword| self.declared.find(keyword, name).is_some() || self.declared.is_broken(keyword, name))
    }

    fn bad_window<T>(&mut self, span: Span) -> Option<T> {
        let problem = Problem::error("P210", "the window of `times` is a whole number of days")
            .at(span, "expected 1 to 3660")
            .help("it names a column, so it is written out: times(\"phone\", 7)");
        self.report(problem);
        None
    }
}
