//! A file as statements, lines of script, and comments with a line to themselves.

use super::columns::align;
use super::layout::{Laid, STEP, write_piece};
use super::piece::{Kind, Piece};
use arrears::draft::Keyword;
use std::ops::Range;

/// What begins a line.
struct Item {
    /// What it is: a statement of the policy, or anything else, kept line by line.
    keyword: Option<Keyword>,
    /// Its pieces.
    pieces: Range<usize>,
    /// Comments behind it on its line.
    behind: Range<usize>,
    /// How many brackets of the script it stands in, counted by the lines on which they were opened.
    level: usize,
    /// Whether a blank line stands before it.
    blank: bool,
}

/// Lays the pieces out.
pub(super) fn write(pieces: &[Piece<'_>]) -> String {
    let items = items(pieces);
    let mut out = String::new();
    let mut from = 0;
    while let Some(first) = items.get(from) {
        let to = end_of_run(&items, from);
        let of = |item: &Item| pieces.get(item.pieces.clone()).unwrap_or_default();
        let run = items.get(from..to).unwrap_or_default();
        let mut laid: Vec<Laid<'_, '_>> = match first.keyword {
            Some(keyword) => run.iter().map(|item| Laid::new(of(item), keyword, item.level * STEP)).collect(),
            None => Vec::new(),
        };
        align(&mut laid);
        let mut laid = laid.iter();
        for item in run {
            if item.blank && !out.is_empty() {
                out.push('\n');
            }
            match laid.next() {
                Some(statement) => statement.write(&mut out),
                None => write_line(of(item), item.level * STEP, &mut out),
            }
            for comment in pieces.get(item.behind.clone()).unwrap_or_default() {
                out.push(' ');
                write_piece(comment, &mut out);
            }
            out.push('\n');
        }
        from = to;
    }
    out
}

/// Where the neighbours of an item end: statements of one kind, one under the other.
fn end_of_run(items: &[Item], from: usize) -> usize {
    let kind = |index: usize| items.get(index).and_then(|item| item.keyword);
    let follows = |index: usize| {
        items.get(index).is_some_and(|item| !item.blank) && kind(index).is_some() && kind(index) == kind(from)
    };
    let mut to = from + 1;
    while follows(to) {
        to += 1;
    }
    to
}

/// A line of script, or a comment: blanks become one, and nothing else changes.
fn write_line(pieces: &[Piece<'_>], indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 && (piece.blanks > 0 || piece.is_comment()) {
            out.push(' ');
        }
        write_piece(piece, out);
    }
}

fn items(pieces: &[Piece<'_>]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    // For each open bracket of the script, the item that opened it.
    let mut open: Vec<usize> = Vec::new();
    let mut may_begin = true;
    let mut index = 0;
    while let Some(piece) = pieces.get(index) {
        if piece.is_comment() && piece.newlines == 0 && may_begin && extend_last(&mut items, index) {
            index += 1;
            continue;
        }
        let blank = piece.newlines > 1;
        let keyword = piece.keyword().filter(|_| may_begin);
        let end = match keyword {
            Some(_) => end_of_statement(pieces, index),
            None => end_of_line(pieces, index, may_begin),
        };
        let line = pieces.get(index..end).unwrap_or_default();
        let own = items.len();
        // What goes on outside of all brackets is set in: a word at the margin is taken for a statement.
        let goes_on = !may_begin && open.is_empty();
        let mut level = levels(&open) + usize::from(goes_on);
        if keyword.is_none() {
            let mut at_start = true;
            for piece in line {
                at_start &= piece.closes();
                if piece.closes() {
                    open.pop();
                    level = if at_start { levels(&open) } else { level };
                } else if piece.opens() {
                    open.push(own);
                }
            }
        }
        may_begin = keyword.is_some() || line.iter().rev().find(|piece| !piece.is_comment()).map_or(may_begin, ends);
        items.push(Item { keyword, pieces: index..end, behind: end..end, level, blank });
        index = end;
    }
    items
}

/// Adds a comment to the end of the last item's line.
fn extend_last(items: &mut [Item], index: usize) -> bool {
    let Some(last) = items.last_mut().filter(|last| last.behind.end == index) else {
        return false;
    };
    last.behind.end = index + 1;
    true
}

/// How many different lines have opened the brackets that are open.
fn levels(open: &[usize]) -> usize {
    let mut levels = 0;
    let mut last = None;
    for item in open {
        levels += usize::from(last != Some(item));
        last = Some(item);
    }
    levels
}

/// Whether a statement may begin behind the piece.
fn ends(piece: &Piece<'_>) -> bool {
    piece.kind == Kind::Sign && matches!(piece.text, ";" | "{" | "}")
}

/// Behind the `;` of a statement, or before what can no longer belong to it.
fn end_of_statement(pieces: &[Piece<'_>], from: usize) -> usize {
    let mut depth = 0_usize;
    for (index, piece) in pieces.iter().enumerate().skip(from) {
        if piece.opens() {
            depth += 1;
        } else if piece.closes() {
            if depth == 0 {
                return index.max(from + 1);
            }
            depth -= 1;
        } else if depth == 0 && piece.kind == Kind::Sign && piece.text == ";" {
            return index + 1;
        } else if depth == 0 && index > from && piece.keyword().is_some() {
            return index;
        }
    }
    pieces.len()
}

/// The end of a line of script: the author's, or before a statement of the policy.
fn end_of_line(pieces: &[Piece<'_>], from: usize, may_begin: bool) -> usize {
    let mut may_begin = may_begin;
    for (index, piece) in pieces.iter().enumerate().skip(from) {
        if index > from && (piece.newlines > 0 || may_begin && piece.keyword().is_some()) {
            return index;
        }
        if !piece.is_comment() {
            may_begin = ends(piece);
        }
    }
    pieces.len()
}
