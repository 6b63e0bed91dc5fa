//! Running text, broken over lines.

use super::screen;
use textwrap::{Options, WordSplitter, WrapAlgorithm};

/// The widest that a page is set.
const PAGE: usize = 80;

/// Text that begins behind `first`, and whose further lines are indented by so many columns.
pub(crate) fn hanging(first: &str, indent: usize, text: &str) -> String {
    let further = " ".repeat(indent);
    let options = Options::new(screen::width().min(PAGE))
        .initial_indent(first)
        .subsequent_indent(&further)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let text = screen::printable(text).replace('\n', " ");
    let lines: Vec<String> = textwrap::wrap(&text, options).iter().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n", lines.join("\n"))
}

/// Text indented by so many columns; nothing where there is no text.
pub(crate) fn paragraph(indent: usize, text: &str) -> String {
    if text.is_empty() { String::new() } else { hanging(&" ".repeat(indent), indent, text) }
}

/// A text with a word before it, as in `not covered: ...`; nothing where there is no text.
pub(crate) fn named(indent: usize, name: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { hanging(&format!("{}{name}: ", " ".repeat(indent)), indent + 2, text) }
}

/// A heading on a line of its own, behind an empty line.
pub(crate) fn title(text: &str) -> String {
    format!("\n{}\n", screen::heading(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_a_page_and_no_word_is_broken() {
        let text = paragraph(4, &"a rule of law ".repeat(20));
        assert!(text.lines().all(|line| line.len() <= PAGE && line.starts_with("    a") || line.starts_with("    ")));
        assert_eq!(text.split_whitespace().count(), 80);
    }

    #[test]
    fn nothing_is_said_of_what_is_not_there() {
        assert_eq!(named(2, "not covered", ""), "");
        assert_eq!(named(2, "not covered", "letters"), "  not covered: letters\n");
    }
}
