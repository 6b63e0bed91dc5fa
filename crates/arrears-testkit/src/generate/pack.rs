//! Random packs of law as drafts that pass their checks.

use super::build::{compare, flag, name, options, statement, term, text, texts, verb, whole};
use super::choices::Choices;
use super::pack_terms::Asks;
use super::standing::CONSENTS;
use arrears::Kind;
use arrears::condition::{Cmp, Term, TermKind};
use arrears::draft::{Draft, Keyword, Statement};
use chrono::{Days, NaiveDate};

/// The names that a pack declares.
#[derive(Clone, Debug)]
pub(super) struct PackShape {
    /// Whether conditions may say what to take for a missing fact (`??`, `known`).
    pub(super) defaults: bool,
    /// Classes of contacts.
    pub(super) classes: Vec<&'static str>,
    /// Kinds of consent, and the class that ends each, by position.
    pub(super) consents: Vec<(&'static str, Option<usize>)>,
    /// Thresholds with their kinds and values.
    pub(super) thresholds: Vec<(&'static str, Kind, i64)>,
    /// Conditions with a name.
    pub(super) defines: Vec<&'static str>,
}

const CLASSES: [&str; 4] = ["calls", "talks", "letters", "all"];
/// The ids of rules.
pub(super) const RULES: [&str; 4] = ["R-1", "R-2", "R-3", "R-4"];
/// The ids of exceptions.
pub(super) const EXCEPTIONS: [&str; 3] = ["E-1", "E-2", "E-3"];
const PERIODS: [&str; 9] = [
    "08:00-20:00",
    "00:00-24:00",
    "none",
    "09:30-17:00",
    "01:30-02:30",
    "00:30-23:30",
    "02:10-24:00",
    "00:00-01:00",
    "07:00-21:00",
];

/// What packs a law is about.
#[derive(Clone, Copy, Debug)]
pub struct PackStyle {
    /// Whether conditions may use `??` and `known`.
    pub defaults: bool,
    /// Most guardrails.
    pub rules: usize,
    /// A day near which rules begin and end.
    pub near: NaiveDate,
}

/// A pack from choices, for a jurisdiction.
pub fn pack(choices: &mut Choices, named: &str, jurisdiction: &str, style: PackStyle) -> Draft {
    let shape = shape(choices, style.defaults);
    let mut writer = Writer { choices, shape, style, statements: Vec::new() };
    writer.head(named, jurisdiction);
    writer.declared();
    writer.classes();
    for index in 0..1 + writer.choices.below(style.rules) {
        writer.rule(index);
    }
    for index in 0..writer.choices.below(EXCEPTIONS.len() + 1) {
        writer.exception(index);
    }
    for named in ["often", "late"].iter().take(writer.choices.below(3)) {
        let mut remark = statement(Keyword::Flag, named);
        remark.when = Some(writer.condition(1));
        remark.options = writer.citation(Keyword::Flag, Vec::new());
        writer.statements.push(remark);
    }
    Draft { sources: Vec::new(), statements: writer.statements, broken: Vec::new() }
}

fn shape(choices: &mut Choices, defaults: bool) -> PackShape {
    let classes: Vec<&str> = CLASSES.iter().copied().take(1 + choices.below(CLASSES.len())).collect();
    let count = classes.len();
    let consents = CONSENTS.iter().take(choices.below(CONSENTS.len() + 1));
    let consents = consents.map(|kind| (*kind, choices.chance(40).then(|| choices.below(count)))).collect();
    let mut thresholds = Vec::new();
    for (name, kind, values) in [("t_days", Kind::Days, [7, 1, 2]), ("t_count", Kind::Count, [1, 2, 3])] {
        if choices.chance(50) {
            thresholds.push((name, kind, choices.pick(&values, 1)));
        }
    }
    let defines = ["word_one", "word_two"].into_iter().take(choices.below(3)).collect();
    PackShape { defaults, classes, consents, thresholds, defines }
}

struct Writer<'c> {
    choices: &'c mut Choices,
    shape: PackShape,
    style: PackStyle,
    statements: Vec<Statement>,
}

impl Writer<'_> {
    fn condition(&mut self, depth: usize) -> Term {
        let consents = self.shape.consents.iter().map(|(kind, _)| *kind).collect();
        Asks { choices: self.choices, shape: &self.shape, counts: true, consents }.condition(depth)
    }

    fn head(&mut self, named: &str, jurisdiction: &str) {
        let mut head = statement(Keyword::Pack, named);
        let mut entries = vec![("version", text("1")), ("title", text("t")), ("jurisdiction", text(jurisdiction))];
        if self.choices.chance(80) {
            entries.push(("calendar", text("ours")));
        }
        self.dates(&mut entries, 10);
        head.options = options(entries);
        self.statements.push(head);
    }

