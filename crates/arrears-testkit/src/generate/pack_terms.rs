//! Random conditions over contacts: what guardrails, exceptions and classes of contacts ask.

use super::build::{call, compare, flag, name, term, text, texts, whole};
use super::choices::Choices;
use super::contact::WORDS;
use super::pack::PackShape;
use super::standing::{EVENTS, FLAGS, PRODUCTS};
use arrears::Kind;
use arrears::condition::{Arith, Cmp, Term, TermKind};

const CMPS: [Cmp; 6] = [Cmp::Ge, Cmp::Lt, Cmp::Gt, Cmp::Le, Cmp::Eq, Cmp::Ne];
const OF_CONTACT: [&str; 15] = [
    "conversation",
    "opt_out_notice",
    "same_call",
    "active_session",
    "replies",
    "answers_inconvenient",
    "inconvenient_time",
    "convenient_time",
    "home_inconvenient",
    "work_inconvenient",
    "employer_prohibits",
    "refused_medium",
    "used_address",
    "wrong_number",
    "holiday",
];

/// Writes conditions of a pack.
pub(super) struct Asks<'c> {
    pub(super) choices: &'c mut Choices,
    pub(super) shape: &'c PackShape,
    /// Whether contacts may be counted: not in a class of contacts.
    pub(super) counts: bool,
    /// Kinds of consent that may be asked for.
    pub(super) consents: Vec<&'static str>,
}

