//! Text as a reader hears it: without case, width, spaces and punctuation.

use crate::spoken::is_han;
use crate::template::Place;

/// One letter or digit of a text, with where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub(super) found: char,
    pub(super) place: Place,
    /// Whether a word begins with it.
    pub(super) starts: bool,
    /// Whether a word ends with it.
    pub(super) ends: bool,
}

/// Stands where a variable is written: it is like no letter.
pub(super) const VARIABLE: char = '\u{fffc}';

/// The letters of a text whose pieces stand at their places. `None` is a variable.
pub(super) fn squeeze<'a>(pieces: impl IntoIterator<Item = (Place, Option<&'a str>)>) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut broken = true;
    for (place, text) in pieces {
        let Some(text) = text else {
            end(&mut letters);
            letters.push(Letter { found: VARIABLE, place, starts: true, ends: true });
            broken = true;
            continue;
        };
        let mut at = place;
        for written in text.chars() {
            let narrow = narrowed(written);
            if narrow.is_alphanumeric() {
                let whole = is_han(narrow);
                if whole {
                    end(&mut letters);
                }
                for (index, found) in narrow.to_lowercase().filter(|found| found.is_alphanumeric()).enumerate() {
                    letters.push(Letter { found, place: at, starts: index == 0 && (broken || whole), ends: whole });
                }
                broken = whole;
            } else if !is_silent(narrow) {
                end(&mut letters);
                broken = true;
            }
            at = at.after(written);
        }
    }
    end(&mut letters);
    letters
}

fn end(letters: &mut [Letter]) {
    if let Some(last) = letters.last_mut() {
        last.ends = true;
    }
}

/// Full-width forms as the ordinary ones.
fn narrowed(written: char) -> char {
    match written {
        '\u{ff01}'..='\u{ff5e}' => u32::from(written).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(written),
        other => other,
    }
}

/// Characters that nobody sees, and apostrophes, which do not end a word.
const fn is_silent(found: char) -> bool {
    matches!(found, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\'' | '’')
}
