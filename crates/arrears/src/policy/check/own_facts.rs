//! Facts of the bank's own, given or computed by a script.

use super::options::{points, text, text_list};
use super::words::MOST_WORDS;
use super::{Checker, Phase};
use crate::condition::{FactId, Term, TermKind};
use crate::draft::Keyword;
use crate::facts::{Movement, Words, table};
use crate::number::Kind;
use crate::policy::{Input, Need, ScriptFact};
use crate::problem::Problem;

impl Checker<'_> {
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
                runs_out: None,
                counted_from: None,
                doc: text(statement, "why").unwrap_or_default(),
                span: statement.span,
                name: name.clone(),
            };
            if !script && let Some(value) = &statement.value {
                self.value_of(&input, value);
            }
            self.few_words(statement.option("values"));
            self.vocabulary.own.insert(name, input);
        }
        self.check_values();
    }

    /// The statements that close open vocabularies.
    fn check_values(&mut self) {
        for statement in self.declared.all(Keyword::Values) {
            let name = statement.name_text();
            let Some(def) = table::find(name) else {
                let problem = self.unknown_fact(name, statement.name_span());
                self.report(problem);
                continue;
            };
            if def.words != Words::Open {
                let open: Vec<&str> = table::all().filter(|def| def.words == Words::Open).map(|def| def.name).collect();
                let problem = Problem::error("P217", format!("`{name}` has no words of the bank's own"))
                    .at(statement.name_span(), "cannot be closed")
                    .help(format!("`values` closes {}", open.join(", ")));
                self.report(problem);
                continue;
            }
            self.few_words(statement.value.as_ref());
            let texts = statement.value.as_ref().is_some_and(|value| {
                matches!(&value.kind, TermKind::List(items) if items.iter().all(|item| item.as_text().is_some()))
            });
            if !texts {
                let at = statement.value.as_ref().map_or(statement.span, |value| value.span);
                let problem =
                    Problem::error("P208", "`values` takes a list of texts").at(at, "expected [\"a\", \"b\"]");
                self.report(problem);
            }
        }
    }

    /// Reports a vocabulary that is too large for a set of words.
    fn few_words(&mut self, list: Option<&Term>) {
        let words = list.map(Term::parts).unwrap_or_default();
        if let Some(word) = words.get(MOST_WORDS) {
            let problem = Problem::error("P314", format!("more than {MOST_WORDS} words of one fact"))
                .at(word.span, "one too many");
            self.report(problem);
        }
    }

    /// The facts that scripts compute, with what they read.
    pub(crate) fn scripts(&mut self) -> Vec<ScriptFact> {
        let mut found = Vec::new();
        for statement in self.declared.all(Keyword::Fact) {
            let name = statement.name_text();
            let read = self.vocabulary.find(name);
            let Some(TermKind::Script(source)) = statement.value.as_ref().map(|value| &value.kind) else {
                if read.is_none() && !self.house.contains(name) {
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

    /// The inputs as they are at the end, words of open vocabularies included.
    pub(crate) fn finish_inputs(&mut self) -> Vec<Input> {
        let mut inputs = std::mem::take(&mut self.vocabulary.inputs);
        for input in &mut inputs {
            input.runs_out = match input.movement {
                Movement::Late | Movement::Begins | Movement::Ages | Movement::Reaches(_) | Movement::Peak => {
                    self.vocabulary.find("days_to_due")
                }
                Movement::Steps(step) => self.vocabulary.find(step.when),
                _ => None,
            };
        }
        inputs
    }
}
