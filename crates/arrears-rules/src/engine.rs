//! The script engine of a policy: what it may do, and how much of it.

use crate::record::SharedRecord;
use crate::statements;
use rhai::packages::{Package, StandardPackage};
use rhai::{Dynamic, Engine, EvalAltResult, ImmutableString, Module, OptimizationLevel, Position, Shared};
use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Operations of loading one policy, every attempt included. Together with the limit
/// for texts it bounds memory: Rhai does not measure what is put into a part of a list or map.
pub(crate) const MAX_OPERATIONS: u64 = 2_000_000;
/// Operations of one call of a `script(...)` fact.
const MAX_SCRIPT_OPERATIONS: u64 = 20_000;
/// How deeply expressions may be nested; a chain of `&&` counts one for each part.
const MAX_DEPTH: usize = 256;
const MAX_CALL_LEVELS: usize = 32;
const MAX_TEXT: usize = 4 * 1024;
/// Different texts that are kept once however often they are written.
const MAX_TEXTS_SHARED: usize = 256;
const MAX_ITEMS: usize = 10_000;
const MAX_VARIABLES: usize = 10_000;
const MAX_FUNCTIONS: usize = 1_000;
/// Statements of one policy.
pub(crate) const MAX_STATEMENTS: usize = 10_000;
/// Files of one policy besides its first.
const MAX_MODULES: usize = 100;
/// The message by which a forbidden function is recognised when it is called all the same.
pub(crate) const FORBIDDEN: &str = "arrears: forbidden function";

/// Functions that a policy may not call.
pub(crate) const FORBIDDEN_FUNCTIONS: [&str; 12] = [
    "sleep",
    "exit",
    "print",
    "debug",
    "eval",
    "Fn",
    "call",
    "curry",
    "timestamp",
    "is_shared",
    "is_def_var",
    "is_def_fn",
];

/// An engine that knows the policy's statements.
pub(crate) fn loading(record: &SharedRecord) -> Engine {
    let mut engine = bounded(MAX_OPERATIONS);
    let spent = AtomicU64::new(0);
    engine.on_progress(move |_| {
        let spent = spent.fetch_add(1, Ordering::Relaxed);
        (spent > MAX_OPERATIONS).then_some(Dynamic::UNIT)
    });
    statements::register(&mut engine, record);
    engine
}

/// An engine that parses the cells of tables; it runs nothing.
pub(crate) fn cells() -> Engine {
    bounded(1)
}

thread_local! {
    /// Operations of the script that this thread runs, or ran last.
    static OPERATIONS: Cell<u64> = const { Cell::new(0) };
}

/// An engine that runs the bank's own facts, and counts their operations.
pub(crate) fn computing() -> Engine {
    let mut engine = bounded(MAX_SCRIPT_OPERATIONS);
    engine.on_progress(|operations| {
        OPERATIONS.set(operations);
        None
    });
    engine
}

/// Runs a script on this thread, and gives how many operations it took.
pub(crate) fn counted<T>(script: impl FnOnce() -> T) -> (T, u64) {
    OPERATIONS.set(0);
    let result = script();
    (result, OPERATIONS.get())
}

fn bounded(operations: u64) -> Engine {
    let mut engine = Engine::new_raw();
    engine.register_global_module(standard());
    engine.set_max_strings_interned(MAX_TEXTS_SHARED);
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_max_operations(operations);
    engine.set_max_expr_depths(MAX_DEPTH, MAX_DEPTH);
    engine.set_max_call_levels(MAX_CALL_LEVELS);
    engine.set_max_string_size(MAX_TEXT);
    engine.set_max_array_size(MAX_ITEMS);
    engine.set_max_map_size(MAX_ITEMS);
    engine.set_max_variables(MAX_VARIABLES);
    engine.set_max_functions(MAX_FUNCTIONS);
    engine.set_max_modules(MAX_MODULES);
    engine.set_module_resolver(rhai::module_resolvers::DummyModuleResolver::new());
    engine.on_print(|_| {});
    engine.on_debug(|_, _, _| {});
    forbid(&mut engine);
    engine
}

/// Rhai's own functions. They are the same for every policy and take longer to gather than a short
/// policy takes to read, so they are gathered once.
fn standard() -> Shared<Module> {
    static STANDARD: OnceLock<Shared<Module>> = OnceLock::new();
    Shared::clone(STANDARD.get_or_init(|| StandardPackage::new().as_shared_module()))
}

/// Functions of Rhai's core that wait or leave are replaced by a refusal, whichever way they are reached.
fn forbid(engine: &mut Engine) {
    engine.register_fn("sleep", |_: i64| refused());
    engine.register_fn("sleep", |_: rust_decimal::Decimal| refused());
    engine.register_fn("exit", refused);
    engine.register_fn("exit", |_: Dynamic| refused());
    engine.register_fn("print", refused);
    engine.register_fn("print", |_: Dynamic| refused());
    engine.register_fn("print", |_: ImmutableString| refused());
    engine.register_fn("print", |_: i64| refused());
    engine.register_fn("debug", refused);
    engine.register_fn("debug", |_: Dynamic| refused());
}

fn refused() -> Result<Dynamic, Box<EvalAltResult>> {
    Err(Box::new(EvalAltResult::ErrorRuntime(FORBIDDEN.into(), Position::NONE)))
}
