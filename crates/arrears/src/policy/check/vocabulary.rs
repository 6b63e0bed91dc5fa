//! The facts that a policy reads, gathered while it is checked.

use super::companions::state_default;
use super::{Checker, Phase};
use crate::condition::{FactId, Named};
use crate::draft::Keyword;
use crate::facts::{FactDef, Parametric, ParametricKind, Role, column_part, table};
use crate::number::Kind;
use crate::policy::{Input, Need};
use crate::problem::{Problem, nearest};
use crate::span::Span;
use std::collections::BTreeMap;

/// The facts that a policy reads, in the order in which they were met.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    pub(crate) inputs: Vec<Input>,
    by_name: BTreeMap<String, FactId>,
    /// Facts of the bank's own, by name.
    pub(crate) own: BTreeMap<String, Input>,
    /// Facts with a parameter that the table does not have.
    pub(crate) counted: Vec<Parametric>,
}

impl Vocabulary {
    pub(crate) fn find(&self, name: &str) -> Option<FactId> {
        self.by_name.get(name).copied()
    }

    pub(crate) fn get(&self, id: FactId) -> Option<&Input> {
        self.inputs.get(id.index())
    }

    pub(crate) fn get_mut(&mut self, id: FactId) -> Option<&mut Input> {
        self.inputs.get_mut(id.index())
    }

    /// The place of an input, added if it is new.
    pub(crate) fn add(&mut self, input: Input) -> FactId {
        if let Some(id) = self.find(&input.name) {
            return id;
        }
        let id = FactId(u16::try_from(self.inputs.len()).unwrap_or(u16::MAX));
        self.by_name.insert(input.name.clone(), id);
        self.inputs.push(input);
        id
    }

    /// Takes out the inputs from position `from` on.
    pub(crate) fn forget(&mut self, from: usize) {
        self.inputs.truncate(from);
        self.by_name.retain(|_, id| id.index() < from);
    }

    /// The position of a word of a fact; new words of an open vocabulary are added.
    pub(crate) fn word(&mut self, id: FactId, word: &str) -> Option<usize> {
        let input = self.get_mut(id)?;
        let known = input.words.iter().position(|known| known == word);
        if known.is_none() && input.open {
            input.words.push(word.to_owned());
            return Some(input.words.len() - 1);
        }
        known
    }
}

impl<'d> Checker<'d> {
    /// The fact called `name`, added to the policy's inputs; reports unknown names and
    /// facts that are decided later.
    pub(crate) fn fact(&mut self, name: &str, span: Span, phase: Phase) -> Option<FactId> {
        if phase == Phase::Contact
            && let Some(def) = table::find_of_contact(name)
        {
            return Some(self.table_fact(def, span));
        }
        if let Some(def) = table::find(name) {
            self.in_time(name, span, phase)?;
            return Some(self.table_fact(def, span));
        }
        if let Some(own) = self.vocabulary.own.get(name) {
            let own = own.clone();
            let valid = own.valid;
            let id = self.vocabulary.add(Input { span, valid: None, ..own });
            if let Some((_, days)) = valid {
                let age = self.age_of(name, span);
                if let Some(input) = self.vocabulary.get_mut(id) {
                    input.valid = Some((age, days));
                }
            }
            return Some(id);
        }
        if let Some(id) = self.own_work_fact(name, span) {
            return Some(id);
        }
        // A statement that cannot be read, or a fact without a kind, was reported there.
        let unread = [Keyword::Fact, Keyword::Threshold, Keyword::Define];
        let reported = unread.into_iter().any(|keyword| self.declared.is_broken(keyword, name))
            || self.declared.find(Keyword::Fact, name).is_some();
        if !reported {
            let problem = self.unknown_fact(name, span);
            self.report(problem);
        }
        None
    }

    /// `episode_count_<treatment>` and `days_since_<treatment>` written as plain names.
    fn own_work_fact(&mut self, name: &str, span: Span) -> Option<FactId> {
        let (kind, work) = self.own_work(name)?;
        match kind {
            Kind::Count => Some(self.episode_count(work, span)),
            _ => self.parametric(ParametricKind::DaysSince, &Named::new(work, span), 0, span),
        }
    }

