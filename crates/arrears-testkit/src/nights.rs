//! From one decision to the next: the state carried over, and nights on which nothing
//! happens.

use arrears::condition::FactId;
use arrears::decide::advance;
use arrears::{Cell, Decision, Facts, Input, Kind, Money, Policy, Row, RowProblem, Value};

/// A cell as a host would give it.
pub fn value_of(policy: &Policy, input: &Input, cell: Cell) -> Value {
    if cell.is_never() {
        return Value::Never;
    }
    let Some(number) = cell.get() else {
        return Value::Unknown;
    };
    match input.kind {
        Kind::Days => Value::Days(number),
        Kind::Count => Value::Count(number),
        Kind::Money => Value::Money(Money::from_minor(number, policy.head().currency)),
        Kind::Ratio => Value::Ratio(number),
        Kind::Flag => Value::Flag(number != 0),
        Kind::Category => input.word_of(cell).map_or(Value::Unknown, |word| Value::Word(word.into())),
    }
}

/// The same facts with the state that a decision leaves.
pub fn carried(policy: &Policy, facts: &Facts, row: &Row, decision: &Decision) -> Facts {
    let mut after = facts.clone();
    for (fact, cell) in policy.carried(row, decision) {
        if let Some(input) = policy.input(fact) {
            // What the table refuses stays as it was.
            let _ = after.set(&input.name, value_of(policy, input, cell));
        }
    }
    after
}

/// What a decision leaves when nobody carries it out.
pub fn left_alone(policy: &Policy, row: &Row, decision: &Decision) -> Vec<(FactId, Cell)> {
    let mut idle = decision.clone();
    idle.treatment = None;
    idle.duties.clear();
    policy.carried(row, &idle)
}

/// The row one day later, if the decision is not carried out and nothing happens.
///
/// # Errors
///
/// As [`Policy::row`].
pub fn tomorrow(policy: &Policy, row: &Row, decision: &Decision) -> Result<Row, Vec<RowProblem>> {
    let mut cells = row.cells().to_vec();
    for (fact, cell) in left_alone(policy, row, decision) {
        if let Some(slot) = cells.get_mut(fact.index()) {
            *slot = cell;
        }
    }
    advance(policy, &policy.row(cells)?)
}
