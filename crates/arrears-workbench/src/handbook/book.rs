//! A policy on the way into its handbook: under its law, with anchors and uses.

use super::document::{Chapter, Entry, Statement, Told};
use super::uses::Uses;
use super::{Options, trials::Trials};
use crate::wording::{Anchors, Prose, Wording, human};
use arrears::condition::{Cond, Num, Term, TermKind};
use arrears::draft::{self, Keyword};
use arrears::{Law, Policy, Span};
use std::collections::BTreeMap;

/// What every chapter reads.
pub(super) struct Book<'a> {
    /// The policy as it is given.
    pub(super) plain: &'a Policy,
    /// The policy under the law of the day.
    pub(super) policy: &'a Policy,
    pub(super) law: &'a Law,
    pub(super) options: &'a Options<'a>,
    pub(super) anchors: &'a Anchors,
    pub(super) uses: Uses,
    pub(super) trials: &'a Trials,
}

impl<'a> Book<'a> {
    pub(super) const fn wording(&self) -> Wording<'_> {
        Wording::of_policy(self.policy, Some(self.anchors))
    }

    /// The statements with a keyword, as written, in their order.
    pub(super) fn written(&self, keyword: Keyword) -> impl Iterator<Item = &'a draft::Statement> + use<'a> {
        let all = self.plain.draft().statements.iter();
        all.filter(move |statement| statement.keyword == keyword)
    }

    /// A condition, in a sentence or in a list.
    pub(super) fn when(&self, cond: &Cond) -> Told {
        Told::condition(&self.wording().condition(cond))
    }

    pub(super) fn number(&self, num: &Num) -> Prose {
        self.wording().number(num)
    }

    /// The statement that is the `index`th of its keyword.
    pub(super) fn at(&self, keyword: Keyword, index: usize) -> Statement {
        let written = self.written(keyword).nth(index);
        let id = self.anchors.at(keyword, index).unwrap_or_default().to_owned();
        Statement {
            id,
            keyword: keyword.word(),
            name: written.map(|written| written.name_text().to_owned()).unwrap_or_default(),
            place: written.and_then(|written| self.place(written.name_span())),
        }
    }

    /// The statement with a name.
    pub(super) fn of(&self, keyword: Keyword, name: &str) -> Statement {
        match self.written(keyword).position(|written| written.name_text() == name) {
            Some(index) => self.at(keyword, index),
            None => Statement {
                id: self.anchors.of(keyword, name).unwrap_or_default().to_owned(),
                keyword: keyword.word(),
                name: name.to_owned(),
                place: None,
            },
        }
    }

    /// The file and line of a place in the policy.
    pub(super) fn place(&self, span: Span) -> Option<String> {
        let place = arrears_rules::place(span, self.plain.sources())?;
        let file = place.file.rsplit(['/', '\\']).next().unwrap_or(&place.file).to_owned();
        Some(format!("{file}:{}", place.line))
    }

    /// The name of a statement, as a link to where it is explained.
    pub(super) fn link(&self, keyword: Keyword, name: &str) -> Prose {
        match self.anchors.of(keyword, name) {
            Some(anchor) => Prose::link(human(name), anchor),
            None => Prose::plain(human(name)),
        }
    }

    /// A number of days, with the threshold that gives it, where the policy names one.
    pub(super) fn days(&self, days: i64, written: Option<&Term>) -> Prose {
        let said = Prose::plain(self.wording().value(days, arrears::Kind::Days));
        match written.map(|term| &term.kind) {
            Some(TermKind::Name(name)) => said.and(" (").and(self.link(Keyword::Threshold, name)).and(")"),
            _ => said,
        }
    }

    /// Where a name is used, as links.
    pub(super) fn used(&self, name: &str) -> Prose {
        let links = self.uses.of(name).iter().map(|used| match &used.anchor {
            Some(anchor) => Prose::link(used.said.clone(), anchor.clone()),
            None => Prose::plain(used.said.clone()),
        });
        Prose::joined(links, ", ")
    }
}

/// Names that a policy shows to people, by language,
/// but for one that is the title itself.
pub(super) fn shown(shows: &BTreeMap<String, String>, name: &str) -> Vec<String> {
    let others = shows.iter().filter(|(_, shown)| shown.as_str() != human(name));
    others.map(|(language, name)| format!("{name} ({language})")).collect()
}

/// Talking points as one text: each in quotation marks.
pub(super) fn points(say: &[String]) -> Told {
    Told::list(say.iter().map(|point| Told::from(format!("\u{201c}{}\u{201d}", human(point)))).collect())
}

/// Puts an entry into a chapter.
pub(super) fn enter(chapter: &mut Chapter, entry: Entry) {
    chapter.blocks.push(super::document::Block::Entry(entry));
}
