//! A policy statement by statement, each with its meaning and its words, so that two versions can be compared.

mod conditions;
mod house;
mod people;
mod rules;
mod settings;
mod work;

pub use conditions::{OutlinedCond, Shape};

use super::canonical::{Canon, sorted, write_sorted};
use super::{Detail, Policy, words};
use crate::condition::{Cond, Num, Term};
use crate::draft::Keyword;
use crate::number::Kind;
use crate::span::Span;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A statement of a policy, after loops, modules and defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlinedStatement {
    /// The word that begins it: `treatment`, `stage`; `turns` for the order of treatments in a stage, `law` for a pack
    /// under which the policy is read.
    pub keyword: &'static str,
    /// Its name; empty where there is one of its kind.
    pub name: String,
    /// Names that it had in earlier versions.
    pub formerly: Vec<String>,
    /// Whether its place among those of its kind says something.
    pub ordered: bool,
    /// Where it stands: `cn-card.rhai:71`; none for a policy built by a program.
    pub place: Option<String>,
    /// What it says.
    pub clauses: Vec<OutlinedClause>,
}

/// A clause or an option of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlinedClause {
    /// `when`, `unless`, `do`, `every`.
    pub name: String,
    /// Whether it is part of what decides, and so of the policy's hash.
    pub decides: bool,
    /// Its canonical form: equal meanings, equal texts here, however they were written.
    pub meaning: String,
    /// The policy's own words.
    pub text: String,
    /// What it holds.
    pub says: Says,
}

/// What a clause holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// A condition, with its parts.
    Condition(OutlinedCond),
    /// A number in its smallest unit.
    Number(i64, Kind),
    /// Names of statements of a kind, in an order that counts.
    Names(&'static str, Vec<String>),
    /// Something else, of which text and meaning say all.
    Other,
}

impl Policy {
    /// The policy statement by statement, in the order in which kinds of statements are read and, within a kind, in which
    /// they are written. Two policies have one hash if and only if the clauses that decide mean the same.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use arrears::build::{Build, fact};
    ///
    /// let policy = Build::policy("loans", "EUR").stage("reminder", fact("dpd").ge(1)).check()?;
    /// let outline = policy.outline();
    /// let stage = outline.iter().find(|one| one.name == "reminder").ok_or("a stage")?;
    /// assert_eq!((stage.keyword, stage.clauses[0].name.as_str()), ("stage", "when"));
    /// assert_eq!(stage.clauses[0].text, "dpd >= 1");
    /// # Ok(())
    /// # }
    /// ```
    pub fn outline(&self) -> Vec<OutlinedStatement> {
        let outliner = Outliner { policy: self, canon: Canon::of(&self.body) };
        let mut outline = outliner.settings();
        outline.extend(outliner.people());
        outline.extend(outliner.rules());
        outline.extend(outliner.work());
        outline.extend(outliner.house());
        outline
    }
}

/// Puts a policy into an outline.
struct Outliner<'a> {
    policy: &'a Policy,
    canon: Canon<'a>,
}

/// A statement in the making.
struct Entry(OutlinedStatement);

impl Entry {
    fn of(keyword: &'static str, name: &str) -> Self {
        Self(OutlinedStatement {
            keyword,
            name: name.to_owned(),
            formerly: Vec::new(),
            ordered: false,
            place: None,
            clauses: Vec::new(),
        })
    }

    fn ordered(mut self) -> Self {
        self.0.ordered = true;
        self
    }

    fn clause(mut self, name: &str, value: &Value, text: impl Into<String>) -> Self {
        self.push(name, true, value, text.into(), Says::Other);
        self
    }

    /// A clause that is there only if there is a value.
    fn given(self, name: &str, value: Option<(Value, String)>) -> Self {
        match value {
            Some((value, text)) => self.clause(name, &value, text),
            None => self,
        }
    }

    /// A text that decides nothing; none if it is empty.
    fn remark(mut self, name: &str, text: &str) -> Self {
        if !text.is_empty() {
            self.push(name, false, &json!(text), text.to_owned(), Says::Other);
        }
        self
    }

    fn names(mut self, name: &str, of: &'static str, names: Vec<String>) -> Self {
        let text = names.join(", ");
        self.push(name, true, &json!(names), text, Says::Names(of, names.clone()));
        self
    }

    fn push(&mut self, name: &str, decides: bool, value: &Value, text: String, says: Says) {
        let meaning = plain(value);
        self.0.clauses.push(OutlinedClause { name: name.to_owned(), decides, meaning, text, says });
    }
}

impl<'a> Outliner<'a> {
    fn at(&self, mut entry: Entry, span: Span) -> Entry {
        entry.0.place = words::place(self.policy, span);
        entry
    }

    fn condition(&self, mut entry: Entry, name: &str, cond: Option<&Cond>) -> Entry {
        if let Some(cond) = cond {
            let outlined = self.cond(cond, None);
            let (meaning, text) = (outlined.meaning.clone(), words::cond(self.policy, cond));
            let says = Says::Condition(outlined);
            entry.0.clauses.push(OutlinedClause { name: name.to_owned(), decides: true, meaning, text, says });
        }
        entry
    }

    fn number(&self, mut entry: Entry, name: &str, decides: bool, (value, kind): (i64, Kind)) -> Entry {
        let text = self.policy.show(value, kind);
        entry.push(name, decides, &json!([value, kind]), text, Says::Number(value, kind));
        entry
    }

    /// A number that may be a threshold, with its words.
    fn num(&self, num: &Num) -> (Value, String) {
        (self.canon.num(num), words::number(self.policy, num))
    }

    /// The options of a verb, one by one.
    fn details(&self, mut entry: Entry, details: &BTreeMap<String, Detail>) -> Entry {
        for (name, detail) in details {
            let says = match detail {
                Detail::Number(value, kind) => Says::Number(*value, *kind),
                _ => Says::Other,
            };
            entry.push(name, true, &super::canonical::detail(detail), self.shown(detail), says);
        }
        entry
    }

    fn shown(&self, detail: &Detail) -> String {
        match detail {
            Detail::Text(text) => format!("{text:?}"),
            Detail::Number(value, kind) => self.policy.show(*value, *kind),
            Detail::Flag(flag) => flag.to_string(),
            Detail::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.shown(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Detail::Map(map) => {
                let entries = map.iter().map(|(key, value)| format!("{key}: {}", self.shown(value)));
                format!("#{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
            Detail::Threshold(name) => name.clone(),
        }
    }

    /// The names that a statement had in earlier versions.
    fn formerly(&self, mut entry: Entry, keyword: Keyword) -> Entry {
        let statements = &self.policy.body.draft.statements;
        let own = statements.iter().find(|one| one.keyword == keyword && one.name_text() == entry.0.name);
        let former = own.and_then(|statement| statement.option("formerly")).map(Term::parts).unwrap_or_default();
        entry.0.formerly = former.into_iter().filter_map(Term::as_text).map(str::to_owned).collect();
        entry
    }

    fn stage(&self, id: super::StageId) -> String {
        self.policy.stages().get(id.index()).map(|stage| stage.name.clone()).unwrap_or_default()
    }
}

/// JSON with sorted keys.
fn plain(value: &Value) -> String {
    let mut text = String::new();
    write_sorted(value, &mut text);
    text
}

/// Words in an order of their own, as they mean the same in any.
fn set<'w>(words: impl Iterator<Item = &'w str>) -> (Value, String) {
    let words = sorted(words.map(|word| json!(word)));
    let texts: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
    let text = texts.join(", ");
    (json!(words), text)
}
