//! A policy file as pieces: its tokens and comments in order, each with the white space before it.

use arrears::draft::{Keyword, Part};
use arrears_rules::{Token, TokenKind, tokens};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a word of the language.
    Word,
    /// A number, a text, or what is kept as it stands: a script, an interpolated text.
    Operand,
    /// An operator, a bracket, a comma.
    Sign,
    /// A comment up to the end of its line.
    LineComment,
    /// A comment between `/*` and `*/`.
    BlockComment,
}

/// A token or a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'t> {
    /// As written, without blanks at the end of a comment.
    pub(super) text: &'t str,
    /// What it is.
    pub(super) kind: Kind,
    /// Line breaks between it and the piece before.
    pub(super) newlines: usize,
    /// Other white space between it and the piece before, in bytes.
    pub(super) blanks: usize,
}

impl Piece<'_> {
    /// Whether it is a comment.
    pub(super) const fn is_comment(&self) -> bool {
        matches!(self.kind, Kind::LineComment | Kind::BlockComment)
    }

    /// Whether it is a comment with a line to itself, as far as what stands before it goes.
    pub(super) const fn is_own_line_comment(&self) -> bool {
        self.is_comment() && self.newlines > 0
    }

    /// The keyword that it is.
    pub(super) fn keyword(&self) -> Option<Keyword> {
        if self.kind == Kind::Word { Keyword::from_word(self.text) } else { None }
    }

    /// The clause that it begins in a statement of this keyword, if it is a word.
    pub(super) fn clause(&self, keyword: Keyword) -> Option<Part> {
        let begins = |part: &Part| part.word() == self.text && *part != Part::Options;
        keyword.parts().iter().copied().find(|part| self.kind != Kind::Operand && begins(part))
    }

    /// Whether it opens a bracket.
    pub(super) fn opens(&self) -> bool {
        self.kind == Kind::Sign && matches!(self.text, "(" | "[" | "{" | "#{" | "?[")
    }

    /// Whether it closes a bracket.
    pub(super) fn closes(&self) -> bool {
        self.kind == Kind::Sign && matches!(self.text, ")" | "]" | "}")
    }
}

/// The pieces of a text. What stands between the parentheses of `script(...)` is one piece: the hash of a
/// policy is taken over it as it is written.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (tokens, comments) = tokens(text);
    let mut comments = comments.into_iter().peekable();
    let mut pieces: Vec<Piece<'_>> = Vec::with_capacity(tokens.len());
    let mut before = 0;
    let mut index = 0;
    loop {
        let token = tokens.get(index).copied();
        let comment = comments.peek().copied().filter(|(start, _)| token.is_none_or(|token| *start < token.start));
        let (start, end, kind) = match (comment, token) {
            (Some((start, end)), _) => {
                comments.next();
                let line = text.get(start..).is_some_and(|rest| rest.starts_with("//"));
                (start, end, if line { Kind::LineComment } else { Kind::BlockComment })
            }
            (None, Some(token)) => {
                let last = last_of(text, &tokens, index);
                index = last + 1;
                let end = tokens.get(last).map_or(token.end, |last| last.end);
                while comments.next_if(|(start, _)| *start < end).is_some() {}
                (token.start, end, kind_of(token))
            }
            (None, None) => return pieces,
        };
        let gap = text.get(before..start).unwrap_or_default();
        let newlines = gap.bytes().filter(|byte| *byte == b'\n').count();
        let written = text.get(start..end).unwrap_or_default();
        let written = if matches!(kind, Kind::LineComment | Kind::BlockComment) { written.trim_end() } else { written };
        pieces.push(Piece { text: written, kind, newlines, blanks: gap.len() - newlines });
        before = end;
    }
}

const fn kind_of(token: Token) -> Kind {
    match token.kind {
        TokenKind::Word => Kind::Word,
        TokenKind::Sign => Kind::Sign,
        TokenKind::Number | TokenKind::Text | TokenKind::Bad => Kind::Operand,
    }
}

/// The last token of the piece that begins with the token `first`.
fn last_of(text: &str, tokens: &[Token], first: usize) -> usize {
    let word = |index: usize| tokens.get(index).and_then(|token| text.get(token.start..token.end)).unwrap_or_default();
    let mate = |index: usize| tokens.get(index).and_then(|token| token.mate).filter(|mate| *mate > index);
    let is_text = tokens.get(first).is_some_and(|token| token.kind == TokenKind::Text);
    if is_text {
        return mate(first).unwrap_or(first);
    }
    if word(first) == "script" && word(first + 1) == "(" {
        return mate(first + 1).unwrap_or(first);
    }
    first
}
