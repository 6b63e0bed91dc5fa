//! Facts of one account, as they are written on the command line.

use crate::exit::Exit;
use crate::failure::Failure;
use arrears::number::fixed;
use arrears::problem::nearest;
use arrears::{Cell, Input, Kind, Policy, Row, table};
use arrears_rules::Scripts;
use arrears_workbench::script_facts;
use rust_decimal::Decimal;

/// A row from `KEY=VALUE` facts. A fact that is not given is what it is where a table has
/// no column for it, and unknown where the policy would ask for the column.
pub(crate) fn row(policy: &Policy, scripts: &Scripts, facts: &[(String, String)]) -> Result<Row, Failure> {
    let mut cells = policy.empty_row();
    put(policy, facts, &mut cells)?;
    script_facts::compute(scripts, policy, &mut cells);
    match policy.row(cells) {
        Ok(row) => match policy.not_for(&row) {
            None => Ok(row),
            Some(not_for) => Err(Failure::new(Exit::Usage, not_for)),
        },
        Err(found) => Err(unreadable(&found.iter().map(ToString::to_string).collect::<Vec<_>>())),
    }
}

/// Puts `KEY=VALUE` facts into the cells of an account.
pub(crate) fn put(policy: &Policy, facts: &[(String, String)], cells: &mut [Cell]) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for (name, text) in facts {
        let found = policy.find_input(name).filter(|id| policy.input(*id).is_some_and(Input::is_column));
        match found.and_then(|id| Some((cells.get_mut(id.index())?, policy.input(id)?))) {
            Some((slot, input)) => match cell(policy, input, text) {
                Ok(cell) => *slot = cell,
                Err(problem) => problems.push(format!("`{name}`: `{text}` {problem}")),
            },
            None if table::find(name).is_some() => {
                problems.push(format!("`{name}`: the policy does not read this fact"))
            }
            None => problems.push(format!("`{name}`: no such fact{}", meant(policy, name))),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(unreadable(&problems)) }
}

fn unreadable(problems: &[String]) -> Failure {
    Failure::new(Exit::Usage, format!("the facts cannot be read:\n  {}", problems.join("\n  ")))
}

fn meant(policy: &Policy, name: &str) -> String {
    let known = policy.inputs().iter().map(|input| input.name.as_str());
    nearest(name, known).map_or(String::new(), |near| format!(" (did you mean `{near}`?)"))
}

/// A value as its author writes it, empty for unknown.
fn cell(policy: &Policy, input: &Input, text: &str) -> Result<Cell, String> {
    let number = || {
        let decimals = input.kind.decimals(policy.head().currency.digits());
        let written = Decimal::from_str_exact(text).map_err(|_| format!("is not {}", input.kind))?;
        let value = fixed(written, decimals).map_err(|inexact| format!("has {inexact}"))?;
        if value < 0 && input.from_zero {
            return Err("is below zero".to_owned());
        }
        Ok(Cell::number(value))
    };
    match (text, input.kind) {
        ("" | "unknown", kind) if text.is_empty() || kind != Kind::Category => Ok(Cell::UNKNOWN),
        ("never", kind) if kind != Kind::Category => {
            input.never.then_some(Cell::NEVER).ok_or_else(|| "cannot be: the fact always has a value".to_owned())
        }
        ("true", Kind::Flag) => Ok(Cell::TRUE),
        ("false", Kind::Flag) => Ok(Cell::FALSE),
        (_, Kind::Flag) => Err("is neither true nor false".to_owned()),
        (word, Kind::Category) => input.word(word).ok_or_else(|| format!("is not one of {}", input.words.join(", "))),
        _ => number(),
    }
}
