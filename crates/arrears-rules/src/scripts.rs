//! Facts that a bank computes by script: `fact risk = script(|a| ...) #{ kind: "ratio", reads: [...] };`

use crate::engine;
use crate::record::SharedRecord;
use rhai::{AST, Dynamic, Engine, EvalAltResult, FnPtr, Map};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// What a script is given of one fact, and what it gives back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScriptValue {
    /// Not known. A script sees `()`.
    Unknown,
    /// A number: days, count, money or ratio. A script sees an exact decimal.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// A word.
    Text(String),
    /// It never happened. A script sees the word `never`.
    Never,
}

/// Why a script gave no value. The fact is then unknown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScriptFailure {
    /// No fact of this name is computed by script.
    #[error("no fact `{0}` is computed by script")]
    NoSuchFact(String),
    /// It ran longer or grew larger than a script may.
    #[error("the script of `{0}` reached its limit")]
    Limit(String),
    /// It failed.
    #[error("the script of `{fact}` failed: {reason}")]
    Failed {
        /// The fact.
        fact: String,
        /// What went wrong.
        reason: String,
    },
    /// It gave back something that no fact can be.
    #[error("the script of `{fact}` gave {found}, which is no fact")]
    NoFact {
        /// The fact.
        fact: String,
        /// What it gave.
        found: String,
    },
}

#[derive(Clone)]
struct Compiled {
    closure: FnPtr,
    code: AST,
}

/// The scripts of a policy's facts, ready to run. Running one changes nothing.
#[derive(Clone)]
pub struct Scripts {
    engine: Option<Arc<Engine>>,
    facts: BTreeMap<String, Compiled>,
}

impl fmt::Debug for Scripts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}

impl Scripts {
    pub(crate) fn of(record: &SharedRecord) -> Self {
        let record = record.lock();
        let mut facts = BTreeMap::new();
        for statement in &record.statements {
            let closure = statement.closure.clone();
            let name = statement.inputs.first().and_then(|input| input.name());
            let code = record.code.get(&statement.file);
            if let (Some(closure), Some(name), Some(code)) = (closure, name, code) {
                let code = code.clone_functions_only();
                facts.insert(name, Compiled { closure, code });
            }
        }
        let engine = (!facts.is_empty()).then(|| Arc::new(engine::computing()));
        Self { engine, facts }
    }

    /// The facts that are computed, in order of their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.facts.keys().map(String::as_str)
    }

    /// Whether no fact is computed by script.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// Computes one fact of one account from the facts it reads.
    ///
    /// # Errors
    ///
    /// [`ScriptFailure`] if the script fails, reaches its limit, or gives what is no
    /// fact. The fact is then unknown, and should be counted.
    pub fn compute(&self, name: &str, given: &BTreeMap<String, ScriptValue>) -> Result<ScriptValue, ScriptFailure> {
        self.compute_counted(name, given).0
    }

    /// Computes a fact as [`Scripts::compute`] does, and gives how many of the script
    /// engine's operations that took; what failed took some too.
    pub fn compute_counted(
        &self,
        name: &str,
        given: &BTreeMap<String, ScriptValue>,
    ) -> (Result<ScriptValue, ScriptFailure>, u64) {
        engine::counted(|| self.computed(name, given))
    }

    fn computed(&self, name: &str, given: &BTreeMap<String, ScriptValue>) -> Result<ScriptValue, ScriptFailure> {
        let (Some(compiled), Some(engine)) = (self.facts.get(name), &self.engine) else {
            return Err(ScriptFailure::NoSuchFact(name.to_owned()));
        };
        let account: Map = given.iter().map(|(fact, value)| (fact.as_str().into(), shown(value))).collect();
        let result = compiled
            .closure
            .call::<Dynamic>(engine, &compiled.code, (account,))
            .map_err(|error| failure(name, &error))?;
        value(name, &result)
    }
}

fn shown(value: &ScriptValue) -> Dynamic {
    match value {
        ScriptValue::Unknown => Dynamic::UNIT,
        ScriptValue::Number(number) => Dynamic::from_decimal(*number),
        ScriptValue::Flag(flag) => (*flag).into(),
        ScriptValue::Text(text) => text.as_str().into(),
        ScriptValue::Never => "never".into(),
    }
}

fn value(fact: &str, result: &Dynamic) -> Result<ScriptValue, ScriptFailure> {
    if result.is_unit() {
        return Ok(ScriptValue::Unknown);
    }
    if let Ok(whole) = result.as_int() {
        return Ok(ScriptValue::Number(Decimal::from(whole)));
    }
    if let Ok(number) = result.as_decimal() {
        return Ok(ScriptValue::Number(number));
    }
    if let Ok(flag) = result.as_bool() {
        return Ok(ScriptValue::Flag(flag));
    }
    if result.is_string() {
        let text = result.to_string();
        return Ok(if text == "never" { ScriptValue::Never } else { ScriptValue::Text(text) });
    }
    let found = match result.type_name() {
        "array" => "a list",
        "map" => "a map",
        "Fn" => "a function",
        _ => "a value of its own",
    };
    Err(ScriptFailure::NoFact { fact: fact.to_owned(), found: found.to_owned() })
}

fn failure(fact: &str, error: &EvalAltResult) -> ScriptFailure {
    match error {
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => failure(fact, inner),
        EvalAltResult::ErrorTooManyOperations(_)
        | EvalAltResult::ErrorDataTooLarge(..)
        | EvalAltResult::ErrorTooManyVariables(_)
        | EvalAltResult::ErrorStackOverflow(_) => ScriptFailure::Limit(fact.to_owned()),
        other => ScriptFailure::Failed { fact: fact.to_owned(), reason: crate::translate::plainly(other) },
    }
}
