//! Where the thresholds, words and own facts of a policy are used.

use crate::wording::{Anchors, human};
use arrears::Policy;
use arrears::condition::{Term, TermKind};
use arrears::draft::{Keyword, Options, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// A statement that uses a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Used {
    /// What kind of statement it is, and its name.
    pub(super) said: String,
    /// Where it is explained.
    pub(super) anchor: Option<String>,
}

/// By name, the statements that use it, in the order in which they are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses(BTreeMap<String, Vec<Used>>);

impl Uses {
    pub(super) fn of_policy(policy: &Policy, anchors: &Anchors) -> Self {
        let mut uses: BTreeMap<String, Vec<Used>> = BTreeMap::new();
        let mut counts: BTreeMap<Keyword, usize> = BTreeMap::new();
        for statement in &policy.draft().statements {
            let count = counts.entry(statement.keyword).or_default();
            let anchor = anchors.at(statement.keyword, *count).map(str::to_owned);
            *count += 1;
            // What a test gives is an example, not a use.
            if statement.keyword == Keyword::Test {
                continue;
            }
            let mut names = BTreeSet::new();
            each_name(statement, &mut |name| {
                names.insert(name.to_owned());
            });
            let said = said(statement, *count);
            for name in names {
                uses.entry(name).or_default().push(Used { said: said.clone(), anchor: anchor.clone() });
            }
        }
        Self(uses)
    }

    pub(super) fn of(&self, name: &str) -> &[Used] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

fn said(statement: &Statement, count: usize) -> String {
    let name = human(statement.name_text());
    match statement.keyword {
        Keyword::Policy => "the head of the policy".to_owned(),
        Keyword::Applies => "whom it applies to".to_owned(),
        Keyword::Priority => "the priority".to_owned(),
        Keyword::Escalate => "how accounts move".to_owned(),
        Keyword::Ease => {
            let to = statement.to.as_ref().map_or("", |to| to.text.as_str());
            format!("way down to {}", human(to))
        }
        Keyword::Cure => format!("cure {count}"),
        Keyword::Debtor => format!("type {name}"),
        Keyword::Define => format!("word {name}"),
        Keyword::Outcome => format!("result {name}"),
        Keyword::Contact => format!("counted contacts {name}"),
        keyword => format!("{} {name}", keyword.word()),
    }
}

/// Every name that a statement reads.
fn each_name(statement: &Statement, see: &mut dyn FnMut(&str)) {
    let terms = [&statement.value, &statement.stages, &statement.when, &statement.unless, &statement.then];
    for term in terms.into_iter().flatten() {
        of_term(term, see);
    }
    of_options(&statement.options, see);
    if let Some(call) = &statement.act {
        of_options(&call.options, see);
    }
}

fn of_options(options: &Options, see: &mut dyn FnMut(&str)) {
    for (_, value) in options {
        of_term(value, see);
    }
}

fn of_term(term: &Term, see: &mut dyn FnMut(&str)) {
    if let TermKind::Name(name) = &term.kind {
        see(name);
    }
    for part in term.parts() {
        of_term(part, see);
    }
}
