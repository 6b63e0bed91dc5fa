//! Conditions of packs as they are written, read of one contact.

use super::scene::Scene;
use crate::reference::columns::{column, written};
use crate::reference::draft::{column_part, find, whole};
use crate::reference::exact::Exact;
use crate::reference::value::{Truth, Value, all, any, compare, not};
use arrears::condition::{Arith, Cmp, Term, TermKind};
use arrears::draft::Keyword;
use arrears::facts::LEGAL_EVENTS;
use std::cmp::Ordering;

impl<'a> Scene<'a> {
    fn define(&self, name: &str) -> Option<&'a Term> {
        find(self.side.draft, Keyword::Define, name)?.value.as_ref()
    }

    fn threshold(&self, name: &str) -> Option<Exact> {
        find(self.side.draft, Keyword::Threshold, name)?.value.as_ref().and_then(written)
    }

    /// Whether a condition holds.
    pub(super) fn truth(&self, term: &Term) -> Truth {
        match &term.kind {
            TermKind::Flag(holds) => Some(*holds),
            TermKind::Name(name) => match self.define(name) {
                Some(meaning) => self.truth(meaning),
                None => self.fact(name).flag(),
            },
            TermKind::Not(inner) => not(self.truth(inner)),
            TermKind::All(parts) => all(parts.iter().map(|part| self.truth(part))),
            TermKind::Any(parts) => any(parts.iter().map(|part| self.truth(part))),
            TermKind::Coalesce(first, second) => self.truth(first).or_else(|| self.truth(second)),
            TermKind::Compare(cmp, left, right) => self.comparison(*cmp, left, right),
            TermKind::In(value, set) => self.membership(value, set),
            TermKind::Call(function, arguments) => self.called(&function.text, arguments),
            _ => None,
        }
    }

    fn comparison(&self, cmp: Cmp, left: &Term, right: &Term) -> Truth {
        if let TermKind::Flag(wanted) = right.kind {
            let same = self.truth(left).map(|holds| holds == wanted);
            return if cmp == Cmp::Eq { same } else { not(same) };
        }
        if let Some(text) = right.as_text() {
            let same = self.word(left).map(|word| word == text);
            return if cmp == Cmp::Eq { same } else { not(same) };
        }
        compare(cmp, &self.number(left), &self.number(right))
    }

    fn membership(&self, value: &Term, set: &Term) -> Truth {
        match &set.kind {
            TermKind::List(words) => {
                let word = self.word(value)?;
                Some(words.iter().any(|other| other.as_text() == Some(word.as_str())))
            }
            TermKind::Range { from, to, inclusive } => {
                let value = self.number(value);
                let last = if *inclusive { Cmp::Le } else { Cmp::Lt };
                let from = from.iter().map(|from| compare(Cmp::Ge, &value, &self.number(from)));
                let to = to.iter().map(|to| compare(last, &value, &self.number(to)));
                all(from.chain(to))
            }
            _ => None,
        }
    }

    fn word(&self, term: &Term) -> Option<String> {
        match &term.kind {
            TermKind::Name(name) => self.fact(name).word().map(str::to_owned),
            TermKind::Coalesce(first, second) => self.word(first).or_else(|| second.as_text().map(str::to_owned)),
            _ => None,
        }
    }

    fn called(&self, function: &str, arguments: &[Term]) -> Truth {
        let value = |which: usize| arguments.get(which).map_or(Value::Unknown, |argument| self.named(argument));
        match function {
            "known" => Some(value(0) != Value::Unknown),
            "not_yet" => match value(0) {
                Value::Unknown => None,
                known => Some(known == Value::Never),
            },
            "not_since" => match (value(0), value(1)) {
                (Value::Never, _) => Some(true),
                (Value::Number(_), Value::Never) => Some(false),
                (first, second) => compare(Cmp::Gt, &first, &second).filter(|_| !first.is_unknown()),
            },
            "consented" => arguments.first().and_then(Term::as_text).and_then(|kind| self.consented(kind)),
            _ => self.asked(function, arguments).flag(),
        }
    }

    /// What an argument names: a fact, an event, or a function.
    fn named(&self, argument: &Term) -> Value {
        match &argument.kind {
            TermKind::Name(name) => self.fact(name),
            TermKind::Text(event) => self.happened(event),
            TermKind::Call(function, arguments) => self.asked(&function.text, arguments),
            _ => Value::Unknown,
        }
    }

    /// Days since a contact of a class, an event of law, or what the host tells in a column.
    fn happened(&self, what: &str) -> Value {
        if find(self.side.draft, Keyword::Contact, what).is_some() {
            return self.days_since(what, false);
        }
        let of_law = LEGAL_EVENTS.contains(&what) || find(self.side.draft, Keyword::Event, what).is_some();
        if of_law && let Some(on) = self.side.standing.events.get(what) {
            return match (on, self.date()) {
                (None, _) => Value::Never,
                (Some(on), Some(today)) if *on <= today => super::scene::days((today - *on).num_days()),
                (Some(_), Some(_)) => Value::Never,
                (Some(_), None) => Value::Unknown,
            };
        }
        self.told(&format!("days_since_{}", column_part(what)))
    }

    fn asked(&self, function: &str, arguments: &[Term]) -> Value {
        let Some(what) = arguments.first().and_then(Term::as_text) else { return Value::Unknown };
        match function {
            "times" => match arguments.get(1).and_then(whole) {
                Some(days) => self.times(what, days),
                None => Value::Unknown,
            },
            "days_since" => self.happened(what),
            "days_since_first" => self.days_since(what, true),
            "minutes_since" => self.minutes_since(what),
            _ => column(function, arguments).map_or(Value::Unknown, |column| self.told(&column)),
        }
    }

    /// What a written number comes to.
    pub(super) fn number(&self, term: &Term) -> Value {
        match &term.kind {
            TermKind::Number(number) => Value::Number(Exact::written(*number)),
            TermKind::Name(name) => match self.threshold(name) {
                Some(threshold) => Value::Number(threshold),
                None => self.fact(name),
            },
            TermKind::Call(function, arguments) => self.asked(&function.text, arguments),
            TermKind::Coalesce(first, second) => match self.number(first) {
                Value::Unknown => self.number(second),
                known => known,
            },
            TermKind::Arith(sign, left, right) => self.reckoned(*sign, &self.number(left), &self.number(right)),
            _ => Value::Unknown,
        }
    }

    fn reckoned(&self, sign: Arith, left: &Value, right: &Value) -> Value {
        let (Some(one), Some(other)) = (left.number(), right.number()) else {
            return if left.is_unknown() || right.is_unknown() { Value::Unknown } else { Value::Never };
        };
        let found = match sign {
            Arith::Add => one.plus(other, 2),
            Arith::Sub => one.plus(other.negated(), 2),
            Arith::Min => one.extreme(other, Ordering::Less, 2),
            Arith::Max => one.extreme(other, Ordering::Greater, 2),
            Arith::Mul | Arith::Div => None,
        };
        found.map_or(Value::Unknown, Value::Number)
    }
}
