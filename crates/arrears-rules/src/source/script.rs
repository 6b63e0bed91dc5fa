//! One file of a policy, its lines and its tokens.

use super::lexer::{Token, TokenKind, tokens};
use arrears::Span;
use arrears::draft::{Keyword, Part};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One file of a policy.
#[derive(Debug)]
pub(crate) struct Script {
    /// Its number among the policy's files.
    pub(crate) file: u16,
    /// Its name as the caller gave it.
    pub(crate) name: String,
    /// Its text, without a byte order mark.
    pub(crate) text: Arc<str>,
    lines: Vec<Line>,
    tokens: Vec<Token>,
    comments: Vec<(usize, usize)>,
}

#[derive(Debug)]
struct Line {
    start: usize,
    ascii: bool,
}

impl Script {
    /// Reads the lines and tokens of `text`.
    pub(crate) fn new(file: u16, name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split('\n') {
            let ascii = line.is_ascii();
            lines.push(Line { start, ascii });
            start += line.len() + 1;
        }
        let (tokens, comments) = tokens(&text);
        Self { file, name: name.into(), text, lines, tokens, comments }
    }

    /// Every token, in order.
    pub(crate) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The bytes of every comment, in order.
    pub(crate) fn comments(&self) -> &[(usize, usize)] {
        &self.comments
    }

    /// The token with this number.
    pub(crate) fn token(&self, index: usize) -> Option<Token> {
        self.tokens.get(index).copied()
    }

    /// The bytes `start..end` of the text.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The text of a token.
    pub(crate) fn word(&self, token: Token) -> &str {
        self.slice(token.start, token.end)
    }

    /// The text of the token with this number, or nothing.
    pub(crate) fn word_at(&self, index: usize) -> &str {
        self.token(index).map_or("", |token| self.word(token))
    }

    /// The text at a span.
    pub(crate) fn text_of(&self, span: Span) -> &str {
        self.slice(to_usize(span.start), to_usize(span.end))
    }

    /// Whether one of `words` stands in a span.
    pub(crate) fn has_word(&self, span: Span, words: &BTreeSet<String>) -> bool {
        let first = self.token_from(to_usize(span.start)).unwrap_or(self.tokens.len());
        let within = self.tokens.iter().skip(first);
        within.take_while(|token| token.start < to_usize(span.end)).any(|token| words.contains(self.word(*token)))
    }

    /// The byte of a line and column as Rhai counts them: characters, from 1.
    pub(crate) fn byte_at(&self, line: usize, column: usize) -> usize {
        let Some(found) = self.lines.get(line.saturating_sub(1)) else {
            return self.text.len();
        };
        let skipped = column.saturating_sub(1);
        if found.ascii {
            return (found.start + skipped).min(self.text.len());
        }
        let rest = self.text.get(found.start..).unwrap_or_default();
        rest.char_indices().nth(skipped).map_or(self.text.len(), |(byte, _)| found.start + byte)
    }

    /// The first token that ends after `byte`.
    pub(crate) fn token_from(&self, byte: usize) -> Option<usize> {
        let index = self.tokens.partition_point(|token| token.end <= byte);
        (index < self.tokens.len()).then_some(index)
    }

    /// The last token that begins before `byte`.
    pub(crate) fn token_before(&self, byte: usize) -> Option<usize> {
        self.tokens.partition_point(|token| token.start < byte).checked_sub(1)
    }

    /// The span of bytes `start..end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, to_u32(start), to_u32(end))
    }

    /// The span of one token.
    pub(crate) fn span_of(&self, token: Token) -> Span {
        self.span(token.start, token.end)
    }

    /// The span of a bracketed or interpolated group, or of the one token.
    pub(crate) fn group(&self, index: usize) -> Span {
        let Some(token) = self.token(index) else {
            return self.span(self.text.len(), self.text.len());
        };
        let mate = token.mate.and_then(|mate| self.token(mate));
        self.span(token.start, mate.unwrap_or(token).end)
    }

    /// Widens a span over the parentheses that stand around exactly it.
    ///
    /// The parentheses of a call are not its argument's own.
    pub(crate) fn with_parentheses(&self, mut span: Span) -> Span {
        while let Some(wider) = self.one_pair_wider(span) {
            span = wider;
        }
        span
    }

    fn one_pair_wider(&self, span: Span) -> Option<Span> {
        let before = self.token_before(to_usize(span.start))?;
        let open = self.token(before)?;
        let close = self.token(open.mate?)?;
        let after = self.token_from(to_usize(span.end))?;
        if self.word(open) != "(" || open.mate != Some(after) || self.is_call(before) {
            return None;
        }
        Some(self.span(open.start, close.end))
    }

    /// Whether the parenthesis with this number opens the arguments of a call.
    fn is_call(&self, open: usize) -> bool {
        open.checked_sub(1)
            .and_then(|before| self.token(before))
            .is_some_and(|before| before.kind == TokenKind::Word && !is_language_word(self.word(before)))
    }

    /// The span of the statement whose keyword begins at `byte`: up to and with its `;`.
    pub(crate) fn statement_span(&self, byte: usize) -> Span {
        let Some(first) = self.token_from(byte) else {
            return self.span(byte, byte);
        };
        let mut end = byte;
        let mut index = first;
        while let Some(token) = self.token(index) {
            end = token.end;
            match self.word(token) {
                ";" => break,
                "}" | ")" | "]" if token.mate.is_none_or(|mate| mate < first) => {
                    end = self.token(index - 1).map_or(end, |before| before.end);
                    break;
                }
                _ => {}
            }
            index = token.mate.filter(|mate| *mate > index).unwrap_or(index) + 1;
            if let Some(close) = self.token(index.saturating_sub(1)) {
                end = end.max(close.end);
            }
        }
        self.span(byte, end)
    }
}

/// Whether a word belongs to the language, so that a parenthesis behind it opens no call.
pub(crate) fn is_language_word(word: &str) -> bool {
    matches!(word, "if" | "while" | "for" | "return" | "in")
        || Keyword::from_word(word).is_some()
        || clause_word(word).is_some()
}

/// The clause that `word` begins.
pub(crate) fn clause_word(word: &str) -> Option<Part> {
    [
        Part::Stages,
        Part::To,
        Part::When,
        Part::Unless,
        Part::Then,
        Part::Otherwise,
        Part::Do,
        Part::Given,
        Part::After,
        Part::Expect,
    ]
    .into_iter()
    .find(|part| part.word() == word)
}

fn to_u32(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// A span's byte as an index.
pub(crate) fn to_usize(byte: u32) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}
