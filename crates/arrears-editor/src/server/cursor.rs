//! Where a place lies in a policy: in which statement, clause, map, call or text.

use arrears::draft::{Keyword, LimitWord, OptionOwner, OptionSpec, Part, options_of};
use arrears::facts::EffectWord;
use arrears_rules::{Token, TokenKind};

/// A bracket that is open.
#[derive(Clone, Debug)]
pub(super) struct Bracket<'t> {
    /// The sign that opens it.
    pub(super) sign: &'t str,
    /// The token that opens it.
    at: usize,
    /// The key whose value is being written, in a map.
    pub(super) key: Option<&'t str>,
    /// The keys that were written before.
    pub(super) keys: Vec<&'t str>,
}

/// What stands before a place.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// Tokens that stand before the place.
    before: usize,
    /// The statement in which it lies.
    pub(super) keyword: Option<Keyword>,
    /// The clause in which it lies.
    pub(super) clause: Option<Part>,
    /// Brackets that are open, of the statement or of the script.
    pub(super) open: Vec<Bracket<'t>>,
    /// How many of them were open where the statement began.
    depth: usize,
    /// Whether a statement may begin at the place.
    pub(super) may_begin: bool,
}

/// The token in which a byte lies: a word that it touches, or a text that it lies in.
pub(super) fn token_at(text: &str, tokens: &[Token], byte: usize) -> Option<usize> {
    let after = tokens.partition_point(|token| token.end < byte);
    let touches = |index: usize| -> bool {
        tokens.get(index).is_some_and(|token| {
            let word = token.kind == TokenKind::Word;
            let inside = token.start < byte && byte < token.end || token.start <= byte && byte <= token.end && word;
            inside || is_open_text(text, *token) && token.start < byte && byte <= token.end
        })
    };
    [after, after + 1].into_iter().find(|index| touches(*index))
}

/// Whether a token is a text that does not end.
fn is_open_text(text: &str, token: Token) -> bool {
    token.kind == TokenKind::Bad && text.get(token.start..).is_some_and(|rest| rest.starts_with('"'))
}

impl<'t> Cursor<'t> {
    /// What stands before the token `index`, or before a place that no token touches.
    pub(super) fn before(text: &'t str, tokens: &'t [Token], index: usize) -> Self {
        let mut cursor = Self {
            text,
            tokens,
            before: index,
            keyword: None,
            clause: None,
            open: Vec::new(),
            depth: 0,
            may_begin: true,
        };
        for at in 0..index.min(tokens.len()) {
            cursor.step(at);
        }
        cursor
    }

