//! The names that a draft declares.

use crate::condition::Named;
use crate::draft::{Draft, Keyword, Statement};
use crate::facts::table;
use crate::problem::Problem;
use std::collections::BTreeMap;

/// The names that a draft declares, by kind of statement, in the order written.
pub(crate) struct Declared<'d> {
    statements: BTreeMap<Keyword, Vec<&'d Statement>>,
    broken: Vec<&'d (Keyword, Named)>,
    texts: Vec<&'d str>,
}

impl<'d> Declared<'d> {
    /// Reads the names, and reports those that are used twice or taken.
    pub(crate) fn read(draft: &'d Draft, problems: &mut Vec<Problem>) -> Self {
        let mut statements: BTreeMap<Keyword, Vec<&'d Statement>> = BTreeMap::new();
        for statement in &draft.statements {
            let before = statements.entry(statement.keyword).or_default();
            if let Some(first) = same_name(before, statement) {
                problems.push(duplicate(first, statement));
            } else {
                before.push(statement);
            }
            taken(statement, problems);
        }
        across(&statements, problems);
        let texts = draft
            .statements
            .iter()
            .filter_map(|statement| statement.act.as_ref()?.option("text")?.as_text())
            .collect();
        Self {
            statements,
            broken: draft.broken.iter().collect(),
            texts,
        }
    }

    /// The first statement of this kind and name.
    pub(crate) fn find(&self, keyword: Keyword, name: &str) -> Option<&'d Statement> {
        let found = self.statements.get(&keyword)?;
        found
            .iter()
            .copied()
            .find(|statement| statement.name_text() == name)
    }

    /// Whether a statement of this kind and name could not be read; that was reported.
    pub(crate) fn is_broken(&self, keyword: Keyword, name: &str) -> bool {
        self.broken
            .iter()
            .any(|(kind, named)| *kind == keyword && named.text == name)
    }

    /// Whether any statement of this kind could not be read.
    pub(crate) fn any_broken(&self, keyword: Keyword) -> bool {
        self.broken.iter().any(|(kind, _)| *kind == keyword)
    }

    /// The names of this kind, broken ones included, in the order written.
    pub(crate) fn names(&self, keyword: Keyword) -> Vec<&'d str> {
        let read = self.statements.get(&keyword).into_iter().flatten();
        let broken = self.broken.iter().filter(|(kind, _)| *kind == keyword);
        read.map(|statement| statement.name_text())
            .chain(broken.map(|(_, named)| named.text.as_str()))
            .collect()
    }

    /// The statements of this kind whose names are not repetitions.
    pub(crate) fn all(&self, keyword: Keyword) -> Vec<&'d Statement> {
        self.statements.get(&keyword).cloned().unwrap_or_default()
    }

    /// Whether a treatment, a duty or a text of the policy has this name, as a column
    /// would spell it.
    pub(crate) fn is_own_work(&self, name: &str) -> bool {
        self.texts.contains(&name)
            || [Keyword::Treatment, Keyword::Duty]
                .into_iter()
                .any(|keyword| self.names(keyword).contains(&name))
    }

    /// Treatments, duties and texts of the policy.
    pub(crate) fn own_work(&self) -> Vec<&'d str> {
        let mut names = self.names(Keyword::Treatment);
        names.extend(self.names(Keyword::Duty));
        names.extend(self.texts.iter().copied());
        names
    }
}

fn same_name<'d>(before: &[&'d Statement], statement: &Statement) -> Option<&'d Statement> {
    let name = statement.name.as_ref()?;
    before.iter().copied().find(|other| {
        other
            .name
            .as_ref()
            .is_some_and(|other| other.text == name.text)
            && other.subject == statement.subject
    })
}

fn duplicate(first: &Statement, second: &Statement) -> Problem {
    let name = second.name_text();
    Problem::error(
        "P103",
        format!("{} `{name}` is declared twice", second.keyword),
    )
    .at(second.name_span(), "declared again")
    .at(first.name_span(), "first declared here")
    .help("give one of them another name, or take it out")
}

/// Thresholds, defines and own facts share one space of names with the built-in facts.
fn taken(statement: &Statement, problems: &mut Vec<Problem>) {
    let shares = matches!(
        statement.keyword,
        Keyword::Threshold | Keyword::Define | Keyword::Fact
    );
    if shares && table::find(statement.name_text()).is_some() {
        let name = statement.name_text();
        let problem = Problem::error("P111", format!("`{name}` is a fact that every account has"))
            .at(statement.name_span(), "taken")
            .help(format!("choose another name, such as `own_{name}`"));
        problems.push(problem);
    }
}

fn across(statements: &BTreeMap<Keyword, Vec<&Statement>>, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, &Statement> = BTreeMap::new();
    for keyword in [Keyword::Threshold, Keyword::Define, Keyword::Fact] {
        for statement in statements.get(&keyword).into_iter().flatten() {
            if let Some(first) = seen.insert(statement.name_text(), statement) {
                problems.push(duplicate(first, statement));
            }
        }
    }
}
