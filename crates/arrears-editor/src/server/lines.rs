//! Lines and columns as the protocol counts them: from 0, columns in UTF-16 code units.

use lsp_types::{Position, Range};

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub(super) struct Lines(Vec<usize>); // INVARIANT: ascending, the first is 0.

impl Lines {
    /// The lines of a text; a line ends with a line feed, a carriage return, or both.
    pub(super) fn of(text: &str) -> Self {
        let mut starts = vec![0];
        let bytes = text.as_bytes();
        for (index, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || *byte == b'\r' && bytes.get(index + 1) != Some(&b'\n') {
                starts.push(index + 1);
            }
        }
        Self(starts)
    }

    /// The place of a byte; of one inside a character, that of the character.
    pub(super) fn position(&self, text: &str, byte: usize) -> Position {
        let byte = floor(text, byte);
        let line = self.0.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.0.get(line).copied().unwrap_or(0);
        let before = text.get(start..byte).unwrap_or_default();
        Position::new(small(line), small(before.encode_utf16().count()))
    }

    /// The byte of a place; of one behind the end of its line, the end, and behind the last line, the end of
    /// the text.
    pub(super) fn byte(&self, text: &str, place: Position) -> usize {
        let line = usize::try_from(place.line).unwrap_or(usize::MAX);
        let Some(start) = self.0.get(line).copied() else {
            return text.len();
        };
        let mut left = place.character;
        let rest = text.get(start..).unwrap_or_default();
        for (at, letter) in rest.char_indices() {
            let units = small(letter.len_utf16());
            if left < units || letter == '\n' || letter == '\r' {
                return start + at;
            }
            left -= units;
        }
        text.len()
    }

    /// The range of some bytes.
    pub(super) fn range(&self, text: &str, start: usize, end: usize) -> Range {
        Range::new(self.position(text, start), self.position(text, end))
    }
}

/// The beginning of the character in which a byte lies.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_counted_in_utf_16() {
        let text = "// 卡🏦x\r\nab";
        let lines = Lines::of(text);
        let x = text.find('x').unwrap();
        assert_eq!(lines.position(text, x), Position::new(0, 6));
        assert_eq!(lines.byte(text, Position::new(0, 6)), x);
        // Inside of the pair of code units of one character.
        assert_eq!(lines.byte(text, Position::new(0, 5)), text.find('🏦').unwrap());
        assert_eq!(lines.byte(text, Position::new(0, 99)), text.find('\r').unwrap());
        assert_eq!(lines.position(text, text.len()), Position::new(1, 2));
        assert_eq!(lines.byte(text, Position::new(9, 0)), text.len());
    }

    proptest! {
        #[test]
        fn a_place_is_found_again(text in "[a\\r\\n卡🏦]{0,40}", at in any::<prop::sample::Index>()) {
            let lines = Lines::of(&text);
            let byte = floor(&text, at.index(text.len() + 1));
            let found = lines.byte(&text, lines.position(&text, byte));
            // Between the two signs of one line end there is no place.
            prop_assert!(found == byte || text.get(found..byte) == Some("\r"), "{found} {byte}");
        }

        #[test]
        fn every_place_is_a_whole_character(text in ".{0,30}", line in 0..5_u32, character in 0..40_u32) {
            let byte = Lines::of(&text).byte(&text, Position::new(line, character));
            prop_assert!(text.is_char_boundary(byte));
        }
    }
}
