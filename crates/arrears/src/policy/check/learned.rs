//! The state facts in which what results of contacts taught travels.

use super::Checker;
use crate::condition::FactId;
use crate::draft::Keyword;
use crate::facts::{Channel, Movement, Words, table};
use crate::number::{Cell, Kind};
use crate::policy::{Effect, Learned, LearnedForm, Need, Outcome};
use crate::problem::Problem;
use crate::span::Span;
use std::collections::BTreeMap;

/// How long a value of a fact lasts, by the fact's column and the value's word.
type Lives<'o> = BTreeMap<(String, &'o str), (Option<i64>, Span)>;

/// A learned fact, before it is known whether the policy reads it.
pub(crate) struct LearnedDraft {
    column: String,
    learned: Learned,
}

const NUMBERS: [&str; 3] = ["number_mobile", "number_work", "number_home"];
const RETIRED: [&str; 3] = ["wrong", "dead", "objected"];
const SET: &str = "true";

impl Checker<'_> {
    /// Adds the state facts that the outcomes need.
    pub(crate) fn learned(&mut self, outcomes: &[Outcome]) -> Vec<LearnedDraft> {
        let lives = self.lives(outcomes);
        let mut found = Vec::new();
        let mut columns: Vec<&String> = lives.keys().map(|(column, _)| column).collect();
        columns.dedup();
        for column in columns {
            let span = lives.iter().find(|((named, _), _)| named == column).map_or(Span::NONE, |(_, (_, span))| *span);
            let of = |word: &str| lives.get(&(column.clone(), word)).and_then(|(life, _)| *life);
            let draft = if NUMBERS.contains(&column.as_str()) {
                self.learned_number(column, span, &of)
            } else {
                let value = self.learned_fact(column, Kind::Flag, span);
                let lives = of(SET).map(|life| (Cell::TRUE, life)).into_iter().collect();
                Some(Learned {
                    fact: None,
                    value,
                    since: self.learned_days(column, span),
                    form: LearnedForm::Flag,
                    lives,
                    words: Vec::new(),
                })
            };
            found.extend(draft.map(|learned| LearnedDraft { column: column.clone(), learned }));
        }
        if let Some(promise) = outcomes.iter().find(|outcome| matches!(outcome.effect, Effect::Promise)) {
            self.learned_promise(promise.span, &mut found);
        }
        self.waits(outcomes);
        found
    }

    /// How long every value lasts that outcomes can set; reports a value with two lives.
    fn lives(&mut self, outcomes: &[Outcome]) -> Lives<'static> {
        let mut lives = Lives::new();
        for outcome in outcomes {
            let (columns, word, life) = match &outcome.effect {
                Effect::Mark(fact, life) => (vec![fact.clone()], SET, *life),
                Effect::VaguePromise(life) => (vec!["promise_vague".to_owned()], SET, *life),
                Effect::OptOut(Some(channel)) => (vec![format!("opted_out_{channel}")], SET, None),
                Effect::OptOut(None) => (self.refusable(), SET, None),
                Effect::RetirePoint(word, life) => (NUMBERS.map(str::to_owned).to_vec(), *word, *life),
                Effect::Retry(_) | Effect::CallBack(_) | Effect::Pause(_) | Effect::Promise => continue,
            };
            for column in columns {
                let (first, span) = *lives.entry((column.clone(), word)).or_insert((life, outcome.span));
                if first != life {
                    let problem = Problem::error("P324", format!("`{column}` is learned for two lengths of time"))
                        .at(outcome.span, said(life))
                        .at(span, said(first))
                        .help("what is learned of a fact ends on one day: give both the same `lasts`");
                    self.report(problem);
                    break;
                }
            }
        }
        lives
    }

    /// The columns of the channels that a person may refuse, as far as the policy reads them.
    fn refusable(&self) -> Vec<String> {
        let columns = Channel::ALL.into_iter().map(|channel| format!("opted_out_{channel}"));
        columns.filter(|column| self.vocabulary.find(column).is_some()).collect()
    }

    fn learned_fact(&mut self, column: &str, kind: Kind, span: Span) -> FactId {
        let name = format!("learned_{column}");
        if let Some(own) = self.declared.find(Keyword::Fact, &name) {
            let problem = Problem::error("P111", format!("`{name}` is a fact that the policy's outcomes make"))
                .at(own.name_span(), "taken")
                .at(span, "made here")
                .help("choose another name");
            self.report(problem);
        }
        let doc = format!("What a result of a contact taught of `{column}`.");
        self.carried(name.clone(), name, kind, doc, span)
    }

    fn learned_days(&mut self, column: &str, span: Span) -> FactId {
        let name = format!("learned_days_{column}");
        let doc = format!("Days since a result of a contact last taught `{column}`. Never: none did.");
        self.carried(name.clone(), name, Kind::Days, doc, span)
    }

    /// What was learned of a number: that it is wrong, dead or objected to, or *never*.
    fn learned_number(&mut self, column: &str, span: Span, of: &dyn Fn(&str) -> Option<i64>) -> Option<Learned> {
        let value = self.learned_fact(column, Kind::Category, span);
        let Some(Words::Closed(words)) = table::find(column).map(|def| def.words) else { return None };
        self.may_be_never_learned(value, Movement::Still);
        if let Some(input) = self.vocabulary.get_mut(value) {
            input.words = RETIRED.map(str::to_owned).to_vec();
        }
        let place = |word: &str, among: &[&str]| {
            let at = among.iter().position(|known| *known == word)?;
            i64::try_from(at).ok().map(Cell::number)
        };
        let lives = RETIRED.iter().filter_map(|word| Some((place(word, &RETIRED)?, of(word)?))).collect();
        let known_as = RETIRED.iter().filter_map(|word| place(word, words)).collect();
        let form = LearnedForm::Number(place("valid", words)?);
        Some(Learned { fact: None, value, since: self.learned_days(column, span), form, lives, words: known_as })
    }

    /// The promise that a result may bring: whether it stands, its day, its amount.
    fn learned_promise(&mut self, span: Span, found: &mut Vec<LearnedDraft>) {
        let open = self.learned_fact("promise_open", Kind::Flag, span);
        let due = self.learned_fact("promise_due_in", Kind::Days, span);
        let amount = self.learned_fact("promise_amount", Kind::Money, span);
        let since = self.learned_days("promise_open", span);
        self.may_be_never_learned(due, Movement::Down);
        self.may_be_never_learned(amount, Movement::Still);
        for (column, value, form) in [
            ("promise_open", open, LearnedForm::Promise(due)),
            ("promise_due_in", due, LearnedForm::OfPromise(open, due)),
            ("promise_amount", amount, LearnedForm::OfPromise(open, due)),
        ] {
            let learned = Learned { fact: None, value, since, form, lives: Vec::new(), words: Vec::new() };
            found.push(LearnedDraft { column: column.to_owned(), learned });
        }
    }

    /// Nothing learned is *never*.
    fn may_be_never_learned(&mut self, id: FactId, movement: Movement) {
        if let Some(input) = self.vocabulary.get_mut(id) {
            input.never = true;
            input.need = Need::State(Cell::NEVER);
            input.from_zero = false;
            input.movement = movement;
        }
    }

    /// The state facts of rests, calls and retries.
    fn waits(&mut self, outcomes: &[Outcome]) {
        for outcome in outcomes {
            let names: &[&str] = match outcome.effect {
                Effect::Pause(_) => &["pause_left"],
                Effect::CallBack(_) => &["callback_in", "retry_in", "retry_treatment"],
                Effect::Retry(_) => &["retry_in", "retry_treatment"],
                _ => &[],
            };
            for def in names.iter().filter_map(|name| table::find(name)) {
                self.table_fact(def, outcome.span);
            }
        }
    }

    /// The learned facts, once everything that the policy reads is known; warns of a mark
    /// that nothing reads.
    pub(crate) fn finish_learned(&mut self, drafts: Vec<LearnedDraft>, outcomes: &[Outcome]) -> Vec<Learned> {
        for outcome in outcomes {
            if let Effect::Mark(fact, _) = &outcome.effect
                && self.vocabulary.find(fact).is_none()
            {
                let problem =
                    Problem::warning("P409", format!("nothing reads `{fact}`, which \"{}\" marks", outcome.name))
                        .at(outcome.span, "changes nothing")
                        .help(format!("let a hold, a type or a treatment read `{fact}`, or take the statement out"));
                self.report(problem);
            }
        }
        let found = |draft: LearnedDraft| Learned { fact: self.vocabulary.find(&draft.column), ..draft.learned };
        drafts.into_iter().map(found).collect()
    }
}

/// A length of time in words.
fn said(life: Option<i64>) -> String {
    life.map_or_else(|| "for good".to_owned(), |days| format!("for {days} days"))
}
