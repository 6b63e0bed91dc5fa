//! The ladder as Mermaid.

use super::{Graph, Stage, Way, WayKind};
use crate::wording::human;
use std::fmt::Write as _;

impl Graph {
    /// The ladder as a Mermaid flowchart. Letters that Mermaid reads as its own are written by their numbers.
    pub fn mermaid(&self) -> String {
        let mut out = String::from("flowchart BT\n");
        for (index, stage) in self.stages.iter().enumerate() {
            let (open, close) = if stage.beside { ("([", "])") } else { ("[", "]") };
            let _ = writeln!(out, "    s{index}{open}\"{}\"{close}", lines(stage));
        }
        for way in &self.ways {
            let to = way.to;
            match way.kind {
                WayKind::Up => {
                    for from in &way.from {
                        let _ = writeln!(out, "    s{from} --> s{to}");
                    }
                }
                WayKind::Ease | WayKind::Cure => {
                    let word = if way.kind == WayKind::Ease { "down" } else { "cure" };
                    // One line from the most severe stage stands for all: it leads from each of them.
                    let from = way.from.last().copied().unwrap_or_default();
                    let _ = writeln!(out, "    s{from} -. \"{}\" .-> s{to}", label(word, way));
                }
                WayKind::Beside => {
                    let from = way.from.last().copied().unwrap_or_default();
                    let _ = writeln!(out, "    s{from} <-. \"while it holds\" .-> s{to}");
                }
            }
        }
        out
    }
}

fn label(word: &str, way: &Way) -> String {
    let from = if way.from.len() > 1 { " from any stage above" } else { "" };
    if way.why.is_empty() { format!("{word}{from}") } else { format!("{word}{from}#58; {}", escaped(&way.why)) }
}

fn lines(stage: &Stage) -> String {
    let mut lines = vec![format!("<b>{}</b>", escaped(&Graph::title(stage)))];
    if !stage.when.is_empty() {
        lines.push(format!("<i>{}</i>", escaped(&stage.when)));
    }
    lines.extend(Graph::terms(stage).iter().map(|term| escaped(term)));
    lines.extend(
        stage
            .treatments
            .iter()
            .map(|treated| format!("{} #40;{}#41;", escaped(&human(&treated.name)), escaped(&treated.by))),
    );
    lines.join("<br/>")
}

/// Text of which Mermaid reads nothing as its own.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            letter if letter.is_control() => out.push(' '),
            letter if letter.is_alphanumeric() || matches!(letter, ' ' | ',' | '.' | '-') => out.push(letter),
            letter => {
                let _ = write!(out, "#{};", u32::from(letter));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_hostile_name_is_text() {
        assert_eq!(escaped("\"]; a<b> #x`"), "#34;#93;#59; a#60;b#62; #35;x#96;");
        assert_eq!(escaped("提醒 e\n1"), "提醒 e 1");
    }
}
