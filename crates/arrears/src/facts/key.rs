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
        Self { name, kind: PhantomData }
    }

    /// The fact's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// A Rust value that can be given for a fact of kind `K`.
pub trait Given<K> {
    /// The value that goes into the row.
    fn value(self) -> Value;
}

/// Facts in whole days, given as a number of days.
#[derive(Clone, Copy, Debug)]
pub enum Days {}
/// Facts that count, given as a whole number.
#[derive(Clone, Copy, Debug)]
pub enum Count {}
/// Facts in money, given as [`Money`].
#[derive(Clone, Copy, Debug)]
pub enum Amount {}
/// Ratios and scores, given in millionths.
#[derive(Clone, Copy, Debug)]
pub enum Ratio {}
/// Yes-or-no facts.
#[derive(Clone, Copy, Debug)]
pub enum Flag {}
/// Words, given as text.
#[derive(Clone, Copy, Debug)]
pub enum Category {}

impl Given<Days> for i64 {
    fn value(self) -> Value {
        Value::Days(self)
    }
}
impl Given<Count> for i64 {
    fn value(self) -> Value {
        Value::Count(self)
    }
}
impl Given<Amount> for Money {
    fn value(self) -> Value {
        Value::Money(self)
    }
}
impl Given<Ratio> for i64 {
    fn value(self) -> Value {
        Value::Ratio(self)
    }
}
impl Given<Flag> for bool {
    fn value(self) -> Value {
        Value::Flag(self)
    }
}
impl Given<Category> for &str {
    fn value(self) -> Value {
        Value::Word(self.into())
    }
}
impl Given<Category> for String {
    fn value(self) -> Value {
        Value::Word(self.into())
    }
}
