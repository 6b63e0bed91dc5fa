//! The names that a draft declares.

use super::wording::shown;
use crate::condition::{Named, TermKind};
use crate::draft::{Draft, Keyword, Statement};
use crate::facts::{column_part, table};
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
                if statement.keyword != Keyword::Policy {
                    problems.push(duplicate(first, statement));
                }
            } else {
                before.push(statement);
            }
            taken(statement, problems);
        }
        across(draft, problems);
        same_column(&statements, problems);
        let texts =
            draft.statements.iter().filter_map(|statement| statement.act.as_ref()?.option("text")?.as_text()).collect();
        Self { statements, broken: draft.broken.iter().collect(), texts }
    }

    /// The first statement of this kind and name.
    pub(crate) fn find(&self, keyword: Keyword, name: &str) -> Option<&'d Statement> {
        let found = self.statements.get(&keyword)?;
        found.iter().copied().find(|statement| statement.name_text() == name)
    }

    /// Whether a statement of this kind and name could not be read; that was reported.
    pub(crate) fn is_broken(&self, keyword: Keyword, name: &str) -> bool {
        self.broken.iter().any(|(kind, named)| *kind == keyword && named.text == name)
    }

    /// Whether any statement of this kind could not be read.
    pub(crate) fn any_broken(&self, keyword: Keyword) -> bool {
        self.broken.iter().any(|(kind, _)| *kind == keyword)
    }

    /// The names of this kind, broken ones included, in the order written.
    pub(crate) fn names(&self, keyword: Keyword) -> Vec<&'d str> {
        let read = self.statements.get(&keyword).into_iter().flatten();
        let broken = self.broken.iter().filter(|(kind, _)| *kind == keyword);
        read.map(|statement| statement.name_text()).chain(broken.map(|(_, named)| named.text.as_str())).collect()
    }

    /// The statements of this kind whose names are not repetitions.
    pub(crate) fn all(&self, keyword: Keyword) -> Vec<&'d Statement> {
        self.statements.get(&keyword).cloned().unwrap_or_default()
    }

    /// Whether a treatment, a duty or a text of the policy has this name, as a column
    /// would spell it.
    pub(crate) fn is_own_work(&self, name: &str) -> bool {
        self.texts.contains(&name)
            || [Keyword::Treatment, Keyword::Duty].into_iter().any(|keyword| self.names(keyword).contains(&name))
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
    if matches!(statement.keyword, Keyword::Outcome | Keyword::Guardrail | Keyword::Exception | Keyword::Reading) {
        // A result may have several effects, a rule several parts and versions.
        return None;
    }
    let name = what_it_names(statement)?;
    before.iter().copied().find(|other| what_it_names(other).as_ref() == Some(&name))
}

/// The name of a statement, or the fact with a parameter that it assumes.
fn what_it_names(statement: &Statement) -> Option<String> {
    match &statement.subject {
        Some(subject) => match &subject.kind {
            TermKind::Call(function, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(shown).collect();
                Some(format!("{}({})", function.text, arguments.join(", ")))
            }
            _ => None,
        },
        None => statement.name.as_ref().map(|name| name.text.clone()),
    }
}

fn duplicate(first: &Statement, second: &Statement) -> Problem {
    let name = what_it_names(second).unwrap_or_default();
    let kind = |statement: &Statement| match statement.keyword {
        Keyword::Debtor => "debtor type".to_owned(),
        keyword => keyword.to_string(),
    };
    let message = match (first.keyword, second.keyword) {
        (Keyword::Assume, Keyword::Assume) => format!("`{name}` is assumed twice"),
        (one, other) if one == other => format!("{} `{name}` is declared twice", kind(second)),
        _ => format!("`{name}` is a {} and a {}", kind(first), kind(second)),
    };
    let place =
        |statement: &Statement| statement.subject.as_ref().map_or(statement.name_span(), |subject| subject.span);
    Problem::error("P103", message).at(place(second), "declared again").at(place(first), "first declared here").help(
        match second.keyword {
            Keyword::Assume => "take one of them out",
            _ => "give one of them another name, or take it out",
        },
    )
}

/// Thresholds, defines and own facts share one space of names with the built-in facts.
fn taken(statement: &Statement, problems: &mut Vec<Problem>) {
    let shares = matches!(statement.keyword, Keyword::Threshold | Keyword::Define | Keyword::Fact);
    if shares && table::find(statement.name_text()).is_some() {
        let name = statement.name_text();
        let problem = Problem::error("P111", format!("`{name}` is a fact that every account has"))
            .at(statement.name_span(), "taken")
            .help(format!("choose another name, such as `own_{name}`"));
        problems.push(problem);
    }
}

/// Thresholds, defines and own facts share one space of names.
fn across(draft: &Draft, problems: &mut Vec<Problem>) {
    let mut seen: BTreeMap<&str, &Statement> = BTreeMap::new();
    for statement in &draft.statements {
        if !matches!(statement.keyword, Keyword::Threshold | Keyword::Define | Keyword::Fact) {
            continue;
        }
        match seen.get(statement.name_text()) {
            Some(first) if first.keyword != statement.keyword => problems.push(duplicate(first, statement)),
            Some(_) => {}
            None => {
                seen.insert(statement.name_text(), statement);
            }
        }
    }
}

/// Names that are one column in tables: letters and digits make the column's name.
fn same_column(statements: &BTreeMap<Keyword, Vec<&Statement>>, problems: &mut Vec<Problem>) {
    for group in [&[Keyword::Treatment, Keyword::Duty][..], &[Keyword::Sign]] {
        let mut seen: BTreeMap<String, &Statement> = BTreeMap::new();
        for statement in group.iter().filter_map(|keyword| statements.get(keyword)).flatten() {
            let name = statement.name_text();
            let first = seen.entry(column_part(name)).or_insert(statement);
            if first.name_text() != name {
                let message =
                    format!("\"{name}\" and \"{}\" are one name in tables, `{}`", first.name_text(), column_part(name));
                let problem = Problem::error("P118", message)
                    .at(statement.name_span(), "the same column")
                    .at(first.name_span(), "first used here")
                    .help("only letters and digits tell names of columns apart: rename one of the two");
                problems.push(problem);
            }
        }
    }
}
