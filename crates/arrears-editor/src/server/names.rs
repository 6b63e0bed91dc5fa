//! What a policy's own statements declare: by name, and in a few lines.

use super::analysis::Analysis;
use arrears::draft::{Keyword, NameForm, Statement};
use std::fmt::Write as _;

/// Characters of a statement that are shown.
const SHOWN: usize = 600;

impl Analysis {
    /// The statements of some kinds, in the order in which they were read.
    pub(super) fn declared(&self, kinds: &[Keyword]) -> impl Iterator<Item = &Statement> {
        self.draft.statements.iter().filter(move |statement| kinds.contains(&statement.keyword))
    }

    /// The names that statements of a kind declare, each once.
    pub(super) fn names(&self, kind: Keyword) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.declared(&[kind]).map(Statement::name_text) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The statement that declares a word of conditions: a threshold, a define, a fact.
    pub(super) fn word(&self, name: &str) -> Option<&Statement> {
        let mut words = self.declared(&[Keyword::Threshold, Keyword::Define, Keyword::Fact]);
        words.find(|statement| statement.name_text() == name)
    }

    /// The statements that have a text for a name.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &Statement> {
        let texts = self.draft.statements.iter().filter(|statement| statement.keyword.name_form() == NameForm::Text);
        texts.filter(move |statement| statement.name_text() == name && statement.keyword != Keyword::Test)
    }

    /// The words that the policy gives a fact: by `values`, or in the options of a fact of its own.
    pub(super) fn own_words(&self, fact: &str) -> Vec<&str> {
        let statements = self.declared(&[Keyword::Values, Keyword::Fact]);
        let lists = statements.filter(|statement| statement.name_text() == fact).filter_map(|statement| {
            if statement.keyword == Keyword::Values { statement.value.as_ref() } else { statement.option("values") }
        });
        lists.flat_map(|list| list.parts()).filter_map(|term| term.as_text()).collect()
    }

    /// A statement in a few lines of Markdown: what it says, why, and who answers for it.
    pub(super) fn about(&self, statement: &Statement) -> String {
        let whole = self.quote(statement.span);
        let shown: String = whole.chars().take(SHOWN).collect();
        let more = if shown.len() < whole.len() { "\n..." } else { "" };
        let mut text = format!("```rhai\n{shown}{more}\n```");
        let option = |key: &str| statement.option(key).map(|term| self.quote(term.span));
        if let (Some(from), Some(to), Keyword::Threshold) = (option("from"), option("to"), statement.keyword) {
            let value = statement.value.as_ref().map_or("", |value| self.quote(value.span));
            let unit = statement.option("unit").and_then(|unit| unit.as_text()).unwrap_or_default();
            let number = format!("{value} {unit}");
            let _ = write!(text, "\n\n{}, may be set from {from} to {to}", number.trim_end());
        }
        let why = statement.option("why").and_then(|why| why.as_text());
        let owner = statement.option("owner").and_then(|owner| owner.as_text());
        for said in [why.map(str::to_owned), owner.map(|owner| format!("Owner: {owner}"))].into_iter().flatten() {
            let _ = write!(text, "\n\n{said}");
        }
        text
    }
}
