//! Random policies as drafts that pass their checks.

use super::build::{call, decimal, flag, name, options, statement, term, text, texts, verb, whole};
use super::choices::Choices;
use super::shape::{OWN_WORDS, Shape};
use super::terms::{Terms, When};
use arrears::Kind;
use arrears::Span;
use arrears::condition::{Named, Term, TermKind};
use arrears::draft::{Draft, Keyword, Statement, VerbCall};

const VERBS: [&str; 14] = [
    "sms",
    "letter",
    "phone",
    "visit",
    "ivr",
    "litigation",
    "place",
    "push",
    "email",
    "branch",
    "offer",
    "note",
    "waive",
    "review",
];
const PURPOSES: [&str; 5] = ["demand", "information", "statement", "required_notice", "reply"];
const CLASSES: [&str; 5] = ["contact", "enforcement", "relief", "internal", "required_notice"];

/// Writes a policy.
struct Writer<'c> {
    choices: &'c mut Choices,
    shape: Shape,
    statements: Vec<Statement>,
}

/// A policy from choices; with `defaults`, conditions may use `??` and `known`.
pub fn policy(choices: &mut Choices, defaults: bool) -> Draft {
    let shape = Shape::random(choices, defaults);
    let mut writer = Writer { choices, shape, statements: Vec::new() };
    writer.head();
    writer.declared();
    writer.people();
    writer.ladder();
    writer.work();
    Draft { sources: Vec::new(), statements: writer.statements, broken: Vec::new() }
}

