//! The columns that a table needs for a policy.

use super::tables::{Column, wrapped};
use super::{plural, screen};
use arrears::Policy;
use arrears_batch::{InputRecord, input_records};

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

/// Every column, by how it is needed.
pub(crate) fn inputs_text(policy: &Policy) -> String {
    let inputs = input_records(policy);
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

fn row(input: &InputRecord) -> Vec<String> {
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
