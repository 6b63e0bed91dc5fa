//! A briefing as text.

use super::Page;
use crate::columns::width;

impl Page {
    /// The briefing as text, with columns as wide as what stands in them.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.title);
        if self.sections.is_empty() {
            out.push_str(&format!("\n{}\n", self.nothing()));
        }
        for section in &self.sections {
            out.push_str(&format!("\n{}\n", section.heading));
            let heads: Vec<String> = section.columns.iter().map(|head| (*head).to_owned()).collect();
            let rows: Vec<Vec<String>> = std::iter::once(&heads).chain(&section.rows).map(|row| plain(row)).collect();
            let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
            for row in &rows {
                let mut line = String::from(" ");
                for (column, cell) in row.iter().enumerate() {
                    let gap = widest(column).unwrap_or(0).saturating_sub(width(cell));
                    let gap = " ".repeat(gap);
                    let is_number = section.numbers.contains(&column);
                    line.push_str(&if is_number { format!(" {gap}{cell} ") } else { format!(" {cell}{gap} ") });
                }
                out.push_str(line.trim_end());
                out.push('\n');
            }
            if section.more > 0 {
                out.push_str(&format!("  {}\n", self.more(section.more)));
            }
        }
        if !self.notes.is_empty() {
            out.push('\n');
        }
        for note in plain(&self.notes) {
            out.push_str(&format!("{note}\n"));
        }
        out
    }
}

/// Cells on one line each, without signs that steer a terminal.
fn plain(row: &[String]) -> Vec<String> {
    let one = |cell: &String| cell.chars().map(|found| if found.is_control() { ' ' } else { found }).collect();
    row.iter().map(one).collect()
}
