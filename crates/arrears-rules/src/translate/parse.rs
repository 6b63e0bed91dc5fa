//! Errors of reading a file, told by what stands at the place of the error.

use super::clause::refused;
use super::slips::slip;
use crate::grammar::Refusal;
use crate::source::{Script, Token, TokenKind};
use arrears::draft::Keyword;
use arrears::{Problem, Span};
use rhai::{LexError, ParseError, ParseErrorType};

/// A problem, and a byte of the statement to which it belongs.
pub(crate) type Blamed = (Problem, usize);

/// What a parse error means.
pub(crate) fn parse_error(script: &Script, error: &ParseError, refusal: Option<&Refusal>) -> Blamed {
    let at = error.position();
    let byte = match (at.line(), at.position()) {
        (Some(line), column) => script.byte_at(line, column.unwrap_or(1)),
        (None, _) => script.text.len(),
    };
    let index = script.token_from(byte);
    if let Some(problem) = limit(script, error.err_type(), byte) {
        return (problem, byte);
    }
    if let Some(index) = index
        && let Some(problem) = slip(script, index)
    {
        return (problem, blame(script, index, error.err_type()));
    }
    if let Some(bad) = index.and_then(|index| script.token(index))
        && bad.kind == TokenKind::Bad
    {
        return (bad_token(script, bad), bad.start);
    }
    if let Some(refusal) = refusal {
        return refusal_at(script, refusal, byte);
    }
    by_kind(script, error.err_type(), byte)
}

fn refusal_at(script: &Script, refusal: &Refusal, byte: usize) -> Blamed {
    let index = script.token_from(byte).unwrap_or(script.tokens().len());
    let at = script.token(index).map_or(script.span(byte, byte), |token| script.span_of(token));
    let keyword = match refusal {
        Refusal::UnknownClause(keyword)
        | Refusal::NotTaken(keyword, _)
        | Refusal::Twice(keyword, _)
        | Refusal::Missing(keyword, _) => *keyword,
    };
    let begin = keyword_before(script, keyword, index);
    let begin_span = script.token(begin).map_or(at, |token| script.span_of(token));
    let problem = refused(refusal, script.word_at(index), at, begin_span);
    let blamed = match refusal {
        Refusal::Missing(..) => script.token(begin).map_or(byte, |token| token.start),
        _ => byte,
    };
    (problem, blamed)
}

fn keyword_before(script: &Script, keyword: Keyword, index: usize) -> usize {
    (0..index).rev().find(|before| script.word_at(*before) == keyword.word()).unwrap_or(0)
}

/// Limits of reading: their place in the file says little, their code says all.
fn limit(script: &Script, kind: &ParseErrorType, byte: usize) -> Option<Problem> {
    let at = script
        .token_from(byte)
        .and_then(|index| script.token(index))
        .map_or(script.span(byte, byte), |token| script.span_of(token));
    match kind {
        ParseErrorType::ExprTooDeep => Some(
            Problem::error("P016", "nested too deeply")
                .at(at, "deeper than can be read")
                .help("name parts of it with `define`"),
        ),
        ParseErrorType::TooManyFunctions => Some(
            Problem::error("P015", "the policy has too many functions")
                .at(at, "one more than can be kept")
                .help("a policy declares; it needs few functions"),
        ),
        ParseErrorType::LiteralTooLarge(what, most) => {
            let what = if what.contains("string") { "this text" } else { "this list or map" };
            Some(
                Problem::error("P015", format!("{what} is too long"))
                    .at(at, format!("at most {most} are allowed"))
                    .help("a policy names things; long lists belong into a table"),
            )
        }
        _ => None,
    }
}

/// "Expecting ;" belongs to the statement before.
fn blame(script: &Script, index: usize, kind: &ParseErrorType) -> usize {
    let own = script.token(index).map_or(0, |token| token.start);
    match kind {
        ParseErrorType::MissingToken(token, _) if token == ";" => {
            index.checked_sub(1).and_then(|before| script.token(before)).map_or(own, |token| token.start)
        }
        _ => own,
    }
}

