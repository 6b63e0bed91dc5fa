//! A mapping proposed for a table; what it cannot know is left to a person.

use super::Mapping;
use super::close::{close_name, same_name};
use crate::bind::{ACCOUNT, CURRENCY, CUSTOMER};
use crate::cell::accepts;
use arrears::condition::FactId;
use arrears::facts::Role;
use arrears::policy::{Input, Need};
use arrears::{Kind, Policy, table};
use arrow_schema::Schema;
use std::fmt::Write as _;

/// A fact that a column is looked for.
struct Wanted<'a> {
    name: &'a str,
    written: &'a str,
    kind: Kind,
    never: bool,
    doc: &'a str,
    without: Without<'a>,
}

/// What a decision does where the table has no column for a fact.
enum Without<'a> {
    /// It cannot be made.
    Nothing,
    /// It takes what the policy assumes: as written, and why.
    Assumption(&'a str, &'a str),
    /// It is made without.
    Goes,
}

/// The parts of the text that follow the columns.
#[derive(Default)]
struct Remarks {
    close: String,
    missing: String,
    assumed: String,
    free: String,
}

/// The text of a mapping file for a table, for a policy or for the whole fact table.
///
/// A column is taken if its name is the fact's but for case and punctuation. Close names
/// are only suggested, in comments. A fact without a column is listed in a comment, with
/// the line that a policy would need in order to do without; nothing is assumed.
pub fn propose_mapping(schema: &Schema, table_name: &str, policy: Option<&Policy>) -> String {
    let mut text = heading(table_name, policy);
    text.push_str("\n[columns]\n");
    let mut used = keys(&mut text, schema);
    let wanted = wanted(policy);
    let found: Vec<_> = wanted.iter().map(|fact| same_name(schema, fact.name)).collect();
    used.extend(found.iter().flatten().map(|field| field.name().clone()));
    let mut remarks = Remarks::default();
    for (fact, found) in wanted.iter().zip(found) {
        match (found, close_name(schema, fact.name, &used)) {
            (Some(field), _) => {
                let fit = accepts(fact.kind, field.data_type());
                let comment = fit.err().map(|refused| format!("  # holds {}: {}", refused.found, refused.fix));
                let comment = comment.unwrap_or_default();
                let _ = writeln!(text, "{} = {}{comment}", fact.name, quoted(field.name()));
            }
            (None, Some(field)) => {
                let (column, doc) = (quoted(field.name()), one_line(fact.doc));
                let _ = writeln!(remarks.close, "# {} = {column}  # {doc}", fact.name);
                remarks.without(fact);
            }
            (None, None) => remarks.without(fact),
        }
    }
    remarks.write(&mut text);
    text.push_str("\n[never]\n# Values that mean \"never\", besides the word and 999999:\n# days_since_payment = -1\n");
    debug_assert!(Mapping::parse(&text, table_name).is_ok());
    text
}

fn heading(table_name: &str, policy: Option<&Policy>) -> String {
    let against =
        policy.map_or("the whole fact table".to_owned(), |policy| format!("the policy `{}`", policy.head().name));
    format!("# Columns of {} for {}.\n", one_line(table_name), one_line(&against))
}

/// Writes the columns that name account, person and currency; gives those that are used.
fn keys(text: &mut String, schema: &Schema) -> Vec<String> {
    let mut used = Vec::new();
    for (name, doc) in [
        (ACCOUNT, "the account; every row has one of its own"),
        (CUSTOMER, "the person, where one person's accounts are to be settled together"),
        (CURRENCY, "the currency of the row's amounts"),
    ] {
        if let Some(field) = same_name(schema, name) {
            used.push(field.name().clone());
            let _ = writeln!(text, "{name} = {}", quoted(field.name()));
        } else {
            let near = close_name(schema, name, &used).map_or("...", |field| field.name());
            let _ = writeln!(text, "# {name} = {}  # {doc}", quoted(near));
        }
    }
    used
}

fn wanted(policy: Option<&Policy>) -> Vec<Wanted<'_>> {
    let Some(policy) = policy else {
        let given = table::all().filter(|fact| matches!(fact.role, Role::Input | Role::Derived));
        return given
            .map(|fact| Wanted {
                name: fact.name,
                written: fact.name,
                kind: fact.kind,
                never: fact.never,
                doc: fact.doc,
                without: Without::Goes,
            })
            .collect();
    };
    let inputs = policy.inputs().iter();
    let columns = inputs.filter(|input| input.is_column() && !matches!(input.need, Need::State(_)));
    columns
        .map(|input| Wanted {
            name: &input.name,
            written: &input.written,
            kind: input.kind,
            never: input.never,
            doc: &input.doc,
            without: without(policy, input),
        })
        .collect()
}

fn without<'p>(policy: &'p Policy, input: &Input) -> Without<'p> {
    let settles = |fact: FactId| policy.find_input(&input.name) == Some(fact);
    let mut assumptions = policy.assumptions().iter();
    match input.need {
        Need::Required | Need::For(_) => Without::Nothing,
        Need::Assumed(_) => assumptions
            .find(|assumption| assumption.facts.iter().any(|fact| settles(*fact)))
            .map_or(Without::Goes, |assumption| Without::Assumption(&assumption.written, &assumption.why)),
        _ => Without::Goes,
    }
}

impl Remarks {
    /// Lists a fact without a column.
    fn without(&mut self, fact: &Wanted<'_>) {
        let doc = one_line(fact.doc);
        match fact.without {
            Without::Nothing => {
                let (written, value) = (one_line(fact.written), example(fact));
                let _ = writeln!(self.missing, "#   {}: {doc}", fact.name);
                let _ = writeln!(self.missing, "#     assume {written} = {value} #{{ why: \"...\" }};");
            }
            Without::Assumption(written, why) => {
                let _ = writeln!(self.assumed, "#   {}: assume {} ({})", fact.name, one_line(written), one_line(why));
            }
            Without::Goes => {
                let _ = writeln!(self.free, "#   {}: {doc}", fact.name);
            }
        }
    }

    fn write(&self, text: &mut String) {
        let sections = [
            ("Columns of close names. Take the comment away from those that are right.", &self.close),
            (
                "No column was found for these facts. Name one under [columns], or let the policy say\n\
                 # what may be taken as known, and why. Nothing is assumed.",
                &self.missing,
            ),
            ("No column was found for these facts; the policy assumes them.", &self.assumed),
            ("No column was found for these facts; decisions are made without them.", &self.free),
        ];
        for (heading, lines) in sections {
            if !lines.is_empty() {
                let _ = write!(text, "\n# {heading}\n{lines}");
            }
        }
    }
}

/// A value in the form that the fact takes; a person must choose it.
const fn example(fact: &Wanted<'_>) -> &'static str {
    match fact.kind {
        _ if fact.never => "\"never\"",
        Kind::Flag => "false",
        Kind::Money => "0.00",
        Kind::Ratio => "0.0",
        Kind::Days | Kind::Count => "0",
        Kind::Category => "\"...\"",
    }
}

/// A TOML string.
fn quoted(name: &str) -> String {
    toml::Value::String(name.to_owned()).to_string()
}

fn one_line(text: &str) -> String {
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    text.chars().map(plain).collect()
}
