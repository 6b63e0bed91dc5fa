//! How wide text is shown on a screen whose letters all have one width.

use crate::spoken::is_han;

/// How wide a text is shown: a Chinese character and a full-width sign take two columns.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// The columns of one character.
pub(crate) fn columns(found: char) -> usize {
    let wide = matches!(found, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}');
    if wide || is_han(found) { 2 } else { 1 }
}
