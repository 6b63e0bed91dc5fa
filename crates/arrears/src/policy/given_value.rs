//! Given values as cells, and cells as values.

use super::{Input, Need, Policy, RowProblem, unknown_word};
use crate::condition::FactId;
use crate::facts::{Value, check_range};
use crate::number::{Cell, Kind, Money};

impl Input {
    /// A given value as a cell of the fact.
    ///
    /// # Errors
    ///
    /// A value of another kind, below zero where the fact counts, or a word that the fact
    /// cannot be.
    pub fn cell_of(&self, value: &Value) -> Result<Cell, RowProblem> {
        check_range(&self.name, self.from_zero, value)
            .map_err(|error| RowProblem::new(&self.name, error.to_string()))?;
        let wrong = |found: &str| RowProblem::new(&self.name, format!("expected {}, found {found}", self.kind));
        Ok(match (value, self.kind) {
            (Value::Unknown, _) => Cell::UNKNOWN,
            // What has never been decided is carried in the state as never.
            (Value::Never, _) if self.never || self.need == Need::State(Cell::NEVER) => Cell::NEVER,
            (Value::Never, _) => return Err(RowProblem::new(&self.name, "cannot be never: it always has a value")),
            (Value::Days(number), Kind::Days)
            | (Value::Count(number), Kind::Count)
            | (Value::Ratio(number), Kind::Ratio) => Cell::number(*number),
            (Value::Money(money), Kind::Money) => Cell::number(money.minor()),
            (Value::Flag(flag), Kind::Flag) => Cell::flag(*flag),
            (Value::Word(word), Kind::Category) => match self.word(word) {
                Some(cell) => cell,
                None => return Err(RowProblem::new(&self.name, unknown_word(self, word))),
            },
            (other, _) => return Err(wrong(&other.kind().map_or_else(String::new, |kind| kind.to_string()))),
        })
    }
}

impl Policy {
    /// A cell of a fact as a host would give it.
    pub fn value(&self, fact: FactId, cell: Cell) -> Value {
        let Some(input) = self.input(fact) else {
            return Value::Unknown;
        };
        if cell.is_never() {
            return Value::Never;
        }
        let Some(number) = cell.get() else {
            return Value::Unknown;
        };
        match input.kind {
            Kind::Days => Value::Days(number),
            Kind::Count => Value::Count(number),
            Kind::Money => Value::Money(Money::from_minor(number, self.body.head.currency)),
            Kind::Ratio => Value::Ratio(number),
            Kind::Flag => Value::Flag(number != 0),
            Kind::Category => input.word_of(cell).map_or(Value::Unknown, |word| Value::Word(word.into())),
        }
    }
}
