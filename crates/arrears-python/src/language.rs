//! The language of policies, and how their files are laid out.

use arrears::draft::Source;
use arrears::problem::nearest;
use arrears_editor::{Language, about, format, overview};
use arrears_rules::{Style, problem_records, render};
use pyo3::prelude::*;
use serde_json::json;

/// A text laid out, unless it cannot be read; what is wrong with it, as JSON and as text.
#[pyfunction]
pub(crate) fn layout(py: Python<'_>, name: &str, text: &str) -> (Option<String>, String, String) {
    py.detach(|| match format(text) {
        Ok(laid) => (Some(laid), "[]".to_owned(), String::new()),
        Err(problems) => {
            let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
            let sources = [Source { name: name.to_owned(), text: plain.into() }];
            let found = json!(problem_records(&problems, &sources)).to_string();
            (None, found, render(&problems, &sources, Style::default()))
        }
    })
}

/// The language as JSON and as a list of its words; of a word, all that it means and the nearest word there is.
#[pyfunction]
#[pyo3(signature = (word = None))]
pub(crate) fn language(word: Option<&str>) -> (String, Vec<String>, Option<String>) {
    let language = Language::of_this_version();
    match word {
        None => (json!(language).to_string(), vec![overview()], None),
        Some(word) => (String::new(), about(word), nearest(word, language.words()).map(ToString::to_string)),
    }
}
