//! Where a blank stands between two pieces of a statement.

use super::piece::{Kind, Piece};
use arrears::draft::{Keyword, Part};

/// Whether a blank stands between `before` and `next`. `unary` says that `before` is a sign before its one
/// operand.
pub(super) fn blank_between(before: &Piece<'_>, next: &Piece<'_>, unary: bool) -> bool {
    if before.is_comment() || next.is_comment() {
        return true;
    }
    let signs = (sign(before), sign(next));
    match signs {
        (Some("#{"), Some("}")) => false,
        (_, Some("," | ";" | ")" | "]" | ":" | "." | "?." | "::" | "?["))
        | (Some("(" | "[" | "?[" | "." | "?." | "::"), _) => false,
        (Some("#{"), _) | (_, Some("}")) => true,
        _ if unary => false,
        (Some(".." | "..="), _) => !begins_operand(next),
        (_, Some(".." | "..=")) => !ends_operand(before),
        (_, Some("(" | "[")) => !ends_operand(before) || before.kind == Kind::Operand,
        _ => true,
    }
}

/// Whether `sign`, which stands after `before`, has one operand: `!late`, `-1`.
pub(super) fn is_unary(before: Option<&Piece<'_>>, sign: &Piece<'_>) -> bool {
    sign.kind == Kind::Sign && (sign.text == "!" || matches!(sign.text, "-" | "+") && !before.is_some_and(ends_operand))
}

/// Whether an operand may end with the piece.
pub(super) fn ends_operand(piece: &Piece<'_>) -> bool {
    match piece.kind {
        Kind::Word => !is_of_language(piece.text),
        Kind::Operand => true,
        Kind::Sign => piece.closes(),
        Kind::LineComment | Kind::BlockComment => false,
    }
}

fn begins_operand(piece: &Piece<'_>) -> bool {
    match piece.kind {
        Kind::Word => !is_of_language(piece.text),
        Kind::Operand => true,
        Kind::Sign => matches!(piece.text, "(" | "-" | "+" | "!"),
        Kind::LineComment | Kind::BlockComment => false,
    }
}

/// Whether a word is one of the language's, behind which a bracket begins something new.
fn is_of_language(word: &str) -> bool {
    let clauses = [
        Part::Stages,
        Part::To,
        Part::When,
        Part::Unless,
        Part::Then,
        Part::Do,
        Part::Given,
        Part::After,
        Part::Expect,
    ];
    matches!(word, "if" | "while" | "for" | "return")
        || clauses.iter().any(|part| part.word() == word)
        || Keyword::from_word(word).is_some()
}

fn sign<'t>(piece: &Piece<'t>) -> Option<&'t str> {
    (piece.kind == Kind::Sign).then_some(piece.text)
}