impl Asks<'_> {
    /// A condition.
    pub(super) fn condition(&mut self, depth: usize) -> Term {
        match self.choices.below(if depth == 0 { 9 } else { 14 }) {
            0..=2 => self.word(),
            3 | 4 => self.flag(),
            5 => self.consent(),
            6 | 7 => self.number(),
            8 => self.rare(),
            9 | 10 => {
                let parts = self.parts(depth);
                term(TermKind::All(parts))
            }
            11 | 12 => {
                let parts = self.parts(depth);
                term(TermKind::Any(parts))
            }
            _ => term(TermKind::Not(Box::new(self.condition(depth - 1)))),
        }
    }

    fn parts(&mut self, depth: usize) -> Vec<Term> {
        (0..2 + self.choices.below(2)).map(|_| self.condition(depth - 1)).collect()
    }

    fn word(&mut self) -> Term {
        let collectors: (&str, &[&str]) = ("collector", &["third_party", "first_party"]);
        let mut facts = WORDS.to_vec();
        facts.push(collectors);
        facts.push(("product", &PRODUCTS[..2]));
        let (fact, words) = self.choices.pick(&facts, collectors);
        let (one, other) = (self.choices.text(words), self.choices.text(words));
        match self.choices.below(5) {
            0 | 1 => compare(Cmp::Eq, name(fact), text(one)),
            2 => compare(Cmp::Ne, name(fact), text(one)),
            3 if self.shape.defaults => {
                let word = term(TermKind::Coalesce(Box::new(name(fact)), Box::new(text(one))));
                compare(Cmp::Eq, word, text(other))
            }
            _ => {
                let among = if one == other { vec![one] } else { vec![one, other] };
                term(TermKind::In(Box::new(name(fact)), Box::new(texts(&among))))
            }
        }
    }

    fn flag(&mut self) -> Term {
        match self.choices.below(8) {
            0..=4 => name(self.choices.text(&OF_CONTACT)),
            5 | 6 => name(self.choices.text(&FLAGS)),
            _ => match self.choices.below(3) {
                0 => call("consent", vec![text("sms")]),
                1 => call("opted_out", vec![text("phone")]),
                _ if !self.shape.defines.is_empty() && self.counts => name(self.choices.text(&self.shape.defines)),
                _ => name("minor"),
            },
        }
    }

    fn consent(&mut self) -> Term {
        if self.consents.is_empty() {
            self.flag()
        } else {
            call("consented", vec![text(self.choices.text(&self.consents))])
        }
    }

    /// A number held against another.
    fn number(&mut self) -> Term {
        let kind = self.choices.pick(&[Kind::Days, Kind::Count], Kind::Days);
        let left = if kind == Kind::Days { self.days() } else { self.count() };
        let left = self.changed(left, kind);
        if self.choices.chance(15) {
            let value = |asks: &mut Self| asks.choices.pick(&[0_i64, 1, 2, 3, 7, 10], 1);
            let (a, b) = (value(self), value(self));
            let end = |number: i64| Some(Box::new(whole(number)));
            let range = TermKind::Range { from: end(a.min(b)), to: end(a.max(b)), inclusive: true };
            return term(TermKind::In(Box::new(left), Box::new(term(range))));
        }
        let cmp = self.choices.pick(&CMPS, Cmp::Ge);
        let right = self.bound(kind);
        compare(cmp, left, right)
    }

    /// Perhaps with something added, or with what stands for it where it is not known.
    fn changed(&mut self, number: Term, kind: Kind) -> Term {
        let other = self.choices.pick(&[1_i64, 2, 5], 1);
        match self.choices.below(12) {
            0 => number,
            1 => term(TermKind::Arith(Arith::Add, Box::new(number), Box::new(whole(other)))),
            2 => term(TermKind::Arith(Arith::Sub, Box::new(number), Box::new(whole(other)))),
            3 => {
                let more = if kind == Kind::Days { self.days() } else { self.times() };
                let sign = self.choices.pick(&[Arith::Min, Arith::Max], Arith::Min);
                term(TermKind::Arith(sign, Box::new(number), Box::new(more)))
            }
            4 if self.shape.defaults => term(TermKind::Coalesce(Box::new(number), Box::new(whole(other)))),
            _ => number,
        }
    }

    fn bound(&mut self, kind: Kind) -> Term {
        let thresholds = self.shape.thresholds.iter().filter(|(_, of, _)| *of == kind);
        let thresholds: Vec<&str> = thresholds.map(|(name, _, _)| *name).collect();
        if !thresholds.is_empty() && self.choices.chance(40) {
            return name(self.choices.text(&thresholds));
        }
        let numbers: &[i64] = if kind == Kind::Days { &[1, 0, 2, 3, 7, 30] } else { &[1, 2, 0, 3, 10, 60] };
        whole(self.choices.pick(numbers, 1))
    }

    /// A class of contacts, if contacts may be counted.
    fn class(&mut self) -> Option<&'static str> {
        (self.counts && !self.shape.classes.is_empty()).then(|| self.choices.text(&self.shape.classes))
    }

    fn days(&mut self) -> Term {
        match self.choices.below(8) {
            0 | 1 => match self.class() {
                Some(class) => call("days_since", vec![text(class)]),
                None => name("dpd"),
            },
            2 => match self.class() {
                Some(class) => call("days_since_first", vec![text(class)]),
                None => name("dpd"),
            },
            3 | 4 => call("days_since", vec![text(self.choices.text(&EVENTS))]),
            5 => name("returned_after"),
            6 => call("days_since", vec![text("payment")]),
            _ => name("dpd"),
        }
    }

    fn times(&mut self) -> Term {
        match self.class() {
            Some(class) => call("times", vec![text(class), whole(self.choices.pick(&[7, 1, 2, 30], 7))]),
            None => name("late_count_12m"),
        }
    }

    fn count(&mut self) -> Term {
        match (self.choices.below(3), self.class()) {
            (0, Some(class)) => call("minutes_since", vec![text(class)]),
            (1, Some(_)) => self.times(),
            _ => name("late_count_12m"),
        }
    }

    /// A question to what may be *never*, to what may not be known, or a constant.
    fn rare(&mut self) -> Term {
        let event = |asks: &mut Self| {
            let class = asks.class().filter(|_| asks.choices.chance(50));
            text(class.unwrap_or_else(|| asks.choices.text(&EVENTS)))
        };
        let (one, other) = (event(self), event(self));
        match self.choices.below(8) {
            0 | 1 => call("not_yet", vec![one]),
            2 => call("not_since", vec![one, other]),
            3 => call("not_yet", vec![name("returned_after")]),
            4 if self.shape.defaults => {
                call("known", vec![name(self.choices.text(&["recipient", "debtor_at", "dispute", "dpd"]))])
            }
            5 if self.shape.defaults => {
                term(TermKind::Coalesce(Box::new(self.flag()), Box::new(flag(self.choices.chance(50)))))
            }
            6 => compare(self.choices.pick(&[Cmp::Eq, Cmp::Ne], Cmp::Eq), self.flag(), flag(self.choices.chance(50))),
            _ => flag(self.choices.chance(70)),
        }
    }
}
