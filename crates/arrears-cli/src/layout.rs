//! A policy file, and how it is laid out.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::policy_file;
use arrears::Problem;
use arrears::draft::Source;
use arrears_editor::{changes, format, replace_file};
use arrears_rules::problem_records;
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// A file, and what it is like laid out.
pub(crate) struct LaidFile {
    path: PathBuf,
    text: String,
    /// The text laid out, or why it is not.
    pub(crate) laid: Result<String, Vec<Problem>>,
}

/// Reads a file, or stdin for `-`.
pub(crate) fn read(path: &Path) -> Result<LaidFile, Failure> {
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        std::io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(path).map(|read| bytes = read)
    };
    let name = path.display();
    read.map_err(|error| Failure::new(Exit::File, format!("cannot read `{name}`: {error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(Exit::File, format!("`{name}` is not UTF-8 text; save it as UTF-8")))?;
    let laid = format(&text);
    Ok(LaidFile { path: path.to_owned(), text, laid })
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

impl LaidFile {
    /// Its name.
    pub(crate) fn name(&self) -> String {
        if is_stdin(&self.path) { "stdin".to_owned() } else { self.path.display().to_string() }
    }

    /// The text that goes to stdout because it came from stdin.
    pub(crate) fn passed_on(&self) -> Option<&str> {
        self.laid.as_deref().ok().filter(|_| is_stdin(&self.path))
    }

    /// Whether laying it out changes it.
    pub(crate) fn changed(&self) -> bool {
        self.laid.as_ref().is_ok_and(|laid| *laid != self.text)
    }

    /// What laying it out changes, line by line.
    pub(crate) fn changes(&self) -> String {
        self.laid.as_ref().map_or_else(|_| String::new(), |laid| changes(&self.name(), &self.text, laid))
    }

    fn sources(&self) -> Vec<Source> {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        vec![Source { name: self.name(), text: text.into() }]
    }

    /// What is wrong with it, as text.
    pub(crate) fn problems(&self) -> Option<String> {
        self.laid.as_ref().err().map(|problems| policy_file::show(problems, &self.sources()))
    }

    /// Writes it laid out; what came from stdin has no file.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        match &self.laid {
            Ok(laid) if !is_stdin(&self.path) => replace_file(&self.path, laid)
                .map_err(|error| Failure::new(Exit::File, format!("cannot write `{}`: {error}", self.name()))),
            _ => Ok(()),
        }
    }

    /// What is told to programs.
    pub(crate) fn record(&self) -> Value {
        let problems = self.laid.as_ref().err().map_or(&[][..], Vec::as_slice);
        json!({
            "file": self.name(), "changed": self.changed(),
            "text": self.passed_on(), "problems": problem_records(problems, &self.sources()),
        })
    }
}
