//! Short ways to write terms and statements.

use arrears::Span;
use arrears::condition::{Cmp, Named, Term, TermKind};
use arrears::draft::{Keyword, Options, Statement, VerbCall};
use rust_decimal::Decimal;

/// A term.
pub(super) fn term(kind: TermKind) -> Term {
    Term::new(kind, Span::NONE)
}

/// A fact, a threshold or a define by name.
pub(super) fn name(text: &str) -> Term {
    term(TermKind::Name(text.to_owned()))
}

/// A text.
pub(super) fn text(text: &str) -> Term {
    term(TermKind::Text(text.to_owned()))
}

/// A whole number; one below zero is written with its sign before it.
pub(super) fn whole(number: i64) -> Term {
    decimal(Decimal::from(number))
}

/// A number with decimals.
pub(super) fn decimal(number: Decimal) -> Term {
    if number.is_sign_negative() && !number.is_zero() {
        return term(TermKind::Negate(Box::new(term(TermKind::Number(-number)))));
    }
    term(TermKind::Number(number))
}

/// Yes or no.
pub(super) fn flag(set: bool) -> Term {
    term(TermKind::Flag(set))
}

/// A list of texts.
pub(super) fn texts(words: &[&str]) -> Term {
    term(TermKind::List(words.iter().map(|word| text(word)).collect()))
}

/// A function of texts and numbers.
pub(super) fn call(function: &str, arguments: Vec<Term>) -> Term {
    term(TermKind::Call(Named::new(function, Span::NONE), arguments))
}

/// One side against the other.
pub(super) fn compare(cmp: Cmp, left: Term, right: Term) -> Term {
    term(TermKind::Compare(cmp, Box::new(left), Box::new(right)))
}

/// The entries of `#{ ... }`.
pub(super) fn options(entries: Vec<(&str, Term)>) -> Options {
    entries.into_iter().map(|(key, value)| (Named::new(key, Span::NONE), value)).collect()
}

/// A verb with its options.
pub(super) fn verb(word: &str, entries: Vec<(&str, Term)>) -> VerbCall {
    VerbCall { verb: Named::new(word, Span::NONE), options: options(entries) }
}

/// A statement with a name.
pub(super) fn statement(keyword: Keyword, named: &str) -> Statement {
    let mut statement = Statement::new(keyword, Span::NONE);
    if !named.is_empty() {
        statement.name = Some(Named::new(named, Span::NONE));
    }
    statement
}
