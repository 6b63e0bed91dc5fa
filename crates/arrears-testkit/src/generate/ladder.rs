//! Random ladders: stages, how accounts move over them, and the ways down.

use super::build::{flag, options, statement, text, texts, whole};
use super::policy::Writer;
use super::terms::When;
use arrears::Span;
use arrears::condition::Named;
use arrears::draft::Keyword;

impl Writer<'_> {
    pub(super) fn ladder(&mut self) {
        let mode = self.choices.text(&["sequential", "sequential", "sequential", "skip", "free"]);
        let free = mode == "free";
        let mut milder = vec!["current"];
        for (at, (named, beside)) in self.shape.stages.clone().into_iter().enumerate() {
            let mut stage = statement(Keyword::Stage, named);
            let depth = usize::from(self.choices.chance(50));
            stage.when = Some(self.condition(When::Typed, depth));
            let mut entries = Vec::new();
            if self.choices.chance(20) {
                entries.push(("approval", text("head of collections")));
            }
            if at == 0 && self.choices.chance(20) {
                entries.push(("formerly", texts(&["old stage"])));
            }
            if beside {
                entries.push(("beside", flag(true)));
            } else {
                if !free && self.choices.chance(30) {
                    entries.push(("after", text(self.choices.text(&milder))));
                }
                if !free && self.choices.chance(30) {
                    let days = self.days(&[7, 3, 14, 1]);
                    entries.push(("dwell", days));
                }
                milder.push(named);
            }
            stage.options = options(entries);
            self.push(stage);
        }
        self.escalate(mode);
        let rungs: Vec<&str> = ["current"].into_iter().chain(self.shape.rungs()).collect();
        for _ in 0..self.choices.below(3) {
            if !free {
                let mut ease = statement(Keyword::Ease, "");
                ease.to = Some(Named::new(self.choices.text(&rungs), Span::NONE));
                ease.when = Some(self.condition(When::Typed, 1));
                self.push(ease);
            }
        }
        for _ in 0..self.choices.below(3) {
            let mut cure = statement(Keyword::Cure, "");
            cure.when = Some(self.condition(When::Typed, 1));
            let to = self.choices.text(&rungs);
            let mut entries = vec![("to", text(to))];
            if self.choices.chance(50) {
                entries.push(("then", texts(&["restore_limit", "note"])));
            }
            cure.options = options(entries);
            self.push(cure);
        }
    }

    fn escalate(&mut self, mode: &str) {
        let mut escalate = statement(Keyword::Escalate, "");
        let mut entries = vec![("mode", text(mode))];
        if mode == "sequential" && self.choices.chance(50) {
            entries.push(("steps", whole(self.choices.pick(&[2, 1, 3], 2))));
        }
        if self.choices.chance(40) {
            entries.push(("first", text("skip")));
        }
        if mode == "sequential" && self.choices.chance(20) {
            entries.push(("catch_up", flag(true)));
        }
        let rungs = self.shape.rungs();
        if mode != "free" && !rungs.is_empty() && self.choices.chance(20) {
            entries.push(("latches", texts(&[self.choices.text(&rungs)])));
        }
        escalate.options = options(entries);
        self.push(escalate);
    }
}
