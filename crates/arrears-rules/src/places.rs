//! Where in a policy's files something stands, and problems as programs read them.

use arrears::draft::Source;
use arrears::{Problem, Severity, Span};
use serde::Serialize;

/// A place in a policy's files, with lines and columns counted from 1, in characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line on which it begins.
    pub line: usize,
    /// The character at which it begins.
    pub column: usize,
    /// The line on which it ends.
    pub end_line: usize,
    /// One past its last character.
    pub end_column: usize,
}

/// One problem of a policy, for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemRecord {
    /// The stable code, listed in [`arrears::problem::catalogue`].
    pub code: &'static str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// What the author can do about it.
    pub help: Option<String>,
    /// The text at fault first, then any other text that explains it.
    pub labels: Vec<LabelRecord>,
    /// A replacement that would mend it, where one is known.
    pub suggestion: Option<SuggestionRecord>,
}

/// A place and what is to be seen there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LabelRecord {
    /// What is to be seen there.
    pub text: String,
    /// The place; none for what was built by a program.
    pub place: Option<Place>,
}

/// Text that would mend a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SuggestionRecord {
    /// What to replace.
    pub place: Option<Place>,
    /// What to write there.
    pub replacement: String,
}

/// The place of a span; none for what was built by a program.
pub fn place(span: Span, sources: &[Source]) -> Option<Place> {
    let source = sources.get(usize::from(span.file)).filter(|_| span.is_some())?;
    let (line, column) = position(&source.text, span.start);
    let (end_line, end_column) = position(&source.text, span.end);
    Some(Place { file: source.name.clone(), line, column, end_line, end_column })
}

fn position(text: &str, byte: u32) -> (usize, usize) {
    let byte = usize::try_from(byte).unwrap_or(usize::MAX);
    let (mut line, mut column) = (1, 1);
    for (_, letter) in text.char_indices().take_while(|(at, _)| *at < byte) {
        if letter == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    (line, column)
}

/// Problems for programs, in the order given.
pub fn problem_records(problems: &[Problem], sources: &[Source]) -> Vec<ProblemRecord> {
    problems
        .iter()
        .map(|problem| ProblemRecord {
            code: problem.code,
            severity: match problem.severity {
                Severity::Warning => "warning",
                Severity::Error => "error",
            },
            message: problem.message.clone(),
            help: problem.help.clone(),
            labels: problem
                .labels
                .iter()
                .map(|label| LabelRecord { text: label.text.clone(), place: place(label.span, sources) })
                .collect(),
            suggestion: problem.suggestion.as_ref().map(|found| SuggestionRecord {
                place: place(found.span, sources),
                replacement: found.replacement.clone(),
            }),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let sources = [Source { name: "card.rhai".to_owned(), text: "// 卡\nstage \"早\" when dpd;\n".into() }];
        let start = u32::try_from(sources[0].text.find("when").unwrap()).unwrap();
        let found = place(Span::new(0, start, start + 4), &sources).unwrap();
        assert_eq!((found.line, found.column), (2, 11));
        assert_eq!((found.end_line, found.end_column), (2, 15));
        assert_eq!(place(Span::NONE, &sources), None);
    }
}
