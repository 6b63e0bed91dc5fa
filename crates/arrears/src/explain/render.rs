//! An explanation as text.

use super::{Explanation, Part, Reason};
use crate::decide::ReviewReason;
use std::fmt;

/// What a line of a clause says: truth, words, values.
struct Row {
    depth: usize,
    clause: String,
    truth: &'static str,
    text: String,
    seen: String,
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.decision.account_id, self.headline)?;
        let kind = self.decision.debtor_type.clone().unwrap_or_else(|| self.decision.type_possible.join(" or "));
        let why = self.decision.review_reason.as_deref().and_then(ReviewReason::from_word);
        let why = why.map(|reason| format!(" ({})", reason.said())).unwrap_or_default();
        let review = match self.decision.next_review_on {
            Some(day) if self.decision.review_exact => format!("next review {day}{why}"),
            Some(day) => format!("next review {day} at the latest{why}"),
            None => "no review".to_owned(),
        };
        writeln!(f, "  {}, stage {}, type {kind}, {review}", self.as_of, self.decision.stage)?;
        let mut step = "";
        for part in &self.parts {
            if part.step != step {
                step = part.step;
                writeln!(f, "\n{}", title(step))?;
            }
            render(part, f)?;
        }
        list(f, "What is not known", self.missing.iter().map(|(name, doc)| format!("{name}: {doc}")))?;
        list(f, "What would change it", self.would_change.iter().cloned())?;
        if !self.decision.flags.is_empty() {
            list(f, "Marked", self.decision.flags.iter().map(|flag| flag.replace('_', " ")))?;
        }
        writeln!(
            f,
            "\nDecided by policy {} ({}), law {}",
            self.policy,
            short(&self.decision.policy_hash),
            self.decision.law
        )?;
        write!(f, "engine {}, {}, facts {}", self.engine, self.calendar, short(&self.facts_hash))
    }
}

fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

fn title(step: &str) -> &'static str {
    match step {
        "who" => "Who is this?",
        "sign" => "What has been seen?",
        "hold" => "What stops work?",
        "stage" => "Where is the account?",
        "turn" => "What to do next?",
        "act" => "What is done to the account?",
        _ => "What is owed by duty?",
    }
}

fn list(f: &mut fmt::Formatter<'_>, title: &str, items: impl Iterator<Item = String>) -> fmt::Result {
    for (index, item) in items.enumerate() {
        if index == 0 {
            writeln!(f, "\n{title}")?;
        }
        writeln!(f, "  {item}")?;
    }
    Ok(())
}

fn render(part: &Part, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match &part.place {
        Some(place) => writeln!(f, "  {}  [{place}]", part.text)?,
        None => writeln!(f, "  {}", part.text)?,
    }
    let mut rows = Vec::new();
    for (clause, reason) in &part.clauses {
        flatten(reason, clause, 0, &mut rows);
    }
    let width = |of: fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let clause_width = width(|row| row.clause.len());
    let text_width = width(|row| row.text.chars().count() + 2 * row.depth).min(56);
    for row in &rows {
        let text = format!("{}{}", "  ".repeat(row.depth), row.text);
        let pad = text_width.saturating_sub(text.chars().count());
        let line =
            format!("    {:clause_width$}  {:7}  {text}{}  {}", row.clause, row.truth, " ".repeat(pad), row.seen);
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The parts of an `&&` one below the other; those of an `||` set in.
fn flatten(reason: &Reason, clause: &str, depth: usize, rows: &mut Vec<Row>) {
    if reason.parts.is_empty() {
        let clause = if rows.iter().any(|row| row.clause == clause && !clause.is_empty()) { "" } else { clause };
        rows.push(Row {
            depth,
            clause: clause.to_owned(),
            truth: reason.truth,
            text: reason.text.clone(),
            seen: reason.seen.join(", "),
        });
        return;
    }
    let all = reason.parts.iter().all(|part| part.truth == reason.truth) || reason.text.contains("&&");
    let inner = if all && depth == 0 { depth } else { depth + 1 };
    if inner > depth {
        rows.push(Row {
            depth,
            clause: if rows.iter().any(|row| row.clause == clause) { String::new() } else { clause.to_owned() },
            truth: reason.truth,
            text: reason.text.clone(),
            seen: String::new(),
        });
    }
    for part in &reason.parts {
        flatten(part, clause, inner, rows);
    }
}
