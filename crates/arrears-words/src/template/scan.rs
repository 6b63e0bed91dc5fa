//! A template cut into text and tags, each with its place.

use super::fault::Place;

/// A piece of a template.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) place: Place,
    pub(crate) kind: PieceKind,
}

/// What a piece is.
#[derive(Clone, Debug)]
pub(crate) enum PieceKind {
    /// Text that is written as it stands.
    Text(String),
    /// `{{ ... }}`: a value is written.
    Write(Vec<Token>),
    /// `{% ... %}`: a statement.
    Statement(Vec<Token>),
}

/// A token inside a tag.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) place: Place,
    pub(crate) kind: TokenKind,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word(String),
    Number(String),
    Quoted(String),
    Sign(String),
}

impl Token {
    /// The word, if it is one.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether it is this sign.
    pub(crate) fn is_sign(&self, sign: &str) -> bool {
        matches!(&self.kind, TokenKind::Sign(found) if found == sign)
    }

    /// As it was written.
    pub(crate) fn shown(&self) -> String {
        match &self.kind {
            TokenKind::Word(text) | TokenKind::Number(text) | TokenKind::Sign(text) => text.clone(),
            TokenKind::Quoted(text) => format!("\"{text}\""),
        }
    }
}

/// What keeps a template from being cut: where, and what is wrong.
pub(crate) type Cut = (Place, String);

/// Cuts a template. What does not end is a fault; the pieces before it are kept.
pub(crate) fn scan(source: &str) -> (Vec<Piece>, Option<Cut>) {
    let mut scan = Scan { rest: source.chars().collect::<std::collections::VecDeque<_>>(), place: Place::START };
    let mut pieces = Vec::new();
    let (mut text, mut from) = (String::new(), Place::START);
    let fault = loop {
        let (opened, close) = match (scan.peek(0), scan.peek(1)) {
            (Some('{'), Some('{')) => ('{', "}}"),
            (Some('{'), Some('%')) => ('%', "%}"),
            (Some('{'), Some('#')) => ('#', "#}"),
            (Some(_), _) => {
                text.extend(scan.next());
                continue;
            }
            (None, _) => break None,
        };
        if !text.is_empty() {
            pieces.push(Piece { place: from, kind: PieceKind::Text(std::mem::take(&mut text)) });
        }
        let place = scan.place;
        scan.skip(2);
        match scan.tag(opened == '#', close) {
            Ok(tokens) if opened == '{' => pieces.push(Piece { place, kind: PieceKind::Write(tokens) }),
            Ok(tokens) if opened == '%' => pieces.push(Piece { place, kind: PieceKind::Statement(tokens) }),
            Ok(_) => {}
            Err(None) => break Some((place, format!("this tag does not end: expected `{close}`"))),
            Err(Some(fault)) => break Some(fault),
        }
        from = scan.place;
    };
    if !text.is_empty() {
        pieces.push(Piece { place: from, kind: PieceKind::Text(text) });
    }
    (pieces, fault)
}

struct Scan {
    rest: std::collections::VecDeque<char>,
    place: Place,
}

impl Scan {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.rest.get(ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let found = self.rest.pop_front()?;
        self.place = self.place.after(found);
        Some(found)
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    fn is_next(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, wanted)| self.peek(ahead) == Some(wanted))
    }

    /// The tokens up to the end of a tag.
    fn tag(&mut self, comment: bool, close: &str) -> Result<Vec<Token>, Option<Cut>> {
        let mut tokens = Vec::new();
        loop {
            if self.is_next(close) {
                self.skip(close.chars().count());
                // The minus that eats the white space around a tag is no operator.
                let trims = |token: &Token| matches!(&token.kind, TokenKind::Sign(sign) if sign == "-" || sign == "+");
                if tokens.last().is_some_and(trims) {
                    tokens.pop();
                }
                if tokens.first().is_some_and(trims) {
                    tokens.remove(0);
                }
                return Ok(tokens);
            }
            let place = self.place;
            let found = self.next().ok_or(None)?;
            if comment || found.is_whitespace() {
                continue;
            }
            let kind = match found {
                '"' | '\'' => TokenKind::Quoted(self.quoted(place, found)?),
                _ if found.is_ascii_digit() => TokenKind::Number(self.run(found, |next| next.is_ascii_digit())),
                _ if found.is_alphabetic() || found == '_' => {
                    TokenKind::Word(self.run(found, |next| next.is_alphanumeric() || next == '_'))
                }
                '=' | '!' | '<' | '>' if self.peek(0) == Some('=') => {
                    self.next();
                    TokenKind::Sign(format!("{found}="))
                }
                _ => TokenKind::Sign(found.to_string()),
            };
            tokens.push(Token { place, kind });
        }
    }

    fn run(&mut self, first: char, belongs: impl Fn(char) -> bool) -> String {
        let mut run = String::from(first);
        while self.peek(0).is_some_and(&belongs) {
            run.extend(self.next());
        }
        run
    }

    fn quoted(&mut self, from: Place, quote: char) -> Result<String, Option<Cut>> {
        let mut text = String::new();
        loop {
            match self.next() {
                Some(found) if found == quote => return Ok(text),
                Some('\\') => {
                    return Err(Some((from, "a text in a tag has no backslash: write it as it is".to_owned())));
                }
                Some(found) => text.push(found),
                None => return Err(Some((from, format!("this text does not end: expected `{quote}`")))),
            }
        }
    }
}
