//! Head, thresholds, assumptions and facts of the bank's own.

use super::{Entry, OutlinedStatement, Outliner};
use crate::number::Kind;
use crate::policy::Need;
use crate::policy::canonical::canon_cell;
use serde_json::json;
use std::collections::BTreeMap;

impl Outliner<'_> {
    pub(super) fn settings(&self) -> Vec<OutlinedStatement> {
        let mut all = vec![self.head()];
        all.extend(self.policy.applies().map(|applies| {
            let entry = self.at(Entry::of("applies", ""), applies.span);
            self.condition(entry, "when", Some(applies)).0
        }));
        all.extend(self.thresholds());
        all.extend(self.assumptions());
        all.extend(self.facts());
        all
    }

    fn head(&self) -> OutlinedStatement {
        let head = self.policy.head();
        let text = |text: &str| (json!(text), text.to_owned());
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| (json!(day), day.to_string()));
        let buckets: Vec<String> = head.buckets.iter().map(i64::to_string).collect();
        let entry = Entry::of("policy", "")
            .given("name", Some(text(&head.name)))
            .given("from", day(head.from))
            .given("to", day(head.to))
            .given("currency", Some(text(head.currency.code())))
            .given("zone", Some(text(head.zone.name())))
            .given("jurisdiction", head.jurisdiction.as_deref().map(text))
            .clause("buckets", &json!(head.buckets), buckets.join(", "))
            .clause("review_within", &json!(head.review_within), head.review_within.to_string())
            .remark("version", &head.version)
            .remark("why", &head.why);
        self.at(entry, head.span).0
    }

    fn thresholds(&self) -> impl Iterator<Item = OutlinedStatement> {
        self.policy.threshold_values().map(|(threshold, value)| {
            let of = |value| (value, threshold.kind);
            let entry = self.at(Entry::of("threshold", &threshold.name), threshold.span);
            let entry = self.number(entry, "value", true, of(value));
            let entry = self.number(entry, "from", false, of(threshold.from));
            let entry = self.number(entry, "to", false, of(threshold.to));
            let entry = entry.remark("unit", threshold.unit.as_deref().unwrap_or_default());
            entry.remark("owner", threshold.owner.as_deref().unwrap_or_default()).remark("why", &threshold.why).0
        })
    }

    fn assumptions(&self) -> impl Iterator<Item = OutlinedStatement> {
        self.policy.inputs().iter().zip(self.policy.fact_ids()).filter_map(|(input, id)| {
            let Need::Assumed(cell) = input.need else { return None };
            let own = self.policy.assumptions().iter().find(|assumption| assumption.facts.contains(&id));
            let entry = Entry::of("assume", &input.written);
            let entry = own.map(|own| own.span).into_iter().fold(entry, |entry, span| self.at(entry, span));
            let text = self.policy.show_cell(id, cell);
            let entry = entry.clause("value", &canon_cell(input, cell), text);
            Some(entry.remark("why", own.map_or("", |own| own.why.as_str())).0)
        })
    }

    /// Facts that scripts compute, and facts that are valid for some days only.
    fn facts(&self) -> Vec<OutlinedStatement> {
        let mut facts: BTreeMap<String, Entry> = BTreeMap::new();
        let entry = |facts: &mut BTreeMap<String, Entry>, name: &str| {
            facts.remove(name).unwrap_or_else(|| Entry::of("fact", name))
        };
        for script in self.policy.scripts() {
            let name = self.canon.fact(script.fact);
            let reads: Vec<String> = script.reads.iter().map(|id| self.canon.fact(*id)).collect();
            let source: Vec<&str> = script.source.split_whitespace().collect();
            let own = entry(&mut facts, &name).clause("script", &json!(script.source), source.join(" "));
            facts.insert(name, own.clause("reads", &json!(reads), reads.join(", ")));
        }
        for input in self.policy.inputs() {
            if let Some((_, days)) = input.valid {
                let own = entry(&mut facts, &input.name);
                facts.insert(input.name.clone(), self.number(own, "valid_for", true, (days, Kind::Days)));
            }
        }
        facts.into_values().map(|entry| entry.0).collect()
    }
}
