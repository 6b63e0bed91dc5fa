//! Judges the cases of suite files.

use crate::typed::typed;
use crate::{Difference, Outcome, Report, Suite, Verdict, ageing, ladder};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Judges a case of one kind by what is given and what is expected.
type Judge = fn(&Value, &Value) -> Result<Vec<Difference>, String>;

/// The kinds that are read.
const KINDS: [(&str, Judge); 2] = [("ageing", ageing::judge), ("ladder", ladder::judge)];

/// A case of any kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "rule")]
    _rule: String,
    #[serde(rename = "title")]
    _title: String,
    given: Value,
    expect: Value,
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "basis")]
    _basis: String,
    #[serde(rename = "certainty")]
    _certainty: String,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

/// Judges every case of some files.
///
/// A case fails if a key of its `expect` disagrees, and also if it cannot be read, has the id of
/// an earlier case, is of a kind that is not read yet, or expects nothing.
pub fn judge(suites: &[Suite]) -> Report {
    let mut report = Report::default();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for suite in suites {
        for (index, case) in suite.cases.iter().enumerate() {
            let text = |key: &str| case.get(key).and_then(Value::as_str).map(str::to_owned);
            let id = text("id");
            let place = format!("cases[{index}]");
            let twice = id.as_ref().and_then(|id| seen.insert(id.clone(), format!("{place} of {}", suite.name)));
            let judged = match twice {
                Some(first) => Err(format!("{place}.id: the case in {first} has the same id")),
                None => one(&suite.kind, &place, case),
            };
            let outcome = match judged {
                Ok(differences) if differences.is_empty() => Outcome::Passed,
                Ok(differences) => Outcome::Failed { differences },
                Err(why) => Outcome::Undecided { expected: case.get("expect").cloned().unwrap_or_default(), why },
            };
            let (id, rule) = (id.unwrap_or(place), text("rule").unwrap_or_default());
            report.verdicts.push(Verdict { file: suite.name.clone(), id, rule, outcome });
        }
    }
    report
}

fn one(kind: &str, place: &str, case: &Value) -> Result<Vec<Difference>, String> {
    let Some((_, judge)) = KINDS.into_iter().find(|(known, _)| *known == kind) else {
        let known = KINDS.map(|(known, _)| known).join(", ");
        return Err(format!("cases of the kind `{kind}` are not read yet, only {known}"));
    };
    let case: Case = typed(place, case)?;
    judge(&case.given, &case.expect).map_err(|why| format!("{place}.{why}"))
}
