//! Lines as wide as a telephone shows them.

use crate::spoken::is_han;

/// How wide a text is shown: a Chinese character and a full-width sign take two columns.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

fn columns(found: char) -> usize {
    let wide =
        is_han(found) || matches!(found, '\u{3000}'..='\u{303f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}');
    if wide { 2 } else { 1 }
}

/// The text in lines of at most `most` columns, the second and later ones set in by two. A line breaks at a
/// space, or beside a Chinese character; a word that is longer than a line is cut.
pub(super) fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words(text) {
        let bare = word.trim_start();
        if width(&line) + width(&word) <= most {
            line.push_str(&word);
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        line = if lines.is_empty() { String::new() } else { "  ".to_owned() };
        for found in bare.chars() {
            if width(&line) + columns(found) > most {
                lines.push(std::mem::replace(&mut line, "  ".to_owned()).trim_end().to_owned());
            }
            line.push(found);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The pieces between which a line may break, each with the space before it. A sign stays with what it follows.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for found in text.chars() {
        let breaks = found.is_whitespace() || (is_han(found) && !word.trim().is_empty());
        let after_han = word.chars().last().is_some_and(is_han) && found.is_alphanumeric();
        if (breaks || after_han) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.push(if found.is_whitespace() { ' ' } else { found });
    }
    words.push(word);
    words
}

/// A label and an amount on one line, the amount at its end; on two lines where one is too narrow.
pub(super) fn beside(label: &str, amount: &str, most: usize) -> Vec<String> {
    let (left, right) = (width(label), width(amount));
    if left + right < most {
        return vec![format!("{label}{}{amount}", " ".repeat(most - left - right))];
    }
    let mut lines = wrapped(label, most);
    lines.push(format!("{}{amount}", " ".repeat(most.saturating_sub(right))));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn english_breaks_at_spaces_and_chinese_anywhere() {
        assert_eq!(wrapped("what you borrowed or spent", 12), ["what you", "  borrowed", "  or spent"]);
        assert_eq!(wrapped("截至今天的利息", 10), ["截至今天的", "  利息"]);
        assert_eq!(beside("fees", "USD 1.00", 20), ["fees        USD 1.00"]);
        assert_eq!(beside("利息", "1.00元", 10), ["利息", "    1.00元"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_is_lost(text in "[a-z元利息 ，。0-9.]{0,120}", most in 6_usize..50) {
            let lines = wrapped(&text, most);
            let letters = |text: &str| text.chars().filter(|found| !found.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in lines {
                prop_assert!(width(&line) <= most, "{}", line);
            }
        }
    }
}
