//! Facts of the bank's own, given or computed by a script.

use super::options::{points, text, text_list};
use super::{Checker, Phase};
use crate::condition::{FactId, Term, TermKind};
use crate::draft::Keyword;
use crate::facts::{Movement, table};
use crate::number::Kind;
use crate::policy::{Input, Need, ScriptFact};
use crate::problem::Problem;

impl Checker<'_> {
    /// The facts of the bank's own, before anything reads them.
    pub(crate) fn declare_own_facts(&mut self) {
        for statement in self.declared.all(Keyword::Fact) {
            self.check_options(statement);
            let Some(kind) = statement
                .option("kind")
                .and_then(Term::as_text)
                .and_then(Kind::from_word)
            else {
                continue;
            };
            let script = matches!(
                statement.value.as_ref().map(|value| &value.kind),
                Some(TermKind::Script(_))
            );
            let words = text_list(statement.option("values"));
            let moves = match statement.option("moves").and_then(Term::as_text) {
                Some("up") => Movement::Up,
                Some("down") => Movement::Down,
                _ => Movement::Still,
            };
            let valid = statement
                .option("valid_days")
                .and_then(points)
                .map(|days| (FactId(u16::MAX), days));
            let name = statement.name_text().to_owned();
            let input = Input {
                written: name.clone(),
                open: kind == Kind::Category && words.is_empty(),
                kind,
                words,
                formerly: Vec::new(),
                never: super::options::flag(statement, "never"),
                from_zero: matches!(kind, Kind::Count)
                    || (kind == Kind::Days && moves != Movement::Down),
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
            self.vocabulary.own.insert(name, input);
        }
        for statement in self.declared.all(Keyword::Values) {
            let open = table::find(statement.name_text())
                .is_some_and(|def| def.words == crate::facts::Words::Open);
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
            let Some(TermKind::Script(source)) = statement.value.as_ref().map(|value| &value.kind)
            else {
                if read.is_none() {
                    let problem =
                        Problem::warning("P407", format!("nothing reads the fact `{name}`"))
                            .at(statement.name_span(), "never used");
                    self.report(problem);
                }
                continue;
            };
            let mut reads = Vec::new();
            for part in statement
                .option("reads")
                .map(Term::parts)
                .unwrap_or_default()
            {
                if let Some(fact) = part.as_text() {
                    reads.extend(self.read(fact, part.span, Phase::Facts));
                }
            }
            if let Some(fact) = read {
                found.push(ScriptFact {
                    fact,
                    reads,
                    source: source.clone(),
                });
            }
        }
        found
    }

    /// The inputs as they are at the end, words of open vocabularies included.
    pub(crate) fn finish_inputs(&mut self) -> Vec<Input> {
        let mut inputs = std::mem::take(&mut self.vocabulary.inputs);
        for input in &mut inputs {
            input.runs_out = match input.movement {
                Movement::Late | Movement::Reaches(_) | Movement::Peak => {
                    self.vocabulary.find("days_to_due")
                }
                Movement::Steps(step) => self.vocabulary.find(step.when),
                _ => None,
            };
        }
        inputs
    }
}
