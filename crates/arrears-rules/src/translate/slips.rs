//! Slips that many authors make: other languages' operators, percent signs, mistyped keywords.

use crate::engine::FORBIDDEN_FUNCTIONS;
use crate::grammar::begins_statement;
use crate::recover::in_column_one;
use crate::source::{Script, Token, TokenKind, clause_word};
use arrears::draft::Keyword;
use arrears::{Problem, Span};

/// What the author probably meant by the token with this number, where Rhai stopped.
pub(super) fn slip(script: &Script, index: usize) -> Option<Problem> {
    let token = script.token(index)?;
    let before = index.checked_sub(1).and_then(|before| script.token(before));
    let at = script.span_of(token);
    let word = script.word(token);
    match word {
        "=" => Some(single_equals(at)),
        "and" | "or" | "not" | "AND" | "OR" | "NOT" => Some(spelled_out(word, at)),
        "&" | "|" => Some(
            Problem::error("P017", format!("`{word}` does not join conditions"))
                .at(at, "a single sign")
                .suggest(at, word.repeat(2)),
        ),
        "%" => Some(percent(script, at)),
        _ => before.and_then(|before| {
            slip_before(script, before, token).or_else(|| keyword_as_fact(script, index.checked_sub(1)?, before))
        }),
    }
}

/// `when stage == "visit"`: a word that begins statements is read as if it were a fact.
fn keyword_as_fact(script: &Script, index: usize, token: Token) -> Option<Problem> {
    let keyword = Keyword::from_word(script.word(token))?;
    let before = script.word_at(index.checked_sub(1)?);
    if token.first_on_line || matches!(before, ";" | "{" | "}") {
        return None;
    }
    let at = script.span_of(token);
    let problem = Problem::error("P026", format!("`{keyword}` begins a statement and is no fact"))
        .at(at, "a word of the language");
    Some(match keyword {
        Keyword::Stage => problem.suggest(at, "current_stage"),
        Keyword::Debtor => problem.suggest(at, "debtor_type"),
        Keyword::Policy | Keyword::Applies => problem.suggest(at, "product"),
        _ => problem.help("facts have names of their own: see the handbook"),
    })
}

fn slip_before(script: &Script, before: Token, token: Token) -> Option<Problem> {
    let at = script.span_of(before);
    let word = script.word(before);
    match word {
        "not" | "NOT" | "and" | "or" => Some(spelled_out(word, at)),
        "%" => Some(percent(script, at)),
        ".." | "..=" if matches!(script.word(token), "&&" | "||") => Some(
            Problem::error("P001", "an open range stands in parentheses here")
                .at(at, "the range has no end")
                .help("write `dpd in (90..) && ...`, or `dpd >= 90 && ...`"),
        ),
        _ if token.kind == TokenKind::Number && exponent(script, token) => Some(no_exponent(script, token)),
        _ if before.kind == TokenKind::Number && exponent(script, before) => Some(no_exponent(script, before)),
        _ => None,
    }
}

fn exponent(script: &Script, token: Token) -> bool {
    let word = script.word(token);
    word.starts_with(|c: char| c.is_ascii_digit()) && !word.starts_with("0x") && word.contains(['e', 'E'])
}

fn no_exponent(script: &Script, token: Token) -> Problem {
    Problem::error("P028", format!("`{}` is floating point", script.word(token)))
        .at(script.span_of(token), "not a number of the language")
        .help("write the number out: `1000`, `0.001`")
}

fn single_equals(at: Span) -> Problem {
    Problem::error("P018", "`=` does not compare").at(at, "a single sign").suggest(at, "==")
}

fn spelled_out(word: &str, at: Span) -> Problem {
    let meant = match word.to_ascii_lowercase().as_str() {
        "and" => "&&",
        "or" => "||",
        _ => "!",
    };
    Problem::error("P019", format!("`{word}` is written `{meant}`"))
        .at(at, "not a word of the language")
        .suggest(at, meant)
}

/// `30%` for `0.30`.
pub(crate) fn percent(script: &Script, at: Span) -> Problem {
    let before = script.token_before(crate::source::to_usize(at.start)).and_then(|index| script.token(index));
    let problem = Problem::error("P021", "there is no percent sign");
    match before.filter(|before| before.kind == TokenKind::Number) {
        Some(number) => {
            let span = script.span_of(number).to(at);
            let problem = problem.at(span, "a ratio is a decimal");
            match script.word(number).parse::<rust_decimal::Decimal>() {
                Ok(value) => {
                    let ratio = value * rust_decimal::Decimal::new(1, 2);
                    problem.suggest(span, ratio.to_string()).help(format!("write `{ratio}`"))
                }
                Err(_) => problem.help("30 % is written `0.30`"),
            }
        }
        None => problem.at(at, "a ratio is a decimal").help("30 % is written `0.30`"),
    }
}

