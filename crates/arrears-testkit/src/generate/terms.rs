//! Random conditions and numbers over the facts of a policy.

use super::build::{call, compare, decimal, flag, name, term, text, texts, whole};
use super::choices::Choices;
use super::shape::{OWN_WORDS, Shape};
use arrears::Kind;
use arrears::condition::{Arith, Cmp, Term, TermKind};

/// When a condition is read, and so what it may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// Of facts alone.
    Facts,
    /// Of the assessment too.
    Assessed,
    /// Of the debtor type too.
    Typed,
    /// Of the stage too.
    Staged,
}

/// Writes conditions for a shape.
pub(super) struct Terms<'c> {
    pub(super) choices: &'c mut Choices,
    pub(super) shape: &'c Shape,
    pub(super) when: When,
}

const COMPARISONS: [Cmp; 6] = [Cmp::Ge, Cmp::Gt, Cmp::Le, Cmp::Lt, Cmp::Eq, Cmp::Ne];
const LEVELS: [&str; 4] = ["low", "medium", "high", "not_yet_known"];
const QUADRANTS: [&str; 4] = ["willing_unable", "unclear", "unwilling_able", "neither"];

impl Terms<'_> {
    /// A condition.
    pub(super) fn condition(&mut self, depth: usize) -> Term {
        let forms = if depth == 0 { 11 } else { 16 };
        match self.choices.below(forms) {
            0..=3 => self.comparison(depth),
            4 | 5 => self.flag(),
            6 | 7 => self.word(),
            8 => self.range(),
            9 => self.never(),
            10 => self.rare(),
            11 | 12 => term(TermKind::All(flat(self.parts(depth), |part| match part {
                TermKind::All(parts) => Ok(parts),
                other => Err(other),
            }))),
            13 | 14 => term(TermKind::Any(flat(self.parts(depth), |part| match part {
                TermKind::Any(parts) => Ok(parts),
                other => Err(other),
            }))),
            _ => term(TermKind::Not(Box::new(self.condition(depth - 1)))),
        }
    }

    fn parts(&mut self, depth: usize) -> Vec<Term> {
        (0..2 + self.choices.below(2)).map(|_| self.condition(depth - 1)).collect()
    }

    fn comparison(&mut self, depth: usize) -> Term {
        let kind = self.choices.pick(&[Kind::Days, Kind::Days, Kind::Money, Kind::Count, Kind::Ratio], Kind::Days);
        let cmp = self.choices.pick(&COMPARISONS, Cmp::Ge);
        let left = self.number(kind, depth.min(1));
        let right = if self.choices.chance(80) { self.bound(kind) } else { self.number(kind, 0) };
        compare(cmp, left, right)
    }

    /// A written number or a threshold.
    fn bound(&mut self, kind: Kind) -> Term {
        let thresholds: Vec<&str> =
            self.shape.thresholds.iter().filter(|(_, of, _)| *of == kind).map(|(name, _, _)| *name).collect();
        if !thresholds.is_empty() && self.choices.chance(50) {
            return name(self.choices.text(&thresholds));
        }
        decimal(self.shape.literal(self.choices, kind))
    }

    /// A number of a kind.
    pub(super) fn number(&mut self, kind: Kind, depth: usize) -> Term {
        if depth > 0 && self.choices.chance(30) {
            return self.computed(kind, depth - 1);
        }
        let own = self.shape.own.iter().filter(|(_, of)| *of == kind).map(|(own, _)| name(own));
        let mut facts: Vec<Term> = match kind {
            Kind::Money => ["overdue", "overdue", "balance", "min_payment", "paid_30d"].map(name).to_vec(),
            Kind::Ratio => vec![name("utilisation")],
            Kind::Count => {
                let mut facts = [
                    "late_count_12m",
                    "calls_made",
                    "promises_broken",
                    "bucket",
                    "contacts_7d",
                    "contacts_7d",
                    "unpaid_items",
                    "times_30dpd_12m",
                ]
                .map(name)
                .to_vec();
                facts.push(call("times", vec![text("refused"), whole(60)]));
                facts.push(call("months_since", vec![text("payment")]));
                facts
            }
            _ => {
                let plain = [
                    "dpd",
                    "dpd",
                    "dpd",
                    "days_to_due",
                    "days_since_demand",
                    "days_since_payment",
                    "promise_due_in",
                    "max_dpd_12m",
                    "days_in_stage",
                    "days_since_decision",
                    "pause_left",
                    "callback_in",
                ];
                let mut facts = plain.map(name).to_vec();
                facts.push(call("days_since", vec![text("sms")]));
                let work = self.choices.text(&self.shape.treatments);
                facts.push(call("days_since", vec![text(work)]));
                facts
            }
        };
        facts.extend(own);
        let at = self.choices.below(facts.len());
        facts.swap_remove(at)
    }

    fn computed(&mut self, kind: Kind, depth: usize) -> Term {
        let arith = |sign, left, right| term(TermKind::Arith(sign, Box::new(left), Box::new(right)));
        let first = self.number(kind, depth);
        match (kind, self.choices.below(8)) {
            (_, 0) => arith(Arith::Add, first, self.bound(kind)),
            (_, 1) => arith(Arith::Sub, first, self.number(kind, 0)),
            (_, 2) => arith(Arith::Min, first, self.number(kind, 0)),
            (_, 3) => arith(Arith::Max, first, self.bound(kind)),
            (Kind::Money, 4) => arith(Arith::Mul, first, self.number(Kind::Ratio, 0)),
            (Kind::Money, 5) => arith(Arith::Mul, self.number(Kind::Count, 0), first),
            (Kind::Money, 6) => arith(Arith::Div, first, self.number(Kind::Count, 0)),
            (Kind::Ratio, 4) => arith(Arith::Div, self.number(Kind::Money, 0), self.number(Kind::Money, 0)),
            (Kind::Ratio, 5) => arith(Arith::Div, self.number(Kind::Count, 0), self.number(Kind::Count, 0)),
            (Kind::Ratio, 6) => arith(Arith::Mul, first, self.number(Kind::Ratio, 0)),
            (Kind::Money, 7) => arith(Arith::Mul, first, decimal(rust_decimal::Decimal::new(25, 2))),
            (_, 4 | 5) => term(TermKind::Abs(Box::new(first))),
            _ if self.shape.defaults => {
                term(TermKind::Coalesce(Box::new(self.number(kind, 0)), Box::new(self.bound(kind))))
            }
            _ => term(TermKind::Negate(Box::new(first))),
        }
    }

    fn flag(&mut self) -> Term {
        let plain = [
            "promise_open",
            "dispute",
            "lost_contact",
            "hostile",
            "hardship",
            "hazard",
            "reachable",
            "promise_vague",
            "closed",
        ];
        let mut flags = plain.map(name).to_vec();
        flags.push(call("tag", vec![text("vip")]));
        flags.push(call("consent", vec![text("sms")]));
        flags.extend(self.shape.own.iter().filter(|(_, kind)| *kind == Kind::Flag).map(|(own, _)| name(own)));
        flags.extend(self.shape.defines.iter().map(|define| name(define)));
        flags.extend(self.shape.defines.iter().map(|define| name(define)));
        let at = self.choices.below(flags.len());
        flags.swap_remove(at)
    }

    /// A category and some of its words.
    fn category(&mut self) -> (&'static str, Vec<&'static str>) {
        let mut facts = vec![
            ("cause", vec!["illness", "forgot", "unemployment"]),
            ("product", vec!["card", "loan"]),
            ("segment", vec!["mass", "affluent"]),
            ("number_mobile", vec!["valid", "dead", "wrong"]),
        ];
        let stages: Vec<&str> = self.shape.stages.iter().map(|(name, _)| *name).chain(["current"]).collect();
        facts.push(("previous_stage", stages.clone()));
        facts.push(("last_treatment", self.shape.treatments.clone()));
        if self.shape.own.contains(&("own_word", Kind::Category)) {
            facts.push(("own_word", OWN_WORDS.to_vec()));
        }
        if !self.shape.types.is_empty() {
            facts.push(("previous_type", self.shape.types.clone()));
        }
        if self.when >= When::Assessed {
            facts.push(("willingness", LEVELS.to_vec()));
            facts.push(("ability", LEVELS.to_vec()));
            facts.push(("quadrant", QUADRANTS.to_vec()));
        }
        if self.when >= When::Typed && !self.shape.types.is_empty() {
            for _ in 0..3 {
                facts.push(("debtor_type", self.shape.types.clone()));
            }
        }
        if self.when >= When::Staged {
            facts.push(("current_stage", stages));
        }
        let at = self.choices.below(facts.len());
        facts.swap_remove(at)
    }

    fn word(&mut self) -> Term {
        let (fact, words) = self.category();
        let word = self.choices.text(&words);
        match self.choices.below(4) {
            0 | 1 => compare(Cmp::Eq, name(fact), text(word)),
            2 => compare(Cmp::Ne, name(fact), text(word)),
            _ if self.shape.defaults && fact != "debtor_type" && self.choices.chance(30) => {
                let word = term(TermKind::Coalesce(Box::new(name(fact)), Box::new(text(word))));
                compare(Cmp::Eq, word, text(self.choices.text(&words)))
            }
            _ => {
                let other = self.choices.text(&words);
                let among = if word == other { vec![word] } else { vec![word, other] };
                term(TermKind::In(Box::new(name(fact)), Box::new(texts(&among))))
            }
        }
    }

    fn range(&mut self) -> Term {
        let kind = self.choices.pick(&[Kind::Days, Kind::Count, Kind::Money], Kind::Days);
        let value = self.number(kind, 0);
        let (a, b) = (self.shape.literal(self.choices, kind), self.shape.literal(self.choices, kind));
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        let end = |number| Some(Box::new(decimal(number)));
        let set = match self.choices.below(5) {
            0 => TermKind::Range { from: end(low), to: end(high), inclusive: true },
            1 if low < high => TermKind::Range { from: end(low), to: end(high), inclusive: false },
            2 => TermKind::Range { from: end(low), to: None, inclusive: false },
            3 => TermKind::Range { from: None, to: end(high), inclusive: true },
            _ => TermKind::List(vec![decimal(low), decimal(high)]),
        };
        term(TermKind::In(Box::new(value), Box::new(term(set))))
    }

    /// A question to facts that may be *never*.
    fn never(&mut self) -> Term {
        let facts = [
            name("days_since_demand"),
            name("days_since_payment"),
            name("promise_due_in"),
            call("days_since", vec![text("sms")]),
            text("first_missed"),
            text("demand"),
        ];
        let first = self.choices.below(facts.len());
        let second = self.choices.below(facts.len());
        let at = |which: usize| facts.get(which).cloned().unwrap_or_else(|| name("days_since_demand"));
        if self.choices.chance(50) {
            return call("not_since", vec![at(first), at(second)]);
        }
        call("not_yet", vec![at(first)])
    }

    fn rare(&mut self) -> Term {
        match self.choices.below(6) {
            0 | 1 if self.shape.defaults => {
                let fact = self.number(Kind::Days, 0);
                call("known", vec![fact])
            }
            2 if self.shape.defaults => term(TermKind::Coalesce(Box::new(self.comparison(0)), Box::new(self.flag()))),
            3 => {
                let holds = self.choices.chance(50);
                compare(self.choices.pick(&[Cmp::Eq, Cmp::Ne], Cmp::Eq), self.flag(), flag(holds))
            }
            4 => flag(self.choices.chance(50)),
            _ => self.comparison(0),
        }
    }
}

/// `a && (b && c)` is one list of three, as files read it.
fn flat(parts: Vec<Term>, inside: fn(TermKind) -> Result<Vec<Term>, TermKind>) -> Vec<Term> {
    let parts = parts.into_iter().map(|part| inside(part.kind).unwrap_or_else(|other| vec![term(other)]));
    parts.flatten().collect()
}
