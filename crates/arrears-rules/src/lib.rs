//! Rhai policy files for arrears, and what is wrong with them.

mod assemble;
mod calendars;
mod engine;
mod expression;
mod facts;
mod files;
mod grammar;
mod load;
mod modules;
mod packs;
mod places;
mod reading;
mod record;
mod recover;
mod render;
mod scripts;
mod session;
mod site;
mod source;
mod statements;
mod table;
mod translate;

pub use calendars::{calendar, shipped_calendars};
pub use files::ReadError;
pub use load::{
    Loaded, LoadedFile, LoadedPack, check_reading, load, load_file, load_pack, load_pack_source, load_source,
};
pub use packs::{UnknownPack, law_of, shipped_law, shipped_pack, shipped_packs, with_shipped_calendars};
pub use places::{LabelRecord, Place, ProblemRecord, SuggestionRecord, place, problem_records};
pub use reading::{Edited, Reading, read, read_edited, read_source};
pub use render::{Style, render};
pub use scripts::{ScriptFailure, ScriptValue, Scripts};
pub use source::{Token, TokenKind, tokens};
pub use translate::form as statement_form;
