//! From written conditions to typed ones.

use super::{Checker, DefineState, Phase};
use crate::condition::{Cmp, Cond, CondKind, FactId, Named, Num, NumKind, Term, TermKind, WordSet};
use crate::draft::Keyword;
use crate::facts::{ParametricKind, table};
use crate::number::Kind;
use crate::policy::Need;
use crate::problem::Problem;
use crate::span::Span;
use std::sync::Arc;

const FUNCTIONS: [&str; 12] = [
    "times", "days_since", "months_since", "consent", "opted_out", "tag", "not_yet", "not_since",
    "known", "min", "max", "abs",
];

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
            TermKind::Compare(cmp, left, right) => return self.comparison(*cmp, left, right, span, phase),
            TermKind::In(value, set) => return self.membership(value, set, span, phase),
            TermKind::Coalesce(first, second) => {
                let first = self.cond(first, phase);
                let second = self.cond(second, phase);
                CondKind::Coalesce(Box::new(first?), Box::new(second?))
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
            let (cond, needs) = self.define(name, statement.span)?;
            if needs > phase {
                let problem = Problem::error("P115", format!("`{name}` reads what is decided later"))
                    .at(span, "not yet decided here")
                    .at(statement.name_span(), "declared here");
                self.report(problem);
                return None;
            }
            return Some(Cond {
                number: cond.number,
                kind: CondKind::Define(Arc::from(name), cond),
                span,
            });
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

    /// The condition of a define and the phase it needs; each is checked once.
    pub(crate) fn define(&mut self, name: &str, _at: Span) -> Option<(Arc<Cond>, Phase)> {
        match self.defines.get(name) {
            Some(DefineState::Done(cond, phase)) => return Some((Arc::clone(cond), *phase)),
            Some(DefineState::Broken) => return None,
            Some(DefineState::Open) => {
                let span = self.declared.find(Keyword::Define, name).map_or(Span::NONE, |statement| statement.name_span());
                let problem = Problem::error("P112", format!("the define `{name}` needs itself"))
                    .at(span, "leads back to itself")
                    .help("say one of them in terms of facts");
                self.report(problem);
                return None;
            }
            None => {}
        }
        let statement = self.declared.find(Keyword::Define, name)?;
        self.defines.insert(name.to_owned(), DefineState::Open);
        let value = statement.value.as_ref();
        let cond = value.and_then(|value| self.cond(value, Phase::Decided));
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
            Some("action" | "channel" | "treatment") => Phase::Decided,
            _ => Phase::Facts,
        }
    }

    /// Defines that no statement reads are checked all the same.
    pub(crate) fn remaining_defines(&mut self) {
        for statement in self.statements(Keyword::Define) {
            let name = statement.name_text();
            if !self.defines.contains_key(name) {
                self.define(name, statement.span);
                let problem = Problem::warning("P405", format!("nothing reads the define `{name}`"))
                    .at(statement.name_span(), "never used")
                    .help("take it out, or use it");
                self.report(problem);
            }
        }
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
        let (left, right) = self.two_numbers(left, right, phase, Some(cmp))?;
        Some(self.numbered(CondKind::Compare(cmp, left, right), span))
    }

    fn flag_comparison(&mut self, cmp: Cmp, other: &Term, holds: bool, span: Span, phase: Phase) -> Option<Cond> {
        let inner = self.cond(other, phase)?;
        match (cmp, holds) {
            (Cmp::Eq, true) | (Cmp::Ne, false) => Some(Cond { span, ..inner }),
            (Cmp::Eq, false) | (Cmp::Ne, true) => {
                Some(self.numbered(CondKind::Not(Box::new(inner)), span))
            }
            _ => {
                let problem = Problem::error("P207", "true and false have no order")
                    .at(span, "compared by size")
                    .help("use the condition itself, or `!` before it");
                self.report(problem);
                None
            }
        }
    }

    /// `product == "card"`, `cause in ["illness", "unemployment"]`.
    fn word_comparison(&mut self, cmp: Cmp, word: &Term, texts: &[&Term], span: Span, phase: Phase) -> Option<Cond> {
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
            CondKind::DebtorType(set)
        } else {
            CondKind::Within(value, set)
        };
        Some(self.numbered(kind, span))
    }

    /// The fact behind a word, or the words of a `??` over it.
    fn word_value(&mut self, term: &Term, phase: Phase, against: &[&Term]) -> Option<(Num, FactId)> {
        match &term.kind {
            TermKind::Name(name) if self.threshold(name).is_none() && self.declared.find(Keyword::Define, name).is_none() => {
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
            if position > 61 {
                let problem = Problem::error("P314", "more than 62 words of one fact")
                    .at(text.span, "one too many");
                self.report(problem);
                return None;
            }
            return Some(WordSet::of(position));
        }
        let input = self.vocabulary.get(id)?;
        let keyword = match input.name.as_str() {
            "previous_stage" | "previous_rung" | "current_stage" => Keyword::Stage,
            "debtor_type" | "previous_type" => Keyword::Debtor,
            "last_treatment" | "treatment" => Keyword::Treatment,
            _ => Keyword::Values,
        };
        let code = match keyword {
            Keyword::Stage => "P102",
            Keyword::Debtor => "P105",
            Keyword::Treatment => "P104",
            _ => "P106",
        };
        if self.declared.is_broken(keyword, word) {
            return None;
        }
        let near = crate::problem::nearest(word, input.words.iter().map(String::as_str)).map(str::to_owned);
        let list = input.words.join(", ");
        let mut problem = Problem::error(code, format!("`{}` is never \"{word}\"", input.written))
            .at(text.span, "not one of its words");
        problem = match near {
            Some(near) => problem
                .suggest(text.span, format!("\"{near}\""))
                .help(format!("did you mean \"{near}\"?")),
            None => problem.help(format!("it is one of: {list}")),
        };
        self.report(problem);
        None
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
            TermKind::List(items) => {
                let mut parts = Vec::new();
                for item in items {
                    let (left, right) = self.two_numbers(value, item, phase, Some(Cmp::Eq))?;
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

    fn range(&mut self, value: &Term, from: Option<&Term>, to: Option<&Term>, inclusive: bool, span: Span, phase: Phase) -> Option<Cond> {
        let mut parts = Vec::new();
        if let Some(from) = from {
            let (left, right) = self.two_numbers(value, from, phase, Some(Cmp::Ge))?;
            parts.push(self.numbered(CondKind::Compare(Cmp::Ge, left, right), span));
        }
        let last = if inclusive { Cmp::Le } else { Cmp::Lt };
        if let Some(to) = to {
            let (left, right) = self.two_numbers(value, to, phase, Some(last))?;
            parts.push(self.numbered(CondKind::Compare(last, left, right), span));
        }
        if let [Cond { kind: CondKind::Compare(_, _, low), .. }, Cond { kind: CondKind::Compare(cmp, _, high), .. }] = parts.as_slice()
            && let (NumKind::Literal(low), NumKind::Literal(high)) = (&low.kind, &high.kind)
            && !(if *cmp == Cmp::Lt { low < high } else { low <= high })
        {
            let help = if low == high { "`..` leaves out the last value; `..=` keeps it" } else { "the smaller value comes first" };
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

    fn called_cond(&mut self, function: &Named, arguments: &[Term], span: Span, phase: Phase) -> Option<Cond> {
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
                None if FUNCTIONS.contains(&name) => {
                    let problem = Problem::error("P201", format!("`{name}(...)` is a number, not a condition"))
                        .at(span, "neither true nor false");
                    self.report(problem);
                    None
                }
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
    fn fact_argument(&mut self, function: &Named, arguments: &[Term], count: usize, which: usize, phase: Phase) -> Option<FactId> {
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
    pub(crate) fn family(&mut self, kind: ParametricKind, function: &Named, arguments: &[Term], span: Span) -> Option<FactId> {
        let wants_days = kind == ParametricKind::Times;
        let (what, days) = match arguments {
            [what] if !wants_days => (what, None),
            [what, days] if wants_days => (what, Some(days)),
            _ => {
                let form = if wants_days { "a name and a number of days: times(\"phone\", 7)" } else { "one name in quotes" };
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

    fn bad_window<T>(&mut self, span: Span) -> Option<T> {
        let problem = Problem::error("P210", "the window of `times` is a whole number of days")
            .at(span, "expected 1 to 3660")
            .help("it names a column, so it is written out: times(\"phone\", 7)");
        self.report(problem);
        None
    }
}

/// What a term is, for messages.
pub(crate) fn describe(kind: &TermKind) -> String {
    match kind {
        TermKind::Name(name) => format!("`{name}`"),
        TermKind::Text(text) => format!("the text \"{text}\""),
        TermKind::Number(number) => format!("the number {number}"),
        TermKind::Flag(flag) => format!("`{flag}`"),
        TermKind::Not(_) | TermKind::All(_) | TermKind::Any(_) | TermKind::Compare(..) | TermKind::In(..) => "a condition".to_owned(),
        TermKind::Arith(..) | TermKind::Negate(_) | TermKind::Abs(_) => "a number".to_owned(),
        TermKind::Range { .. } => "a range".to_owned(),
        TermKind::List(_) => "a list".to_owned(),
        TermKind::Map(_) => "a map".to_owned(),
        TermKind::Coalesce(..) => "a value with `??`".to_owned(),
        TermKind::Call(function, _) => format!("`{}(...)`", function.text),
        TermKind::Script(_) => "a script".to_owned(),
    }
}

/// How a fact of this kind is used in a condition.
fn example(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Days => format!("as in `{name} >= 30`"),
        Kind::Count => format!("as in `{name} >= 1`"),
        Kind::Money => format!("as in `{name} >= 100.00`"),
        Kind::Ratio => format!("as in `{name} >= 0.50`"),
        Kind::Category => format!("as in `{name} == \"...\"`"),
        Kind::Flag => format!("use `{name}` itself"),
    }
}
