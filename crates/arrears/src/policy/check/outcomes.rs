//! What results of contacts do: codes, effects, options.

use super::Checker;
use super::names::{mended, one_of};
use super::options::{points, text};
use super::wording::row_of;
use crate::condition::{Named, Term};
use crate::draft::{Keyword, OptionOwner, Statement, VerbCall};
use crate::facts::{
    Channel, EffectWord, FactDef, GROUPS, Group, ParametricKind, Role, effect_table, outcome_group, outcome_table,
    table,
};
use crate::number::Kind;
use crate::policy::{Effect, Outcome};
use crate::problem::{Problem, nearest};
use crate::span::Span;
use std::collections::BTreeMap;

impl Checker<'_> {
    /// The `outcome` statements.
    pub(crate) fn outcomes(&mut self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        self.outcomes_unread = self.declared.any_broken(Keyword::Outcome);
        for statement in self.statements(Keyword::Outcome) {
            self.check_options(statement);
            let codes = self.codes(statement);
            let effect = self.effect(statement);
            self.outcomes_unread |= codes.is_none() || effect.is_none();
            if let (Some(codes), Some(effect)) = (codes, effect) {
                outcomes.push(Outcome {
                    name: statement.name_text().to_owned(),
                    codes,
                    effect,
                    why: text(statement, "why").unwrap_or_default(),
                    span: statement.name_span(),
                });
            }
        }
        self.each_once(&outcomes);
        self.left_over(&outcomes);
        outcomes
    }

    /// The codes that a statement is about.
    fn codes(&mut self, statement: &Statement) -> Option<Vec<&'static str>> {
        let name = statement.name.as_ref()?;
        let codes = outcome_group(&name.text);
        if !codes.is_empty() {
            return Some(codes);
        }
        let problem = Problem::error("P120", format!("unknown outcome \"{}\"", name.text))
            .at(name.span, "no contact has this result");
        let known = outcome_table().iter().map(|outcome| outcome.code);
        let groups = GROUPS.into_iter().filter(|group| !outcome_group(group).is_empty());
        let problem = match nearest(&name.text, groups.chain(known)) {
            Some(near) => mended(problem, name.span, near),
            None => problem
                .help("the codes are listed under \"Outcomes of a contact\" in docs/facts.md; `rpc` is every `rpc_*`"),
        };
        self.report(problem);
        None
    }

    fn effect(&mut self, statement: &Statement) -> Option<Effect> {
        let call = statement.act.as_ref()?;
        let Some(word) = EffectWord::from_word(&call.verb.text) else {
            return self.unknown_effect(&call.verb);
        };
        self.check_verb_options(OptionOwner::Effect(word), call);
        let complete = self.needs_options(OptionOwner::Effect(word), call);
        let lasts = call.option("lasts").and_then(points);
        let days = |checker: &mut Self, key| checker.option_number(call.option(key), Kind::Days);
        let effect = match word {
            EffectWord::Retry => Effect::Retry(days(self, "after")?),
            EffectWord::CallBack => Effect::CallBack(days(self, "within")?),
            EffectWord::Pause => Effect::Pause(days(self, "days")?),
            EffectWord::RetirePoint => Effect::RetirePoint(retired(call)?, lasts),
            EffectWord::OptOut => Effect::OptOut(self.refused_channel(call)?),
            EffectWord::Mark => Effect::Mark(self.marked(call)?.name.to_owned(), lasts),
            EffectWord::VaguePromise => Effect::VaguePromise(lasts),
            EffectWord::Promise => Effect::Promise,
        };
        complete.then_some(effect)
    }

    fn unknown_effect<T>(&mut self, named: &Named) -> Option<T> {
        let words: Vec<&str> = effect_table().iter().map(|def| def.word).collect();
        let problem = Problem::error("P121", format!("unknown effect `{}`", named.text))
            .at(named.span, "no result of a contact does this");
        let problem = match nearest(&named.text, words.iter().copied()) {
            Some(near) => problem.suggest(named.span, near),
            None => problem.help(format!("effects are {}", row_of(&words))),
        };
        self.report(problem);
        None
    }

    /// The channel of an `opt_out`: the one named, or the one that will have been used.
    fn refused_channel(&mut self, call: &VerbCall) -> Option<Option<Channel>> {
        let Some(value) = call.option("channel") else {
            return Some(None);
        };
        let named = Named::new(value.as_text()?, value.span);
        self.known_event(ParametricKind::OptedOut, &named)?;
        Channel::from_word(&named.text).map(Some)
    }

    /// The flag of a `mark`.
    fn marked(&mut self, call: &VerbCall) -> Option<&'static FactDef> {
        let value = call.option("fact")?;
        let name = value.as_text()?;
        let found = table::find(name).filter(|def| can_be_marked(def));
        if found.is_none() {
            let flags: Vec<&str> = table::all().filter(|def| can_be_marked(def)).map(|def| def.name).collect();
            let problem = Problem::error("P122", format!("`{name}` cannot be marked")).at(
                value.span,
                if table::find(name).is_some() { "no flag of protection or of the person" } else { "no such fact" },
            );
            self.report(one_of(problem, value.span, name, &flags));
        }
        found
    }

    /// Reports a result that does the same twice: both would apply, and one of them is a
    /// mistake.
    fn each_once(&mut self, outcomes: &[Outcome]) {
        let mut seen: BTreeMap<(&str, String), (EffectWord, Span)> = BTreeMap::new();
        for outcome in outcomes {
            let what = what_it_sets(&outcome.effect);
            let word = outcome.effect.word();
            let twice = outcome.codes.iter().find_map(|code| Some((*code, *seen.get(&(*code, what.clone()))?)));
            if let Some((code, (before, first))) = twice {
                let does = if before == word {
                    format!("does `{}` twice", word.word())
                } else {
                    format!("does `{}` and `{}`, which exclude each other", before.word(), word.word())
                };
                let problem = Problem::error("P323", format!("the result \"{code}\" {does}"))
                    .at(outcome.span, "again")
                    .at(first, "first here")
                    .help("a group stands for all its codes: keep one of the two");
                self.report(problem);
            }
            for code in &outcome.codes {
                seen.entry((*code, what.clone())).or_insert((word, outcome.span));
            }
        }
    }

    /// Warns of results of which the policy says nothing, if it speaks of any.
    fn left_over(&mut self, outcomes: &[Outcome]) {
        let Some(first) = outcomes.first() else { return };
        let handled = |code: &&str| outcomes.iter().any(|outcome| outcome.codes.contains(code));
        let left: Vec<&str> = outcome_table()
            .iter()
            .map(|def| def.code)
            .filter(|code| !SAYS_NOTHING.contains(code) && !handled(code))
            .collect();
        if left.is_empty() {
            return;
        }
        let message = match left.as_slice() {
            [one] => format!("no `outcome` says what \"{one}\" does"),
            many => format!("no `outcome` says what {} results of a contact do", many.len()),
        };
        let problem = Problem::warning("P408", message)
            .at(first.span, "this one is spoken for")
            .help(format!("they change nothing: {}", left.join(", ")));
        self.report(problem);
    }
}

/// Results that say no more than that a contact took place: there is nothing to learn from them.
const SAYS_NOTHING: [&str; 3] = ["conversation", "sent", "received"];

fn can_be_marked(def: &FactDef) -> bool {
    def.kind == Kind::Flag && def.role == Role::Input && matches!(def.group, Group::Protection | Group::Person)
}

/// What a number is known as from then on.
fn retired(call: &VerbCall) -> Option<&'static str> {
    let word = call.option("as").and_then(Term::as_text)?;
    ["wrong", "dead", "objected"].into_iter().find(|known| *known == word)
}

/// What an effect sets, as far as two of them would get into each other's way.
fn what_it_sets(effect: &Effect) -> String {
    match effect {
        Effect::Mark(fact, _) => format!("mark {fact}"),
        Effect::OptOut(channel) => format!("opt_out {}", channel.map_or("", Channel::word)),
        Effect::Promise | Effect::VaguePromise(_) => "promise".to_owned(),
        other => other.word().word().to_owned(),
    }
}
