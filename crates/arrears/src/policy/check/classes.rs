//! Classes of contacts and kinds of consent.

use super::names::mended;
use super::options::text_list;
use super::{Checker, Phase};
use crate::condition::{FactId, Named, Term};
use crate::draft::Keyword;
use crate::facts::{LEGAL_EVENTS, Parametric, ParametricKind};
use crate::number::Kind;
use crate::policy::pack::{About, ConsentKind, ContactClass, Same};
use crate::policy::{Input, Need};
use crate::problem::{Problem, nearest};
use crate::span::Span;

impl Checker<'_> {
    /// Whether guardrails are checked and a class of contacts has the name.
    pub(crate) fn is_class(&self, name: &str) -> bool {
        self.guards && self.declared.names(Keyword::Contact).contains(&name)
    }

    /// Whether an event of law has the name: one of those that are known, or one of the pack's own.
    pub(crate) fn is_event_of_law(&self, name: &str) -> bool {
        LEGAL_EVENTS.contains(&name) || self.declared.names(Keyword::Event).contains(&name)
    }

    /// The position of a class of contacts; reports one that is not declared.
    pub(crate) fn class(&mut self, value: &Term) -> Option<usize> {
        let name = Named::new(value.as_text()?, value.span);
        self.known_class(ParametricKind::Times, &name)?;
        self.declared.all(Keyword::Contact).iter().position(|statement| statement.name_text() == name.text)
    }

    /// Reports a class of contacts, or a kind of consent, that is not declared.
    pub(crate) fn known_class(&mut self, kind: ParametricKind, what: &Named) -> Option<()> {
        let (keyword, called) = match kind {
            ParametricKind::Consented => (Keyword::Consents, "kind of consent"),
            _ => (Keyword::Contact, "class of contacts"),
        };
        if self.guards && self.declared.names(keyword).contains(&what.text.as_str()) {
            return Some(());
        }
        let problem = Problem::error("P126", format!("unknown {called} \"{}\"", what.text))
            .at(what.span, format!("no `{keyword}` statement declares it"));
        let problem = match nearest(&what.text, self.declared.names(keyword)) {
            Some(near) => mended(problem, what.span, near),
            None if self.in_pack() || keyword.in_policies() => {
                problem.help(format!("declare it: {keyword} \"{}\" ...;", what.text))
            }
            None => problem.help("how consent of a kind lives is declared in packs of law"),
        };
        self.report(problem);
        None
    }

    /// A fact with a parameter that is a fact of the contact, not of the account.
    pub(crate) fn of_contact(&mut self, fact: Parametric, span: Span) -> FactId {
        let (column, written) = (fact.column(), fact.written());
        if let Some(id) = self.vocabulary.find(&column) {
            self.one_column(id, &written, &column, span);
            return id;
        }
        let id = self.vocabulary.add(Input {
            name: column,
            doc: format!("As `{written}` in the pack."),
            written,
            kind: fact.kind.measures(),
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: fact.may_be_never(),
            from_zero: true,
            movement: fact.movement(),
            need: Need::Contact,
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: None,
            span,
        });
        self.vocabulary.counted.push(fact);
        id
    }

    /// The classes of contacts.
    pub(crate) fn contact_classes(&mut self) -> Vec<ContactClass> {
        let mut classes = Vec::new();
        for statement in self.declared.all(Keyword::Contact) {
            self.check_options(statement);
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Contact));
            let Some(when) = when else { continue };
            self.counts_nothing(&when);
            let shared = text_list(statement.option("same"));
            let has = |word: &str| shared.iter().any(|shared| shared == word);
            let same = match statement.option("same") {
                None => Same::default(),
                Some(_) => {
                    Same { person: has("person"), debt: has("debt"), number: has("number"), address: has("address") }
                }
            };
            let discussed = statement.option("about").and_then(Term::as_text) == Some("discussed");
            classes.push(ContactClass {
                name: statement.name_text().to_owned(),
                when,
                same,
                about: if discussed { About::Discussed } else { About::Placed },
                one_account: text_list(statement.option("one_account")),
                span: statement.name_span(),
            });
        }
        classes
    }

    /// Reports a class whose condition counts contacts itself: of which it would be a circle.
    fn counts_nothing(&mut self, when: &crate::condition::Cond) {
        let mut reads: Vec<(FactId, Span)> = Vec::new();
        when.each_fact_at(&mut |id, span| reads.push((id, span)));
        for (id, span) in reads {
            let name = self.vocabulary.get(id).map(|input| input.name.clone()).unwrap_or_default();
            let asked = self.vocabulary.counted.iter().find(|fact| fact.column() == name);
            if asked.is_some_and(|fact| fact.kind != ParametricKind::Consented && self.is_class(&fact.what)) {
                let problem = Problem::error("P127", "a class of contacts counts contacts")
                    .at(span, "a class is read of one contact")
                    .help("count in the guardrail: `at_most`, `rest` or `times(...)`");
                self.report(problem);
            }
        }
    }

    /// Reports classes whose contacts depend on themselves: a class asks for consent that contacts of the
    /// class, or of one that asks for its consent, end.
    pub(crate) fn no_circle_of_consent(&mut self, classes: &[ContactClass], kinds: &[ConsentKind]) {
        let ended_by = |class: &ContactClass| {
            let mut found = Vec::new();
            class.when.each_fact(&mut |id| {
                let name = self.vocabulary.get(id).map(|input| input.name.as_str()).unwrap_or_default();
                let asked = self.vocabulary.counted.iter().find(|fact| fact.column() == name);
                let asked = asked.filter(|fact| fact.kind == ParametricKind::Consented);
                let kind = asked.and_then(|fact| kinds.iter().find(|kind| kind.name == fact.what));
                found.extend(kind.and_then(|kind| kind.ends_with));
            });
            found
        };
        let needs: Vec<Vec<usize>> = classes.iter().map(ended_by).collect();
        let circle = (0..classes.len()).find(|class| {
            let mut reached: Vec<usize> = needs.get(*class).cloned().unwrap_or_default();
            let mut at = 0;
            while let Some(next) = reached.get(at).copied() {
                let more = needs.get(next).into_iter().flatten().filter(|more| !reached.contains(more));
                let more: Vec<usize> = more.copied().collect();
                reached.extend(more);
                at += 1;
            }
            reached.contains(class)
        });
        let Some(class) = circle.and_then(|class| classes.get(class)) else { return };
        let problem = Problem::error("P112", format!("the class \"{}\" needs itself", class.name))
            .at(class.span, "asks for consent that its own contacts end")
            .help("let the consent end with a class that does not ask for it");
        self.report(problem);
    }

    /// The kinds of consent.
    pub(crate) fn consent_kinds(&mut self) -> Vec<ConsentKind> {
        let mut kinds = Vec::new();
        for statement in self.declared.all(Keyword::Consents) {
            self.check_options(statement);
            let ends_with = statement.option("ends_with").map(|value| self.class(value));
            kinds.push(ConsentKind {
                name: statement.name_text().to_owned(),
                given_to: text_list(statement.option("given_to")),
                days: self.option_number(statement.option("days"), Kind::Days),
                ends_with: ends_with.flatten(),
                span: statement.name_span(),
            });
        }
        kinds
    }
}
