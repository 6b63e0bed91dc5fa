//! The ladder in the language of Graphviz.

use super::{Graph, Stage, Way, WayKind};
use crate::wording::human;
use std::fmt::Write as _;

impl Graph {
    /// The ladder as a DOT digraph.
    pub fn dot(&self) -> String {
        let mut out = format!("digraph ladder {{\n    label=\"{}\";\n    rankdir=BT;\n", escaped(&self.policy));
        out.push_str("    node [shape=box, fontname=\"sans-serif\", fontsize=11];\n");
        out.push_str("    edge [fontname=\"sans-serif\", fontsize=9];\n");
        for (index, stage) in self.stages.iter().enumerate() {
            let style = if stage.beside { ", style=\"rounded,dashed\"" } else { "" };
            let _ = writeln!(out, "    s{index} [label=\"{}\"{style}];", lines(stage));
        }
        for way in &self.ways {
            // One line from the most severe stage stands for all ways down: they lead from each of them.
            let all = if way.kind == WayKind::Up { way.from.as_slice() } else { last(&way.from) };
            for from in all {
                let look = match way.kind {
                    WayKind::Up => String::new(),
                    WayKind::Ease => format!(" [style=dashed, constraint=false, label=\"{}\"]", label("down", way)),
                    WayKind::Cure => format!(" [style=dotted, constraint=false, label=\"{}\"]", label("cure", way)),
                    WayKind::Beside => {
                        " [style=dashed, dir=both, constraint=false, label=\"while it holds\"]".to_owned()
                    }
                };
                let _ = writeln!(out, "    s{from} -> s{}{look};", way.to);
            }
        }
        out.push_str("}\n");
        out
    }
}

fn last(from: &[usize]) -> &[usize] {
    from.get(from.len().saturating_sub(1)..).unwrap_or_default()
}

fn label(word: &str, way: &Way) -> String {
    let from = if way.from.len() > 1 { " from any stage above" } else { "" };
    if way.why.is_empty() { format!("{word}{from}") } else { format!("{word}{from}: {}", escaped(&way.why)) }
}

fn lines(stage: &Stage) -> String {
    let mut lines = vec![Graph::title(stage)];
    lines.extend(crate::graph::drawn::wrapped(&stage.when, 11, 3_200));
    lines.extend(Graph::terms(stage));
    lines.extend(stage.treatments.iter().map(|treated| format!("- {} ({})", human(&treated.name), treated.by)));
    lines.iter().map(|line| format!("{}\\l", escaped(line))).collect()
}

/// Text between quotation marks of DOT.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_hostile_name_stays_between_its_quotation_marks() {
        assert_eq!(escaped("a\"]; x -> y\\\n"), "a\\\"]; x -> y\\\\ ");
    }
}
