//! Duties, acts, treatments, hours, the priority, and what results of contacts do.

use super::{Entry, OutlinedStatement, Outliner};
use crate::policy::{Effect, StageId};
use serde_json::json;

impl Outliner<'_> {
    pub(super) fn work(&self) -> Vec<OutlinedStatement> {
        let mut all = Vec::new();
        for duty in self.policy.duties() {
            let entry = self.condition(Entry::of("duty", &duty.name), "when", Some(&duty.when));
            let entry = entry.clause("do", &json!(duty.verb.word()), duty.verb.word());
            all.push(self.at(self.details(entry, &duty.details).remark("why", &duty.why), duty.span).0);
        }
        for act in self.policy.acts() {
            let entry = self.condition(Entry::of("act", &act.name), "when", Some(&act.when));
            let entry = entry.clause("do", &json!(act.verb.word()), act.verb.word());
            all.push(self.at(self.details(entry, &act.details).remark("why", &act.why), act.span).0);
        }
        all.extend(self.treatments());
        all.extend(self.turns());
        for hours in self.policy.hours() {
            let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
            let (from, to) = (hours.period.from, hours.period.to);
            let entry = Entry::of("hours", &hours.occupation);
            let entry = entry.clause("from", &json!(from), clock(from)).clause("to", &json!(to), clock(to));
            all.push(self.at(entry, hours.span).0);
        }
        if let Some(priority) = self.policy.priority() {
            let entry = Entry::of("priority", "").given("by", Some(self.num(priority)));
            all.push(self.at(entry, priority.span).0);
        }
        all.extend(self.outcomes());
        all
    }

    fn treatments(&self) -> impl Iterator<Item = OutlinedStatement> {
        self.policy.treatments().iter().map(|treatment| {
            let stages = treatment.stages.positions().filter_map(|at| self.policy.stages().get(at));
            let entry = Entry::of("treatment", &treatment.name);
            let entry = entry.names("in", "stage", stages.map(|stage| stage.name.clone()).collect());
            let entry = self.condition(entry, "when", treatment.when.as_ref());
            let entry = self.condition(entry, "unless", treatment.unless.as_ref());
            let entry = entry.clause("do", &json!(treatment.verb.word()), treatment.verb.word());
            self.at(self.details(entry, &treatment.details).remark("why", &treatment.why), treatment.span).0
        })
    }

    /// The order of treatments in each stage.
    fn turns(&self) -> impl Iterator<Item = OutlinedStatement> {
        let stages = self.policy.stages().iter().zip(0_u8..);
        stages.map(|(stage, at)| {
            let turns = self.policy.turns(StageId::at(at)).iter();
            let names = turns.filter_map(|id| self.policy.treatments().get(id.index()));
            let names: Vec<String> = names.map(|treatment| treatment.name.clone()).collect();
            let entry = Entry::of("turns", &stage.name);
            self.at(entry.names("order", "treatment", names), stage.span).0
        })
    }

    /// What results of contacts do, code by code.
    fn outcomes(&self) -> Vec<OutlinedStatement> {
        let life = |life: &Option<i64>| life.map_or_else(|| "for good".to_owned(), |days| format!("for {days} days"));
        let mut all = Vec::new();
        for outcome in self.policy.outcomes() {
            let (says, text) = match &outcome.effect {
                Effect::Retry(days) | Effect::CallBack(days) | Effect::Pause(days) => {
                    let (says, text) = self.num(days);
                    (says, format!("{text} days"))
                }
                Effect::RetirePoint(word, lasts) => (json!([word, lasts]), format!("as {word}, {}", life(lasts))),
                Effect::OptOut(channel) => {
                    let word = channel.map(crate::facts::Channel::word);
                    (json!(word), word.unwrap_or("the channel that was used").to_owned())
                }
                Effect::Mark(fact, lasts) => (json!([fact, lasts]), format!("{fact}, {}", life(lasts))),
                Effect::VaguePromise(lasts) => (json!(lasts), life(lasts)),
                Effect::Promise => (json!(null), String::new()),
            };
            let effect = outcome.effect.word().word();
            for code in &outcome.codes {
                let text = format!("{effect} {text}");
                let entry = Entry::of("outcome", code).clause("do", &json!([effect, says]), text.trim_end());
                all.push(self.at(entry.remark("why", &outcome.why), outcome.span).0);
            }
        }
        all
    }
}
