//! A policy file as text: lines, tokens and where its statements begin.

mod lexer;
mod script;
mod signs;

pub use lexer::{Token, TokenKind, tokens};
pub(crate) use script::{Script, clause_word, to_usize};
