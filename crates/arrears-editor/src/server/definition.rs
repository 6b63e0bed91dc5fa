//! Where a name is declared, where it is used, and another name for it.

use super::analysis::{Analysis, File};
use super::cursor::{Cursor, token_at};
use super::document::Document;
use super::expected::expected;
use arrears::draft::{Keyword, Statement};
use arrears::table;
use arrears_rules::{TokenKind, tokens};
use lsp_types::{Location, Position, Range, TextEdit, Uri, WorkspaceEdit};
use std::collections::BTreeMap;

/// The name at a place.
struct Name {
    text: String,
    range: Range,
    /// Whether it stands in quotes.
    quoted: bool,
}

fn name_at(document: &Document, place: Position) -> Option<(usize, Name)> {
    let tokens = document.tokens();
    let byte = document.lines.byte(&document.text, place);
    let index = token_at(&document.text, &tokens, byte)?;
    let token = tokens.get(index)?;
    let written = document.text.get(token.start..token.end)?;
    let quoted = token.kind == TokenKind::Text;
    if !quoted && token.kind != TokenKind::Word {
        return None;
    }
    let range = document.lines.range(&document.text, token.start, token.end);
    Some((index, Name { text: written.trim_matches('"').to_owned(), range, quoted }))
}

/// Where the name at a place is declared.
pub(super) fn definition(document: &Document, analysis: &Analysis, place: Position) -> Vec<Location> {
    let Some((index, name)) = name_at(document, place) else {
        return Vec::new();
    };
    let locations = |statements: Vec<&Statement>| {
        statements.into_iter().filter_map(|statement| location(analysis, statement)).collect()
    };
    if !name.quoted {
        return locations(analysis.word(&name.text).into_iter().collect());
    }
    let tokens = document.tokens();
    let cursor = Cursor::before(&document.text, &tokens, index);
    let kind = expected(analysis, &cursor).and_then(|wanted| wanted.kind);
    let named: Vec<&Statement> = analysis.named(&name.text).collect();
    let of_kind: Vec<&Statement> =
        named.iter().copied().filter(|statement| kind.is_none_or(|kind| statement.keyword == kind)).collect();
    locations(if of_kind.is_empty() { named } else { of_kind })
}

fn location(analysis: &Analysis, statement: &Statement) -> Option<Location> {
    let span = statement.name_span();
    let file = analysis.file(span)?;
    Some(Location::new(file.address.parse().ok()?, file.range(span)))
}

/// Where a threshold, a define or a fact of the policy's own is written, its declaration among them.
pub(super) fn references(document: &Document, analysis: &Analysis, place: Position) -> Vec<Location> {
    let Some((_, name)) = name_at(document, place).filter(|(_, name)| !name.quoted) else {
        return Vec::new();
    };
    if analysis.word(&name.text).is_none() {
        return Vec::new();
    }
    let of = |file: &File| -> Option<(Uri, Vec<Range>)> { Some((file.address.parse().ok()?, uses(file, &name.text))) };
    let files = analysis.files.iter().filter_map(of);
    files.flat_map(|(uri, ranges)| ranges.into_iter().map(move |range| Location::new(uri.clone(), range))).collect()
}

/// Where a name of conditions stands in a file: not as a key of a map, not as a part of something else, and not
/// in a script, which has names of its own.
fn uses(file: &File, name: &str) -> Vec<Range> {
    let (tokens, _) = tokens(&file.text);
    let word = |index: Option<usize>| {
        let token = index.and_then(|index| tokens.get(index));
        token.and_then(|token| file.text.get(token.start..token.end)).unwrap_or_default()
    };
    let mut script_ends = 0;
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if word(Some(index)) == "script" && word(Some(index + 1)) == "(" {
            script_ends = tokens.get(index + 1).and_then(|open| open.mate).unwrap_or(index).max(script_ends);
        }
        let is_part = matches!(word(index.checked_sub(1)), "." | "?." | "::");
        let is_name = token.kind == TokenKind::Word && word(Some(index)) == name && index >= script_ends;
        if is_name && !is_part && !matches!(word(Some(index + 1)), ":" | "::" | "(") {
            found.push(file.range_of(token.start, token.end));
        }
    }
    found
}

/// The threshold or define at a place that can be given another name.
pub(super) fn renamable(document: &Document, analysis: &Analysis, place: Position) -> Option<Range> {
    let (_, name) = name_at(document, place).filter(|(_, name)| !name.quoted)?;
    let statement = analysis.word(&name.text)?;
    matches!(statement.keyword, Keyword::Threshold | Keyword::Define).then_some(name.range)
}

/// Gives the threshold or define at a place another name, wherever it is written.
///
/// # Errors
///
/// Why it cannot have that name, in a sentence.
pub(super) fn rename(
    document: &Document,
    analysis: &Analysis,
    place: Position,
    new: &str,
) -> Result<WorkspaceEdit, String> {
    if renamable(document, analysis, place).is_none() {
        return Err("only thresholds and defines can be given another name".to_owned());
    }
    let letters = new.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !letters || !new.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        return Err(format!("`{new}` is no name: names are letters, digits and `_`, and begin with a letter"));
    }
    let taken = analysis.word(new).is_some() || table::find(new).is_some() || table::find_of_contact(new).is_some();
    if taken || !crate::language::about(new).is_empty() || crate::language::is_script_word(new) {
        return Err(format!("`{new}` is taken: it is a word of the language or of this policy"));
    }
    let mut edits: BTreeMap<String, (Uri, Vec<TextEdit>)> = BTreeMap::new();
    for Location { uri, range } in references(document, analysis, place) {
        let edit = TextEdit { range, new_text: new.to_owned() };
        edits.entry(uri.as_str().to_owned()).or_insert_with(|| (uri, Vec::new())).1.push(edit);
    }
    let document_edits = edits.into_values().map(|(uri, edits)| lsp_types::TextDocumentEdit {
        text_document: lsp_types::OptionalVersionedTextDocumentIdentifier { uri, version: None },
        edits: edits.into_iter().map(lsp_types::OneOf::Left).collect(),
    });
    let changes = lsp_types::DocumentChanges::Edits(document_edits.collect());
    Ok(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}