    /// First and last days in force, near the day on which everything happens.
    fn dates(&mut self, entries: &mut Vec<(&str, Term)>, percent: usize) {
        let near = self.style.near;
        let day = |days: u64| text(&(near - Days::new(30) + Days::new(days)).to_string());
        let (from, to) = (self.choices.pick(&[30, 31, 0, 29, 32], 30), self.choices.pick(&[30, 31, 29, 60, 32], 30));
        if self.choices.chance(percent) {
            entries.push(("from", day(from)));
        }
        let from = if entries.iter().any(|(key, _)| *key == "from") { from } else { 0 };
        if self.choices.chance(percent) && to >= from {
            entries.push(("to", day(to)));
        }
    }

    fn declared(&mut self) {
        for (named, _, value) in self.shape.thresholds.clone() {
            let mut threshold = statement(Keyword::Threshold, named);
            threshold.value = Some(whole(value));
            threshold.options = options(vec![("from", whole(1)), ("to", whole(10)), ("why", text("so"))]);
            self.statements.push(threshold);
        }
        self.statements.push(statement(Keyword::Event, "signed"));
        for named in std::mem::take(&mut self.shape.defines) {
            let mut define = statement(Keyword::Define, named);
            define.value = Some(self.condition(1));
            self.statements.push(define);
            self.shape.defines.push(named);
        }
    }

    /// Classes in any order, and the kinds of consent that they end.
    fn classes(&mut self) {
        let mut classes = Vec::new();
        for (index, named) in self.shape.classes.iter().enumerate() {
            let mut class = statement(Keyword::Contact, named);
            // A class may ask for consent that ends with a class before it, never after.
            let mine = self.shape.consents.iter().filter(|(_, ends)| ends.is_none_or(|ends| ends < index));
            let consents: Vec<&str> = mine.map(|(kind, _)| *kind).collect();
            let depth = self.choices.below(2);
            class.when = Some(match (*named, self.choices.chance(60)) {
                ("all", true) => flag(true),
                ("talks", true) => name("conversation"),
                ("calls", true) => compare(Cmp::Eq, name("channel"), text("phone")),
                _ => Asks { choices: self.choices, shape: &self.shape, counts: false, consents }.condition(depth),
            });
            let mut entries = Vec::new();
            if self.choices.chance(75) {
                let shared = [("person", 70), ("debt", 50), ("number", 20), ("address", 15)];
                let shared: Vec<&str> =
                    shared.into_iter().filter(|(_, often)| self.choices.chance(*often)).map(|(word, _)| word).collect();
                entries.push(("same", texts(&shared)));
            }
            if self.choices.chance(50) {
                entries.push(("about", text(self.choices.text(&["discussed", "placed"]))));
            }
            if self.choices.chance(50) {
                entries.push(("one_account", texts(&["student_loan"])));
            }
            class.options = options(entries);
            classes.push(class);
        }
        let classes = self.choices.shuffle(classes);
        self.statements.extend(classes);
        for (kind, ends) in self.shape.consents.clone() {
            let mut consents = statement(Keyword::Consents, kind);
            let mut entries = Vec::new();
            if self.choices.chance(60) {
                entries.push(("given_to", texts(&["collector"])));
            }
            if self.choices.chance(40) {
                let days = self.days();
                entries.push(("days", days));
            }
            if let Some(class) = ends.and_then(|ends| self.shape.classes.get(ends)) {
                entries.push(("ends_with", text(class)));
            }
            consents.options = options(entries);
            self.statements.push(consents);
        }
    }

    fn days(&mut self) -> Term {
        match self.shape.thresholds.iter().find(|(_, kind, _)| *kind == Kind::Days) {
            Some((threshold, _, _)) if self.choices.chance(40) => name(threshold),
            _ => whole(self.choices.pick(&[7, 1, 2, 3, 30], 7)),
        }
    }

    fn class(&mut self) -> Term {
        text(self.choices.text(&self.shape.classes))
    }

    fn rule(&mut self, index: usize) {
        let id = self.choices.text(&RULES);
        let mut rule = statement(Keyword::Guardrail, id);
        let review = self.choices.chance(20);
        let mut entries = Vec::new();
        let part = format!("part {index}");
        if self.choices.chance(60) {
            rule.when = Some(self.condition(1));
        }
        if self.choices.chance(25) {
            rule.unless = Some(self.condition(1));
        }
        let limit = match self.choices.below(7) {
            0 | 1 => self.hours(),
            2 | 3 => self.at_most(review),
            4 | 5 => {
                let after = if self.choices.chance(25) { text("written_notice") } else { self.class() };
                verb("rest", vec![("after", after), ("days", self.days())])
            }
            _ => {
                // Rules that refuse everything tell nothing of the others.
                rule.when = Some(self.condition(1));
                verb("refuse", Vec::new())
            }
        };
        rule.act = Some(limit);
        if review {
            entries.push(("answer", text("review")));
        }
        if self.choices.chance(25) {
            entries.push(("presumes", flag(true)));
            if self.choices.chance(70) {
                entries.push(("rebutted_by", texts(&["required_by_law"])));
            }
        }
        entries.push(("part", text(&part)));
        if self.choices.chance(10) {
            entries.push(("rule", text(self.choices.text(&RULES))));
        }
        rule.options = self.citation(Keyword::Guardrail, entries);
        if self.choices.chance(15) && rule.option("from").is_none() && rule.option("to").is_none() {
            self.versions(rule);
        } else {
            self.statements.push(rule);
        }
    }

