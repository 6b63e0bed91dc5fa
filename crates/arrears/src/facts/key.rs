//! Typed names of facts, for programs that build rows.

use super::Value;
use crate::number::Money;
use std::marker::PhantomData;

/// The name of a fact together with the Rust type of its value.
///
/// [`super::table`] has one for every fact: `facts.with(table::DPD, 35)`.
#[derive(Clone, Copy, Debug)]
pub struct Key<K> {
    name: &'static str,
    kind: PhantomData<K>,
}

impl<K> Key<K> {
    pub(crate) const fn new(name: &'static str) -> Self {
        Self {
            name,
            kind: PhantomData,
        }
    }

    /// The fact's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// A kind of fact as a type, with the Rust type that gives its values.
pub trait KeyKind {
    /// What a program gives.
    type Given;
    /// The value that goes into the row.
    fn value(given: Self::Given) -> Value;
}

/// Facts in whole days, given as a number of days.
#[derive(Clone, Copy, Debug)]
pub enum Days {}
/// Facts that count, given as a whole number.
#[derive(Clone, Copy, Debug)]
pub enum Count {}
/// Facts in money.
#[derive(Clone, Copy, Debug)]
pub enum Amount {}
/// Ratios and scores, given in millionths.
#[derive(Clone, Copy, Debug)]
pub enum Ratio {}
/// Yes-or-no facts.
#[derive(Clone, Copy, Debug)]
pub enum Flag {}
/// Words.
#[derive(Clone, Copy, Debug)]
pub enum Category {}

impl KeyKind for Days {
    type Given = i64;
    fn value(given: i64) -> Value {
        Value::Days(given)
    }
}
impl KeyKind for Count {
    type Given = i64;
    fn value(given: i64) -> Value {
        Value::Count(given)
    }
}
impl KeyKind for Amount {
    type Given = Money;
    fn value(given: Money) -> Value {
        Value::Money(given)
    }
}
impl KeyKind for Ratio {
    type Given = i64;
    fn value(given: i64) -> Value {
        Value::Ratio(given)
    }
}
impl KeyKind for Flag {
    type Given = bool;
    fn value(given: bool) -> Value {
        Value::Flag(given)
    }
}
impl KeyKind for Category {
    type Given = &'static str;
    fn value(given: &'static str) -> Value {
        Value::Word(given.into())
    }
}
