//! Whether a contact may be made, for programs.

use super::permission::Permitted;
use super::week::holidays;
use serde_json::{Value, json};

/// The permission with the days ahead, their holidays, and how to tell what is not known.
pub(crate) fn permission_json(permitted: &Permitted<'_>) -> Value {
    let packs = permitted.packs();
    let days = permitted.days.iter().map(|day| {
        let periods = day.periods.iter().map(|(from, to, answer)| json!({ "from": from, "to": to, "answer": answer }));
        json!({
            "date": day.date,
            "holidays": holidays(permitted.law, &packs, day.date),
            "periods": periods.collect::<Vec<_>>(),
        })
    });
    let days: Vec<Value> = days.collect();
    let mut answer = json!(permitted.permission);
    if let Value::Object(fields) = &mut answer {
        fields.insert("how_to_tell".to_owned(), json!(permitted.to_tell));
        fields.insert("packs".to_owned(), packs.iter().map(|pack| json!(pack.head().name)).collect());
        let idle = permitted.idle();
        let idle = idle.iter().map(|citation| json!({ "rule": citation.rule, "status": citation.status.word() }));
        fields.insert("not_enabled".to_owned(), idle.collect());
        fields.insert("days".to_owned(), json!(days));
    }
    answer
}
