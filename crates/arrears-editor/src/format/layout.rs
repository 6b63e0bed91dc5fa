//! The lines of one statement.
//!
//! A statement stands on one line where it fits 100 columns. Where it does not, lines end where its author ended them,
//! as far as that is before a clause, an entry of a map, `&&` or `||`; a line of more than 120 is broken:
//! before a clause first, then where the fewest brackets are open. Two things make the result the same the
//! second time: what is decided depends on the pieces and on the breaks alone, and a line is broken only
//! where it is too long and can be broken.

use super::joint::{Break, Joint, joints};
use super::piece::{Kind, Piece};
use arrears::draft::{Keyword, Part};
use textwrap::core::display_width;

/// What fits so many columns is joined on one line.
const JOINED: usize = 100;
/// A line that its author left longer than this is broken.
const LONGEST: usize = 120;
/// Columns by which a line is set in.
pub(super) const STEP: usize = 4;

/// A statement with the breaks of its lines.
pub(super) struct Laid<'p, 't> {
    pieces: &'p [Piece<'t>],
    joints: Vec<Joint>,
    /// Whether a line begins with the piece.
    breaks: Vec<bool>,
    /// Blanks that align the piece with those of its neighbours.
    pads: Vec<usize>,
    indent: usize,
}

/// An open bracket.
#[derive(Clone, Copy)]
struct Frame {
    /// Where lines inside it begin.
    column: usize,
    /// Where the line began on which it was opened.
    line: usize,
    /// Whether its content has lines of its own.
    hangs: bool,
}

/// How far a line has been followed.
#[derive(Clone)]
struct Pen {
    column: usize,
    line: usize,
    open: Vec<Frame>,
    /// Whether a clause with a condition has begun, so that lines inside it are set in twice.
    in_clause: bool,
    first_line: bool,
}

