//! What came of deciding again.

use super::tables::{Column, table};
use super::{grouped, plural, screen};
use arrears_workbench::replay::{Differing, Replay, Side};

/// The result as text.
pub(crate) fn replay_text(replay: &Replay) -> String {
    let mut text = String::new();
    for policy in &replay.policies {
        let hash: String = policy.hash.chars().take(12).collect();
        let named = format!("{} {} ({hash}) as of {}", policy.policy, policy.version, replay.as_of);
        text.push_str(&format!("{}\n{}\n", screen::heading(&named), policy.file.display()));
    }
    text.push_str(&format!("{}\nlaw {}\n\n", replay.table.display(), replay.law));
    if let Some(altered) = &replay.altered {
        text.push_str(&format!("{}\n", screen::bad(altered)));
    }
    if replay.differing == 0 && replay.only_logged == 0 && replay.only_decided == 0 {
        text.push_str(&format!("{} equal\n", plural(replay.logged, "decision", "decisions")));
        return text;
    }
    text.push_str(&format!("{} equal", plural(replay.equal, "decision", "decisions")));
    for (count, said) in [
        (replay.differing, "different"),
        (replay.only_logged, "in the log only"),
        (replay.only_decided, "missing from the log"),
    ] {
        if count > 0 {
            text.push_str(&format!(", {}", screen::bad(&format!("{} {said}", grouped(count)))));
        }
    }
    text.push('\n');
    if !replay.by_column.is_empty() {
        let rows = replay.by_column.iter().map(|column| vec![column.column.clone(), grouped(column.rows)]);
        text.push('\n');
        text.push_str(&table(&[("Column", Column::Words(20)), ("rows", Column::Numbers(11))], rows.collect()));
    }
    let columns = [
        ("row", Column::Numbers(9)),
        ("account", Column::Words(16)),
        ("column", Column::Words(16)),
        ("logged", Column::Words(24)),
        ("decided again", Column::Words(24)),
    ];
    text.push('\n');
    text.push_str(&table(&columns, replay.first.iter().map(line).collect()));
    text
}

fn line(differing: &Differing) -> Vec<String> {
    let cell = |cell: &Option<String>| cell.as_deref().map_or_else(|| "-".to_owned(), screen::printable);
    let (logged, decided) = match differing.only {
        Some(Side::Logged) => ("there".to_owned(), "not decided".to_owned()),
        Some(Side::Decided) => ("not there".to_owned(), "decided".to_owned()),
        None => (cell(&differing.logged), cell(&differing.decided)),
    };
    vec![grouped(differing.row), screen::printable(&differing.account_id), differing.column.clone(), logged, decided]
}
