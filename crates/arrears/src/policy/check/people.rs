//! Signs, debtor types and holds.

use super::options::{flag, misspelt, points, shows, text, text_list};
use super::{Checker, Phase};
use crate::condition::{Cond, FactId, Term, TermKind};
use crate::draft::{Keyword, Statement};
use crate::facts::Class;
use crate::number::Kind;
use crate::policy::{DebtorType, Hold, Need, Purpose, Scope, Sign, Stops, is_protected_trait};
use crate::problem::Problem;

impl Checker<'_> {
    /// The signs, each with the state that keeps it alive.
    pub(crate) fn signs(&mut self) -> Vec<Sign> {
        let mut signs = Vec::new();
        for statement in self.declared.all(Keyword::Sign) {
            self.check_options(statement);
            let willingness = statement.option("willingness").and_then(points);
            let ability = statement.option("ability").and_then(points);
            let speaks = |key: &str| statement.option(key).is_some() || misspelt(statement, key);
            if !speaks("willingness") && !speaks("ability") {
                let problem = Problem::error("P321", format!("the sign \"{}\" has no points", statement.name_text()))
                    .at(statement.name_span(), "speaks to neither axis")
                    .help("as in #{ willingness: 2, lasts: 90 }");
                self.report(problem);
            }
            let Some(when) = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Facts)) else {
                continue;
            };
            self.no_protected_trait(statement);
            let lasts = statement.option("lasts").and_then(points).unwrap_or(0);
            let since = (lasts > 0).then(|| {
                let name = crate::facts::column_part(statement.name_text());
                let doc =
                    format!("Days since the sign \"{}\" was last seen. Never: it was not.", statement.name_text());
                let column = format!("days_since_sign_{name}");
                self.carried(column.clone(), column, Kind::Days, doc, statement.name_span())
            });
            signs.push(Sign {
                name: statement.name_text().to_owned(),
                when,
                willingness,
                ability,
                lasts,
                since,
                why: text(statement, "why").unwrap_or_default(),
                span: statement.span,
            });
        }
        signs
    }

    fn no_protected_trait(&mut self, statement: &Statement) {
        let Some(when) = &statement.when else { return };
        let mut names = Vec::new();
        self.names_in(when, &mut names, 0);
        for (name, span) in names {
            if is_protected_trait(&name) {
                let problem = Problem::error("P116", format!("a sign must not read `{name}`"))
                    .at(span, "a protected trait")
                    .help("judge by what the person does and can pay, never by who they are");
                self.report(problem);
            }
        }
    }

    /// Every name that a condition mentions, those of its defines included.
    fn names_in(&self, term: &Term, found: &mut Vec<(String, crate::span::Span)>, depth: u32) {
        if let TermKind::Call(function, arguments) = &term.kind
            && function.text == "tag"
        {
            let tags = arguments.iter().filter_map(|tag| Some((tag.as_text()?.to_owned(), tag.span)));
            found.extend(tags);
        }
        if let TermKind::Name(name) = &term.kind {
            found.push((name.clone(), term.span));
            if depth < 32
                && let Some(define) = self.declared.find(Keyword::Define, name)
                && let Some(value) = &define.value
            {
                self.names_in(value, found, depth + 1);
            }
        }
        for part in term.parts() {
            self.names_in(part, found, depth);
        }
    }

    /// The debtor types in order; the last must be `otherwise`.
    pub(crate) fn debtor_types(&mut self) -> Vec<DebtorType> {
        let statements = self.declared.all(Keyword::Debtor);
        let mut types = Vec::new();
        let mut closed: Option<&Statement> = None;
        for statement in &statements {
            self.check_options(statement);
            if let Some(closed) = closed {
                let problem = Problem::error(
                    "P305",
                    format!("debtor type \"{}\" stands below `otherwise`", statement.name_text()),
                )
                .at(statement.name_span(), "never reached")
                .at(closed.name_span(), "takes every account that is left");
                self.report(problem);
            }
            if statement.otherwise {
                closed = Some(statement);
            }
            let when = match (&statement.when, statement.otherwise) {
                (Some(when), false) => self.cond(when, Phase::Assessed),
                (None, true) => None,
                // `complete` reports a type with both clauses or with neither.
                _ => None,
            };
            types.push(DebtorType {
                name: statement.name_text().to_owned(),
                when,
                review: flag(statement, "review"),
                shows: shows(statement),
                say: text_list(statement.option("say")),
                why: text(statement, "why").unwrap_or_default(),
                span: statement.name_span(),
            });
        }
        self.too_many(&statements, "debtor types");
        if closed.is_none() && !self.declared.any_broken(Keyword::Debtor) && !types.is_empty() {
            let problem = Problem::error("P304", "the debtor types have no `otherwise`")
                .at(statements.last().map_or(crate::Span::NONE, |last| last.span), "the last type")
                .help("end with: debtor \"not_yet_known\" otherwise;");
            self.report(problem);
        }
        if types.is_empty() && !self.declared.any_broken(Keyword::Debtor) {
            // A policy that tells no types apart has one.
            types.push(DebtorType {
                name: "any".to_owned(),
                when: None,
                review: false,
                shows: std::collections::BTreeMap::new(),
                say: Vec::new(),
                why: String::new(),
                span: crate::Span::NONE,
            });
        }
        types
    }

    /// At most 62 of a kind, so that a set of them is one machine word.
    pub(crate) fn too_many(&mut self, statements: &[&Statement], what: &str) {
        if let Some(statement) = statements.get(62) {
            let problem =
                Problem::error("P314", format!("more than 62 {what}")).at(statement.name_span(), "one too many");
            self.report(problem);
        }
    }

    /// The holds.
    pub(crate) fn holds(&mut self) -> Vec<Hold> {
        let mut holds = Vec::new();
        for statement in self.declared.all(Keyword::Hold) {
            self.check_options(statement);
            let stops = self.stops(statement);
            let keeps = text_list(statement.option("keeps"));
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Assessed));
            let Some(when) = when else { continue };
            self.no_script(&when);
            let customer = statement.option("scope").and_then(Term::as_text) == Some("customer");
            holds.push(Hold {
                name: statement.name_text().to_owned(),
                when,
                stops,
                keeps: keeps.iter().filter_map(|word| Purpose::from_word(word)).collect(),
                scope: if customer { Scope::Customer } else { Scope::Account },
                why: text(statement, "why").unwrap_or_default(),
                span: statement.name_span(),
            });
        }
        holds
    }

    /// Reports what a hold reads of facts that scripts compute, its defines included.
    fn no_script(&mut self, when: &Cond) {
        let mut reads: Vec<(FactId, crate::Span)> = Vec::new();
        when.each_fact_at(&mut |id, span| reads.push((id, span)));
        for (id, span) in reads {
            let Some(input) = self.vocabulary.get(id).filter(|input| input.need == Need::Script) else {
                continue;
            };
            let problem = Problem::error("P117", format!("a hold reads the script fact `{}`", input.name))
                .at(span, "computed by a script, which may fail")
                .help("give the fact as a column, or read what the script reads");
            self.report(problem);
        }
    }

    fn stops(&mut self, statement: &Statement) -> Stops {
        const CLASSES: [Class; 4] = [Class::Contact, Class::Enforcement, Class::Relief, Class::Internal];
        let mut stops = Stops::default();
        let Some(value) = statement.option("stops") else {
            return stops;
        };
        for item in value.parts() {
            let Some(word) = item.as_text() else { continue };
            if let Some(class) = CLASSES.into_iter().find(|class| class.word() == word) {
                stops.classes.push(class);
            } else if word == "required_notice" {
                stops.required_notice = true;
            } else if self.declared.find(Keyword::Duty, word).is_some() {
                stops.duties.push(word.to_owned());
            } else if !self.declared.is_broken(Keyword::Duty, word) {
                let duties = self.declared.names(Keyword::Duty);
                let classes = CLASSES.map(Class::word);
                let candidates = classes.into_iter().chain(["required_notice"]).chain(duties);
                let near = crate::problem::nearest(word, candidates).map(str::to_owned);
                let mut problem =
                    Problem::error("P114", format!("nothing is called \"{word}\" that a hold could stop"))
                        .at(item.span, "neither a class nor a duty");
                problem = match near {
                    Some(near) => {
                        problem.suggest(item.span, format!("\"{near}\"")).help(format!("did you mean \"{near}\"?"))
                    }
                    None => problem.help("classes are contact, enforcement, relief, internal and required_notice"),
                };
                self.report(problem);
            }
        }
        if value.parts().is_empty() {
            let problem = Problem::error("P322", format!("the hold \"{}\" stops nothing", statement.name_text()))
                .at(value.span, "empty");
            self.report(problem);
        }
        stops
    }
}
