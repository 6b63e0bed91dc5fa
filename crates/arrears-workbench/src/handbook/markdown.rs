//! A handbook as Markdown.

use super::Handbook;
use super::document::{Block, Chapter, Entry, Table, Told};
use crate::wording::Prose;
use std::fmt::Write as _;

impl Handbook {
    /// The handbook as Markdown with tables, anchors and the ladder as Mermaid. What stands in the policy is text,
    /// whatever it holds.
    pub fn markdown(&self) -> String {
        let front = &self.front;
        let mut out = format!("# {}: a handbook\n\n", escaped(&crate::wording::human(&front.policy)));
        if !front.why.is_empty() {
            let _ = writeln!(out, "*{}*\n", escaped(&front.why));
        }
        out.push_str("|  |  |\n|---|---|\n");
        for field in front.fields() {
            let _ = writeln!(out, "| {} | {} |", escaped(&field.label), prose(&field.says.flat()));
        }
        out.push_str("\n## Contents\n\n");
        for (index, chapter) in self.chapters.iter().enumerate() {
            let _ = writeln!(out, "{}. [{}](#{})", index + 1, escaped(&chapter.title), chapter.id);
        }
        for (index, of) in self.chapters.iter().enumerate() {
            chapter(&mut out, index + 1, of);
        }
        out
    }
}

fn chapter(out: &mut String, number: usize, chapter: &Chapter) {
    let _ = writeln!(out, "\n<a id=\"{}\"></a>\n\n## {number}. {}", chapter.id, escaped(&chapter.title));
    for block in &chapter.blocks {
        match block {
            Block::Heading { id, text } => {
                let _ = writeln!(out, "\n<a id=\"{id}\"></a>\n\n### {}", escaped(text));
            }
            Block::Text(text) => {
                let _ = writeln!(out, "\n{}", prose(text));
            }
            Block::List(items) => {
                out.push('\n');
                list(out, items, 0);
            }
            Block::Table(of) => table(out, of),
            Block::Entry(of) => entry(out, of),
            Block::Ladder(graph) => {
                let _ = write!(out, "\n{}\n\n```mermaid\n{}```\n", escaped(&graph.alt()), graph.mermaid());
            }
        }
    }
}

fn entry(out: &mut String, entry: &Entry) {
    let _ = write!(out, "\n<a id=\"{}\"></a>\n\n#### {}", entry.of.id, escaped(&entry.title));
    if !entry.shown.is_empty() {
        let _ = write!(out, " \u{b7} {}", escaped(&entry.shown.join(", ")));
    }
    out.push_str("\n\n");
    if !entry.why.is_empty() {
        let _ = writeln!(out, "*{}*\n", escaped(&entry.why));
    }
    for field in &entry.fields {
        match &field.says {
            Told::Says(text) => {
                let _ = writeln!(out, "- **{}:** {}", escaped(&field.label), prose(text));
            }
            Told::List { lead, items } => {
                let _ = writeln!(out, "- **{}:** {}", escaped(&field.label), prose(lead));
                list(out, items, 1);
            }
        }
    }
    if let Some(place) = &entry.of.place {
        let _ = writeln!(out, "- **Stands in:** {}", escaped(place));
    }
}

fn list(out: &mut String, items: &[Told], depth: usize) {
    let indent = "  ".repeat(depth);
    for item in items {
        match item {
            Told::Says(text) => {
                let _ = writeln!(out, "{indent}- {}", prose(text));
            }
            Told::List { lead, items } => {
                let _ = writeln!(out, "{indent}- {}", prose(lead));
                list(out, items, depth + 1);
            }
        }
    }
}

fn table(out: &mut String, table: &Table) {
    let columns: Vec<String> = table.columns.iter().map(|column| escaped(column)).collect();
    let _ = write!(out, "\n| {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len()));
    for row in &table.rows {
        let mut cells: Vec<String> = row.cells.iter().map(|cell| prose(&cell.flat())).collect();
        if let (Some(of), Some(first)) = (&row.of, cells.first_mut()) {
            *first = format!("<a id=\"{}\"></a>{first}", of.id);
        }
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
}

fn prose(prose: &Prose) -> String {
    let pieces = prose.pieces().iter().map(|piece| match &piece.to {
        Some(to) => format!("[{}](#{to})", escaped(&piece.text)),
        None => escaped(&piece.text),
    });
    pieces.collect()
}

/// Text in which no sign of Markdown has a meaning.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for found in text.chars() {
        match found {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' | '$' => {
                out.push('\\');
                out.push(found);
            }
            _ if found.is_control() => out.push(' '),
            _ => out.push(found),
        }
    }
    out
}
