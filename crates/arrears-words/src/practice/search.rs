//! Finding an account that a policy really takes for a debtor type.

use arrears::condition::{Cond, Truth};
use arrears::policy::Row;
use arrears::trial::{Bench, Mend, Reach, Search};
use arrears::{Cell, Facts, Kind, Policy, Value};

/// How many changes one account may take, and how many accounts are tried for one type.
const REACH: Reach = Reach { changes: 14, accounts: 6_000 };

/// Cells of an account of the type at a position, reached from given ones by few changes, and how many were tried.
pub(super) fn of_type(policy: &Policy, position: usize, cells: &[Cell]) -> (Option<Vec<Cell>>, usize) {
    let mut search = Search::new(policy, REACH);
    let found = search.find(cells, &mut |bench, row| next_mends(bench, position, row));
    (found, search.tried())
}

/// What to change next; none if the account is of the type.
fn next_mends(bench: &Bench<'_>, position: usize, row: &Row) -> Option<Vec<Mend>> {
    let policy = bench.policy();
    let kinds = policy.debtor_types();
    let own = kinds.get(position).and_then(|kind| kind.when.as_ref());
    let earlier = kinds.iter().take(position).filter_map(|kind| kind.when.as_ref());
    let goals = policy.applies().into_iter().chain(own).map(|cond| (cond, true));
    let goals: Vec<(&Cond, bool)> = goals.chain(earlier.map(|cond| (cond, false))).collect();
    let open = goals.iter().find(|(cond, want)| bench.truth(cond, row.cells()) != Truth::of(*want));
    let mut mends = open.map(|(cond, want)| bench.mends(cond, *want, row))?;
    // One practises to speak with the person, so death comes last.
    let deceased = policy.find_input("deceased");
    mends.sort_by_key(|mend| Some(mend.fact) == deceased);
    Some(mends)
}

/// Puts given facts over cells. A fact that the policy does not read changes nothing.
pub(super) fn over(policy: &Policy, mut cells: Vec<Cell>, facts: &Facts) -> Vec<Cell> {
    for (name, value) in facts.iter() {
        let Some(id) = policy.find_input(name) else { continue };
        let Some(input) = policy.input(id) else { continue };
        let cell = match value {
            Value::Unknown => Cell::UNKNOWN,
            Value::Never => Cell::NEVER,
            Value::Days(number) | Value::Count(number) | Value::Ratio(number) => Cell::number(*number),
            Value::Money(money) => Cell::number(money.minor()),
            Value::Flag(set) => Cell::flag(*set),
            Value::Word(word) => input.word(word).unwrap_or(Cell::UNKNOWN),
        };
        if let Some(slot) = cells.get_mut(id.index()) {
            *slot = cell;
        }
    }
    cells
}

/// The cells as facts that a host could give: what differs from what the policy assumes, or must be given.
pub(super) fn facts_of(policy: &Policy, account: &str, cells: &[Cell]) -> Option<Facts> {
    let currency = policy.head().currency;
    let mut facts = Facts::new(account, currency);
    for (input, cell) in policy.inputs().iter().zip(cells) {
        if !input.is_column() || *cell == input.absent() {
            continue;
        }
        let value = if cell.is_never() {
            Value::Never
        } else {
            match (cell.get(), input.kind) {
                (None, _) => Value::Unknown,
                (Some(number), Kind::Days) => Value::Days(number),
                (Some(number), Kind::Count) => Value::Count(number),
                (Some(number), Kind::Money) => Value::Money(arrears::Money::from_minor(number, currency)),
                (Some(number), Kind::Ratio) => Value::Ratio(number),
                (Some(number), Kind::Flag) => Value::Flag(number != 0),
                (Some(_), Kind::Category) => Value::Word(input.word_of(*cell)?.into()),
            }
        };
        facts.set(&input.name, value).ok()?;
    }
    Some(facts)
}
