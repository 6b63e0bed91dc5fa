//! Policy files in an editor: one layout, a description of the language, a grammar for highlighting, and
//! a language server.

mod format;
mod language;
mod server;

pub use format::{changes, format, replace_file};
pub use language::{
    ClauseEntry, DoEntry, FactEntry, FunctionEntry, LANGUAGE_FORMAT, Language, OptionEntry, OutcomeEntry,
    StatementEntry, VerbEntry, about, grammar, overview,
};
pub use server::{ServeError, serve, serve_stdio};