    fn word(&self, index: usize) -> &'t str {
        self.tokens.get(index).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    /// The token so many places before the cursor, 0 the nearest.
    pub(super) fn back(&self, places: usize) -> &'t str {
        self.before.checked_sub(places + 1).map_or("", |index| self.word(index))
    }

    /// The token so many places before an open bracket, 0 the nearest.
    pub(super) fn back_of(&self, bracket: &Bracket<'t>, places: usize) -> &'t str {
        bracket.at.checked_sub(places + 1).map_or("", |index| self.word(index))
    }

    fn step(&mut self, at: usize) {
        let Some(token) = self.tokens.get(at) else {
            return;
        };
        let word = self.word(at);
        let keyword = if token.kind == TokenKind::Word { Keyword::from_word(word) } else { None };
        let margin = token.start == 0 || self.text.get(..token.start).is_some_and(|before| before.ends_with('\n'));
        // A statement that is not finished does not swallow those below it.
        if keyword.is_some() && (self.may_begin || margin) {
            if margin {
                self.open.clear();
            }
            self.keyword = keyword;
            self.clause = None;
            self.depth = self.open.len();
            self.may_begin = false;
            return;
        }
        match word {
            _ if matches!(token.kind, TokenKind::Text | TokenKind::Bad | TokenKind::Number) => {}
            "(" | "[" | "{" | "#{" | "?[" => {
                self.open.push(Bracket { sign: word, at, key: None, keys: Vec::new() });
                self.may_begin = word == "{" && self.keyword.is_none();
                return;
            }
            ")" | "]" | "}" => {
                self.open.pop();
                if self.open.len() < self.depth {
                    self.keyword = None;
                    self.depth = self.open.len();
                }
                self.may_begin = word == "}" && self.keyword.is_none();
                return;
            }
            ";" if self.open.len() <= self.depth || self.keyword.is_none() => {
                self.keyword = None;
                self.clause = None;
                self.may_begin = true;
                return;
            }
            "," => {
                if let Some(bracket) = self.open.last_mut() {
                    bracket.key = None;
                }
            }
            _ => self.note_word(at, word),
        }
        self.may_begin = false;
    }

    fn note_word(&mut self, at: usize, word: &'t str) {
        let is_key = self.word(at + 1) == ":" && at + 1 < self.before;
        if let Some(bracket) = self.open.last_mut().filter(|bracket| bracket.sign == "#{") {
            if is_key {
                bracket.key = Some(word);
                bracket.keys.push(word);
            }
        } else if let (Some(keyword), true) = (self.keyword, self.open.len() == self.depth) {
            let part = keyword.parts().iter().find(|part| part.word() == word);
            self.clause = part.copied().or(self.clause);
        }
    }

    /// The innermost open bracket of the statement.
    pub(super) fn bracket(&self) -> Option<&Bracket<'t>> {
        self.open.get(self.depth..).and_then(<[Bracket<'t>]>::last)
    }

    /// The innermost open map of the statement, and how many brackets of it are open around the map.
    pub(super) fn map(&self) -> Option<(&Bracket<'t>, usize)> {
        let own = self.open.get(self.depth..)?;
        own.iter().enumerate().rev().find(|(_, bracket)| bracket.sign == "#{").map(|(around, map)| (map, around))
    }

    /// The function whose arguments are being written.
    pub(super) fn call(&self) -> Option<&'t str> {
        let bracket = self.bracket().filter(|bracket| bracket.sign == "(")?;
        Some(self.back_of(bracket, 0))
    }

    /// Who carries the options of the map in which the place lies; none in the maps of a test.
    pub(super) fn owner(&self) -> Option<OptionOwner> {
        let keyword = self.keyword?;
        let (_, around) = self.map()?;
        if around == 0 {
            let of_test = matches!(self.clause, Some(Part::Given | Part::Expect));
            return (!of_test).then_some(OptionOwner::Statement(keyword));
        }
        let verb = self.open.get(self.depth).map(|call| self.back_of(call, 0)).filter(|_| around == 1)?;
        match keyword {
            Keyword::Treatment => Some(OptionOwner::Treatment),
            Keyword::Duty => Some(OptionOwner::Duty),
            Keyword::Act => Some(OptionOwner::Act),
            Keyword::Outcome => EffectWord::from_word(verb).map(OptionOwner::Effect),
            Keyword::Guardrail => LimitWord::from_word(verb).map(OptionOwner::Limit),
            _ => None,
        }
    }

    /// The option whose value is being written.
    pub(super) fn option(&self) -> Option<&'static OptionSpec> {
        let key = self.map().and_then(|(map, _)| map.key)?;
        let owner = self.owner()?;
        options_of(owner).find(|spec| spec.key == key)
    }

    /// Whether a key of a map is to be written.
    pub(super) fn wants_key(&self) -> bool {
        self.bracket().is_some_and(|bracket| bracket.sign == "#{") && matches!(self.back(0), "#{" | ",")
    }

    /// The fact beside the place, on the other side of `==`, `!=` or `in`.
    pub(super) fn compared(&self) -> Option<&'t str> {
        if matches!(self.back(0), "==" | "!=") {
            return Some(self.back(1));
        }
        let list = self.bracket().filter(|bracket| bracket.sign == "[")?;
        matches!(self.back_of(list, 0), "in" | "!in").then(|| self.back_of(list, 1))
    }
}
