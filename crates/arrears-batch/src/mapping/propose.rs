//! A mapping proposed for a table; what it cannot know is left to a person.

use super::Mapping;
use crate::bind::{ACCOUNT, CURRENCY, CUSTOMER};
use crate::cell::accepts;
use arrears::facts::Role;
use arrears::policy::Need;
use arrears::problem::nearest;
use arrears::{Kind, Policy, table};
use arrow_schema::{Field, Schema};
use std::fmt::Write as _;

/// A fact that a column is looked for.
struct Wanted<'a> {
    name: &'a str,
    kind: Kind,
    never: bool,
    doc: &'a str,
    /// Whether a decision cannot do without it.
    required: bool,
}

/// The text of a mapping file for a table, for a policy or for the whole fact table.
///
/// A column is taken if its name is the fact's but for case and punctuation, and its type
/// fits. Close names are only suggested, in comments. A fact without a column is listed
/// in a comment, with the line that a policy would need in order to do without; nothing
/// is assumed.
pub fn propose_mapping(schema: &Schema, table_name: &str, policy: Option<&Policy>) -> String {
    let wanted = wanted(policy);
    let mut text = heading(table_name, policy);
    let mut suggested = String::new();
    let mut without = String::new();
    let mut without_need = String::new();
    let mut used = Vec::new();
    text.push_str("\n[columns]\n");
    for (name, doc) in [
        (ACCOUNT, "The account; every row has one of its own."),
        (CUSTOMER, "The person, where one person's accounts are to be settled together."),
        (CURRENCY, "The currency of the row's amounts."),
    ] {
        match same_name(schema, name) {
            Some(field) => {
                used.push(field.name().clone());
                line(&mut text, name, field.name(), "");
            }
            None => {
                let near = close_name(schema, name, &used).map_or("...", |field| field.name());
                let _ = writeln!(text, "# {name} = {}  # {doc}", quoted(near));
            }
        }
    }
    for fact in &wanted {
        match same_name(schema, fact.name) {
            Some(field) => {
                used.push(field.name().clone());
                match accepts(fact.kind, field.data_type()) {
                    Ok(()) => line(&mut text, fact.name, field.name(), ""),
                    Err(refused) => line(
                        &mut text,
                        fact.name,
                        field.name(),
                        &format!("  # holds {}: {}", refused.found, refused.fix),
                    ),
                }
            }
            None => match close_name(schema, fact.name, &used) {
                Some(field) => {
                    let _ = writeln!(
                        suggested,
                        "# {} = {}  # {}",
                        fact.name,
                        quoted(field.name()),
                        fact.doc
                    );
                }
                None if fact.required => missing(&mut without, fact),
                None => {
                    let _ = writeln!(without_need, "#   {}: {}", fact.name, fact.doc);
                }
            },
        }
    }
    section(&mut text, "Columns of close names: take the comment away from those that are right.", &suggested);
    section(
        &mut text,
        "No column was found for these facts. Name one here, or let the policy say what may be\n\
         # taken as known and why. Nothing is assumed.",
        &without,
    );
    section(&mut text, "No column was found for these either; a decision can do without them.", &without_need);
    text.push_str(
        "\n# Values that mean \"never\", besides the word and 999999.\n[never]\n# days_since_payment = -1\n",
    );
    debug_assert!(Mapping::parse(&text, table_name).is_ok());
    text
}

fn heading(table_name: &str, policy: Option<&Policy>) -> String {
    let against = policy.map_or("the whole fact table".to_owned(), |policy| {
        format!("the policy `{}`", policy.head().name)
    });
    format!("# Columns of {} for {}.\n", one_line(table_name), one_line(&against))
}

fn wanted(policy: Option<&Policy>) -> Vec<Wanted<'_>> {
    let Some(policy) = policy else {
        return table::all()
            .filter(|fact| matches!(fact.role, Role::Input | Role::Derived))
            .map(|fact| Wanted {
                name: fact.name,
                kind: fact.kind,
                never: fact.never,
                doc: fact.doc,
                required: false,
            })
            .collect();
    };
    let needed = |need| matches!(need, Need::Required | Need::Assumed(_) | Need::For(_));
    policy
        .inputs()
        .iter()
        .filter(|input| input.is_column() && !matches!(input.need, Need::State(_)))
        .map(|input| Wanted {
            name: &input.name,
            kind: input.kind,
            never: input.never,
            doc: &input.doc,
            required: needed(input.need),
        })
        .collect()
}

fn line(text: &mut String, fact: &str, column: &str, comment: &str) {
    let _ = writeln!(text, "{fact} = {}{comment}", quoted(column));
}

fn missing(text: &mut String, fact: &Wanted<'_>) {
    let value = match fact.kind {
        _ if fact.never => "\"never\"",
        Kind::Flag => "false",
        Kind::Money => "0.00",
        Kind::Ratio => "0.0",
        Kind::Days | Kind::Count => "0",
        Kind::Category => "\"...\"",
    };
    let _ = writeln!(text, "#   {}: {}", fact.name, one_line(fact.doc));
    let _ = writeln!(text, "#     assume {} = {value} #{{ why: \"...\" }};", fact.name);
}

fn section(text: &mut String, heading: &str, lines: &str) {
    if !lines.is_empty() {
        let _ = write!(text, "\n# {heading}\n{lines}");
    }
}

/// A TOML string.
fn quoted(name: &str) -> String {
    toml::Value::String(name.to_owned()).to_string()
}

fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// A name without case and punctuation.
fn bare(name: &str) -> String {
    name.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn same_name<'s>(schema: &'s Schema, fact: &str) -> Option<&'s Field> {
    let fields = || schema.fields().iter().map(AsRef::as_ref);
    fields()
        .find(|field: &&Field| field.name() == fact)
        .or_else(|| fields().find(|field| bare(field.name()) == bare(fact)))
}

/// A column that is not taken yet, whose name is close to the fact's or holds it.
fn close_name<'s>(schema: &'s Schema, fact: &str, used: &[String]) -> Option<&'s Field> {
    let free = |field: &&&Field| !used.contains(field.name());
    let fields: Vec<&Field> = schema.fields().iter().map(AsRef::as_ref).collect();
    let bare_fact = bare(fact);
    let holds = |field: &&&Field| bare_fact.len() >= 4 && bare(field.name()).contains(&bare_fact);
    let held = fields.iter().filter(free).find(holds).copied();
    held.or_else(|| {
        let names: Vec<&str> = fields.iter().filter(free).map(|field| field.name().as_str()).collect();
        let near = nearest(fact, names)?;
        fields.iter().find(|field| field.name() == near).copied()
    })
}
