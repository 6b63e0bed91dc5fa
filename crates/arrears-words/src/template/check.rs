//! What a template may hold: text, variables, `if`, `for` and `include`. It writes and reckons nothing.

use super::fault::Place;
use super::name::TemplateName;
use super::scan::{Piece, PieceKind, Token, TokenKind};
use super::scope::Scope;
use crate::told::{VariableKind, find_variable};
use std::collections::BTreeSet;

/// Words with a meaning of their own in an expression.
const WORDS: [&str; 9] = ["and", "or", "not", "if", "else", "true", "false", "is", "none"];
const FILTERS: [&str; 2] = ["default", "length"];
const TESTS: [&str; 2] = ["defined", "undefined"];
const SIGNS: [&str; 10] = [".", "(", ")", "|", ",", "==", "!=", "<=", ">=", "<"];

/// A variable of the table that a template uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) name: String,
    pub(crate) place: Place,
}

/// What was found in a template.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) uses: Vec<Use>,
    /// Names of which it is asked whether they are told, or for which something else stands.
    pub(crate) guarded: BTreeSet<String>,
    pub(crate) includes: Vec<(String, Place)>,
    pub(crate) faults: Vec<(Place, String)>,
}

/// Looks through the pieces of a template.
pub(crate) fn check(pieces: &[Piece]) -> Seen {
    let mut check = Check::default();
    for piece in pieces {
        match &piece.kind {
            PieceKind::Text(_) => {}
            PieceKind::Write(tokens) => check.write(piece.place, tokens),
            PieceKind::Statement(tokens) => check.statement(piece.place, tokens),
        }
    }
    for (word, place) in std::mem::take(&mut check.open) {
        check.fault(place, format!("this `{word}` does not end: expected `{{% end{word} %}}`"));
    }
    check.seen
}

#[derive(Default)]
struct Check {
    seen: Seen,
    scope: Scope,
    open: Vec<(&'static str, Place)>,
}

impl Check {
    fn fault(&mut self, place: Place, message: impl Into<String>) {
        self.seen.faults.push((place, message.into()));
    }

    fn write(&mut self, place: Place, tokens: &[Token]) {
        if tokens.is_empty() {
            self.fault(place, "an empty tag: expected the name of a variable, as in `{{ amount }}`");
        }
        let kinds = self.expression(tokens);
        let counts = tokens.last().is_some_and(|last| last.word() == Some("length"));
        if !counts && kinds.iter().any(|kind| matches!(kind, Some(VariableKind::List(_)))) {
            self.fault(place, "a list cannot be written: go through it with `{% for offer in offers %}`");
        }
    }

    fn statement(&mut self, place: Place, tokens: &[Token]) {
        let Some((first, rest)) = tokens.split_first() else {
            return self.fault(place, "an empty tag: expected `if`, `for` or `include`");
        };
        match first.word().unwrap_or_default() {
            "if" => {
                self.open.push(("if", place));
                self.condition(place, rest);
            }
            "elif" => {
                if self.open.last().is_none_or(|(word, _)| *word != "if") {
                    self.fault(place, "this `elif` belongs to no `if`");
                }
                self.condition(place, rest);
            }
            "else" => {
                if self.open.is_empty() || !rest.is_empty() {
                    self.fault(place, "expected `{% else %}` inside an `if` or a `for`");
                }
            }
            "endif" => self.close("if", place, rest),
            "endfor" => self.close("for", place, rest),
            "for" => self.for_each(place, rest),
            "include" => match rest {
                [Token { kind: TokenKind::Quoted(name), place }] => self.seen.includes.push((name.clone(), *place)),
                _ => self.fault(
                    place,
                    "`include` names one template in quotes, as in `{% include \"part/close.en.txt\" %}`",
                ),
            },
            _ => {
                let shown = first.shown();
                self.fault(first.place, format!(
                    "`{shown}` is not for templates: expected `if`, `for` or `include`; a template writes what it is given and makes nothing of its own"
                ));
            }
        }
    }

    fn condition(&mut self, place: Place, tokens: &[Token]) {
        if tokens.is_empty() {
            self.fault(place, "expected a condition, as in `{% if offers %}`");
        }
        self.expression(tokens);
    }

    fn close(&mut self, word: &'static str, place: Place, rest: &[Token]) {
        match self.open.last() {
            Some((open, _)) if *open == word && rest.is_empty() => {
                self.open.pop();
                if word == "for" {
                    self.scope.leave();
                }
            }
            Some((open, _)) => self.fault(place, format!("expected `{{% end{open} %}}` first")),
            None => self.fault(place, format!("this `end{word}` ends nothing")),
        }
    }

