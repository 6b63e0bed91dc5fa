//! What may happen between two pieces of a statement: a blank, nothing, or a line break.

use super::piece::{Kind, Piece};
use super::spacing::{blank_between, ends_operand, is_unary};
use arrears::draft::{Keyword, Part};

/// Why a line may break before a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// It may not.
    Never,
    /// A clause begins.
    Clause(Part),
    /// `&&`, `||` or `??` stands there: the smaller, the looser it binds.
    Operator(u8),
    /// An entry of a map begins.
    Entry,
    /// An item of a list or an argument begins.
    Item,
}

/// The joint before a piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joint {
    /// Whether a blank stands there if no line breaks.
    pub(super) blank: bool,
    /// Why a line may break there.
    pub(super) why: Break,
    /// Brackets of the statement that are open there.
    pub(super) depth: usize,
    /// Whether the line must break there.
    pub(super) forced: bool,
    /// Whether the author broke the line there.
    pub(super) broken: bool,
    /// Whether the piece before opens a bracket whose content stands on lines of its own.
    pub(super) hangs: bool,
}

/// The joints of a statement, one before each piece.
pub(super) fn joints(pieces: &[Piece<'_>], keyword: Keyword) -> Vec<Joint> {
    let mut joints: Vec<Joint> = Vec::with_capacity(pieces.len());
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut unary = false;
    let mut seen = Seen::default();
    for (index, piece) in pieces.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| pieces.get(before));
        let next = pieces.get(index + 1);
        let last = before.is_some_and(|before| before.kind == Kind::LineComment);
        let hangs = before.is_some_and(|before| before.opens()) && open.last().is_some_and(|(_, hangs)| *hangs);
        let closes_hanging = piece.closes() && open.last().is_some_and(|(_, hangs)| *hangs);
        if piece.closes() {
            open.pop();
        }
        let depth = open.len();
        let why = match before {
            Some(before) => why(piece, before, open.last().map(|(sign, _)| *sign), keyword, &mut seen),
            None => Break::Never,
        };
        let after_operator = matches!(why, Break::Operator(_)) && next.is_some_and(|next| next.newlines > 0);
        let own_clause = matches!(why, Break::Clause(Part::Given | Part::Expect));
        joints.push(Joint {
            blank: before.is_some_and(|before| blank_between(before, piece, unary)),
            why,
            depth,
            forced: before.is_some() && (last || own_clause || closes_hanging || hangs || piece.is_own_line_comment()),
            broken: piece.newlines > 0 || after_operator,
            hangs,
        });
        unary = is_unary(before, piece);
        if piece.opens() {
            open.push((piece.text, hangs_behind(piece, next)));
        }
    }
    joints
}

/// Whether what stands behind an opening bracket has lines of its own: the author began a new one there.
fn hangs_behind(opening: &Piece<'_>, next: Option<&Piece<'_>>) -> bool {
    let own_line = |next: &Piece<'_>| next.newlines > 0 || next.kind == Kind::LineComment;
    matches!(opening.text, "#{" | "[") && next.is_some_and(|next| !next.closes() && own_line(next))
}

/// The clauses that have begun so far.
#[derive(Default)]
struct Seen(Vec<Part>);

fn why(piece: &Piece<'_>, before: &Piece<'_>, open: Option<&str>, keyword: Keyword, seen: &mut Seen) -> Break {
    if piece.is_comment() || piece.closes() {
        return Break::Never;
    }
    match open {
        None => {}
        Some("#{") if before.text == "," => return Break::Entry,
        Some(_) if before.text == "," => return Break::Item,
        Some(_) => return operator(piece),
    }
    let part = match piece.clause(keyword) {
        Some(part) => Some(part),
        None if piece.text == "#{" && keyword.parts().contains(&Part::Options) => {
            (ends_operand(before) || before.text == "otherwise" || before.text.starts_with(".."))
                .then_some(Part::Options)
        }
        None => None,
    };
    match part {
        Some(part) if !seen.0.contains(&part) => {
            seen.0.push(part);
            // What stands straight behind the keyword is not torn from it.
            if before.keyword() == Some(keyword) { Break::Never } else { Break::Clause(part) }
        }
        _ => operator(piece),
    }
}

fn operator(piece: &Piece<'_>) -> Break {
    match (piece.kind, piece.text) {
        (Kind::Sign, "||") => Break::Operator(0),
        (Kind::Sign, "&&") => Break::Operator(1),
        (Kind::Sign, "??") => Break::Operator(2),
        _ => Break::Never,
    }
}