/// What can be seen without reading the grammar: unknown statements and forbidden functions.
pub(crate) fn screen(script: &Script) -> Vec<(Problem, usize)> {
    let mut found = Vec::new();
    for (index, token) in script.tokens().iter().enumerate() {
        if token.kind == TokenKind::Bad && script.word(*token).starts_with("/*") {
            let opening = script.span(token.start, token.start + 2);
            let problem = Problem::error("P001", "a comment does not end")
                .at(opening, "everything behind this is comment")
                .help("it ends with `*/`");
            found.push((problem, token.start));
        }
        if token.kind != TokenKind::Word {
            continue;
        }
        let problem = unknown_statement(script, index, *token)
            .or_else(|| forbidden_call(script, index, *token))
            .or_else(|| early_end(script, index, *token));
        if let Some(problem) = problem {
            found.push((problem, token.start));
        }
    }
    found
}

fn unknown_statement(script: &Script, index: usize, token: Token) -> Option<Problem> {
    let word = script.word(token);
    if !in_column_one(script, token) || clause_word(word).is_some() {
        return None;
    }
    let next = script.token(index + 1)?;
    let next_word = script.word(next);
    let declares = matches!(next.kind, TokenKind::Word | TokenKind::Text) || next_word == "#{";
    if !declares || matches!(next_word, "in") {
        return None;
    }
    let at = script.span_of(token);
    if Keyword::LATER.contains(&word) {
        let problem = Problem::error("P003", format!("`{word}` statements come in a later version"))
            .at(at, "not yet part of the language")
            .help("take it out for now; nothing else in the file depends on it");
        return Some(problem);
    }
    if begins_statement(word) {
        return None;
    }
    let words = Keyword::ALL.iter().map(|keyword| keyword.word());
    let problem = Problem::error("P002", format!("`{word}` begins no statement"))
        .at(at, "not a statement")
        .nearest(at, word, words);
    Some(if problem.help.is_none() {
        problem.help("statements are policy, threshold, fact, define, sign, debtor, hold, stage, treatment, test and others: see the handbook")
    } else {
        problem
    })
}

fn forbidden_call(script: &Script, index: usize, token: Token) -> Option<Problem> {
    let word = script.word(token);
    if !FORBIDDEN_FUNCTIONS.contains(&word) || script.word_at(index + 1) != "(" {
        return None;
    }
    let at = script.span_of(token);
    let help = match word {
        "call" => "the treatment by telephone is `phone`",
        "print" | "debug" => "`arrears check` and `arrears explain` show what a policy does",
        _ => "a policy declares; it does not wait, print, leave or run text",
    };
    let problem = Problem::error("P013", format!("policies may not call `{word}`")).at(at, "not allowed").help(help);
    Some(problem)
}

/// `return` outside of a function would leave out the rest of the policy without a word.
fn early_end(script: &Script, index: usize, token: Token) -> Option<Problem> {
    if script.word(token) != "return" || within_function(script, index) {
        return None;
    }
    let problem = Problem::error("P013", "policies may not end early")
        .at(script.span_of(token), "the rest of the policy would be left out")
        .help("take the statements out that should not count");
    Some(problem)
}

/// Whether the token stands in the body of a function or closure.
fn within_function(script: &Script, index: usize) -> bool {
    (0..index).rev().any(|open| match script.word_at(open) {
        "|" | "||" if open + 1 == index => true,
        "{" => {
            let mate = script.token(open).and_then(|token| token.mate);
            mate.is_none_or(|mate| mate > index) && is_function_body(script, open)
        }
        _ => false,
    })
}

fn is_function_body(script: &Script, open: usize) -> bool {
    let Some(close) = open.checked_sub(1) else {
        return false;
    };
    match script.word_at(close) {
        "|" | "||" => true,
        ")" => script
            .token(close)
            .and_then(|token| token.mate)
            .and_then(|parameters| parameters.checked_sub(2))
            .is_some_and(|keyword| script.word_at(keyword) == "fn"),
        _ => false,
    }
}
