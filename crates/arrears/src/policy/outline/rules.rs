//! Stages, how accounts move over them, and what must never be decided.

use super::{Entry, OutlinedStatement, Outliner};
use crate::draft::Keyword;
use crate::policy::Mode;
use serde_json::json;

impl Outliner<'_> {
    pub(super) fn rules(&self) -> Vec<OutlinedStatement> {
        let mut all = self.stages();
        all.push(self.escalate());
        all.extend(self.policy.eases().iter().map(|ease| {
            let to = self.stage(ease.to);
            let entry = Entry::of("ease", &to).ordered().names("to", "stage", vec![to]);
            self.at(self.condition(entry, "when", Some(&ease.when)), ease.span).0
        }));
        all.extend(self.policy.cures().iter().map(|cure| {
            let to = self.stage(cure.to);
            let entry = Entry::of("cure", &to).ordered().names("to", "stage", vec![to]);
            let verbs: Vec<&str> = cure.then.iter().map(|verb| verb.word()).collect();
            let entry = self.condition(entry, "when", Some(&cure.when));
            self.at(entry.clause("then", &json!(verbs), verbs.join(", ")), cure.span).0
        }));
        all.extend(self.policy.invariants().iter().map(|rule| {
            let keyword = if rule.then.is_some() { "always" } else { "never" };
            let entry = self.condition(Entry::of(keyword, &rule.name), "when", Some(&rule.when));
            self.at(self.condition(entry, "then", rule.then.as_ref()), rule.span).0
        }));
        all
    }

    fn stages(&self) -> Vec<OutlinedStatement> {
        let stage = |stage: &crate::policy::Stage| {
            let entry = self.formerly(Entry::of("stage", &stage.name).ordered(), Keyword::Stage);
            let entry = self.condition(entry, "when", stage.when.as_ref());
            let entry = match stage.after {
                Some(after) => entry.names("after", "stage", vec![self.stage(after)]),
                None => entry,
            };
            let entry = entry.given("dwell", stage.dwell.as_ref().map(|dwell| self.num(dwell)));
            let entry = entry
                .given("approval", stage.approval.as_deref().map(|who| (json!(who), who.to_owned())))
                .clause("beside", &json!(stage.beside), stage.beside.to_string());
            let entry = self.shows(entry, &stage.shows, &stage.say);
            self.at(entry.remark("why", &stage.why), stage.span).0
        };
        self.policy.stages().iter().map(stage).collect()
    }

    fn escalate(&self) -> OutlinedStatement {
        let escalate = self.policy.escalate();
        let mode = match escalate.mode {
            Mode::Sequential => "sequential",
            Mode::Skip => "skip",
            Mode::Free => "free",
        };
        let latched = escalate.latches.positions().filter_map(|at| self.policy.stages().get(at));
        let entry = Entry::of("escalate", "")
            .clause("mode", &json!(mode), mode)
            .clause("steps", &json!(escalate.steps), escalate.steps.to_string())
            .clause("first", &json!(escalate.first_skip), if escalate.first_skip { "skip" } else { "step" })
            .clause("catch_up", &json!(escalate.catch_up), escalate.catch_up.to_string())
            .names("latches", "stage", latched.map(|stage| stage.name.clone()).collect());
        self.at(entry, escalate.span).0
    }
}