fn by_kind(script: &Script, kind: &ParseErrorType, byte: usize) -> Blamed {
    let index = script.token_from(byte).unwrap_or(script.tokens().len());
    let here = script.token(index).map_or(script.span(byte, byte), |token| script.span_of(token));
    let word = script.word_at(index);
    match kind {
        ParseErrorType::MissingToken(token, _) if token == ";" => {
            let before = index.checked_sub(1).and_then(|before| script.token(before));
            let end = before.map_or(byte, |token| token.end);
            let start = before.map_or(byte, |token| token.start);
            let problem = Problem::error("P001", "a statement ends with `;`")
                .at(script.span(start, end), "`;` is missing behind this")
                .suggest(script.span(end, end), ";")
                .help("put a `;` at its end");
            (problem, start)
        }
        ParseErrorType::UnexpectedEOF => {
            let last = script.tokens().last().copied();
            let span = last.map_or(here, |token| script.span_of(token));
            let problem = Problem::error("P001", "the file ends in the middle of a statement")
                .at(span, "something is missing behind this")
                .help("a statement ends with `;`, and every bracket has its mate");
            (problem, last.map_or(byte, |token| token.start))
        }
        ParseErrorType::Reserved(name) => (reserved(name, here), byte),
        ParseErrorType::VariableExpected => {
            let problem = Problem::error("P027", "a plain name is expected here").at(here, "not a plain name");
            let bare = word.trim_matches('"');
            let is_name = word.len() > bare.len() && rhai::is_valid_identifier(bare);
            let problem = if is_name {
                problem.suggest(here, bare)
            } else {
                problem.help("letters, digits and `_`, without quotes")
            };
            (problem, byte)
        }
        ParseErrorType::BadInput(error) => (bad_input(script, error, index, byte), byte),
        ParseErrorType::DuplicatedProperty(name) => {
            let problem =
                Problem::error("P006", format!("the key `{name}` is written twice")).at(here, "written again");
            (problem, byte)
        }
        ParseErrorType::MissingToken(..) | ParseErrorType::PropertyExpected
            if script.word_at(index + 1) == ":" && rhai::is_valid_identifier(word) =>
        {
            (reserved(word, here), byte)
        }
        ParseErrorType::MissingToken(token, _) => {
            let token = match (token.as_str(), word) {
                (",", ";" | "") => "]",
                (token, _) => token,
            };
            let problem = Problem::error("P001", format!("`{token}` is expected here")).at(here, describe(word));
            (with_open_bracket(script, problem, token, index), byte)
        }
        other => {
            let problem = Problem::error("P001", format!("this cannot be read: {}", lower(&other.to_string())))
                .at(here, describe(word));
            (problem, byte)
        }
    }
}

fn with_open_bracket(script: &Script, problem: Problem, close: &str, index: usize) -> Problem {
    let open = match close {
        ")" => "(",
        "]" => "[",
        "}" => "{",
        _ => return problem,
    };
    let found = (0..index).rev().find(|before| {
        script.token(*before).is_some_and(|token| {
            script.word(token).ends_with(open)
                && token.kind == TokenKind::Sign
                && token.mate.is_none_or(|mate| mate >= index)
        })
    });
    match found.and_then(|found| script.token(found)) {
        Some(token) => problem.at(script.span_of(token), "opened here"),
        None => problem,
    }
}

fn reserved(name: &str, here: Span) -> Problem {
    let problem =
        Problem::error("P026", format!("`{name}` is a word of the script language")).at(here, "cannot be a name here");
    match name {
        "call" => problem.help("the treatment by telephone is `phone`"),
        _ => problem.help(format!("choose another name, such as `{name}_`")),
    }
}

fn bad_input(script: &Script, error: &LexError, index: usize, byte: usize) -> Problem {
    let here = script.token(index).map_or(script.span(byte, byte), |token| script.span_of(token));
    let word = script.word_at(index);
    match error {
        LexError::UnterminatedString => endless_text(here),
        LexError::MalformedNumber(_) => Problem::error("P028", format!("`{word}` is not a number of the language"))
            .at(here, "not a number")
            .help("write whole numbers as `1000` and decimals as `0.25`; at most 18 digits"),
        LexError::MalformedEscapeSequence(sequence) => {
            Problem::error("P001", format!("`{sequence}` means nothing in a text"))
                .at(here, "in this text")
                .help("a backslash is written `\\\\`")
        }
        _ => Problem::error("P001", unexpected(word)).at(here, describe(word)),
    }
}

fn bad_token(script: &Script, token: Token) -> Problem {
    let here = script.span_of(token);
    let word = script.word(token);
    if word.starts_with(['"', '`', '\'', '#']) {
        return endless_text(here);
    }
    Problem::error("P001", unexpected(word))
        .at(here, "no sign or name of the language")
        .help("texts stand in double quotes; names are letters `a` to `z`, digits and `_`")
}

fn endless_text(here: Span) -> Problem {
    Problem::error("P001", "a text does not end")
        .at(here, "its closing quote is missing")
        .help("a text begins and ends with `\"` on one line")
}

fn unexpected(word: &str) -> String {
    if word.is_empty() {
        "something is missing at the end of the file".to_owned()
    } else {
        format!("`{}` cannot stand here", shortened(word))
    }
}

fn shortened(word: &str) -> String {
    if word.chars().count() > 24 {
        format!("{}...", word.chars().take(24).collect::<String>())
    } else {
        word.to_owned()
    }
}

fn describe(word: &str) -> String {
    if word.is_empty() { "the file ends here".to_owned() } else { format!("found `{}`", shortened(word)) }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
