//! Packs of law for programs.

use arrears::policy::Threshold;
use arrears::policy::pack::{Citation, Rule};
use arrears::{Law, Pack, Span};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

/// Packs with everything that they say; as of a day, where one is given.
pub(crate) fn packs_json(law: &Law, packs: &[&Pack], on: Option<NaiveDate>) -> Value {
    json!({ "on": on, "packs": packs.iter().map(|pack| of_pack(law, pack, on)).collect::<Vec<_>>() })
}

fn of_pack(law: &Law, pack: &Pack, on: Option<NaiveDate>) -> Value {
    let head = pack.head();
    let cited = |kind: &str, citation: &Citation, more: Value| cited((law, pack), on, kind, citation, more);
    let quoted = |span: Span| pack.quote(span);
    let rules = pack.rules().iter().map(|rule| cited("limit", &rule.citation, limit(pack, rule)));
    let exceptions = pack
        .exceptions()
        .iter()
        .map(|item| cited("exception", &item.citation, json!({ "lifts": item.lifts, "when": quoted(item.when.span) })));
    let duties = pack.duties().iter().map(|(duty, citation)| {
        let more = json!({ "name": duty.name, "verb": duty.verb.word(), "when": quoted(duty.when.span) });
        cited("duty", citation, more)
    });
    let deadlines = pack.deadlines().iter().map(|deadline| {
        let more = json!({ "name": deadline.name, "date": pack.deadline_in_words(deadline) });
        cited("deadline", &deadline.citation, more)
    });
    let remarks = pack.remarks().iter().map(|remark| {
        cited("flag", &remark.citation, json!({ "name": remark.name, "when": quoted(remark.when.span) }))
    });
    let messages = pack.messages().iter().map(|form| {
        cited("message", &form.citation, json!({ "name": form.name, "needs": form.needs, "may": form.may }))
    });
    let procedures = pack
        .procedures()
        .iter()
        .map(|item| cited("procedure", &item.citation, json!({ "name": item.name, "when": quoted(item.when.span) })));
    let meanings =
        pack.meanings().iter().map(|meaning| cited("meaning", &meaning.citation, json!({ "of": meaning.of })));
    let statements = rules.chain(exceptions).chain(duties).chain(deadlines).chain(remarks);
    let statements: Vec<Value> = statements.chain(messages).chain(procedures).chain(meanings).collect();
    let values = pack.threshold_values().iter();
    json!({
        "name": head.name, "title": head.title, "version": head.version, "hash": pack.hash().to_string(),
        "jurisdiction": head.jurisdiction, "from": head.from, "to": head.to,
        "in_force": on.map(|on| head.in_force(on)),
        "calendar": head.calendar, "verified_on": head.verified_on, "source": head.source, "why": head.why,
        "thresholds": pack.thresholds().iter().zip(values).map(|(item, value)| threshold(item, *value)).collect::<Vec<_>>(),
        "classes": pack.classes().iter().map(|class| json!({ "name": class.name, "when": quoted(class.when.span) })).collect::<Vec<_>>(),
        "rules": statements,
        "reads": pack.inputs().iter().map(|input| &input.written).collect::<Vec<_>>(),
        "events": pack.events(),
    })
}

fn limit(pack: &Pack, rule: &Rule) -> Value {
    json!({
        "part": rule.part,
        "allows": pack.limit_in_words(&rule.limit),
        "when": rule.when.as_ref().and_then(|when| pack.quote(when.span)),
        "unless": rule.unless.as_ref().and_then(|unless| pack.quote(unless.span)),
        "answer": if rule.review { "review" } else { "block" },
        "presumes": rule.presumes,
        "rebutted_by": rule.rebutted_by,
    })
}

fn threshold(threshold: &Threshold, value: i64) -> Value {
    let shown = |value| Pack::value_in_words(value, threshold.kind);
    json!({
        "name": threshold.name, "value": shown(value), "from": shown(threshold.from), "to": shown(threshold.to),
        "unit": threshold.unit, "why": threshold.why,
    })
}

/// A statement of a pack, with where it stands and how it is known.
fn cited((law, pack): (&Law, &Pack), on: Option<NaiveDate>, kind: &str, citation: &Citation, more: Value) -> Value {
    let mut said = Map::new();
    let known = json!({
        "rule": citation.rule, "kind": kind,
        "status": citation.status.word(), "binds": on.map(|on| law.binds_of(pack, citation, on)),
        "strength": citation.strength.word(), "basis": citation.basis.word(), "certainty": citation.certainty.word(),
        "cites": citation.cites, "says": citation.says, "not_covered": citation.not_covered,
        "from": citation.from, "to": citation.to,
    });
    for part in [known, more] {
        if let Value::Object(part) = part {
            said.extend(part);
        }
    }
    said.into()
}
