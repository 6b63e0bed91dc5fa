//! Judges the cases of suite files.

use crate::law::World as Law;
use crate::regimes::Shipped;
use crate::typed::typed;
use crate::{Difference, Outcome, Report, Suite, Verdict};
use crate::{ageing, call_counting, date_computation, ladder, message_classification, permission, procedure};
use crate::{allocation, elements, plan, reage, status};
use serde::Deserialize;
use serde_json::Value;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// How a case of one kind is judged.
#[derive(Clone, Copy)]
enum Judge {
    /// By what is given and what is expected.
    Alone(fn(&Value, &Value) -> Result<Vec<Difference>, String>),
    /// Under the law of a jurisdiction.
    UnderLaw(fn(&Asked<'_>) -> Result<Vec<Difference>, String>),
    /// Under the regulatory regimes of a jurisdiction.
    UnderRegimes(fn(&Regulated<'_>) -> Result<Vec<Difference>, String>),
}

/// The kinds that are read.
const KINDS: [(&str, Judge); 13] = [
    ("ageing", Judge::Alone(ageing::judge)),
    ("ladder", Judge::Alone(ladder::judge)),
    ("contact_permission", Judge::UnderLaw(permission::judge)),
    ("call_counting", Judge::UnderLaw(call_counting::judge)),
    ("date_computation", Judge::UnderLaw(date_computation::judge)),
    ("message_classification", Judge::UnderLaw(message_classification::judge)),
    ("procedure_check", Judge::UnderLaw(procedure::check)),
    ("furnishing_permission", Judge::UnderLaw(procedure::furnishing)),
    ("payment_allocation", Judge::UnderRegimes(allocation::judge)),
    ("status_classification", Judge::UnderRegimes(status::judge)),
    ("reage_permission", Judge::UnderRegimes(reage::judge)),
    ("plan_permission", Judge::UnderRegimes(plan::judge)),
    ("legal_elements", Judge::UnderRegimes(elements::judge)),
];

/// The one kind whose cases propose something.
const PROPOSING: &str = "contact_permission";

/// What a case about the law asks.
pub(crate) struct Asked<'c> {
    pub(crate) world: &'c Law,
    pub(crate) jurisdiction: &'c str,
    pub(crate) given: &'c Value,
    pub(crate) proposed: Option<&'c Value>,
    pub(crate) expect: &'c Value,
}

/// What a case about a regulatory regime asks.
pub(crate) struct Regulated<'c> {
    pub(crate) shipped: &'c Shipped,
    pub(crate) jurisdiction: &'c str,
    pub(crate) given: &'c Value,
    pub(crate) expect: &'c Value,
}

/// What is shipped, read once, and only if a case needs it.
#[derive(Default)]
struct World {
    law: OnceCell<Law>,
    regimes: OnceCell<Shipped>,
}

impl World {
    /// What was enabled though it was not verified, of what was needed.
    fn unverified(&self) -> Vec<String> {
        let rules = self.law.get().map(Law::unverified).into_iter().flatten();
        let regulated = self.regimes.get().map(Shipped::unverified).into_iter().flatten();
        rules.chain(regulated).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

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
    proposed: Option<Value>,
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
    let world = World::default();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for suite in suites {
        for (index, case) in suite.cases.iter().enumerate() {
            let text = |key: &str| case.get(key).and_then(Value::as_str).map(str::to_owned);
            let id = text("id");
            let place = format!("cases[{index}]");
            let twice = id.as_ref().and_then(|id| seen.insert(id.clone(), format!("{place} of {}", suite.name)));
            let judged = match twice {
                Some(first) => Err(format!("{place}.id: the case in {first} has the same id")),
                None => one(suite, &world, &place, case),
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
    report.unverified = world.unverified();
    report
}

fn one(suite: &Suite, world: &World, place: &str, case: &Value) -> Result<Vec<Difference>, String> {
    let kind = suite.kind.as_str();
    let Some((_, judge)) = KINDS.into_iter().find(|(known, _)| *known == kind) else {
        let known = KINDS.map(|(known, _)| known).join(", ");
        return Err(format!("cases of the kind `{kind}` are not read yet, only {known}"));
    };
    let case: Case = typed(place, case)?;
    if case.proposed.is_some() && kind != PROPOSING {
        return Err(format!("{place}.proposed: only cases of the kind `{PROPOSING}` propose a contact"));
    }
    let judged = match (judge, suite.jurisdiction.as_deref()) {
        (Judge::Alone(judge), _) => judge(&case.given, &case.expect),
        (Judge::UnderLaw(_) | Judge::UnderRegimes(_), None) => {
            return Err(format!("jurisdiction: cases of the kind `{kind}` need one"));
        }
        (Judge::UnderLaw(judge), Some(jurisdiction)) => judge(&Asked {
            world: world.law.get_or_init(Law::shipped),
            jurisdiction,
            given: &case.given,
            proposed: case.proposed.as_ref(),
            expect: &case.expect,
        }),
        (Judge::UnderRegimes(judge), Some(jurisdiction)) => judge(&Regulated {
            shipped: world.regimes.get_or_init(Shipped::default),
            jurisdiction,
            given: &case.given,
            expect: &case.expect,
        }),
    };
    judged.map_err(|why| if why.starts_with("jurisdiction: ") { why } else { format!("{place}.{why}") })
}
