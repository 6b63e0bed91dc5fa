//! Duties, acts, hours, priority, and what must never be decided.

use super::options::{clock_minutes, misspelt, text};
use super::{Checker, Phase};
use crate::condition::{Named, Num, Term, WordSet};
use crate::draft::{Keyword, OptionOwner, Statement, VerbCall};
use crate::facts::{Class, ParametricKind, Verb, VerbDef, verb_table};
use crate::number::Kind;
use crate::policy::{Act, ClockPeriod, Duty, Hours, Invariant};
use crate::problem::{Problem, nearest};

impl Checker<'_> {
    pub(crate) fn verb(&mut self, statement: &Statement, owner: OptionOwner) -> Option<(Verb, VerbDef, VerbCall)> {
        let call = statement.act.as_ref()?;
        let verb = Verb::from_word(&call.verb.text).or_else(|| self.unknown_verb(&call.verb))?;
        self.check_verb_options(owner, call);
        Some((verb, verb.def(), call.clone()))
    }

    /// Reports a verb that the language does not have.
    pub(crate) fn unknown_verb<T>(&mut self, named: &Named) -> Option<T> {
        let words: Vec<&str> = verb_table().iter().map(|def| def.word).collect();
        let mut problem = Problem::error("P108", format!("unknown verb `{}`", named.text))
            .at(named.span, "nothing is done by this name");
        problem = match nearest(&named.text, words.iter().copied()) {
            Some(near) => problem.suggest(named.span, near).help(format!("did you mean `{near}`?")),
            None if named.text == "call" => problem.suggest(named.span, "phone").help("did you mean `phone`?"),
            None => problem.help(format!("verbs are {}", words.join(", "))),
        };
        self.report(problem);
        None
    }

    fn misplaced(&mut self, named: &Named, help: &str) {
        let problem = Problem::error("P310", format!("`{}` does not belong here", named.text))
            .at(named.span, "not here")
            .help(help);
        self.report(problem);
    }

    /// The duties.
    pub(crate) fn duties(&mut self) -> Vec<Duty> {
        let mut duties = Vec::new();
        for statement in self.declared.all(Keyword::Duty) {
            self.check_options(statement);
            let verb = self.verb(statement, OptionOwner::Duty);
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Staged));
            let Some((verb, def, call)) = verb else {
                continue;
            };
            if !matches!(def.class, Class::Contact | Class::Internal)
                || def.strength.is_some_and(|strength| strength > 3)
            {
                self.misplaced(
                    &call.verb,
                    "a duty informs a person or stays inside the bank: letter, email, sms, note",
                );
            }
            let within = self.option_number(call.option("within"), Kind::Days);
            let from = call.option("from").and_then(|value| {
                let what = Named::new(value.as_text()?, value.span);
                self.parametric(ParametricKind::DaysSince, &what, 0, value.span)
            });
            let details = self.details(&call.options);
            let Some(when) = when else { continue };
            duties.push(Duty {
                name: statement.name_text().to_owned(),
                when,
                verb,
                within,
                from,
                details,
                why: text(statement, "why").unwrap_or_default(),
                span: statement.name_span(),
            });
        }
        duties
    }

    /// The acts on the account.
    pub(crate) fn acts(&mut self) -> Vec<Act> {
        let mut acts = Vec::new();
        for statement in self.declared.all(Keyword::Act) {
            self.check_options(statement);
            let verb = self.verb(statement, OptionOwner::Act);
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Staged));
            let Some((verb, def, call)) = verb else {
                continue;
            };
            if def.class == Class::Contact || matches!(verb, Verb::Litigation | Verb::Place) {
                self.misplaced(
                    &call.verb,
                    "an act is done to the account: block, reduce, restore_limit; use `treatment` to reach the person",
                );
            }
            let details = self.details(&call.options);
            let Some(when) = when else { continue };
            acts.push(Act {
                name: statement.name_text().to_owned(),
                when,
                verb,
                class: def.class,
                details,
                why: text(statement, "why").unwrap_or_default(),
                span: statement.name_span(),
            });
        }
        acts
    }

    /// When people of an occupation may be found at home.
    pub(crate) fn hours(&mut self) -> Vec<Hours> {
        let mut hours = Vec::new();
        for statement in self.declared.all(Keyword::Hours) {
            self.check_options(statement);
            let minutes = |key: &str| statement.option(key).and_then(Term::as_text).and_then(clock_minutes);
            let Some(occupation) = self.read("occupation", statement.name_span(), Phase::Staged) else {
                continue;
            };
            let Some(word) = self.vocabulary.word(occupation, statement.name_text()) else {
                let problem = Problem::error("P106", format!("`occupation` is never \"{}\"", statement.name_text()))
                    .at(statement.name_span(), "not one of its words");
                self.report(problem);
                continue;
            };
            let lacks = |key: &&str| statement.option(key).is_none() && !misspelt(statement, key);
            let missing = ["from", "to"].iter().any(lacks);
            if missing {
                let problem = Problem::error("P209", "`hours` needs `from` and `to`")
                    .at(statement.name_span(), "missing here")
                    .help("as in #{ from: \"10:00\", to: \"12:00\" }");
                self.report(problem);
            }
            // A time that is none was reported with the options.
            let (Some(from), Some(to)) = (minutes("from"), minutes("to")) else {
                continue;
            };
            if from >= to {
                let problem = Problem::error("P211", "the hours end before they begin").at(statement.span, "empty");
                self.report(problem);
                continue;
            }
            hours.push(Hours {
                occupation: statement.name_text().to_owned(),
                word: i64::try_from(word).unwrap_or(WordSet::OTHER),
                period: ClockPeriod { from, to },
                span: statement.span,
            });
        }
        hours
    }

    /// `priority EXPRESSION;`
    pub(crate) fn priority(&mut self) -> Option<Num> {
        let mut all = self.statements(Keyword::Priority);
        let first = all.next()?;
        for again in all {
            self.once(again, first);
        }
        self.any_number(first.value.as_ref()?, Phase::Staged)
    }

    /// `never` and `always`.
    pub(crate) fn invariants(&mut self) -> Vec<Invariant> {
        let mut invariants = Vec::new();
        let statements = self.declared.all(Keyword::Never).into_iter().chain(self.declared.all(Keyword::Always));
        for statement in statements {
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Decided));
            let then = statement.then.as_ref().map(|then| self.cond(then, Phase::Decided));
            if let (Some(when), None | Some(Some(_))) = (when, &then) {
                invariants.push(Invariant {
                    name: statement.name_text().to_owned(),
                    when,
                    then: then.flatten(),
                    span: statement.name_span(),
                });
            }
        }
        invariants
    }
}
