//! The records of a CSV file: cells between commas, quotes around what holds a comma.

use std::io::{self, BufRead};

/// The longest record, in bytes. A quote that is never closed would otherwise swallow
/// the rest of the file.
const LONGEST: usize = 4 * 1024 * 1024;

/// One record, as cells of bytes.
#[derive(Debug, Default)]
pub(super) struct Record {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// Whether the file ends within its last line.
    pub(super) unfinished: bool,
}

impl Record {
    /// How many cells it has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cell at a position.
    pub(super) fn cell(&self, position: usize) -> Option<&[u8]> {
        let end = *self.ends.get(position)?;
        let start = match position.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.bytes.get(start..end)
    }

    /// Every cell.
    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|position| self.cell(position))
    }

    fn end_cell(&mut self) {
        self.ends.push(self.bytes.len());
    }
}

/// Why the records cannot be read on.
#[derive(Debug)]
pub(super) enum Broken {
    /// The file cannot be read.
    Read(io::Error),
    /// A quote opened on this line is not closed.
    OpenQuote(u64),
    /// The record that begins on this line is too long.
    TooLong(u64),
}

/// Where in a cell the reading stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    Plain,
    Quoted,
    /// After a quote within quotes: the end of the cell, or the first of two.
    Closing,
}

/// Reads the records of a file one after another. Blank lines are passed over.
#[derive(Debug)]
pub(super) struct Records<R> {
    source: R,
    line: u64,
    text: Vec<u8>,
    record: Record,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, line: 0, text: Vec::new(), record: Record::default() }
    }

    /// The next record; none at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<&Record>, Broken> {
        self.record.bytes.clear();
        self.record.ends.clear();
        let mut at = At::Start;
        let mut quote_line = 0;
        loop {
            if !self.read_line()? {
                return match at {
                    At::Quoted => Err(Broken::OpenQuote(quote_line)),
                    _ => Ok(None),
                };
            }
            let blank = matches!(self.text.as_slice(), b"\n" | b"\r\n");
            if at == At::Start && blank {
                continue;
            }
            if at == At::Start {
                self.record.line = self.line;
            }
            at = split(&self.text, at, &mut self.record, || quote_line = self.line);
            if at != At::Quoted {
                self.record.unfinished = !self.text.ends_with(b"\n");
                return Ok(Some(&self.record));
            }
            if self.record.bytes.len() > LONGEST {
                return Err(Broken::OpenQuote(quote_line));
            }
        }
    }

    fn read_line(&mut self) -> Result<bool, Broken> {
        self.text.clear();
        loop {
            let chunk = self.source.fill_buf().map_err(Broken::Read)?;
            let (part, done) = match chunk.iter().position(|byte| *byte == b'\n') {
                Some(end) => (chunk.get(..=end).unwrap_or(chunk), true),
                None => (chunk, chunk.is_empty()),
            };
            let read = part.len();
            self.text.extend_from_slice(part);
            self.source.consume(read);
            if self.text.len() > LONGEST {
                return Err(Broken::TooLong(self.line + 1));
            }
            if done {
                break;
            }
        }
        if self.line == 0 && self.text.starts_with(b"\xEF\xBB\xBF") {
            self.text.drain(..3);
        }
        self.line += 1;
        Ok(!self.text.is_empty())
    }
}

/// Adds the cells of a line to the record. Says where it stands at the end of the line.
fn split(text: &[u8], mut at: At, record: &mut Record, mut opened: impl FnMut()) -> At {
    let ended = text.strip_suffix(b"\r\n").or_else(|| text.strip_suffix(b"\n")).unwrap_or(text);
    for &byte in ended {
        at = match (at, byte) {
            (At::Start, b'"') => {
                opened();
                At::Quoted
            }
            (At::Quoted, b'"') => At::Closing,
            (At::Closing, b'"') => {
                record.bytes.push(b'"');
                At::Quoted
            }
            (At::Start | At::Plain | At::Closing, b',') => {
                record.end_cell();
                At::Start
            }
            (At::Quoted, _) => {
                record.bytes.push(byte);
                At::Quoted
            }
            (At::Start | At::Plain | At::Closing, _) => {
                record.bytes.push(byte);
                At::Plain
            }
        };
    }
    if at == At::Quoted {
        record.bytes.push(b'\n');
    } else {
        record.end_cell();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut records = Records::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(record) = records.next().unwrap() {
            let cells = record.cells().map(|cell| String::from_utf8(cell.to_vec()).unwrap());
            found.push(cells.collect());
        }
        found
    }

    #[test]
    fn commas_quotes_and_line_breaks_may_stand_within_quotes() {
        assert_eq!(
            read("a,\"b, \"\"c\"\"\",d\r\n\"two\nlines\",,\n"),
            [vec!["a", "b, \"c\"", "d"], vec!["two\nlines", "", ""]]
        );
    }

    #[test]
    fn a_byte_order_mark_and_blank_lines_are_passed_over() {
        assert_eq!(read("\u{feff}a,b\n\n1,2\n\r\n3,4"), [["a", "b"], ["1", "2"], ["3", "4"]]);
    }

    #[test]
    fn a_record_knows_the_line_on_which_it_begins() {
        let mut records = Records::new("a\n\"x\ny\"\n\nz".as_bytes());
        let mut lines = Vec::new();
        while let Some(record) = records.next().unwrap() {
            lines.push((record.line, record.unfinished));
        }
        assert_eq!(lines, [(1, false), (2, false), (5, true)]);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_named_by_its_line() {
        let mut records = Records::new("a,b\n1,\"open\n2,3\n".as_bytes());
        assert!(records.next().unwrap().is_some());
        assert!(matches!(records.next(), Err(Broken::OpenQuote(2))));
    }
}
