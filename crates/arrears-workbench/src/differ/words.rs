//! A difference as text, and as Markdown.

use super::{Change, ClauseChange, Difference, How, Order, PartChange, Version};

/// A line, and how far it is set in.
struct Line(usize, String);

impl Difference {
    /// What changed, as text: a statement to a line, its clauses below it.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n\n", version(&self.a), version(&self.b));
        for Line(depth, line) in self.lines() {
            text.push_str(&format!("{}{line}\n", "  ".repeat(depth)));
        }
        text.push_str(&self.sum());
        text.push('\n');
        text
    }

    /// What changed, as Markdown: a list, for a review or a committee's minutes.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {} to {}\n\n", title(&self.a), title(&self.b));
        text.push_str(&format!("- A: {}\n- B: {}\n\n", version(&self.a), version(&self.b)));
        for Line(depth, line) in self.lines() {
            text.push_str(&format!("{}- {}\n", "  ".repeat(depth), line.trim_start_matches(['+', '-', ' '])));
        }
        if !self.changes.is_empty() {
            text.push('\n');
        }
        text.push_str(&self.sum());
        text.push('\n');
        text
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for change in &self.changes {
            statement(change, &mut lines);
        }
        lines
    }

    fn sum(&self) -> String {
        let deciding = self.deciding().count();
        let counted = |count: usize| format!("{count} {}", if count == 1 { "statement" } else { "statements" });
        match (deciding, self.changes.len() - deciding) {
            (0, 0) if self.same => "Nothing changed: both decide the same.".to_owned(),
            (0, remarks) if self.same => {
                format!("Both decide the same; {} changed in what decides nothing.", counted(remarks))
            }
            (deciding, 0) => format!("{} changed.", counted(deciding)),
            (deciding, remarks) => {
                format!("{} changed, and {} in what decides nothing.", counted(deciding), counted(remarks))
            }
        }
    }
}

fn title(version: &Version) -> String {
    format!("{} {}", version.policy, version.version)
}

fn version(version: &Version) -> String {
    format!("{} {} ({})", version.policy, version.version, version.hash.get(..12).unwrap_or(&version.hash))
}

fn statement(change: &Change, lines: &mut Vec<Line>) {
    let mut said = match change.keyword.as_str() {
        "policy" => "policy".to_owned(),
        "turns" => format!("turns in {}", code(&change.name)),
        keyword if change.name.is_empty() => keyword.to_owned(),
        keyword => format!("{keyword} {}", code(&change.name)),
    };
    if let Some(was) = &change.was {
        said.push_str(&format!(", formerly {}", code(was)));
    }
    match change.how {
        How::Added => said.push_str(" added"),
        How::Removed => said.push_str(" removed"),
        How::Changed => {}
    }
    if let Some(order) = &change.order {
        said.push_str(&stands(order, change.how));
    }
    // A threshold's new value is all that most people ask for.
    let (first, rest) = match change.clauses.split_first() {
        Some((value, rest)) if change.keyword == "threshold" && value.clause == "value" => (Some(value), rest),
        _ => (None, change.clauses.as_slice()),
    };
    let place = change.place_b.as_ref().or(change.place_a.as_ref());
    said.push_str(&place.map(|place| format!(" ({place})")).unwrap_or_default());
    if let Some(value) = first {
        said.push_str(&format!(": {}", from_to(value)));
    } else if !change.clauses.is_empty() {
        said.push(':');
    }
    lines.push(Line(0, said));
    rest.iter().for_each(|one| clause(one, change.how, lines));
}

fn stands(order: &Order, how: How) -> String {
    let behind = |name: &Option<String>| match name {
        Some(name) => format!("behind {}", code(name)),
        None => "first".to_owned(),
    };
    match how {
        How::Added => format!(" {}", behind(&order.behind_b)),
        How::Removed => format!(", stood {}", behind(&order.behind_a)),
        How::Changed => format!(" moved: stood {}, stands {}", behind(&order.behind_a), behind(&order.behind_b)),
    }
}

fn clause(clause: &ClauseChange, whole: How, lines: &mut Vec<Line>) {
    let name = &clause.clause;
    match (clause.how, clause.parts.as_slice()) {
        (How::Changed, []) => {
            let moved: Vec<String> = clause.moved.iter().map(|name| code(name)).collect();
            let moved = if moved.is_empty() { String::new() } else { format!("; moved: {}", moved.join(", ")) };
            lines.push(Line(1, format!("{name}: {}{moved}", from_to(clause))));
        }
        (How::Changed, parts) => {
            lines.push(Line(1, format!("{name}:")));
            lines.extend(parts.iter().map(|one| Line(2, part(one))));
        }
        // Of a statement that came or went, so did every clause.
        (How::Added | How::Removed, _) if whole != How::Changed => {
            lines.push(Line(1, format!("{name}: {}", from_to(clause))));
        }
        (How::Added | How::Removed, _) => {
            let said = clause.b.as_ref().or(clause.a.as_ref()).map(|text| code(text)).unwrap_or_default();
            let sign = if clause.how == How::Added { '+' } else { '-' };
            let how = if clause.how == How::Added { "added" } else { "removed" };
            lines.push(Line(1, format!("{sign} {name} {how}: {said}")));
        }
    }
}

fn from_to(clause: &ClauseChange) -> String {
    let said = |text: &Option<String>| match text.as_deref() {
        None | Some("") => "nothing".to_owned(),
        Some(text) => code(text),
    };
    match (clause.how, &clause.by) {
        (How::Added, _) => said(&clause.b),
        (How::Removed, _) => said(&clause.a),
        (How::Changed, Some(by)) => format!("{} -> {} ({by})", said(&clause.a), said(&clause.b)),
        (How::Changed, None) => format!("{} -> {}", said(&clause.a), said(&clause.b)),
    }
}

fn part(part: &PartChange) -> String {
    let said = |text: &Option<String>| code(text.as_deref().unwrap_or_default());
    let joined = part.joined.map(|joined| format!("{joined} ")).unwrap_or_default();
    let within = part.within.as_ref().map(|word| format!(" (in {})", code(word))).unwrap_or_default();
    match part.how {
        How::Added => format!("+ {joined}{} added{within}", said(&part.b)),
        How::Removed => format!("- {joined}{} removed{within}", said(&part.a)),
        How::Changed => format!("{} -> {}{within}", said(&part.a), said(&part.b)),
    }
}

/// Words of a policy between marks that Markdown knows too.
fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}
