//! Takes a statement out of a file, so that the rest can be read all the same.

use crate::grammar::SCRIPT_WORDS;
use crate::source::{Script, Token, TokenKind, clause_word};
use arrears::condition::Named;
use arrears::draft::{Keyword, NameForm};
use arrears::problem::nearest;

/// The bytes of the statement in which `byte` stands.
pub(crate) fn region(script: &Script, byte: usize) -> (usize, usize) {
    let tokens = script.tokens();
    let before = tokens.partition_point(|token| token.start <= byte);
    let first = (0..before).rev().find(|index| begins(script, *index).is_some());
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
    let key = script.word_at(index + 1) == ":";
    (in_column_one(script, token) && clause_word(word).is_none() && !key).then_some(Start::Column)
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
        let counts = at_least == Start::Keyword || start == Start::Column || in_column_one(script, token);
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

/// Puts blanks where these bytes of `text` are; lines stay where they are.
pub(crate) fn blank(text: &str, ranges: &[(usize, usize)]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut ranges = ranges.iter().copied().peekable();
    for (byte, character) in text.char_indices() {
        while ranges.next_if(|(_, end)| *end <= byte).is_some() {}
        let within = ranges.peek().is_some_and(|(start, _)| *start <= byte);
        let keeps = !within || matches!(character, '\n' | '\r');
        blanked.push(if keeps { character } else { ' ' });
    }
    blanked
}

/// The names that statements taken out would have declared.
pub(crate) struct Lost {
    /// Those that can be told.
    pub(crate) names: Vec<(Keyword, Named)>,
    /// Whether these are all.
    pub(crate) complete: bool,
}

/// The names that the statements in these bytes would have declared.
pub(crate) fn lost(script: &Script, (start, end): (usize, usize)) -> Lost {
    let mut lost = Lost { names: Vec::new(), complete: true };
    let first = script.token_from(start).unwrap_or(script.tokens().len());
    let mut index = first;
    while let Some(token) = script.token(index).filter(|token| token.start < end) {
        let word = script.word(token);
        let counts = index == first
            || matches!(word, "const" | "let" | "fn")
            || Keyword::from_word(word).is_some() && opens_statement(script, index);
        if counts && token.kind == TokenKind::Word {
            add_name(script, word, index + 1, &mut lost);
        }
        index += 1;
    }
    lost
}

/// Whether the token stands where a statement may begin.
fn opens_statement(script: &Script, index: usize) -> bool {
    let before = index.checked_sub(1).map_or(";", |before| script.word_at(before));
    matches!(before, ";" | "{" | "}") && continues_as_statement(script, index)
}

fn add_name(script: &Script, word: &str, index: usize, lost: &mut Lost) {
    let keyword = match word {
        "const" | "let" | "fn" => Some(Keyword::Define),
        _ if SCRIPT_WORDS.contains(&word) => return,
        _ => Keyword::from_word(word)
            .or_else(|| nearest(word, Keyword::ALL.iter().map(|keyword| keyword.word())).and_then(Keyword::from_word)),
    };
    let (Some(keyword), Some(token)) = (keyword, script.token(index)) else {
        return;
    };
    let form = keyword.name_form();
    if form == NameForm::None {
        return;
    }
    let text = script.word(token);
    let name = match token.kind {
        TokenKind::Word if form != NameForm::Text => text,
        TokenKind::Text if !text.contains("${") => text.trim_matches(['"', '`']),
        TokenKind::Bad => return,
        _ => {
            lost.complete &= form == NameForm::Text && token.kind == TokenKind::Word && is_unquoted(script, index);
            text
        }
    };
    if token.kind == TokenKind::Word || token.kind == TokenKind::Text {
        let name = Named::new(name, script.span_of(token));
        lost.names.push((keyword, name));
    }
}

/// A name whose quotes were forgotten is followed by its clauses, not by more of an expression.
fn is_unquoted(script: &Script, index: usize) -> bool {
    let next = script.word_at(index + 1);
    clause_word(next).is_some() || matches!(next, "#{" | ";")
}
