//! A text that is open in the editor.

use super::lines::Lines;
use arrears_rules::{Token, tokens};
use lsp_types::TextDocumentContentChangeEvent;
use std::sync::Arc;

/// A text that is open.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Its address, as the editor writes it.
    pub(super) address: String,
    /// The editor's count of changes.
    pub(super) version: i32,
    /// The text.
    pub(super) text: Arc<str>,
    /// Its lines.
    pub(super) lines: Lines,
}

impl Document {
    pub(super) fn new(address: String, version: i32, text: &str) -> Self {
        Self { address, version, lines: Lines::of(text), text: text.into() }
    }

    /// Takes changes in, one after the other; a change without a range is the whole text.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        self.version = version;
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => {
                    let start = self.lines.byte(&self.text, range.start);
                    let end = self.lines.byte(&self.text, range.end).max(start);
                    let before = self.text.get(..start).unwrap_or_default();
                    let after = self.text.get(end..).unwrap_or_default();
                    format!("{before}{}{after}", change.text)
                }
            };
            self.lines = Lines::of(&text);
            self.text = text.into();
        }
    }

    /// Its tokens.
    pub(super) fn tokens(&self) -> Vec<Token> {
        tokens(&self.text).0
    }
}
