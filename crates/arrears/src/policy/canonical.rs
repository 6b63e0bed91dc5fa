//! The canonical form of a policy and its hash: what decides, and nothing else.

use super::{Detail, Effect, Policy, Treatment};
use crate::condition::{Cond, CondKind, FactId, Num, NumKind, WordSet};
use crate::number::Cell;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 over what decides: statements after loops and modules, effective thresholds,
/// assumptions. Spans, comments, `why`, `version` and tests do not count, nor does the
/// order of statements that do not depend on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyHash([u8; 32]);

impl PolicyHash {
    pub(crate) const NONE: Self = Self([0; 32]);

    pub(crate) fn of(policy: &Policy) -> Self {
        Self::of_text(&policy.canonical())
    }

    pub(crate) fn of_text(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }
}

impl fmt::Display for PolicyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PolicyHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// SHA-256 over a text, as hexadecimal digits.
pub(crate) fn sha256(text: &str) -> String {
    PolicyHash(Sha256::digest(text.as_bytes()).into()).to_string()
}

impl Policy {
    /// The canonical form: JSON with sorted keys, from which the hash is taken.
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        write_sorted(&self.canonical_value(), &mut text);
        text
    }

    fn canonical_value(&self) -> Value {
        let mut value = self.canonical_statements();
        let canon = Canon::of(&self.body);
        if let (Value::Object(map), false) = (&mut value, self.body.outcomes.is_empty()) {
            // A policy that says nothing of outcomes has the hash that it always had.
            map.insert(
                "outcomes".to_owned(),
                json!(sorted(self.body.outcomes.iter().flat_map(|outcome| canon.outcome(outcome)))),
            );
        }
        if let Value::Object(map) = &mut value {
            if let Some(house) = &self.body.house {
                map.insert("house".to_owned(), json!(house.hash().to_string()));
            }
            if let Some(law) = self.body.law.as_ref().filter(|law| !law.is_none()) {
                let packs = law.packs().iter().map(|pack| json!(pack.hash().to_string()));
                map.insert("law".to_owned(), json!([sorted(packs), law.enabled().collect::<Vec<_>>()]));
            }
        }
        value
    }

    fn canonical_statements(&self) -> Value {
        let body = &self.body;
        let canon = Canon::of(&self.body);
        let cond = |cond: &Cond| canon.cond(cond);
        let when = |when: &Option<Cond>| when.as_ref().map(cond);
        let stage = |id: super::StageId| body.stages.get(id.index()).map(|stage| stage.name.clone());
        json!({
            "format": "arrears-policy/1",
            "name": body.head.name,
            "from": body.head.from, "to": body.head.to,
            "currency": body.head.currency, "zone": body.head.zone.name(),
            "jurisdiction": body.head.jurisdiction,
            "buckets": body.head.buckets, "review_within": body.head.review_within,
            "applies": body.applies.as_ref().map(cond),
            "thresholds": sorted(body.thresholds.iter().zip(self.values.iter()).map(|(threshold, value)| {
                json!([threshold.name, threshold.kind, value])
            })),
            "assumptions": sorted(body.inputs.iter().filter_map(|input| match input.need {
                super::Need::Assumed(cell) => Some(json!([input.name, canon_cell(input, cell)])),
                _ => None,
            })),
            "scripts": sorted(body.scripts.iter().map(|script| {
                json!([canon.fact(script.fact), script.source, script.reads.iter().map(|id| canon.fact(*id)).collect::<Vec<_>>()])
            })),
            "valid": sorted(body.inputs.iter().filter_map(|input| input.valid.map(|(_, days)| json!([input.name, days])))),
            "signs": sorted(body.signs.iter().map(|sign| {
                json!([sign.name, cond(&sign.when), sign.willingness, sign.ability, sign.lasts])
            })),
            "types": body.types.iter().map(|kind| json!([kind.name, when(&kind.when), kind.review])).collect::<Vec<_>>(),
            "holds": sorted(body.holds.iter().map(|hold| {
                let classes = sorted(hold.stops.classes.iter().map(|class| json!(class.word())));
                let duties = sorted(hold.stops.duties.iter().map(|duty| json!(duty)));
                let keeps = sorted(hold.keeps.iter().map(|purpose| json!(purpose.word())));
                json!([hold.name, cond(&hold.when), classes, duties, hold.stops.required_notice, keeps, format!("{:?}", hold.scope)])
            })),
            "stages": body.stages.iter().map(|item| {
                json!([item.name, when(&item.when), item.after.map(stage), item.dwell.as_ref().map(|dwell| canon.num(dwell)), item.approval, item.beside])
            }).collect::<Vec<_>>(),
            "escalate": json!([
                format!("{:?}", body.escalate.mode), body.escalate.steps, body.escalate.first_skip, body.escalate.catch_up,
                body.escalate.latches.positions().map(|at| body.stages.get(at).map(|stage| stage.name.clone())).collect::<Vec<_>>()
            ]),
            "eases": body.eases.iter().map(|ease| json!([stage(ease.to), cond(&ease.when)])).collect::<Vec<_>>(),
            "cures": body.cures.iter().map(|cure| {
                json!([stage(cure.to), cond(&cure.when), cure.then.iter().map(|verb| verb.word()).collect::<Vec<_>>()])
            }).collect::<Vec<_>>(),
            "duties": sorted(body.duties.iter().map(|duty| {
                json!([duty.name, cond(&duty.when), duty.verb.word(), canon.details(&duty.details)])
            })),
            "acts": sorted(body.acts.iter().map(|act| {
                json!([act.name, cond(&act.when), act.verb.word(), canon.details(&act.details)])
            })),
            "treatments": sorted(body.treatments.iter().map(|treatment| canon.treatment(treatment))),
            "turns": body.stages.iter().zip(&body.by_stage).map(|(stage, list)| {
                let names = list.iter().filter_map(|id| body.treatments.get(id.index())).map(|treatment| treatment.name.clone());
                json!([stage.name, names.collect::<Vec<_>>()])
            }).collect::<Vec<_>>(),
            "hours": sorted(body.hours.iter().map(|hours| json!([hours.occupation, hours.period.from, hours.period.to]))),
            "priority": body.priority.as_ref().map(|priority| canon.num(priority)),
            "invariants": sorted(body.invariants.iter().map(|rule| json!([cond(&rule.when), rule.then.as_ref().map(cond)]))),
        })
    }
}

