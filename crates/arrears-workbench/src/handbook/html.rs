//! A handbook as one page of HTML.

use super::Handbook;
use super::document::{Block, Chapter, Entry, Field, Table, Told};
use crate::wording::Prose;
use std::fmt::Write as _;

const STYLE: &str = include_str!("style.css");

impl Handbook {
    /// The handbook as a page of HTML that needs nothing else: no script, no outside file. It prints on A4 and reads on
    /// a telephone, in light and in dark. What stands in the policy is text, whatever it holds.
    pub fn html(&self) -> String {
        let front = &self.front;
        let title = escaped(&format!("{} {}: a handbook", crate::wording::human(&front.policy), front.version));
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{}</h1>\n<p class=\"sub\">A handbook of the \
             policy, made from the policy itself</p>\n",
            escaped(&crate::wording::human(&front.policy))
        );
        if !front.why.is_empty() {
            let _ = writeln!(out, "<p class=\"why\">{}</p>", escaped(&front.why));
        }
        fields(&mut out, &front.fields());
        out.push_str("</header>\n<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ol>\n");
        for chapter in &self.chapters {
            let _ = writeln!(out, "<li><a href=\"#{}\">{}</a></li>", chapter.id, escaped(&chapter.title));
        }
        out.push_str("</ol>\n</nav>\n<main>\n");
        for (index, of) in self.chapters.iter().enumerate() {
            chapter(&mut out, index + 1, of);
        }
        let _ = write!(
            out,
            "</main>\n<footer>{} {}, hash {}, law of {}</footer>\n</body>\n</html>\n",
            escaped(&front.policy),
            escaped(&front.version),
            front.policy_hash,
            front.as_of
        );
        out
    }
}

fn chapter(out: &mut String, number: usize, chapter: &Chapter) {
    let _ = writeln!(out, "<section id=\"{}\">\n<h2>{number}. {}</h2>", chapter.id, escaped(&chapter.title));
    for block in &chapter.blocks {
        match block {
            Block::Heading { id, text } => {
                let _ = writeln!(out, "<h3 id=\"{id}\">{}</h3>", escaped(text));
            }
            Block::Text(text) => {
                let _ = writeln!(out, "<p>{}</p>", prose(text));
            }
            Block::List(items) => list(out, items),
            Block::Table(of) => table(out, of),
            Block::Entry(of) => entry(out, of),
            Block::Ladder(graph) => {
                let _ = write!(out, "<figure class=\"picture\">\n{}</figure>\n", graph.svg());
            }
        }
    }
    out.push_str("</section>\n");
}

fn entry(out: &mut String, entry: &Entry) {
    let _ = write!(out, "<article id=\"{}\">\n<h4>{}", entry.of.id, escaped(&entry.title));
    if !entry.shown.is_empty() {
        let _ = write!(out, " <span class=\"shown\">{}</span>", escaped(&entry.shown.join(", ")));
    }
    if let Some(place) = &entry.of.place {
        let _ = write!(out, " <span class=\"place\">{}</span>", escaped(place));
    }
    out.push_str("</h4>\n");
    if !entry.why.is_empty() {
        let _ = writeln!(out, "<p class=\"why\">{}</p>", escaped(&entry.why));
    }
    fields(out, &entry.fields);
    out.push_str("</article>\n");
}

fn fields(out: &mut String, fields: &[Field]) {
    if fields.is_empty() {
        return;
    }
    out.push_str("<dl>\n");
    for field in fields {
        let _ = write!(out, "<div><dt>{}</dt><dd>", escaped(&field.label));
        told(out, &field.says);
        out.push_str("</dd></div>\n");
    }
    out.push_str("</dl>\n");
}

fn told(out: &mut String, says: &Told) {
    match says {
        Told::Says(text) => out.push_str(&prose(text)),
        Told::List { lead, items } => {
            out.push_str(&prose(lead));
            list(out, items);
        }
    }
}

fn list(out: &mut String, items: &[Told]) {
    out.push_str("<ul>\n");
    for item in items {
        out.push_str("<li>");
        told(out, item);
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
}

fn table(out: &mut String, table: &Table) {
    out.push_str("<table>\n<colgroup>");
    for width in &table.widths {
        let _ = write!(out, "<col style=\"width:{width}%\">");
    }
    out.push_str("</colgroup>\n<thead><tr>");
    for column in &table.columns {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(column));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        match &row.of {
            Some(of) => {
                let _ = write!(out, "<tr id=\"{}\">", of.id);
            }
            None => out.push_str("<tr>"),
        }
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let _ = write!(out, "<td data-label=\"{}\"><div>", escaped(column));
            told(out, cell);
            out.push_str("</div></td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn prose(prose: &Prose) -> String {
    let pieces = prose.pieces().iter().map(|piece| match &piece.to {
        Some(to) => format!("<a href=\"#{to}\">{}</a>", escaped(&piece.text)),
        None => escaped(&piece.text),
    });
    pieces.collect()
}

/// Text that is nothing but text in HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for found in text.chars() {
        match found {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ if found.is_control() => out.push(' '),
            _ => out.push(found),
        }
    }
    out
}
