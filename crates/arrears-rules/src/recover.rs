//! Takes a statement out of a file, so that the rest can be read all the same.

use crate::grammar::SCRIPT_WORDS;
use crate::source::{Script, Token, TokenKind, clause_word};
use arrears::condition::Named;
use arrears::draft::Keyword;
use arrears::problem::nearest;

/// The bytes of the statement in which `byte` stands.
pub(crate) fn region(script: &Script, byte: usize) -> (usize, usize) {
    let tokens = script.tokens();
    let before = tokens.partition_point(|token| token.start <= byte);
    let first = (0..before)
        .rev()
        .find(|index| begins(script, *index).is_some());
    let Some(first) = first else {
        return (0, next_start(script, 0, Start::Column).unwrap_or(script.text.len()));
    };
    let start = script.token(first).map_or(0, |token| token.start);
    if begins(script, first) == Some(Start::Column) {
        let end = next_start(script, first + 1, Start::Column);
        return (start, end.unwrap_or(script.text.len()));
    }
    let end = statement_end(script, first);
    if byte < end {
        return (start, end);
    }
    let next = next_start(script, first + 1, Start::Keyword);
    (end, next.unwrap_or(script.text.len()))
}

/// How a statement begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// Another word in column 1: it ends where the next one begins.
    Column,
    /// A word of the policy language: it ends with its `;`.
    Keyword,
}

fn begins(script: &Script, index: usize) -> Option<Start> {
    let token = script.token(index)?;
    if token.kind != TokenKind::Word || !token.first_on_line {
        return None;
    }
    let word = script.word(token);
    if Keyword::from_word(word).is_some() && continues_as_statement(script, index) {
        return Some(Start::Keyword);
    }
    (in_column_one(script, token) && clause_word(word).is_none()).then_some(Start::Column)
}

/// A keyword that is followed by `:` or `,` is a key or a name, not a statement.
fn continues_as_statement(script: &Script, index: usize) -> bool {
    !matches!(
        script.word_at(index + 1),
        ":" | "," | ")" | "]" | "}" | "." | "==" | "!=" | "<" | ">" | "<=" | ">=" | "&&" | "||"
    )
}

/// Whether nothing at all stands before the token on its line.
pub(crate) fn in_column_one(script: &Script, token: Token) -> bool {
    token.start == 0 || script.slice(token.start - 1, token.start) == "\n"
}

fn next_start(script: &Script, from: usize, at_least: Start) -> Option<usize> {
    let tokens = script.tokens();
    (from..tokens.len()).find_map(|index| {
        let start = begins(script, index)?;
        let token = script.token(index)?;
        let counts = at_least == Start::Keyword
            || start == Start::Column
            || in_column_one(script, token);
        counts.then_some(token.start)
    })
}

/// One past the `;` of a statement, or where the next statement or the block's end begins.
fn statement_end(script: &Script, first: usize) -> usize {
    let limit = next_start(script, first + 1, Start::Keyword).unwrap_or(script.text.len());
    let mut index = first + 1;
    while let Some(token) = script.token(index) {
        if token.start >= limit {
            break;
        }
        match script.word(token) {
            ";" => return token.end,
            "}" if token.first_on_line && token.mate.is_none_or(|mate| mate < first) => {
                return token.start;
            }
            _ => {}
        }
        let mate = token.mate.filter(|mate| *mate > index);
        let within = mate.filter(|mate| script.token(*mate).is_some_and(|t| t.end <= limit));
        index = within.unwrap_or(index) + 1;
    }
    limit
}

/// Puts blanks where bytes `start..end` of `text` are; lines stay where they are.
pub(crate) fn blank(text: &str, (start, end): (usize, usize)) -> String {
    let mut blanked = String::with_capacity(text.len());
    for (byte, character) in text.char_indices() {
        if byte >= start && byte < end && character != '\n' && character != '\r' {
            blanked.push(' ');
        } else {
            blanked.push(character);
        }
    }
    blanked
}

/// The names that a statement would have declared.
pub(crate) fn names(script: &Script, (start, end): (usize, usize)) -> Vec<(Keyword, Named)> {
    let Some(first) = script.token_from(start) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut index = first;
    while let Some(token) = script.token(index).filter(|token| token.start < end) {
        let word = script.word(token);
        if index == first || begins(script, index).is_some() || SCRIPT_WORDS.contains(&word) {
            found.extend(name_behind(script, word, index + 1));
        }
        index += 1;
    }
    found
}

fn name_behind(script: &Script, word: &str, index: usize) -> Option<(Keyword, Named)> {
    let keyword = match word {
        "const" | "let" | "fn" | "for" => Keyword::Define,
        _ => Keyword::from_word(word).or_else(|| {
            nearest(word, Keyword::ALL.iter().map(|keyword| keyword.word()))
                .and_then(Keyword::from_word)
        })?,
    };
    let token = script.token(index)?;
    let text = script.word(token);
    let name = match token.kind {
        TokenKind::Word => text,
        TokenKind::Text => text.trim_matches(|quote| quote == '"' || quote == '`'),
        _ => return None,
    };
    Some((keyword, Named::new(name, script.span_of(token))))
}