impl<'p, 't> Laid<'p, 't> {
    /// Lays out the pieces of a statement that is set in by so many columns.
    pub(super) fn new(pieces: &'p [Piece<'t>], keyword: Keyword, indent: usize) -> Self {
        let joints = joints(pieces, keyword);
        let breaks = joints.iter().map(|joint| joint.forced).collect();
        let pads = vec![0; pieces.len()];
        let mut laid = Self { pieces, joints, breaks, pads, indent };
        let whole = laid.joints.iter().all(|joint| !joint.forced) && laid.fits(0, pieces.len(), indent);
        if !whole {
            laid.keep_breaks();
            laid.shorten(true);
            laid.join_clauses();
            laid.shorten(false);
        }
        laid
    }

    /// Breaks lines where the author did, if that is a place for it.
    fn keep_breaks(&mut self) {
        for (joint, begins) in self.joints.iter().zip(&mut self.breaks) {
            *begins |= joint.broken && !matches!(joint.why, Break::Never | Break::Item);
        }
    }

    /// Whether the pieces `from..to` fit on one line that begins at a column.
    fn fits(&self, from: usize, to: usize, column: usize) -> bool {
        let mut width = column;
        for index in from..to {
            let (Some(piece), Some(joint)) = (self.pieces.get(index), self.joints.get(index)) else {
                continue;
            };
            if piece.text.contains('\n') {
                return false;
            }
            width += display_width(piece.text) + usize::from(joint.blank && index > from);
            if width > JOINED {
                return false;
            }
        }
        true
    }

    /// Takes back the breaks inside of clauses that fit on one line.
    fn join_clauses(&mut self) {
        let is_clause = |laid: &Self, index: usize| {
            laid.breaks.get(index) == Some(&true)
                && laid.joints.get(index).is_some_and(|joint| matches!(joint.why, Break::Clause(_)))
        };
        let mut from = 0;
        while from < self.pieces.len() {
            let to = (from + 1..self.pieces.len()).find(|index| is_clause(self, *index)).unwrap_or(self.pieces.len());
            let column = if from == 0 { self.indent } else { self.indent + STEP };
            let plain = self.joints.get(from + 1..to).is_some_and(|joints| joints.iter().all(|joint| !joint.forced));
            if plain && self.fits(from, to, column) {
                for begins in self.breaks.iter_mut().take(to).skip(from + 1) {
                    *begins = false;
                }
            }
            from = to;
        }
    }

    /// Breaks lines that are too long: before clauses, or anywhere else.
    fn shorten(&mut self, clauses: bool) {
        let mut start = self.pen();
        let mut from = 0;
        while from < self.pieces.len() {
            let mut pen = start.clone();
            let mut best: Option<(usize, usize)> = None;
            let mut too_long = false;
            let mut index = from;
            while index < self.pieces.len() && (index == from || self.breaks.get(index) != Some(&true)) {
                let (Some(piece), Some(joint)) = (self.pieces.get(index), self.joints.get(index)) else {
                    break;
                };
                if let Some(rank) = rank(joint, clauses)
                    && index > from
                    && (pen.column <= LONGEST && best.is_none_or(|(known, _)| rank <= known) || best.is_none())
                {
                    best = Some((rank, index));
                }
                self.follow(&mut pen, index, piece, joint, 0);
                too_long |= pen.column > LONGEST;
                index += 1;
                if too_long && best.is_some() {
                    break;
                }
            }
            match best.filter(|_| too_long) {
                Some((_, at)) => {
                    if let Some(begins) = self.breaks.get_mut(at) {
                        *begins = true;
                    }
                }
                None => {
                    from = index;
                    start = pen;
                }
            }
        }
    }

    fn pen(&self) -> Pen {
        Pen { column: self.indent, line: self.indent, open: Vec::new(), in_clause: false, first_line: true }
    }

    /// Moves the pen over a piece, and gives the column at which its line begins, if one does.
    fn follow(&self, pen: &mut Pen, index: usize, piece: &Piece<'_>, joint: &Joint, pad: usize) -> Option<usize> {
        let closed = if piece.closes() { pen.open.pop() } else { None };
        if let Break::Clause(part) = joint.why {
            pen.in_clause = part != Part::Value;
        }
        let begins = self.breaks.get(index) == Some(&true);
        if begins {
            pen.line = match (closed, pen.open.last()) {
                (Some(frame), _) if frame.hangs => frame.line,
                (Some(frame), _) => frame.column,
                (None, Some(frame)) => frame.column,
                (None, None) => self.indent + self.set_in(pen, index, joint),
            };
            pen.column = pen.line;
            pen.first_line = false;
        } else if index > 0 {
            pen.column += usize::from(joint.blank) + pad;
        }
        match piece.text.rsplit_once('\n') {
            Some((_, last)) => pen.column = display_width(last),
            None => pen.column += display_width(piece.text),
        }
        if piece.opens() {
            let hangs = self.joints.get(index + 1).is_some_and(|joint| joint.hangs);
            let options = pen.first_line && pen.open.is_empty() && piece.text == "#{";
            let column = if hangs {
                pen.line + STEP
            } else if options {
                self.indent + STEP
            } else {
                pen.column + usize::from(piece.text == "#{")
            };
            pen.open.push(Frame { column, line: pen.line, hangs });
        }
        begins.then_some(pen.line)
    }

    /// How far a line outside of all brackets is set in.
    fn set_in(&self, pen: &Pen, index: usize, joint: &Joint) -> usize {
        // A comment is set in like what it stands above.
        let next = self.pieces.iter().zip(&self.joints).skip(index).find(|(piece, _)| !piece.is_comment());
        let why = next.map_or(joint.why, |(_, next)| next.why);
        match why {
            Break::Clause(_) => STEP,
            _ if pen.in_clause => 2 * STEP,
            _ => STEP,
        }
    }

    /// The pieces that begin a clause on the first line, each with the width of what stands before it
    /// and with the blanks that its author wrote there.
    pub(super) fn cells(&self) -> Vec<(Part, usize, usize)> {
        let mut cells = Vec::new();
        for (index, (piece, joint)) in self.pieces.iter().zip(&self.joints).enumerate().skip(1) {
            if self.breaks.get(index) == Some(&true) {
                break;
            }
            if let Break::Clause(part) = joint.why {
                let same_line = if piece.newlines == 0 { piece.blanks } else { 0 };
                cells.push((part, index, same_line));
            }
        }
        cells
    }

    /// The width of the first line up to a piece.
    pub(super) fn width_before(&self, index: usize) -> usize {
        let before = self.pieces.iter().zip(&self.joints).zip(&self.pads).take(index).enumerate();
        before
            .map(|(at, ((piece, joint), pad))| {
                display_width(piece.text) + if at > 0 { usize::from(joint.blank) + pad } else { 0 }
            })
            .sum()
    }

    /// Moves a piece to the right.
    pub(super) fn pad(&mut self, index: usize, blanks: usize) {
        if let Some(pad) = self.pads.get_mut(index) {
            *pad = blanks;
        }
    }

    /// Writes the lines.
    pub(super) fn write(&self, out: &mut String) {
        out.extend(std::iter::repeat_n(' ', self.indent));
        let mut pen = self.pen();
        for (index, (piece, joint)) in self.pieces.iter().zip(&self.joints).enumerate() {
            let pad = self.pads.get(index).copied().unwrap_or(0);
            match self.follow(&mut pen, index, piece, joint, pad) {
                Some(column) => {
                    out.push('\n');
                    out.extend(std::iter::repeat_n(' ', column));
                }
                None if index > 0 => out.extend(std::iter::repeat_n(' ', usize::from(joint.blank) + pad)),
                None => {}
            }
            write_piece(piece, out);
        }
    }
}

/// Writes a piece as it is; a comment without carriage returns.
pub(super) fn write_piece(piece: &Piece<'_>, out: &mut String) {
    if piece.kind == Kind::BlockComment && piece.text.contains('\r') {
        out.push_str(&piece.text.replace("\r\n", "\n"));
    } else {
        out.push_str(piece.text);
    }
}

/// How ill a break suits, the least the best.
fn rank(joint: &Joint, clauses: bool) -> Option<usize> {
    match joint.why {
        Break::Clause(Part::Value) | Break::Never => None,
        Break::Clause(_) if clauses => Some(0),
        Break::Operator(looseness) if !clauses => Some(joint.depth * 4 + usize::from(looseness)),
        Break::Entry | Break::Item if !clauses => Some(joint.depth * 4),
        _ => None,
    }
}
