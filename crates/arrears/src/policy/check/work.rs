//! Duties, acts, treatments, hours and priority.

use super::options::{clock_minutes, text, text_list};
use super::{Checker, Phase};
use crate::condition::{Named, Num, Term, WordSet};
use crate::draft::{Keyword, OptionOwner, Statement, VerbCall};
use crate::facts::{Class, ParametricKind, Verb, VerbDef, column_part, verb_table};
use crate::number::Kind;
use crate::policy::ladder::Cadence;
use crate::policy::{Act, ClockPeriod, Duty, Hours, Invariant, Point, Purpose, Stage, Treatment, TreatmentId};
use crate::problem::{Problem, nearest};

impl Checker<'_> {
    fn verb(&mut self, statement: &Statement, owner: OptionOwner) -> Option<(Verb, VerbDef, VerbCall)> {
        let call = statement.act.as_ref()?;
        let verb = Verb::from_word(&call.verb.text).or_else(|| self.unknown_verb(&call.verb))?;
        self.check_verb_options(owner, call);
        Some((verb, verb.def(), call.clone()))
    }

    /// Reports a verb that the language does not have.
    pub(crate) fn unknown_verb<T>(&mut self, named: &Named) -> Option<T> {
        let words: Vec<&str> = verb_table().iter().map(|def| def.word).collect();
        let mut problem = Problem::error("P108", format!("unknown verb `{}`", named.text)).at(named.span, "nothing is done by this name");
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
            let Some((verb, def, call)) = verb else { continue };
            if !matches!(def.class, Class::Contact | Class::Internal) || def.strength.is_some_and(|strength| strength > 3) {
                self.misplaced(&call.verb, "a duty informs a person or stays inside the bank: letter, email, sms, note");
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
            let Some((verb, def, call)) = verb else { continue };
            if def.class == Class::Contact || matches!(verb, Verb::Litigation | Verb::Place) {
                self.misplaced(&call.verb, "an act is done to the account: block, reduce, restore_limit; use `treatment` to reach the person");
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

    /// The treatments in order, and their places by stage.
    pub(crate) fn treatments(&mut self, stages: &[Stage]) -> (Vec<Treatment>, Vec<Vec<TreatmentId>>) {
        let mut treatments = Vec::new();
        let mut insteads = Vec::new();
        for statement in self.declared.all(Keyword::Treatment) {
            if let Some(treatment) = self.treatment(statement) {
                let instead = statement.act.as_ref().and_then(|call| call.option("instead"));
                insteads.push(instead.cloned());
                treatments.push(treatment);
            }
        }
        for (index, instead) in insteads.iter().enumerate() {
            if let Some(value) = instead {
                let found = self.instead(value, index, &treatments);
                if let Some(treatment) = treatments.get_mut(index) {
                    treatment.instead = found;
                }
            }
        }
        let by_stage = (0..stages.len())
            .map(|stage| {
                let in_stage = |(index, treatment): (usize, &Treatment)| {
                    let here = treatment.stages.has(i64::try_from(stage).unwrap_or(-1));
                    here.then(|| u16::try_from(index).ok().map(TreatmentId)).flatten()
                };
                treatments.iter().enumerate().filter_map(in_stage).collect()
            })
            .collect();
        (treatments, by_stage)
    }

    fn treatment(&mut self, statement: &Statement) -> Option<Treatment> {
        self.check_options(statement);
        let verb = self.verb(statement, OptionOwner::Treatment);
        let stages = self.stage_set(statement.stages.as_ref());
        let when = statement.when.as_ref().map(|when| self.cond(when, Phase::Staged));
        let unless = statement.unless.as_ref().map(|unless| self.cond(unless, Phase::Staged));
        let (verb, def, call) = verb?;
        let Some(strength) = def.strength else {
            let problem = Problem::error("P309", format!("`{}` is done to the account", call.verb.text))
                .at(call.verb.span, "no treatment")
                .at(statement.span.head(9), "declared as a treatment")
                .help(format!("write: act \"{}\" when ... do {}(...);", statement.name_text(), call.verb.text));
            self.report(problem);
            return None;
        };
        let purpose = call.option("purpose").and_then(Term::as_text).and_then(Purpose::from_word).unwrap_or(Purpose::Demand);
        let numbers = self.points(&call);
        let channel = def.channel.filter(|_| def.class == Class::Contact);
        let named = channel.map(|channel| Named::new(channel.word(), call.verb.span));
        let free = matches!(purpose, Purpose::RequiredNotice | Purpose::Reply);
        let opted_out = named
            .as_ref()
            .filter(|_| !free)
            .and_then(|named| self.parametric(ParametricKind::OptedOut, named, 0, call.verb.span));
        let asks = matches!(call.option("consent").map(|value| &value.kind), Some(crate::condition::TermKind::Flag(true)));
        let consent = named
            .as_ref()
            .filter(|_| asks)
            .and_then(|named| self.parametric(ParametricKind::Consent, named, 0, call.verb.span));
        let every = self.option_number(call.option("every"), Kind::Days);
        let at_most = self.option_number(call.option("at_most"), Kind::Count);
        let cadence = self.cadence(statement, every.is_some(), at_most.is_some() || !numbers.is_empty());
        let at = call.option("at").and_then(Term::as_text).and_then(super::options::clock_period);
        let details = self.details(&call.options);
        Some(Treatment {
            name: statement.name_text().to_owned(),
            stages,
            when: match when {
                Some(found) => Some(found?),
                None => None,
            },
            unless: match unless {
                Some(found) => Some(found?),
                None => None,
            },
            verb,
            strength,
            class: def.class,
            purpose,
            every,
            at_most,
            at,
            numbers,
            opted_out,
            consent,
            instead: None,
            approval: call.option("approval").and_then(Term::as_text).map(str::to_owned),
            details,
            why: text(statement, "why").unwrap_or_default(),
            span: statement.name_span(),
            cadence,
        })
    }

    fn cadence(&mut self, statement: &Statement, rests: bool, counted: bool) -> Cadence {
        let name = statement.name_text();
        let count = counted.then(|| self.episode_count(name, statement.name_span()));
        let since = rests.then(|| {
            let what = Named::new(name, statement.name_span());
            self.parametric(ParametricKind::DaysSince, &what, 0, statement.name_span())
        });
        Cadence { count, since: since.flatten() }
    }

    /// The state fact that counts a treatment in this episode.
    pub(crate) fn episode_count(&mut self, treatment: &str, span: crate::Span) -> crate::condition::FactId {
        let column = format!("episode_count_{}", column_part(treatment));
        let doc = format!("Times \"{treatment}\" was chosen in this episode of arrears.");
        self.carried(column.clone(), column, Kind::Count, doc, span)
    }

    fn points(&mut self, call: &VerbCall) -> Vec<Point> {
        let mut points = Vec::new();
        for name in text_list(call.option("numbers")) {
            let span = call.option("numbers").map_or(call.verb.span, |value| value.span);
            let Some(fact) = self.read(&format!("number_{name}"), span, Phase::Staged) else {
                continue;
            };
            let valid = self.vocabulary.word(fact, "valid").map(WordSet::of).unwrap_or_default();
            points.push(Point { name, fact, valid });
        }
        points
    }

    fn instead(&mut self, value: &Term, index: usize, treatments: &[Treatment]) -> Option<TreatmentId> {
        let name = value.as_text()?;
        let here = treatments.get(index)?;
        let Some(found) = treatments.iter().position(|treatment| treatment.name == name) else {
            if !self.declared.is_broken(Keyword::Treatment, name) {
                let mut problem = Problem::error("P104", format!("unknown treatment \"{name}\"")).at(value.span, "no treatment has this name");
                if let Some(near) = nearest(name, treatments.iter().map(|treatment| treatment.name.as_str())) {
                    problem = problem.suggest(value.span, format!("\"{near}\"")).help(format!("did you mean \"{near}\"?"));
                }
                self.report(problem);
            }
            return None;
        };
        let shares = treatments.get(found).is_some_and(|other| !other.stages.apart(here.stages));
        if found <= index || !shares {
            let problem = Problem::error("P311", format!("\"{name}\" is no later treatment of the same stage"))
                .at(value.span, if shares { "stands above" } else { "in other stages" })
                .at(here.span, "may give its turn away");
            self.report(problem);
            return None;
        }
        u16::try_from(found).ok().map(TreatmentId)
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
            let (Some(from), Some(to)) = (minutes("from"), minutes("to")) else {
                let problem = Problem::error("P209", "`hours` needs `from` and `to`")
                    .at(statement.span, "missing here")
                    .help("as in #{ from: \"10:00\", to: \"12:00\" }");
                self.report(problem);
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
