//! The facts that a policy reads, gathered while it is checked.

use super::{Checker, Phase};
use crate::condition::{FactId, Named};
use crate::draft::Keyword;
use crate::facts::{
    EVENTS, FactDef, Movement, Parametric, ParametricKind, Role, StateDefault, Words,
    Channel, column_part, is_outcome, outcome_table, table, verb_table,
};
use crate::number::{Cell, Kind};
use crate::policy::{Input, Need};
use crate::problem::Problem;
use crate::span::Span;
use std::collections::BTreeMap;

/// The facts that a policy reads, in the order in which they were met.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    pub(crate) inputs: Vec<Input>,
    by_name: BTreeMap<String, FactId>,
    /// Facts of the bank's own, by name.
    pub(crate) own: BTreeMap<String, Input>,
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

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

impl Checker<'_> {
    /// The fact called `name`, added to the policy's inputs; reports unknown names and
    /// facts that are decided later.
    pub(crate) fn fact(&mut self, name: &str, span: Span, phase: Phase) -> Option<FactId> {
        if let Some(def) = table::find(name) {
            self.in_time(name, span, phase)?;
            return Some(self.table_fact(def, span));
        }
        if let Some(own) = self.vocabulary.own.get(name) {
            let own = own.clone();
            if self.no_scripts && own.need == Need::Script {
                let problem = Problem::error("P117", format!("a hold reads the script fact `{name}`"))
                    .at(span, "computed by a script, which may fail")
                    .help("give the fact as a column, or read what the script reads");
                self.report(problem);
                return None;
            }
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
        if !self.declared.is_broken(Keyword::Fact, name) {
            let problem = self.unknown_fact(name, span);
            self.report(problem);
        }
        None
    }

    /// `episode_count_<treatment>` and `days_since_<treatment>` written as plain names.
    fn own_work_fact(&mut self, name: &str, span: Span) -> Option<FactId> {
        let named = |prefix: &str| {
            let part = name.strip_prefix(prefix)?;
            let own = self.declared.own_work();
            own.into_iter().find(|work| column_part(work) == part).map(str::to_owned)
        };
        if let Some(treatment) = named("episode_count_") {
            return Some(self.episode_count(&treatment, span));
        }
        let work = named("days_since_")?;
        self.parametric(ParametricKind::DaysSince, &Named::new(work, span), 0, span)
    }

    /// What a fact of the bank's own needs beside it: its age.
    fn age_of(&mut self, name: &str, span: Span) -> FactId {
        self.vocabulary.add(Input {
            name: format!("{name}_age"),
            written: format!("{name}_age"),
            kind: Kind::Days,
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: true,
            from_zero: true,
            movement: Movement::Up,
            need: Need::Required,
            valid: None,
            drops_in: None,
            counted_from: None,
            doc: format!("Days since `{name}` was made. Never: it was not."),
            span,
        })
    }

    fn unknown_fact(&self, name: &str, span: Span) -> Problem {
        let known = table::all().map(|fact| fact.name);
        let own = self.vocabulary.own.keys().map(String::as_str);
        let words = [Keyword::Threshold, Keyword::Define].map(|keyword| self.declared.names(keyword));
        Problem::error("P101", format!("unknown fact `{name}`"))
            .at(span, "accounts have no such fact")
            .nearest(span, name, known.chain(own).chain(words.into_iter().flatten()))
    }

    /// Reports a fact that is decided only after the statement is read.
    fn in_time(&mut self, name: &str, span: Span, phase: Phase) -> Option<()> {
        let (needs, what) = match name {
            "willingness" | "ability" | "quadrant" => (Phase::Assessed, "is assessed from the signs"),
            "debtor_type" => (Phase::Typed, "is decided after signs and holds"),
            "current_stage" => (Phase::Staged, "is decided after the debtor type"),
            "action" | "channel" | "treatment" => (Phase::Decided, "is decided last"),
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
        };
        let mut input = Input::of_table(def, need, span);
        self.give_words(def, &mut input);
        let id = self.vocabulary.add(input);
        self.bring(def, id, span);
        id
    }

    /// Whether an axis must be given because the policy has no sign for it.
    fn is_given(&self, name: &str) -> bool {
        let axis = matches!(name, "willingness" | "ability");
        axis && !self.declared.any_broken(Keyword::Sign)
            && !self.declared.all(Keyword::Sign).iter().any(|sign| sign.option(name).is_some())
    }

    fn give_words(&self, def: &FactDef, input: &mut Input) {
        match def.words {
            Words::None => {}
            Words::Closed(words) => input.words = texts(words),
            Words::Open => match self.declared.find(Keyword::Values, def.name) {
                Some(statement) => {
                    let list = statement.value.as_ref().map(crate::condition::Term::parts);
                    let words = list.unwrap_or_default().into_iter().filter_map(|word| word.as_text());
                    input.words = words.map(str::to_owned).collect();
                }
                None => input.open = true,
            },
            Words::Stages => {
                input.words = vec!["current".to_owned()];
                self.declared_words(Keyword::Stage, input);
            }
            Words::DebtorTypes => self.declared_words(Keyword::Debtor, input),
            Words::Treatments => self.declared_words(Keyword::Treatment, input),
            Words::Actions => {
                input.words = verb_table().iter().map(|verb| verb.word.to_owned()).collect();
                input.words.extend(texts(&["wait", "held", "review", "none"]));
                input.words.dedup();
                let mut seen = Vec::new();
                input.words.retain(|word| {
                    let new = !seen.contains(word);
                    seen.push(word.clone());
                    new
                });
            }
            Words::Channels => {
                input.words = Channel::ALL.iter().map(|channel| channel.word().to_owned()).collect();
                input.words.push("none".to_owned());
            }
        }
    }

    fn declared_words(&self, keyword: Keyword, input: &mut Input) {
        for statement in self.declared.all(keyword) {
            let position = input.words.len();
            input.words.push(statement.name_text().to_owned());
            let former = statement.option("formerly").map(crate::condition::Term::parts);
            for old in former.unwrap_or_default().into_iter().filter_map(|old| old.as_text()) {
                input.formerly.push((old.to_owned(), position));
            }
        }
    }

    /// The facts that a fact brings with it: what it is computed from, what moves it.
    fn bring(&mut self, def: &'static FactDef, id: FactId, span: Span) {
        let from: &[&str] = match def.name {
            "bucket" => &["dpd"],
            "utilisation" => &["balance", "credit_limit"],
            "reachable" => &["number_mobile", "number_work", "number_home", "lost_contact"],
            "quadrant" => &["willingness", "ability"],
            _ => &[],
        };
        for name in from {
            self.companion(name, Need::For(id), span);
        }
        match def.movement {
            Movement::Late => self.companion("days_to_due", Need::Optional(Cell::UNKNOWN), span),
            Movement::Steps(step) => {
                self.companion(step.when, Need::Optional(Cell::UNKNOWN), span);
                match step.effect {
                    crate::facts::StepEffect::Add(other)
                    | crate::facts::StepEffect::AddOneIf(other) => {
                        self.companion(other, Need::Optional(Cell::UNKNOWN), span);
                    }
                    _ => {}
                }
            }
            Movement::Expires => self.drops_in(id),
            Movement::Reaches(_) | Movement::Peak => {
                self.drops_in(id);
                self.companion("dpd", Need::Optional(Cell::UNKNOWN), span);
            }
            Movement::Still | Movement::Up | Movement::Down | Movement::Rises | Movement::Derived => {}
        }
    }

    /// A fact that is used where it is there. What the policy reads itself stays as it is.
    fn companion(&mut self, name: &str, need: Need, span: Span) {
        if self.vocabulary.find(name).is_some() {
            return;
        }
        if let Some(def) = table::find(name) {
            let id = self.table_fact(def, span);
            if let Some(input) = self.vocabulary.get_mut(id)
                && input.need == Need::Required
            {
                input.need = need;
            }
        }
    }

    /// The companion column that tells when a windowed count falls.
    fn drops_in(&mut self, id: FactId) {
        let Some(input) = self.vocabulary.get(id) else {
            return;
        };
        let name = format!("{}_drops_in", input.name);
        let companion = Input {
            written: name.clone(),
            kind: Kind::Days,
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: true,
            from_zero: true,
            movement: Movement::Down,
            need: Need::Optional(Cell::UNKNOWN),
            valid: None,
            drops_in: None,
            counted_from: None,
            doc: format!("Days until `{}` may fall by time alone. Never: it will not.", input.name),
            span: input.span,
            name,
        };
        let companion = self.vocabulary.add(companion);
        if let Some(input) = self.vocabulary.get_mut(id) {
            input.drops_in = Some(companion);
        }
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

    /// The fact of a family: `times("phone", 7)`. Reports a *what* that nobody knows.
    pub(crate) fn parametric(&mut self, kind: ParametricKind, what: &Named, days: u32, span: Span) -> Option<FactId> {
        self.known_event(kind, what)?;
        let fact = Parametric {
            kind,
            what: what.text.clone(),
            days,
        };
        let column = fact.column();
        if let Some(def) = table::find(&column)
            && def.kind == kind.measures()
        {
            return self.read_table(&column, span).or(Some(self.table_fact(def, span)));
        }
        let own = self.declared.is_own_work(&what.text);
        let carried = own && kind == ParametricKind::DaysSince && fact.history().is_none();
        let written = fact.written();
        if let Some(id) = self.vocabulary.find(&column) {
            let clash = self.vocabulary.get(id).is_some_and(|other| other.written != written);
            if clash {
                let problem = Problem::error("P118", format!("`{written}` and another name are both the column `{column}`"))
                    .at(span, "the same column")
                    .help("rename one of the two treatments, duties or texts");
                self.report(problem);
            }
            return Some(id);
        }
        let id = self.vocabulary.add(Input {
            name: column,
            doc: format!("As `{written}` in the policy."),
            written,
            kind: kind.measures(),
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: fact.may_be_never(),
            from_zero: true,
            movement: fact.movement(),
            need: if carried { Need::State(Cell::NEVER) } else { Need::Required },
            valid: None,
            drops_in: None,
            counted_from: fact.history(),
            span,
        });
        if fact.movement() == Movement::Expires {
            self.drops_in(id);
        }
        Some(id)
    }

    fn known_event(&mut self, kind: ParametricKind, what: &Named) -> Option<()> {
        let text = what.text.as_str();
        let known = match kind {
            ParametricKind::Tag => true,
            ParametricKind::Consent | ParametricKind::OptedOut => Channel::from_word(text).is_some(),
            _ => {
                Channel::from_word(text).is_some()
                    || is_outcome(text)
                    || EVENTS.contains(&text)
                    || self.declared.is_own_work(text)
                    || table::find(&format!("days_since_{text}")).is_some()
                    || [Keyword::Treatment, Keyword::Duty].iter().any(|keyword| self.declared.is_broken(*keyword, text))
            }
        };
        if known {
            return Some(());
        }
        let events = EVENTS.into_iter().chain(outcome_table().iter().map(|outcome| outcome.code));
        let own = self.declared.own_work();
        let mut candidates: Vec<&str> = Channel::ALL.into_iter().map(Channel::word).collect();
        if !matches!(kind, ParametricKind::Consent | ParametricKind::OptedOut) {
            candidates.extend(events);
            candidates.extend(own);
        }
        let mut problem = Problem::error("P109", format!("nothing called \"{text}\" happens to an account"))
            .at(what.span, "not a channel, an outcome, an event, or a treatment, duty or text of this policy");
        let near = crate::problem::nearest(text, candidates).map(str::to_owned);
        if let Some(near) = near {
            problem = problem.suggest(what.span, format!("\"{near}\"")).help(format!("did you mean \"{near}\"?"));
        }
        self.report(problem);
        None
    }

    /// A fact that the policy's own work leaves behind, carried in the state.
    pub(crate) fn carried(&mut self, name: String, written: String, kind: Kind, doc: String, span: Span) -> FactId {
        let never = kind == Kind::Days;
        self.vocabulary.add(Input {
            name,
            written,
            kind,
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never,
            from_zero: true,
            movement: if never { Movement::Up } else { Movement::Still },
            need: Need::State(if never { Cell::NEVER } else { Cell::number(0) }),
            valid: None,
            drops_in: None,
            counted_from: None,
            doc,
            span,
        })
    }

    /// An input that the engine reads where it is there.
    pub(crate) fn optional(&mut self, name: &'static str, default: Cell) -> FactId {
        if let Some(id) = self.vocabulary.find(name) {
            return id;
        }
        let Some(def) = table::find(name) else {
            return FactId(u16::MAX);
        };
        let id = self.table_fact(def, Span::NONE);
        if let Some(input) = self.vocabulary.get_mut(id)
            && input.need == Need::Required
        {
            input.need = Need::Optional(default);
        }
        id
    }

}

pub(crate) fn state_default(default: StateDefault, kind: Kind) -> Cell {
    match default {
        StateDefault::Zero if kind == Kind::Flag => Cell::FALSE,
        StateDefault::Zero => Cell::number(0),
        StateDefault::Never => Cell::NEVER,
        StateDefault::Unknown => Cell::UNKNOWN,
    }
}
