//! Random policies as drafts that pass their checks.

use super::build::{call, decimal, flag, name, options, statement, term, text, texts, whole};
use super::choices::Choices;
use super::shape::{OWN_WORDS, Shape};
use super::terms::{Terms, When};
use arrears::Kind;
use arrears::condition::{Term, TermKind};
use arrears::draft::{Draft, Keyword, Statement};

/// Writes a policy.
pub(super) struct Writer<'c> {
    pub(super) choices: &'c mut Choices,
    pub(super) shape: Shape,
    statements: Vec<Statement>,
}

/// A policy from choices; with `defaults`, conditions may use `??` and `known`.
pub fn policy(choices: &mut Choices, defaults: bool) -> Draft {
    let shape = Shape::random(choices, defaults);
    let mut writer = Writer { choices, shape, statements: Vec::new() };
    writer.head();
    writer.declared();
    writer.applies();
    writer.people();
    writer.ladder();
    writer.work();
    writer.outcomes();
    Draft { sources: Vec::new(), statements: writer.statements, broken: Vec::new() }
}

impl Writer<'_> {
    pub(super) fn condition(&mut self, when: When, depth: usize) -> Term {
        Terms { choices: self.choices, shape: &self.shape, when }.condition(depth)
    }

    pub(super) fn push(&mut self, statement: Statement) {
        self.statements.push(statement);
    }

    fn head(&mut self) {
        let mut head = statement(Keyword::Policy, "random");
        let mut entries = vec![("version", text("1")), ("currency", text(self.shape.currency))];
        if self.choices.chance(30) {
            entries.push(("buckets", term(TermKind::List([1, 8, 31, 90].map(whole).to_vec()))));
        }
        head.options = options(entries);
        self.push(head);
    }

    fn declared(&mut self) {
        for (named, kind, value) in self.shape.thresholds.clone() {
            let mut threshold = statement(Keyword::Threshold, named);
            threshold.value = Some(decimal(value));
            let wide = rust_decimal::Decimal::new(1000, 0);
            let (low, high) = match kind {
                Kind::Money => (value - wide, value + wide),
                _ => (value, value + wide),
            };
            threshold.options = options(vec![("from", decimal(low)), ("to", decimal(high)), ("why", text("so"))]);
            self.push(threshold);
        }
        for (named, kind) in self.shape.own.clone() {
            let mut fact = statement(Keyword::Fact, named);
            let (value, mut entries) = match kind {
                Kind::Flag => (flag(false), Vec::new()),
                Kind::Category => (text("red"), vec![("values", texts(&OWN_WORDS))]),
                _ => (whole(0), Vec::new()),
            };
            entries.push(("kind", text(kind.word())));
            if kind == Kind::Days {
                let moves = self.choices.text(&["up", "still", "down"]);
                entries.push(("moves", text(moves)));
                entries.push(("never", flag(self.choices.chance(50))));
            }
            if self.choices.chance(if kind == Kind::Ratio { 60 } else { 10 }) {
                entries.push(("valid_days", whole(self.choices.pick(&[30, 7, 1], 30))));
            }
            fact.value = Some(value);
            fact.options = options(entries);
            self.push(fact);
        }
        let mut values = statement(Keyword::Values, "segment");
        values.value = Some(texts(&["mass", "affluent", "private"]));
        self.push(values);
        self.assumptions();
        for named in ["word_one", "word_two"] {
            if self.choices.chance(40) {
                let mut define = statement(Keyword::Define, named);
                define.value = Some(self.condition(When::Facts, 1));
                self.push(define);
                self.shape.defines.push(named);
            }
        }
    }

    fn assumptions(&mut self) {
        let plain = [
            ("contacts", text("none")),
            ("payments", text("none")),
            ("promises", text("none")),
            ("dispute", flag(false)),
            ("hardship", flag(true)),
            ("lost_contact", flag(false)),
            ("balance", decimal(rust_decimal::Decimal::new(10_000, self.shape.digits))),
            ("days_since_demand", text("never")),
            ("cause", text("forgot")),
            ("number_mobile", text("valid")),
            ("late_count_12m", whole(2)),
        ];
        let subjects = [
            (call("times", vec![text("refused"), whole(60)]), whole(3)),
            (call("tag", vec![text("vip")]), flag(true)),
            (call("opted_out", vec![text("sms")]), flag(false)),
            (call("opted_out", vec![text("phone")]), flag(false)),
            (call("opted_out", vec![text("visit")]), flag(false)),
        ];
        for (fact, value) in plain {
            if self.choices.chance(20) {
                self.assume(statement(Keyword::Assume, fact), value);
            }
        }
        for (subject, value) in subjects {
            if self.choices.chance(30) {
                let mut assume = statement(Keyword::Assume, "");
                assume.subject = Some(subject);
                self.assume(assume, value);
            }
        }
    }

    fn assume(&mut self, mut assume: Statement, value: Term) {
        assume.value = Some(value);
        assume.options = options(vec![("why", text("so"))]);
        self.push(assume);
    }

    /// A number of days, or a threshold in days.
    pub(super) fn days(&mut self, from: &[i64]) -> Term {
        let thresholds = self.shape.thresholds.iter().filter(|(_, kind, _)| *kind == Kind::Days);
        let thresholds: Vec<&str> = thresholds.map(|(name, _, _)| *name).collect();
        if !thresholds.is_empty() && self.choices.chance(30) {
            return name(self.choices.text(&thresholds));
        }
        whole(self.choices.pick(from, 7))
    }
}
