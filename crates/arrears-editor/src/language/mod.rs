//! The language: what can be said, and what it means, from the tables by which policies are checked.

mod document;
mod explained;
mod facts;
mod functions;
mod grammar;
mod statements;

pub use document::{
    ClauseEntry, DoEntry, FactEntry, FunctionEntry, LANGUAGE_FORMAT, Language, OptionEntry, OutcomeEntry,
    StatementEntry, VerbEntry,
};
pub use explained::{about, overview};
pub use grammar::grammar;

pub(crate) use grammar::is_script_word;

pub(crate) use document::value_words;
pub(crate) use explained::{
    about_clause, about_effect, about_fact, about_function, about_limit, about_option, about_outcome, about_statement,
    about_verb,
};
pub(crate) use facts::words;
pub(crate) use functions::{FunctionDef, function_table};