/// A cell as text: numbers, words, never, unknown.
pub(super) fn canon_cell(input: &super::Input, cell: Cell) -> Value {
    if cell.is_never() {
        return json!("never");
    }
    match (input.word_of(cell), cell.get()) {
        (Some(word), _) => json!(word),
        (None, Some(number)) => json!(number),
        (None, None) => Value::Null,
    }
}

pub(super) fn sorted(items: impl Iterator<Item = Value>) -> Vec<Value> {
    let mut items: Vec<(String, Value)> = items
        .map(|item| {
            let mut text = String::new();
            write_sorted(&item, &mut text);
            (text, item)
        })
        .collect();
    items.sort_by(|a, b| a.0.cmp(&b.0));
    items.into_iter().map(|(_, item)| item).collect()
}

/// JSON with the keys of every map in order and no spaces.
pub(super) fn write_sorted(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by(|a, b| a.0.cmp(b.0));
            out.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                out.push_str(&json!(key).to_string());
                out.push(':');
                write_sorted(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_sorted(item, out);
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

/// The parts of an `&&` (or `||`) with those of the `&&` inside it: how they are bracketed
/// says nothing.
fn flat(parts: &[Cond], all: bool) -> Vec<&Cond> {
    let mut found = Vec::new();
    for part in parts {
        match &part.kind {
            CondKind::All(inner) if all => found.extend(flat(inner, all)),
            CondKind::Any(inner) if !all => found.extend(flat(inner, all)),
            _ => found.push(part),
        }
    }
    found
}

pub(super) struct Canon<'a> {
    pub(super) inputs: &'a [super::Input],
    pub(super) thresholds: &'a [super::Threshold],
    pub(super) types: &'a [super::DebtorType],
    pub(super) treatments: &'a [Treatment],
}

impl<'a> Canon<'a> {
    pub(super) fn of(body: &'a super::Body) -> Self {
        Self { inputs: &body.inputs, thresholds: &body.thresholds, types: &body.types, treatments: &body.treatments }
    }
}

impl<'a> Canon<'a> {
    pub(super) fn fact(&self, id: FactId) -> String {
        self.inputs.get(id.index()).map(|input| input.name.clone()).unwrap_or_default()
    }

    fn treatment(&self, treatment: &Treatment) -> Value {
        let instead = treatment.instead.and_then(|id| self.treatments.get(id.index()));
        json!([
            treatment.name,
            treatment.when.as_ref().map(|when| self.cond(when)),
            treatment.unless.as_ref().map(|unless| self.cond(unless)),
            treatment.verb.word(),
            treatment.purpose.word(),
            instead.map(|instead| instead.name.clone()),
            self.details(&treatment.details),
        ])
    }

    /// An outcome, code by code.
    fn outcome<'o>(&'o self, outcome: &'o super::Outcome) -> impl Iterator<Item = Value> + 'o {
        outcome.codes.iter().map(move |code| {
            let says = match &outcome.effect {
                Effect::Retry(days) | Effect::CallBack(days) | Effect::Pause(days) => json!([self.num(days)]),
                Effect::RetirePoint(word, life) => json!([word, life]),
                Effect::OptOut(channel) => json!([channel.map(crate::facts::Channel::word)]),
                Effect::Mark(fact, life) => json!([fact, life]),
                Effect::VaguePromise(life) => json!([life]),
                Effect::Promise => json!([]),
            };
            json!([code, outcome.effect.word().word(), says])
        })
    }

    /// A verb's options; thresholds by name, since their values are hashed once.
    pub(super) fn details(&self, details: &std::collections::BTreeMap<String, Detail>) -> Value {
        let map = details.iter().map(|(key, value)| (key.clone(), detail(value)));
        Value::Object(map.collect())
    }

    pub(super) fn cond(&self, cond: &Cond) -> Value {
        match &cond.kind {
            CondKind::Constant(holds) => json!(holds),
            CondKind::Flag(id) => json!(self.fact(*id)),
            CondKind::Compare(cmp, left, right) => json!([cmp.sign(), self.num(left), self.num(right)]),
            CondKind::Within(word, set) => {
                json!(["in", self.word(word, self.vocabulary(word)), self.words(word, *set)])
            }
            CondKind::DebtorType(set) => {
                let names =
                    self.types.iter().enumerate().filter(|(index, _)| set.has(i64::try_from(*index).unwrap_or(-1)));
                json!(["debtor_type", sorted(names.map(|(_, kind)| json!(kind.name)))])
            }
            CondKind::Known(id) => json!(["known", self.fact(*id)]),
            CondKind::NotYet(id) => json!(["not_yet", self.fact(*id)]),
            CondKind::NotSince(a, b) => json!(["not_since", self.fact(*a), self.fact(*b)]),
            CondKind::Not(inner) => json!(["!", self.cond(inner)]),
            CondKind::All(parts) => json!(["&&", sorted(flat(parts, true).into_iter().map(|part| self.cond(part)))]),
            CondKind::Any(parts) => json!(["||", sorted(flat(parts, false).into_iter().map(|part| self.cond(part)))]),
            CondKind::Coalesce(a, b) => json!(["??", self.cond(a), self.cond(b)]),
            CondKind::Define(_, inner) => self.cond(inner),
        }
    }

    /// The fact whose words these are.
    fn vocabulary(&self, word: &Num) -> Option<&'a super::Input> {
        let mut fact = None;
        word.each(&mut |part| {
            if let NumKind::Fact(id) = part.kind {
                fact = fact.or(Some(id));
            }
        });
        fact.and_then(|id| self.inputs.get(id.index()))
    }

    /// A word, or the one that stands in for it: as text, since positions depend on the
    /// order in which words are met.
    fn word(&self, word: &Num, input: Option<&super::Input>) -> Value {
        match &word.kind {
            NumKind::Coalesce(a, b) => json!(["??", self.word(a, input), self.word(b, input)]),
            NumKind::Literal(position) => {
                json!(["word", input.and_then(|input| input.word_of(Cell::number(*position)))])
            }
            _ => self.num(word),
        }
    }

    fn words(&self, word: &Num, set: WordSet) -> Value {
        let input = self.vocabulary(word);
        let count = input.map_or(0, |input| input.words.len());
        // A set that holds "any other word" is written as what it leaves out.
        let other = set.has(WordSet::OTHER);
        let listed = (0..count)
            .filter(|position| set.has(i64::try_from(*position).unwrap_or(-1)) != other)
            .filter_map(|position| input.and_then(|input| input.words.get(position)));
        let list = sorted(listed.map(|word| json!(word)));
        if other { json!(["not", list]) } else { json!(list) }
    }

    pub(super) fn num(&self, num: &Num) -> Value {
        match &num.kind {
            NumKind::Fact(id) => json!(self.fact(*id)),
            NumKind::Literal(value) => json!([value, num.unit]),
            NumKind::Threshold(id) => {
                let name = self.thresholds.get(id.index()).map(|threshold| threshold.name.clone());
                json!(["threshold", name])
            }
            NumKind::Op(op, a, b) => json!([format!("{op:?}"), self.num(a), self.num(b)]),
            NumKind::Negate(a) => json!(["-", self.num(a)]),
            NumKind::Abs(a) => json!(["abs", self.num(a)]),
            NumKind::Coalesce(a, b) => json!(["??", self.num(a), self.num(b)]),
        }
    }
}

/// A verb's option as JSON; numbers exactly.
pub(crate) fn detail(value: &Detail) -> Value {
    match value {
        Detail::Text(text) => json!(text),
        Detail::Number(number, crate::number::Kind::Ratio) => json!(crate::number::show_fixed(*number, 6)),
        Detail::Number(number, _) => json!(number),
        Detail::Flag(flag) => json!(flag),
        Detail::List(items) => Value::Array(items.iter().map(detail).collect()),
        Detail::Map(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), detail(value))).collect()),
        Detail::Threshold(name) => json!({ "threshold": name }),
    }
}
