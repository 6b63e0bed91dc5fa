//! The head of a policy: name, currency, zone, buckets; own facts and assumptions.

use super::options::{points, text, text_list};
use super::thresholds::number_of;
use super::{Checker, Phase};
use crate::condition::{Cond, FactId, Named, Term, TermKind};
use crate::draft::{Keyword, Statement};
use crate::facts::{History, Movement, ParametricKind, table};
use crate::number::{Cell, Currency, Kind};
use crate::policy::{Assumption, Head, Input, Need, ScriptFact};
use crate::problem::Problem;
use crate::span::Span;
use chrono_tz::Tz;

const BUCKETS: [i64; 7] = [1, 31, 61, 91, 121, 151, 181];
const REVIEW_WITHIN: u32 = 7;

impl Checker<'_> {
    /// The `policy` statement.
    pub(crate) fn head(&mut self) -> Option<Head> {
        let mut heads = self.statements(Keyword::Policy);
        let Some(statement) = heads.next() else {
            if !self.declared.any_broken(Keyword::Policy) {
                let problem = Problem::error("P302", "the policy has no `policy` statement")
                    .at(Span::new(0, 0, 0), "expected before anything else")
                    .help("begin with: policy \"name\" #{ version: \"1\", currency: \"EUR\" };");
                self.report(problem);
            }
            return None;
        };
        for again in heads {
            self.once(again, statement);
        }
        self.check_options(statement);
        let currency = self.currency(statement);
        if let Some(currency) = currency {
            self.digits = currency.digits();
        }
        let zone = self.zone(statement);
        let buckets = self.buckets(statement);
        let from = statement.option("from").and_then(|value| self.date(value));
        let to = statement.option("to").and_then(|value| self.date(value));
        let review = statement.option("review_within").and_then(points);
        Some(Head {
            name: statement.name_text().to_owned(),
            version: text(statement, "version").unwrap_or_default(),
            from,
            to,
            currency: currency?,
            zone: zone?,
            jurisdiction: text(statement, "jurisdiction"),
            buckets,
            review_within: review.and_then(|days| u32::try_from(days).ok()).filter(|days| *days > 0).unwrap_or(REVIEW_WITHIN),
            why: text(statement, "why").unwrap_or_default(),
            span: statement.span,
        })
    }

    /// Reports a statement that may stand once.
    pub(crate) fn once(&mut self, again: &Statement, first: &Statement) {
        let problem = Problem::error("P303", format!("`{}` stands twice", again.keyword))
            .at(again.span, "again")
            .at(first.span, "first here");
        self.report(problem);
    }

    fn currency(&mut self, statement: &Statement) -> Option<Currency> {
        let value = statement.option("currency")?;
        let code = value.as_text()?;
        match code.parse() {
            Ok(currency) => Some(currency),
            Err(_) => {
                let problem = Problem::error("P315", format!("`{code}` is not a currency code"))
                    .at(value.span, "expected three capital letters")
                    .help("as in \"EUR\" or \"CNY\"");
                self.report(problem);
                None
            }
        }
    }

    fn zone(&mut self, statement: &Statement) -> Option<Tz> {
        let Some(value) = statement.option("zone") else {
            return Some(Tz::UTC);
        };
        let name = value.as_text()?;
        if let Ok(zone) = name.parse() {
            return Some(zone);
        }
        let names: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
        let problem = Problem::error("P316", format!("`{name}` is not a time zone"))
            .at(value.span, "unknown zone");
        let near = crate::problem::nearest(name, names);
        let problem = match near {
            Some(near) => problem.suggest(value.span, format!("\"{near}\"")).help(format!("did you mean \"{near}\"?")),
            None => problem.help("as in \"Europe/London\""),
        };
        self.report(problem);
        None
    }

    fn buckets(&mut self, statement: &Statement) -> Vec<i64> {
        let Some(value) = statement.option("buckets") else {
            return BUCKETS.to_vec();
        };
        let days: Vec<i64> = value.parts().into_iter().filter_map(points).collect();
        let rises = days.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        if !rises || days.first().is_none_or(|first| *first < 1) || days.len() > 255 {
            let problem = Problem::error("P319", "bucket edges must rise from day 1")
                .at(value.span, "not rising")
                .help("as in [1, 31, 61, 91]");
            self.report(problem);
        }
        days
    }

    /// The facts of the bank's own, before anything reads them.
    pub(crate) fn declare_own_facts(&mut self) {
        for statement in self.declared.all(Keyword::Fact) {
            self.check_options(statement);
            let Some(kind) = statement.option("kind").and_then(Term::as_text).and_then(Kind::from_word) else {
                continue;
            };
            let script = matches!(statement.value.as_ref().map(|value| &value.kind), Some(TermKind::Script(_)));
            let words = text_list(statement.option("values"));
            let moves = match statement.option("moves").and_then(Term::as_text) {
                Some("up") => Movement::Up,
                Some("down") => Movement::Down,
                _ => Movement::Still,
            };
            let valid = statement.option("valid_days").and_then(points).map(|days| (FactId(u16::MAX), days));
            let name = statement.name_text().to_owned();
            let input = Input {
                written: name.clone(),
                open: kind == Kind::Category && words.is_empty(),
                kind,
                words,
                formerly: Vec::new(),
                never: super::options::flag(statement, "never"),
                from_zero: matches!(kind, Kind::Count) || (kind == Kind::Days && moves != Movement::Down),
                movement: moves,
                need: if script { Need::Script } else { Need::Required },
                valid,
                drops_in: None,
                counted_from: None,
                doc: text(statement, "why").unwrap_or_default(),
                span: statement.span,
                name: name.clone(),
            };
            self.vocabulary.own.insert(name, input);
        }
        for statement in self.declared.all(Keyword::Values) {
            let open = table::find(statement.name_text()).is_some_and(|def| def.words == crate::facts::Words::Open);
            if !open {
                let problem = Problem::error("P217", format!("`{}` is not an open vocabulary", statement.name_text()))
                    .at(statement.name_span(), "cannot be closed")
                    .help("`values` closes segment, product, occupation, language, jurisdiction and the like");
                self.report(problem);
            }
        }
    }

    /// The facts that scripts compute, with what they read.
    pub(crate) fn scripts(&mut self) -> Vec<ScriptFact> {
        let mut found = Vec::new();
        for statement in self.declared.all(Keyword::Fact) {
            let name = statement.name_text();
            let read = self.vocabulary.find(name);
            let Some(TermKind::Script(source)) = statement.value.as_ref().map(|value| &value.kind) else {
                if read.is_none() {
                    let problem = Problem::warning("P407", format!("nothing reads the fact `{name}`"))
                        .at(statement.name_span(), "never used");
                    self.report(problem);
                }
                continue;
            };
            let mut reads = Vec::new();
            for part in statement.option("reads").map(Term::parts).unwrap_or_default() {
                if let Some(fact) = part.as_text() {
                    reads.extend(self.read(fact, part.span, Phase::Facts));
                }
            }
            if let Some(fact) = read {
                found.push(ScriptFact { fact, reads, source: source.clone() });
            }
        }
        found
    }

    /// `applies when ...`.
    pub(crate) fn applies(&mut self) -> Option<Cond> {
        let mut all = self.statements(Keyword::Applies);
        let first = all.next()?;
        for again in all {
            self.once(again, first);
        }
        self.cond(first.when.as_ref()?, Phase::Facts)
    }

    /// What is taken as known where a column is absent; run after everything else, so
    /// that what nothing reads can be told.
    pub(crate) fn assumptions(&mut self) -> Vec<Assumption> {
        let mut made = Vec::new();
        for statement in self.statements(Keyword::Assume) {
            self.check_options(statement);
            let why = text(statement, "why").unwrap_or_default();
            let Some(value) = statement.value.as_ref() else {
                continue;
            };
            let name = statement.name_text().to_owned();
            let (written, facts) = if let Some(history) = History::from_word(&name) {
                if value.as_text() != Some("none") {
                    let problem = Problem::error("P217", format!("`assume {name}` takes \"none\""))
                        .at(value.span, "expected \"none\"")
                        .help("it declares that history complete and empty");
                    self.report(problem);
                    continue;
                }
                (format!("{name} = \"none\""), self.empty_history(history))
            } else {
                let Some((written, fact)) = self.assumed_fact(statement) else {
                    continue;
                };
                let Some(id) = fact else {
                    let problem = Problem::warning("P402", format!("nothing reads `{written}`, which is assumed"))
                        .at(statement.span, "not needed")
                        .help("take it out, or read the fact");
                    self.report(problem);
                    continue;
                };
                let Some(cell) = self.assumed_value(id, value) else {
                    continue;
                };
                self.assume(id, cell);
                (format!("{written} = {}", shown(value)), vec![id])
            };
            made.push(Assumption { written, facts, why, span: statement.span });
        }
        made
    }

    /// The fact that a statement assumes: its name as written and, if the policy reads
    /// it, its place.
    fn assumed_fact(&mut self, statement: &Statement) -> Option<(String, Option<FactId>)> {
        if let Some(subject) = &statement.subject {
            let TermKind::Call(function, arguments) = &subject.kind else {
                return None;
            };
            let Some(kind) = ParametricKind::from_word(&function.text) else {
                return self.unknown_function(function);
            };
            let before = self.vocabulary.inputs.len();
            let id = self.family(kind, function, arguments, subject.span)?;
            let written = self.vocabulary.get(id)?.written.clone();
            let read = id.index() < before;
            if !read {
                self.vocabulary.forget(before);
            }
            return Some((written, read.then_some(id)));
        }
        let name = statement.name_text();
        if let Some(id) = self.vocabulary.find(name) {
            return Some((name.to_owned(), Some(id)));
        }
        if table::find(name).is_some() || self.vocabulary.own.contains_key(name) {
            return Some((name.to_owned(), None));
        }
        let named = Named::new(name, statement.name_span());
        self.fact(&named.text, named.span, Phase::Facts);
        None
    }

    fn assumed_value(&mut self, id: FactId, value: &Term) -> Option<Cell> {
        let input = self.vocabulary.get(id)?.clone();
        if matches!(input.need, Need::Result | Need::Script) {
            let problem = Problem::error("P217", format!("`{}` is not a column and cannot be assumed", input.written))
                .at(value.span, "computed by the policy");
            self.report(problem);
            return None;
        }
        self.value_of(&input, value)
    }

    /// A written value as a cell of a fact; reports one that does not fit.
    pub(crate) fn value_of(&mut self, input: &Input, value: &Term) -> Option<Cell> {
        let fits = match (&value.kind, input.kind) {
            (TermKind::Text(word), _) if word == "never" && input.never => return Some(Cell::NEVER),
            (TermKind::Text(word), _) if word == "unknown" && input.kind != Kind::Category => return Some(Cell::UNKNOWN),
            (TermKind::Flag(flag), Kind::Flag) => return Some(Cell::flag(*flag)),
            (TermKind::Text(word), Kind::Category) => {
                if let Some(cell) = input.word(word) {
                    return Some(cell);
                }
                let problem = Problem::error("P106", format!("`{}` is never \"{word}\"", input.written))
                    .at(value.span, "not one of its words");
                let problem = match crate::problem::nearest(word, input.words.iter().map(String::as_str)) {
                    Some(near) => problem.suggest(value.span, format!("\"{near}\"")).help(format!("did you mean \"{near}\"?")),
                    None => problem.help(format!("it is one of: {}", input.words.join(", "))),
                };
                self.report(problem);
                return None;
            }
            (_, kind) if kind.is_number() => number_of(value),
            _ => None,
        };
        match fits {
            Some(number) => {
                let cell = self.literal(number, input.kind, value.span)?;
                if input.from_zero && cell < 0 {
                    let problem = Problem::error("P217", format!("`{}` counts from zero", input.written)).at(value.span, "below zero");
                    self.report(problem);
                    return None;
                }
                Some(Cell::number(cell))
            }
            None => {
                let problem = Problem::error("P217", format!("`{}` is {}", input.written, input.kind))
                    .at(value.span, format!("cannot be {}", shown(value)));
                self.report(problem);
                None
            }
        }
    }

    fn assume(&mut self, id: FactId, cell: Cell) {
        if let Some(input) = self.vocabulary.get_mut(id) {
            input.need = Need::Assumed(cell);
        }
    }

    /// Every fact counted from a history that is complete and empty.
    fn empty_history(&mut self, history: History) -> Vec<FactId> {
        let mut settled = Vec::new();
        let singly: Vec<String> = self.statements(Keyword::Assume).map(|statement| statement.name_text().to_owned()).collect();
        for (index, input) in self.vocabulary.inputs.iter_mut().enumerate() {
            if input.counted_from != Some(history) || singly.contains(&input.name) {
                continue;
            }
            let cell = match input.kind {
                _ if input.never => Cell::NEVER,
                Kind::Count | Kind::Money | Kind::Ratio | Kind::Days | Kind::Flag => Cell::number(0),
                Kind::Category => continue,
            };
            if matches!(input.need, Need::Required | Need::Optional(_) | Need::For(_)) {
                input.need = Need::Assumed(cell);
                settled.extend(u16::try_from(index).ok().map(FactId));
            }
        }
        settled
    }

    /// The inputs as they are at the end, words of open vocabularies included.
    pub(crate) fn finish_inputs(&mut self) -> Vec<Input> {
        std::mem::take(&mut self.vocabulary.inputs)
    }
}

/// A value as the author wrote it.
pub(crate) fn shown(value: &Term) -> String {
    match &value.kind {
        TermKind::Text(text) => format!("\"{text}\""),
        TermKind::Flag(flag) => flag.to_string(),
        TermKind::Name(name) => name.clone(),
        _ => number_of(value).map_or_else(|| super::conditions::describe(&value.kind), |number| number.to_string()),
    }
}
