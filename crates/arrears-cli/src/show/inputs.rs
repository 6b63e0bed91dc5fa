//! The columns that a table needs for a policy.

use super::tables::{Column, wrapped};
use super::{plural, screen};
use arrears::{Input, Kind, Need, Policy};
use serde::Serialize;

/// One column, for programs.
#[derive(Debug, Serialize)]
pub(crate) struct InputJson {
    name: String,
    kind: &'static str,
    words: Vec<String>,
    open: bool,
    never: bool,
    need: &'static str,
    assumed: Option<String>,
    meaning: String,
}

/// How a column is needed: the word for programs, and the heading for people.
const NEEDS: [(&str, &str); 7] = [
    ("required", "Required: the table must have these columns"),
    ("assumed", "Assumed: the policy takes these as known where the table has no column"),
    ("source", "Sources: needed only where the column of the fact they are computed for is absent"),
    ("derived", "Derived: computed, unless the table has the column"),
    ("state", "State: what the last decision left; `--state` brings them"),
    ("optional", "Optional: used where the table has them"),
    ("script", "Script: computed by the policy; no column"),
];

/// The columns that rows have besides facts.
const KEYS: [(&str, &str, &str); 3] = [
    (arrears_batch::ACCOUNT, "required", "The account; every row has one of its own."),
    (arrears_batch::CUSTOMER, "optional", "The person, where one person's accounts are to be settled together."),
    (
        arrears_batch::CURRENCY,
        "optional",
        "The currency of the row's amounts; another one than the policy's is an error.",
    ),
];

/// Every column, for programs.
pub(crate) fn inputs_json(policy: &Policy) -> Vec<InputJson> {
    let keys = KEYS.into_iter().map(|(name, need, meaning)| InputJson {
        name: name.to_owned(),
        kind: Kind::Category.word(),
        words: Vec::new(),
        open: true,
        never: false,
        need,
        assumed: None,
        meaning: meaning.to_owned(),
    });
    let facts = policy.inputs().iter().filter(|input| input.need != Need::Result);
    keys.chain(facts.map(|input| InputJson {
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

/// Every column, by how it is needed.
pub(crate) fn inputs_text(policy: &Policy) -> String {
    let inputs = inputs_json(policy);
    let mut text = String::new();
    let names = inputs.iter().map(|input| input.name.chars().count()).max().unwrap_or(0);
    let names = u16::try_from(names.min(40)).unwrap_or(40);
    for (word, title) in NEEDS {
        let rows: Vec<Vec<String>> = inputs.iter().filter(|input| input.need == word).map(row).collect();
        if rows.is_empty() {
            continue;
        }
        text.push_str(&screen::heading(title));
        text.push('\n');
        text.push_str(&wrapped(&[("", Column::Words(names)), ("", Column::Words(8)), ("", Column::Words(20))], rows));
        text.push('\n');
    }
    let required = inputs.iter().filter(|input| input.need == "required").count();
    let head = policy.head();
    text.push_str(&format!(
        "{} {} reads {}, {required} of them required\n",
        head.name,
        head.version,
        plural(inputs.len(), "column", "columns"),
    ));
    text
}

fn row(input: &InputJson) -> Vec<String> {
    let kind = if input.kind == "category" { "word" } else { input.kind };
    let mut meaning = input.meaning.clone();
    if let Some(assumed) = &input.assumed {
        meaning = format!("{assumed}. {meaning}");
    }
    if !input.words.is_empty() {
        let others = if input.open { ", or any other word" } else { "" };
        meaning = format!("{meaning} One of: {}{others}.", input.words.join(", "));
    }
    vec![input.name.clone(), kind.to_owned(), meaning]
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
    }
}

/// The assumption that settles a fact, as its author wrote it.
fn assumed(policy: &Policy, input: &Input) -> Option<String> {
    let fact = policy.find_input(&input.name)?;
    let settling = policy.assumptions().iter().find(|assumption| assumption.facts.contains(&fact));
    settling.map(|assumption| assumption.written.clone())
}
