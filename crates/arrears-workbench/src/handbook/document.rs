//! What a handbook is made of: chapters of texts, tables and entries, with anchors.

use crate::graph::Graph;
use crate::wording::{Clause, Prose};
use serde::Serialize;

/// A chapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chapter {
    /// Its anchor.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What stands in it, in order.
    pub blocks: Vec<Block>,
}

/// A part of a chapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A title inside the chapter.
    Heading {
        /// Its anchor.
        id: String,
        /// What it says.
        text: String,
    },
    /// A paragraph.
    Text(Prose),
    /// A list.
    List(Vec<Told>),
    /// A table.
    Table(Table),
    /// One statement of the policy, with all that is said of it.
    Entry(Entry),
    /// The picture of the ladder.
    Ladder(Box<Graph>),
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What stands in each column.
    pub columns: Vec<String>,
    /// How wide each column is, in hundredths of the page; as its content asks, where there are none.
    #[serde(skip)]
    pub widths: Vec<u8>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The statement that it tells of, if it is one.
    #[serde(flatten)]
    pub of: Option<Statement>,
    /// What stands in each column.
    pub cells: Vec<Told>,
}

/// Which statement of the policy is told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Its anchor.
    pub id: String,
    /// The word that begins it: `treatment`.
    pub keyword: &'static str,
    /// Its name in the policy; empty for one that has none.
    pub name: String,
    /// Where it stands: `cn-card.rhai:71`. Nothing of a policy built by a program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// One statement of the policy, with all that is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The statement.
    #[serde(flatten)]
    pub of: Statement,
    /// What it is called.
    pub title: String,
    /// Its name in other languages, as the policy shows it.
    pub shown: Vec<String>,
    /// Why it stands there, in the policy's own words.
    pub why: String,
    /// What is said of it.
    pub fields: Vec<Field>,
}

/// One thing that is said of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What it is.
    pub label: String,
    /// What is said.
    pub says: Told,
}

/// A sentence, or a list with what leads to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// A sentence.
    Says(Prose),
    /// A list.
    List {
        /// What stands before it.
        lead: Prose,
        /// Its points.
        items: Vec<Self>,
    },
}

/// The longest condition that is said in one sentence, in letters.
const LONGEST: usize = 96;

impl Told {
    /// Nothing.
    pub fn nothing() -> Self {
        Self::Says(Prose::default())
    }

    /// A list without anything before it; a single point is no list.
    pub fn list(mut items: Vec<Self>) -> Self {
        if items.len() == 1
            && let Some(only) = items.pop()
        {
            return only;
        }
        Self::List { lead: Prose::default(), items }
    }

    /// A condition: a sentence where it is short, else its parts one below the other.
    pub fn condition(clause: &Clause) -> Self {
        let parts = clause.parts();
        if parts.len() < 2 || clause.length() <= LONGEST {
            return Self::Says(clause.sentence());
        }
        Self::List { lead: Prose::plain(clause.lead()), items: parts.iter().map(Self::condition).collect() }
    }

    /// All of it as one text, lists in brackets.
    pub fn flat(&self) -> Prose {
        match self {
            Self::Says(prose) => prose.clone(),
            Self::List { lead, items } => {
                let items = items.iter().map(|item| match item {
                    Self::Says(prose) => prose.clone(),
                    Self::List { .. } => Prose::plain("(").and(item.flat()).and(")"),
                });
                let items = Prose::joined(items, "; ");
                if lead.is_empty() { items } else { lead.clone().and(" ").and(items) }
            }
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Says(prose) => prose.is_empty(),
            Self::List { items, .. } => items.is_empty(),
        }
    }
}

impl From<Prose> for Told {
    fn from(prose: Prose) -> Self {
        Self::Says(prose)
    }
}

impl From<&str> for Told {
    fn from(text: &str) -> Self {
        Self::Says(Prose::plain(text))
    }
}

impl From<String> for Told {
    fn from(text: String) -> Self {
        Self::Says(Prose::plain(text))
    }
}

impl Chapter {
    pub(super) fn new(id: &str, title: &str) -> Self {
        Self { id: format!("ch-{id}"), title: title.to_owned(), blocks: Vec::new() }
    }

    pub(super) fn text(&mut self, text: impl Into<Prose>) {
        self.blocks.push(Block::Text(text.into()));
    }

    pub(super) fn heading(&mut self, id: String, text: &str) {
        self.blocks.push(Block::Heading { id, text: text.to_owned() });
    }

    pub(super) fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// Every statement that is told of in the chapter.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.blocks.iter().flat_map(|block| {
            let rows = match block {
                Block::Table(table) => table.rows.as_slice(),
                _ => &[],
            };
            let entry = match block {
                Block::Entry(entry) => Some(&entry.of),
                _ => None,
            };
            rows.iter().filter_map(|row| row.of.as_ref()).chain(entry)
        })
    }
}

impl Table {
    pub(super) fn new(columns: &[(&str, u8)]) -> Self {
        Self {
            columns: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            widths: columns.iter().map(|(_, width)| *width).collect(),
            rows: Vec::new(),
        }
    }

    pub(super) fn row(&mut self, of: Option<Statement>, cells: Vec<Told>) {
        self.rows.push(Row { of, cells });
    }
}

impl Entry {
    pub(super) fn new(of: Statement, title: impl Into<String>, why: &str) -> Self {
        Self { of, title: title.into(), shown: Vec::new(), why: why.to_owned(), fields: Vec::new() }
    }

    /// Says something more, unless it is nothing.
    pub(super) fn say(&mut self, label: &str, says: impl Into<Told>) {
        let says = says.into();
        if !says.is_empty() {
            self.fields.push(Field { label: label.to_owned(), says });
        }
    }
}
