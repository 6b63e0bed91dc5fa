//! Conditions read as they are written, over the values of one account.

use super::account::Account;
use super::columns::{column, kind_of, written};
use super::draft::{column_part, find};
use super::exact::{Computed, Exact};
use super::value::{Truth, Value, all, any, compare, not};
use arrears::Kind;
use arrears::condition::{Arith, Cmp, Term, TermKind};
use arrears::draft::Keyword;
use std::cmp::Ordering;

/// An account with what the decision has found so far.
#[derive(Clone)]
pub struct Reading<'a> {
    /// The account.
    pub account: Account<'a>,
    /// The debtor types that it may have.
    pub types: Vec<String>,
    /// Its stage, once that is decided.
    pub stage: Option<String>,
}

impl<'a> Reading<'a> {
    /// Nothing is decided yet.
    pub const fn before_the_decision(account: Account<'a>) -> Self {
        Self { account, types: Vec::new(), stage: None }
    }

    pub(super) fn fact(&self, name: &str) -> Value {
        match (name, &self.stage) {
            ("current_stage", Some(stage)) => Value::Word(stage.clone()),
            _ => self.account.value(name),
        }
    }

    pub(super) fn define(&self, name: &str) -> Option<&'a Term> {
        find(self.account.draft, Keyword::Define, name)?.value.as_ref()
    }

    pub(super) fn threshold(&self, name: &str) -> Option<Exact> {
        find(self.account.draft, Keyword::Threshold, name)?.value.as_ref().and_then(written)
    }

    /// Whether a condition holds.
    pub fn truth(&self, term: &Term) -> Truth {
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
        for (flag, other) in [(left, right), (right, left)] {
            if let TermKind::Flag(wanted) = flag.kind {
                let same = self.truth(other).map(|holds| holds == wanted);
                return if cmp == Cmp::Eq { same } else { not(same) };
            }
        }
        for (text, word) in [(left, right), (right, left)] {
            if let Some(text) = text.as_text() {
                if self.is_never(word) {
                    return Some(false);
                }
                let same = self.is_one_of(word, &[text]);
                return if cmp == Cmp::Eq { same } else { not(same) };
            }
        }
        compare(cmp, &self.number(left), &self.number(right))
    }

    fn membership(&self, value: &Term, set: &Term) -> Truth {
        match &set.kind {
            TermKind::List(items) if items.iter().all(|item| item.as_text().is_some()) => {
                let words: Vec<&str> = items.iter().filter_map(Term::as_text).collect();
                self.is_one_of(value, &words)
            }
            TermKind::List(items) => {
                let value = self.number(value);
                any(items.iter().map(|item| compare(Cmp::Eq, &value, &self.number(item))))
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

    /// Whether a word is among some. Of the debtor type: whether every type that the
    /// account may have is.
    fn is_one_of(&self, word: &Term, words: &[&str]) -> Truth {
        if word.kind == TermKind::Name("debtor_type".to_owned()) {
            let among = |kind: &String| words.contains(&kind.as_str());
            return if self.types.iter().all(among) {
                Some(true)
            } else if self.types.iter().any(among) {
                None
            } else {
                Some(false)
            };
        }
        if self.is_never(word) {
            return Some(false);
        }
        self.word(word).map(|word| words.contains(&word.as_str()))
    }

    /// Whether the word is one that was never decided: the stage of an account without state.
    fn is_never(&self, term: &Term) -> bool {
        match &term.kind {
            TermKind::Name(name) => self.fact(name) == Value::Never,
            TermKind::Coalesce(first, _) => self.is_never(first),
            _ => false,
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
        let value = |which: usize| {
            let name = arguments.get(which).and_then(fact_name);
            name.map_or(Value::Unknown, |name| self.fact(&name))
        };
        match function {
            "known" => Some(!value(0).is_unknown()),
            "not_yet" => match value(0) {
                Value::Unknown => None,
                known => Some(known == Value::Never),
            },
            "not_since" => match (value(0), value(1)) {
                (Value::Never, _) => Some(true),
                (Value::Number(_), Value::Never) => Some(false),
                (first, second) => compare(Cmp::Gt, &first, &second).filter(|_| !first.is_unknown()),
            },
            _ => column(function, arguments).and_then(|column| self.fact(&column).flag()),
        }
    }

    /// What a written number measures, if anything in it says so.
    pub fn kind(&self, term: &Term) -> Option<Kind> {
        match &term.kind {
            TermKind::Name(name) if self.threshold(name).is_none() => kind_of(self.account.draft, name),
            TermKind::Call(function, arguments) => kind_of(self.account.draft, &column(&function.text, arguments)?),
            TermKind::Negate(inner) | TermKind::Abs(inner) => self.kind(inner),
            TermKind::Arith(sign @ (Arith::Mul | Arith::Div), left, right) => {
                let (left, divisor) = (self.kind(left), self.kind(right));
                let whole = matches!(&right.kind, TermKind::Number(number) if number.scale() == 0);
                let money = match sign {
                    Arith::Mul => left == Some(Kind::Money) || divisor == Some(Kind::Money),
                    _ => left == Some(Kind::Money) && (divisor == Some(Kind::Count) || whole),
                };
                Some(if money { Kind::Money } else { Kind::Ratio })
            }
            TermKind::Arith(_, left, right) | TermKind::Coalesce(left, right) => {
                self.kind(left).or_else(|| self.kind(right))
            }
            _ => None,
        }
    }

    /// What a written number comes to.
    pub fn number(&self, term: &Term) -> Value {
        let digits = self.account.digits();
        match &term.kind {
            TermKind::Number(number) => Value::Number(Exact::written(*number)),
            TermKind::Name(name) => match self.threshold(name) {
                Some(threshold) => Value::Number(threshold),
                None => self.fact(name),
            },
            TermKind::Call(function, arguments) => {
                column(&function.text, arguments).map_or(Value::Unknown, |column| self.fact(&column))
            }
            TermKind::Negate(inner) => changed(self.number(inner), Exact::negated),
            TermKind::Abs(inner) => changed(self.number(inner), Exact::absolute),
            TermKind::Coalesce(first, second) => match self.number(first) {
                Value::Unknown => match self.number(second) {
                    Value::Number(number) if number.kind.is_none() => Value::Number(number.measuring(self.kind(term))),
                    other => other,
                },
                known => known,
            },
            TermKind::Arith(sign, left, right) => {
                let (left, right) = (self.number(left), self.number(right));
                match (left.number(), right.number()) {
                    (Some(left), Some(right)) => {
                        operate(*sign, left, right, digits).map_or(Value::Unknown, Value::Number)
                    }
                    _ if left.is_unknown() || right.is_unknown() => Value::Unknown,
                    _ => Value::Never,
                }
            }
            _ => Value::Unknown,
        }
    }
}

fn changed(value: Value, change: fn(Exact) -> Exact) -> Value {
    match value {
        Value::Number(number) => Value::Number(change(number)),
        other => other,
    }
}

fn operate(sign: Arith, left: Exact, right: Exact, digits: u32) -> Computed {
    match sign {
        Arith::Add => left.plus(right, digits),
        Arith::Sub => left.plus(right.negated(), digits),
        Arith::Mul => left.times(right, digits),
        Arith::Div => left.over(right, digits),
        Arith::Min => left.extreme(right, Ordering::Less, digits),
        Arith::Max => left.extreme(right, Ordering::Greater, digits),
    }
}

/// The fact that an argument names: by its name, by an event, or with a parameter.
pub(super) fn fact_name(argument: &Term) -> Option<String> {
    match &argument.kind {
        TermKind::Name(name) => Some(name.clone()),
        TermKind::Text(event) => Some(format!("days_since_{}", column_part(event))),
        TermKind::Call(function, arguments) => column(&function.text, arguments),
        _ => None,
    }
}
