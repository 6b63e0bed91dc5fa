//! The policy's own guardrails, and the law under which it is read.

use super::{Entry, OutlinedStatement, Outliner, plain, set};
use crate::condition::Cond;
use crate::policy::canonical::Canon;
use crate::policy::pack::Pack;
use crate::policy::words;
use crate::span::Span;
use serde_json::{Value, json};
use std::collections::BTreeMap;

impl Outliner<'_> {
    pub(super) fn house(&self) -> Vec<OutlinedStatement> {
        let mut all = Vec::new();
        if let Some(house) = self.policy.house_rules() {
            all.extend(self.guardrails(house));
            all.extend(self.others(house));
        }
        if let Some(law) = self.policy.law().filter(|law| !law.is_none()) {
            for pack in law.packs() {
                let (head, hash) = (pack.head(), pack.hash().to_string());
                let shown = format!("{} {}", head.version, hash.get(..12).unwrap_or(&hash));
                all.push(Entry::of("law", &head.name).clause("pack", &json!(hash), shown).0);
            }
            let (enabled, text) = set(law.enabled());
            all.push(Entry::of("law", "").clause("enabled", &enabled, text).0);
        }
        all
    }

    /// Limits of the house: when, unless, and what is allowed.
    fn guardrails(&self, house: &Pack) -> Vec<OutlinedStatement> {
        let own = Outliner { policy: self.policy, canon: Canon::of_pack(house) };
        let mut all = Vec::new();
        for rule in house.rules() {
            let name = match &rule.part {
                Some(part) => format!("{}: {part}", rule.citation.rule),
                None => rule.citation.rule.clone(),
            };
            let entry = own.condition(Entry::of("guardrail", &name), "when", rule.when.as_ref());
            let entry = own.condition(entry, "unless", rule.unless.as_ref());
            let limit = house.canonical_limit(&rule.limit);
            let written = self.limit(rule.span).unwrap_or_else(|| plain(&limit));
            let rest = json!([rule.review, rule.presumes, rule.rebutted_by, rule.citation.status.word()]);
            let rest = json!([rest, rule.citation.strength.word(), rule.citation.from, rule.citation.to]);
            let entry = entry.clause("do", &limit, written).clause("how it binds", &rest, how(rule));
            all.push(self.at(entry.remark("says", &rule.citation.says), rule.span).0);
        }
        all
    }

    /// The limit of a guardrail, as it is written.
    fn limit(&self, span: Span) -> Option<String> {
        let statements = self.policy.body.draft.statements.iter();
        let own =
            statements.filter_map(|statement| (statement.name_span() == span).then_some(statement.act.as_ref())?);
        let call = own.into_iter().next()?;
        let option = |(key, value): &(crate::condition::Named, crate::condition::Term)| {
            Some(format!("{}: {}", key.text, words::text(self.policy, value.span)?))
        };
        let options: Option<Vec<String>> = call.options.iter().map(option).collect();
        Some(format!("{}({})", call.verb.text, options?.join(", ")))
    }

    /// What else the house says, section by section and item by item.
    fn others(&self, house: &Pack) -> Vec<OutlinedStatement> {
        let canonical: Value = serde_json::from_str(&house.canonical()).unwrap_or_default();
        let mut written: BTreeMap<(&str, &str), (Span, Option<&Cond>)> = BTreeMap::new();
        for class in house.classes() {
            written.insert(("classes", class.name.as_str()), (class.span, Some(&class.when)));
        }
        for exception in house.exceptions() {
            written.insert(("exceptions", exception.citation.rule.as_str()), (exception.span, Some(&exception.when)));
        }
        let own = Outliner { policy: self.policy, canon: Canon::of_pack(house) };
        let mut all = Vec::new();
        for (section, items) in canonical.as_object().into_iter().flatten() {
            let Some(items) = items.as_array().filter(|_| section != "rules" && section != "thresholds") else {
                continue;
            };
            for item in items {
                let first = item.get(0).map(|first| first.get(0).unwrap_or(first));
                let name = first.and_then(Value::as_str).unwrap_or_default();
                let found = written.get(&(section.as_str(), name)).copied();
                let entry = found.iter().fold(Entry::of(singular(section), name), |entry, (span, when)| {
                    own.condition(self.at(entry, *span), "when", *when)
                });
                all.push(entry.clause("says", item, name).0);
            }
        }
        all
    }
}

fn how(rule: &crate::policy::pack::Rule) -> String {
    let mut said = vec![rule.citation.strength.word().to_owned(), rule.citation.status.word().to_owned()];
    said.extend(rule.review.then(|| "a person looks".to_owned()));
    said.extend(rule.presumes.then(|| "presumes".to_owned()));
    said.extend((!rule.rebutted_by.is_empty()).then(|| format!("rebutted by {}", rule.rebutted_by.join(", "))));
    said.extend(rule.citation.from.map(|day| format!("from {day}")));
    said.extend(rule.citation.to.map(|day| format!("to {day}")));
    said.join(", ")
}

/// The statement that a section of a pack's canonical form holds.
fn singular(section: &str) -> &'static str {
    match section {
        "classes" => "class",
        "consents" => "consent",
        "exceptions" => "exception",
        "remarks" => "flag",
        "deadlines" => "deadline",
        "messages" => "message",
        "procedures" => "procedure",
        "duties" => "duty of the house",
        _ => "rule of the house",
    }
}
