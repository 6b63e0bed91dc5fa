//! Text in lines that fit.

use crate::picture::svg::{Tenths, width_of};

/// A text in lines that are no wider than this. A word that is wider itself is broken.
pub(crate) fn wrapped(text: &str, size: i64, width: Tenths) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let with = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width_of(&with, size) <= width {
            line = with;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            let mut with = line.clone();
            with.push(letter);
            if width_of(&with, size) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                line.push(letter);
            } else {
                line = with;
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked_and_no_letter_is_lost(text in "[a-z提醒 ]{0,80}", width in 150_i64..2_000) {
            let lines = wrapped(&text, 10, width);
            prop_assert!(lines.iter().all(|line| width_of(line, 10) <= width));
            let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
