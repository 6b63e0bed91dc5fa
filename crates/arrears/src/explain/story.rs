//! The explanation of one decision, as data.

use super::changes;
use super::reasons::Reason;
use super::teller::Teller;
use crate::decide::{Decision, Law, Record, Today, decide};
use crate::number::Cell;
use crate::policy::{Policy, Row};
use chrono::NaiveDate;
use serde::Serialize;

/// Why one account was decided as it was.
///
/// [`std::fmt::Display`] gives it as a colleague would put it; it serialises as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The decision in one line.
    pub headline: String,
    /// The day.
    pub as_of: NaiveDate,
    /// The decision.
    pub decision: Record,
    /// What was read, step by step.
    pub parts: Vec<Part>,
    /// Facts whose absence mattered, with what they mean.
    pub missing: Vec<(String, String)>,
    /// What would change the decision, each tried out.
    pub would_change: Vec<String>,
    /// The policy's name and version.
    pub policy: String,
    /// SHA-256 over the facts that the policy read.
    pub facts_hash: String,
    /// The engine's version.
    pub engine: String,
    /// The version of the time zones.
    pub calendar: String,
}

/// One thing that was read: a type, a hold, a stage, a treatment, an act, a duty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The step: who, signs, holds, stage, turn, acts, duties.
    pub step: &'static str,
    /// What it is, in one line.
    pub text: String,
    /// Where it stands: `cn-card.rhai:71`.
    pub place: Option<String>,
    /// Why, by clause: `when`, `unless`.
    pub clauses: Vec<(String, Reason)>,
}

/// Explains the decision that [`decide`] makes of the same row.
pub fn explain(policy: &Policy, row: &Row, account: &str, law: &Law, as_of: NaiveDate) -> Explanation {
    explain_decision(policy, row, account, law, as_of, &decide(policy, row, law, as_of))
}

/// Explains a decision that was made of a row, with its next review as it was found then: one that was made over
/// an account's history has an exact one.
pub fn explain_decision(
    policy: &Policy,
    row: &Row,
    account: &str,
    law: &Law,
    as_of: NaiveDate,
    decision: &Decision,
) -> Explanation {
    let record = decision.record(policy, account);
    let mut today = Today::new(policy, row, as_of, None);
    today.holds();
    today.types();
    today.place();
    let verdicts = today.verdicts();
    let teller = Teller { policy, today: &today, decision, record: &record };
    let mut parts = teller.who();
    parts.extend(teller.signs());
    parts.extend(teller.holds());
    parts.extend(teller.stage());
    parts.extend(verdicts.iter().filter_map(|(id, verdict)| teller.turn(id.index(), *verdict)));
    parts.extend(teller.acts());
    parts.extend(teller.duties());
    let headline = teller.headline(&verdicts.iter().map(|(id, verdict)| (id.index(), *verdict)).collect::<Vec<_>>());
    let missing = decision.missing.iter().filter_map(|fact| policy.input(*fact));
    let head = policy.head();
    Explanation {
        headline,
        as_of,
        missing: missing.map(|input| (input.written.clone(), input.doc.clone())).collect(),
        would_change: changes::changes(policy, row, law, as_of, decision),
        parts,
        decision: record,
        policy: format!("{} {}", head.name, head.version).trim().to_owned(),
        facts_hash: policy.facts_hash(row),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        calendar: format!("tz {}", chrono_tz::IANA_TZDB_VERSION),
    }
}

impl Policy {
    /// SHA-256 over the facts of a row as this policy reads them, by name.
    pub fn facts_hash(&self, row: &Row) -> String {
        let mut lines: Vec<String> = self
            .inputs()
            .iter()
            .zip(row.cells())
            .map(|(input, cell)| {
                let value = match cell {
                    cell if cell.is_never() => "never".to_owned(),
                    cell => match (input.word_of(*cell), cell.get()) {
                        (Some(word), _) if input.kind == crate::Kind::Category => word.to_owned(),
                        (_, Some(number)) => number.to_string(),
                        (_, None) => "unknown".to_owned(),
                    },
                };
                format!("{}={value}\n", input.name)
            })
            .collect();
        lines.sort_unstable();
        crate::policy::sha256(&lines.concat())
    }

    /// Whether a row is of a closed account.
    pub fn is_closed(&self, row: &Row) -> bool {
        row.cell(self.body.known.closed) == Cell::TRUE
    }
}
