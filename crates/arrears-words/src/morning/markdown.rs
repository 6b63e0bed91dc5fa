//! A briefing as Markdown.

use super::Page;

impl Page {
    /// The briefing as Markdown with tables. What stands in a cell is text, whatever it holds.
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}\n", escaped(&self.title));
        if self.sections.is_empty() {
            out.push_str(&format!("\n{}\n", self.nothing()));
        }
        for section in &self.sections {
            out.push_str(&format!("\n## {}\n\n", escaped(&section.heading)));
            out.push_str(&format!("| {} |\n", section.columns.join(" | ")));
            let line = |column| if section.numbers.contains(&column) { "---:|" } else { "---|" };
            let rule: String = (0..section.columns.len()).map(line).collect();
            out.push_str(&format!("|{rule}\n"));
            for row in &section.rows {
                let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
                out.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
            if section.more > 0 {
                out.push_str(&format!("\n{}\n", self.more(section.more)));
            }
        }
        for note in &self.notes {
            out.push_str(&format!("\n{}\n", escaped(note)));
        }
        out
    }
}

/// Text in which no sign of Markdown has a meaning.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for found in text.chars() {
        match found {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' => {
                out.push('\\');
                out.push(found);
            }
            _ if found.is_control() => out.push(' '),
            _ => out.push(found),
        }
    }
    out
}
