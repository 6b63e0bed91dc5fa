//! The columns that a table needs for a policy, as programs read them.

use arrears::{Input, Kind, Need, Policy};
use serde::Serialize;

/// One column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputRecord {
    /// Its name.
    pub name: String,
    /// What it measures: days, count, money, ratio, flag, category.
    pub kind: &'static str,
    /// The words that it may hold.
    pub words: Vec<String>,
    /// Whether it may hold others too.
    pub open: bool,
    /// Whether it may be *never*.
    pub never: bool,
    /// How it is needed: required, assumed, source, derived, state, optional, script.
    pub need: &'static str,
    /// What the policy takes as known where the table has no such column, as its author wrote it.
    pub assumed: Option<String>,
    /// What it means.
    pub meaning: String,
}

/// The columns that rows have besides facts.
const KEYS: [(&str, &str, &str); 3] = [
    (crate::bind::ACCOUNT, "required", "The account; every row has one of its own."),
    (crate::bind::CUSTOMER, "optional", "The person, where one person's accounts are to be settled together."),
    (
        crate::bind::CURRENCY,
        "optional",
        "The currency of the row's amounts; another one than the policy's is an error.",
    ),
];

/// Every column that a table may have for a policy: those that rows have besides facts, then its facts by position.
pub fn input_records(policy: &Policy) -> Vec<InputRecord> {
    let keys = KEYS.into_iter().map(|(name, need, meaning)| InputRecord {
        name: name.to_owned(),
        kind: Kind::Category.word(),
        words: Vec::new(),
        open: true,
        never: false,
        need,
        assumed: None,
        meaning: meaning.to_owned(),
    });
    let facts = policy.inputs().iter().filter(|input| !matches!(input.need, Need::Result | Need::Contact));
    keys.chain(facts.map(|input| InputRecord {
        name: input.name.clone(),
        kind: input.kind.word(),
        words: input.words.clone(),
        open: input.open,
        never: input.never,
        need: need_word(input),
        assumed: assumed(policy, input),
        meaning: input.doc.clone(),
    }))
    .collect()
}

fn need_word(input: &Input) -> &'static str {
    match input.need {
        Need::Required => "required",
        Need::Assumed(_) => "assumed",
        Need::State(_) => "state",
        Need::Derived => "derived",
        Need::For(_) => "source",
        Need::Optional(_) => "optional",
        Need::Script => "script",
        Need::Result => "result",
        Need::Contact => "contact",
    }
}

/// The assumption that settles a fact, as its author wrote it.
fn assumed(policy: &Policy, input: &Input) -> Option<String> {
    let fact = policy.find_input(&input.name)?;
    let settling = policy.assumptions().iter().find(|assumption| assumption.facts.contains(&fact));
    settling.map(|assumption| assumption.written.clone())
}