    /// Two versions of a rule, one after the other.
    fn versions(&mut self, mut earlier: Statement) {
        let last = self.style.near + Days::new(2) - Days::new(self.choices.pick(&[2, 3, 1, 0], 2));
        let mut later = earlier.clone();
        earlier.options.extend(options(vec![("to", text(&last.to_string()))]));
        later.options.extend(options(vec![("from", text(&(last + Days::new(1)).to_string()))]));
        later.act = Some(self.hours());
        self.statements.push(earlier);
        self.statements.push(later);
    }

    /// Where a statement stands, how it is known, whether it holds.
    fn citation(&mut self, keyword: Keyword, mut entries: Vec<(&str, Term)>) -> arrears::draft::Options {
        entries.push(("cites", text("1 A 1")));
        let basis = self.choices.text(&["primary", "primary", "secondary", "primary", "house", "recalled"]);
        let certainty = self.choices.text(&["high", "high", "medium", "high", "high", "low"]);
        let doubtful = basis == "recalled" || certainty == "low";
        let status = match self.choices.below(25) {
            0 => "draft",
            1 => "superseded",
            2 => "policy",
            3 => "unverified",
            _ if doubtful => "unverified",
            _ => "in_force",
        };
        entries.push(("basis", text(basis)));
        entries.push(("certainty", text(certainty)));
        if status != "in_force" || self.choices.chance(30) {
            entries.push(("status", text(status)));
        }
        if keyword == Keyword::Guardrail {
            entries.push(("says", text("so")));
            entries.push(("not_covered", text("nothing")));
            entries.push(("strength", text(self.choices.text(&["must", "should_not", "guideline"]))));
        }
        self.dates(&mut entries, 12);
        options(entries)
    }

    fn hours(&mut self) -> arrears::draft::VerbCall {
        let mut entries = Vec::new();
        for key in ["every_day", "mon_fri", "mon_sat", "sat_sun", "sat", "sun"] {
            if self.choices.chance(if key == "every_day" { 70 } else { 25 }) {
                entries.push((key, text(self.choices.text(&PERIODS))));
            }
        }
        if entries.is_empty() {
            entries.push(("every_day", text("08:00-20:00")));
        }
        if self.choices.chance(40) {
            entries.push(("holidays", text(self.choices.text(&["none", "10:00-12:00", "00:00-24:00"]))));
        }
        verb("keep_hours", entries)
    }

    fn at_most(&mut self, review: bool) -> arrears::draft::VerbCall {
        let threshold = self.shape.thresholds.iter().find(|(_, kind, _)| *kind == Kind::Count);
        let times = match threshold {
            Some((threshold, _, _)) if self.choices.chance(40) => name(threshold),
            _ => whole(self.choices.pick(&[1, 2, 3, 4], 1)),
        };
        let times = if review && self.choices.chance(15) { whole(0) } else { times };
        let mut entries = vec![("times", times), ("of", self.class())];
        match self.choices.below(6) {
            0 => entries.push(("months", whole(1))),
            1 => entries.push(("ever", term(TermKind::Flag(true)))),
            _ => {
                let days = self.days();
                entries.push(("days", days));
            }
        }
        if self.choices.chance(25) {
            entries.push(("after", self.class()));
        }
        if self.choices.chance(25) {
            entries.push(("lifted_by", self.class()));
        }
        verb("at_most", entries)
    }

    fn exception(&mut self, index: usize) {
        let mut exception = statement(Keyword::Exception, EXCEPTIONS.get(index).copied().unwrap_or_default());
        exception.when = Some(self.condition(1));
        let names: Vec<String> = self
            .statements
            .iter()
            .filter(|statement| statement.keyword == Keyword::Guardrail)
            .map(|statement| statement.name_text().to_owned())
            .collect();
        let mut lifts: Vec<&str> = names.iter().map(String::as_str).filter(|_| self.choices.chance(60)).collect();
        lifts.sort_unstable();
        lifts.dedup();
        if lifts.is_empty() {
            lifts.extend(names.first().map(String::as_str));
        }
        exception.options = self.citation(Keyword::Exception, vec![("lifts", texts(&lifts))]);
        self.statements.push(exception);
    }
}
