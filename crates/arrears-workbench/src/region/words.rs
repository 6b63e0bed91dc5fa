//! Where two policies decide otherwise, in words.

use super::{Bounds, Move, Outcome, Part, Region};
use std::fmt::Write;

/// As many facts of the quiet account are named in a line.
const MOST_NAMED: usize = 6;

/// As many moves of one part are told; the others are in the JSON.
const MOST_MOVES: usize = 10;

impl Region {
    /// The region as lines for a terminal.
    pub fn text(&self) -> String {
        const COMPARED: &str = "debtor type, stage, action and treatment";
        const LEFT_OUT: &str =
            "Not compared: accounts of which a fact is missing, and those that only one policy is for.";
        let mut text = String::new();
        if self.same {
            text.push_str(&format!("Proved: both decide every account alike ({COMPARED}).\n{LEFT_OUT}\n"));
        } else if self.parts.is_empty() {
            text.push_str("Not known: no account was found that they decide otherwise, and none is ruled out.\n");
        } else {
            text.push_str("Where they decide otherwise\n");
        }
        for part in &self.parts {
            part.write(&mut text);
        }
        if !self.parts.is_empty() {
            let end = if self.complete {
                format!("Every other account is decided alike ({COMPARED}).\n{LEFT_OUT}")
            } else {
                "There may be others.".to_owned()
            };
            text.push_str(&format!("{end}\n"));
        }
        for open in &self.open {
            let _ = writeln!(text, "Not decided exactly: {open}.");
        }
        text
    }
}

impl Part {
    fn write(&self, text: &mut String) {
        let _ = match (&self.from, &self.to) {
            (Some(from), Some(to)) if from == to => writeln!(text, "  in stage \"{from}\", only with"),
            (Some(from), Some(to)) => writeln!(text, "  from stage \"{from}\" to \"{to}\", only with"),
            _ => writeln!(text, "  the debtor type alone, only with"),
        };
        for bounds in self.only_where.iter().filter(|bounds| !bounds.of_quiet) {
            let _ = writeln!(text, "    {} {}", bounds.fact, bounds.text());
        }
        let still: Vec<&Bounds> = self.only_where.iter().filter(|bounds| bounds.of_quiet).collect();
        if let Some(line) = as_quiet(&still) {
            let _ = writeln!(text, "    {line}");
        }
        for step in self.moves.iter().take(MOST_MOVES) {
            step.write(text);
        }
        let _ = match (self.moves.len().saturating_sub(MOST_MOVES), self.complete) {
            (0, true) => Ok(()),
            (0, false) => writeln!(text, "    - and others"),
            (more, true) => writeln!(text, "    - and {more} more"),
            (more, false) => writeln!(text, "    - and {more} more, and others"),
        };
    }
}

impl Move {
    fn write(&self, text: &mut String) {
        let types = |outcome: &Outcome| format!("\"{}\"", outcome.debtor_types.join("\" or \""));
        let _ = if self.done_otherwise {
            write!(text, "    - {} does another thing", self.from.does)
        } else if self.from.does == self.to.does && self.from.stage == self.to.stage {
            write!(text, "    - {} becomes {}", types(&self.from), types(&self.to))
        } else if self.from.does == self.to.does {
            write!(text, "    - {} as before", self.from.does)
        } else {
            write!(text, "    - {} becomes {}", self.from.does, self.to.does)
        };
        let _ = match &self.account {
            Some(account) if account.facts.is_empty() => writeln!(text, ": the quiet account"),
            Some(account) => {
                let facts: Vec<String> =
                    account.facts.iter().map(|given| format!("{}: {}", given.fact, given.value)).collect();
                writeln!(text, ": quiet + {}", facts.join(", "))
            }
            None => writeln!(text, ": perhaps; the engine showed no account"),
        };
    }
}

/// The facts that must be as the quiet account has them, or near it.
fn as_quiet(still: &[&Bounds]) -> Option<String> {
    let named: Vec<String> =
        still.iter().take(MOST_NAMED).map(|bounds| format!("{} {}", bounds.fact, bounds.text())).collect();
    let more = still.len().saturating_sub(MOST_NAMED);
    match (named.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(format!("and {}", named.join(", "))),
        (false, _) => Some(format!("and {}, and {more} more as in the quiet account", named.join(", "))),
    }
}
