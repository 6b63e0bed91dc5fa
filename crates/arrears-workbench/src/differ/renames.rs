//! Names that changed, so that what refers to them is not taken for a change.

use super::pairs::pair;
use arrears::policy::{OutlinedClause, OutlinedStatement, Says};
use std::collections::BTreeMap;

/// The kinds of statements to which others refer by name.
const REFERRED_TO: [&str; 3] = ["stage", "treatment", "debtor"];

/// Names of A, by the kind of statement, with what B calls them.
#[derive(Clone, Debug, Default)]
pub(super) struct Renames(BTreeMap<(&'static str, String), String>);

impl Renames {
    pub(super) fn between(a: &[OutlinedStatement], b: &[OutlinedStatement]) -> Self {
        let mut renames = Self::default();
        for keyword in REFERRED_TO {
            let of = |outline| super::of_keyword(outline, keyword);
            for pair in pair(&of(a), &of(b), &renames) {
                if let (Some(a), Some(b)) = (pair.a, pair.b)
                    && a.name != b.name
                {
                    renames.0.insert((keyword, a.name.clone()), b.name.clone());
                }
            }
        }
        renames
    }

    /// What B calls a statement of A that is named for a stage; otherwise its own name.
    pub(super) fn name<'s>(&'s self, a: &'s OutlinedStatement) -> &'s str {
        match a.keyword {
            "turns" | "ease" | "cure" => self.of("stage", &a.name),
            _ => &a.name,
        }
    }

    /// Whether a statement has another name only because the stage has for which it is named.
    pub(super) fn explains(&self, a: &OutlinedStatement, b: &OutlinedStatement) -> bool {
        self.name(a) == b.name
    }

    /// Whether two clauses mean the same, but for names that changed.
    pub(super) fn means_the_same(&self, a: &OutlinedClause, b: &OutlinedClause) -> bool {
        match (&a.says, &b.says) {
            (Says::Names(of, names), Says::Names(_, others)) => self.names(of, names) == *others,
            _ => a.meaning == b.meaning,
        }
    }

    /// Names of A as B calls them.
    pub(super) fn names(&self, of: &'static str, names: &[String]) -> Vec<String> {
        names.iter().map(|name| self.of(of, name).to_owned()).collect()
    }

    fn of<'s>(&'s self, of: &'static str, name: &'s str) -> &'s str {
        self.0.get(&(of, name.to_owned())).map_or(name, String::as_str)
    }
}