impl Writer<'_> {
    fn condition(&mut self, when: When, depth: usize) -> Term {
        Terms { choices: self.choices, shape: &self.shape, when }.condition(depth)
    }

    fn push(&mut self, statement: Statement) {
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

    fn people(&mut self) {
        for (at, axis) in ["willingness", "ability"].into_iter().enumerate() {
            if !self.shape.axes.get(at).copied().unwrap_or(false) {
                continue;
            }
            for sign in 0..1 + self.choices.below(3) {
                let mut seen = statement(Keyword::Sign, &format!("{axis} sign {sign}"));
                seen.when = Some(self.condition(When::Facts, 1));
                let points = self.choices.pick(&[2, -2, 1, -1, 3], 2);
                let mut entries = vec![(axis, whole(points))];
                if self.choices.chance(50) {
                    entries.push(("lasts", whole(self.choices.pick(&[30, 7, 90], 30))));
                }
                seen.options = options(entries);
                self.push(seen);
            }
        }
        let types = self.shape.types.clone();
        for (at, kind) in types.iter().enumerate() {
            let mut debtor = statement(Keyword::Debtor, kind);
            if at + 1 == types.len() {
                debtor.otherwise = true;
            } else {
                debtor.when = Some(self.condition(When::Assessed, 2));
            }
            let mut entries = Vec::new();
            if self.choices.chance(20) {
                entries.push(("review", flag(true)));
            }
            if at == 0 && self.choices.chance(20) {
                entries.push(("formerly", texts(&["old type"])));
            }
            debtor.options = options(entries);
            self.push(debtor);
        }
        for named in ["hold one", "hold two"] {
            if self.choices.chance(50) {
                self.hold(named);
            }
        }
    }

    fn hold(&mut self, named: &str) {
        let mut hold = statement(Keyword::Hold, named);
        hold.when = Some(self.condition(When::Assessed, 1));
        let mut stops = vec![self.choices.text(&CLASSES)];
        for more in CLASSES.into_iter().chain(self.shape.duties.iter().copied()) {
            if self.choices.chance(25) && !stops.contains(&more) {
                stops.push(more);
            }
        }
        let mut entries = vec![("stops", texts(&stops))];
        if self.choices.chance(30) {
            entries.push(("keeps", texts(&[self.choices.text(&PURPOSES)])));
        }
        hold.options = options(entries);
        self.push(hold);
    }

    fn ladder(&mut self) {
        let mode = self.choices.text(&["sequential", "sequential", "sequential", "skip", "free"]);
        let free = mode == "free";
        let mut milder = vec!["current"];
        for (at, (named, beside)) in self.shape.stages.clone().into_iter().enumerate() {
            let mut stage = statement(Keyword::Stage, named);
            let depth = usize::from(self.choices.chance(50));
            stage.when = Some(self.condition(When::Typed, depth));
            let mut entries = Vec::new();
            if self.choices.chance(20) {
                entries.push(("approval", text("head of collections")));
            }
            if at == 0 && self.choices.chance(20) {
                entries.push(("formerly", texts(&["old stage"])));
            }
            if beside {
                entries.push(("beside", flag(true)));
            } else {
                if !free && self.choices.chance(30) {
                    entries.push(("after", text(self.choices.text(&milder))));
                }
                if !free && self.choices.chance(30) {
                    let days = self.days(&[7, 3, 14, 1]);
                    entries.push(("dwell", days));
                }
                milder.push(named);
            }
            stage.options = options(entries);
            self.push(stage);
        }
        self.escalate(mode);
        let rungs: Vec<&str> = ["current"].into_iter().chain(self.shape.rungs()).collect();
        for _ in 0..self.choices.below(3) {
            if !free {
                let mut ease = statement(Keyword::Ease, "");
                ease.to = Some(Named::new(self.choices.text(&rungs), Span::NONE));
                ease.when = Some(self.condition(When::Typed, 1));
                self.push(ease);
            }
        }
        for _ in 0..self.choices.below(3) {
            let mut cure = statement(Keyword::Cure, "");
            cure.when = Some(self.condition(When::Typed, 1));
            let to = self.choices.text(&rungs);
            let mut entries = vec![("to", text(to))];
            if self.choices.chance(50) {
                entries.push(("then", texts(&["restore_limit", "note"])));
            }
            cure.options = options(entries);
            self.push(cure);
        }
    }

    fn escalate(&mut self, mode: &str) {
        let mut escalate = statement(Keyword::Escalate, "");
        let mut entries = vec![("mode", text(mode))];
        if mode == "sequential" && self.choices.chance(50) {
            entries.push(("steps", whole(self.choices.pick(&[2, 1, 3], 2))));
        }
        if self.choices.chance(40) {
            entries.push(("first", text("skip")));
        }
        if mode == "sequential" && self.choices.chance(20) {
            entries.push(("catch_up", flag(true)));
        }
        let rungs = self.shape.rungs();
        if mode != "free" && !rungs.is_empty() && self.choices.chance(20) {
            entries.push(("latches", texts(&[self.choices.text(&rungs)])));
        }
        escalate.options = options(entries);
        self.push(escalate);
    }

    /// A number of days, or a threshold in days.
    fn days(&mut self, from: &[i64]) -> Term {
        let thresholds = self.shape.thresholds.iter().filter(|(_, kind, _)| *kind == Kind::Days);
        let thresholds: Vec<&str> = thresholds.map(|(name, _, _)| *name).collect();
        if !thresholds.is_empty() && self.choices.chance(30) {
            return name(self.choices.text(&thresholds));
        }
        whole(self.choices.pick(from, 7))
    }

    fn work(&mut self) {
        for named in self.shape.duties.clone() {
            let mut duty = statement(Keyword::Duty, named);
            duty.when = Some(self.condition(When::Staged, 1));
            let mut entries = vec![("text", text("overdue_notice"))];
            if self.choices.chance(70) {
                let days = self.days(&[14, 5, 1]);
                entries.push(("within", days));
            }
            if self.choices.chance(50) {
                entries.push(("from", text("first_missed")));
            }
            duty.act = Some(verb(self.choices.text(&["letter", "email", "note"]), entries));
            self.push(duty);
        }
        for named in ["act one", "act two"] {
            if self.choices.chance(40) {
                let mut act = statement(Keyword::Act, named);
                act.when = Some(self.condition(When::Staged, 1));
                act.act =
                    Some(verb(self.choices.text(&["block", "reduce", "restore_limit", "note", "debit"]), Vec::new()));
                self.push(act);
            }
        }
        self.treatments();
        if self.choices.chance(30) {
            let mut hours = statement(Keyword::Hours, "shift_worker");
            hours.options = options(vec![("from", text("10:00")), ("to", text("12:30"))]);
            self.push(hours);
        }
        if self.choices.chance(70) {
            let mut priority = statement(Keyword::Priority, "");
            let kind = self.choices.pick(&[Kind::Money, Kind::Ratio, Kind::Days], Kind::Money);
            priority.value =
                Some(Terms { choices: self.choices, shape: &self.shape, when: When::Staged }.number(kind, 2));
            self.push(priority);
        }
    }

    fn treatments(&mut self) {
        let names = self.shape.treatments.clone();
        let stages: Vec<&str> =
            ["current"].into_iter().chain(self.shape.stages.iter().map(|(name, _)| *name)).collect();
        let places: Vec<Vec<&str>> = names
            .iter()
            .map(|_| {
                let first = self.choices.pick(&stages, "current");
                let more = stages.iter().copied().filter(|stage| *stage != first && self.choices.chance(55));
                let mut here = vec![first];
                here.extend(more);
                here
            })
            .collect();
        for (at, named) in names.iter().enumerate() {
            let here = places.get(at).cloned().unwrap_or_default();
            let later: Vec<&str> = names
                .iter()
                .zip(&places)
                .skip(at + 1)
                .filter(|(_, there)| there.iter().any(|stage| here.contains(stage)))
                .map(|(name, _)| *name)
                .collect();
            let mut treatment = statement(Keyword::Treatment, named);
            treatment.stages = Some(texts(&here));
            if self.choices.chance(50) {
                treatment.when = Some(self.condition(When::Staged, 1));
            }
            if self.choices.chance(25) {
                treatment.unless = Some(self.condition(When::Staged, 0));
            }
            treatment.act = Some(self.treatment(&later));
            self.push(treatment);
        }
    }

    fn treatment(&mut self, later: &[&str]) -> VerbCall {
        let word = self.choices.text(&VERBS);
        let mut entries = Vec::new();
        if self.choices.chance(50) {
            let days = self.days(&[3, 7, 1, 14]);
            entries.push(("every", days));
        }
        if self.choices.chance(30) {
            entries.push(("at_most", whole(self.choices.pick(&[1, 2, 3, 0], 1))));
        }
        if self.choices.chance(25) {
            let numbers = [vec!["mobile"], vec!["mobile", "work"], vec!["work", "home", "mobile"]];
            let at = self.choices.below(numbers.len());
            entries.push(("numbers", texts(numbers.get(at).map_or(&["mobile"], Vec::as_slice))));
        }
        if self.choices.chance(15) {
            entries.push(("consent", flag(true)));
        }
        if self.choices.chance(25) {
            entries.push(("purpose", text(self.choices.text(&PURPOSES))));
        }
        if self.choices.chance(15) {
            entries.push(("approval", text("team leader")));
        }
        if self.choices.chance(25) {
            entries.push(("at", text(self.choices.text(&["15:00", "09:30-11:00", "23:30"]))));
        }
        if self.choices.chance(20) {
            entries.push(("text", text(self.choices.text(&["gentle", "overdue_notice"]))));
        }
        if !later.is_empty() && self.choices.chance(40) {
            entries.push(("instead", text(self.choices.text(later))));
        }
        verb(word, entries)
    }
}
