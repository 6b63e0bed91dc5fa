//! The reference policy as two decision tables of zen-engine, the first row that fits decides.
//!
//! An account is handed over as JSON, as a host hands it over. The tables are compiled once.

use serde_json::{Value, json};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine, Variable};

/// Why an account cannot be decided.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The tables, compiled.
pub struct Tables(Decision);

const KINDS: [&str; 5] = [
    "dpd >= 1 and dpd <= 30 and broken == 0",
    "dpd >= 31 and dpd <= 60 and hostile",
    "dpd >= 31 and dpd <= 90 and (broken >= 1 or not hostile)",
    "dpd > 90 and calls >= 3 and (refused or unreachable)",
    "dpd > 0 and ability < 0.3",
];
const RULES: [&str; 14] = [
    "deceased or bankrupt",
    "dispute",
    "hardship and dpd <= 90",
    "dpd <= 0",
    "contacts >= 7",
    "promise >= 0 and promise <= 2 and broken <= 1",
    "inflow >= 0.5 * overdue",
    "kind == 3 and overdue >= 5000 and stage >= 4",
    "kind == 3 or (dpd > 120 and overdue >= 2000)",
    "kind == 4 and (worth >= 0.6 or ability < 0.15)",
    "kind == 1 and since >= 2",
    "kind == 2 and (broken >= 2 or since >= 5)",
    "kind == 0 and (overdue < 100 or segment == 'retail')",
    "since >= 3 and unanswered < 5",
];

/// A table that writes the code of its first row that fits into `output`.
fn table(output: &str, conditions: &[&str], first: usize) -> Value {
    let row = |(index, condition): (usize, &&str)| {
        let code = (first + index).to_string();
        json!({ "_id": format!("{output}{index}"), "when": condition, "then": code })
    };
    let mut rules: Vec<Value> = conditions.iter().enumerate().map(row).collect();
    // An empty cell fits every account.
    rules.push(row((conditions.len(), &"")));
    json!({
        "id": output, "name": output, "type": "decisionTableNode", "position": { "x": 0, "y": 0 },
        "content": {
            "hitPolicy": "first",
            "inputs": [{ "id": "when", "name": "when" }],
            "outputs": [{ "id": "then", "name": "then", "field": output }],
            "rules": rules,
            // The second table reads the account, and the type that the first one found.
            "passThrough": true, "inputField": null, "outputPath": null, "executionMode": "single",
        },
    })
}

impl Tables {
    /// Compiles them.
    ///
    /// # Errors
    ///
    /// What the engine finds wrong with them.
    pub fn compile() -> Result<Self, Failure> {
        let end = |id: &str, kind: &str| json!({ "id": id, "name": id, "type": kind, "position": { "x": 0, "y": 0 } });
        let edge = |from: &str, to: &str| json!({ "id": format!("{from}-{to}"), "type": "edge", "sourceId": from, "targetId": to });
        let content = json!({
            "contentType": "application/vnd.gorules.decision",
            "nodes": [
                end("account", "inputNode"), table("kind", &KINDS, 0), table("reason", &RULES, 1),
                end("decision", "outputNode"),
            ],
            "edges": [edge("account", "kind"), edge("kind", "reason"), edge("reason", "decision")],
        });
        let content: DecisionContent = serde_json::from_value(content)?;
        let mut decision =
            DecisionEngine::default().create_decision(Arc::new(content)).map_err(|error| error.to_string())?;
        decision.compile();
        Ok(Self(decision))
    }

    /// The codes of the type and of the reason of one account, whose facts are the fields of an
    /// object: `dpd`, `broken`, `calls`, `unanswered`, `contacts`, `since`, `promise`, `stage`,
    /// `overdue`, `inflow`, `ability`, `worth`, the flags, and `segment` as a word.
    ///
    /// # Errors
    ///
    /// What the engine says, or that a code is missing.
    pub fn decide(&self, account: Value) -> Result<(u8, u8), Failure> {
        let result = self.evaluated(Variable::from(account))?;
        let code = |name: &str| -> Result<u8, Failure> {
            let number = result.dot(name).and_then(|value| value.as_number());
            Ok(u8::try_from(number.ok_or_else(|| format!("no `{name}`"))?)?)
        };
        Ok((code("kind")?, code("reason")?))
    }

    /// Decision tables wait for nothing: the first look at the future has the result.
    fn evaluated(&self, account: Variable) -> Result<Variable, Failure> {
        match pin!(self.0.evaluate(account)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(response) => Ok(response.map_err(|error| error.to_string())?.result),
            Poll::Pending => Err("a decision table is waiting for something".into()),
        }
    }
}
