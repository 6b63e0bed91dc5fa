//! A plan of attempts, for programs.

use super::attempts::Planned;
use serde_json::{Value, json};

/// The attempts with the answer, the packs that bind and the rules that are not enabled.
pub(crate) fn attempts_json(planned: &Planned<'_>) -> Value {
    let packs = planned.packs();
    let idle = planned.law.not_enabled(packs.iter().copied());
    let idle = idle.iter().map(|citation| json!({ "rule": citation.rule, "status": citation.status.word() }));
    let mut told = json!({ "answer": planned.attempts.answer() });
    if let (Value::Object(fields), Value::Object(attempts)) = (&mut told, json!(planned.attempts)) {
        fields.extend(attempts);
        fields.insert("packs".to_owned(), packs.iter().map(|pack| json!(pack.head().name)).collect());
        fields.insert("not_enabled".to_owned(), idle.collect());
    }
    told
}
