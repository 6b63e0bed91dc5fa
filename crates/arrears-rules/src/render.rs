//! Shows problems as text: the line, the place, what is wrong, and what helps.

use arrears::draft::Source;
use arrears::problem::Label;
use arrears::{Problem, Severity, Span};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode, SourceSpan};
use std::fmt;

/// How problems are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour the text for a terminal.
    pub colour: bool,
    /// Columns of a line.
    pub width: usize,
}

impl Default for Style {
    /// 80 columns, no colour.
    fn default() -> Self {
        Self { colour: false, width: 80 }
    }
}

/// Lines longer than this are shown in part.
const LONG_LINE: usize = 240;

/// Shows problems one below the other, in the order given.
pub fn render(problems: &[Problem], sources: &[Source], style: Style) -> String {
    let theme = if style.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler =
        GraphicalReportHandler::new_themed(theme).with_width(style.width).with_context_lines(1).with_links(false);
    let mut text = String::new();
    for problem in problems {
        if !text.is_empty() {
            text.push('\n');
        }
        let shown = Shown::new(problem, sources);
        if handler.render_report(&mut text, &shown).is_err() {
            text.push_str(&problem.to_string());
            text.push('\n');
        }
    }
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// One problem in one file; labels in other files hang below it.
#[derive(Debug)]
struct Shown {
    code: Option<&'static str>,
    severity: Severity,
    message: String,
    help: Option<String>,
    source: Option<NamedSource<String>>,
    labels: Vec<(SourceSpan, String)>,
    related: Vec<Shown>,
}

impl Shown {
    fn new(problem: &Problem, sources: &[Source]) -> Self {
        let first = problem.span();
        let (here, elsewhere): (Vec<&Label>, Vec<&Label>) =
            problem.labels.iter().partition(|label| label.span.file == first.file);
        let (source, labels) = snippet(&here, first, sources);
        let related = elsewhere
            .into_iter()
            .map(|label| {
                let (source, labels) = snippet(&[label], label.span, sources);
                Self {
                    code: None,
                    severity: problem.severity,
                    message: label.text.clone(),
                    help: None,
                    source,
                    labels,
                    related: Vec::new(),
                }
            })
            .collect();
        Self {
            code: Some(problem.code),
            severity: problem.severity,
            message: problem.message.clone(),
            help: problem.help.clone(),
            source,
            labels,
            related,
        }
    }
}

type Snippet = (Option<NamedSource<String>>, Vec<(SourceSpan, String)>);

fn snippet(labels: &[&Label], first: Span, sources: &[Source]) -> Snippet {
    let Some(source) = sources.get(usize::from(first.file)).filter(|_| first.is_some()) else {
        return (None, Vec::new());
    };
    let mut text = source.text.to_string();
    let mut spans: Vec<(usize, usize, String)> =
        labels.iter().map(|label| (index(label.span.start), index(label.span.end), label.text.clone())).collect();
    shorten_lines(&mut text, &mut spans);
    let length = text.len();
    let labels = spans
        .into_iter()
        .map(|(start, end, label)| {
            let start = start.min(length);
            let end = end.clamp(start, length);
            (SourceSpan::new(start.into(), end - start), label)
        })
        .collect();
    (Some(NamedSource::new(&source.name, text)), labels)
}

/// Cuts every long line after its last label, or at its beginning.
fn shorten_lines(text: &mut String, spans: &mut [(usize, usize, String)]) {
    if text.lines().all(|line| line.len() <= LONG_LINE) {
        return;
    }
    let mut shortened = String::with_capacity(text.len().min(1 << 16));
    let mut at = 0;
    let mut moved: Vec<(usize, usize)> = spans.iter().map(|(start, end, _)| (*start, *end)).collect();
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let begin = shortened.len();
        let cut = cut_line(body, at, spans);
        shortened.push_str(body.get(..cut).unwrap_or(body));
        if cut < body.len() {
            shortened.push_str(" ...");
        }
        for ((start, end, _), place) in spans.iter().zip(&mut moved) {
            for (from, to) in [(*start, &mut place.0), (*end, &mut place.1)] {
                if (at..=at + body.len()).contains(&from) {
                    *to = begin + (from - at).min(cut);
                }
            }
        }
        at += line.len();
        shortened.push_str(line.get(body.len()..).unwrap_or_default());
    }
    for ((start, end, _), (from, to)) in spans.iter_mut().zip(moved) {
        (*start, *end) = (from, to);
    }
    *text = shortened;
}

/// How many bytes of a line that begins at byte `at` are shown.
fn cut_line(line: &str, at: usize, spans: &[(usize, usize, String)]) -> usize {
    if line.len() <= LONG_LINE {
        return line.len();
    }
    let last = spans
        .iter()
        .filter(|(start, ..)| (at..at + line.len()).contains(start))
        .map(|(start, end, _)| (start - at + 40).min(end - at + 20))
        .max()
        .unwrap_or(0);
    let mut cut = last.max(LONG_LINE / 2).min(line.len());
    while !line.is_char_boundary(cut) {
        cut += 1;
    }
    cut
}

fn index(byte: u32) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        if self.labels.is_empty() {
            return None;
        }
        Some(Box::new(self.labels.iter().map(|(span, text)| LabeledSpan::new_with_span(Some(text.clone()), *span))))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        if self.related.is_empty() {
            return None;
        }
        Some(Box::new(self.related.iter().map(|shown| shown as &dyn Diagnostic)))
    }
}
