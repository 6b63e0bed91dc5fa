//! Reads a CSV file into rows of cells, each with the exact bytes where it stands.
//!
//! The readers that the workspace depends on say where a record begins, not where a cell does, and pass over quotes that
//! do not close. A policy's author is shown the cell.

use arrears::Span;

/// One cell: what it says, and where it says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// What it says, without its quotes and without blanks around it.
    pub(super) text: String,
    start: usize,
    end: usize,
    /// Whether it stands in quotes.
    pub(super) quoted: bool,
    /// Where in `text` the quotes stand that the file doubles.
    doubled: Vec<usize>,
}

/// One line of the table; a cell in quotes may go over several lines of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its cells.
    pub(super) cells: Vec<Cell>,
    start: usize,
    end: usize,
}

/// What is wrong with the file as a table, at these bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A quote that does not close.
    Unclosed(usize, usize),
    /// Text between a closing quote and the end of the cell.
    Behind(usize, usize),
}

impl Cell {
    /// Whether it says nothing: it is empty, or `-`.
    pub(super) fn is_any(&self) -> bool {
        matches!(self.text.as_str(), "" | "-" | "\u{2013}" | "\u{2014}")
    }

    /// Where it stands, without its quotes.
    pub(super) fn span(&self, file: u16) -> Span {
        Span::new(file, to_u32(self.start), to_u32(self.end))
    }

    /// Where the bytes `start..end` of its text stand.
    pub(super) fn part(&self, file: u16, start: usize, end: usize) -> Span {
        Span::new(file, to_u32(self.byte(start)), to_u32(self.byte(end)))
    }

    fn byte(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let before = self.doubled.iter().filter(|quote| **quote < at).count();
        (self.start + at + before).min(self.end)
    }
}

impl Line {
    /// Where it stands.
    pub(super) fn span(&self, file: u16) -> Span {
        Span::new(file, to_u32(self.start), to_u32(self.end))
    }

    /// Whether no cell says anything.
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_empty())
    }
}

/// The lines that say anything, and what is wrong with the others.
///
/// Cells are separated by the first of comma, semicolon and tab that stands in the first line outside of quotes: spreadsheets
/// write the one or the other, by the country they are set to.
pub(super) fn lines(text: &str) -> (Vec<Line>, Vec<Fault>) {
    let mut reader = Reader { text, at: 0, separator: separator(text), faults: Vec::new() };
    let mut lines = Vec::new();
    while reader.at < text.len() {
        let line = reader.line();
        if !line.is_blank() {
            lines.push(line);
        }
    }
    (lines, reader.faults)
}

fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let found = first.bytes().find(|byte| {
        quoted ^= *byte == b'"';
        !quoted && matches!(byte, b',' | b';' | b'\t')
    });
    found.unwrap_or(b',')
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    separator: u8,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn line(&mut self) -> Line {
        let start = self.at;
        let mut cells = vec![self.cell()];
        while self.byte() == Some(self.separator) {
            self.at += 1;
            cells.push(self.cell());
        }
        let end = self.at;
        if self.byte() == Some(b'\r') {
            self.at += 1;
        }
        if self.byte() == Some(b'\n') {
            self.at += 1;
        }
        Line { cells, start, end }
    }

    /// Whether the cell ends here: a carriage return counts with its line feed, or alone at the end.
    fn ends(&self) -> bool {
        match self.byte() {
            None | Some(b'\n') => true,
            Some(b'\r') => matches!(self.text.as_bytes().get(self.at + 1), None | Some(b'\n')),
            Some(byte) => byte == self.separator,
        }
    }

    fn cell(&mut self) -> Cell {
        self.blanks();
        if self.byte() == Some(b'"') {
            return self.quoted();
        }
        let start = self.at;
        self.rest();
        let text = self.text.get(start..self.at).unwrap_or_default().trim_end();
        Cell { text: text.to_owned(), start, end: start + text.len(), quoted: false, doubled: Vec::new() }
    }

    fn blanks(&mut self) {
        while self.byte().is_some_and(|byte| matches!(byte, b' ' | b'\t') && byte != self.separator) {
            self.at += 1;
        }
    }

    /// To the end of the cell.
    fn rest(&mut self) {
        while !self.ends() {
            self.at += 1;
        }
    }

    fn quoted(&mut self) -> Cell {
        let open = self.at;
        let mut text = String::new();
        let mut doubled = Vec::new();
        let mut from = open + 1;
        loop {
            let rest = self.text.get(from..).unwrap_or_default();
            let Some(quote) = rest.find('"') else {
                let line = rest.find('\n').map_or(self.text.len(), |end| from + end);
                self.faults.push(Fault::Unclosed(open, line));
                text.push_str(rest);
                self.at = self.text.len();
                return trimmed(text, open + 1, self.text.len(), doubled);
            };
            text.push_str(rest.get(..quote).unwrap_or_default());
            self.at = from + quote + 1;
            if self.byte() != Some(b'"') {
                break;
            }
            doubled.push(text.len());
            text.push('"');
            from = self.at + 1;
        }
        let end = self.at - 1;
        self.blanks();
        let behind = self.at;
        self.rest();
        if self.at > behind {
            self.faults.push(Fault::Behind(behind, self.at));
        }
        trimmed(text, open + 1, end, doubled)
    }
}

/// A cell in quotes without the blanks around what it says. No doubled quote stands among them.
fn trimmed(text: String, start: usize, end: usize, doubled: Vec<usize>) -> Cell {
    let lead = text.len() - text.trim_start().len();
    let tail = text.len() - text.trim_end().len();
    let inner = text.trim();
    if inner.is_empty() {
        return Cell { text: String::new(), start, end: start, quoted: true, doubled: Vec::new() };
    }
    Cell {
        text: inner.to_owned(),
        start: start + lead,
        end: end.saturating_sub(tail),
        quoted: true,
        doubled: doubled.into_iter().map(|quote| quote.saturating_sub(lead)).collect(),
    }
}

fn to_u32(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Line]) -> Vec<Vec<&str>> {
        lines.iter().map(|line| line.cells.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    fn said(text: &str, span: Span) -> &str {
        let byte = |at| usize::try_from(at).unwrap();
        text.get(byte(span.start)..byte(span.end)).unwrap()
    }

    #[test]
    fn quotes_line_ends_and_blank_lines_are_those_of_spreadsheets() {
        let (read, faults) = lines("a,b\r\n\r\n\"x \"\"y\"\", z\",\"two\nlines\"\r\n,\r\n last ,-");
        assert_eq!(texts(&read), [vec!["a", "b"], vec!["x \"y\", z", "two\nlines"], vec!["last", "-"]]);
        assert_eq!(faults, []);
    }

    #[test]
    fn every_part_of_a_cell_is_found_in_the_file() {
        let text = "dpd;type\n 31 ; \" \"\"staller\"\", \"\"unwilling\"\" \"\n";
        let (read, _) = lines(text);
        let cell = &read[1].cells[1];
        assert_eq!(cell.text, "\"staller\", \"unwilling\"");
        let word = cell.text.find("unwilling").unwrap();
        assert_eq!(said(text, cell.part(0, word, word + 9)), "unwilling");
        assert_eq!(said(text, cell.span(0)), "\"\"staller\"\", \"\"unwilling\"\"");
    }

    #[test]
    fn quotes_that_do_not_close_and_text_behind_them_are_told() {
        assert_eq!(lines("a\n\"b\n").1, [Fault::Unclosed(2, 4)]);
        assert_eq!(lines("a,b\n\"b\" c,d\n").1, [Fault::Behind(8, 9)]);
    }
}
