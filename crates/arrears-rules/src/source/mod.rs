//! A policy file as text: lines, tokens and where its statements begin.

mod lexer;
mod script;
mod signs;

pub(crate) use lexer::{Token, TokenKind};
pub(crate) use script::{Script, clause_word, to_usize};
