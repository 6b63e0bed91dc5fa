//! Errors of running a policy's script while it is loaded.

use crate::engine::FORBIDDEN;
use crate::record::source_file;
use crate::source::Script;
use arrears::Problem;
use arrears::draft::Keyword;
use rhai::{EvalAltResult, Position};
use std::sync::Arc;

/// What a failed run means.
pub(crate) struct Ran {
    /// The problem.
    pub(crate) problem: Problem,
    /// A byte, in the file that ran, of the statement that failed.
    pub(crate) blamed: usize,
    /// Whether a limit was reached, so that nothing more may run.
    pub(crate) stops: bool,
    /// The name that was not found, if that is what failed.
    pub(crate) unknown: Option<String>,
}

/// Translates the error of a run of `script`; `scripts` are all files of the policy.
pub(crate) fn run_error(
    scripts: &[Arc<Script>],
    script: &Script,
    error: &EvalAltResult,
    is_fact: &dyn Fn(&str) -> bool,
) -> Ran {
    let blamed = byte(script, error.position());
    let (inner, file) = innermost(error, script.file);
    let place = scripts.get(usize::from(file)).map_or(script, |found| found);
    let at_byte = byte(place, inner.position());
    let at = place
        .token_from(at_byte)
        .and_then(|index| place.token(index))
        .map_or(place.span(at_byte, at_byte), |token| place.span_of(token));
    let mut ran =
        Ran { problem: Problem::error("P024", "the script fails while loading"), blamed, stops: false, unknown: None };
    ran.problem = match inner {
        EvalAltResult::ErrorTooManyOperations(_) | EvalAltResult::ErrorTerminated(..) => {
            ran.stops = true;
            Problem::error("P014", "the policy runs too long while loading")
                .at(at, "stopped here, after 2,000,000 operations")
                .help("look for a loop that never ends")
        }
        EvalAltResult::ErrorDataTooLarge(what, _) => {
            ran.stops = true;
            Problem::error("P015", "the policy grows too large while loading")
                .at(at, format!("{} reached its limit", data(what)))
                .help("look for a loop that adds and adds")
        }
        EvalAltResult::ErrorTooManyVariables(_) | EvalAltResult::ErrorTooManyModules(_) => {
            ran.stops = true;
            Problem::error("P015", "the policy grows too large while loading")
                .at(at, "one more than can be kept")
                .help("look for a loop that adds and adds")
        }
        EvalAltResult::ErrorStackOverflow(_) => {
            ran.stops = true;
            Problem::error("P016", "functions call each other too deeply")
                .at(at, "stopped here")
                .help("look for a function that calls itself")
        }
        EvalAltResult::ErrorVariableNotFound(name, _) => {
            ran.unknown = Some(name.clone());
            unknown_name(name, is_fact(name)).at(at, "asked for while loading")
        }
        EvalAltResult::ErrorRuntime(value, _) if value.to_string() == FORBIDDEN => {
            Problem::error("P013", "this function may not be called by policies")
                .at(at, "not allowed")
                .help("a policy declares; it does not wait, print, leave or run text")
        }
        EvalAltResult::ErrorFunctionNotFound(signature, _) => {
            let name = signature.split([' ', '(']).next().unwrap_or(signature);
            ran.unknown = Some(name.to_owned());
            if is_fact(name) {
                unknown_name(name, true).at(at, "asked for while loading")
            } else {
                Problem::error("P024", format!("no function `{name}` takes these values"))
                    .at(at, "called while loading")
                    .help("functions of the policy are declared with `fn`")
            }
        }
        EvalAltResult::ErrorModuleNotFound(name, _) => {
            ran.unknown = Some(name.clone());
            Problem::error("P010", format!("no module `{name}`")).at(at, "not imported")
        }
        other => {
            let message = format!("the script fails while loading: {}", plainly(other));
            Problem::error("P024", message).at(at, "here")
        }
    };
    ran
}

/// What Rhai says, as one line in lower case without a place.
pub(crate) fn plainly(error: &EvalAltResult) -> String {
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    let plain = first.split(" (line ").next().unwrap_or(first);
    let mut letters = plain.chars();
    match letters.next() {
        Some(letter) => letter.to_lowercase().chain(letters).collect(),
        None => "it stops".to_owned(),
    }
}

fn unknown_name(name: &str, is_fact: bool) -> Problem {
    if is_fact {
        return Problem::error("P023", format!("`{name}` is not known while loading"))
            .help("`if`, `for` and `let` run once, when the policy is loaded; ask for facts and thresholds in `when`");
    }
    if Keyword::from_word(name).is_some() {
        return Problem::error("P024", format!("`{name}` is a word of the language"));
    }
    Problem::error("P024", format!("no constant or variable `{name}`")).help("declare it before: `const NAME = ...;`")
}

fn innermost(error: &EvalAltResult, file: u16) -> (&EvalAltResult, u16) {
    let mut error = error;
    let mut file = file;
    loop {
        match error {
            EvalAltResult::ErrorInFunctionCall(_, source, inner, _) => {
                if !source.is_empty() {
                    file = source_file(Some(source));
                }
                error = inner;
            }
            EvalAltResult::ErrorInModule(_, inner, _) => error = inner,
            _ => return (error, file),
        }
    }
}

fn byte(script: &Script, position: Position) -> usize {
    match position.line() {
        Some(line) => script.byte_at(line, position.position().unwrap_or(1)),
        None => 0,
    }
}

fn data(what: &str) -> &'static str {
    let what = what.to_ascii_lowercase();
    if what.contains("string") {
        "a text"
    } else if what.contains("array") {
        "a list"
    } else if what.contains("statements") {
        "the number of statements"
    } else if what.contains("map") {
        "a map"
    } else {
        "a value"
    }
}
