//! What is wrong, as the editor shows it.

use super::analysis::Analysis;
use arrears::problem::Label;
use arrears::{Problem, Severity};
use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Uri,
};
use std::collections::BTreeMap;

/// Where the codes are explained.
const PAGE: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/problems.md");

/// The problems of a policy, by the address of the file in which each stands.
pub(super) fn diagnostics(analysis: &Analysis) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut found: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for file in &analysis.files {
        found.entry(file.address.clone()).or_default();
    }
    for problem in &analysis.problems {
        // What has no place stands at the beginning of the text that was asked about.
        let file = analysis.file(problem.span()).or_else(|| analysis.files.get(usize::from(analysis.own)));
        if let Some(file) = file {
            let range = if problem.span().is_some() { file.range(problem.span()) } else { file.range_of(0, 0) };
            found.entry(file.address.clone()).or_default().push(Diagnostic { range, ..diagnostic(analysis, problem) });
        }
    }
    found
}

fn diagnostic(analysis: &Analysis, problem: &Problem) -> Diagnostic {
    let mut message = problem.message.clone();
    let mut labels = problem.labels.iter();
    if let Some(first) = labels.next().filter(|first| !first.text.is_empty()) {
        message.push_str(&format!("\n{}", first.text));
    }
    if let Some(help) = &problem.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    let related: Vec<DiagnosticRelatedInformation> = labels.filter_map(|label| related(analysis, label)).collect();
    let href = format!("{PAGE}#{}", problem.code.to_lowercase());
    Diagnostic {
        severity: Some(match problem.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(problem.code.to_owned())),
        code_description: href.parse().ok().map(|href| CodeDescription { href }),
        source: Some("arrears".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

fn related(analysis: &Analysis, label: &Label) -> Option<DiagnosticRelatedInformation> {
    let file = analysis.file(label.span)?;
    let uri: Uri = file.address.parse().ok()?;
    Some(DiagnosticRelatedInformation {
        location: Location::new(uri, file.range(label.span)),
        message: label.text.clone(),
    })
}