    /// What such a name measures, and the treatment, duty or text in it.
    pub(crate) fn own_work(&self, name: &str) -> Option<(Kind, &'d str)> {
        let named = |prefix: &str, names: Vec<&'d str>| {
            let part = name.strip_prefix(prefix)?;
            names.into_iter().find(|work| column_part(work) == part)
        };
        if let Some(treatment) = named("episode_count_", self.declared.names(Keyword::Treatment)) {
            return Some((Kind::Count, treatment));
        }
        named("days_since_", self.declared.own_work()).map(|work| (Kind::Days, work))
    }

    /// What to say of a name that accounts have no fact of.
    pub(crate) fn unknown_fact(&self, name: &str, span: Span) -> Problem {
        let contact = table::of_contact().filter(|_| self.guards).map(|fact| fact.name);
        let known = table::all().map(|fact| fact.name).chain(contact);
        let own = self.vocabulary.own.keys().map(String::as_str);
        let words = [Keyword::Threshold, Keyword::Define].map(|keyword| self.declared.names(keyword));
        let problem = Problem::error("P101", format!("unknown fact `{name}`")).at(span, "accounts have no such fact");
        match nearest(name, known.chain(own).chain(words.into_iter().flatten())) {
            Some(near) => problem.suggest(span, near),
            None => {
                problem.help(format!("a fact of the bank's own is declared: fact {name} = ... #{{ kind: \"...\" }};"))
            }
        }
    }

    /// Reports a fact that is decided only after the statement is read.
    fn in_time(&mut self, name: &str, span: Span, phase: Phase) -> Option<()> {
        if phase == Phase::Contact {
            return self.outside_the_decision(name, span);
        }
        let (needs, what) = match name {
            "willingness" | "ability" | "quadrant" => (Phase::Assessed, "is assessed from the signs"),
            "debtor_type" => (Phase::Typed, "is decided after signs and holds"),
            "current_stage" => (Phase::Staged, "is decided after the debtor type"),
            "action" | "channel" | "chosen_treatment" => (Phase::Decided, "is decided last"),
            _ => return Some(()),
        };
        if phase >= needs {
            return Some(());
        }
        let problem = Problem::error("P115", format!("`{name}` {what}"))
            .at(span, "not yet decided here")
            .help("read the facts that lead to it, or the last decision's `previous_stage` and `previous_type`");
        self.report(problem);
        None
    }

    /// Reports what a guardrail reads of the decision or of the bank's own assessment: it binds both.
    fn outside_the_decision(&mut self, name: &str, span: Span) -> Option<()> {
        let given = table::find(name).is_none_or(|def| def.role == Role::Input);
        if given || name == "reachable" || name == "bucket" || name == "utilisation" {
            return Some(());
        }
        let problem = Problem::error("P125", format!("a guardrail must not read `{name}`"))
            .at(span, "decided or assessed by the policy that the guardrail binds")
            .help("read facts that the host gives");
        self.report(problem);
        None
    }

    /// An entry of the table as an input, with all that it brings with it.
    pub(crate) fn table_fact(&mut self, def: &'static FactDef, span: Span) -> FactId {
        if let Some(id) = self.vocabulary.find(def.name) {
            return id;
        }
        let need = match def.role {
            Role::Input => Need::Required,
            Role::Derived if self.is_given(def.name) => Need::Required,
            Role::Derived => Need::Derived,
            Role::State(default) => Need::State(state_default(default, def.kind)),
            Role::Result => Need::Result,
            Role::Contact => Need::Contact,
        };
        let mut input = Input::of_table(def, need, span);
        self.give_words(def, &mut input);
        let id = self.vocabulary.add(input);
        self.bring(def, id, span);
        id
    }

    /// A fact of the table that a statement itself reads: it is then required.
    pub(crate) fn read_table(&mut self, name: &str, span: Span) -> Option<FactId> {
        let def = table::find(name)?;
        let known = self.vocabulary.find(name);
        let id = self.table_fact(def, span);
        if known.is_some()
            && let Some(input) = self.vocabulary.get_mut(id)
            && matches!(input.need, Need::For(_) | Need::Optional(_))
        {
            input.need = Need::Required;
            input.span = span;
        }
        Some(id)
    }

    /// Whether an axis must be given because the policy has no sign for it.
    fn is_given(&self, name: &str) -> bool {
        let axis = matches!(name, "willingness" | "ability");
        axis && !self.declared.any_broken(Keyword::Sign)
            && !self.declared.all(Keyword::Sign).iter().any(|sign| sign.option(name).is_some())
    }
}