    fn for_each(&mut self, place: Place, tokens: &[Token]) {
        self.open.push(("for", place));
        let form = "expected `for name in list`, as in `{% for offer in offers %}`";
        let mut items: &'static [crate::told::Variable] = &[];
        let mut name = "";
        match tokens {
            [item, within, list] if within.word() == Some("in") => match (item.word(), list.word()) {
                (Some(word), Some(list_name)) => {
                    name = word;
                    if find_variable(word).is_some() || word == "loop" || WORDS.contains(&word) {
                        self.fault(item.place, format!("`{word}` has a meaning already: choose another name"));
                    }
                    match self.scope.resolve(&[list_name]) {
                        Ok(VariableKind::List(found)) => items = found,
                        Ok(_) => self.fault(list.place, format!("`{list_name}` is no list: {form}")),
                        Err(message) => self.fault(list.place, message),
                    }
                    self.used(list_name, list.place);
                }
                _ => self.fault(place, form),
            },
            _ => self.fault(place, form),
        }
        self.scope.enter(name, items);
    }

    /// Looks through an expression; what each path in it holds.
    fn expression(&mut self, tokens: &[Token]) -> Vec<Option<VariableKind>> {
        let mut kinds = Vec::new();
        let mut rest = tokens;
        let mut before: Option<&Token> = None;
        let mut opened = 0_u32;
        while let Some((token, others)) = rest.split_first() {
            rest = others;
            match &token.kind {
                TokenKind::Word(word) if before.is_some_and(|before| before.is_sign("|")) => {
                    if !FILTERS.contains(&word.as_str()) {
                        self.fault(token.place, format!("unknown filter `{word}`: expected `default` or `length`"));
                    }
                }
                TokenKind::Word(word) if after_is(before, tokens, token) && word != "not" => {
                    if !TESTS.contains(&word.as_str()) {
                        self.fault(token.place, format!("unknown test `{word}`: expected `defined` or `undefined`"));
                    }
                }
                TokenKind::Word(word) if WORDS.contains(&word.as_str()) => {}
                TokenKind::Word(word) => {
                    let mut path = vec![word.as_str()];
                    while let [dot, part, others @ ..] = rest
                        && dot.is_sign(".")
                        && let Some(part) = part.word()
                    {
                        path.push(part);
                        rest = others;
                    }
                    if rest.first().is_some_and(|next| next.is_sign("(")) {
                        self.fault(token.place, format!("`{}(...)`: a template calls nothing", path.join(".")));
                    } else {
                        match self.scope.resolve(&path) {
                            Ok(kind) => kinds.push(Some(kind)),
                            Err(message) => self.fault(token.place, message),
                        }
                    }
                    self.used(word, token.place);
                    let asks = |next: &Token| next.word() == Some("is");
                    let falls_back =
                        matches!(rest, [sign, filter, ..] if sign.is_sign("|") && filter.word() == Some("default"));
                    if rest.first().is_some_and(asks) || falls_back {
                        self.seen.guarded.insert(word.clone());
                    }
                }
                TokenKind::Number(_) | TokenKind::Quoted(_) => {}
                TokenKind::Sign(sign) if SIGNS.contains(&sign.as_str()) || sign == ">" => match sign.as_str() {
                    "(" => opened += 1,
                    ")" => opened = opened.saturating_sub(1),
                    _ => {}
                },
                TokenKind::Sign(sign) => self.fault(
                    token.place,
                    format!("`{sign}` is not for templates: they reckon nothing and make no lists"),
                ),
            }
            before = Some(token);
            if opened > 20 {
                self.fault(token.place, "more than twenty brackets inside each other");
                break;
            }
        }
        kinds
    }

    fn used(&mut self, name: &str, place: Place) {
        if find_variable(name).is_some() {
            self.seen.uses.push(Use { name: name.to_owned(), place });
        }
    }
}

/// Whether a token stands behind `is` or `is not`.
fn after_is(before: Option<&Token>, tokens: &[Token], token: &Token) -> bool {
    match before.and_then(Token::word) {
        Some("is") => true,
        Some("not") => {
            let position = tokens.iter().position(|other| other.place == token.place);
            let two_before = position.and_then(|position| tokens.get(position.checked_sub(2)?));
            two_before.and_then(Token::word) == Some("is")
        }
        _ => false,
    }
}

/// What is wrong with the names that a template includes: unknown ones, and ones in another language.
pub(crate) fn include_fault<'a>(
    own: &TemplateName,
    included: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let known: Vec<&str> = known.collect();
    if !known.contains(&included) {
        let meant = arrears::document::meant(included, known);
        return Some(format!("no template `{included}` in the set{meant}: a template includes only others of its set"));
    }
    let language = TemplateName::read(included).ok()?.language;
    (language != own.language).then(|| format!("`{included}` is in another language"))
}
