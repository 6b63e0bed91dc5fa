//! Splits a policy file into tokens, each with its bytes, its line start and its matching bracket.
//!
//! Rhai reports points; a message needs the whole word. The lexer never fails: what
//! it cannot read is a token of kind [`TokenKind::Bad`].

use super::signs::long_sign;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A name or a word of the language.
    Word,
    /// A number.
    Number,
    /// A text, quotes included; or a piece of an interpolated text.
    Text,
    /// An operator, a bracket, a comma.
    Sign,
    /// A character that is none of these, or a text that does not end.
    Bad,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is.
    pub kind: TokenKind,
    /// Whether nothing but blanks stands before it on its line.
    pub first_on_line: bool,
    /// The matching bracket, or the other end of an interpolated text.
    pub mate: Option<usize>,
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    line_start: bool,
    tokens: Vec<Token>,
    comments: Vec<(usize, usize)>,
    open: Vec<(char, usize)>,
}

/// The tokens of `text`, and the bytes of its comments. Both are in order; together they hold everything
/// but white space. A text in back-ticks with `${...}` in it is several tokens; its first and last are mates.
///
/// ```
/// let text = "define late = dpd > 3; // by the bank's own count";
/// let (tokens, comments) = arrears_rules::tokens(text);
/// assert_eq!((tokens.len(), comments.len()), (7, 1));
/// assert_eq!(text.get(tokens[1].start..tokens[1].end), Some("late"));
/// ```
pub fn tokens(text: &str) -> (Vec<Token>, Vec<(usize, usize)>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        line_start: true,
        tokens: Vec::with_capacity(text.len() / 4),
        comments: Vec::new(),
        open: Vec::new(),
    };
    while let Some(next) = lexer.peek() {
        lexer.step(next);
    }
    (lexer.tokens, lexer.comments)
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, holds: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !holds(c)).unwrap_or(rest.len());
    }

    fn push(&mut self, start: usize, kind: TokenKind) {
        self.tokens.push(Token { start, end: self.at, kind, first_on_line: self.line_start, mate: None });
        self.line_start = false;
    }

    fn step(&mut self, next: char) {
        let start = self.at;
        match next {
            '\n' => {
                self.at += 1;
                self.line_start = true;
            }
            _ if next.is_whitespace() => self.at += next.len_utf8(),
            '/' if self.rest().starts_with("//") => {
                self.skip(|c| c != '\n');
                self.comments.push((start, self.at));
            }
            '/' if self.rest().starts_with("/*") => self.block_comment(),
            '"' => self.quoted('"'),
            '\'' => self.quoted('\''),
            '#' if self.raw_text() => {}
            '`' => {
                self.at += 1;
                self.interpolated(start, None);
            }
            '0'..='9' => self.number(start),
            _ if next.is_ascii_alphabetic() || next == '_' => {
                self.skip(|c| c.is_ascii_alphanumeric() || c == '_');
                self.push(start, TokenKind::Word);
            }
            _ if next.is_ascii_punctuation() => self.sign(start, next),
            _ => {
                self.skip(|c| !c.is_ascii() && !c.is_whitespace());
                if self.at == start {
                    self.at += next.len_utf8();
                }
                self.push(start, TokenKind::Bad);
            }
        }
    }

    /// A comment is no token; one that does not end is a bad one.
    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return self.comments.push((start, self.at));
                }
            } else if let Some(next) = rest.chars().next() {
                self.at += next.len_utf8();
                self.line_start |= next == '\n';
            } else {
                return self.push(start, TokenKind::Bad);
            }
        }
    }

    fn quoted(&mut self, quote: char) {
        let start = self.at;
        self.at += 1;
        while let Some(next) = self.peek() {
            if next == '\n' {
                break;
            }
            self.at += next.len_utf8();
            if next == quote {
                return self.push(start, TokenKind::Text);
            }
            if next == '\\' {
                self.at += self.peek().map_or(0, char::len_utf8);
            }
        }
        self.push(start, TokenKind::Bad);
    }

    /// `#"..."#`, with as many `#` as the author likes.
    fn raw_text(&mut self) -> bool {
        let rest = self.rest();
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let Some(body) = rest.get(hashes..).and_then(|rest| rest.strip_prefix('"')) else {
            return false;
        };
        let close = format!("\"{}", "#".repeat(hashes));
        let (length, kind) = match body.find(&close) {
            Some(found) => (hashes + 1 + found + close.len(), TokenKind::Text),
            None => (rest.len(), TokenKind::Bad),
        };
        let start = self.at;
        self.at += length;
        self.push(start, kind);
        true
    }

    /// A text in back-ticks from `start`, up to its end or to the next `${`.
    fn interpolated(&mut self, start: usize, opening: Option<usize>) {
        while let Some(next) = self.peek() {
            let rest = self.rest();
            if rest.starts_with("``") {
                self.at += 2;
            } else if next == '`' {
                self.at += 1;
                self.push(start, TokenKind::Text);
                let own = self.tokens.len() - 1;
                if let Some(opening) = opening {
                    self.join(opening, own);
                }
                return;
            } else if rest.starts_with("${") {
                self.at += 2;
                self.push(start, TokenKind::Text);
                let own = self.tokens.len() - 1;
                self.open.push(('`', opening.unwrap_or(own)));
                return;
            } else {
                self.at += next.len_utf8();
            }
        }
        self.push(start, TokenKind::Bad);
    }

    fn number(&mut self, start: usize) {
        self.skip(|c| c.is_ascii_alphanumeric() || c == '_');
        let mut rest = self.rest().chars();
        if rest.next() == Some('.') && rest.next().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
            self.skip(|c| c.is_ascii_alphanumeric() || c == '_');
        }
        self.push(start, TokenKind::Number);
    }

    fn sign(&mut self, start: usize, next: char) {
        self.at += long_sign(self.rest()).unwrap_or(1);
        let sign = self.text.get(start..self.at).unwrap_or_default();
        let opens = match sign {
            "#{" | "{" => Some('}'),
            "(" => Some(')'),
            "[" | "?[" => Some(']'),
            _ => None,
        };
        if next == '}' && self.open.last().is_some_and(|(close, _)| *close == '`') {
            let opening = self.open.pop().map(|(_, opening)| opening);
            return self.interpolated(start, opening);
        }
        self.push(start, TokenKind::Sign);
        let own = self.tokens.len() - 1;
        if let Some(close) = opens {
            self.open.push((close, own));
        } else if matches!(next, '}' | ')' | ']')
            && self.open.last().is_some_and(|(close, _)| *close == next)
            && let Some((_, opening)) = self.open.pop()
        {
            self.join(opening, own);
        }
    }

    fn join(&mut self, opening: usize, closing: usize) {
        if let Some(token) = self.tokens.get_mut(opening) {
            token.mate = Some(closing);
        }
        if let Some(token) = self.tokens.get_mut(closing) {
            token.mate = Some(opening);
        }
    }
}
