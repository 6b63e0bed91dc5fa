//! What an open text says: statements and problems of the policy to which it belongs.

use super::address::{address_of, path_of};
use super::document::Document;
use super::lines::Lines;
use arrears::draft::{Draft, Source, Statement};
use arrears::{Problem, Span};
use arrears_rules::{Edited, LoadedFile, Reading, check_reading, read_edited, read_source};
use lsp_types::Range;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many folders above a module its policy is looked for.
const FOLDERS: usize = 4;
/// How many policies are asked whether they import a module.
const ASKED: usize = 16;
/// Bytes of a file that is looked at.
const LONGEST: u64 = 1024 * 1024;

/// A file of a policy.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// Its address.
    pub(super) address: String,
    /// Its text, as it was read.
    pub(super) text: Arc<str>,
    lines: Lines,
}

/// A policy as its files say it.
#[derive(Clone, Debug)]
pub(super) struct Analysis {
    /// Its statements, as far as they can be read.
    pub(super) draft: Draft,
    /// What is wrong with it.
    pub(super) problems: Vec<Problem>,
    /// Its files, in the order in which spans name them.
    pub(super) files: Vec<File>,
    /// The place of the text that was asked about among them.
    pub(super) own: u16,
    /// Whether it is a pack of law.
    pub(super) is_pack: bool,
}

/// The open texts, by address.
pub(super) type Open = BTreeMap<String, Document>;

/// Reads the policy to which an open text belongs: itself, or one in a folder above that imports it.
pub(super) fn analyse(document: &Document, open: &Open) -> Analysis {
    let edited = edited(open);
    let Some(path) = path_of(&document.address).and_then(|path| path.canonicalize().ok()) else {
        let reading = read_source(name_of(&document.address), &document.text);
        return Analysis::new(reading, None, document, open, !has_head(&document.text));
    };
    if has_head(&document.text) {
        return Analysis::new(read_edited(&path, &document.text, &edited), Some(&path), document, open, false);
    }
    match importing(&path, &edited) {
        Some((root, reading)) => Analysis::new(reading, Some(&root), document, open, false),
        None => {
            let reading = read_edited(&path, &document.text, &edited);
            Analysis::new(reading, Some(&path), document, open, true)
        }
    }
}

fn edited(open: &Open) -> Edited {
    let of = |document: &Document| Some((path_of(&document.address)?.canonicalize().ok()?, Arc::clone(&document.text)));
    open.values().filter_map(of).collect()
}

fn name_of(address: &str) -> &str {
    address.rsplit(['/', ':']).next().unwrap_or(address)
}

/// Whether a text begins a policy or a pack; one that does not is a module.
fn has_head(text: &str) -> bool {
    let begins = |line: &str, word: &str| {
        line.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '\t', '"']) || rest.is_empty())
    };
    text.lines().any(|line| begins(line, "policy") || begins(line, "pack"))
}

/// The policy that imports a module, in its folder or in one above it.
fn importing(module: &Path, edited: &Edited) -> Option<(PathBuf, Reading)> {
    let mut asked = 0;
    for folder in module.ancestors().skip(1).take(FOLDERS) {
        for root in policies(folder) {
            let text = match edited.get(&root) {
                Some(text) => Arc::clone(text),
                None => text_of(&root)?,
            };
            if root == module || !has_head(&text) || !text.contains("import") {
                continue;
            }
            asked += 1;
            if asked > ASKED {
                return None;
            }
            let reading = read_edited(&root, &text, edited);
            let is_read = |source: &Source| folder.join(&source.name) == module;
            if reading.draft.sources.iter().skip(1).any(is_read) {
                return Some((root, reading));
            }
        }
    }
    None
}

fn text_of(path: &Path) -> Option<Arc<str>> {
    let short = path.metadata().is_ok_and(|about| about.len() <= LONGEST);
    let read = if short { std::fs::read_to_string(path) } else { Ok(String::new()) };
    Some(read.unwrap_or_default().into())
}

/// The policy files of a folder, by name.
fn policies(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| entry.ok()?.path().canonicalize().ok());
    let mut paths: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "rhai")).take(1_000).collect();
    paths.sort();
    paths
}

impl Analysis {
    fn new(reading: Reading, root: Option<&Path>, document: &Document, open: &Open, alone: bool) -> Self {
        let draft = reading.draft.clone();
        let is_pack = reading.is_pack();
        let problems = if alone {
            // Of a module alone only the text can be judged.
            reading.problems
        } else {
            match check_reading(reading, &[]) {
                LoadedFile::Policy(loaded) => loaded.problems,
                LoadedFile::Pack(loaded) => loaded.problems,
            }
        };
        let files: Vec<File> =
            draft.sources.iter().enumerate().map(|(at, source)| file(at, source, root, open)).collect();
        let files = match root {
            Some(_) => files,
            None => files.into_iter().map(|file| File { address: document.address.clone(), ..file }).collect(),
        };
        let own = files.iter().position(|file| file.address == document.address).unwrap_or(0);
        Self { draft, problems, files, own: u16::try_from(own).unwrap_or(0), is_pack }
    }

    /// The file in which a span lies.
    pub(super) fn file(&self, span: Span) -> Option<&File> {
        self.files.get(usize::from(span.file)).filter(|_| span.is_some())
    }

    /// The text at a span.
    pub(super) fn quote(&self, span: Span) -> &str {
        let bytes = |byte| usize::try_from(byte).unwrap_or(usize::MAX);
        self.file(span).and_then(|file| file.text.get(bytes(span.start)..bytes(span.end))).unwrap_or_default()
    }

    /// The statements of the text that was asked about.
    pub(super) fn own_statements(&self) -> impl Iterator<Item = &Statement> {
        self.draft.statements.iter().filter(|statement| statement.span.file == self.own)
    }
}

fn file(at: usize, source: &Source, root: Option<&Path>, open: &Open) -> File {
    let path = root.map(|root| match root.parent() {
        Some(folder) if at > 0 => folder.join(&source.name),
        _ => root.to_path_buf(),
    });
    let is_open = |document: &&Document| {
        let of = path_of(&document.address).and_then(|path| path.canonicalize().ok());
        of.is_some() && of == path
    };
    let address = match (open.values().find(is_open), &path) {
        (Some(document), _) => document.address.clone(),
        (None, Some(path)) => address_of(path),
        (None, None) => source.name.clone(),
    };
    File { address, lines: Lines::of(&source.text), text: Arc::clone(&source.text) }
}

impl File {
    /// The range of a span that lies in it.
    pub(super) fn range(&self, span: Span) -> Range {
        let bytes = |byte| usize::try_from(byte).unwrap_or(usize::MAX);
        self.lines.range(&self.text, bytes(span.start), bytes(span.end))
    }

    /// The range of some of its bytes.
    pub(super) fn range_of(&self, start: usize, end: usize) -> Range {
        self.lines.range(&self.text, start, end)
    }
}
