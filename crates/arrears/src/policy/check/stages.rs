//! Stages, how accounts move over them, and the ways down.

use super::options::{flag, points, shows, text, text_list};
use super::{Checker, Phase};
use crate::condition::{Named, Term, WordSet};
use crate::draft::{Keyword, Statement};
use crate::facts::{Class, Verb};
use crate::number::Kind;
use crate::policy::{Cure, Ease, Escalate, Mode, Stage, StageId};
use crate::problem::Problem;
use crate::span::Span;
use std::collections::BTreeMap;

impl Checker<'_> {
    /// The stages in order of severity; the first is `current`.
    pub(crate) fn stages(&mut self) -> Vec<Stage> {
        let statements = self.declared.all(Keyword::Stage);
        let mut stages = vec![Stage {
            name: "current".to_owned(),
            when: None,
            after: None,
            dwell: None,
            approval: None,
            beside: false,
            shows: BTreeMap::new(),
            say: Vec::new(),
            why: "nothing is late enough to be in a stage".to_owned(),
            span: Span::NONE,
        }];
        for statement in &statements {
            self.check_options(statement);
            if statement.name_text() == "current" {
                let problem = Problem::error("P103", "the stage `current` always exists")
                    .at(statement.name_span(), "taken")
                    .help("it needs no statement; give this stage another name");
                self.report(problem);
            }
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Typed));
            let after = statement.option("after").and_then(|value| self.after(value, &stages));
            let dwell = self.option_number(statement.option("dwell"), Kind::Days);
            stages.push(Stage {
                name: statement.name_text().to_owned(),
                when,
                after,
                dwell,
                approval: text(statement, "approval"),
                beside: flag(statement, "beside"),
                shows: shows(statement),
                say: text_list(statement.option("say")),
                why: text(statement, "why").unwrap_or_default(),
                span: statement.name_span(),
            });
        }
        self.too_many(&statements, "stages");
        if statements.is_empty() && !self.declared.any_broken(Keyword::Stage) {
            let problem = Problem::error("P308", "the policy has no stage")
                .at(Span::new(0, 0, 0), "expected at least one `stage`")
                .help("as in: stage \"reminder\" when dpd >= 1;");
            self.report(problem);
        }
        stages
    }

    fn after(&mut self, value: &Term, above: &[Stage]) -> Option<StageId> {
        let name = value.as_text()?;
        let known = self.stage_named(name, value.span)?;
        let (label, help) = match above.get(known.index()) {
            Some(stage) if stage.beside => {
                ("stands beside the ladder", "an account can only have climbed the rungs of the ladder")
            }
            Some(_) => return Some(known),
            None if known.index() == above.len() => ("the stage itself", "name the stage before it"),
            None => ("declared below", "stages are declared in order of severity, mildest first"),
        };
        let problem = Problem::error("P312", format!("`after` names \"{name}\", which is no milder rung"))
            .at(value.span, label)
            .help(help);
        self.report(problem);
        None
    }

    /// The place of a stage by name; reports names that no stage has.
    pub(crate) fn stage_named(&mut self, name: &str, span: Span) -> Option<StageId> {
        if name == "current" {
            return Some(StageId::CURRENT);
        }
        let names: Vec<&str> = self.declared.all(Keyword::Stage).iter().map(|stage| stage.name_text()).collect();
        if let Some(index) = names.iter().position(|known| *known == name) {
            return u8::try_from(index + 1).ok().map(StageId);
        }
        self.unknown_name(Keyword::Stage, name, span)
    }

    /// The stages of a list.
    pub(crate) fn stage_set(&mut self, value: Option<&Term>) -> WordSet {
        let mut set = WordSet::default();
        for item in value.map(Term::parts).unwrap_or_default() {
            if let Some(name) = item.as_text()
                && let Some(stage) = self.stage_named(name, item.span)
            {
                set = set.or(WordSet::of(stage.index()));
            }
        }
        set
    }

    /// `escalate #{ ... }`, or what holds without it.
    pub(crate) fn escalate(&mut self, stages: &[Stage]) -> Escalate {
        let mut all = self.statements(Keyword::Escalate);
        let mut escalate = Escalate {
            mode: Mode::Sequential,
            steps: 1,
            first_skip: false,
            catch_up: false,
            latches: WordSet::default(),
            span: Span::NONE,
        };
        let Some(statement) = all.next() else {
            return escalate;
        };
        for again in all {
            self.once(again, statement);
        }
        self.check_options(statement);
        escalate.span = statement.span;
        escalate.mode = match statement.option("mode").and_then(Term::as_text) {
            Some("skip") => Mode::Skip,
            Some("free") => Mode::Free,
            _ => Mode::Sequential,
        };
        escalate.first_skip = statement.option("first").and_then(Term::as_text) == Some("skip");
        escalate.catch_up = flag(statement, "catch_up");
        escalate.latches = self.stage_set(statement.option("latches"));
        if let Some(steps) = statement.option("steps").and_then(points) {
            escalate.steps = u32::try_from(steps).unwrap_or(1).max(1);
        }
        if escalate.mode == Mode::Free {
            self.no_memory(statement, stages);
        }
        escalate
    }

    fn no_memory(&mut self, escalate: &Statement, stages: &[Stage]) {
        let mut said: Vec<Span> = Vec::new();
        said.extend(
            stages.iter().filter(|stage| stage.after.is_some() || stage.dwell.is_some()).map(|stage| stage.span),
        );
        said.extend(self.statements(Keyword::Ease).map(|ease| ease.span));
        let options = ["steps", "catch_up", "latches"];
        said.extend(options.iter().filter_map(|key| escalate.option(key)).map(|value| value.span));
        let mode = escalate.option("mode").map_or(escalate.span, |mode| mode.span);
        for span in said {
            let problem = Problem::error("P320", "mode `free` has no memory")
                .at(span, "says nothing in this mode")
                .at(mode, "the mode")
                .help("take it out, or use mode \"skip\" or \"sequential\"");
            self.report(problem);
        }
    }

    /// The ways down.
    pub(crate) fn eases(&mut self, stages: &[Stage]) -> Vec<Ease> {
        let mut eases = Vec::new();
        for statement in self.statements(Keyword::Ease) {
            self.check_options(statement);
            let to = statement.to.as_ref().and_then(|to| self.rung(to, stages));
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Typed));
            if let (Some(to), Some(when)) = (to, when) {
                eases.push(Ease { to, when, span: statement.span });
            }
        }
        eases
    }

    /// When arrears are over.
    pub(crate) fn cures(&mut self, stages: &[Stage]) -> Vec<Cure> {
        let mut cures = Vec::new();
        for statement in self.statements(Keyword::Cure) {
            self.check_options(statement);
            let to = match statement.option("to") {
                Some(value) => {
                    let named = value.as_text().map(|text| Named::new(text, value.span));
                    named.and_then(|named| self.rung(&named, stages))
                }
                None => Some(StageId::CURRENT),
            };
            let then = self.cure_acts(statement);
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Typed));
            if let (Some(to), Some(when)) = (to, when) {
                cures.push(Cure { to, when, then, span: statement.span });
            }
        }
        cures
    }

    fn rung(&mut self, to: &Named, stages: &[Stage]) -> Option<StageId> {
        let id = self.stage_named(&to.text, to.span)?;
        if stages.get(id.index()).is_some_and(|stage| stage.beside) {
            let problem = Problem::error("P313", format!("\"{}\" stands beside the ladder", to.text))
                .at(to.span, "not a rung")
                .help("an account leaves a stage beside the ladder by its own condition");
            self.report(problem);
            return None;
        }
        Some(id)
    }

    fn cure_acts(&mut self, statement: &Statement) -> Vec<Verb> {
        let mut verbs = Vec::new();
        for item in statement.option("then").map(Term::parts).unwrap_or_default() {
            let Some(word) = item.as_text() else { continue };
            match Verb::from_word(word) {
                Some(verb) if verb.def().class != Class::Contact && verb.def().class != Class::Enforcement => {
                    verbs.push(verb)
                }
                Some(_) => {
                    let problem = Problem::error("P310", format!("`{word}` is not done after a cure"))
                        .at(item.span, "reaches or presses the person")
                        .help("`then` takes relief and internal steps: restore_limit, waive, note");
                    self.report(problem);
                }
                None => {
                    let named = Named::new(word, item.span);
                    let _: Option<Verb> = self.unknown_verb(&named);
                }
            }
        }
        verbs
    }
}
