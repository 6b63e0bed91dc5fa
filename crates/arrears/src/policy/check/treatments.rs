//! Treatments: what is done, in which stages, how often, and what may take their turn.

use super::options::{text, text_list};
use super::{Checker, Phase};
use crate::condition::{Named, Term, WordSet};
use crate::draft::{Keyword, OptionOwner, Statement, VerbCall};
use crate::facts::{Channel, Class, EVENTS, EffectWord, ParametricKind, column_part, is_outcome};
use crate::number::Kind;
use crate::policy::ladder::Cadence;
use crate::policy::{Point, Purpose, Stage, Treatment, TreatmentId};
use crate::problem::Problem;

impl Checker<'_> {
    /// The treatments in order, and their places by stage.
    pub(crate) fn treatments(&mut self, stages: &[Stage]) -> (Vec<Treatment>, Vec<Vec<TreatmentId>>) {
        self.tables();
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

    /// The rows of a table are treatments by now; a policy made by a program has no file to read them from.
    fn tables(&mut self) {
        for statement in self.declared.all(Keyword::Table) {
            self.check_options(statement);
            if self.draft.sources.is_empty() {
                let problem = Problem::error("P124", "a policy made by a program has no `table`")
                    .at(statement.span, "its file is not read")
                    .help("add each of its rows as a treatment");
                self.report(problem);
            }
        }
    }

    fn treatment(&mut self, statement: &Statement) -> Option<Treatment> {
        self.check_options(statement);
        let verb = self.verb(statement, OptionOwner::Treatment);
        let stages = self.stage_set(statement.stages.as_ref());
        if let Some(list) = statement.stages.as_ref().filter(|list| list.parts().is_empty()) {
            let problem = Problem::error("P211", "a treatment in no stage is never chosen").at(list.span, "empty");
            self.report(problem);
        }
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
        let purpose =
            call.option("purpose").and_then(Term::as_text).and_then(Purpose::from_word).unwrap_or(Purpose::Demand);
        let numbers = self.points(&call);
        let channel = def.channel.filter(|_| def.class == Class::Contact);
        let named = channel.map(|channel| Named::new(channel.word(), call.verb.span));
        let free = matches!(purpose, Purpose::RequiredNotice | Purpose::Reply);
        let opted_out = named
            .as_ref()
            .filter(|_| !free)
            .and_then(|named| self.parametric(ParametricKind::OptedOut, named, 0, call.verb.span));
        let asks =
            matches!(call.option("consent").map(|value| &value.kind), Some(crate::condition::TermKind::Flag(true)));
        let consent = named
            .as_ref()
            .filter(|_| asks)
            .and_then(|named| self.parametric(ParametricKind::Consent, named, 0, call.verb.span));
        let every = self.option_number(call.option("every"), Kind::Days);
        let at_most = self.option_number(call.option("at_most"), Kind::Count);
        let mut cadence = self.cadence(statement, every.is_some(), at_most.is_some() || !numbers.is_empty());
        if at_most.is_some() && numbers.len() > 1 && self.any_retry() {
            cadence.retries = Some(self.retries(statement));
        }
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
            guards: Vec::new(),
            hours: Vec::new(),
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
        if rests && (Channel::from_word(name).is_some() || is_outcome(name) || EVENTS.contains(&name)) {
            let problem = Problem::error(
                "P118",
                format!("the treatment \"{name}\" is named like a channel, an outcome or an event"),
            )
            .at(statement.name_span(), format!("`days_since(\"{name}\")` would mean both"))
            .help("give the treatment a name of its own");
            self.report(problem);
            return Cadence { count, since: None, retries: None };
        }
        let since = rests.then(|| {
            let what = Named::new(name, statement.name_span());
            self.parametric(ParametricKind::DaysSince, &what, 0, statement.name_span())
        });
        Cadence { count, since: since.flatten(), retries: None }
    }

    /// Whether some result of a contact lets an attempt not count.
    fn any_retry(&self) -> bool {
        let mut effects = self.statements(Keyword::Outcome).filter_map(|statement| statement.act.as_ref());
        effects.any(|call| call.verb.text == EffectWord::Retry.word())
    }

    /// The state fact that counts the attempts of a treatment that did not count.
    fn retries(&mut self, statement: &Statement) -> crate::condition::FactId {
        let name = statement.name_text();
        let column = format!("retries_{}", column_part(name));
        let doc = format!("Attempts by \"{name}\" in this episode of arrears that did not count.");
        self.carried(column.clone(), column, Kind::Count, doc, statement.name_span())
    }

    /// The state fact that counts a treatment in this episode.
    pub(crate) fn episode_count(&mut self, treatment: &str, span: crate::Span) -> crate::condition::FactId {
        let column = format!("episode_count_{}", column_part(treatment));
        let doc = format!("Times \"{treatment}\" was chosen in this episode of arrears.");
        self.carried(column.clone(), column, Kind::Count, doc, span)
    }

    fn points(&mut self, call: &VerbCall) -> Vec<Point> {
        let mut points = Vec::new();
        let known = text_list(call.option("numbers")).into_iter().filter(|name| {
            // A word that is no number was reported with the options.
            crate::facts::table::find(&format!("number_{name}")).is_some()
        });
        for name in known {
            let span = call.option("numbers").map_or(call.verb.span, |value| value.span);
            let Some(fact) = self.read(&format!("number_{name}"), span, Phase::Staged) else {
                continue;
            };
            let valid = self.vocabulary.word(fact, "valid").map(WordSet::of).unwrap_or_default();
            points.push(Point { name, fact, valid, refused: None });
        }
        points
    }

    fn instead(&mut self, value: &Term, index: usize, treatments: &[Treatment]) -> Option<TreatmentId> {
        let name = value.as_text()?;
        let here = treatments.get(index)?;
        let Some(found) = treatments.iter().position(|treatment| treatment.name == name) else {
            // A treatment of that name with a mistake of its own was reported.
            return match self.declared.find(Keyword::Treatment, name) {
                Some(_) => None,
                None => self.unknown_name(Keyword::Treatment, name, value.span),
            };
        };
        let shares = treatments.get(found).is_some_and(|other| !other.stages.apart(here.stages));
        if found <= index || !shares {
            let problem = Problem::error("P311", format!("\"{name}\" is no later treatment of the same stage"))
                .at(value.span, if shares { "stands above" } else { "in other stages" })
                .at(here.span, "may give its turn away")
                .help("`instead` names a treatment that stands further down and shares a stage");
            self.report(problem);
            return None;
        }
        u16::try_from(found).ok().map(TreatmentId)
    }
}
