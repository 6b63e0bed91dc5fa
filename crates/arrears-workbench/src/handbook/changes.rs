//! What differs from an earlier version.

use super::document::{Block, Chapter, Entry, Field, Row, Statement, Table, Told};
use crate::wording::{Prose, human};
use arrears::Policy;
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The earlier version does not have it.
    Added,
    /// The earlier version had it.
    Removed,
    /// Both have it, and say other things.
    Changed,
}

/// A statement that differs from the earlier version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The statement; of one that was removed, as the earlier version had it.
    #[serde(flatten)]
    pub of: Statement,
    /// What became of it.
    pub change: Change,
    /// What is said otherwise: what it is, what was said, what is said now.
    pub says: Vec<(String, String, String)>,
}

type Said = Vec<(String, String)>;

/// The differences between the chapters of two versions: added, removed, changed, each in the order of the chapters.
pub(super) fn differences(before: (&Policy, &[Chapter]), after: (&Policy, &[Chapter])) -> Vec<Difference> {
    let (old, new) = (statements(before.1), statements(after.1));
    let find = |list: &[(Key, Statement, Said)], key: &Key| list.iter().position(|(other, ..)| other == key);
    let mut found = Vec::new();
    for (key, of, _) in &new {
        if find(&old, key).is_none() {
            found.push(Difference { of: of.clone(), change: Change::Added, says: Vec::new() });
        }
    }
    for (key, of, _) in &old {
        if find(&new, key).is_none() {
            found.push(Difference { of: of.clone(), change: Change::Removed, says: Vec::new() });
        }
    }
    for (key, of, now) in &new {
        let Some((_, _, then)) = find(&old, key).and_then(|index| old.get(index)) else { continue };
        let says = otherwise(then, now);
        if !says.is_empty() {
            found.push(Difference { of: of.clone(), change: Change::Changed, says });
        }
    }
    found
}

/// What tells a statement apart in both versions: its keyword, its name, and its number among those of that name.
type Key = (&'static str, String, usize);

fn statements(chapters: &[Chapter]) -> Vec<(Key, Statement, Said)> {
    let mut counts: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    let mut all = Vec::new();
    let mut add = |of: &Statement, says: Said| {
        let count = counts.entry((of.keyword, of.name.clone())).or_default();
        all.push(((of.keyword, of.name.clone(), *count), of.clone(), says));
        *count += 1;
    };
    for block in chapters.iter().flat_map(|chapter| &chapter.blocks) {
        match block {
            Block::Entry(entry) => add(&entry.of, of_entry(entry)),
            Block::Table(table) => {
                for row in &table.rows {
                    if let Some(of) = &row.of {
                        add(of, of_row(table, row));
                    }
                }
            }
            _ => {}
        }
    }
    all
}

/// What leads elsewhere says nothing of the statement itself.
const NOT_OF_ITS_OWN: [&str; 7] =
    ["Used in", "Bears on", "Guardrails that bear on it", "Treatments, in order", "Left by", "Tried", "Result"];

fn of_entry(entry: &Entry) -> Said {
    let why = (!entry.why.is_empty()).then(|| ("Why".to_owned(), entry.why.clone()));
    let shown = (!entry.shown.is_empty()).then(|| ("Shown as".to_owned(), entry.shown.join(", ")));
    let fields = entry.fields.iter().filter(|field| !NOT_OF_ITS_OWN.contains(&field.label.as_str()));
    let fields = fields.map(|Field { label, says }| (label.clone(), says.flat().text()));
    why.into_iter().chain(shown).chain(fields).collect()
}

fn of_row(table: &Table, row: &Row) -> Said {
    let cells = table.columns.iter().zip(&row.cells);
    let own = cells.filter(|(column, _)| !NOT_OF_ITS_OWN.contains(&column.as_str()));
    own.map(|(column, cell)| (column.clone(), cell.flat().text())).collect()
}

fn otherwise(then: &Said, now: &Said) -> Vec<(String, String, String)> {
    let of = |list: &Said, label: &str| {
        let found = list.iter().find(|(other, _)| other == label);
        found.map(|(_, says)| says.clone()).unwrap_or_default()
    };
    let mut labels: Vec<&String> = now.iter().map(|(label, _)| label).collect();
    labels.extend(then.iter().map(|(label, _)| label).filter(|label| now.iter().all(|(other, _)| other != *label)));
    let both = labels.into_iter().map(|label| (label.clone(), of(then, label), of(now, label)));
    both.filter(|(_, then, now)| then != now).collect()
}

pub(super) fn chapter(policy: &Policy, before: Option<&Policy>, changes: Option<&[Difference]>) -> Chapter {
    let mut chapter = Chapter::new("changes", "History of changes");
    let head = policy.head();
    chapter.text(format!("This is version {} of {}. Its hash is {}.", head.version, head.name, policy.hash()));
    let (Some(before), Some(changes)) = (before, changes) else {
        chapter.text(
            "The policy keeps no list of its changes. A handbook that is made with an earlier version beside it lists \
             here what differs.",
        );
        return chapter;
    };
    let old = before.head();
    chapter.text(format!("It is compared with version {} of {}, hash {}.", old.version, old.name, before.hash()));
    if changes.is_empty() {
        chapter.text("No statement differs.");
    }
    for (change, title) in [(Change::Added, "Added"), (Change::Removed, "Removed"), (Change::Changed, "Changed")] {
        let of = || changes.iter().filter(|difference| difference.change == change);
        if of().next().is_none() {
            continue;
        }
        chapter.heading(format!("ch-{}", title.to_lowercase()), title);
        match change {
            Change::Changed => chapter.table(changed(of())),
            Change::Added => chapter.blocks.push(Block::List(of().map(|difference| named(difference, true)).collect())),
            Change::Removed => {
                chapter.blocks.push(Block::List(of().map(|difference| named(difference, false)).collect()))
            }
        }
    }
    chapter
}

fn changed<'d>(changes: impl Iterator<Item = &'d Difference>) -> Table {
    let mut table = Table::new(&[("Statement", 22), ("What", 14), ("Before", 32), ("Now", 32)]);
    for difference in changes {
        for (index, (label, then, now)) in difference.says.iter().enumerate() {
            let name = if index == 0 { named(difference, true) } else { Told::nothing() };
            let or_nothing = |text: &str| if text.is_empty() { Told::from("nothing") } else { Told::from(text) };
            table.row(None, vec![name, label.as_str().into(), or_nothing(then), or_nothing(now)]);
        }
    }
    table
}

fn named(difference: &Difference, linked: bool) -> Told {
    let said = format!("{} {}", difference.of.keyword, human(&difference.of.name));
    let said = said.trim_end().to_owned();
    if linked && !difference.of.id.is_empty() {
        Prose::link(said, difference.of.id.clone()).into()
    } else {
        said.into()
    }
}
